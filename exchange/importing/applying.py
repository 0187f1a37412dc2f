"""Taking over what was compared and confirmed: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from exchange.importing.checking import Case, refreshed
from exchange.importing.reach import Refused, in_chunks
from exchange.importing.writing import Writing
from exchange.models import Import, StagedRecord, StagedRow
from exchange.models.imports import CHANGED, CHECKED, ERROR, NEW
from partnerships.models import Partnership
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
        return writing.finish(CHECKED)


def _cases(batch: Import, some: Sequence[StagedRecord]) -> list[Case]:
    keys = [staged.partnership_id for staged in some if staged.partnership_id]
    there = {row.pk: row for row in plannable(Partnership.objects.filter(pk__in=keys))} if keys else {}
    cases = [_case(staged, there.get(staged.partnership_id)) for staged in some]
    overtaken = [
        case for case, staged in zip(cases, some, strict=True)
        if staged.outcome == CHANGED and (case.partnership is None or case.partnership.version != staged.version)
    ]  # fmt: skip
    if overtaken:
        _compare_again(batch, overtaken)
    return cases


def _case(staged: StagedRecord, partnership: Partnership | None) -> Case:
    row = StagedRow(line=staged.lines[0] if staged.lines else 0, position=staged.position, cells={})
    return Case(staged.position, staged.key or "#", [row], partnership, staged.before, staged.after or {})


def _compare_again(batch: Import, cases: Sequence[Case]) -> None:
    """Compare records anew that the register no longer holds as they were, and have somebody look at them again."""
    titles = ", ".join(str(case.after.get("title", "")) for case in cases[:20])
    refreshed(batch, [case.position for case in cases])
    raise Refused(
        _("Somebody changed these records meanwhile: %(titles)s. Look at what would change now, and confirm again.")
        % {"titles": titles}
    )
