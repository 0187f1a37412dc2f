"""The two ways to read the grid, with the words their sources print.

The **sector** lens is table 2 of the Scottish Government report: which sector is responsible?
The **professional** lens is Bovaird's grid: paid staff, or users and community? Same grid,
different question: a charity with paid staff stands on opposite sides of the two, so a
position is never carried over from one lens to the other (codebook rule 1).

Headers and labels are quoted exactly and are not marked for translation; their notes are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .citations import HAND_OUT_GRID, TABLE_2
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three responsibilities on an axis.

    `design_header` and `delivery_header` are the source's own column and row header.
    """

    code: str
    name: str
    design_words: str
    delivery_words: str
    design_header: str
    delivery_header: str


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """The short label a source prints in one cell; `note` says what is odd about it."""

    cell: int
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """A way to read the axes.

    `first_kinds` and `second_kinds` are the party kinds of the two sides; a kind on neither
    side is recorded and never counted. `levels` stand in matrix order (first side, shared,
    second side), `labels` in the order of the cells. `numbering` says where the cell numbers
    come from.
    """

    code: str
    name: str
    question: str
    first_kinds: frozenset[str]
    second_kinds: frozenset[str]
    levels: tuple[Level, Level, Level]
    citation: str
    labels: tuple[SourceLabel, ...]
    numbering: str

    def level(self, code: str) -> Level:
        """Return the level with this code; KeyError names an unknown one."""
        return self.levels[self.index(code)]

    def index(self, code: str) -> int:
        """Return 0, 1 or 2, the place of a level in matrix order; KeyError if unknown."""
        for index, level in enumerate(self.levels):
            if level.code == code:
                return index
        raise KeyError(f"the {self.code} lens has no level {code!r}")

    def label(self, cell: int) -> SourceLabel:
        """Return what the source prints in this cell (1 to 9); KeyError if there is none."""
        for label in self.labels:
            if label.cell == cell:
                return label
        raise KeyError(f"there is no cell {cell!r}")


SECTOR = Lens(
    code="sector",
    name=_("By sector"),
    question=_("Which sector is responsible: public, or citizens and the third sector?"),
    first_kinds=frozenset({"public"}),
    second_kinds=frozenset({"third_sector", "community", "citizens"}),
    levels=(
        Level(
            code="public",
            name=_("Public sector"),
            design_words=_("Designed by the public sector"),
            delivery_words=_("Delivered by the public sector"),
            design_header="Public Sector",
            delivery_header="Public Sector",
        ),
        Level(
            code="shared",
            name=_("Shared"),
            design_words=_("Designed by the public sector with citizens or the third sector"),
            delivery_words=_("Delivered by the public sector with citizens or the third sector"),
            design_header="Public Sector and Citizens/Third Sector Organisations",
            delivery_header="Public Sector and Citizens or Third Sector Organisations",
        ),
        Level(
            code="citizens_or_third_sector",
            name=_("Citizens or third sector"),
            design_words=_("Designed by citizens or the third sector"),
            delivery_words=_("Delivered by citizens or the third sector"),
            design_header="Citizens or Third Sector Organisations",
            delivery_header="Citizens or Third Sector Organisations",
        ),
    ),
    citation=TABLE_2,
    labels=(
        SourceLabel(1, "Traditional Public Administration Planning and Delivery"),
        SourceLabel(2, "Co-Governance"),
        SourceLabel(3, "Partial Co-Production"),
        SourceLabel(4, "Co-Management"),
        SourceLabel(5, "Full Co-Production"),
        SourceLabel(6, "Partial Co-Production"),
        SourceLabel(7, "Co-Management"),
        SourceLabel(8, "Co-Governance"),
        SourceLabel(9, "Partial Co-Production"),
    ),
    numbering=_("The source prints these numbers."),
)

PROFESSIONAL = Lens(
    code="professional",
    name=_("By profession"),
    question=_("Who is responsible: paid staff, or users and the community?"),
    first_kinds=frozenset({"public", "third_sector", "private", "other"}),
    second_kinds=frozenset({"community", "citizens"}),
    levels=(
        Level(
            code="professionals",
            name=_("Professionals"),
            design_words=_("Designed by paid staff"),
            delivery_words=_("Delivered by paid staff"),
            design_header="Professionals as sole service planner",
            delivery_header="Professionals as sole service deliverers",
        ),
        Level(
            code="shared",
            name=_("Shared"),
            design_words=_("Designed by paid staff with users or the community"),
            delivery_words=_("Delivered by paid staff with users or the community"),
            design_header="Professionals and service users/community as co-planners",
            delivery_header="Professionals and users/communities as co-deliverers",
        ),
        Level(
            code="users_or_community",
            name=_("Users or community"),
            design_words=_("Designed by users or the community"),
            delivery_words=_("Delivered by users or the community"),
            design_header="No professional input into service planning",
            delivery_header="Users/communities as sole deliverers",
        ),
    ),
    citation=HAND_OUT_GRID,
    labels=(
        SourceLabel(1, "Traditional professional service provision"),
        SourceLabel(2, "Professional service provision but users/communities involved in planning and design"),
        SourceLabel(3, "Professionals as sole service deliverers", _("repeats the row header")),
        SourceLabel(4, "User co-delivery of professionally designed services"),
        SourceLabel(5, "Full co-production"),
        SourceLabel(
            6,
            "User/community delivery of services with little formal/ professional",
            _("text cut off in source"),
        ),
        SourceLabel(7, "User/community delivery of professionally planned services"),
        SourceLabel(8, "User/community delivery of co-planned or co-designed services"),
        SourceLabel(9, "Self-organised community provision"),
    ),
    numbering=_("The source prints no numbers. Counting the cells 1 to 9 is a convention of ours."),
)

LENSES: Mapping[str, Lens] = MappingProxyType({lens.code: lens for lens in (SECTOR, PROFESSIONAL)})


def lens(code: str) -> Lens:
    """Return the lens `sector` or `professional`; KeyError names an unknown code."""
    if code not in LENSES:
        raise KeyError(f"there is no lens {code!r}")
    return LENSES[code]
