"""The records of an import as its pages list them: where they stand in the file and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHANGED, CHECKED, NEW
from exchange.presenters.faults import lines_in_words, unit_of
from exchange.presenters.import_alike import Likeness, likely, verdict
from exchange.presenters.import_emptied import emptied, in_words
from exchange.presenters.import_tasks import fetched, lacks_of_draft, lacks_of_record
from exchange.presenters.imports import ALIKE, LIKELY
from partnerships.models.partnership import PUBLISHED
from partnerships.presenters.record_diff import Difference, differences, titles_of
from partnerships.presenters.record_words import STAGES


@dataclass(frozen=True)
class Group:
    """What a new record says under one heading: pairs of a label and the text."""

    part: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordRow:
    """One record. ``differences`` are those of a changed one, ``holds`` is what a new one says.

    ``compared`` says with what the file was compared, ``note`` what becomes or became of it, ``status`` what it is now,
    ``empties`` how many answers it would lose. ``lacks`` is what a draft needs before it can be handed in; None where
    nothing is said of that. ``alike`` are partnerships about which the person is asked, ``verdict`` is what was said
    about them, ``may_part`` whether it can still be said that it is none of them.
    """

    position: int
    title: str
    where: str
    url: str
    note: str
    note_url: str
    status: str
    empties: str
    lacks: tuple[str, ...] | None
    compared: str
    differences: tuple[Difference, ...]
    holds: tuple[Group, ...]
    alike: tuple[Likeness, ...]
    verdict: str
    may_part: bool


def staged(batch: Import, part: str) -> QuerySet[StagedRecord]:
    """The records of a part, in the order of the file."""
    records = StagedRecord.objects.filter(batch=batch).select_related("partnership", "revision", "same_as")
    records = records.filter(LIKELY) if part == ALIKE else records.filter(outcome=part)
    return records.order_by("position")


def record_rows(batch: Import, records: Iterable[StagedRecord], user: User) -> tuple[RecordRow, ...]:
    """The records of one page with their differences, in a handful of queries however many there are.

    ``user``: who reads the page.
    """
    records = list(records)
    titles = {
        **{row["slug"]: row.get("title", "") for row in batch.sources if row.get("slug")},
        **{row["slug"]: row.get("name", "") for row in batch.organisations if row.get("slug")},
        **titles_of(*(record for staged in records for record in (staged.before, staged.after))),
    }
    alike = likely(batch, records) if batch.state == CHECKED else {}
    lacks = _lacks(batch, records, user)
    return tuple(
        _row(batch, record, titles, alike.get(record.position, ()), lacks.get(record.position)) for record in records
    )


def _row(
    batch: Import, record: StagedRecord, titles: Mapping[str, str], alike: tuple[Likeness, ...],
    lacks: tuple[str, ...] | None,
) -> RecordRow:  # fmt: skip
    partnership = record.partnership
    words = {"words": STAGES} if batch.own_only else {}
    changes = differences(record.before, record.after, titles=titles, **words) if record.after else ()
    note, note_url = _note(batch, record)
    return RecordRow(
        position=record.position,
        title=record.title or record.key or _("without a title"),
        where=lines_in_words(record.lines, unit_of(batch.form)),
        url=partnership.get_absolute_url() if partnership else "",
        note=note,
        note_url=note_url,
        status=_status(batch, record),
        empties=_empties(record) if batch.state == CHECKED else "",
        lacks=lacks,
        compared=_("Proposed now") if record.revision_version is not None else _("In the register"),
        differences=changes if record.outcome == CHANGED else (),
        holds=_groups(changes) if record.outcome == NEW else (),
        alike=() if record.same_as else alike,
        verdict=verdict(record) if batch.state == CHECKED else "",
        may_part=not record.distinct,
    )


def _groups(changes: Sequence[Difference]) -> tuple[Group, ...]:
    return tuple(
        Group(part, tuple((one.label, one.after) for change in several for one in _unfolded(change) if one.after))
        for part, several in groupby(changes, attrgetter("part"))
    )


def _unfolded(change: Difference) -> tuple[Difference, ...]:
    return (change, *(change.fold.differences if change.fold else ()))


def _note(batch: Import, record: StagedRecord) -> tuple[str, str]:
    """What becomes or became of a record, and where to see it."""
    if batch.state == CHECKED and record.outcome == CHANGED and record.partnership:
        proposes = batch.own_only and record.partnership.status == PUBLISHED
        return (_("becomes a proposed change") if proposes else ""), ""
    if batch.state == APPLIED and record.revision:
        words = _("proposed change, %(state)s") % {"state": record.revision.get_status_display()}
        return words, reverse("revision", args=[record.revision.uuid])
    return "", ""


def _status(batch: Import, record: StagedRecord) -> str:
    """What became of it until now: once the file is taken over, the status that the record has today."""
    if batch.state != APPLIED or record.revision or not record.partnership:
        return ""
    return _("Now: %(status)s") % {"status": record.partnership.get_status_display()}


def _empties(record: StagedRecord) -> str:
    lost = emptied(record.before, record.after) if record.outcome == CHANGED else 0
    return _("empties %(answers)s") % {"answers": in_words(lost)} if lost else ""


def _lacks(batch: Import, records: Sequence[StagedRecord], user: User) -> dict[int, tuple[str, ...]]:
    """By position what drafts of an officer's file lack: by the record until they are made, then by the draft."""
    new = [record for record in records if record.outcome == NEW] if batch.own_only else []
    if batch.state == CHECKED:
        return {record.position: lacks_of_record(record.after or {}, batch.organisation) for record in new}
    keys = {record.partnership_id: record.position for record in new if record.partnership}
    drafts = fetched(keys, user) if batch.state == APPLIED and keys else []
    return {keys[draft.pk]: lacks_of_draft(draft, user) for draft in drafts}
