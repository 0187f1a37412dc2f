"""How a partnership moves: ordered stages become moves between sets of cells.

Stages come from dated phases, never from edits: a correction is no event. Source of the idea
of movement between models: the section titles of the Scottish Government report, ch. 2
("from ... to ..."); that a move may join sets is ours, because a label names several cells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

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
    def placed(self) -> bool:
        """False when nothing is known (no cell, or all nine)."""
        return bool(self.grid_cells) and self.grid_cells != NUMBERS


@dataclass(frozen=True, slots=True)
class Move:
    """A change between two stages; planned when either of them is only planned."""

    from_cells: frozenset[int]
    to_cells: frozenset[int]
    planned: bool
    from_name: str
    to_name: str

    @property
    def certain(self) -> bool:
        """True when no cell is possible both before and after, so it must have moved."""
        return not self.from_cells & self.to_cells


def moves(stages: Iterable[Stage]) -> tuple[Move, ...]:
    """Return the moves between stages given in order of time.

    A stage that is not placed is passed over, and two equal sets in a row are no move.
    """
    placed = [stage for stage in stages if stage.placed]
    return tuple(
        Move(a.grid_cells, b.grid_cells, a.planned or b.planned, a.name, b.name)
        for a, b in pairwise(placed)
        if a.grid_cells != b.grid_cells
    )
