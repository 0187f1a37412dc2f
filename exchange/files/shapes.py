"""What reading a file gives: rows, a table, or the faults for which it is refused. And how large a file may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exchange.faults import Fault

CSV, XLSX, JSON = "csv", "xlsx", "json"

# Bytes of the file, and of what is packed in it. The largest register that anybody keeps by hand is far below both.
MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000
# Parts of an XLSX file; one with ten sheets has some thirty.
MAX_ENTRIES = 200
# Columns with a name; the columns of labels beside them are ignored and do not count.
MAX_COLUMNS = 64
# A spreadsheet cell holds 32,767 characters: what is longer has been cut by one, or is no cell.
MAX_CELL = 32_000
# The last row of a spreadsheet.
LAST_ROW = 1_048_576
# So many faults are listed; somebody who corrects these finds the others the next time.
MAX_FAULTS = 100


@dataclass(frozen=True)
class Row:
    """A row of a table: its number as a spreadsheet shows it (the header is 1), and the text of each column.

    ``cells`` has only columns of ours that the file has. The text is that of the record: without the apostrophe of
    spreadsheet safety, each new line as one line feed; codes, numbers and dates without blanks around them.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table that is being read. ``rows`` come one by one, so that a long table needs no more memory than a short one.

    ``form`` is "csv" or "xlsx", ``columns`` those of ours in the order of the file, ``ignored`` the names of those that
    are passed over: labels and addresses. Taking rows raises ``FileError``.
    """

    form: str
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: Iterator[Row]


class FileError(ValueError):
    """A file that cannot be read. ``faults`` has what is wrong, where, and what to do about it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults; as a text their reasons stand one on each line."""
        self.faults = list(faults)
        super().__init__("\n".join(fault.reason for fault in self.faults))


def refused(reason: str, *, line: int | None = None, column: str = "", value: str = "") -> FileError:
    """The error for a single fault."""
    return FileError([Fault(line, column, value, reason)])
