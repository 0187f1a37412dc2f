"""Tables to fill in: a short blank one, a full one, and one with the records that an organisation keeps.

The short one has what a draft needs before it can be handed in, with an example of it on a sheet of its own.
They have no columns that the register derives, and possible cells only where these say more than the responsibilities:
whoever changes who delivers need not work out the cells again.
"""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import User
from exchange.formats import sheets
from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.flat import Row, all_rows, lines
from exchange.formats.labels import labels_of
from exchange.formats.notation import join_cells
from exchange.formats.values import CODE, NO, YES, YES_NO, Column
from exchange.formats.xlsx import CODES, PARTNERSHIPS, vocabularies, widths, write_codes, write_dictionary
from partnerships.models import Partnership
from partnerships.querysets import prefix_of
from partnerships.record import reference, sorted_cells
from taxonomy.cells import cells_of
from taxonomy.lenses import LENSES, Lens

FILLED = tuple(column for column in COLUMNS if not column.derived)
FILLED_NAMES = tuple(column.name for column in FILLED)
_PLACES = tuple(NAMES.index(name) for name in FILLED_NAMES)
_POSITIONS = tuple(
    (*(NAMES.index(f"{prefix_of(lens)}{part}") for part in ("design", "delivery", "possible_cells")), lens)
    for lens in LENSES.values()
)
# What a draft needs before it can be handed in, in the order in which people tell it: what to write there, an example.
SHORT_OF: dict[str, tuple[str | Promise, str]] = {
    "title": (_("What it is called."), "Beeston lunch club"),
    "unit": (_("Choose from the list. “case” is one service at one place."), "case"),
    "countries": (_("The country: its name or its code of two letters."), "GB"),
    "place": (_("The town or area. May stay empty."), "Leeds"),
    "service_areas": (
        _("What it is about: codes from the sheet “codes”, list areas, with | between two."),
        "07 | 10.2",
    ),
    "partners": (
        _(
            "Who takes part: the kind, a colon, the name, with | between two. The kinds are on the sheet “codes”, "
            "list party_kinds."
        ),
        "public:Leeds City Council | citizens:Residents of Beeston",
    ),
    "phase_starts": (_("When it began: a year, a month or a day. May stay empty."), "2019"),
    "phase_ends": (_("When it ended. Empty while it goes on."), ""),
    "design": (_("Who decides what is offered and how. Choose from the list; leave it empty if not known."), "shared"),
    "delivery": (
        _("Who does the work. Choose from the list; leave it empty if not known."),
        "citizens_or_third_sector",
    ),
    "rationale": (
        _("What your answers on design and delivery rest on, in a sentence."),
        "The agreement of 2019 says who decides; volunteers cook and serve.",
    ),
}
SHORT = tuple(next(column for column in COLUMNS if column.name == name) for name in SHORT_OF)
EXAMPLE = "example"
# Rows that offer codes to choose from. More than a file may have rows, so that no row is without.
CHOOSING_ROWS = 20_000


def short_csv() -> Iterator[str]:
    """The header alone, with what a draft needs."""
    return lines(tuple(SHORT_OF), [])


def short_xlsx() -> Iterator[bytes]:
    """The same as a workbook, with lists to choose codes from and a sheet that shows how a row is filled in."""
    return _workbook([], SHORT, example=True)


def blank_csv() -> Iterator[str]:
    """The header alone, with every column."""
    return lines(FILLED_NAMES, [])


def blank_xlsx() -> Iterator[bytes]:
    """The header with lists to choose codes from, and what each column means."""
    return _workbook([])


def own_csv(user: User) -> Iterator[str]:
    """What the person's organisation keeps, drafts too."""
    return lines(FILLED_NAMES, _own_rows(user))


def own_xlsx(user: User) -> Iterator[bytes]:
    """The same as a workbook like the blank one."""
    return _workbook(_own_rows(user))


SHORTEST: dict[str, Callable[[], Iterator[str] | Iterator[bytes]]] = {"csv": short_csv, "xlsx": short_xlsx}
BLANK: dict[str, Callable[[], Iterator[str] | Iterator[bytes]]] = {"csv": blank_csv, "xlsx": blank_xlsx}
OWN: dict[str, Callable[[User], Iterator[str] | Iterator[bytes]]] = {"csv": own_csv, "xlsx": own_xlsx}


def kept(user: User) -> QuerySet[Partnership]:
    """What the person's organisation keeps; of somebody without one, what they began. For curators, too, no more.

    A proposed change of a published record is no record of its own.
    """
    records = Partnership.objects.filter(revises__isnull=True)
    if user.organisation_id is None:
        return records.filter(created_by=user, organisation__isnull=True)
    return records.filter(organisation=user.organisation_id)


def _own_rows(user: User) -> Iterator[Row]:
    own = frozenset(kept(user).values_list("pk", flat=True))

    def parent(row: Partnership | None) -> str:
        # Of other organisations only what is public has a name here.
        return reference(row, hidden=row is not None and row.pk in own)

    for row in all_rows(kept(user), hidden=True, parent=parent):
        yield _without_derived(row)


def _without_derived(row: Row) -> Row:
    """The columns to fill in. An empty cell of possible cells means: those that follow from the responsibilities."""
    row = list(row)
    for design, delivery, possible, lens in _POSITIONS:
        if row[possible] and row[possible] == _following(str(row[design]), str(row[delivery]), lens):
            row[possible] = ""
    return [row[place] for place in _PLACES]


def _following(design: str, delivery: str, lens: Lens) -> str:
    return join_cells(sorted_cells(cells_of(design or None, delivery or None, lens)))


# ---- The workbook --------------------------------------------------------------------------------------------------


def _workbook(
    rows: Iterator[Row] | list[Row], columns: tuple[Column, ...] = FILLED, *, example: bool = False
) -> Iterator[bytes]:
    with sheets.workbook(timezone.localdate()) as book:
        table = sheets.add_sheet(book, PARTNERSHIPS, [column.name for column in columns], widths(columns))
        sheets.add_rows(table, rows)
        for place, column in enumerate(columns, start=1):
            if choices := _choices(column, columns):
                _offer(table, get_column_letter(place), choices)
        if example:
            _write_example(book)
        write_dictionary(book, columns)
        write_codes(book, columns)
        yield from sheets.pieces(book)


def _write_example(book: Workbook) -> None:
    """What to write in each column, and a row that is filled in. It is not read: only the first sheet is."""
    sheet = sheets.add_sheet(book, EXAMPLE, tuple(SHORT_OF), [24])
    for place in (0, 1):
        sheets.add_muted(sheet, [str(told[place]) for told in SHORT_OF.values()])


def _choices(column: Column, columns: tuple[Column, ...]) -> str:
    """The formula of a list of choices: of one vocabulary its place in the sheet of codes."""
    if column.form == YES_NO:
        return f'"{YES},{NO}"'
    if column.form != CODE or not column.codes:
        return ""
    if len(column.codes) > 1:
        return f'"{",".join(dict.fromkeys(code for name in column.codes for code in labels_of(name)))}"'
    before = vocabularies(columns)
    first = 2 + sum(len(labels_of(name)) for name in before[: before.index(column.codes[0])])
    return f"{CODES}!$B${first}:$B${first + len(labels_of(column.codes[0])) - 1}"


def _offer(table: sheets.WriteOnlyWorksheet, letter: str, choices: str) -> None:
    offered = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    offered.add(f"{letter}2:{letter}{CHOOSING_ROWS}")
    table.data_validations.append(offered)
