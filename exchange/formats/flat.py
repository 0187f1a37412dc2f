"""The flat record: a table with one row for each statement about each phase, and one for a phase without any.

What belongs to the partnership and to the phase repeats. A statement about no phase, such as a movement, has a row of
its own with empty phase columns; so has a partnership with neither. The columns are in ``columns``, how values are
written in ``notation``. The file is UTF-8 with a byte order mark, without which spreadsheets garble the à of "Città";
lines end in CR LF as RFC 4180 asks; text stands in quotes and numbers do not, so that they stay numbers.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice

from django.db.models import Prefetch, QuerySet

from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.complete import CHUNK, in_order
from exchange.formats.labels import LABEL_NAMES, label_cells
from exchange.formats.notation import make_safe
from exchange.formats.values import FREE, PARTNERSHIP, PHASE, STATEMENT, Value
from partnerships.models import Partnership, Phase, Statement
from partnerships.record import reference

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_A_TIME = 200
OWNED = {owner: [column for column in COLUMNS if column.owner == owner] for owner in (PARTNERSHIP, PHASE, STATEMENT)}
Row = list[Value]
# What names the parent of a partnership in the file; "" where whoever gets the file may not know of it.
NameOfParent = Callable[[Partnership | None], str]


def with_rows(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """These partnerships in the order of exports, with all that their rows read, in a fixed number of queries."""
    statements = Statement.objects.select_related("source").order_by("pk")
    return (
        in_order(partnerships)
        .select_related("part_of")
        .prefetch_related("partners", "phases", Prefetch("statements", queryset=statements))
    )


def rows_of(partnership: Partnership, *, hidden: bool = False, parent: NameOfParent | None = None) -> Iterator[Row]:
    """The rows of one partnership. ``hidden``: see ``partnerships.record.reference``, which names the parent too."""
    phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
    statements = partnership.statements.all()
    own = _cells(PARTNERSHIP, partnership)
    own["part_of"] = parent(partnership.part_of) if parent else reference(partnership.part_of, hidden=hidden)
    for phase in phases:
        about = [row for row in statements if row.phase_id == phase.pk]
        repeated = own | _cells(PHASE, phase)
        yield from _distinct(_row(repeated, row) for row in about or [None])
    loose = [row for row in statements if row.phase_id is None]
    yield from _distinct(_row(own, row) for row in loose or ([] if phases else [None]))


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Statements that differ only in what the table has no column for are one row: reading it makes one statement."""
    return map(list, dict.fromkeys(map(tuple, rows)))


def _row(repeated: dict[str, Value], statement: Statement | None) -> Row:
    cells = repeated | _cells(STATEMENT, statement) if statement else repeated
    return [cells.get(name, "") for name in NAMES]


def _cells(owner: str, row: Partnership | Phase | Statement) -> dict[str, Value]:
    return {column.name: _safe(column.value(row), column.form) for column in OWNED[owner]}


def _safe(value: Value, form: str) -> Value:
    return make_safe(value) if form in FREE and isinstance(value, str) else value


def all_rows(
    partnerships: QuerySet[Partnership], *, hidden: bool = False, parent: NameOfParent | None = None
) -> Iterator[Row]:
    """The rows of all of them, read some partnerships at a time."""
    for partnership in with_rows(partnerships).iterator(chunk_size=CHUNK):
        yield from rows_of(partnership, hidden=hidden, parent=parent)


def stream(partnerships: QuerySet[Partnership], *, hidden: bool = False, labels: bool = False) -> Iterator[str]:
    """The file, some rows at a time. ``labels`` adds columns with plain words after all others."""
    rows = all_rows(partnerships, hidden=hidden)
    if labels:
        yield from lines((*NAMES, *LABEL_NAMES), ([*row, *label_cells(row)] for row in rows))
    else:
        yield from lines(NAMES, rows)


def lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A CSV file with this header, some rows at a time."""
    yield BYTE_ORDER_MARK + text([list(header)])
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        yield text(some)


def text(rows: Iterable[Row]) -> str:
    """Rows as lines of the file."""
    lines = StringIO()
    csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return lines.getvalue()
