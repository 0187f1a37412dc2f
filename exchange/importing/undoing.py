"""Bringing back what was before an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.importing.reach import Refused, in_chunks
from exchange.models import Import, Release, StagedRecord
from exchange.models.imports import APPLIED, CHANGED, NEW, UNDONE
from partnerships import actions
from partnerships.models import Assessment, Invitation, Partnership, Revision, Source
from partnerships.models.revision import SUBMITTED as HANDED_IN
from partnerships.record import RecordError
from partnerships.record.batch import Batch, ChangedSince
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
    if batch.publish and Release.objects.filter(made_at__gt=batch.applied_at).exists():
        raise Refused(
            _("A release was made since, so what this import published stays. Withdraw single records instead.")
        )
    if edited := edited_since(batch):
        titles = ", ".join(f"“{title}”" for title in edited[:NAMES])
        sentence = _("These records were changed since, so the import cannot be undone: %(titles)s.")
        raise Refused(sentence % {"titles": titles})
    try:
        return _undo(batch, by)
    except actions.NotAllowed as error:
        raise Refused(error.messages) from error
    except (ChangedSince, RecordError, IntegrityError) as error:
        raise Refused(_("The import cannot be undone now: %(reason)s") % {"reason": error}) from error


def edited_since(batch: Import) -> list[str]:
    """The titles of records that are no longer as the import left them."""
    done = StagedRecord.objects.filter(batch=batch, outcome__in=(NEW, CHANGED))
    direct = done.filter(revision__isnull=True, partnership__isnull=False)
    touched, new = direct.values("partnership"), direct.filter(outcome=NEW).values("partnership")
    given = Assessment.objects.filter(phase__partnership__in=touched, created_at__gt=batch.applied_at)
    # The answers that came with a draft have no version; they say what its phases say until somebody changes them.
    answered = Assessment.objects.filter(phase__partnership__in=new, submitted_at=None).exclude(
        method="direct",
        design=F("phase__design"),
        delivery=F("phase__delivery"),
        reason=F("phase__rationale"),
        comment="",
    )
    invited = Invitation.objects.filter(phase__partnership__in=touched, created_at__gt=batch.applied_at)
    parts = Partnership.objects.filter(part_of__in=new).exclude(pk__in=new)
    proposed = Revision.objects.filter(partnership__in=new)
    decided = done.filter(revision__isnull=False).exclude(revision__status=HANDED_IN, revision__version=F("version"))
    titles = [
        *direct.exclude(partnership__version=F("version")).values_list("title", flat=True)[:NAMES],
        *given.values_list("phase__partnership__title", flat=True)[:NAMES],
        *answered.values_list("phase__partnership__title", flat=True)[:NAMES],
        *invited.values_list("phase__partnership__title", flat=True)[:NAMES],
        *parts.values_list("part_of__title", flat=True)[:NAMES],
        *proposed.values_list("partnership__title", flat=True)[:NAMES],
        *decided.values_list("title", flat=True)[:NAMES],
    ]  # fmt: skip
    return list(dict.fromkeys(titles))


def _undo(batch: Import, by: User | None) -> Import:
    new = _new(batch)
    with Batch(by=by, reason=_undone(batch)) as rows:
        rows.drop(Partnership, new)
        for some in _changed(batch):
            _bring_back(rows, some, by)
        with transaction.atomic():
            now = Import.objects.select_for_update().get(pk=batch.pk)
            if now.state != APPLIED or edited_since(now):
                raise Refused(_("Somebody changed a record of this import just now. Try again."))
            for start in range(0, len(new), CHUNK):
                some = new[start : start + CHUNK]
                # What is a part of another one that goes too, and imports that remember them.
                Partnership.objects.filter(pk__in=some).update(part_of=None)
                StagedRecord.objects.filter(partnership__in=some).update(partnership=None)
                StagedRecord.objects.filter(same_as__in=some).update(same_as=None)
            rows.write()
            _take_back_proposals(batch, by)
            _forget_sources(batch, now, by)
            now.state, now.undone_at, now.undone_by = UNDONE, timezone.now(), by
            now.save()
    return now


def _undone(batch: Import) -> str:
    return _("Import of %(file)s undone") % {"file": batch.file_name}


def _take_back_proposals(batch: Import, by: User | None) -> None:
    """Withdraw the changes that the import proposed; one that it went on from says again what it said before."""
    for staged in StagedRecord.objects.filter(batch=batch, revision__isnull=False).select_related("revision"):
        if staged.revision_version is None:
            actions.take_back_revision(revision=staged.revision, by=by)
        else:
            actions.propose_again(revision=staged.revision, version=staged.version, record=staged.before, by=by)


def _forget_sources(batch: Import, now: Import, by: User | None) -> None:
    """Delete the sources that came with the file and that nothing uses now: alone they would be shown to everybody."""
    slugs = [record["slug"] for record in now.sources]
    with Batch(by=by, reason=_undone(batch)) as rows:
        for start in range(0, len(slugs), CHUNK):
            mine = Source.objects.unused().filter(slug__in=slugs[start : start + CHUNK])
            lines = Source.history.filter(history_type="+", history_date__gte=batch.created_at)
            rows.drop(Source, mine.filter(pk__in=lines.values("id")).values_list("pk", flat=True))
        rows.write()


def _new(batch: Import) -> list[int]:
    added = StagedRecord.objects.filter(batch=batch, outcome=NEW, partnership__isnull=False)
    return list(added.values_list("partnership_id", flat=True))


def _changed(batch: Import) -> Iterator[list[StagedRecord]]:
    changed = StagedRecord.objects.filter(batch=batch, outcome=CHANGED)
    return in_chunks(changed.filter(revision__isnull=True, partnership__isnull=False))


def _bring_back(rows: Batch, some: Sequence[StagedRecord], by: User | None) -> None:
    there = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=[row.partnership_id for row in some]))}
    references, keys = References([row.before for row in some]), Keys()
    rows.add([plan(row.before, there[row.partnership_id], references, keys, by=by) for row in some])
