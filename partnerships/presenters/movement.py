"""Arrows from the literature: a source's movement from one set of cells to another, drawn on a small grid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from math import hypot

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Statement
from partnerships.models.fields import Member
from partnerships.presenters import words
from partnerships.selection import Selection
from taxonomy.cells import CELLS, Cell
from taxonomy.cells import cell as cell_of

# A cell and the gap between two, in units of the drawing.
SIZE, GAP = 40, 4
HEAD = 11
# More drawings than this would push the rest of the home page out of sight.
MOST = 6


@dataclass(frozen=True)
class Square:
    """A cell of the drawing; ``state`` is "", "from" or "to"."""

    number: int
    x: int
    y: int
    state: str


@dataclass(frozen=True)
class Arrow:
    """A movement as a drawing and in words. ``line`` and ``head`` are SVG paths."""

    squares: tuple[Square, ...]
    line: str
    head: str
    path: str
    title: str = ""
    url: str = ""


def arrow(before: Collection[Member], after: Collection[Member], title: str = "", url: str = "") -> Arrow | None:
    """Draw the movement between the cells of two sets that lie nearest; None where one set lies outside the grid.

    An arrow to the middle of a set would point at a cell that is none of it: that of 2 and 8 lies in 5.
    """
    if not (_cells(before) and _cells(after)):
        return None
    states = dict.fromkeys(before, "from") | dict.fromkeys(after, "to")
    squares = tuple(
        Square(c.number, c.column * (SIZE + GAP), c.row * (SIZE + GAP), states.get(c.number, "")) for c in CELLS
    )
    (x1, y1), (x2, y2) = _nearest(before, after)
    length = hypot(x2 - x1, y2 - y1) or 1
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    # The shaft ends inside the head; the head's base lies to both sides of the line.
    bx, by = x2 - HEAD * dx, y2 - HEAD * dy
    corners = [(x2, y2), (bx - dy * HEAD / 2, by + dx * HEAD / 2), (bx + dy * HEAD / 2, by - dx * HEAD / 2)]
    return Arrow(
        squares=squares,
        line=f"M{x1:.1f} {y1:.1f}L{bx:.1f} {by:.1f}",
        head="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z",
        path=path_words(before, after),
        title=title,
        url=url,
    )


def _cells(members: Collection[Member]) -> list[Cell]:
    return [cell_of(member) for member in members if isinstance(member, int)]


def _nearest(before: Collection[Member], after: Collection[Member]) -> tuple[tuple[float, float], ...]:
    """The middles of the two cells of both sets that lie nearest, apart from each other where that is possible."""
    pairs = [pair for pair in product(_cells(before), _cells(after)) if pair[0] != pair[1]]
    found = min(pairs or [(_cells(before)[0],) * 2], key=_distance)
    return tuple((c.column * (SIZE + GAP) + SIZE / 2, c.row * (SIZE + GAP) + SIZE / 2) for c in found)


def _distance(pair: tuple[Cell, Cell]) -> tuple[float, int, int]:
    one, other = pair
    # Of several that are as near, the first, in whatever order sets come.
    return hypot(one.row - other.row, one.column - other.column), one.number, other.number


def path_words(before: Collection[Member], after: Collection[Member]) -> str:
    """A movement in words: "from 4 or 7 to 5"."""
    return _("from %(before)s to %(after)s") % {"before": words.cells(before), "after": words.cells(after)}


def arrows(selection: Selection) -> tuple[Arrow, ...]:
    """The movements that sources state about what is selected, under the selection's lens, in one query."""
    # Asked of each movement, of which there are few, rather than listing all that is selected.
    selected = selection.partnerships.order_by().filter(pk=OuterRef("partnership"))
    rows = (
        Statement.objects.filter(Exists(selected), kind="movement", lens=selection.lens.code)
        .order_by("partnership__search_title", "pk")
        .values_list("from_cells", "to_cells", "partnership__title", "partnership__slug")[:MOST]
    )
    drawn = (arrow(before, after, title, reverse("partnership", args=[slug])) for before, after, title, slug in rows)
    return tuple(filter(None, drawn))
