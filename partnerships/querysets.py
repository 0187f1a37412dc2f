"""Reads of the register as verbs. What the public sees is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.lookups import Exact

from taxonomy.cells import Model
from taxonomy.lenses import SECTOR, Lens
from taxonomy.vocabulary import CERTAINTIES, COUNTED_UNITS

if TYPE_CHECKING:
    from accounts.models import Organisation, User

PUBLISHED = "published"
# Positions that are drawn and counted without being asked for; inferred ones show on request only.
FIRM = tuple(code for code in CERTAINTIES.codes if code != "inferred")
ALL_CELL_BITS = 0b111111111
# The long texts of a partnership, which no list shows.
TEXTS = ("narrative", "search_text", "curator_note")


def prefix_of(lens: Lens) -> str:
    """How the fields of a lens begin on a phase."""
    return "" if lens is SECTOR else f"{lens.code}_"


def union(branches: Sequence[models.QuerySet]) -> models.QuerySet | tuple[()]:
    """The rows of several queries of the same columns, in one query; nothing for no query."""
    if not branches:
        return ()
    first, *rest = branches
    return first.union(*rest, all=True) if rest else first


# ---- Where a partnership stands: conditions on the phase in question -----------------------------------------------
#
# The phase is joined as ``now``. What conditions read of it is named once, as ``at_…``: Django would join it anew for
# every filter() that reads ``now__…``.

AT = (
    "id", "partnership", "stands_from", "stands_to", "certainty", "possible_cells", "cell",
    "professional_possible_cells", "professional_cell",
)  # fmt: skip


def _shown(inferred: bool) -> Q:
    return Q() if inferred else Q(at_certainty__in=FIRM)


def _cell_bits(lens: Lens) -> models.Expression:
    return F(f"at_{prefix_of(lens)}possible_cells").bitand(ALL_CELL_BITS)


def placed_in(cells: Iterable[int], lens: Lens, *, inferred: bool = False) -> Q:
    """The matrix counts it in one of these cells."""
    return _shown(inferred) & Q(**{f"at_{prefix_of(lens)}cell__in": list(cells)})


def partly_placed(lens: Lens, *, inferred: bool = False) -> Q:
    """Its position is a set of some cells: in no count, named below the matrix."""
    bits = _cell_bits(lens)
    is_set = Q(**{f"at_{prefix_of(lens)}cell__isnull": True}) & ~Q(Exact(bits, 0)) & ~Q(Exact(bits, ALL_CELL_BITS))
    return _shown(inferred) & is_set


def perhaps_in(cell: int, lens: Lens, *, inferred: bool = False) -> Q:
    """Its position is a set with this cell in it."""
    here = F(f"at_{prefix_of(lens)}possible_cells").bitand(1 << (cell - 1))
    return partly_placed(lens, inferred=inferred) & ~Q(Exact(here, 0))


def outside(lens: Lens, *, inferred: bool = False) -> Q:
    """No cell is possible: it is in hands that the matrix does not hold, or nobody is named."""
    return _shown(inferred) & Q(Exact(_cell_bits(lens), 0))


def planned_only() -> Q:
    """No phase of it is actual, so that it stands nowhere yet."""
    return Q(at_id__isnull=True)


def not_placed(lens: Lens) -> Q:
    """It has a current phase about which nothing is known under this lens."""
    return Q(Exact(_cell_bits(lens), ALL_CELL_BITS))


def drawn(lens: Lens, *, inferred: bool = False) -> Q:
    """The matrix shows it: in one cell, or as possible in several."""
    return placed_in(range(1, 10), lens, inferred=inferred) | partly_placed(lens, inferred=inferred)


def under(model: Model, *, inferred: bool = False) -> Q:
    """Every cell in which it may stand bears this label of table 2."""
    bits = _cell_bits(SECTOR)
    elsewhere = ALL_CELL_BITS & ~sum(1 << (cell - 1) for cell in model.cells)
    possible = F("at_possible_cells").bitand(elsewhere)
    return _shown(inferred) & ~Q(Exact(bits, 0)) & Q(Exact(possible, 0))


def inferred_only(lens: Lens) -> Q:
    """It has a position under this lens, and a coder inferred it."""
    return Q(at_certainty="inferred") & ~Q(Exact(_cell_bits(lens), ALL_CELL_BITS))


class PartnershipQuerySet(models.QuerySet):
    """Partnerships, by who may see them and what they are."""

    def published(self) -> PartnershipQuerySet:
        """What the public sees. Every page, count, list, export and feed starts here."""
        return self.filter(status=PUBLISHED)

    def editable_by(self, user: User) -> PartnershipQuerySet:
        """What the person may work on under "My partnerships": their organisation's; for curators everything."""
        if user.is_curator:
            return self
        if user.organisation_id is None:
            return self.filter(created_by=user, organisation__isnull=True)
        return self.filter(organisation=user.organisation_id)

    def standing(self, where: Q) -> PartnershipQuerySet:
        """Counted units (cases, programmes, components) that meet one of the conditions above."""
        return self.counted().at_current_phase().filter(where)

    def counted(self) -> PartnershipQuerySet:
        """Cases, programmes and components: what the matrix counts once it has a position."""
        return self.filter(unit__in=COUNTED_UNITS.codes)

    def undated(self) -> PartnershipQuerySet:
        """Those of which no actual phase has a start, so that no year can show them."""
        from partnerships.models.phase import Phase

        dated = Phase.objects.filter(stands_from__isnull=False)
        return self.exclude(pk__in=dated.values("partnership"))

    def listed_only(self) -> PartnershipQuerySet:
        """Classes, vehicles, country patterns, illustrations and references: listed, never counted."""
        return self.exclude(unit__in=COUNTED_UNITS.codes)

    def with_words(self, words: list[str]) -> PartnershipQuerySet:
        """Every word (already folded, see ``partnerships.search``) begins a word somewhere in the record."""
        for word in words:
            self = self.filter(search_text__contains=f" {word}")
        return self

    def with_facet(self, facet: str, values: list[str]) -> PartnershipQuerySet:
        """Any of these values of a facet (see ``Facet``)."""
        from partnerships.models.index import Facet

        return self.filter(pk__in=Facet.objects.filter(facet=facet, value__in=values).values("partnership"))

    def at_current_phase(self) -> PartnershipQuerySet:
        """Join each partnership's current phase as ``now``; those with planned phases only stay, with nothing there.

        Where a phase is joined already, that of a year, it stays.
        """
        return self if "now" in self.query._filtered_relations else self._joined(Q(phases__current=True))

    def at_year(self, year: int) -> PartnershipQuerySet:
        """Those that a dated actual phase covers in that year, with the latest such phase joined as ``now``."""
        return self._at(Q(phases__stands_from__lte=year, phases__stands_to__gte=year))

    def in_any_year(self) -> PartnershipQuerySet:
        """One row for each stretch of years in which a partnership stood somewhere, its phase joined as ``now``."""
        return self._at(Q(phases__stands_from__isnull=False))

    def _at(self, condition: Q) -> PartnershipQuerySet:
        return self._joined(condition).filter(at_id__isnull=False)

    def _joined(self, condition: Q) -> PartnershipQuerySet:
        named = {f"at_{name}": F(f"now__{name}") for name in AT}
        return self.annotate(now=FilteredRelation("phases", condition=condition)).alias(**named)

    def without_texts(self) -> PartnershipQuerySet:
        """Leave out the long texts, which no list shows: sorting many rows then carries little."""
        return self.defer(*TEXTS)

    def with_current_phase(self, year: int | None = None) -> PartnershipQuerySet:
        """Fetch the current phase, or that of a year, along with each partnership.

        It comes as ``current_phases``, a list of none or one.
        """
        from partnerships.models.phase import Phase

        phases = Phase.objects.current() if year is None else Phase.objects.in_year(year)
        return self.prefetch_related(
            models.Prefetch("phases", phases.select_related("adopted_statement"), "current_phases")
        )


class PhaseQuerySet(models.QuerySet):
    """Phases, by which of them count."""

    def current(self) -> PhaseQuerySet:
        """The phase at which each partnership stands: the latest actual one."""
        return self.filter(current=True)

    def in_year(self, year: int) -> PhaseQuerySet:
        """The phase at which each partnership stood in a year: the latest dated actual one that covers it."""
        return self.filter(stands_from__lte=year, stands_to__gte=year)


class SourceQuerySet(models.QuerySet):
    """Sources, by who may know of them. One that only drafts use would tell what somebody is working on."""

    def used(self) -> SourceQuerySet:
        """Those that something published leans on."""
        return self.filter(self._in_published())

    def unused(self) -> SourceQuerySet:
        """Those that no record at all leans on: the theory's own literature."""
        return self.filter(self._in_none())

    def public(self) -> SourceQuerySet:
        """What visitors may see."""
        return self.filter(self._in_published() | self._in_none())

    def visible_to(self, organisation: Organisation | None) -> SourceQuerySet:
        """What members of an organisation may see: also what its own records lean on, drafts too."""
        own = self._in_records(organisation=organisation) if organisation else Q()
        return self.filter(self._in_published() | self._in_none() | own)

    # One EXISTS for each relation: it stops at the first row, where a join would make a row for each.

    def _in_published(self) -> Q:
        return self._in_records(status=PUBLISHED)

    def _in_records(self, **where: object) -> Q:
        """Used by partnerships of which this holds."""
        return (
            Q(self._leans("statements", **_of("partnership", where)))
            | Q(self._leans("evidence", **_of("partnership", where)))
            | Q(self._leans("checklist_items", **_of("phase__partnership", where)))
        )

    def _in_none(self) -> Q:
        return Q(*(~self._leans(relation) for relation in ("statements", "evidence", "checklist_items")))

    def _leans(self, relation: str, **where: object) -> Exists:
        rows = self.model._meta.get_field(relation).related_model._default_manager
        return Exists(rows.filter(source=OuterRef("pk"), **where))


def _of(relation: str, where: Mapping[str, object]) -> dict[str, object]:
    return {f"{relation}__{name}": value for name, value in where.items()}


class AssessmentQuerySet(models.QuerySet):
    """Assessments, by whether they are signed and whose they are."""

    def submitted(self) -> AssessmentQuerySet:
        """Signed, and so unchangeable and public with their record."""
        return self.filter(submitted_at__isnull=False)

    def unfinished(self) -> AssessmentQuerySet:
        """Open ones, of everybody."""
        return self.filter(submitted_at__isnull=True)

    def of_keepers(self) -> AssessmentQuerySet:
        """Those that a draft's keepers share; what somebody was invited to say is never among them."""
        return self.filter(by_invitation=False)


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def with_outcome(self) -> InvitationQuerySet:
        """Fetch what came of each along with it, so that its state is known."""
        return self.select_related("assessment")
