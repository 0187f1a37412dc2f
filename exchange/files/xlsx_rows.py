"""The rows of an XLSX sheet, read element by element.

A sheet is read without a model of it in memory: a cell's value, its kind and its place are all that counts. What people
must not lose without noticing is refused, by cell: formulas, error values, merged cells.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from exchange.faults import Fault
from exchange.files.archive import Capped, archive
from exchange.files.cells import RawRow, too_many
from exchange.files.header import LAST_COLUMN, letters
from exchange.files.shapes import LAST_ROW, MAX_CELL, MAX_FAULTS, FileError, refused
from exchange.files.workbook import Sheet, open_sheet, precision, unescape
from exchange.files.xml_events import TooManyTagsError, listen
from exchange.formats.values import NO, YES

# Cells that are passed over: without a value, or beyond the header. A sheet that is formatted all over has too many.
MAX_EMPTY = 1_000_000
# Rows beyond those that the caller takes: a format that goes on for ever, spaces, gaps.
MAX_BLANK = 100_000
# Tags of a sheet: those of a full row with its labels, and those of cells and rows that are passed over.
TAGS_IN_ROW, MORE_TAGS = 400, 1_000_000
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ZEROS = re.compile("0+")
# Longer numbers are written with an exponent; a whole number up to here is exact.
MAX_WHOLE = 1e15


def read_xlsx(file: BinaryIO, *, max_rows: int) -> Iterator[RawRow]:
    """The rows from the first one with a value on: the header, and what stands below it.

    ``max_rows``: how many the caller is ready to take; a sheet that goes on far beyond is refused, also where it is
    blank there. Raises ``FileError``, for merged cells at the end of the sheet.
    """
    with archive(file) as opened:
        sheet = open_sheet(opened)
        yield from _rows(opened, sheet, max_rows)


def _rows(opened: ZipFile, sheet: Sheet, max_rows: int) -> Iterator[RawRow]:
    cells = _Cells(sheet, max_rows + MAX_BLANK)
    try:
        with opened.open(sheet.part) as part:
            for _pause in listen(Capped(part), cells, most=TAGS_IN_ROW * max_rows + MORE_TAGS):
                # What the consumer of a row raises is no damage of the workbook.
                yield from cells.taken()
    except TooManyTagsError as error:
        raise _too_many_cells() from error
    if cells.merged:
        reason = _("These cells are merged. Separate them and fill in each one.")
        raise FileError(Fault(None, "", name, reason) for name in cells.merged)


def _too_many_cells() -> FileError:
    return refused(_("The sheet has millions of empty cells with a format. Copy only the table into a new one."))


class _Cells:
    """A listener that puts cells together to rows. The first row with a value is the header, which gives the width.

    Cells without a value are not kept, nor are blank ones beyond the header, so that a row is never wider than that.
    """

    def __init__(self, sheet: Sheet, most: int) -> None:
        """``most``: rows that may come, blank ones too."""
        self.sheet, self.most, self.seen = sheet, most, 0
        self.width: int | None = None
        self.kinds = [precision(each) for each in sheet.formats]
        self.rows: list[RawRow] = []
        self.merged: list[str] = []
        self.line = self.column = self.empty = 0
        self.row = RawRow(0, [])
        self.dates: set[int] = set()
        self._new_cell({})
        self.inside = self.aside = False

    def taken(self) -> list[RawRow]:
        """The rows that are complete since the last time."""
        rows, self.rows = self.rows, []
        return rows

    # ---- Elements ------------------------------------------------------------------------------------

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self.inside = not self.aside
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.aside = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell" and len(self.merged) < MAX_FAULTS:
            self.merged.append(attributes.get("ref", "")[:40])

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self.inside = False
        elif name == "rPh":
            self.aside = False
        elif name == "row" and (self.row.cells or self.row.faults):
            self.row.dates = frozenset(self.dates)
            self.rows.append(self.row)
            self.width = len(self.row.cells) if self.width is None else self.width

    def text(self, data: str) -> None:
        # One character more than fits is enough for the refusal.
        if self.inside and self.length <= MAX_CELL:
            self.pieces.append(data)
            self.length += len(data)

    # ---- Rows and cells ------------------------------------------------------------------------------

    def _start_row(self, attributes: dict[str, str]) -> None:
        line = int(attributes.get("r", self.line + 1))
        if not self.line < line <= LAST_ROW:
            raise ValueError(line)
        self.line, self.column, self.dates = line, 0, set()
        self.row, self.seen = RawRow(line, []), self.seen + 1
        if self.seen > self.most:
            reason = _(
                "The sheet has more than %(most)s rows, blank ones included. Copy only the table into a new one."
            )
            raise refused(reason % {"most": self.most}, line=line)

    def _new_cell(self, attributes: dict[str, str]) -> None:
        self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self.pieces: list[str] = []
        self.length, self.formula = 0, False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._new_cell(attributes)
        column = self.column + 1
        if place := attributes.get("r"):
            found = PLACE.fullmatch(place)
            if not found or int(found[2]) != self.line:
                raise ValueError(place)
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
        if not self.column < column <= LAST_COLUMN:
            raise ValueError(column)
        self.column = column

    def _end_cell(self) -> None:
        place, written = self.column - 1, "".join(self.pieces)
        beyond = self.width is not None and place >= self.width
        text = ""
        if self.formula:
            reason = _("There is a formula in %(cell)s. Copy the column and paste only its values.")
            self._fault(place, written, reason)
        elif written:
            text = self._value(place, written)
        if beyond or not text or (self.width is None and not text.strip()):
            self._pass_over(place, text)
        else:
            cells = self.row.cells
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = text

    def _pass_over(self, place: int, text: str) -> None:
        """Keep nothing of a cell but, of a value that would be lost, the first in its row as a fault."""
        self.empty += 1
        if self.empty > MAX_EMPTY:
            raise _too_many_cells()
        self.dates.discard(place)
        if text.strip() and not self.row.faults:
            self.row.faults[place] = (text[:MAX_CELL], too_many())

    def _value(self, place: int, written: str) -> str:
        if self.kind == "s":
            return self.sheet.texts[int(written)]
        if self.kind in ("inlineStr", "str"):
            return unescape(written)
        if self.kind == "b":
            return YES if written.strip() in ("1", "true") else NO
        if self.kind == "e":
            self._fault(
                place, written, _("There is an error value in %(cell)s. Type what is meant, or clear the cell.")
            )
            return ""
        if self.kind == "d":
            self.dates.add(place)
            return written.strip()[:10]
        return self._number(place, written.strip())

    def _number(self, place: int, written: str) -> str:
        if not written:
            return ""
        number = float(written)
        if shown := self.kinds[self.style] if self.style < len(self.kinds) else "":
            return self._date(place, number, shown)
        if not number.is_integer() or abs(number) > MAX_WHOLE:
            return repr(number)
        text = str(int(number))
        # A number shown as 07 is the code 07.
        zeros = self.sheet.formats[self.style] if self.style < len(self.sheet.formats) else ""
        return text.zfill(min(len(zeros), 20)) if ZEROS.fullmatch(zeros) else text

    def _date(self, place: int, number: float, shown: str) -> str:
        """The date as exactly as the sheet shows it: somebody who typed 2013-04 sees no day, and meant none."""
        epoch = CALENDAR_MAC_1904 if self.sheet.from_1904 else CALENDAR_WINDOWS_1900
        try:
            day = from_excel(number, epoch)
        except (OverflowError, ValueError):
            day = None
        if not isinstance(day, datetime):
            self._fault(place, repr(number), _("In %(cell)s is a date that no calendar has. Type it as 2013-04-01."))
            return ""
        self.dates.add(place)
        return day.date().isoformat()[: {"year": 4, "month": 7, "day": 10}[shown]]

    def _fault(self, place: int, value: str, reason: str) -> None:
        cell = {"cell": f"{letters(place)}{self.line}"}
        self.row.faults[place] = (value[:MAX_CELL], reason % cell)
