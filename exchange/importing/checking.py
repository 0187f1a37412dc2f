"""Comparing a file with the register, some records at a time, and what somebody says about likely duplicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.importing.comparing import Case, compare
from exchange.importing.likeness import mark_alike
from exchange.importing.reach import Refused, in_reach
from exchange.importing.writing import Writing
from exchange.models import Import, StagedRecord
from exchange.models.imports import CHECKED, READ
from partnerships.models import Partnership

COMPARED = ("outcome", "faults", "before", "after", "partnership", "version", "revision", "revision_version")


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
        revision=case.proposed,
        revision_version=case.proposed.version if case.proposed else None,
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
    now = Import.objects.select_for_update().get(pk=batch.pk)
    now.sources = [*now.sources, *sources]
    now.save(update_fields=["sources"])
    before = {staged.position: staged for staged in StagedRecord.objects.filter(batch=batch, position__in=positions)}
    for case in cases:
        staged, fresh = before[case.position], _staged(batch, case, whole=True)
        for name in COMPARED:
            setattr(staged, name, getattr(fresh, name))
        staged.save()
    return list(before.values())
