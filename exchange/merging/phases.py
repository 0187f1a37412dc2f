"""What the rows say of the phases: which there are, when, in which order, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from exchange.files.shapes import Row
from exchange.formats.notation import writable
from exchange.merging.codes import fold
from exchange.merging.positions import moved, placed, position_of, put_position
from exchange.merging.sheet import Sheet, Work
from partnerships import dates
from partnerships.index import current_phase
from partnerships.models.phase import INFERRED, UNNAMED
from partnerships.record import Record

BLANK: Record = {
    "name": "", "order": None, "planned": False, "certainty": "", "confidence": "", "reason": "", "rationale": "",
    "starts": "", "ends": "", "design": "", "delivery": "", "possible_cells": [], "professional_design": "",
    "professional_delivery": "", "professional_possible_cells": [],
}  # fmt: skip
# Columns whose values go into the field of the same name, or of this one.
PLAIN = {"phase_starts": "starts", "phase_ends": "ends", "planned": "planned", "certainty": "certainty",
         "confidence": "confidence"}  # fmt: skip
# Columns that say what a position rests on, with their fields. A position that moves rests on that no longer.
RESTING = {"certainty": ("certainty",), "confidence": ("confidence",), "rationale": ("rationale", "reason")}
# A row states something of a phase when one of these is filled in.
STATING = (
    "phase_order", "phase_starts", "phase_ends", "planned", "current", "design", "delivery", "possible_cells", "cell",
    "model", "professional_design", "professional_delivery", "professional_possible_cells", "professional_cell",
    "certainty", "confidence", "rationale",
)  # fmt: skip
Placed = list[tuple[Row, str]]


def _blank() -> Record:
    return {**BLANK, "possible_cells": [], "professional_possible_cells": []}


@dataclass
class When:
    """What tells which phase is the current one."""

    name: str
    order: int
    planned: bool
    starts: date | None


def phase_of_each(sheet: Sheet, work: Work, rows: Sequence[Row], known: Sequence[Record]) -> Placed:
    """The rows, each with the name of the phase that it speaks of; "" speaks of the partnership as a whole.

    Without a column ``phase``, or where all rows leave it empty, they speak of the only phase there is, or of a new one
    where they state any phase column. Rows of which that cannot be told are faults, and left out.
    """
    names = {writable(row["name"]): row["name"] for row in known}
    if "phase" in sheet.columns and (len(rows) > 1 or rows[0].cells.get("phase")):
        told = [row.cells.get("phase", "") for row in rows]
        if any(told):
            return _named(work, rows, told, names)
    return _unnamed(sheet, work, rows, list(names.values()))


def _named(work: Work, rows: Sequence[Row], told: Sequence[str], names: dict[str, str]) -> Placed:
    found = []
    for row, name in zip(rows, told, strict=True):
        if name or not states(row):
            found.append((row, names.get(name, name)))
        else:
            work.fault(row, "phase", _("This row says something of a phase. Write the name of the phase."))
    return found


def _unnamed(sheet: Sheet, work: Work, rows: Sequence[Row], known: Sequence[str]) -> Placed:
    column = "phase" in sheet.columns
    speaking = {id(row) for row in rows if states(row) or (not column and any(map(row.cells.get, sheet.stated)))}
    if len(known) > 1 and (speaking or (sheet.phase and not column)):
        work.fault(
            rows[0], "phase", _("This partnership has several phases. Name one in the column “phase” of each row.")
        )
        return []
    if known and not column:
        return [(row, known[0]) for row in rows]
    name = known[0] if known else UNNAMED
    if not any(map(states, rows)):
        return [(row, "") for row in rows]
    return [(row, name if id(row) in speaking else "") for row in rows]


def states(row: Row) -> bool:
    """Whether the row states anything of a phase."""
    return any(map(row.cells.get, STATING))


# ---- One phase after the other ---------------------------------------------------------------------


def put_phases(sheet: Sheet, work: Work, found: Placed, record: Record) -> set[str]:
    """Put the phases into the record; returns the names of known ones whose position changes."""
    known = {row["name"]: row for row in record["phases"]}
    groups: dict[str, list[Row]] = {}
    for row, name in found:
        if name:
            groups.setdefault(name, []).append(row)
    merged = dict(known)
    for name, rows in groups.items():
        if name not in known:
            _check_name(sheet, work, rows[0], name, known)
        if len(rows) > 1:
            work.agree(sheet, sheet.phase, rows, _("rows of one phase"))
        merged[name] = _phase(sheet, work, rows[0], {**(known[name] if name in known else _blank()), "name": name})
    _put_order(sheet, work, groups, known, merged)
    record["phases"] = sorted(merged.values(), key=lambda row: row["order"])
    if "current" in sheet.columns and groups:
        _check_current(sheet, work, groups, record["phases"])
    return {name for name in groups if name in known and position_of(known[name]) != position_of(merged[name])}


def _check_name(sheet: Sheet, work: Work, row: Row, name: str, known: Iterable[str]) -> None:
    if "phase" in sheet.columns:
        work.read(sheet, row, "phase")
    if not name.strip():
        work.fault(row, "phase", _("The name of this phase is only a space. Write a name, or leave the cell empty."))
    for other in known:
        if fold(other) == fold(name):
            work.fault(
                row, "phase", _("There is a phase “%(name)s”. Write its name in the same way.") % {"name": other}
            )


def _phase(sheet: Sheet, work: Work, row: Row, phase: Record) -> Record:
    before = dict(phase)
    for column, field in PLAIN.items():
        if column in sheet.columns and row.cells.get(column, "") != phase[field]:
            value = work.read(sheet, row, column)
            phase[field] = phase[field] if value is None else value
    put_position(sheet, work, row, phase)
    if moved(before, phase):
        _rest_anew(sheet, phase)
    if not phase["certainty"] and placed(phase):
        phase["certainty"] = "self_reported"
    if "rationale" in sheet.columns:
        _put_rationale(sheet, work, row, phase, before)
    _check_phase(work, row, phase)
    return phase


def _rest_anew(sheet: Sheet, phase: Record) -> None:
    """Empty what the old position rested on, as far as the file has no word of it: it says nothing of the new one."""
    for column, fields in RESTING.items():
        if column not in sheet.columns:
            phase.update(dict.fromkeys(fields, ""))


@lru_cache(4096)
def _day(text: str, *, end: bool) -> date | None:
    return dates.parse(text, end=end)[0]


def _put_rationale(sheet: Sheet, work: Work, row: Row, phase: Record, before: Record) -> None:
    """The column is the reason of an inferred position and the rationale of any other: where that changes, it moves."""
    was_inferred = before["certainty"] == INFERRED
    inferred = phase["certainty"] == INFERRED
    field, other = ("reason", "rationale") if inferred else ("rationale", "reason")
    text = row.cells.get("rationale", "")
    if text != phase[field] and text != writable(phase[field]):
        phase[field] = work.read(sheet, row, "rationale") or ""
    if (inferred != was_inferred or moved(before, phase)) and phase["order"] is not None:
        phase[other] = ""


def _check_phase(work: Work, row: Row, phase: Record) -> None:
    if phase["certainty"] == INFERRED:
        if not phase["confidence"] and not work.faulty(row, "confidence"):
            work.fault(row, "confidence", _("An inferred position has a confidence. Write low, medium or high."))
        if not phase["reason"] and not work.faulty(row, "rationale"):
            work.fault(row, "rationale", _("An inferred position has a reason. Write what it was inferred from."))
    if phase["starts"] and phase["ends"]:
        starts, ends = _day(phase["starts"], end=False), _day(phase["ends"], end=True)
        if starts and ends and ends < starts:
            values = {"starts": phase["starts"], "ends": phase["ends"]}
            reason = _("The phase ends in %(ends)s, before it starts in %(starts)s. Correct one of the two.")
            work.fault(row, "phase_ends", reason % values)


# ---- All of them together --------------------------------------------------------------------------


def _put_order(
    sheet: Sheet, work: Work, groups: dict[str, list[Row]], known: dict[str, Record], merged: dict[str, Record]
) -> None:
    """What the file says, else what was known, else after the others in the order in which they come."""
    if "phase_order" in sheet.columns:
        for name, rows in groups.items():
            order = work.read(sheet, rows[0], "phase_order")
            merged[name]["order"] = known.get(name, BLANK)["order"] if order is None else order
    last = max((row["order"] for row in merged.values() if row["order"] is not None), default=0)
    taken: dict[int, str] = {}
    for name, row in merged.items():
        if row["order"] is None:
            row["order"] = last = last + 1
        if (other := taken.setdefault(row["order"], name)) != name:
            at = next(groups[one][0] for one in (name, other) if one in groups)
            values = {"one": other, "other": name}
            reason = _("“%(one)s” and “%(other)s” have the same place in the order. Give each a number of its own.")
            work.fault(at, "phase_order", reason % values)


def _check_current(sheet: Sheet, work: Work, groups: dict[str, list[Row]], phases: Sequence[Record]) -> None:
    latest: str | None = None
    for place, (name, rows) in enumerate(groups.items()):
        row = rows[0]
        if not row.cells.get("current"):
            continue
        if place == 0 or latest is None:
            latest = _current_name(phases)
        said = work.read(sheet, row, "current")
        if said is not None and said != (name == latest):
            work.fault(row, "current", _wrongly_current(said, name, latest))


def _current_name(phases: Sequence[Record]) -> str:
    """The name of the phase that the index will mark; "" where all are planned."""
    if len(phases) == 1:
        return "" if phases[0]["planned"] else phases[0]["name"]
    found = current_phase(
        [When(row["name"], row["order"], row["planned"], _day(row["starts"], end=False)) for row in phases]
    )
    return found.name if found else ""


def _wrongly_current(said: bool, name: str, latest: str) -> str:
    if not said:
        return _(
            "current says no, but “%(name)s” is the latest phase that is no plan: write yes, or leave it empty."
        ) % {"name": name}
    if latest:
        return _(
            "current says yes, but “%(name)s” is the latest phase that is no plan: write no, or leave it empty."
        ) % {"name": latest}
    return _("current says yes, but every phase is a plan: write no, or leave it empty.")
