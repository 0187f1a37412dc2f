"""Shapes for drawings on the 3×3: boxes, curves, and edges around sets of cells. Plain geometry, in units of a drawing.

The x axis runs to the right and the y axis down, as in SVG.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from taxonomy.cells import CELLS
from taxonomy.cells import cell as cell_of

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle by its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        """The box with a margin around it."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it, the edge included."""
        return self.x <= point[0] <= self.x + self.width and self.y <= point[1] <= self.y + self.height

    def meets(self, other: Box) -> bool:
        """Whether two boxes share more than an edge."""
        apart_x = self.x >= other.x + other.width or other.x >= self.x + self.width
        apart_y = self.y >= other.y + other.height or other.y >= self.y + self.height
        return not (apart_x or apart_y)

    def around(self, other: Box) -> bool:
        """Whether the other one lies wholly inside."""
        return self.holds((other.x, other.y)) and self.holds((other.x + other.width, other.y + other.height))


def box_at(middle: Point, width: float, height: float) -> Box:
    """A box by its centre."""
    return Box(middle[0] - width / 2, middle[1] - height / 2, width, height)


@dataclass(frozen=True)
class Grid:
    """Nine cards with streets between them: where the first one lies, how far apart, and how large they are."""

    left: float
    top: float
    step_x: float
    step_y: float
    width: float
    height: float

    def card(self, number: int) -> Box:
        """The card of cell 1 to 9."""
        cell = cell_of(number)
        return Box(self.left + cell.column * self.step_x, self.top + cell.row * self.step_y, self.width, self.height)

    def near(self, point: Point, room: float) -> int:
        """The cell whose card lies at a point or no further than ``room`` from it; 0 for a point in the streets."""
        x, y = point[0] - self.left - self.width / 2, point[1] - self.top - self.height / 2
        column, row = min(2, max(0, round(x / self.step_x))), min(2, max(0, round(y / self.step_y)))
        beside = abs(x - column * self.step_x) > self.width / 2 + room
        if beside or abs(y - row * self.step_y) > self.height / 2 + room:
            return 0
        return 3 * row + column + 1

    def area(self, cells: Collection[int], margin: float) -> list[Box]:
        """The boxes that make the area of a set: its cards with a margin, and the streets between neighbours in it."""
        found = []
        for cell in CELLS:
            card = self.card(cell.number).grown(margin)
            for across, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
                block = {cell.number + a + 3 * d for a in range(across + 1) for d in range(down + 1)}
                if cell.column + across <= 2 and block <= set(cells):
                    size = card.width + across * self.step_x, card.height + down * self.step_y
                    found.append(Box(card.x, card.y, *size))
        return found


@dataclass(frozen=True)
class Curve:
    """A quadratic curve: where it starts, what pulls it, where it ends."""

    start: Point
    pull: Point
    end: Point

    def at(self, t: float) -> Point:
        """The point at 0 (start) to 1 (end)."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        return (
            a * self.start[0] + b * self.pull[0] + c * self.end[0],
            a * self.start[1] + b * self.pull[1] + c * self.end[1],
        )

    def heading(self, t: float) -> Point:
        """The direction of travel there, of length 1."""
        dx = (1 - t) * (self.pull[0] - self.start[0]) + t * (self.end[0] - self.pull[0])
        dy = (1 - t) * (self.pull[1] - self.start[1]) + t * (self.end[1] - self.pull[1])
        length = hypot(dx, dy) or 1
        return dx / length, dy / length

    def part(self, first: float, last: float) -> Curve:
        """The stretch between two places on it, exactly."""
        (x1, y1), (x2, y2) = self.at(first), self.at(last)
        pull = tuple(
            (1 - first) * (1 - last) * s + ((1 - first) * last + first * (1 - last)) * p + first * last * e
            for s, p, e in zip(self.start, self.pull, self.end, strict=True)
        )
        return Curve((x1, y1), (pull[0], pull[1]), (x2, y2))

    def points(self, number: int) -> list[Point]:
        """Points along it, both ends included."""
        return [self.at(place / (number - 1)) for place in range(number)]

    @property
    def length(self) -> float:
        """How long it is, as good as."""
        return sum(hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(self.points(17)))

    @property
    def path(self) -> str:
        """As an SVG path."""
        (x1, y1), (px, py), (x2, y2) = self.start, self.pull, self.end
        return f"M{x1:.1f} {y1:.1f}Q{px:.1f} {py:.1f} {x2:.1f} {y2:.1f}"


def bent(start: Point, end: Point, by: float) -> Curve:
    """A curve from one point to another that swings out to the right of travel by so much (to the left below 0)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1
    pull = (start[0] + end[0]) / 2 - 2 * by * dy / length, (start[1] + end[1]) / 2 + 2 * by * dx / length
    return Curve(start, pull, end)


def head(tip: Point, heading: Point, length: float, width: float) -> str:
    """A triangle as an SVG path, pointing where the arrow travels."""
    (x, y), (dx, dy) = tip, heading
    bx, by = x - length * dx, y - length * dy
    half = width / 2
    corners = ((x, y), (bx - dy * half, by + dx * half), (bx + dy * half, by - dx * half))
    return "M" + "L".join(f"{cx:.1f} {cy:.1f}" for cx, cy in corners) + "Z"


# ---- Edges ---------------------------------------------------------------------------------------------------------


def edge(boxes: Collection[Box], radius: float) -> str:
    """The edge of a union of boxes as an SVG path with rounded corners; pieces that do not touch are closed apart."""
    return "".join(_rounded(loop, radius) for loop in loops(boxes))


def loops(boxes: Collection[Box]) -> list[list[Point]]:
    """The corners of each piece of a union of boxes, in the order in which its edge passes them."""
    xs = sorted({edge for box in boxes for edge in (box.x, box.x + box.width)})
    ys = sorted({edge for box in boxes for edge in (box.y, box.y + box.height)})
    full = {
        (column, row)
        for column, (x1, x2) in enumerate(pairwise(xs))
        for row, (y1, y2) in enumerate(pairwise(ys))
        if any(box.holds(((x1 + x2) / 2, (y1 + y2) / 2)) for box in boxes)
    }
    steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for column, row in sorted(full):
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        beyond = [(column, row - 1), (column + 1, row), (column, row + 1), (column - 1, row)]
        for start, end, other in zip(corners, [*corners[1:], corners[0]], beyond, strict=True):
            if other not in full:
                steps.setdefault(start, []).append(end)
    found = []
    while steps:
        loop = [next(iter(steps))]
        while ends := steps.get(loop[-1]):
            following = ends.pop()
            if not ends:
                del steps[loop[-1]]
            loop.append(following)
        found.append([(xs[column], ys[row]) for column, row in loop[:-1]])
    return found


def _rounded(loop: list[Point], radius: float) -> str:
    """A closed path through the true corners of a loop, each cut off by a curve."""
    around = zip([loop[-1], *loop[:-1]], loop, [*loop[1:], loop[0]], strict=True)
    corners = [
        (before, corner, after)
        for before, corner, after in around
        if not (before[0] == corner[0] == after[0] or before[1] == corner[1] == after[1])
    ]
    points = [corner for _before, corner, _after in corners]
    path = []
    for before, corner, after in zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True):
        (x1, y1), (x2, y2) = _towards(corner, before, radius), _towards(corner, after, radius)
        path.append(f"{x1:.1f} {y1:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {x2:.1f} {y2:.1f}")
    return "M" + "L".join(path) + "Z"


def _towards(corner: Point, other: Point, by: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = hypot(dx, dy) or 1
    by = min(by, length / 2)
    return corner[0] + by * dx / length, corner[1] + by * dy / length
