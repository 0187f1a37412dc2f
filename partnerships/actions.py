"""Writes that touch several tables: keyword-only, atomic, always in somebody's name.

Logging a partnership, handing it in, publishing it, sending it back, adopting a claim. Permission is the caller's to
check for a page; what may happen to a record in which status is checked here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.images import forget_files
from partnerships.index import reindex
from partnerships.models import Assessment, CaseImage, Partner, Partnership, Phase, Statement
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, PUBLISHED, RESERVED_SLUGS, SUBMITTED, WITHDRAWN
from partnerships.overlap import overlapping
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


def _save(row: Model, by: User | None, reason: str = "") -> None:
    """Save a row with the name of who does it, and why, in its history; ``by`` None is the library."""
    if by is not None:
        row._history_user = by
    row._change_reason = reason or None
    row.save()


@transaction.atomic
def save_draft(
    *, by: User, partnership: Partnership | None, version: int | None, fields: Mapping[str, Any],
    partners: Sequence[Mapping[str, Any]], phase: Mapping[str, Any], claim: Mapping[str, str],
) -> Partnership:  # fmt: skip
    """Log a partnership, or save a draft again, with its partners, one phase and the officer's direct assessment.

    ``version`` is the one the form was opened with. Raises ``StaleVersion`` when somebody saved since, and
    ``NotAllowed`` when the record has been handed in or published.
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
    _save(draft, by)
    _save_partners(draft, partners, by)
    _save_claim(_save_phase(draft, phase, by), claim, by)
    reindex(draft)
    return draft


def _save_partners(draft: Partnership, partners: Sequence[Mapping[str, Any]], by: User) -> None:
    """Officers list partners by kind, name and who leads; what a curator added to a partner of that name stays."""
    wanted = {(row["kind"], row["name"]): row for row in partners}
    for partner in draft.partners.all():
        row = wanted.pop((partner.kind, partner.name), None)
        if row is None:
            partner._history_user = by
            partner.delete()
        elif partner.lead != row.get("lead", partner.lead):
            partner.lead = row["lead"]
            _save(partner, by)
    for row in wanted.values():
        _save(Partner(partnership=draft, **row), by)


def _save_phase(draft: Partnership, values: Mapping[str, Any], by: User) -> Phase:
    phase = draft.phases.order_by("order").first() or Phase(partnership=draft)
    if phase.pk is None or any(getattr(phase, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(phase, name, value)
        _save(phase, by)
    return phase


def _save_claim(phase: Phase, claim: Mapping[str, Any], by: User) -> None:
    """Keep the officer's open assessment. A submitted one never changes: a correction opens a new one.

    An empty responsibility is "not known", which is an answer. ``unanswered`` in the claim lists the axes that nobody
    has come to yet; they are kept in the result, so that a draft can tell the one from the other.
    """
    result = {"unanswered": list(claim["unanswered"])} if claim.get("unanswered") else {}
    latest = phase.assessments.order_by("-pk").first()
    same = latest and latest.result == result and all(getattr(latest, name) == claim[name] for name in CLAIM_FIELDS)
    if same and latest.submitted_at:
        return
    if latest is None or latest.submitted_at:
        latest = Assessment(phase=phase, method="direct")
    latest.assessor = by
    latest.codebook = codebook.CURRENT.version
    latest.result = result
    for name in CLAIM_FIELDS:
        setattr(latest, name, claim[name])
    latest.save()


@transaction.atomic
def delete_draft(*, partnership: Partnership, by: User) -> None:
    """Take away a draft that no curator has ever seen. Raises ``NotAllowed`` for anything else."""
    draft = locked(partnership)
    if draft.status != DRAFT or draft.submitted_at:
        raise NotAllowed(_("Only a draft that was never handed in can be deleted."))
    if draft.parts.exists():
        raise NotAllowed(_("Another partnership is recorded as a part of this one, so it cannot be deleted."))
    draft._history_user = by
    forget_files(CaseImage.objects.filter(case_study__partnership=draft))
    draft.delete()


@transaction.atomic
def submit(*, partnership: Partnership, by: User, version: int | None = None) -> Partnership:
    """Hand a draft in: its open assessments are signed and fixed, and it waits in the curators' queue.

    ``version`` is the one that the person has checked; with it, ``StaleVersion`` is raised when somebody saved since.
    """
    draft = locked(partnership)
    if not draft.is_open:
        raise NotAllowed(_("This partnership has been handed in already."))
    if version not in (None, draft.version):
        raise StaleVersion(_("Somebody else saved this draft while you were checking it."))
    now = timezone.now()
    for assessment in Assessment.objects.filter(phase__partnership=draft, submitted_at__isnull=True):
        if assessment.result.get("unanswered"):
            raise NotAllowed(_("Say who designs and who delivers it first, or that it is not known."))
        assessment.submitted_at = now
        assessment.full_clean()
        assessment.save()
    draft.status, draft.submitted_at, draft.curator_note = SUBMITTED, now, ""
    draft.version += 1
    draft.last_confirmed = timezone.localdate()
    _save(draft, by, _("Handed in"))
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
    _save(record, by, _("Changes requested: %(note)s") % {"note": shortened(note)})
    return record


@transaction.atomic
def publish(*, partnership: Partnership, by: User | None) -> Partnership:
    """Show a record to the public. It needs a phase; its address is given now and kept from then on."""
    record = locked(partnership)
    if Assessment.objects.filter(phase__partnership=record, submitted_at__isnull=True).exists():
        raise NotAllowed(_("Its organisation is still working on it and has not handed it in."))
    if not record.phases.exists():
        raise NotAllowed(_("A published partnership has at least one phase. Add one first."))
    for one, other in overlapping(record.phases.all()):
        raise NotAllowed(
            _("The phases “%(one)s” and “%(other)s” overlap. Correct their dates first.") % {"one": one, "other": other}
        )
    record.slug = record.slug or free_slug(record.title)
    record.published_at = record.published_at or timezone.now()
    record.status, record.curator_note = PUBLISHED, ""
    record.version += 1
    _save(record, by, _("Published"))
    reindex(record)
    return record


@transaction.atomic
def withdraw(*, partnership: Partnership, by: User, note: str) -> Partnership:
    """Take a record out of public sight. Its address stays its own."""
    record = locked(partnership)
    if record.status != PUBLISHED:
        raise NotAllowed(_("Only what is published can be withdrawn."))
    record.status, record.curator_note = WITHDRAWN, note.strip()
    record.version += 1
    _save(record, by, _("Withdrawn: %(note)s") % {"note": shortened(note)})
    return record


def shortened(note: str) -> str:
    """A note in one line of the history, which holds a hundred characters."""
    return Truncator(" ".join(note.split())).chars(70)


def free_slug(title: str) -> str:
    """An address for this title that nobody has yet."""
    base = slugify(title)[:100].strip("-") or "partnership"
    slug, number = base, 1
    while slug in RESERVED_SLUGS or Partnership.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def adopt(*, phase: Phase, claim: Assessment | Statement, by: User | None, rationale: str = "") -> Phase:
    """Make a claim the position of its phase, in a curator's name (``by`` None: the library's).

    Other claims stay as they are and remain visible. Raises ``NotAllowed`` for a claim about something else, a movement
    (it has no phase), an inherited statement (that is an inference), one that says nothing about the position, an
    assessment nobody has submitted, and a statement in one lens where the phase stands by another claim in the other:
    a position rests on one claim, and what another claim gave must not pass for what this one says.
    """
    record = locked(phase.partnership)
    phase = Phase.objects.select_related("partnership").get(pk=phase.pk)
    _check_adoptable(phase, claim)
    position = of_assessment(claim) if isinstance(claim, Assessment) else of_statement(claim)
    if position.would_mix_with(phase):
        raise NotAllowed(
            _("This statement speaks in one lens only, and in the other the phase stands by another claim already.")
        )
    position.put_on(phase)
    phase.adopted_assessment = claim if isinstance(claim, Assessment) else None
    phase.adopted_statement = claim if isinstance(claim, Statement) else None
    phase.adopted_by, phase.adopted_at = by, timezone.now()
    phase.rationale = rationale.strip()
    phase.full_clean()
    _save(phase, by, _("Position adopted"))
    Partnership.objects.filter(pk=record.pk).update(version=record.version + 1, updated_at=timezone.now())
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
    if not (claim.cells or claim.design or claim.delivery):
        raise NotAllowed(_("This statement says nothing about who designs or who delivers."))
