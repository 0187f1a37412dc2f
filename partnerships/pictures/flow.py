"""Arrows on the 3×3: moves between cells, or between sets of cells, laid out so that no number is crossed.

Cells are cards with streets between them. An arrow is a curve that keeps to the right where it can, so that the two
directions of a pair stay apart. Its text stands beside it. Curves are tried in a fixed order until one meets no card
and no text; an arrow for which there is none is left out, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import hypot

from partnerships.pictures.outlines import Letters, Outline, outlined
from partnerships.pictures.shapes import Box, Curve, Grid, Point, bent, box_at, head

# Free space between an arrow and the card that it leaves or reaches, and the cards of others.
BESIDE, CLEAR = 3, 5
# How far curves swing out, in the order in which they are tried; to the right of travel first.
BENDS = (17, 28, 40, 52, 64, 78, 92, 8, 0, -12, -28, -40, -52, -64, -78, -92, 110, -110)
# Where along an arrow its text is tried.
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72)
SAMPLES = 40
# Lines are remembered by the squares of this size through which they pass.
SQUARE = 10
# What share of a curve may lie near other arrows and on them: none if possible, else as much as crossings take.
CROSSINGS = ((0, 0), (0.25, 0.15), (0.5, 0.22))
ROUNDS = 3


@dataclass(frozen=True)
class Flow:
    """What is to be drawn: from which cells to which, the text beside it, how wide, whether planned or inferred."""

    before: frozenset[int]
    after: frozenset[int]
    text: str
    width: float
    planned: bool = False
    title: str = ""
    inferred: bool = False

    @property
    def of_sets(self) -> bool:
        """Whether one end is several cells."""
        return len(self.before) > 1 or len(self.after) > 1


@dataclass(frozen=True)
class FlowArrow:
    """A flow as drawn: SVG paths of its line and head, the whole curve, and the room of its text."""

    flow: Flow
    line: str
    head: str
    curve: Curve
    label: Box


@dataclass(frozen=True)
class Layout:
    """All that could be drawn, and what could not."""

    arrows: tuple[FlowArrow, ...]
    outlines: tuple[Outline, ...]
    left_out: tuple[Flow, ...]


@dataclass(frozen=True)
class Sheet:
    """What is drawn on: the cards, the edges that arrows keep within, and the size of texts."""

    grid: Grid
    bounds: Box
    letters: Letters


Square = tuple[int, int]
# A curve with points along it, and the squares in which these lie.
Candidate = tuple[Curve, list[Point], list[Square]]


@dataclass
class _Plan:
    """What is drawn so far, and the curves that every flow could take on an empty grid."""

    sheet: Sheet
    outlines: Sequence[Outline]
    curves: dict[Flow, _Curves]
    arrows: list[FlowArrow] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)
    lines: set[Square] = field(default_factory=set)
    near: set[Square] = field(default_factory=set)

    def add(self, arrow: FlowArrow) -> None:
        """Take an arrow in."""
        self.arrows.append(arrow)
        self.texts.append(arrow.label)
        for x, y in set(map(_square, arrow.curve.points(4 * SAMPLES))):
            self.lines.add((x, y))
            self.near.update((x + a, y + b) for a in (-1, 0, 1) for b in (-1, 0, 1))


@lru_cache(maxsize=128)
def layout(flows: tuple[Flow, ...], names: tuple[tuple[frozenset[int], str], ...], sheet: Sheet) -> Layout:
    """Draw flows, of which the first ones matter most. ``names`` has the words for each set to be outlined.

    Long arrows are laid first, since short ones find room more easily. What found none is laid before all others in
    another round; the round that leaves out least is taken.
    """
    outlines: dict[frozenset[int], Outline] = {}
    for cells, name in names:
        outlines[cells] = outlined(cells, name, sheet.grid, sheet.bounds, sheet.letters, outlines.values())
    curves = {flow: _Curves(sheet, outlines, flow) for flow in flows}
    ordered = sorted(flows, key=lambda flow: (not flow.of_sets, -_length(sheet.grid, flow)))
    rounds: list[tuple[int, _Plan, list[Flow]]] = []
    while len(rounds) < ROUNDS and not (rounds and not rounds[-1][2]):
        plan = _Plan(
            sheet, [*outlines.values()], curves, texts=[box for each in outlines.values() for box in each.labels]
        )
        left_out = [flow for flow in ordered if not _laid(plan, flow)]
        rounds.append((sum(len(flows) - flows.index(flow) for flow in left_out), plan, left_out))
        ordered = [*left_out, *(flow for flow in ordered if flow not in left_out)]
    _loss, plan, left_out = min(rounds, key=lambda one: one[0])
    # An outline goes with the last arrow that would have needed it.
    used = {cells for arrow in plan.arrows for cells in (arrow.flow.before, arrow.flow.after)}
    idle = {cells for flow in left_out for cells in (flow.before, flow.after)} - used
    kept = tuple(each for each in outlines.values() if each.cells not in idle)
    return Layout(tuple(plan.arrows), kept, tuple(left_out))


def _laid(plan: _Plan, flow: Flow) -> bool:
    """Lay the first curve that fits, with its text; without crossing another arrow if possible."""
    for near, upon in CROSSINGS:
        for curve, points, squares in plan.curves[flow]:
            beside = sum(square in plan.near for square in squares[2:-2])
            crossed = sum(square in plan.lines for square in squares[2:-2])
            if beside > near * len(points) or crossed > upon * len(points) or _over_text(plan, flow, points):
                continue
            if label := _label(plan, flow, curve):
                plan.add(_arrow(flow, curve, label))
                return True
    return False


def _length(grid: Grid, flow: Flow) -> float:
    (start, *_more), (end, *_rest) = _anchors(grid, flow.before), _anchors(grid, flow.after)
    return hypot(start[0] - end[0], start[1] - end[1])


# ---- Curves --------------------------------------------------------------------------------------------------------


class _Curves:
    """The curves that a flow could take on an empty grid, from edge to edge, with points along each.

    They are worked out as far as somebody asks, and kept for the next round.
    """

    def __init__(self, sheet: Sheet, outlines: Mapping[frozenset[int], Outline], flow: Flow) -> None:
        self._sheet, self._flow = sheet, flow
        self._before, self._after = (
            outlines[cells].boxes if cells in outlines else sheet.grid.area(cells, 3)
            for cells in (flow.before, flow.after)
        )
        self._known: list[Candidate] = []
        self._rest = self._fitting()

    def __iter__(self) -> Iterator[Candidate]:
        yield from self._known
        for found in self._rest:
            self._known.append(found)
            yield found

    def _fitting(self) -> Iterator[Candidate]:
        for whole in _curves(self._sheet.grid, self._flow):
            if self._free(whole.points(9)[1:-1]):
                curve, points = self._cut(whole)
                if self._seen(points) and self._free(points):
                    yield curve, points, [_square(point) for point in points]

    def _cut(self, whole: Curve) -> tuple[Curve, list[Point]]:
        """The stretch between the edges of the two ends."""
        points = whole.points(SAMPLES)
        first = max((n for n, point in enumerate(points) if _within(self._before, point)), default=0)
        reached = (n for n in range(first + 1, SAMPLES) if _within(self._after, points[n]))
        last = next(reached, SAMPLES - 1)
        leaves = _edge(whole, self._before, first, first + 1)
        arrives = _edge(whole, self._after, last, last - 1)
        return whole.part(leaves, arrives), points[first : last + 1]

    def _seen(self, points: Sequence[Point]) -> bool:
        """Whether enough of it is left for a head and some shaft."""
        (x1, y1), (x2, y2) = points[0], points[-1]
        return hypot(x2 - x1, y2 - y1) > 2 * _head_length(self._flow.width)

    def _free(self, points: Sequence[Point]) -> bool:
        """Whether it stays inside the drawing and off the cards of other cells."""
        room, allowed = CLEAR + self._flow.width / 2, {0, *self._flow.before, *self._flow.after}
        inner = self._sheet.bounds.grown(-room)
        grid = self._sheet.grid
        return all(inner.holds(point) and grid.near(point, room) in allowed for point in points)


def _curves(grid: Grid, flow: Flow) -> Iterator[Curve]:
    """From middle to middle first, then between other places of the two ends."""
    first, *more = product(_anchors(grid, flow.before), _anchors(grid, flow.after))
    for bend in BENDS:
        yield bent(*first, bend)
    for bend, pair in product(BENDS, more):
        yield bent(*pair, bend)


def _anchors(grid: Grid, cells: frozenset[int]) -> list[Point]:
    """Where arrows aim: at a card's middle or its left or right half, at the middles of a set's cards and streets."""
    middles = {number: grid.card(number).middle for number in sorted(cells)}
    if len(middles) == 1:
        ((x, y),) = middles.values()
        return [(x, y), (x - grid.width / 4, y), (x + grid.width / 4, y)]
    between = [
        ((middles[one][0] + middles[other][0]) / 2, (middles[one][1] + middles[other][1]) / 2)
        for one, other in product(middles, middles)
        if other - one == 3 or (other - one == 1 and one % 3)
    ]
    return [*between, *middles.values()][:5]


def _within(boxes: Sequence[Box], point: Point) -> bool:
    return any(box.holds(point) for box in boxes)


def _edge(curve: Curve, boxes: Sequence[Box], inside: int, outside: int) -> float:
    """Where between two samples, by number, a curve crosses the edge of some boxes."""
    within, beyond = inside / (SAMPLES - 1), min(outside, SAMPLES - 1) / (SAMPLES - 1)
    for _halving in range(6):
        middle = (within + beyond) / 2
        within, beyond = (middle, beyond) if _within(boxes, curve.at(middle)) else (within, middle)
    return beyond


def _over_text(plan: _Plan, flow: Flow, points: Sequence[Point]) -> bool:
    # Between two samples a curve may cut a corner that neither of them touches.
    taken = [box.grown(flow.width / 2 + 4) for box in plan.texts]
    return any(box.holds(point) for box in taken for point in points)


def _square(point: Point) -> Square:
    return int(point[0] // SQUARE), int(point[1] // SQUARE)


# ---- Texts and heads -----------------------------------------------------------------------------------------------


def _label(plan: _Plan, flow: Flow, curve: Curve) -> Box | None:
    """The first free room beside the curve, if possible apart from other arrows and on its outer side."""
    if not flow.text:
        return box_at(curve.at(0.5), 0, 0)
    size = plan.sheet.letters.box(flow.text, (0, 0))
    own = set(map(_square, curve.points(4 * SAMPLES)))
    taken = [*(plan.sheet.grid.card(number) for number in range(1, 10)), *plan.texts]
    for clear, side, place in product((8, 0), (1, -1), PLACES):
        (x, y), (dx, dy) = curve.at(place), curve.heading(place)
        away = flow.width / 2 + SQUARE / 2 + (abs(dy) * size.width + abs(dx) * size.height) / 2
        box = box_at((x - side * dy * away, y + side * dx * away), size.width, size.height)
        if not plan.sheet.bounds.around(box) or any(box.meets(other) for other in taken):
            continue
        if any(outline.crosses(box) for outline in plan.outlines):
            continue
        if plan.lines.isdisjoint(_squares(box.grown(clear))) and own.isdisjoint(_squares(box)):
            return box
    return None


def _squares(box: Box) -> Iterator[Square]:
    (left, top), (right, bottom) = _square((box.x, box.y)), _square((box.x + box.width, box.y + box.height))
    return product(range(left, right + 1), range(top, bottom + 1))


def _arrow(flow: Flow, curve: Curve, label: Box) -> FlowArrow:
    length = _head_length(flow.width)
    # The shaft ends inside the head, which points along the last stretch.
    neck = max(0.3, 1 - 0.8 * length / curve.length)
    (x1, y1), (x2, y2) = curve.at(neck), curve.end
    size = hypot(x2 - x1, y2 - y1) or 1
    pointing = head(curve.end, ((x2 - x1) / size, (y2 - y1) / size), length, 7 + 1.6 * flow.width)
    return FlowArrow(flow, curve.part(0, neck).path, pointing, curve, label)


def _head_length(width: float) -> float:
    return 8 + 1.3 * width
