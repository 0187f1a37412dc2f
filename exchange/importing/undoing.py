"""Bringing back what was before an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.importing.reach import Refused, in_chunks
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHANGED, NEW, UNDONE
from partnerships import actions
from partnerships.models import Assessment, DuplicateVerdict, Invitation, Partnership
from partnerships.record import RecordError
from partnerships.record.batch import Batch, Overtaken
from partnerships.record.keys import Keys
from partnerships.record.planning import plan, plannable
from partnerships.record.references import References

CHUNK = 200
NAMES = 20


def undo(batch: Import, *, by: User | None) -> Import:
    """Take back a whole import: new records go, changed ones become what they were, proposals are withdrawn.

    Raises ``Refused``, naming them, where records were edited, handed in, built upon or decided since.
    """
    if batch.state != APPLIED:
        raise Refused(_("This import was not taken over, or was undone already."))
    if edited := _edited_since(batch):
        titles = ", ".join(f"“{title}”" for title in edited[:NAMES])
        sentence = _("These records were changed since, so the import cannot be undone: %(titles)s.")
        raise Refused(sentence % {"titles": titles})
    try:
        return _undo(batch, by)
    except (Overtaken, RecordError) as error:
        raise Refused(_("The import cannot be undone now: %(reason)s") % {"reason": error}) from error


def _edited_since(batch: Import) -> list[str]:
    """The titles of records that are no longer as the import left them."""
    done = StagedRecord.objects.filter(batch=batch, outcome__in=(NEW, CHANGED), revision__isnull=True)
    moved = done.exclude(partnership__version=F("version")).filter(partnership__isnull=False)
    new = done.filter(outcome=NEW).values("partnership")
    answered = Assessment.objects.filter(phase__partnership__in=new).exclude(by_keepers=True, submitted_at=None)
    invited = Invitation.objects.filter(phase__partnership__in=new)
    parts = Partnership.objects.filter(part_of__in=new).exclude(pk__in=new)
    decided = StagedRecord.objects.filter(batch=batch, revision__isnull=False).exclude(revision__status="submitted")
    titles = [
        *moved.values_list("title", flat=True)[:NAMES],
        *answered.values_list("phase__partnership__title", flat=True)[:NAMES],
        *invited.values_list("phase__partnership__title", flat=True)[:NAMES],
        *parts.values_list("part_of__title", flat=True)[:NAMES],
        *decided.values_list("title", flat=True)[:NAMES],
    ]  # fmt: skip
    return list(dict.fromkeys(titles))


def _undo(batch: Import, by: User | None) -> Import:
    with Batch(by=by, reason=_("Import of %(file)s undone") % {"file": batch.file_name}) as rows:
        rows.drop(Partnership, _new(batch))
        for some in _changed(batch):
            _bring_back(rows, some)
        with transaction.atomic():
            now = Import.objects.select_for_update().get(pk=batch.pk)
            if now.state != APPLIED or _edited_since(now):
                raise Refused(_("Somebody changed a record of this import just now. Try again."))
            new = list(_new(batch))
            for start in range(0, len(new), CHUNK):
                some = new[start : start + CHUNK]
                # What is a part of another one that goes too, and imports that remember them.
                Partnership.objects.filter(pk__in=some).update(part_of=None)
                StagedRecord.objects.filter(partnership__in=some).update(partnership=None)
                StagedRecord.objects.filter(same_as__in=some).update(same_as=None)
                DuplicateVerdict.objects.filter(Q(one__in=some) | Q(other__in=some)).delete()
            rows.write()
            for staged in StagedRecord.objects.filter(batch=batch, revision__isnull=False).select_related("revision"):
                actions.take_back_revision(revision=staged.revision, by=by)
            now.state, now.undone_at, now.undone_by = UNDONE, timezone.now(), by
            now.save()
    return now


def _new(batch: Import) -> list[int]:
    added = StagedRecord.objects.filter(batch=batch, outcome=NEW, partnership__isnull=False)
    return list(added.values_list("partnership_id", flat=True))


def _changed(batch: Import) -> Iterator[list[StagedRecord]]:
    changed = StagedRecord.objects.filter(batch=batch, outcome=CHANGED)
    return in_chunks(changed.filter(revision__isnull=True, partnership__isnull=False))


def _bring_back(rows: Batch, some: Sequence[StagedRecord]) -> None:
    there = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=[row.partnership_id for row in some]))}
    references, keys = References([row.before for row in some]), Keys()
    rows.add([plan(row.before, there[row.partnership_id], references, keys) for row in some])
