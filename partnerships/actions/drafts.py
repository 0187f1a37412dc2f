"""Logging a partnership: saving a draft, taking it away, handing it in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.assessments import sign
from partnerships.actions.base import NotAllowed, StaleVersion, locked, save
from partnerships.actions.phases import refuse_overlap
from partnerships.assessors import Assessor, fingerprint
from partnerships.completeness import missing_of, phases_missing
from partnerships.images import forget_files
from partnerships.index import reindex
from partnerships.models import Assessment, CaseImage, Invitation, Partner, Partnership, Phase
from partnerships.models.partnership import DRAFT, SUBMITTED


@transaction.atomic
def save_draft(
    *, by: User, partnership: Partnership | None, version: int | None, fields: Mapping[str, Any],
    partners: Sequence[Mapping[str, Any]], phase: Mapping[str, Any],
) -> Partnership:  # fmt: skip
    """Log a partnership, or save a draft again, with its partners and its first phase.

    ``version`` is the one the form was opened with. Raises ``StaleVersion`` when somebody saved since, ``Overlap`` when
    the phase would overlap another one, and ``NotAllowed`` when the record has been handed in or published.
    """
    if partnership is None:
        draft = Partnership(created_by=by, organisation=by.organisation)
    else:
        draft = locked(partnership)
        if not draft.is_open:
            raise NotAllowed(_("This partnership has been handed in, so only a curator can change it now."))
        if version != draft.version:
            raise StaleVersion(_("Somebody else saved this draft while you were working on it."))
        draft.version += 1
    for name, value in fields.items():
        setattr(draft, name, value)
    save(draft, by)
    _save_partners(draft, partners, by)
    _save_first_phase(draft, phase, by)
    reindex(draft)
    return draft


def _save_partners(draft: Partnership, partners: Sequence[Mapping[str, Any]], by: User) -> None:
    """Make the partners those of the list, by kind and name; what a row does not speak of stays as it is."""
    wanted = {(row["kind"], row["name"]): row for row in partners}
    for partner in draft.partners.all():
        row = wanted.pop((partner.kind, partner.name), None)
        if row is None:
            partner._history_user = by
            partner.delete()
        elif any(getattr(partner, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(partner, name, value)
            save(partner, by)
    for row in wanted.values():
        save(Partner(partnership=draft, **row), by)


def _save_first_phase(draft: Partnership, values: Mapping[str, Any], by: User) -> None:
    phase = draft.phases.order_by("order").first() or Phase(partnership=draft)
    if phase.pk is None or any(getattr(phase, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(phase, name, value)
        refuse_overlap(draft, phase)
        save(phase, by)


@transaction.atomic
def delete_draft(*, partnership: Partnership, by: User) -> None:
    """Take away a draft that no curator has ever seen. Raises ``NotAllowed`` for anything else."""
    draft = locked(partnership)
    if draft.revises_id is not None:
        raise NotAllowed(_("These are changes of a published partnership: take the changes back instead."))
    if draft.status != DRAFT or draft.submitted_at:
        raise NotAllowed(_("Only a draft that was never handed in can be deleted."))
    if draft.parts.exists():
        raise NotAllowed(_("Another partnership is recorded as a part of this one, so it cannot be deleted."))
    if Assessment.objects.submitted().filter(phase__partnership=draft).exists():
        raise NotAllowed(_("Somebody whom you invited has sent their answers, so it cannot be deleted."))
    if Invitation.objects.filter(phase__partnership=draft, assessment__isnull=False).exists():
        raise NotAllowed(_("Somebody whom you invited has begun to answer. Withdraw the invitation first."))
    draft._history_user = by
    forget_files(CaseImage.objects.filter(case_study__partnership=draft))
    draft.delete()


def seen_of(draft: Partnership) -> str:
    """A fingerprint of a draft and its answers as they stand; the page that shows them carries it to ``submit``."""
    prefetch_related_objects([draft], "partners", "phases__assessments")
    phases = sorted(draft.phases.all(), key=lambda phase: phase.order)
    return fingerprint([draft.version, [[phase.pk, Assessor(phase).everything()] for phase in phases]])


@transaction.atomic
def submit(*, partnership: Partnership, by: User, seen: str | None = None) -> Partnership:
    """Hand a draft in: its keepers' assessments are signed and fixed, and it waits in the curators' queue.

    ``seen`` is the fingerprint of what the person has checked; with it, ``StaleVersion`` is raised when somebody saved
    since. Raises ``NotAllowed`` where an actual phase lacks an answer: "not known" is one, silence is none.
    """
    draft = locked(partnership)
    if draft.revises_id is not None:
        raise NotAllowed(_("These are changes of a published partnership: check and hand in the changes instead."))
    if not draft.is_open:
        raise NotAllowed(_("This partnership has been handed in already."))
    if seen not in (None, seen_of(draft)):
        raise StaleVersion(_("Somebody else saved this draft while you were checking it."))
    if not draft.phases.exists():
        raise NotAllowed(_("Say first when it took place: it has no stage yet."))
    if any(phases_missing(draft).values()):
        raise NotAllowed(_("Answer what is still missing first. “Don’t know” is an answer too."))
    for phase in draft.phases.order_by("order"):
        sign_for_keepers(Assessor(phase, user=by))
    draft.status, draft.submitted_at, draft.curator_note = SUBMITTED, timezone.now(), ""
    draft.version += 1
    draft.last_confirmed = timezone.localdate()
    save(draft, by, _("Handed in"))
    return draft


def sign_for_keepers(assessor: Assessor) -> None:
    """Sign what stands for a phase, unless it was signed before and says the same. A planned phase may have nothing."""
    present, signed = assessor.present(), assessor.last_signed()
    unchanged = present.pk is None and signed and assessor.says_the_same(present, signed)
    if not (unchanged or missing_of(present, assessor.kinds)):
        sign(assessor, present)
