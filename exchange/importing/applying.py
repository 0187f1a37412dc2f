"""Taking over what was compared and confirmed: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from exchange.importing.checking import refreshed
from exchange.importing.comparing import Case, pending_changes
from exchange.importing.reach import Refused, in_chunks
from exchange.importing.writing import Writing
from exchange.models import Import, StagedRecord, StagedRow
from exchange.models.imports import CHANGED, CHECKED, ERROR, NEW
from partnerships.models import Partnership, Revision
from partnerships.record.keys import Keys
from partnerships.record.planning import plannable


def apply(batch: Import, *, by: User | None) -> Import:
    """Take over a checked import. Raises ``Refused`` where one of its records has a fault or changed meanwhile.

    Rows are made ready first, which may take a while; the transaction then holds nobody up for long.
    """
    if batch.state != CHECKED:
        raise Refused(_("This import is not waiting to be taken over."))
    if StagedRecord.objects.filter(batch=batch, outcome=ERROR).exists():
        raise Refused(_("Some records have errors, so nothing is taken over. Correct the file and choose it again."))
    with Writing(batch, by=by, keys=Keys()) as writing:
        for some in in_chunks(StagedRecord.objects.filter(batch=batch, outcome__in=(NEW, CHANGED))):
            cases = _cases(batch, some)
            writing.add(cases, ())
            if faulty := [case for case in cases if case.faults]:
                _compare_again(batch, faulty)
        try:
            done = writing.finish(CHECKED)
        except Refused:
            _compare_taken(batch)
            raise
    # What the file said is in the register now, and in the staged records.
    StagedRow.objects.filter(batch=done).delete()
    return done


def _cases(batch: Import, some: Sequence[StagedRecord]) -> list[Case]:
    keys = [staged.partnership_id for staged in some if staged.partnership_id]
    there = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=keys))} if keys else {}
    pending = pending_changes(keys) if batch.own_only else {}
    cases = [_case(staged, there.get(staged.partnership_id), pending.get(staged.partnership_id)) for staged in some]
    overtaken = [
        case for case, staged in zip(cases, some, strict=True)
        if staged.outcome == CHANGED and (case.partnership is None or _moved(case, staged))
    ]  # fmt: skip
    if overtaken:
        _compare_again(batch, overtaken)
    return cases


def _moved(case: Case, staged: StagedRecord) -> bool:
    """Whether the record, or the change of it that waits, is another one than was compared."""
    now = (case.partnership.version, case.proposed.pk if case.proposed else None)
    version = case.proposed.version if case.proposed else None
    return (*now, version) != (staged.version, staged.revision_id, staged.revision_version)


def _case(staged: StagedRecord, partnership: Partnership | None, proposed: Revision | None) -> Case:
    row = StagedRow(line=staged.lines[0] if staged.lines else 0, position=staged.position, cells={})
    return Case(
        staged.position, staged.key or "#", [row], partnership, staged.before, staged.after or {}, staged.version,
        proposed,
    )  # fmt: skip


def _compare_taken(batch: Import) -> None:
    """Compare the new records anew whose address somebody else has by now, so that a preview shows it."""
    new = StagedRecord.objects.filter(batch=batch, outcome=NEW).exclude(key="")
    slugs = Partnership.objects.filter(slug__in=new.values("key")).values("slug")
    if positions := list(new.filter(key__in=slugs).values_list("position", flat=True)):
        refreshed(batch, positions)


def _compare_again(batch: Import, cases: Sequence[Case]) -> None:
    """Compare records anew that the register no longer holds as they were, and have somebody look at them again."""
    titles = ", ".join(str(case.after.get("title", "")) for case in cases[:20])
    refreshed(batch, [case.position for case in cases])
    raise Refused(
        _("Somebody changed these records meanwhile: %(titles)s. Look at what would change now, and confirm again.")
        % {"titles": titles}
    )
