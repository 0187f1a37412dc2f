"""The 3×3 matrix as a drawing: its axes, and in each cell the model, the count, the share and what is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.pictures.drawing import FULL, TINTS, Block, Drawing, block
from partnerships.presenters.home import heading, left_out
from partnerships.presenters.matrix import CellView, Header, Link, Matrix, matrix, tally
from partnerships.selection import Selection

SIZE, SMALL, BIG = 14, 12, 28
LEADING = 16
GAP, PAD = 8, 10
HEADERS = 128
STEP = (FULL - HEADERS + GAP) // 3
CELL = STEP - GAP


@dataclass(frozen=True)
class Head:
    """The name of a row or column, and what it means."""

    name: Block
    help: Block


@dataclass(frozen=True)
class Box:
    """A cell in its place. ``line`` is where the dashed line above "possible" lies."""

    x: int
    y: int
    width: int
    height: int
    cell: CellView
    name: Block
    count_y: int
    line: int

    @property
    def fill(self) -> str:
        """The colour of the tint, for files."""
        return TINTS[self.cell.tint]

    @property
    def left(self) -> int:
        """Where words begin."""
        return self.x + PAD

    @property
    def right(self) -> int:
        """Where words end."""
        return self.x + self.width - PAD

    @property
    def name_y(self) -> int:
        """The baseline of the first line: model and number of the cell."""
        return self.y + PAD + 12

    @property
    def possible_y(self) -> int:
        """The baseline of "possible", below the line."""
        return self.line + 18


@dataclass(frozen=True)
class Grid:
    """The whole matrix."""

    across: str
    down: Block
    middle: int
    columns: tuple[Head, ...]
    rows: tuple[Head, ...]
    boxes: tuple[Box, ...]


def drawing(selection: Selection) -> Drawing:
    """The matrix of a selection."""
    found = tally(selection)
    table = matrix(selection, found, titled=False)
    view, height = grid(table)
    return Drawing(
        name="matrix",
        title=_("Who designs public services, and who delivers them"),
        count=heading(table, found, selection.year),
        width=FULL,
        height=height,
        template="pictures/_matrix.svg",
        view=view,
        notes=tuple(_sentences(left_out(selection, found), table)),
    )


def _sentences(links: Sequence[Link], table: Matrix) -> list[str]:
    """What the picture does not say by itself."""
    found = []
    if table.possible:
        found.append(_("Possible: what is known leaves several cells open. These are in no count and in no share."))
    if table.note:
        found.append(table.note)
    if links:
        parts = "; ".join(f"{link.note} {link.text}" for link in links)
        found.append(_("Not counted: %(parts)s.") % {"parts": parts})
    return found


def grid(table: Matrix) -> tuple[Grid, int]:
    """Lay out a matrix; the second value is the height."""
    columns = tuple(
        _head(header, HEADERS + number * STEP, 38, CELL, most=3) for number, header in enumerate(table.columns)
    )
    top = max(head.help.bottom for head in columns) + 12
    rows, boxes = [], []
    for row in table.rows:
        names = [_name(cell) for cell in row.cells]
        height = _height(names, row.cells)
        head = _head(row.header, 0, top + 22, HEADERS - 12, most=6)
        height = max(height, head.help.bottom - top + PAD)
        rows.append(head)
        boxes += [
            _box(cell, name, HEADERS + number * STEP, top, height)
            for number, (cell, name) in enumerate(zip(row.cells, names, strict=True))
        ]
        top += height + GAP
    down = block(_("Who is responsible for delivery"), 0, 14, HEADERS - 12, SIZE, bold=True, most=4)
    view = Grid(
        _("Who is responsible for design"), down, HEADERS + (FULL - HEADERS) // 2, columns, tuple(rows), tuple(boxes)
    )
    return view, top - GAP + 1


def _head(header: Header, x: int, y: int, room: int, *, most: int) -> Head:
    name = block(header.name, x, y, room, SIZE, bold=True, leading=LEADING)
    return Head(name, block(header.help, x, name.bottom + 16, room, SMALL, leading=14, most=most))


def _name(cell: CellView) -> Block:
    # The number of the cell stands in the corner, beside the first line.
    return block(cell.model, 0, 0, CELL - 2 * PAD - 14, SIZE, bold=True, leading=LEADING, most=5)


def _height(names: Sequence[Block], cells: Sequence[CellView]) -> int:
    lines = max(len(name.lines) for name in names)
    return 2 * PAD + lines * LEADING + 36 + (26 if any(cell.possible for cell in cells) else 0)


def _box(cell: CellView, name: Block, x: int, y: int, height: int) -> Box:
    placed = block(cell.model, x + PAD, y + PAD + 12, CELL - 2 * PAD - 14, SIZE, bold=True, leading=LEADING, most=5)
    return Box(x, y, CELL, height, cell, placed, placed.bottom + 34, y + height - 28)
