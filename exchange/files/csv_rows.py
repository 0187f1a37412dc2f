"""The rows of a CSV file: whatever a spreadsheet saves under that name, in UTF-8 or UTF-16."""

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _

from exchange.files.cells import RawRow
from exchange.files.header import TITLES_WITHIN, known_names
from exchange.files.shapes import LAST_ROW, MAX_CELL, refused

DELIMITERS = (",", ";", "\t")
# A line of the file: every column full would be less. Longer ones are refused before they are in memory.
MAX_LINE = 4_000_000
# More than a header of ours has; enough to know that a line is none.
MAX_HEADER = 100_000


def read_csv(file: BinaryIO) -> Iterator[RawRow]:
    """The rows from the header on, one by one. Raises ``FileError`` where the text or its quotation marks end."""
    text = _Text(file, *_encoding(file))
    delimiter = _delimiter(file)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > LAST_ROW:
                raise refused(
                    _("The file has more than a million rows. Remove the empty ones at its end."), line=number
                )
            yield RawRow(number, cells)
    except csv.Error as error:
        raise refused(_reason(error), line=number + 1) from error
    except UnicodeDecodeError as error:
        raise refused(_("The file ends in the middle of a letter. Save it again, as “CSV UTF-8”."),
                      line=number + 1) from error  # fmt: skip


class _Text(TextIOWrapper):
    """Text over a file that stays open when this is done with it."""

    def __init__(self, file: BinaryIO, encoding: str, errors: str) -> None:
        file.seek(0)
        super().__init__(file, encoding, errors, newline="")

    def close(self) -> None:
        """Whoever opened the file closes it."""


def _encoding(file: BinaryIO) -> tuple[str, str]:
    """The encoding, and how a fault in it is handled: so that ``cells`` finds the very cell where it is."""
    file.seek(0)
    head = file.read(2)
    return ("utf-16", "surrogatepass") if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else (
        "utf-8-sig", "surrogateescape")  # fmt: skip


def _lines(text: TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise csv.Error("field larger than field limit")
        yield line


def _delimiter(file: BinaryIO) -> str:
    """The one that splits a line, the first or one below a title, into most columns of ours; else a comma."""
    text, lines = _Text(file, *_encoding(file)), []
    try:
        while len(lines) < TITLES_WITHIN and (line := text.readline(MAX_HEADER)):
            lines += [line] if line.strip() else []
    except UnicodeDecodeError:
        pass  # said where the row is read
    finally:
        text.detach()
        file.seek(0)
    return max(DELIMITERS, key=lambda mark: max((_known(line, mark) for line in lines), default=0))


def _known(line: str, delimiter: str) -> int:
    return known_names([cell.strip().strip('"') for cell in line.split(delimiter)])


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text:
        return _("A cell is longer than %(most)s characters; perhaps a quotation mark is opened and never closed. "
                 "Correct this row.") % {"most": MAX_CELL}  # fmt: skip
    if "unexpected end" in text:
        return _("A quotation mark is opened in this row and never closed. Close it.")
    return _("The quotation marks of this row do not fit. Save the file from a spreadsheet, as “CSV UTF-8”.")
