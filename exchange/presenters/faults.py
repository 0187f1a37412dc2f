"""Faults of a file in words: where it is, what stands there, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.dictionary import entries
from exchange.faults import Fault
from exchange.formats.notation import make_safe

ROW, RECORD = "row", "record"
# So many faults are read on a page; whoever corrects these finds the others in the file of all faults.
SHOWN = 25


def unit_of(form: str) -> str:
    """What the lines of a file are called: records in JSON, otherwise rows."""
    return RECORD if form == "json" else ROW


def line_word(unit: str) -> str:
    """The heading of a column of lines."""
    return _("Record") if unit == RECORD else _("Row")


def lines_in_words(lines: Iterable[int], unit: str, *, inside: bool = False) -> str:
    """“Row 3”, “Rows 3–5 and 9”; ``inside`` a sentence with a small letter."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    if not texts:
        return ""
    single = len(texts) == 1 and runs[0][0] == runs[0][1]
    return _pattern(unit, single=single, inside=inside) % {"lines": _listed(texts)}


def _pattern(unit: str, *, single: bool, inside: bool) -> str:
    if unit == RECORD:
        if inside:
            return _("record %(lines)s") if single else _("records %(lines)s")
        return _("Record %(lines)s") if single else _("Records %(lines)s")
    if inside:
        return _("row %(lines)s") if single else _("rows %(lines)s")
    return _("Row %(lines)s") if single else _("Rows %(lines)s")


def _listed(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def place(fault: Fault, unit: str) -> str:
    """Where a fault is, for a link to it: “Row 3, column “unit””; of the file as a whole it says so."""
    where = [lines_in_words([fault.line], unit)] if fault.line else []
    if fault.column:
        where.append(_("column “%(column)s”") % {"column": fault.column})
    return ", ".join(where) or _("The whole file")


@dataclass(frozen=True)
class FaultRow:
    """A row of the table of faults; "" where there is nothing to say.

    ``place`` says where it is in words, ``codes_url`` is where the codes of its column are listed.
    """

    line: str
    column: str
    value: str
    reason: str
    title: str = ""
    place: str = ""
    codes_url: str = ""


def fault_rows(faults: Iterable[tuple[str, Fault]], unit: str) -> tuple[FaultRow, ...]:
    """Faults for the table, each with the title of its record."""
    lists = codes_urls()
    return tuple(
        FaultRow(
            str(fault.line or ""), fault.column, fault.value, fault.reason, title, place(fault, unit),
            lists.get(fault.column, ""),
        )
        for title, fault in faults
    )  # fmt: skip


def codes_urls() -> dict[str, str]:
    """Where the data page lists the codes of each column that has any; countries are in no list there."""
    page = reverse("data")
    return {entry.name: f"{page}#{entry.lists[0][0]}" for entry in entries() if entry.lists}


@dataclass(frozen=True)
class FaultTable:
    """Faults as a page shows them: ``first`` of them at once, ``more`` behind a word; ``line``: what a line is called.

    ``whole`` is what is wrong with the file as a whole, and stands in no row. ``count`` says how many there are in all.
    """

    line: str
    first: tuple[FaultRow, ...]
    more: tuple[FaultRow, ...] = ()
    whole: tuple[str, ...] = ()
    count: int = 0


def fault_table(faults: Iterable[tuple[str, Fault]], unit: str, count: int = 0) -> FaultTable:
    """The table of these faults; ``count`` where there are more than these."""
    rows = fault_rows(faults, unit)
    placed = tuple(row for row in rows if row.line or row.column or row.value)
    whole = tuple(row.reason for row in rows if row not in placed)
    return FaultTable(line_word(unit), placed[:SHOWN], placed[SHOWN:], whole, count or len(rows))


def fault_lines(faults: Iterable[tuple[str, Fault]], unit: str) -> Iterator[list[str]]:
    """The rows of a CSV of faults, header first; texts that a spreadsheet might run get an apostrophe."""
    yield [line_word(unit), _("Partnership"), _("Column"), _("What stands there"), _("What to do")]
    for title, fault in faults:
        yield [str(fault.line or ""), *map(make_safe, (title, fault.column, fault.value, fault.reason))]
