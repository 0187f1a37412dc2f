"""Outlines on the 3×3: around a set of cells that a position leaves open, with its name on the edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from partnerships.pictures.shapes import Box, Grid, Point, box_at, edge

# How far an outline lies from its cards: sets that share cells get one each.
MARGINS = (8, 13, 18, 23)
RADIUS = 10


@dataclass(frozen=True)
class Letters:
    """How much room texts take: the width of a sign and the height of a line."""

    sign: float = 13
    line: float = 24

    def box(self, text: str, middle: Point) -> Box:
        """The room for a text around its middle."""
        return box_at(middle, max(len(text) * self.sign + 6, self.line + 2), self.line)


@dataclass(frozen=True)
class Outline:
    """A set as drawn: what it covers, its outline as an SVG path, and its name on the edge of each piece."""

    cells: frozenset[int]
    margin: float
    boxes: tuple[Box, ...]
    path: str
    text: str
    labels: tuple[Box, ...]

    def crosses(self, box: Box) -> bool:
        """Whether its edge runs through a box, which is neither wholly inside nor wholly outside."""
        meeting = [part for part in self.boxes if part.meets(box)]
        return bool(meeting) and not any(part.around(box) for part in meeting)


def outlined(
    cells: frozenset[int], name: str, grid: Grid, bounds: Box, letters: Letters, others: Iterable[Outline] = ()
) -> Outline:
    """Outline a set beside ``others``, with its name where it has one.

    A piece whose name finds no room within ``bounds`` stays without it.
    """
    others = list(others)
    taken = {other.margin for other in others if other.cells & cells}
    margin = next((each for each in MARGINS if each not in taken), MARGINS[-1])
    labels: list[Box] = []
    for piece in pieces(cells) if name else ():
        texts = [*labels, *(box for other in others for box in other.labels)]
        spots = _spots(grid.area(piece, margin), letters.box(name, (0, 0)), grid, bounds)
        free = (
            spot
            for spot in spots
            if not any(spot.meets(text) for text in texts) and not any(other.crosses(spot) for other in others)
        )
        labels += [spot for spot in (next(free, None),) if spot]
    boxes = tuple(grid.area(cells, margin))
    return Outline(cells, margin, boxes, edge(boxes, RADIUS), name, tuple(labels))


def pieces(cells: Iterable[int]) -> list[frozenset[int]]:
    """The parts of a set that hang together side by side, in the order of their first cells."""
    rest, found = sorted(cells), []
    while rest:
        piece: set[int] = set()
        edge = [rest[0]]
        while edge:
            number = edge.pop()
            piece.add(number)
            edge += [other for other in rest if other not in piece and _beside(number, other)]
        found.append(frozenset(piece))
        rest = [number for number in rest if number not in piece]
    return found


def _beside(one: int, other: int) -> bool:
    (row, column), (other_row, other_column) = divmod(one - 1, 3), divmod(other - 1, 3)
    return abs(row - other_row) + abs(column - other_column) == 1


def _spots(boxes: Collection[Box], room: Box, grid: Grid, bounds: Box) -> Iterator[Box]:
    """Where a name may stand: on the edge above the cards, then below them, at the left and right ends."""
    for above, box in product((True, False), boxes):
        y = box.y - room.height / 2 + 4 if above else box.y + box.height + room.height / 2 - 4
        for x in (box.x + room.width / 2, box.x + box.width - room.width / 2):
            spot = box_at((x, y), room.width, room.height)
            if bounds.around(spot) and not any(spot.meets(grid.card(number)) for number in range(1, 10)):
                yield spot
