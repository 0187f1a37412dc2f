"""What curators do with a record: send it back, publish it, withdraw it, adopt a claim as a position."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import NotAllowed, locked, save, touch
from partnerships.index import reindex
from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.partnership import CHANGES_REQUESTED, PUBLISHED, RESERVED_SLUGS, SUBMITTED, WITHDRAWN
from partnerships.overlap import overlapping
from partnerships.positions import of_assessment, of_statement


@transaction.atomic
def request_changes(*, partnership: Partnership, by: User, note: str) -> Partnership:
    """Send a record back to its organisation with a reason that the officer sees."""
    record = locked(partnership)
    if record.revises_id is not None:
        raise NotAllowed(_("This is the draft of a proposed change: send the change back instead."))
    if record.status != SUBMITTED:
        raise NotAllowed(_("Only a partnership that was handed in can be sent back."))
    if not note.strip():
        raise NotAllowed(_("Say what should be changed."))
    record.status, record.curator_note = CHANGES_REQUESTED, note.strip()
    record.version += 1
    save(record, by, _("Changes requested: %(note)s") % {"note": shortened(note)})
    return record


@transaction.atomic
def publish(*, partnership: Partnership, by: User | None) -> Partnership:
    """Show a record to the public. It needs a phase; its address is given now and kept from then on."""
    record = locked(partnership)
    if record.revises_id is not None:
        raise NotAllowed(_("This is the draft of a proposed change: accept the change instead."))
    if is_unfinished(record):
        raise NotAllowed(_("Its organisation is still working on it and has not handed it in."))
    refuse_unpublishable(record.phases.all())
    record.slug = record.slug or free_slug(record.title)
    record.published_at = record.published_at or timezone.now()
    record.status, record.curator_note = PUBLISHED, ""
    record.version += 1
    save(record, by, _("Published"))
    reindex(record)
    return record


def refuse_unpublishable(phases: Iterable[Phase]) -> None:
    """Raise ``NotAllowed`` for phases with which nothing can be public: none, or some that overlap."""
    phases = list(phases)
    if not phases:
        raise NotAllowed(_("A published partnership has at least one phase. Add one first."))
    for one, other in overlapping(phases):
        raise NotAllowed(
            _("The phases “%(one)s” and “%(other)s” overlap. Correct their dates first.") % {"one": one, "other": other}
        )


def is_unfinished(record: Partnership) -> bool:
    """Whether its keepers are still working on it. What others are writing about it keeps nothing back."""
    if record.revises_id is not None:
        return True  # the draft of a proposed change: that is accepted, and never published for itself
    if not record.is_open:
        return False
    if record.submitted_at is None and record.created_by and not record.created_by.is_curator:
        return True
    return Assessment.objects.unfinished().of_keepers().filter(phase__partnership=record).exists()


@transaction.atomic
def withdraw(*, partnership: Partnership, by: User, note: str) -> Partnership:
    """Take a record out of public sight. Its address stays its own."""
    record = locked(partnership)
    if record.status != PUBLISHED:
        raise NotAllowed(_("Only what is published can be withdrawn."))
    record.status, record.curator_note = WITHDRAWN, note.strip()
    record.version += 1
    save(record, by, _("Withdrawn: %(note)s") % {"note": shortened(note)})
    return record


def shortened(note: str) -> str:
    """A note in one line of the history, which holds a hundred characters."""
    return Truncator(" ".join(note.split())).chars(70)


def base_slug(title: str) -> str:
    """The address that a title comes down to, whoever has it."""
    return slugify(title)[:100].strip("-") or "partnership"


def free_slug(title: str) -> str:
    """An address for this title that nobody has yet."""
    return numbered_slug(base_slug(title))[0]


def numbered_slug(base: str, taken: Collection[str] = (), number: int = 1) -> tuple[str, int]:
    """An address that begins so and that nobody has, and its number; ``taken`` are others that are spoken for.

    Numbers below ``number`` are known to be taken.
    """
    slug = base if number == 1 else f"{base}-{number}"
    while slug in RESERVED_SLUGS or slug in taken or Partnership.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug, number


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
    save(phase, by, _("Position adopted"))
    touch(record)
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
