"""Writing workbooks: texts that are never formulas, headers that stay in sight, the same bytes for the same content."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from exchange.formats.values import Value

# The most that a cell holds. Longer texts are cut; reading refuses a cell so long, so none is lost unseen.
LONGEST = 32_767
# What XML cannot hold or would change, and an underscore before what looks like the code of such a character.
SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Texts that openpyxl would take for a formula or an error value.
MISTAKEN = ("=", "#")
PIECE = 1 << 16
# Dark enough to be read on white: a contrast of 5.7 to 1.
GREY = "FF666666"
# ZIP counts time from here; every part of every workbook bears this day.
EPOCH = (1980, 1, 1, 0, 0, 0)
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def encoded(text: str) -> str:
    """A text as a workbook writes it: ``_x000D_`` stands for a carriage return (ECMA-376, part 1, 22.4.2.4)."""
    return SPECIAL.sub(lambda match: f"_x{ord(match[0]):04X}_", text[:LONGEST])


@contextmanager
def workbook(today: date) -> Iterator[Workbook]:
    """An empty workbook that is written row by row; its only date is today.

    Rows lie in files of openpyxl until the workbook is saved; whatever happens, none of them is left behind.
    """
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime.combine(today, time(), UTC).replace(tzinfo=None)
    try:
        yield book
    finally:
        for sheet in book.worksheets:
            if sheet._writer and Path(sheet._writer.out).exists():
                sheet.close()
                sheet._writer.cleanup()


def add_sheet(book: Workbook, name: str, header: Sequence[str], widths: Sequence[int]) -> WriteOnlyWorksheet:
    """A sheet with a bold header that stays in sight. ``widths``: in characters; the last one holds for the rest."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for place in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = widths[min(place, len(widths)) - 1]
    sheet.append([_bold(sheet, name) for name in header])
    return sheet


def _bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, encoded(text))
    cell.font = Font(bold=True)
    return cell


def add_rows(sheet: WriteOnlyWorksheet, rows: Iterable[Sequence[Value]], *, wrapped: bool = False) -> None:
    """Rows of texts and numbers. ``wrapped``: long texts go on in the next line of their cell."""
    for row in rows:
        sheet.append([_cell(sheet, value, wrapped) for value in row])


def add_muted(sheet: WriteOnlyWorksheet, texts: Sequence[str]) -> None:
    """A row in grey: an example or an explanation, which nobody should take for data."""
    cells = [_cell(sheet, text, wrapped=True) for text in texts]
    for cell in filter(None, cells):
        cell.font = Font(color=GREY, italic=True)
    sheet.append(cells)


def _cell(sheet: WriteOnlyWorksheet, value: Value, wrapped: bool) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    if not wrapped and not value.startswith(MISTAKEN):
        return encoded(value)
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = encoded(value), "s"
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


class _Steady(ZipFile):
    """An archive in which no part bears the time at which it was made."""

    def writestr(self, name: str, data: Any, *args: Any, **options: Any) -> None:  # type: ignore[override]
        info = ZipInfo(name, EPOCH)
        info.compress_type = ZIP_DEFLATED
        super().writestr(info, data, *args, **options)

    def write(self, filename: str, arcname: str | None = None, *args: Any, **options: Any) -> None:  # type: ignore[override]
        info = ZipInfo(arcname or filename, EPOCH)
        info.compress_type = ZIP_DEFLATED
        with Path(filename).open("rb") as source, self.open(info, "w") as target:
            while piece := source.read(PIECE):
                target.write(piece)


def save(book: Workbook, file: IO[bytes]) -> None:
    """Write the workbook, without the time of day that openpyxl would put into it."""
    with _Steady(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()


def pieces(book: Workbook) -> Iterator[bytes]:
    """The file of a workbook, piece by piece; until it is sent it lies on disk and not in memory."""
    with TemporaryFile() as file:
        save(book, file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
