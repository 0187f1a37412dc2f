"""The records of an import as its pages list them: where they stand in the file and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries

from exchange.faults import Fault
from exchange.importing.reach import in_reach
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHANGED, CHECKED, NEW
from exchange.presenters.faults import FaultRow, fault_row, lines_in_words, unit_of
from exchange.presenters.imports import ALIKE, UNDECIDED
from partnerships.models import Partnership
from partnerships.models.partnership import PUBLISHED
from partnerships.presenters.record_diff import Difference, differences, titles_of

# More faults of one record than these are left to the file of all faults.
FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Likeness:
    """What a record may be the same as, and ``why``.

    ``uuid`` is "" where the person may not change that one; ``url`` is "" for another record of the same file.
    """

    title: str
    where: str
    url: str
    uuid: str
    why: str = ""


@dataclass(frozen=True)
class Group:
    """What a new record says under one heading: pairs of a label and the text."""

    part: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordRow:
    """One record. ``differences`` are those of a changed one, ``holds`` is what a new one says.

    ``note`` says what becomes or became of it. ``alike`` are partnerships about which the person is asked, ``verdict``
    is what was said about them, ``may_part`` whether it can still be said that it is none of them.
    """

    position: int
    title: str
    where: str
    url: str
    note: str
    note_url: str
    differences: tuple[Difference, ...]
    holds: tuple[Group, ...]
    alike: tuple[Likeness, ...]
    verdict: str
    may_part: bool


def staged(batch: Import, part: str) -> QuerySet[StagedRecord]:
    """The records of a part, in the order of the file."""
    records = StagedRecord.objects.filter(batch=batch).select_related("partnership", "revision", "same_as")
    records = records.filter(UNDECIDED) if part == ALIKE else records.filter(outcome=part)
    return records.order_by("position")


def record_rows(batch: Import, records: Iterable[StagedRecord]) -> tuple[RecordRow, ...]:
    """The records of one page with their differences, in a handful of queries however many there are."""
    records = list(records)
    titles = {
        **{row["slug"]: row.get("title", "") for row in batch.sources if row.get("slug")},
        **{row["slug"]: row.get("name", "") for row in batch.organisations if row.get("slug")},
        **titles_of(*(record for staged in records for record in (staged.before, staged.after))),
    }
    likely = _likely(batch, records) if batch.state == CHECKED else {}
    return tuple(_row(batch, record, titles, likely) for record in records)


def _row(
    batch: Import, record: StagedRecord, titles: Mapping[str, str], likely: Mapping[int, Likeness]
) -> RecordRow:  # fmt: skip
    partnership = record.partnership
    changes = differences(record.before, record.after, titles=titles) if record.after else ()
    note, note_url = _note(batch, record)
    return RecordRow(
        position=record.position,
        title=record.title or record.key or _("without a title"),
        where=lines_in_words(record.lines, unit_of(batch.form)),
        url=partnership.get_absolute_url() if partnership else "",
        note=note,
        note_url=note_url,
        differences=changes if record.outcome == CHANGED else (),
        holds=_groups(changes) if record.outcome == NEW else (),
        alike=() if record.same_as else _alike(record, likely),
        verdict=_verdict(record) if batch.state == CHECKED else "",
        may_part=not record.distinct,
    )


def _groups(changes: Sequence[Difference]) -> tuple[Group, ...]:
    return tuple(
        Group(part, tuple((change.label, change.after) for change in several if change.after))
        for part, several in groupby(changes, attrgetter("part"))
    )


def _note(batch: Import, record: StagedRecord) -> tuple[str, str]:
    """What becomes or became of a record, and where to see it."""
    if batch.state == CHECKED and record.outcome == CHANGED and record.partnership:
        proposes = batch.own_only and record.partnership.status == PUBLISHED
        return (_("becomes a proposed change") if proposes else ""), ""
    if batch.state == APPLIED and record.revision:
        words = _("proposed change, %(state)s") % {"state": record.revision.get_status_display()}
        return words, reverse("revision", args=[record.revision.uuid])
    if batch.state == APPLIED and record.outcome == NEW and record.partnership:
        return (_("published") if record.partnership.is_published else _("draft")), ""
    return "", ""


# ---- Likely duplicates -------------------------------------------------------------------------------


def _alike(record: StagedRecord, likely: Mapping[int, Likeness]) -> tuple[Likeness, ...]:
    """What stands in the register and may be shown, and what comes twice in the file."""
    return tuple(
        replace(likely[key], why=entry["why"]) if key else Likeness(entry["title"], "", "", "", entry["why"])
        for entry in record.alike
        if (key := entry["id"]) is None or key in likely
    )


def _verdict(record: StagedRecord) -> str:
    if record.same_as:
        return _("You said that it is the same as “%(title)s”.") % {"title": record.same_as.title}
    return _("You said that it is another partnership.") if record.distinct and record.alike else ""


def _likely(batch: Import, records: Sequence[StagedRecord]) -> dict[int, Likeness]:
    """The partnerships that the records of a page may be the same as, as far as the person may know of them."""
    keys = {entry["id"] for record in records for entry in record.alike if entry["id"]}
    if not keys:
        return {}
    own = set(in_reach(batch).filter(pk__in=keys).values_list("pk", flat=True))
    known = Partnership.objects.filter(Q(pk__in=own) | Q(status=PUBLISHED, pk__in=keys), revises__isnull=True)
    return {row.pk: _likeness(row, own) for row in known}


def _likeness(row: Partnership, own: set[int]) -> Likeness:
    names = [countries.name(code) or code for code in row.countries]
    where = ", ".join(filter(None, (row.place, *names)))
    return Likeness(row.title, where, row.get_absolute_url(), str(row.uuid) if row.pk in own else "")


def same_as(batch: Import, record: StagedRecord, uuid: object) -> Partnership | None:
    """The partnership with this UUID, if it is one that the record was said to look like and the import reaches it."""
    keys = [entry["id"] for entry in record.alike if entry["id"]]
    return in_reach(batch).filter(pk__in=keys, uuid=uuid).first()


# ---- Faults ------------------------------------------------------------------------------------------


def fault_rows(records: Iterable[StagedRecord]) -> tuple[FaultRow, ...]:
    """The faults of the records of one page, at most some of each."""
    return tuple(
        fault_row(Fault.from_list(kept), record.title or record.key)
        for record in records
        for kept in record.faults[:FAULTS_SHOWN]
    )


def more_faults(records: Iterable[StagedRecord]) -> bool:
    """Whether some of these records have more faults than are shown."""
    return any(len(record.faults) > FAULTS_SHOWN for record in records)


def all_faults(batch: Import) -> Iterable[tuple[str, Fault]]:
    """Every fault of an import with the title of its record, read little by little."""
    records = StagedRecord.objects.filter(batch=batch).exclude(faults=[]).order_by("position")
    for title, key, faults in records.values_list("title", "key", "faults").iterator(chunk_size=500):
        for kept in faults:
            yield title or key, Fault.from_list(kept)
