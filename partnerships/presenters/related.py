"""Other records on a case page: the parts under it, and those that are nearest to it, each with what they share.

How near two records are is the register's own rule: a shared partner counts 4, the same place on the matrix 3, the same
group of service areas 3 or the same division 2, the same country 1. Nothing is near by its cell alone: the page of the
cell has those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from partnerships.index import partner_values
from partnerships.models import Facet, Partnership, Phase
from partnerships.models.fields import Member
from partnerships.positions import LensPosition
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.position import lens_position, tag
from partnerships.presenters.sites import stands
from partnerships.querysets import FIRM, PUBLISHED
from taxonomy.lenses import SECTOR
from taxonomy.service_areas import division_of
from taxonomy.vocabulary import STATUSES

MOST = 5
# In a large register so many are asked where they stand: those that share most besides.
LOOKED_AT = 40
PARTNER, PLACE, GROUP, DIVISION, COUNTRY = 4, 3, 3, 2, 1


@dataclass(frozen=True)
class Related:
    """A record near to another. ``shared`` says by what: "cell 5", "Health", "Italy", "partner: Leith Council"."""

    slug: str
    title: str
    url: str
    unit: str
    tag: str
    open: bool
    inferred: bool
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Traits:
    """By what a record is near to others. ``partners`` are names by the values of the facet; ``stands`` is its set."""

    partners: dict[str, str]
    areas: frozenset[str]
    countries: frozenset[str]
    stands: frozenset[Member]


def neighbours(
    partnership: Partnership, now: Phase | None, *, inferred: bool
) -> tuple[list[Partnership], tuple[Related, ...]]:
    """The published parts of a record, for ``sites``, and the records nearest to it: one query for both.

    ``partnership`` is fetched with its partners, ``now`` is its current phase. Inferred positions count if shown.
    """
    own = traits(partnership, now, inferred=inferred)
    parts = Partnership.objects.published().order_by().filter(part_of=partnership).values("pk")
    # Both are public by now: to ask for that once more would have SQLite walk through everything that is.
    wanted = parts.union(_named(candidates(partnership, own)))
    rows = sorted(_standing(wanted, own), key=lambda row: (row.search_title, row.pk))
    return (
        [row for row in rows if row.part_of_id == partnership.pk],
        related((row for row in rows if row.part_of_id != partnership.pk), own, inferred=inferred),
    )


def traits(partnership: Partnership, now: Phase | None, *, inferred: bool) -> Traits:
    """What others are compared with."""
    position = lens_position(now, SECTOR, inferred=inferred)
    return Traits(
        partners={v: partner.name or str(partner) for partner in partnership.partners.all()
                  for v in partner_values(partner)},
        areas=frozenset(partnership.service_areas),
        countries=frozenset(partnership.countries),
        stands=position.possible if position.cells else frozenset(),
    )  # fmt: skip


def candidates(partnership: Partnership, own: Traits) -> QuerySet:
    """The keys of the published records that share most partners, areas and countries, less its parts and its whole.

    The index of the facets answers this alone, however wide the records are.
    """
    areas = {code for area in own.areas for code in (area, division_of(area))}
    alike = (
        Q(facet="partner", value__in=sorted(own.partners))
        | Q(facet="area", value__in=sorted(areas))
        | Q(facet="country", value__in=sorted(own.countries))
    )
    near = (
        _most(When(facet="partner", then=PARTNER))
        + _most(When(facet="area", value__contains=".", then=GROUP), When(facet="area", then=DIVISION))
        + _most(When(facet="country", then=COUNTRY))
    )
    records = Facet.objects.filter(alike).exclude(partnership__in=_barred(partnership)).values("partnership")
    return records.annotate(near=near).order_by("-near", "partnership").values("partnership")[:LOOKED_AT]


def _most(*cases: When) -> Max:
    return Max(Case(*cases, default=0, output_field=IntegerField()))


def _barred(partnership: Partnership) -> QuerySet:
    """What is not public, the record itself, its whole and its parts. These are few: most records are public."""
    own = Q(pk__in=[partnership.pk, partnership.part_of_id or partnership.pk]) | Q(part_of=partnership.pk)
    hidden = [code for code in STATUSES.codes if code != PUBLISHED]
    return Partnership.objects.order_by().filter(own | Q(status__in=hidden)).values("pk")


def _named(keys: QuerySet) -> QuerySet:
    """The same keys without an order and a limit, which SQLite does not allow within a union."""
    return Facet.objects.filter(partnership__in=keys).values("partnership")


def _standing(keys: QuerySet, own: Traits) -> QuerySet:
    """Records, each joined with where it stands now, and with one of the partners that it shares."""
    shared = Facet.objects.filter(partnership=OuterRef("pk"), facet="partner", value__in=sorted(own.partners))
    return (
        Partnership.objects.order_by().filter(pk__in=keys).at_current_phase()
        .annotate(
            now_design=F("now__design"), now_delivery=F("now__delivery"), now_cells=F("now__possible_cells"),
            now_certainty=F("now__certainty"),
            shared=Subquery(shared.order_by("value").values("value")[:1]) if own.partners else Value(""),
        )
        .only("slug", "title", "status", "unit", "part_of", "search_title", "countries", "service_areas")
    )  # fmt: skip


# ---- What they share ------------------------------------------------------------------------------


def related(rows: Iterable[Partnership], own: Traits, *, inferred: bool) -> tuple[Related, ...]:
    """The nearest of these records in words, nearest first."""
    found = [(row, stands(row, inferred=inferred)) for row in rows]
    found.sort(key=lambda pair: (-nearness(*pair, own), pair[0].search_title, pair[0].pk))
    return tuple(
        Related(
            slug=row.slug,
            title=row.title,
            url=case_url(row, inferred=inferred),
            unit=words.unit(row.unit),
            tag=tag(position),
            open=not position.settled,
            inferred=position.placed and row.now_certainty not in FIRM,
            shared=tuple(_shared(row, position, own)),
        )
        for row, position in found[:MOST]
    )


def nearness(row: Partnership, position: LensPosition, own: Traits) -> int:
    """How near a record is: what ``candidates`` adds up, and the place."""
    groups, divisions = _areas(row, own)
    return (
        PARTNER * bool(row.shared)
        + PLACE * (bool(own.stands) and position.possible == own.stands)
        + (GROUP if groups else DIVISION if divisions else 0)
        + COUNTRY * bool(own.countries & set(row.countries))
    )


def _areas(row: Partnership, own: Traits) -> tuple[Sequence[str], Sequence[str]]:
    """The shared groups of service areas, and the shared divisions (other than of those groups)."""
    groups = [code for code in row.service_areas if "." in code and code in own.areas]
    mine = {division_of(code) for code in own.areas} - {division_of(code) for code in groups}
    return groups, sorted({division_of(code) for code in row.service_areas} & mine)


def _shared(row: Partnership, position: LensPosition, own: Traits) -> Iterable[str]:
    if own.stands and position.possible == own.stands:
        yield _place(position)
    groups, divisions = _areas(row, own)
    yield from (words.area(code) for code in (*groups, *divisions))
    yield from (words.country(code) for code in row.countries if code in own.countries)
    if row.shared:
        yield _("partner: %(name)s") % {"name": own.partners[row.shared]}


def _place(position: LensPosition) -> str:
    if position.settled:
        return _("cell %(number)s") % {"number": position.cells[0]}
    return _("possibly %(cells)s") % {"cells": tag(position)}
