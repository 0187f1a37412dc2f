"""Faults of a file in words: where it is, what stands there, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.formats.notation import make_safe

ROW, RECORD = "row", "record"


def unit_of(form: str) -> str:
    """What the lines of a file are called: records in JSON, otherwise rows."""
    return RECORD if form == "json" else ROW


def line_word(unit: str) -> str:
    """The heading of a column of lines."""
    return _("Record") if unit == RECORD else _("Row")


def lines_in_words(lines: Iterable[int], unit: str) -> str:
    """“Row 3”, “Rows 3–5 and 9”."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    if not texts:
        return ""
    if len(texts) == 1 and runs[0][0] == runs[0][1]:
        pattern = _("Record %(lines)s") if unit == RECORD else _("Row %(lines)s")
    else:
        pattern = _("Records %(lines)s") if unit == RECORD else _("Rows %(lines)s")
    return pattern % {"lines": _listed(texts)}


def _listed(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def sentence(fault: Fault, unit: str) -> str:
    """One fault in one line: where, then what to do. Without a place the reason alone."""
    where = [lines_in_words([fault.line], unit)] if fault.line else []
    if fault.column:
        where.append(_("column “%(column)s”") % {"column": fault.column})
    return f"{', '.join(where)}: {fault.reason}" if where else fault.reason


@dataclass(frozen=True)
class FaultRow:
    """A row of the table of faults; "" where there is nothing to say."""

    line: str
    column: str
    value: str
    reason: str
    title: str = ""


def fault_row(fault: Fault, title: str = "") -> FaultRow:
    """One fault for the table. ``title``: what its record is called."""
    return FaultRow(str(fault.line or ""), fault.column, fault.value, fault.reason, title)


def fault_lines(faults: Iterable[tuple[str, Fault]], unit: str) -> Iterator[list[str]]:
    """The rows of a CSV of faults, header first; texts that a spreadsheet might run get an apostrophe."""
    yield [line_word(unit), _("Partnership"), _("Column"), _("What stands there"), _("What to do")]
    for title, fault in faults:
        yield [str(fault.line or ""), *map(make_safe, (title, fault.column, fault.value, fault.reason))]
