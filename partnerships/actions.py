"""Writes that touch several tables: keyword-only, atomic, always in somebody's name.

Logging a partnership, handing it in, publishing it, sending it back, adopting a claim. Permission is the caller's to
check for a page; what may happen to a record in which status is checked here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.index import reindex
from partnerships.models import Assessment, Partner, Partnership, Phase, Statement
from partnerships.models.partnership import CHANGES_REQUESTED, PUBLISHED, SUBMITTED, WITHDRAWN
from partnerships.positions import of_assessment, of_statement
from taxonomy import codebook

CLAIM_FIELDS = ("perspective", "design", "delivery", "reason")


class NotAllowed(ValidationError):
    """The record's status, or a rule of the register, forbids the act. The message says what to do instead."""


class StaleVersion(NotAllowed):
    """Somebody else saved the record since it was opened."""


def locked(partnership: Partnership) -> Partnership:
    """Read the row again and hold it until the transaction ends, so that two people cannot pass each other."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


@transaction.atomic
def save_draft(
    *, by: User, partnership: Partnership | None, version: int | None, fields: Mapping[str, Any],
    partners: Sequence[Mapping[str, Any]], phase: Mapping[str, Any], claim: Mapping[str, str],
) -> Partnership:  # fmt: skip
    """Log a partnership, or save a draft again, with its partners, one phase and the officer's direct assessment.

    ``version`` is the one the form was opened with. Raises ``StaleVersion`` when somebody saved since, and ``NotAllowed``
    when the record has been handed in or published.
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
    draft.save()
    _save_partners(draft, partners)
    _save_claim(_save_phase(draft, phase), claim, by)
    reindex(draft)
    return draft


def _save_partners(draft: Partnership, partners: Sequence[Mapping[str, Any]]) -> None:
    """Officers list partners by kind and name; what a curator added to a partner of that name (roles) stays."""
    wanted = {(row["kind"], row["name"]): row for row in partners}
    for partner in draft.partners.all():
        if wanted.pop((partner.kind, partner.name), None) is None:
            partner.delete()
    for row in wanted.values():
        Partner.objects.create(partnership=draft, **row)


def _save_phase(draft: Partnership, values: Mapping[str, Any]) -> Phase:
    phase = draft.phases.order_by("order").first() or Phase(partnership=draft)
    if phase.pk is None or any(getattr(phase, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(phase, name, value)
        phase.save()
    return phase


def _save_claim(phase: Phase, claim: Mapping[str, str], by: User) -> None:
    """Keep the officer's open assessment. A submitted one never changes: a correction opens a new one."""
    latest = phase.assessments.order_by("-pk").first()
    if latest and latest.submitted_at and all(getattr(latest, name) == claim[name] for name in CLAIM_FIELDS):
        return
    if latest is None or latest.submitted_at:
        latest = Assessment(phase=phase, method="direct")
    latest.assessor = by
    latest.codebook = codebook.CURRENT.version
    for name in CLAIM_FIELDS:
        setattr(latest, name, claim[name])
    latest.save()


@transaction.atomic
def submit(*, partnership: Partnership, by: User) -> Partnership:
    """Hand a draft in: its open assessments are signed and fixed, and it waits in the curators' queue."""
    draft = locked(partnership)
    if not draft.is_open:
        raise NotAllowed(_("This partnership has been handed in already."))
    now = timezone.now()
    for assessment in Assessment.objects.filter(phase__partnership=draft, submitted_at__isnull=True):
        assessment.submitted_at = now
        assessment.full_clean()
        assessment.save()
    draft.status, draft.submitted_at, draft.curator_note = SUBMITTED, now, ""
    draft.version += 1
    draft.last_confirmed = timezone.localdate()
    draft.save()
    return draft


@transaction.atomic
def request_changes(*, partnership: Partnership, by: User, note: str) -> Partnership:
    """Send a record back to its organisation with a reason that the officer sees."""
    record = locked(partnership)
    if record.status != SUBMITTED:
        raise NotAllowed(_("Only a partnership that was handed in can be sent back."))
    if not note.strip():
        raise NotAllowed(_("Say what should be changed."))
    record.status, record.curator_note = CHANGES_REQUESTED, note.strip()
    record.version += 1
    record.save()
    return record


@transaction.atomic
def publish(*, partnership: Partnership, by: User | None) -> Partnership:
    """Show a record to the public. It needs a phase; its address is given now and kept from then on."""
    record = locked(partnership)
    if not record.phases.exists():
        raise NotAllowed(_("A published partnership has at least one phase. Add one first."))
    record.slug = record.slug or free_slug(record.title)
    record.published_at = record.published_at or timezone.now()
    record.status, record.curator_note = PUBLISHED, ""
    record.version += 1
    record.save()
    reindex(record)
    return record


@transaction.atomic
def withdraw(*, partnership: Partnership, by: User, note: str) -> Partnership:
    """Take a record out of public sight. Its address stays its own."""
    record = locked(partnership)
    record.status, record.curator_note = WITHDRAWN, note.strip()
    record.version += 1
    record.save()
    return record


def free_slug(title: str) -> str:
    """An address for this title that nobody has yet."""
    base = slugify(title)[:100].strip("-") or "partnership"
    slug, number = base, 1
    while Partnership.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def adopt(*, phase: Phase, claim: Assessment | Statement, by: User | None, rationale: str = "") -> Phase:
    """Make a claim the position of its phase, in a curator's name (``by`` None: the library's).

    Other claims stay as they are and remain visible. Raises ``NotAllowed`` for a claim about something else, a movement
    (it has no phase), an inherited statement (that is an inference), and an assessment nobody has submitted.
    """
    _check_adoptable(phase, claim)
    position = of_assessment(claim) if isinstance(claim, Assessment) else of_statement(claim)
    position.put_on(phase)
    phase.adopted_assessment = claim if isinstance(claim, Assessment) else None
    phase.adopted_statement = claim if isinstance(claim, Statement) else None
    phase.adopted_by, phase.adopted_at = by, timezone.now()
    phase.rationale = rationale.strip() or phase.rationale
    phase.full_clean()
    phase.save()
    reindex(phase.partnership)
    return phase


def _check_adoptable(phase: Phase, claim: Assessment | Statement) -> None:
    if isinstance(claim, Assessment):
        if claim.phase_id != phase.pk:
            raise NotAllowed(_("This assessment is about another phase."))
        if claim.submitted_at is None:
            raise NotAllowed(_("This assessment has not been handed in."))
        return
    if claim.partnership_id != phase.partnership_id or claim.phase_id not in (None, phase.pk):
        raise NotAllowed(_("This statement is about something else."))
    if claim.kind in ("movement", "inherited"):
        raise NotAllowed(_("A movement or an inherited statement gives no position of its own."))


def next_order(partnership: Partnership) -> int:
    """The place after the last phase."""
    return (partnership.phases.aggregate(last=Max("order"))["last"] or 0) + 1
