"""Horizontal bars, one below the other: a label, a bar as long as its number, and the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.pictures.drawing import FULL, Area, Block, block
from partnerships.pictures.text import width as width_of

SIZE, LEADING = 14, 16
# So high that a bar is a target of 24 px where the narrow drawing fills a screen of 320 px.
ROW, BAR, GAP = 32, 18, 8


@dataclass(frozen=True)
class Count:
    """A value with its number; ``label`` is the accessible name of its link, ``rest`` marks several taken together."""

    text: str
    number: int
    url: str = ""
    label: str = ""
    rest: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar and its words. ``text`` and ``number`` are what a pointer shows, and what tests read."""

    label: Block
    x: int
    y: int
    width: int
    height: int
    number: int
    number_x: int
    number_y: int
    text: str
    rest: bool


@dataclass(frozen=True)
class Bars:
    """All bars of a drawing, with the line that they start from."""

    bars: tuple[Bar, ...]
    axis: int
    height: int


def bars(counts: Sequence[Count], width: int = FULL) -> tuple[Bars, tuple[Area, ...]]:
    """Lay out bars in a given width; the links over them come apart, since files have none."""
    labels = round(width * (0.4 if width < FULL else 0.34))
    most = max((count.number for count in counts), default=0)
    numbers = round(width_of(str(most), SIZE, bold=True)) + GAP
    room = width - labels - GAP - numbers
    drawn: list[Bar] = []
    links: list[Area] = []
    top = 0
    for count in counts:
        label = block(count.text, labels - GAP, top, labels - GAP, SIZE, leading=LEADING)
        height = max(ROW, len(label.lines) * LEADING + 8)
        drawn.append(_bar(count, label, labels, top, height, round(room * count.number / most) if most else 0))
        if count.url:
            links.append(Area(0, top, width, height, count.url, count.label))
        top += height
    return Bars(tuple(drawn), labels, top), tuple(links)


def _bar(count: Count, label: Block, x: int, top: int, height: int, length: int) -> Bar:
    middle = top + height // 2
    first = middle + 5 - (len(label.lines) - 1) * LEADING // 2 - top
    return Bar(
        label=label.moved(first),
        x=x,
        y=middle - BAR // 2,
        # What is there is seen, however small beside the longest.
        width=max(length, 2) if count.number else 0,
        height=BAR,
        number=count.number,
        number_x=x + (max(length, 2) if count.number else 0) + GAP,
        number_y=middle + 5,
        text=count.text,
        rest=count.rest,
    )
