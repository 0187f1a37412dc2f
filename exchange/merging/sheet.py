"""What the steps of merging share: how the columns of a file are read, and the faults found on the way."""

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from exchange.faults import Fault, cut
from exchange.files.shapes import Row
from exchange.formats.columns import NAMES
from exchange.merging.cells import Read, readers
from exchange.merging.wrong import Wrong

# A message names so many rows or columns.
FEW = 10


@cache
def all_readers() -> dict[str, Read]:
    """What reads each column; made once, since readers remember what they have read."""
    return readers()


class Sheet:
    """Which of our columns a file has, by whose they are, and what reads them."""

    def __init__(
        self, columns: Container[str], own: Iterable[str], phase: Iterable[str], stated: Iterable[str]
    ) -> None:
        """``own``, ``phase`` and ``stated`` are the columns of partnership, phase and statement."""
        self.columns = frozenset(name for name in NAMES if name in columns)
        self.own = self._there(own)
        self.plain = tuple(name for name in self.own if name not in ("partnership_id", "partners"))
        self.phase = self._there(phase)
        self.stated = self._there(stated)
        self.readers = all_readers()

    def _there(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.columns)

    def same(self, name: str, one: str, other: str) -> bool:
        """Whether two texts of a column mean the same."""
        if one == other:
            return True
        try:
            return bool(self.readers[name](one) == self.readers[name](other))
        except Wrong:
            return False


class Work:
    """The faults of one partnership."""

    def __init__(self) -> None:
        """None so far."""
        self.faults: list[Fault] = []

    def fault(self, row: Row, column: str, reason: str) -> None:
        """Note a fault in a cell of a row."""
        self.faults.append(Fault(row.line, column, row.cells.get(column, ""), reason))

    def faulty(self, row: Row, column: str) -> bool:
        """Whether something is wrong with this cell already."""
        return any(fault.line == row.line and fault.column == column for fault in self.faults)

    def read(self, sheet: Sheet, row: Row, name: str) -> Any:
        """The value of a cell, or None after noting a fault. An empty number is None too."""
        text = row.cells.get(name, "")
        try:
            return sheet.readers[name](text)
        except Wrong as error:
            self.faults.append(Fault(row.line, name, text, str(error)))
            return None

    def agree(
        self, sheet: Sheet, names: Iterable[str], rows: Sequence[Row], what: str, *, as_above: bool = False
    ) -> None:
        """Note where rows say different things in columns in which they have to agree.

        ``as_above``: a cell that is empty says what the first row says. Otherwise it would clear that, so the empty
        ones are a fault, but one only: what somebody forgot once, they forgot in every row and column.
        """
        first, empty = rows[0], []
        for row in rows[1:]:
            for name in names:
                one, other = first.cells.get(name, ""), row.cells.get(name, "")
                if one == other or sheet.same(name, one, other):
                    continue
                if other:
                    self.fault(row, name, _contradiction(first.line, one, what))
                elif not as_above:
                    empty.append((row, name))
        if empty:
            row, name = empty[0]
            self.fault(row, name, _empty(first.line, empty, what))


def _contradiction(line: int, said: str, what: str) -> str:
    values = {"line": line, "said": cut(said), "what": what}
    if said:
        return _("Row %(line)d says “%(said)s” here, and %(what)s must agree. Correct one of the two rows.") % values
    return _("Row %(line)d leaves this empty, and %(what)s must agree. Correct one of the two rows.") % values


def _empty(line: int, cells: Sequence[tuple[Row, str]], what: str) -> str:
    values = {
        "line": line, "what": what,
        "rows": _some(dict.fromkeys(str(row.line) for row, _name in cells)),
        "columns": _some(dict.fromkeys(name for _row, name in cells)),
    }  # fmt: skip
    return (
        _(
            "Row %(line)d is filled in, and other rows leave cells empty, which would clear them; %(what)s must agree. "
            "Copy row %(line)d to: rows %(rows)s, columns %(columns)s."
        )
        % values
    )


def _some(texts: Iterable[str]) -> str:
    """The first few of them."""
    texts = list(texts)
    return ", ".join(texts[:FEW]) + (" …" if len(texts) > FEW else "")
