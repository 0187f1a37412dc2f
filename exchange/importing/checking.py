"""Comparing what a file says with what the register holds, some records at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.faults import Fault
from exchange.importing.likeness import mark_alike
from exchange.importing.reach import Refused, found, in_reach, why_not
from exchange.importing.writing import Writing
from exchange.merging import Reader, Row, SourceBook
from exchange.models import Import, StagedRecord, StagedRow
from exchange.models.imports import CHANGED, CHECKED, ERROR, NEW, READ, UNCHANGED
from partnerships.models import Partnership, Revision
from partnerships.models.revision import PENDING
from partnerships.record import KEYS, Record, reference, to_record
from partnerships.record.planning import plannable

NO_RECORD: Record = {}


@dataclass
class Case:
    """One record of the file beside what the register has of it, at ``version``.

    ``before`` and ``after`` are complete records.
    """

    position: int
    key: str
    rows: Sequence[StagedRow]
    partnership: Partnership | None = None
    before: Record | None = None
    after: Record = field(default_factory=dict)
    version: int | None = None
    faults: list[Fault] = field(default_factory=list)
    alike: list[dict[str, Any]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The first line of it in the file."""
        return self.rows[0].line

    @property
    def id(self) -> str:
        """The id that the file gives it, or ""."""
        return "" if self.key[:1] in "#=" else self.key

    @property
    def outcome(self) -> str:
        """What would become of it."""
        if self.faults:
            return ERROR
        if self.partnership is None:
            return NEW
        return UNCHANGED if self.before == self.after else CHANGED

    def refuse(self, reason: str, column: str = "", value: str = "") -> None:
        """Note a fault of the record as a whole, at its first line."""
        self.faults.append(Fault(self.line, column, value, reason))


def check(batch: Import, at_most: int = 100) -> Import:
    """Compare the next records with the register. Once all are compared the import waits for somebody's word.

    Two calls at once do no harm: what one of them compared is kept once. Raises ``Refused`` where the file was not
    read to its end.
    """
    if batch.state != READ:
        return batch
    if not batch.records:
        raise Refused(_("The file was not read to its end. Throw this import away and choose the file again."))
    first = batch.checked
    cases, sources = compare(batch, range(first, min(first + at_most, batch.records)))
    with Writing.dry(batch) as writing:
        writing.add(cases, sources)
    mark_alike(batch, cases)
    with transaction.atomic():
        now = Import.objects.select_for_update().get(pk=batch.pk)
        if now.state == READ and now.checked == first:
            keep(now, cases)
            now.sources = [*now.sources, *sources]
            now.checked = first + len(cases)
            now.state = CHECKED if now.checked == now.records else READ
            now.save()
    return now


def compare(batch: Import, positions: Sequence[int]) -> tuple[list[Case], list[Record]]:
    """The records at these places of the file with what they ask for, and the sources that they bring along."""
    rows = StagedRow.objects.filter(batch=batch, position__in=positions).order_by("position", "line")
    cases = [
        Case(position, several[0].key, several)
        for position, several in ((place, list(some)) for place, some in groupby(rows, attrgetter("position")))
    ]
    _find(batch, cases)
    book = SourceBook.load([Row(row.line, row.cells) for row in rows] if batch.form != "json" else [], batch.sources)
    reader = Reader(batch.columns) if batch.form != "json" else None
    for case in cases:
        if case.faults:
            continue
        if reader is None:
            given = {name: value for name, value in case.rows[0].cells.items() if name in KEYS}
            case.after = {**(case.before or NO_RECORD), **given}
        else:
            merged = reader.merge([Row(row.line, row.cells) for row in case.rows], case.before, book)
            case.after, case.faults = merged.record, [*case.faults, *merged.faults]
        _same_parent(case)
    return cases, book.new


def _same_parent(case: Case) -> None:
    """Take a parent that is no public one for what the record says of it, whether the file names it or not."""
    parent = case.partnership.part_of if case.partnership else None
    if parent is not None and case.after.get("part_of") == reference(parent, hidden=True):
        case.after["part_of"] = reference(parent)


def _find(batch: Import, cases: Sequence[Case]) -> None:
    """Look up what the ids name, and the complete records of it as they stand."""
    there = found(batch, (case.id for case in cases))
    said = dict(
        StagedRecord.objects.filter(batch=batch, position__in=[case.position for case in cases], same_as__isnull=False)
        .values_list("position", "same_as")
    )  # fmt: skip
    for case in cases:
        case.partnership = there.get(case.id)
    keys = [*said.values(), *(case.partnership.pk for case in cases if case.partnership)]
    full = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=keys))} if keys else {}
    pending = _pending(keys) if batch.own_only else {}
    for case in cases:
        key = said.get(case.position) or (case.partnership.pk if case.partnership else None)
        case.partnership = full.get(key)
        case.version = case.partnership.version if case.partnership else None
        proposed = pending.get(key)
        if reason := why_not(batch, case.id, case.partnership, proposed):
            case.refuse(reason, "partnership_id", case.id)
        elif case.partnership is not None:
            case.before = proposed.record if proposed else to_record(case.partnership)


def _pending(keys: Sequence[int]) -> dict[int, Revision]:
    """The changes that are proposed already: a second change goes on from the first."""
    waiting = Revision.objects.filter(partnership__in=keys, status__in=PENDING)
    return {revision.partnership_id: revision for revision in waiting}


def keep(batch: Import, cases: Sequence[Case], *, whole: bool = True) -> None:
    """Keep the outcome of some records; ``whole``: with what they should become, for the preview and for later."""
    StagedRecord.objects.bulk_create([_staged(batch, case, whole=whole) for case in cases])


def _staged(batch: Import, case: Case, *, whole: bool) -> StagedRecord:
    return StagedRecord(
        batch=batch,
        position=case.position,
        lines=[row.line for row in case.rows[:50]],
        key=case.id,
        title=str(case.after.get("title") or case.rows[0].cells.get("title", ""))[:400],
        outcome=case.outcome,
        faults=[fault.as_list() for fault in case.faults],
        before=case.before,
        after=case.after if whole and not case.faults else None,
        partnership=case.partnership,
        version=case.version,
        alike=case.alike,
    )


# ---- Likely duplicates -------------------------------------------------------------------------------------------


def say_same(batch: Import, position: int, partnership: Partnership, *, by: User | None) -> StagedRecord:
    """Take a record of the file for one that is in the register already: it changes that one and adds none.

    Raises ``Refused`` for one that is out of reach, or that another record of the file stands for.
    """
    if not in_reach(batch).filter(pk=partnership.pk).exists():
        raise Refused(_("Only a partnership that you may change can be the same."))
    others = StagedRecord.objects.filter(batch=batch, partnership=partnership).exclude(position=position)
    if other := others.first():
        text = _("“%(other)s” in this file stands for “%(title)s” already, and only one record can.")
        raise Refused(text % {"other": other.title, "title": partnership.title})
    return _say(batch, position, {"same_as": partnership, "distinct": False})


def say_distinct(batch: Import, position: int, *, by: User | None) -> StagedRecord:
    """Take a record of the file for a new one, whatever it looks like."""
    return _say(batch, position, {"same_as": None, "distinct": True})


@transaction.atomic
def _say(batch: Import, position: int, word: Mapping[str, Any]) -> StagedRecord:
    batch = Import.objects.select_for_update().get(pk=batch.pk)
    if batch.state != CHECKED:
        raise Refused(_("This import is not waiting for an answer."))
    StagedRecord.objects.filter(batch=batch, position=position).update(**word)
    [staged] = refreshed(batch, [position])
    return staged


@transaction.atomic
def refreshed(batch: Import, positions: Sequence[int]) -> list[StagedRecord]:
    """Compare some records of a checked import once more."""
    cases, sources = compare(batch, positions)
    with Writing.dry(batch) as writing:
        writing.add(cases, sources)
    before = {staged.position: staged for staged in StagedRecord.objects.filter(batch=batch, position__in=positions)}
    for case in cases:
        staged, fresh = before[case.position], _staged(batch, case, whole=True)
        for name in ("outcome", "faults", "before", "after", "partnership", "version"):
            setattr(staged, name, getattr(fresh, name))
        staged.save()
    return list(before.values())
