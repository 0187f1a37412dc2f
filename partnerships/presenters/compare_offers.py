"""Comparisons of selections to begin with, made only of what stands on the matrix on both sides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from partnerships.filters import this_year
from partnerships.models import Facet, Partnership, Phase
from partnerships.presenters import words
from partnerships.presenters.compare import sides_url
from partnerships.presenters.matrix import Link
from partnerships.querysets import FIRM, PUBLISHED, placed_in
from taxonomy.lenses import SECTOR
from taxonomy.vocabulary import COUNTED_UNITS

# The year before and after which the register is looked at first, where it holds something on both sides.
TURN = 2010
Span = tuple[int, int]


@dataclass(frozen=True)
class Offer:
    """What the register holds to choose from: countries by name, and comparisons to begin with."""

    countries: tuple[tuple[str, str], ...]
    examples: tuple[Link, ...]


def offer() -> Offer:
    """Countries of what is published, and examples of which both sides have something in one cell: two queries."""
    placed = Partnership.objects.published().standing(placed_in(range(1, 10), SECTOR)).order_by().values("pk")
    held = Facet.objects.filter(facet="country", partnership__status=PUBLISHED).order_by()
    counts = list(held.values_list("value").annotate(number=Count("pk", filter=Q(partnership__in=placed))))
    full = [code for code, number in sorted(counts, key=lambda pair: (-pair[1], pair[0])) if number]
    named = sorted(((code, words.country(code)) for code, _number in counts), key=lambda pair: pair[1])
    return Offer(tuple(named), (*_two_countries(full), *_two_years()))


def _two_countries(codes: list[str]) -> Iterator[Link]:
    """The fullest country against the next, and that against the third."""
    for first, second in list(pairwise(codes))[:2]:
        names = {"a": words.country(first), "b": words.country(second)}
        yield Link(_("%(a)s and %(b)s") % names, sides_url({"country": (first,)}, {"country": (second,)}))


def _two_years() -> Iterator[Link]:
    """The years on both sides of 2010, and the middle one of those in which phases began against this one."""
    spans = _spans()
    if _held(TURN - 1, spans) and _held(TURN + 1, spans):
        years = {"a": TURN - 1, "b": TURN + 1}
        note = _("as things stood in %(a)s and in %(b)s; what ran in both years is on both sides") % years
        yield _years(_("Before and after %(year)s") % {"year": TURN}, TURN - 1, TURN + 1, note)
    began = sorted({first for first, _last in spans})
    before, now = (began[len(began) // 2] - 1 if began else 0), this_year()
    if _held(before, spans) and _held(now, spans):
        yield _years(_("In %(a)s and in %(b)s") % {"a": before, "b": now}, before, now)


def _spans() -> Collection[Span]:
    """The first and last years of dated phases that the matrix counts in one cell. One query."""
    phases = Phase.objects.filter(
        partnership__status=PUBLISHED, partnership__unit__in=COUNTED_UNITS.codes, certainty__in=FIRM,
        cell__isnull=False, stands_from__isnull=False,
    )  # fmt: skip
    return list(phases.order_by().values_list("stands_from", "stands_to").distinct())


def _held(year: int, spans: Collection[Span]) -> bool:
    """Whether anything stood in one cell in that year."""
    return any(first <= year <= last for first, last in spans)


def _years(text: str, before: int, after: int, note: str = "") -> Link:
    return Link(text, sides_url({"year": (str(before),)}, {"year": (str(after),)}), note)
