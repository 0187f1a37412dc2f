"""One record of a file beside what the register has of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.importing.reach import found, why_not
from exchange.merging import Reader, Row, SourceBook
from exchange.models import Import, StagedRecord, StagedRow
from exchange.models.imports import CHANGED, ERROR, NEW, UNCHANGED
from partnerships.models import Partnership, Revision, Source
from partnerships.models.revision import PENDING
from partnerships.proposals import first_names
from partnerships.record import KEYS, Record, reference, to_record
from partnerships.record.planning import plannable
from partnerships.three_way import ThreeWay, Version

NO_RECORD: Record = {}
# What officers leave to curators: whose claims a position rests on, and the story that is told of a partnership.
CURATED = ("assessments", "case_study")


@dataclass
class Case:
    """One record of the file beside what the register has of it, at ``version``.

    ``before`` and ``after`` are complete records; ``proposed`` is the change of it that waits for a curator already.
    """

    position: int
    key: str
    rows: Sequence[StagedRow]
    partnership: Partnership | None = None
    before: Record | None = None
    after: Record = field(default_factory=dict)
    version: int | None = None
    proposed: Revision | None = None
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


def compare(batch: Import, positions: Sequence[int]) -> tuple[list[Case], list[Record]]:
    """The records at these places of the file with what they ask for, and the sources that they bring along."""
    rows = StagedRow.objects.filter(batch=batch, position__in=positions).order_by("position", "line")
    cases = [
        Case(position, several[0].key, several)
        for position, several in ((place, list(some)) for place, some in groupby(rows, attrgetter("position")))
    ]
    said = _find(batch, cases)
    # An officer's file finds no source that only somebody else's draft leans on.
    among = Source.objects.visible_to(batch.organisation) if batch.own_only else None
    told = [Row(row.line, row.cells) for row in rows] if batch.form != "json" else []
    book = SourceBook.load(told, batch.sources, among=among)
    reader = Reader(batch.columns)
    for case in cases:
        if not case.faults:
            _read(batch, case, reader, book, same=case.position in said)
            _settle(batch, case)
    return cases, book.new


def _find(batch: Import, cases: Sequence[Case]) -> dict[int, int]:
    """Look up what the ids name, and the complete records of it. Returns what was said to be the same, by position."""
    there = found(batch, (case.id for case in cases))
    staged = StagedRecord.objects.filter(batch=batch, position__in=[case.position for case in cases])
    said = dict(staged.filter(same_as__isnull=False).values_list("position", "same_as"))
    for case in cases:
        case.partnership = there.get(case.id)
    keys = [*said.values(), *(case.partnership.pk for case in cases if case.partnership)]
    full = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=keys))} if keys else {}
    pending = pending_changes(keys) if batch.own_only else {}
    taken = _places(batch, cases, keys)
    for case in cases:
        key = said.get(case.position) or (case.partnership.pk if case.partnership else None)
        case.partnership, case.proposed = full.get(key), pending.get(key)
        if case.partnership is None:
            if reason := why_not(batch, case.id, None, None):
                case.refuse(reason, "partnership_id", case.id)
            continue
        case.version, case.before = case.partnership.version, to_record(case.partnership)
        if taken.setdefault(key, case.position) != case.position:
            reason = _("Another row of the file names the same partnership in another way. Use one id for it.")
            case.refuse(reason, "partnership_id", case.id)
    return said


def _places(batch: Import, cases: Sequence[Case], keys: Sequence[int]) -> dict[int | None, int]:
    """Which partnerships stand elsewhere in the file already, under another name: by key, the position."""
    elsewhere = StagedRecord.objects.filter(batch=batch, partnership__in=keys)
    elsewhere = elsewhere.exclude(position__in=[case.position for case in cases])
    return dict(elsewhere.values_list("partnership", "position"))


def pending_changes(keys: Sequence[int]) -> dict[int, Revision]:
    """The changes that are proposed already: a second change goes on from the first."""
    waiting = Revision.objects.filter(partnership__in=keys, status__in=PENDING)
    return {revision.partnership_id: revision for revision in waiting}


# ---- What a record asks for -------------------------------------------------------------------------


def _read(batch: Import, case: Case, reader: Reader, book: SourceBook, *, same: bool) -> None:
    """Work out the record that the file asks for. ``same``: it was said to be one of the register."""
    if batch.form == "json":
        given = {name: value for name, value in case.rows[0].cells.items() if name in KEYS}
        case.after = {**(case.before or NO_RECORD), **given}
        return
    rows = [Row(row.line, row.cells) for row in case.rows]
    if same:
        # Whoever wrote it meant a new record, so a blank is no wish to clear what the register has.
        rows = [Row(row.line, {name: text for name, text in row.cells.items() if text}) for row in rows]
        reader = Reader([name for name in batch.columns if any(name in row.cells for row in rows)])
    merged = reader.merge(rows, case.before, book)
    case.after, case.faults = merged.record, [*case.faults, *merged.faults]


def _settle(batch: Import, case: Case) -> None:
    """See whether the change may be made, and on top of what. A record that asks for no change is always fine."""
    _same_parent(case)
    if case.partnership is None:
        if batch.own_only:
            _leave_to_curators(case)
        return
    if case.faults or case.before == case.after:
        return
    if reason := why_not(batch, case.id, case.partnership, case.proposed):
        case.refuse(reason, "partnership_id", case.id)
        return
    if batch.own_only:
        _leave_to_curators(case)
    if case.before.get("case_study") and not case.after.get("case_study") and case.partnership.case_study.images.all():
        # Files cannot be brought back by an undo.
        case.refuse(_("The case study has pictures. Delete it in the workplace, not by a file."), "case_study")
    if case.proposed is not None:
        _go_on(case, case.proposed)


def _same_parent(case: Case) -> None:
    """Take a parent that is no public one for what the record says of it, whether the file names it or not."""
    parent = case.partnership.part_of if case.partnership else None
    if parent is not None and case.after.get("part_of") == reference(parent, hidden=True):
        case.after["part_of"] = reference(parent)


def _leave_to_curators(case: Case) -> None:
    """Refuse what an officer's file says and only a curator may: a document could bring anybody's signed answers."""
    before = case.before or NO_RECORD
    for part in CURATED:
        if (case.after.get(part) or None) != (before.get(part) or None):
            case.refuse(_("Only curators bring this in. Leave it out of the file."), part)
    adopted = [row for row in case.after.get("statements", []) if row.get("adopted")]
    if any(row not in before.get("statements", []) for row in adopted):
        case.refuse(_("Only curators adopt a statement. Leave “adopted” out of the file."), "statements")


def _go_on(case: Case, proposed: Revision) -> None:
    """Put what the file changes of the public record on top of the change that is proposed already."""
    public = Version.first(case.before)
    asked = Version(case.after, {name: name for name in _names(case.after) if name in public.names})
    names = first_names(proposed.record, proposed.base, proposed.renamed)
    waiting = Version(proposed.record, {name: was for name, was in names.items() if was in public.names})
    ways = ThreeWay(public, asked, waiting)
    case.before, case.after = proposed.record, ways.merged({one.code for one in ways.changes}).record


def _names(record: Mapping[str, Any]) -> list[str]:
    return [phase["name"] for phase in record.get("phases", [])]
