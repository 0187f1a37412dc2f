"""What tells a cell from the cells beside it (table 2, read one step at a time)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .axes import Axis
from .cells import NUMBERS, cell
from .lenses import SECTOR, Lens
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cell one step away, the axis on which it differs, and what tells the two apart."""

    number: int
    axis: Axis
    difference: str


# Key: lens, axis, level here, level there. "There" is the neighbour.
_DIFFERENCES: Mapping[tuple[str, Axis, int, int], str] = MappingProxyType(
    {
        ("sector", Axis.DESIGN, 0, 1): _(
            "There, the public sector shares the design with citizens or the third sector; here, it designs alone."
        ),
        ("sector", Axis.DESIGN, 1, 0): _(
            "There, the public sector designs alone; here, it shares the design with citizens or the third sector."
        ),
        ("sector", Axis.DESIGN, 1, 2): _(
            "There, citizens or the third sector design without the public sector; here, they design with it."
        ),
        ("sector", Axis.DESIGN, 2, 1): _("There, the public sector shares the design; here, it does not."),
        ("sector", Axis.DELIVERY, 0, 1): _(
            "There, the public sector shares delivery with citizens or the third sector; here, it delivers alone."
        ),
        ("sector", Axis.DELIVERY, 1, 0): _(
            "There, the public sector delivers alone; here, it shares delivery with citizens or the third sector."
        ),
        ("sector", Axis.DELIVERY, 1, 2): _(
            "There, citizens or the third sector deliver without the public sector; here, they deliver with it."
        ),
        ("sector", Axis.DELIVERY, 2, 1): _("There, the public sector shares delivery; here, it does not."),
        ("professional", Axis.DESIGN, 0, 1): _(
            "There, paid staff share the design with users or the community; here, they design alone."
        ),
        ("professional", Axis.DESIGN, 1, 0): _(
            "There, paid staff design alone; here, they share the design with users or the community."
        ),
        ("professional", Axis.DESIGN, 1, 2): _(
            "There, users or the community design without paid staff; here, they design with them."
        ),
        ("professional", Axis.DESIGN, 2, 1): _("There, paid staff share the design; here, they do not."),
        ("professional", Axis.DELIVERY, 0, 1): _(
            "There, paid staff share delivery with users or the community; here, they deliver alone."
        ),
        ("professional", Axis.DELIVERY, 1, 0): _(
            "There, paid staff deliver alone; here, they share delivery with users or the community."
        ),
        ("professional", Axis.DELIVERY, 1, 2): _(
            "There, users or the community deliver without paid staff; here, they deliver with them."
        ),
        ("professional", Axis.DELIVERY, 2, 1): _("There, paid staff share delivery; here, they do not."),
    }
)


def neighbours(number: int, lens: Lens = SECTOR) -> tuple[Neighbour, ...]:
    """Return the cells left, right, above and below, in the order of their numbers.

    KeyError for a number that is no cell.
    """
    here = cell(number)
    found = []
    for there in (cell(n) for n in sorted(NUMBERS)):
        if abs(here.row - there.row) + abs(here.column - there.column) != 1:
            continue
        if here.row == there.row:
            axis, step = Axis.DESIGN, (here.column, there.column)
        else:
            axis, step = Axis.DELIVERY, (here.row, there.row)
        difference = _DIFFERENCES[lens.code, axis, *step]
        found.append(Neighbour(there.number, axis, difference))
    return tuple(found)
