"""For each cell an example of answers that lead there, and what would lead to the cell beside it.

The examples are the plainest ones: one deciding question for each axis, answered for the two sides of a lens alike in
all its questions. They rest on rules 1 to 3 of the codebook; the tests hold every one of them against the rule itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .axes import Axis
from .cells import cell
from .lenses import PROFESSIONAL, SECTOR, Lens
from .questions import DECIDING
from .text import gettext_noop as _

# Of the questions that decide on an axis, the one that is easiest to picture.
TELLING: Mapping[Axis, str] = MappingProxyType({Axis.DESIGN: "model", Axis.DELIVERY: "front"})
# The answers of the first and the second side, by the level of the axis.
_ANSWERS = (("led", "asked"), ("together", "together"), ("asked", "led"))

# The two sides of each lens inside a sentence.
SIDES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        SECTOR.code: (_("the public sector"), _("citizens or the third sector")),
        PROFESSIONAL.code: (_("paid staff"), _("users or the community")),
    }
)
# A party kind of each side, the same in both lenses.
_KINDS = ("public", "citizens")

# Key: axis, and whether the side that makes the difference joins in or leaves.
_CHANGES: Mapping[tuple[Axis, bool], str] = MappingProxyType(
    {
        (Axis.DESIGN, True): _("It would be there if %(side)s decided together on two of the four design questions."),
        (Axis.DESIGN, False): _("It would be there if %(side)s were only asked on three of the four design questions."),
        (Axis.DELIVERY, True): _(
            "It would be there if %(side)s had a planned part in running it or in the work itself."
        ),
        (Axis.DELIVERY, False): _(
            "It would be there if %(side)s had no planned part, neither in running it nor in the work itself."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Example:
    """A deciding question and the answers (codes of levels) of the two sides that go with a cell."""

    axis: Axis
    task: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Change:
    """What would move something to the next cell: a sentence with a gap for the side that it is about."""

    text: str
    side: str


def examples(number: int) -> tuple[Example, Example]:
    """Return the example for design and for delivery; KeyError for a number that is no cell."""
    here = cell(number)
    return (
        Example(Axis.DESIGN, TELLING[Axis.DESIGN], *_ANSWERS[here.column]),
        Example(Axis.DELIVERY, TELLING[Axis.DELIVERY], *_ANSWERS[here.row]),
    )


def whole(number: int) -> dict[str, dict[str, str]]:
    """Return the example as answers to all deciding questions: a public body and citizens take part."""
    return {
        task: dict(zip(_KINDS, (each.first, each.second), strict=True))
        for each in examples(number)
        for task in DECIDING[each.axis]
    }


def change(here: int, there: int, lens: Lens = SECTOR) -> Change:
    """Return what would move something from one cell to one beside it; ValueError where they are not neighbours."""
    one, other = cell(here), cell(there)
    if abs(one.row - other.row) + abs(one.column - other.column) != 1:
        raise ValueError(f"cells {here} and {there} are not side by side")
    axis = Axis.DESIGN if one.row == other.row else Axis.DELIVERY
    before, after = (one.column, other.column) if axis is Axis.DESIGN else (one.row, other.row)
    # Between the first level and the middle the second side joins or leaves, beyond the middle the first one.
    side = 1 if {before, after} == {0, 1} else 0
    return Change(_CHANGES[axis, after == 1], SIDES[lens.code][side])
