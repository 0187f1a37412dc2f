"""The flat record as a workbook: the table, its labels, what columns and codes mean, and where it comes from.

Labels have a sheet of their own, row beside row, so that the sheet of partnerships is the same table as the CSV file
and can be brought in again as it is.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from exchange.dictionary import FORMS, OWNERS
from exchange.formats import sheets, told
from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.complete import LICENCE
from exchange.formats.flat import all_rows
from exchange.formats.labels import LABEL_NAMES, label_cells, labels_of
from exchange.formats.values import FREE, Column
from partnerships.models import Partnership
from partnerships.presenters.filter_words import in_words
from partnerships.selection import Selection, select_values

PARTNERSHIPS, LABELS, DICTIONARY, CODES, PROVENANCE = "partnerships", "labels", "dictionary", "codes", "provenance"
# What tells in the sheet of labels which row it is.
NAMED = ("partnership_id", "title", "phase")
_NAMED_AT = tuple(NAMES.index(name) for name in NAMED)
_ID = NAMES.index("partnership_id")


def stream(
    partnerships: QuerySet[Partnership], *, hidden: bool = False, selection: Selection | None = None
) -> Iterator[bytes]:
    """The workbook, piece by piece, once it is complete on disk. ``selection``: what made the choice."""
    today = timezone.localdate()
    with sheets.workbook(today) as book:
        counts = write_records(book, partnerships, hidden=hidden)
        write_dictionary(book, COLUMNS)
        write_codes(book, COLUMNS)
        rows = provenance(selection or select_values({}), *counts, today, hidden=hidden)
        header = [_("What"), _("Answer")]
        sheets.add_rows(sheets.add_sheet(book, PROVENANCE, header, [28, 100]), rows, wrapped=True)
        yield from sheets.pieces(book)


def write_records(book: Workbook, partnerships: QuerySet[Partnership], *, hidden: bool) -> tuple[int, int]:
    """The sheets of partnerships and labels, in one pass. How many partnerships and how many rows there are."""
    table = sheets.add_sheet(book, PARTNERSHIPS, NAMES, widths(COLUMNS))
    labels = sheets.add_sheet(book, LABELS, [*NAMED, *LABEL_NAMES], [30, 40, 24])
    count, rows, last = 0, 0, None
    for row in all_rows(partnerships, hidden=hidden):
        sheets.add_rows(table, [row])
        sheets.add_rows(labels, [[*(row[place] for place in _NAMED_AT), *label_cells(row)]])
        # The rows of a partnership follow each other.
        count, rows, last = count + (row[_ID] != last), rows + 1, row[_ID]
    return count, rows


def widths(columns: tuple[Column, ...]) -> list[int]:
    """How wide each column is, in characters: texts wide, codes as wide as their names."""
    return [40 if column.form in FREE else max(12, len(column.name) + 2) for column in columns]


def write_dictionary(book: Workbook, columns: tuple[Column, ...]) -> None:
    """What each column means, how it is written, and which codes it takes."""
    header = [_("Column"), _("Belongs to"), _("Meaning"), _("Written as"), _("Derived"), _("Codes")]
    rows = (
        [
            column.name,
            str(OWNERS[column.owner]),
            str(column.meaning),
            str(FORMS[column.form]),
            _("yes") if column.derived else _("no"),
            ", ".join(name.lower() for name in column.codes),
        ]
        for column in columns
    )
    sheets.add_rows(sheets.add_sheet(book, DICTIONARY, header, [28, 14, 80, 30, 10, 36]), rows, wrapped=True)


def write_codes(book: Workbook, columns: tuple[Column, ...]) -> None:
    """Each vocabulary of these columns: code and label."""
    header = [_("List"), _("Code"), _("Label")]
    rows = ([name.lower(), code, label] for name in vocabularies(columns) for code, label in labels_of(name).items())
    sheets.add_rows(sheets.add_sheet(book, CODES, header, [24, 30, 80]), rows)


def vocabularies(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The vocabularies of these columns, each once, in their order."""
    return tuple(dict.fromkeys(name for column in columns for name in column.codes))


def provenance(
    selection: Selection, count: int, rows: int, today: date, *, hidden: bool = False
) -> Iterator[tuple[str, str | int]]:
    """Where the file comes from and what is in it, as questions and answers."""
    from exchange.citations import of_selection, sentence

    yield _("Address of this file"), told.address(selection, "xlsx")
    yield _("The same on the site"), told.page(selection)
    yield _("Filters"), in_words(selection) or _("None: all published partnerships")
    if note := told.of_a_year(selection):
        yield _("Year"), note
    yield _("Made on"), today.isoformat()
    yield _("Partnerships"), count
    yield _("Rows"), rows
    yield _("Licence"), LICENCE
    if hidden:
        yield _("Caution"), _("This file holds drafts and withdrawn records. Do not publish it.")
    else:
        yield _("How to cite"), sentence(of_selection(selection, count, today))
