"""Opening a file as a table: find the header, then give row after row."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from exchange.files.cells import RawRow, read_rows
from exchange.files.csv_rows import read_csv
from exchange.files.header import ENOUGH, TITLES_WITHIN, known_names, read_header
from exchange.files.shapes import CSV, JSON, MAX_BYTES, Row, Table, refused
from exchange.files.sniffing import form_of
from exchange.files.xlsx_rows import read_xlsx


def open_table(file: BinaryIO, name: str, *, max_rows: int, max_bytes: int = MAX_BYTES) -> Table:
    """The table in a CSV or XLSX file, up to its first row; the others are read as they are taken.

    Keep the file open until then. ``name`` is only looked at for its ending. ``max_rows`` and ``max_bytes`` are what
    the caller is ready to work through. Raises ``FileError``, here or while rows are taken.
    """
    form = form_of(file, name, max_bytes=max_bytes)
    if form == JSON:
        raise refused(_("This is a JSON document and no table."))
    raw = read_csv(file) if form == CSV else read_xlsx(file, max_rows=max_rows)
    first = next((row for row in raw if not row.blank), None)
    if first is None:
        raise refused(_("The table is empty: it has no header and no rows."))
    raw = _below(first, raw)
    header = read_header(_names(first), first.line)
    rows = _at_most(read_rows(raw, header), max_rows)
    one = next(rows, None)
    if one is None:
        raise refused(_("The table has a header and no rows below it. Fill in at least one."), line=first.line)
    return Table(form, tuple(header.at.values()), tuple(header.ignored.values()), chain([one], rows))


def _below(first: RawRow, raw: Iterator[RawRow]) -> Iterator[RawRow]:
    """The rows below the first. Raises ``FileError`` where the first is a title and the names stand below it."""
    if known_names(first.cells) >= ENOUGH:
        return raw
    seen: list[RawRow] = []
    for row in raw:
        seen.append(row)
        if row.line > TITLES_WITHIN:
            break
        if known_names(row.cells) >= ENOUGH:
            reason = _("The column names stand in row %(row)d. Delete the rows above it.")
            raise refused(reason % {"row": row.line})
    return chain(seen, raw)


def _names(row: RawRow) -> list[str]:
    if row.faults:
        _place, (value, reason) = next(iter(row.faults.items()))
        raise refused(reason, line=row.line, value=value)
    return row.cells


def _at_most(rows: Iterator[Row], most: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number > most:
            reason = _("The table has more than %(most)s rows. Split it into several files.") % {"most": most}
            raise refused(reason, line=row.line)
        yield row
