"""The nine cells, the five models and the arithmetic between cells and responsibilities.

A cell is always derived: `number = 3 * delivery + design + 1`, each 0, 1 or 2 in the matrix
order of the lens. Source of cells, models and glosses: table 2 (`citations.TABLE_2`), the
glosses in our own words. A label is not a cell: Co-Governance, Co-Management and Partial
Co-Production each name several.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .lenses import SECTOR, Lens
from .text import gettext_noop as _

LABELS_REPEAT = _(
    "Labels repeat: Co-Governance names cells 2 and 8, Co-Management cells 4 and 7, and Partial "
    "Co-Production cells 3, 6 and 9. Only Traditional and Full Co-Production name one cell each."
)


@dataclass(frozen=True, slots=True)
class Model:
    """A model of collaboration: a label of table 2 and every cell that bears it.

    The text above the table counts four models; with Traditional there are five labels.
    """

    code: str
    label: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `row` is delivery and `column` design, each 0 to 2 in matrix order.

    `gloss` paraphrases what table 2 puts in brackets in this very cell (empty where it prints
    nothing). `plain` and `plain_professional` say what the cell means in each lens.
    """

    number: int
    model: Model
    gloss: str
    plain: str
    plain_professional: str

    @property
    def row(self) -> int:
        """Place on the delivery axis, 0 to 2."""
        return (self.number - 1) // 3

    @property
    def column(self) -> int:
        """Place on the design axis, 0 to 2."""
        return (self.number - 1) % 3

    def plain_in(self, lens: Lens) -> str:
        """Return the plain sentence for the lens."""
        return self.plain if lens is SECTOR else self.plain_professional

    def responsibilities(self, lens: Lens = SECTOR) -> tuple[str, str]:
        """Return the codes of design and delivery that make this cell."""
        return lens.levels[self.column].code, lens.levels[self.row].code

    @property
    def namesakes(self) -> tuple[int, ...]:
        """The other cells that bear the same label."""
        return tuple(number for number in self.model.cells if number != self.number)


MODELS = (
    Model("traditional", _("Traditional"), (1,)),
    Model("co_governance", _("Co-Governance"), (2, 8)),
    Model("co_management", _("Co-Management"), (4, 7)),
    Model("partial_co_production", _("Partial Co-Production"), (3, 6, 9)),
    Model("full_co_production", _("Full Co-Production"), (5,)),
)


def model(code: str) -> Model:
    """Return the model with this code; KeyError names an unknown one."""
    for candidate in MODELS:
        if candidate.code == code:
            return candidate
    raise KeyError(f"there is no model {code!r}")


CELLS = (
    Cell(
        1,
        model("traditional"),
        "",
        _("The public sector decides what the service is and delivers it itself."),
        _("Paid staff decide what the service is and deliver it themselves."),
    ),
    Cell(
        2,
        model("co_governance"),
        _("Citizens and/or the third sector help to plan, and take no part in delivery."),
        _("The public sector and citizens or the third sector decide together; the public sector delivers."),
        _("Paid staff and users or the community decide together; paid staff deliver."),
    ),
    Cell(
        3,
        model("partial_co_production"),
        _("Citizens and/or the third sector do the planning only, and do it without the public sector."),
        _("Citizens or the third sector decide what the service is, and the public sector delivers it."),
        _("Users or the community decide what the service is, and paid staff deliver it."),
    ),
    Cell(
        4,
        model("co_management"),
        _("Citizens and/or the third sector join in delivery only, beside the public sector."),
        _("The public sector decides what the service is and delivers it with citizens or the third sector."),
        _("Paid staff decide what the service is and deliver it with users or the community."),
    ),
    Cell(
        5,
        model("full_co_production"),
        _("Every party has a part in planning and in delivery."),
        _("The public sector and citizens or the third sector decide together and deliver together."),
        _("Paid staff and users or the community decide together and deliver together."),
    ),
    Cell(
        6,
        model("partial_co_production"),
        _("Citizens and/or the third sector plan, and share delivery with the public sector."),
        _("Citizens or the third sector decide what the service is and deliver it with the public sector."),
        _("Users or the community decide what the service is and deliver it with paid staff."),
    ),
    Cell(
        7,
        model("co_management"),
        _("Citizens and/or the third sector are there for delivery only."),
        _("The public sector decides what the service is, and citizens or the third sector deliver it."),
        _("Paid staff decide what the service is, and users or the community deliver it."),
    ),
    Cell(
        8,
        model("co_governance"),
        _("Citizens and the third sector have a part in planning and in delivery."),
        _("The public sector and citizens or the third sector decide together; citizens or the third sector deliver."),
        _("Paid staff and users or the community decide together; users or the community deliver."),
    ),
    Cell(
        9,
        model("partial_co_production"),
        _("Citizens and/or the third sector plan and deliver, and the public sector does neither."),
        _("Citizens or the third sector decide what the service is and deliver it themselves."),
        _("Users or the community decide what the service is and deliver it themselves."),
    ),
)

NUMBERS = frozenset(range(1, 10))


def cell(number: int) -> Cell:
    """Return cell 1 to 9; KeyError for any other number."""
    if number not in NUMBERS:
        raise KeyError(f"there is no cell {number!r}")
    return CELLS[number - 1]


def cell_number(design: str, delivery: str, lens: Lens = SECTOR) -> int:
    """Return the cell of two responsibilities of the lens; KeyError for an unknown level."""
    return 3 * lens.index(delivery) + lens.index(design) + 1


def column_cells(design: str, lens: Lens = SECTOR) -> frozenset[int]:
    """Return the three cells with this responsibility for design."""
    column = lens.index(design)
    return frozenset(c.number for c in CELLS if c.column == column)


def row_cells(delivery: str, lens: Lens = SECTOR) -> frozenset[int]:
    """Return the three cells with this responsibility for delivery."""
    row = lens.index(delivery)
    return frozenset(c.number for c in CELLS if c.row == row)


def cells_of(design: str | None, delivery: str | None, lens: Lens = SECTOR) -> frozenset[int]:
    """Return every cell that fits what is known; None or "" means not known."""
    columns = column_cells(design, lens) if design else NUMBERS
    rows = row_cells(delivery, lens) if delivery else NUMBERS
    return columns & rows


def responsibilities_of(cells: Iterable[int | str], lens: Lens = SECTOR) -> tuple[str | None, str | None]:
    """Return design and delivery, each only where all the cells agree on it, else None.

    An empty set, or one that also holds `outside` or `nobody`, gives (None, None): the set
    alone does not say which axis those words are about. For the result of answers use
    `derivation.responsibilities`, which knows. KeyError for any other member.
    """
    members = frozenset(cells)
    if not members or members & {"outside", "nobody"}:
        return None, None
    found = [cell(number) for number in members if isinstance(number, int)]
    if len(found) < len(members):
        raise KeyError(f"not all of these are cells: {sorted(map(str, members))}")
    columns = {c.column for c in found}
    rows = {c.row for c in found}
    design = lens.levels[columns.pop()].code if len(columns) == 1 else None
    delivery = lens.levels[rows.pop()].code if len(rows) == 1 else None
    return design, delivery
