"""Moves counted: how many partnerships went from which cells to which, as tables with the lists behind the numbers.

A move joins two phases in a row whose positions differ (``taxonomy.trajectories``). A partnership counts once for it,
however often it went that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.index import move_facet
from partnerships.models import Facet, Statement
from partnerships.models.claims import MOVEMENT
from partnerships.presenters.matrix import cell_name
from partnerships.presenters.words import end, ends
from partnerships.selection import Selection
from taxonomy.cells import CELLS, Cell
from taxonomy.lenses import SECTOR, Lens
from taxonomy.trajectories import Move, read_move


@dataclass(frozen=True)
class MoveCount:
    """A move, and how many partnerships made it, or plan it; ``inferred`` of them only by an inferred position."""

    move: Move
    number: int
    inferred: int = 0

    @property
    def single(self) -> bool:
        """Whether it leads from one cell to one other."""
        return self.move.settled


def move_scope(selection: Selection) -> Selection:
    """What moves are counted in: the years of the phases are what a move is made of, and chosen moves are no limit."""
    return selection.without("year").without("moved")


def rows(selection: Selection, *, inferred: bool | None = None) -> QuerySet:
    """The rows of moves in a selection; ``inferred`` overrides whether moves of inferred positions are among them."""
    asked = selection.inferred if inferred is None else inferred
    within = move_scope(selection).partnerships.order_by().values("pk")
    return Facet.objects.filter(facet=move_facet(selection.lens, asked), partnership__in=within).order_by()


def move_counts(selection: Selection) -> tuple[MoveCount, ...]:
    """All moves of a selection, the most frequent first, in one query."""
    counts = {"number": Count("pk")}
    if selection.inferred:
        firm = Facet.objects.filter(
            facet=move_facet(selection.lens, inferred=False),
            partnership=OuterRef("partnership"),
            value=OuterRef("value"),
        )
        counts["inferred"] = Count("pk", filter=~Q(Exists(firm)))
    found = rows(selection).values_list("value").annotate(**counts)
    return tuple(MoveCount(read_move(value), *numbers) for value, *numbers in sorted(found, key=_order))


def _order(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


def concerned(selection: Selection) -> QuerySet:
    """What the page is about, and its filters count: who moved or plans to, and whose movement a source describes."""
    moved = Facet.objects.filter(facet=move_facet(selection.lens, selection.inferred))
    described = Statement.objects.filter(kind=MOVEMENT, lens=selection.lens.code)
    within = move_scope(selection).partnerships
    return within.filter(Q(pk__in=moved.values("partnership")) | Q(pk__in=described.values("partnership")))


def list_url(selection: Selection, move: Move) -> str:
    """The list of the partnerships behind a move."""
    return reverse("partnership-list") + selection.query(moved=move.notation, year=None)


# ---- In words ------------------------------------------------------------------------------------------------------


def path(move: Move) -> str:
    """A move in words: "from 4 or 7 to 5"."""
    return _("from %(before)s to %(after)s") % ends(move)


def headline(move: Move) -> str:
    """A move as a heading: "From 4 or 7 to 5", "Planned: from 5 to 7"."""
    if move.planned:
        return _("Planned: from %(before)s to %(after)s") % ends(move)
    return _("From %(before)s to %(after)s") % ends(move)


def who(one: MoveCount) -> str:
    """How many, in words: "3 partnerships", "2 partnerships plan it, 1 of them inferred"."""
    if one.move.planned:
        words = ngettext("%(count)s partnership plans it", "%(count)s partnerships plan it", one.number)
    else:
        words = ngettext("%(count)s partnership", "%(count)s partnerships", one.number)
    said = words % {"count": one.number}
    if not one.inferred:
        return said
    if one.inferred == one.number:
        return _("%(who)s, inferred") % {"who": said}
    return _("%(who)s, %(count)s of them inferred") % {"who": said, "count": one.inferred}


def label(one: MoveCount) -> str:
    """The accessible name of a number: who went, and from where to where."""
    return _("%(who)s, %(path)s") % {"who": who(one), "path": path(one.move)}


def doubt(move: Move) -> str:
    """Why it may be no move at all; "" where it must be one."""
    if move.certain:
        return ""
    both = end(move.from_cells & move.to_cells, move.from_open and move.to_open)
    return _("may not have moved: %(cells)s is possible before and after") % {"cells": both}


# ---- Tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A count in a table, the list behind it, and its accessible name. No ``url`` for none."""

    count: int = 0
    url: str = ""
    label: str = ""
    inferred: int = 0


@dataclass(frozen=True)
class Crossing:
    """Where a row and a column of the table meet. ``same`` marks a cell met with itself, where nothing moves."""

    actual: Number
    planned: Number
    same: bool


@dataclass(frozen=True)
class From:
    """A row of the table: one cell, and where partnerships went from it. No ``name`` where names are sentences."""

    number: int
    name: str
    crossings: tuple[Crossing, ...]
    total: int


@dataclass(frozen=True)
class CellTable:
    """The nine by nine table: moves from one cell to one other. ``totals`` are those of the columns."""

    columns: tuple[tuple[int, str], ...]
    rows: tuple[From, ...]
    totals: tuple[int, ...]
    total: int
    planned: int
    inferred: int


@dataclass(frozen=True)
class SetRow:
    """A move from or to a set of cells; ``doubtful`` where it may be none."""

    before: str
    after: str
    doubtful: bool
    actual: Number
    planned: Number


def cell_table(found: Iterable[MoveCount], selection: Selection) -> CellTable | None:
    """The moves between single cells as a table of nine rows and columns; None where there are none."""
    by_move = {one.move.notation: one for one in found if one.single}
    if not by_move:
        return None
    made = tuple(_from(cell, by_move, selection) for cell in CELLS)
    totals = tuple(sum(row.crossings[place].actual.count for row in made) for place in range(9))
    return CellTable(
        columns=tuple((cell.number, _name(cell, selection.lens)) for cell in CELLS),
        rows=made,
        totals=totals,
        total=sum(totals),
        planned=sum(crossing.planned.count for row in made for crossing in row.crossings),
        inferred=sum(one.inferred for one in by_move.values()),
    )


def _from(before: Cell, by_move: dict[str, MoveCount], selection: Selection) -> From:
    crossings = tuple(
        Crossing(
            _number(by_move.get(f"{before.number}>{after.number}"), selection),
            _number(by_move.get(f"{before.number}>{after.number}~"), selection),
            same=before is after,
        )
        for after in CELLS
    )
    total = sum(crossing.actual.count for crossing in crossings)
    return From(before.number, _name(before, selection.lens), crossings, total)


def _name(cell: Cell, lens: Lens) -> str:
    return cell_name(cell, lens) if lens is SECTOR else ""


def _number(one: MoveCount | None, selection: Selection) -> Number:
    return Number(one.number, list_url(selection, one.move), label(one), one.inferred) if one else Number()


def set_rows(found: Sequence[MoveCount], selection: Selection) -> tuple[SetRow, ...]:
    """The moves from or to several cells, the most frequent first, made and planned in one row."""
    pairs: dict[str, dict[bool, MoveCount]] = {}
    for one in found:
        if not one.single:
            pairs.setdefault(replace(one.move, planned=False).notation, {})[one.move.planned] = one
    return tuple(_set_row(read_move(path_), by_plan, selection) for path_, by_plan in pairs.items())


def _set_row(move: Move, by_plan: dict[bool, MoveCount], selection: Selection) -> SetRow:
    made, planned = (_number(by_plan.get(plan), selection) for plan in (False, True))
    return SetRow(**ends(move), doubtful=not move.certain, actual=made, planned=planned)
