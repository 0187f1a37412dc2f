"""Moves as arrows on the 3×3, and movements of the literature on small grids of their own.

The same arrows are drawn for a wide page, where cells bear their names, and at half the size with larger letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from partnerships.pictures.drawing import (
    ACCENT,
    BRAND,
    FULL,
    HALF,
    LIGHT_ACCENT,
    LIGHT_BRAND,
    MUTED,
    Block,
    block,
)
from partnerships.pictures.flow import Flow, FlowArrow, Layout, Sheet, layout
from partnerships.pictures.outlines import Letters, Outline
from partnerships.pictures.shapes import Box, Grid
from taxonomy.cells import CELLS
from taxonomy.lenses import SECTOR, Lens

# Lines by the share of the most frequent move, as the tints of the matrix.
WIDTHS = (2.0, 3.5, 5.5, 8.0)
LEFT, TOP = 78, 74
GRID = Grid(LEFT + 41, TOP + 46, 200, 142, 118, 46)
BOTTOM = TOP + 3 * 142
# Letters are reckoned as wide as the small drawing needs them.
SHEET = Sheet(GRID, Box(LEFT - 4, TOP, FULL - LEFT + 2, BOTTOM - TOP), Letters(13, 24))
MINI = Grid(20, 24, 106, 78, 68, 36)
MINI_SHEET = Sheet(MINI, Box(0, 0, 320, 240), Letters())
MINI_WIDTH, MINI_HEIGHT = 320, 240
# For the path of one partnership, on its own page.
PATH = Grid(18, 32, 128, 90, 72, 40)
PATH_SHEET = Sheet(PATH, Box(0, 0, 364, 284), Letters(9, 18))


@dataclass(frozen=True)
class Card:
    """A cell: its box, where its number stands, and its name where there is room for it."""

    number: int
    box: Box
    x: float
    y: float
    name: Block | None = None
    state: str = ""


@dataclass(frozen=True)
class Stroke:
    """How an arrow looks."""

    width: float
    dash: str
    colour: str


@dataclass(frozen=True)
class DrawnMove:
    """An arrow with its number and accessible name."""

    arrow: FlowArrow
    stroke: Stroke
    x: float
    y: float


@dataclass(frozen=True)
class Key:
    """An entry of the legend; without a stroke it is about the outlines."""

    x: int
    y: int
    text: str
    stroke: Stroke | None


@dataclass(frozen=True)
class MovesView:
    """The whole drawing. ``scale`` is how much smaller it is shown, ``size`` that of its letters before that."""

    scale: float
    size: int
    number_size: int
    middle_x: float
    middle_y: float
    rows_x: int
    columns: tuple[tuple[float, Block], ...]
    rows: tuple[tuple[float, Block], ...]
    cards: tuple[Card, ...]
    outlines: tuple[Outline, ...]
    moves: tuple[DrawnMove, ...]
    legend: Block | None
    keys: tuple[Key, ...]


def arranged(flows: Sequence[Flow], name: Callable[[frozenset[int]], str]) -> Layout:
    """Lay flows out on the large grid, the first ones first, with an outline and its name around every set of cells."""
    sets = dict.fromkeys(cells for flow in flows for cells in (flow.before, flow.after) if len(cells) > 1)
    return layout(tuple(flows), tuple((cells, name(cells)) for cells in sets), SHEET)


def step(number: int, most: int) -> int:
    """One of four steps, 0 to 3, by the share of the most frequent."""
    return -(-4 * number // most) - 1


def stroke(flow: Flow) -> Stroke:
    """Dashed for plans, else dotted for what is inferred, which is lighter; sets in the colour of what is open."""
    dashed, dotted = f"{2 * flow.width + 3:g} {flow.width + 3:g}", f"{flow.width:g} {flow.width + 1:g}"
    colours = (LIGHT_ACCENT, LIGHT_BRAND) if flow.inferred else (ACCENT, BRAND)
    dash = dashed if flow.planned else dotted if flow.inferred else ""
    return Stroke(flow.width, dash, colours[0] if flow.of_sets else colours[1])


def moves_view(found: Layout, lens: Lens, most: int, *, narrow: bool) -> tuple[MovesView, int, int]:
    """The drawing with its width and height; ``narrow`` for little room."""
    size, number_size = (22, 30) if narrow else (14, 20)
    legend, keys, height = _legend(found, most, narrow=narrow)
    middles = [GRID.card(number).middle for number in (1, 2, 3, 4, 7)]
    view = MovesView(
        scale=HALF / FULL if narrow else 1,
        size=size,
        number_size=number_size,
        middle_x=middles[1][0],
        middle_y=middles[3][1],
        rows_x=2 * size + 4,
        columns=tuple(
            (x, block(_(level.name), round(x), 2 * size + 4, 196, size, bold=True, leading=round(size * 1.1)))
            for (x, _y), level in zip(middles[:3], lens.levels, strict=True)
        ),
        rows=tuple(
            (y, block(_(level.name), 0, 0, 138, size, bold=True, leading=round(size * 1.1)))
            for (_x, y), level in zip((middles[0], *middles[3:]), lens.levels, strict=True)
        ),
        cards=tuple(_card(number, lens, named=not narrow and lens is SECTOR) for number in range(1, 10)),
        outlines=found.outlines,
        moves=tuple(_move(arrow) for arrow in found.arrows),
        legend=legend,
        keys=keys,
    )
    return view, HALF if narrow else FULL, round(height * view.scale)


def _card(number: int, lens: Lens, *, named: bool) -> Card:
    box = GRID.card(number)
    x, y = box.middle
    if not named:
        return Card(number, box, x, y)
    name = block(_(CELLS[number - 1].model.label), round(box.x + 28), 0, box.width - 30, 11.5, leading=14)
    down = round(y + 4 - 7 * (len(name.lines) - 1))
    return Card(number, box, box.x + 16, y, name.moved(down))


def _move(arrow: FlowArrow) -> DrawnMove:
    return DrawnMove(arrow, stroke(arrow.flow), *arrow.label.middle)


# ---- The legend ----------------------------------------------------------------------------------------------------


def _legend(found: Layout, most: int, *, narrow: bool) -> tuple[Block | None, tuple[Key, ...], int]:
    """What widths, dashes and outlines mean, as far as they occur, and how far down the drawing then reaches."""
    entries = _entries(found, most)
    if not entries:
        return None, (), BOTTOM
    size, across, line = (22, 2, 34) if narrow else (13, 3, 26)
    title = block(_("Partnerships"), LEFT, BOTTOM + 16, 300, size, bold=True)
    room = (FULL - LEFT) // across
    keys = tuple(
        Key(LEFT + place % across * room, BOTTOM + 16 + line * (1 + place // across), text, kind)
        for place, (text, kind) in enumerate(entries)
    )
    return title, keys, keys[-1].y + 16


def _entries(found: Layout, most: int) -> list[tuple[str, Stroke | None]]:
    flows = [arrow.flow for arrow in found.arrows]
    entries: list[tuple[str, Stroke | None]] = []
    for place, width in enumerate(WIDTHS):
        if any(flow.width == width for flow in flows):
            low, high = place * most // 4 + 1, (place + 1) * most // 4
            text = str(high) if low >= high else _("%(low)s to %(high)s") % {"low": low, "high": high}
            entries.append((text, Stroke(width, "", BRAND)))
    for text, planned, inferred, dash in (
        (_("planned"), True, False, "9 6"),
        (_("inferred only"), False, True, "3.5 4.5"),
        (_("planned, inferred only"), True, True, "9 6"),
    ):
        if any((flow.planned, flow.inferred) == (planned, inferred) for flow in flows):
            entries.append((text, Stroke(3.5, dash, LIGHT_BRAND if inferred else BRAND)))
    if any(flow.of_sets for flow in flows):
        entries.append((_("one of these cells"), None))
    return entries


# ---- Movements from the literature ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Movement:
    """What a source says moved, from which cells to which."""

    title: str
    path: str
    before: frozenset[int]
    after: frozenset[int]


@dataclass(frozen=True)
class Panel:
    """A movement on a small grid; ``top`` is where the grid begins below the title."""

    x: int
    y: int
    top: int
    title: Block
    path: Block
    cards: tuple[Card, ...]
    outlines: tuple[Outline, ...]
    arrow: FlowArrow | None
    colour: str


@dataclass(frozen=True)
class PanelsView:
    """Small grids side by side."""

    panels: tuple[Panel, ...]


def panels_view(movements: Sequence[Movement], *, narrow: bool) -> tuple[PanelsView, int, int]:
    """Two panels in a row, or one where there is little room; with width and height."""
    across, width = (1, HALF) if narrow else (2, FULL)
    panels, y = [], 0
    for start in range(0, len(movements), across):
        row = enumerate(movements[start : start + across])
        made = [_panel(one, place * (FULL - MINI_WIDTH), y) for place, one in row]
        top = max(panel.top for panel in made)
        panels += [replace(panel, top=top) for panel in made]
        y = top + MINI_HEIGHT + 20
    return PanelsView(tuple(panels)), width, y - 20


def _panel(movement: Movement, x: int, y: int) -> Panel:
    title = block(movement.title, x, y + 14, MINI_WIDTH, 14, bold=True, most=3)
    path = block(movement.path, x, title.bottom + 19, MINI_WIDTH, 14)
    names = ((movement.before, ""), (movement.after, "")) if movement.before != movement.after else ()
    drawn = layout((Flow(movement.before, movement.after, "", 3.5),), names, MINI_SHEET)
    cards = tuple(
        Card(cell.number, MINI.card(cell.number), *MINI.card(cell.number).middle, state=_state(cell.number, movement))
        for cell in CELLS
    )
    arrow = drawn.arrows[0] if drawn.arrows else None
    return Panel(x, y, path.bottom + 2, title, path, cards, drawn.outlines, arrow, MUTED)


def _state(number: int, movement: Movement) -> str:
    return "after" if number in movement.after else "before" if number in movement.before else ""
