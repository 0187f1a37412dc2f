"""From what stands in a cell to the text of the record, and what cannot stand in a cell."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.files.header import FORMS, Header, letters
from exchange.files.shapes import MAX_CELL, MAX_FAULTS, FileError, Row
from exchange.formats.notation import UNWRITABLE, make_unsafe
from exchange.formats.values import CELLS, CODE, CODES, DATE, DAY, FREE, NUMBER, YES_NO

TRIMMED = frozenset({CODE, CODES, CELLS, DATE, DAY, NUMBER, YES_NO})
NEW_LINE = re.compile(r"\r\n?")
# Bytes that are no UTF-8 come here as halves of characters, so that row and column of such a byte are known.
NO_UTF_8 = re.compile("[\udc80-\udcff]")


@dataclass
class RawRow:
    """A row as its reader found it. ``faults``: by place, value and reason of what cannot be read there.

    ``dates``: places of cells that a spreadsheet keeps as dates.
    """

    line: int
    cells: list[str]
    faults: dict[int, tuple[str, str]] = field(default_factory=dict)
    dates: frozenset[int] = frozenset()

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.faults and not any(cell.strip() for cell in self.cells)


def read_rows(raw: Iterable[RawRow], header: Header) -> Iterator[Row]:
    """The rows with something in them. Raises ``FileError``, once the file is read, with the first hundred faults."""
    faults: list[Fault] = []
    try:
        for row in raw:
            if row.blank:
                continue
            faults += _faults(row, header)
            if len(faults) >= MAX_FAULTS:
                break
            if not faults:
                yield Row(row.line, {name: _text(row.cells, place, name) for place, name in header.at.items()})
    except FileError as error:
        # What is wrong with the file comes with what was wrong in the rows before.
        faults += error.faults
    if faults:
        raise FileError(faults[:MAX_FAULTS])


def _text(cells: list[str], place: int, name: str) -> str:
    text = cells[place] if place < len(cells) else ""
    if not text:
        return ""
    form = FORMS[name]
    if form in TRIMMED:
        return text.strip()
    text = _one_line_feed(text)
    return make_unsafe(text) if form in FREE and text[0] == "'" else text


def _one_line_feed(text: str) -> str:
    return NEW_LINE.sub("\n", text) if "\r" in text else text


def _faults(row: RawRow, header: Header) -> Iterator[Fault]:
    for place, (value, reason) in sorted(row.faults.items()):
        if place not in header.ignored:
            yield Fault(row.line, header.name_at(place), _shown(value), reason)
    yield from _dates_elsewhere(row, header)
    yield from _too_many(row, header)
    together = _one_line_feed("".join(row.cells))
    if NO_UTF_8.search(together):
        raise FileError([_no_utf_8(row, header)])
    if len(together) > MAX_CELL or UNWRITABLE.search(together):
        for place, cell in enumerate(row.cells):
            if reason := _no_text(_one_line_feed(cell)):
                yield Fault(row.line, header.name_at(place), _shown(cell), reason)


def _dates_elsewhere(row: RawRow, header: Header) -> Iterator[Fault]:
    reason = _("The spreadsheet turned what was typed here into a date. Format the column as text and type it again.")
    for place in sorted(row.dates):
        if FORMS.get(header.at.get(place, ""), DATE) not in (DATE, DAY):
            yield Fault(row.line, header.name_at(place), row.cells[place], reason)


def _too_many(row: RawRow, header: Header) -> Iterator[Fault]:
    named = header.at.keys() | header.ignored.keys()
    for place, cell in enumerate(row.cells):
        if place not in named and place not in row.faults and cell.strip():
            yield Fault(row.line, letters(place), _shown(cell), too_many())
            return


def too_many() -> str:
    """The reason for which a value is refused that no column is there for."""
    return _("This value stands in a column without a name in the header. Move it or name the column.")


def _no_text(cell: str) -> str:
    if len(cell) > MAX_CELL:
        length = {"length": len(cell), "most": MAX_CELL}
        return _("This cell has %(length)s characters; at most %(most)s are read. Shorten it.") % length
    found = UNWRITABLE.search(cell)
    if not found:
        return ""
    code = {"code": f"U+{ord(found[0]):04X}"}
    return _("There is an invisible control character here (%(code)s). Delete it, or type the text again.") % code


def _no_utf_8(row: RawRow, header: Header) -> Fault:
    """One fault is enough: where one letter is of another encoding, all are."""
    place = next(place for place, cell in enumerate(row.cells) if NO_UTF_8.search(cell))
    reason = _("The file is not in UTF-8, so that letters such as é would be lost. Save it as “CSV UTF-8”.")
    return Fault(row.line, header.name_at(place), _shown(row.cells[place]), reason)


def _shown(cell: str) -> str:
    """The value as somebody may recognise it: strange bytes as Windows reads them, control characters as a box."""
    text = cell[:MAX_CELL]
    if NO_UTF_8.search(text):
        text = text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return "".join("□" if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n" else letter
                   for letter in text[:200])  # fmt: skip
