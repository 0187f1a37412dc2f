"""Two selections against each other: both matrices, and the difference for each cell in numbers and in points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.filters import FILTERS, NOWHERE, PARTLY
from partnerships.models import Partnership
from partnerships.presenters.compare import SIDES, sides_url
from partnerships.presenters.facets import Chip
from partnerships.presenters.filter_words import text_of
from partnerships.presenters.matrix import CellView, Link, Matrix, Tally, matrix, placed, share, tally
from partnerships.presenters.small_numbers import FEW
from partnerships.selection import Selection

IN_A_CELL = [str(number) for number in range(1, 10)]


@dataclass(frozen=True)
class Side:
    """One of the two: ``letter`` is "A" or "B", ``name`` its filters in words; links lead to its own pages."""

    letter: str
    name: str
    chips: tuple[Chip, ...]
    matrix: Matrix
    heading: str
    links: tuple[Link, ...]

    @property
    def placed(self) -> int:
        """How many stand in one cell: what shares are shares of."""
        return self.matrix.placed


@dataclass(frozen=True)
class Number:
    """A count with its share and the page that lists the same; no ``url`` for none."""

    count: int
    share: str
    url: str


@dataclass(frozen=True)
class Difference:
    """A line of the table: what is counted, on both sides, and how much more or less B has."""

    label: str
    a: Number
    b: Number
    count: str
    points: str


@dataclass(frozen=True)
class SelectionsPage:
    """All that is said about two selections."""

    sides: tuple[Side, Side]
    cells: tuple[Difference, ...]
    totals: tuple[Difference, ...]
    caption: str
    caution: str
    overlap: str
    snapshots: str
    swap_url: str


def selections_page(a: Selection, b: Selection) -> SelectionsPage:
    """Count both selections, which share lens and inferred, and lay them side by side."""
    tallies = tally(a), tally(b)
    sides = _tinted(_side(a, b, 0, tallies[0]), _side(a, b, 1, tallies[1]))
    return SelectionsPage(
        sides=sides,
        cells=tuple(_cells(a, b, sides)),
        totals=tuple(_totals(a, b, tallies)),
        caption=_("A has %(a)s placed in one cell, B has %(b)s.") % {"a": sides[0].placed, "b": sides[1].placed},
        caution=caution(sides[0].placed, sides[1].placed),
        overlap=_overlap(a, b),
        snapshots=_snapshots(a, b),
        swap_url=sides_url(b.values, a.values),
    )


# ---- The sides ------------------------------------------------------------------------------------


def _side(a: Selection, b: Selection, place: int, found: Tally) -> Side:
    selection, letter = (a, b)[place], SIDES[place].upper()
    name = title(selection)
    table = matrix(selection, found, titled=False)
    return Side(
        letter=letter,
        name=name,
        chips=tuple(_chips(a, b, place)),
        matrix=replace(table, caption=f"{letter}, {name}. {table.caption}"),
        heading=ngettext("%(count)s partnership placed", "%(count)s partnerships placed", table.placed)
        % {"count": table.placed},
        links=(
            Link(_("Matrix of %(side)s") % {"side": letter}, reverse("matrix") + selection.query()),
            Link(_("List of %(side)s") % {"side": letter}, reverse("partnership-list") + selection.query()),
        ),
    )


def title(selection: Selection) -> str:
    """The filters of a selection in words."""
    texts = [text_of(name, value) for name in FILTERS for value in selection.values.get(name, ())]
    return ", ".join(texts) or _("the whole register")


def _chips(a: Selection, b: Selection, place: int) -> Iterator[Chip]:
    """A chip for each value of each filter of one side, with the comparison as it is without it."""
    sides = [a.values, b.values]
    for name in FILTERS:
        for value in sides[place].get(name, ()):
            left = tuple(other for other in sides[place][name] if other != value)
            changed = [*sides]
            changed[place] = {**sides[place], name: left}
            text = text_of(name, value)
            yield Chip(text, sides_url(*changed), _("Remove filter: %(text)s") % {"text": text})


def _tinted(*sides: Side) -> tuple[Side, Side]:
    """Both matrices in tints of one scale, by the share of the fullest cell of the two: tints then compare shares."""
    shares = [Fraction(cell.count, side.placed) for side in sides for cell in _cells_of(side) if cell.count]
    most = max(shares, default=1)
    a, b = (replace(side, matrix=_by_share(side.matrix, most)) for side in sides)
    return a, b


def _by_share(table: Matrix, most: Fraction | int) -> Matrix:
    """A matrix in four steps of one tint, for shares up to this one."""
    of = table.placed or 1
    rows = (
        replace(row, cells=tuple(replace(cell, tint=ceil(4 * Fraction(cell.count, of) / most)) for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _cells_of(side: Side) -> list[CellView]:
    return [cell for row in side.matrix.rows for cell in row.cells]


def _overlap(a: Selection, b: Selection) -> str:
    """How many that the matrix may count are on both sides, which are then not independent of each other. One query."""
    on_both = Partnership.objects.counted().filter(pk__in=_keys(a.partnerships)).filter(pk__in=_keys(b.partnerships))
    in_cells = Q(pk__in=_keys(placed(a))) & Q(pk__in=_keys(placed(b)))
    found = on_both.aggregate(number=Count("pk"), placed=Count("pk", filter=in_cells))
    if not found["number"]:
        return ""
    return (
        ngettext(
            "%(number)s partnership is on both sides (%(placed)s placed in one cell on both).",
            "%(number)s partnerships are on both sides (%(placed)s placed in one cell on both).",
            found["number"],
        )
        % found
    )


def _keys(partnerships: QuerySet) -> QuerySet:
    return partnerships.order_by().values("pk")


def _snapshots(a: Selection, b: Selection) -> str:
    """What two years are: things as they stood in each, not what began before one and after the other."""
    if not (a.year and b.year) or a.year == b.year:
        return ""
    return _(
        "Two snapshots, as things stood in %(a)s and in %(b)s: what ran in both years is on both sides, and entries "
        "without dates are on neither."
    ) % {"a": a.year, "b": b.year}


# ---- The differences ------------------------------------------------------------------------------


def _cells(a: Selection, b: Selection, sides: tuple[Side, Side]) -> Iterator[Difference]:
    """A line for each of the nine cells, with the pages of the cell that list the same."""
    views = [_cells_of(side) for side in sides]
    for of_a, of_b in zip(*views, strict=True):
        page = reverse("cell", args=[of_a.number])
        yield _difference(
            _("%(number)s · %(name)s") % {"number": of_a.number, "name": of_a.model},
            _number(of_a.count, sides[0].placed, page + a.query()),
            _number(of_b.count, sides[1].placed, page + b.query()),
            points(of_a.count, sides[0].placed, of_b.count, sides[1].placed),
        )


def _totals(a: Selection, b: Selection, tallies: tuple[Tally, Tally]) -> Iterator[Difference]:
    """What stands below the cells: all that are placed, and what no share counts."""
    lines = (
        (_("Placed in one cell"), IN_A_CELL, lambda found: sum(found.cells.values())),
        (_("Partly placed"), [PARTLY], lambda found: found.sets),
        (_("Not placed"), [NOWHERE], lambda found: found.unplaced),
    )
    for label, codes, number in lines:
        of_a, of_b = (
            _number(number(found), 0, _listed(selection, codes))
            for selection, found in zip((a, b), tallies, strict=True)
        )
        yield _difference(label, of_a, of_b, "")


def _difference(label: str, a: Number, b: Number, in_points: str) -> Difference:
    return Difference(label, a, b, signed(b.count - a.count), in_points)


def _number(count: int, of: int, url: str) -> Number:
    return Number(count, share(count, of) if of else "", url if count else "")


def _listed(selection: Selection, codes: list[str]) -> str:
    """The list of those of a selection that stand so; "" where a filter by cell makes that no one list."""
    chosen = selection.values.get("cell", ())
    if chosen and not set(chosen) <= set(codes):
        return ""
    return reverse("partnership-list") + selection.query(cell=list(chosen) or codes)


def signed(number: int) -> str:
    """A difference with its sign: "+3", "−3", "0"."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def points(a: int, of_a: int, b: int, of_b: int) -> str:
    """The difference of two shares in percentage points, worked out before rounding; "" where a side has none."""
    if not (of_a and of_b):
        return ""
    difference = 100 * (b * of_a - a * of_b)
    rounded = round(abs(difference) / (of_a * of_b))
    if difference and not rounded:
        return _("under 1")
    return signed(rounded if difference > 0 else -rounded)


def caution(a: int, b: int) -> str:
    """What to make of few: under 30 on a side one partnership moves a share by more than three points."""
    if not (a and b):
        empty = _("A and B have") if not (a or b) else _("A has") if not a else _("B has")
        return _("%(side)s nothing in one cell, so there are no shares to compare.") % {"side": empty}
    if min(a, b) >= FEW:
        return ""
    return _(
        "Small numbers: A has %(a)s placed, B has %(b)s. Where a side has fewer than %(few)s, one partnership more or "
        "less moves its shares by more than three points, so read them as a hint and no more."
    ) % {"a": a, "b": b, "few": FEW}
