"""A grid of numbers, rows by columns, each on a tint that deepens with its share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.pictures.drawing import FULL, TINTS, Area, Block, block, tint
from partnerships.pictures.text import SLACK

SIZE, SMALL, TINY = 14, 12, 11
GAP = 4
CELL = 42
HEAD = 20


@dataclass(frozen=True)
class Entry:
    """A number of the grid with its share in words; ``label`` is the accessible name of its link.

    ``known`` is False where nobody was asked: a nought would say that it was nobody.
    """

    number: int
    share: str
    url: str = ""
    label: str = ""
    marked: bool = False
    known: bool = True

    @property
    def text(self) -> str:
        """What stands in the square."""
        return str(self.number) if self.known else "–"


@dataclass(frozen=True)
class Numbers:
    """A row: its text, what its shares are of in words and as a number, and an entry for every column."""

    text: str
    note: str
    of: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Group:
    """Some rows under a heading."""

    heading: str
    rows: tuple[Numbers, ...]


@dataclass(frozen=True)
class Square:
    """An entry in its place."""

    x: int
    y: int
    width: int
    height: int
    tint: int
    entry: Entry

    @property
    def fill(self) -> str:
        """The colour of the tint, for files."""
        return TINTS[self.tint]

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + self.width // 2

    @property
    def number_y(self) -> int:
        """The baseline of the number, higher where a share stands below it."""
        return self.y + self.height // 2 + (-2 if self.entry.share else 5)

    @property
    def share_y(self) -> int:
        """The baseline of the share."""
        return self.y + self.height // 2 + 13


@dataclass(frozen=True)
class Heat:
    """The whole grid: words set in lines, and the squares; ``size`` is that of the names of the columns."""

    columns: tuple[Block, ...]
    headings: tuple[Block, ...]
    rows: tuple[Block, ...]
    notes: tuple[Block, ...]
    squares: tuple[Square, ...]
    size: int


def heat(columns: Sequence[str], groups: Sequence[Group], width: int = FULL) -> tuple[Heat, tuple[Area, ...], int]:
    """Lay out the grid; the links over it come apart, then the height.

    Where there is little room the text of a row stands above its numbers instead of beside them.
    """
    sheet = _Sheet(width, len(columns))
    names = sheet.names(columns)
    for group in groups:
        sheet.head(group.heading)
        for row in group.rows:
            sheet.row(row)
    view = Heat(names, tuple(sheet.headings), tuple(sheet.rows), tuple(sheet.notes), tuple(sheet.squares), sheet.size)
    return view, tuple(sheet.links), sheet.top


class _Sheet:
    """A grid in the making: ``top`` is how far down it has come."""

    def __init__(self, width: int, columns: int) -> None:
        self.width = width
        self.above = width < FULL
        self.step = (width - 1 + GAP) // columns if self.above else round(width * 0.66) // columns
        # One unit is kept for the edge of the last square.
        self.labels = 0 if self.above else width - 1 + GAP - columns * self.step
        self.top = 0
        self.size = SMALL
        self.headings: list[Block] = []
        self.rows: list[Block] = []
        self.notes: list[Block] = []
        self.squares: list[Square] = []
        self.links: list[Area] = []

    def names(self, columns: Sequence[str]) -> tuple[Block, ...]:
        """The names of the columns: they end on one line, just above the squares."""
        half = (self.step - GAP) // 2
        middles = [self.labels + number * self.step + half for number in range(len(columns))]
        # The narrow drawing is for pages alone, where the typeface is at hand: names may use all the room there is.
        self.size, room = (TINY, self.step * SLACK) if self.above else (SMALL, self.step - GAP)
        found = [block(name, x, SMALL, room, self.size, most=3) for name, x in zip(columns, middles, strict=True)]
        deepest = max((name.bottom for name in found), default=0)
        self.top = deepest + 4
        return tuple(name.moved(deepest - name.bottom) for name in found)

    def head(self, text: str) -> None:
        """A heading over some rows."""
        heading = block(text, 0, self.top + HEAD, self.width, SIZE, bold=True)
        self.headings.append(heading)
        self.top = heading.bottom + 8

    def row(self, row: Numbers) -> None:
        """A row: its text with the note below it, above its squares or beside them."""
        room = (self.width if self.above else self.labels) - 2 * GAP
        label = block(row.text, 0, 0, room, SIZE, most=3)
        note = block(row.note, 0, label.bottom + SMALL + 3, room, SMALL)
        deep = max(label.bottom, note.bottom) + SIZE
        start = self.top + deep + 4 if self.above else self.top
        height = CELL if self.above else max(CELL, deep + 8)
        down = self.top + (SIZE if self.above else (height - GAP - deep) // 2 + SIZE - 2)
        self.rows.append(label.moved(down))
        self.notes.append(note.moved(down))
        for number, entry in enumerate(row.entries):
            x = self.labels + number * self.step
            size = self.step - GAP, height - GAP
            self.squares.append(Square(x, start, *size, tint(entry.number, row.of), entry))
            if entry.url:
                self.links.append(Area(x, start, *size, entry.url, entry.label))
        self.top = start + height + (8 if self.above else 0)
