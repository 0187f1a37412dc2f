"""Partnerships that move, for tests about moves."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from partnerships.models import Partnership
from taxonomy.lenses import SECTOR, Lens
from taxonomy.trajectories import Move, read_move
from tests import factories


def cell(number: int, lens: Lens = SECTOR) -> dict[str, Any]:
    """The position of a phase that stands in one cell of the sector lens."""
    return {"design": lens.levels[(number - 1) % 3].code, "delivery": lens.levels[(number - 1) // 3].code}


def since(year: int) -> dict[str, Any]:
    """The start of a phase, known to the year."""
    return {"starts": date(year, 1, 1), "starts_precision": "year"}


def moving(title: str, first: dict[str, Any], *steps: dict[str, Any], **fields: Any) -> Partnership:
    """A partnership with these phases, one after the other."""
    made = factories.partnership(title, phase=first, **fields)
    for step in steps:
        factories.add_phase(made, **step)
    return made


# Moves by their notation, as they occur: mostly between single cells, sometimes from or to a set, sometimes planned.
ENDS = st.sampled_from(
    [*(str(n) for n in range(1, 10))] * 3 + ["4|7", "2|8", "3|6|9", "6|9", "2|5|8", "6|8|9", "1|2|4|5", "5|8"]
)


@st.composite
def some_moves(draw: st.DrawFn, most: int = 12) -> list[tuple[Move, int]]:
    """Different moves that are certain, each with a count, the most frequent first."""
    found: dict[str, int] = {}
    for before, after, planned, number in draw(
        st.lists(st.tuples(ENDS, ENDS, st.booleans(), st.integers(1, 2000)), min_size=1, max_size=most)
    ):
        if not set(before.split("|")) & set(after.split("|")):
            found[f"{before}>{after}{'~' if planned else ''}"] = number
    counted = sorted(found.items(), key=lambda item: -item[1])
    return [(read_move(notation), number) for notation, number in counted]
