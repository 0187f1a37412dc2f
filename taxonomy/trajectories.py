"""How a partnership moves: ordered stages become moves between sets of cells.

Stages come from dated phases, never from edits: a correction is no event. Source of the idea
of movement between models: the section titles of the Scottish Government report, ch. 2
("from ... to ..."); that a move may join sets is ours, because a label names several cells.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .cells import NUMBERS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of time with the cells the partnership could be in.

    `cells` may also hold `outside` and `nobody`; those are no place on the grid.
    """

    name: str
    cells: frozenset[int] | frozenset[int | str]
    planned: bool = False

    @property
    def grid_cells(self) -> frozenset[int]:
        """The cells among the members."""
        return frozenset(NUMBERS & self.cells)

    @property
    def open(self) -> bool:
        """Whether something other than a cell is possible too."""
        return bool(self.cells - NUMBERS)

    @property
    def placed(self) -> bool:
        """False when nothing is known (no cell, or all nine)."""
        return bool(self.grid_cells) and self.grid_cells != NUMBERS


@dataclass(frozen=True, slots=True)
class Move:
    """A change between two stages; planned when it leads to a stage that is only planned.

    An end is open where that stage may also have been outside of the matrix, or in nobody's hands: no position, so
    no end of a settled move. The names of the stages are "" where a move was read from its notation.
    """

    from_cells: frozenset[int]
    to_cells: frozenset[int]
    planned: bool = False
    from_name: str = ""
    to_name: str = ""
    from_open: bool = False
    to_open: bool = False

    @property
    def certain(self) -> bool:
        """True when nothing is possible both before and after, so it must have moved."""
        return not self.from_cells & self.to_cells and not (self.from_open and self.to_open)

    @property
    def settled(self) -> bool:
        """True when it leads from one cell to one other."""
        return len(self.from_cells) == len(self.to_cells) == 1 and not (self.from_open or self.to_open)

    @property
    def notation(self) -> str:
        """The move in short: "7>8", from a set "4|7>5", with an open end "7?>8", a planned one "7>8~"."""
        before, after = (
            "|".join(map(str, sorted(cells))) + (OPEN if is_open else "")
            for cells, is_open in ((self.from_cells, self.from_open), (self.to_cells, self.to_open))
        )
        return f"{before}>{after}{PLANNED if self.planned else ''}"


PLANNED, OPEN = "~", "?"
_CELLS = "[1-9](?:\\|[1-9]){0,8}"
_END = f"({_CELLS})({re.escape(OPEN)}?)"
_NOTATION = re.compile(f"{_END}>{_END}({PLANNED}?)")


def read_move(notation: str) -> Move:
    """Read a move in short form back. Raises ``ValueError`` for anything that ``Move.notation`` does not write."""
    match = _NOTATION.fullmatch(notation)
    if match:
        before, after = (frozenset(map(int, cells.split("|"))) for cells in match.group(1, 3))
        from_open, to_open, planned = (bool(sign) for sign in match.group(2, 4, 5))
        move = Move(before, after, planned, from_open=from_open, to_open=to_open)
        if before != after and move.notation == notation:
            return move
    raise ValueError(f"{notation!r} is no move between cells")


def moves(stages: Iterable[Stage]) -> tuple[Move, ...]:
    """Return the moves between stages given in order of time.

    A stage that is not placed is passed over, and two equal sets in a row are no move. A plan leads somewhere from
    the stage before it; what then happens is counted from the last actual stage, since a plan is no place.
    """
    found: list[Move] = []
    actual: Stage | None = None
    latest: Stage | None = None
    for stage in stages:
        if not stage.placed:
            continue
        before = latest if stage.planned else actual
        if before is not None and before.grid_cells != stage.grid_cells:
            found.append(
                Move(
                    before.grid_cells,
                    stage.grid_cells,
                    stage.planned,
                    before.name,
                    stage.name,
                    from_open=before.open,
                    to_open=stage.open,
                )
            )
        latest = stage
        actual = actual if stage.planned else stage
    return tuple(found)
