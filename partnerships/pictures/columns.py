"""Upright bars along a line of years, one for each, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from partnerships.pictures.drawing import FULL, Area, Line
from partnerships.pictures.text import width as width_of

SIZE = 14
TOP, PLOT, FOOT = 20, 190, 30
# A link needs 24 px, also where the drawing is shown somewhat smaller than it is.
TARGET = 32
# What the name of a year needs, with air around it, and half of what its link covers.
LABEL, HALF_LABEL = 48, 21


@dataclass(frozen=True)
class Column:
    """A year with its number. Places are ready text: decimals must not follow the language of the page."""

    x: str
    y: int
    width: str
    height: int
    year: int
    number: int
    marked: bool


@dataclass(frozen=True)
class Columns:
    """All columns, the lines behind them with their numbers, the years that are named, and the numbers that are.

    ``mark`` is a small pointer below the year in question, as a path.
    """

    columns: tuple[Column, ...]
    grid: tuple[Line, ...]
    left: int
    right: int
    base: int
    years: tuple[Line, ...]
    numbers: tuple[Line, ...]
    mark: str


def columns(
    counts: Mapping[int, int],
    width: int = FULL,
    *,
    marked: int | None = None,
    link: Callable[[int], tuple[str, str]] | None = None,
) -> tuple[Columns, tuple[Area, ...], int]:
    """Lay out a count for each year, without gaps between the first and the last; links come apart, then the height.

    ``link`` gives the address and the accessible name for a year; years too narrow to be hit have their link under
    the line, where they are named, and all have it in the table. There must be one year at least.
    """
    plot = _Plot(counts, width, marked)
    named = plot.named()
    view = Columns(
        columns=tuple(plot.column(year) for year in plot.years),
        grid=tuple(Line(plot.left - 8, plot.level(value), str(value)) for value in _steps(plot.most)),
        left=plot.left,
        right=width,
        base=TOP + PLOT,
        years=tuple(Line(plot.label(year), TOP + PLOT + 22, str(year)) for year in named),
        numbers=tuple(plot.number(year) for year in plot.numbered()),
        mark=f"M{plot.middle(marked)} {TOP + PLOT + 1}l5 7h-10z" if marked in plot.years else "",
    )
    return view, plot.links(named, link) if link else (), TOP + PLOT + FOOT


def _steps(most: int) -> list[int]:
    """Round numbers for the lines behind, at most five above nothing."""
    steps = (unit * 10**power for power in range(9) for unit in (1, 2, 5))
    return list(range(0, most + 1, next(step for step in steps if step * 5 >= most)))


class _Plot:
    """Where years and numbers lie."""

    def __init__(self, counts: Mapping[int, int], width: int, marked: int | None) -> None:
        self.counts, self.width, self.marked = counts, width, marked
        self.years = range(min(counts), max(counts) + 1)
        self.most = max(counts.values())
        self.left = round(width_of(str(self.most), SIZE)) + 8
        self.pitch = (width - self.left) / len(self.years)

    def middle(self, year: int) -> int:
        """The middle of a column."""
        return int(self.left + (year - self.years[0] + 0.5) * self.pitch)

    def label(self, year: int) -> int:
        """The middle of the name of a year, which stays on the drawing."""
        return max(HALF_LABEL, min(self.middle(year), self.width - HALF_LABEL))

    def level(self, number: int) -> int:
        """The height at which a number stands; what is there is seen, however small beside the highest."""
        return TOP + PLOT - (max(2, round(PLOT * number / self.most)) if number else 0)

    def column(self, year: int) -> Column:
        """The column of a year."""
        number, gap = self.counts.get(year, 0), min(4.0, self.pitch / 4)
        left, top = self.left + (year - self.years[0]) * self.pitch + gap / 2, self.level(number)
        return Column(
            f"{left:.1f}", top, f"{self.pitch - gap:.1f}", TOP + PLOT - top, year, number, year == self.marked
        )

    def named(self) -> list[int]:
        """Every year where there is room for its name, else each second, fifth, tenth or so; the first; the marked."""
        every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if step * self.pitch >= LABEL)
        found = [year for year in self.years if year % every == 0 and self.label(year) == self.middle(year)]
        for year in (self.years[0], self.marked):
            if year in self.years and year not in found:
                apart = [other for other in found if abs(self.label(other) - self.label(year)) >= LABEL]
                found = [*apart, year] if year == self.marked or apart == found else found
        return sorted(found)

    def numbered(self) -> list[int]:
        """Every year whose number has room above its column; else the highest one, and the last one far from it."""
        shown = [year for year in self.years if self.counts.get(year)]
        if self.pitch >= width_of(str(self.most), SIZE) + 6:
            return shown
        highest = next(year for year in shown if self.counts[year] == self.most)
        last = self.years[-1]
        return [highest, last] if self.middle(last) - self.middle(highest) > LABEL else [highest]

    def number(self, year: int) -> Line:
        """The number above a column, which stays on the drawing."""
        half = round(width_of(str(self.most), SIZE, bold=True) / 2)
        x = min(self.middle(year), self.width - half)
        return Line(x, self.level(self.counts[year]) - 5, str(self.counts[year]))

    def links(self, named: list[int], link: Callable[[int], tuple[str, str]]) -> tuple[Area, ...]:
        """A link over each column where it is wide enough, else over the names."""
        wide = self.pitch >= TARGET
        half = int(self.pitch - 1) // 2 if wide else HALF_LABEL
        top, height = (0, TOP + PLOT + FOOT) if wide else (TOP + PLOT, FOOT)
        shown = [year for year in (self.years if wide else named) if self.counts.get(year)]
        lefts = [(self.middle(year) if wide else self.label(year)) - half for year in shown]
        return tuple(Area(x, top, 2 * half, height, *link(year)) for x, year in zip(lefts, shown, strict=True))
