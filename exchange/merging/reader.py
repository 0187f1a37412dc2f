"""Does one partnership after the other of a file with one header."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from exchange.faults import Fault
from exchange.files.shapes import Row
from exchange.formats.columns import COLUMNS
from exchange.formats.values import PHASE, STATEMENT
from exchange.merging.own import OWN, blank, put_own
from exchange.merging.phases import phase_of_each, put_phases
from exchange.merging.sheet import Sheet, Work
from exchange.merging.sources import SourceBook
from exchange.merging.statements import put_statements
from partnerships.record import Record

__all__ = ["Merged", "Reader", "Row", "merge"]

PHASE_COLUMNS = tuple(column.name for column in COLUMNS if column.owner == PHASE and column.name != "phase")
STATEMENT_COLUMNS = tuple(column.name for column in COLUMNS if column.owner == STATEMENT)
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class Merged:
    """The complete record that rows ask for. With faults it is as good as they allow, and must not be applied."""

    record: Record
    faults: tuple[Fault, ...]


class Reader:
    """Merges the partnerships of one file; ``columns`` are those of its header."""

    def __init__(self, columns: Container[str]) -> None:
        """Prepare what reads the cells of these columns."""
        self._sheet = Sheet(columns, [column.name for column in OWN], PHASE_COLUMNS, STATEMENT_COLUMNS)

    def merge(self, rows: Sequence[Row], current: Record | None, sources: SourceBook) -> Merged:
        """The record that the rows of one partnership ask for.

        ``rows``: at least one, in the order of the file. ``current``: what ``to_record`` says of the partnership today,
        None for a new one; it is left as it is. New sources go into ``sources``. Nothing is raised for bad data: faults
        are listed by line and column.
        """
        work = Work()
        record = dict(current) if current else blank()
        put_own(self._sheet, work, rows, record, new=current is None)
        found = phase_of_each(self._sheet, work, rows, record["phases"])
        moved = put_phases(self._sheet, work, found, record)
        put_statements(self._sheet, work, found, record, sources)
        if current:
            _let_go(record, moved)
        return Merged(record, tuple(sorted(work.faults, key=_place)) if work.faults else ())


def merge(rows: Sequence[Row], columns: Container[str], current: Record | None, sources: SourceBook) -> Merged:
    """As ``Reader(columns).merge(rows, current, sources)``."""
    return Reader(columns).merge(rows, current, sources)


def _place(fault: Fault) -> tuple[int, int]:
    return fault.line or 0, PLACES.get(fault.column, -1)


def _let_go(record: Record, moved: set[str]) -> None:
    """Claims stay as they are, but where a phase has moved they no longer give its position.

    A statement about the whole gives the position of the only phase: once there are two, of none.
    """
    names = {row["name"] for row in record["phases"]}
    let_go = moved | ({""} if moved or len(names) != 1 else set())
    if not let_go:
        return
    for part in ("statements", "assessments"):
        record[part] = [
            {**row, "adopted": False} if row["adopted"] and row["phase"] in let_go else row for row in record[part]
        ]
