"""The phases of a draft: adding, changing, ordering and taking them away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import NotAllowed, locked, save, touch
from partnerships.assessors import Assessor
from partnerships.index import reindex
from partnerships.models import Partnership, Phase
from partnerships.overlap import overlapping


class Overlap(NotAllowed):
    """An actual phase would overlap another one; the message names it."""


@transaction.atomic
def save_phase(
    *, by: User, partnership: Partnership, phase: Phase | None, values: Mapping[str, Any], like: Phase | None = None
) -> Phase:
    """Add a phase at the end, or change one. ``like``: the new one starts from the answers about that phase.

    ``values``: ``name``, ``planned``, ``starts``, ``starts_precision``, ``ends``, ``ends_precision``. Raises
    ``Overlap`` and, for a name in use or a record that was handed in, ``NotAllowed``.
    """
    draft = _open(partnership)
    others = draft.phases.exclude(pk=phase.pk if phase else None)
    if others.filter(name=values["name"]).exists():
        raise NotAllowed(_("Another stage of this partnership has this name."))
    saved = _there(draft, phase) if phase else Phase(partnership=draft, order=_last_place(draft) + 1)
    for name, value in values.items():
        setattr(saved, name, value)
    refuse_overlap(draft, saved)
    save(saved, by)
    if like is not None:
        _start_from(saved, _there(draft, like), by)
    touch(draft)
    reindex(draft)
    return saved


def refuse_overlap(draft: Partnership, phase: Phase) -> None:
    """Raise ``Overlap`` where an actual phase would lie over another one, whatever the exact days are."""
    others = draft.phases.exclude(pk=phase.pk)
    for one, other in overlapping([*others, phase]):
        if phase in (one, other):
            message = _("These dates overlap those of “%(name)s”.")
            raise Overlap(message % {"name": other if phase is one else one})


def _start_from(phase: Phase, before: Phase, by: User) -> None:
    """Open an assessment that holds what was answered about an earlier phase; what it rests on is asked anew."""
    known = Assessor(before, user=by).present()
    if known.answers or known.method == "direct":
        known.pk, known._state.adding = None, True
        known.phase, known.assessor, known.submitted_at, known.by_keepers = phase, by, None, True
        # Whose view it is has to be said anew, so that nobody hands in answers that nobody has looked at again.
        known.reason = known.comment = known.perspective = ""
        known.result = {}
        known.save()


@transaction.atomic
def move_phase(*, by: User, phase: Phase, up: bool) -> None:
    """Let a phase change places with the one before (``up``) or after it; the first and the last stay in theirs."""
    draft = _open(phase.partnership)
    row = list(draft.phases.order_by("order"))
    place = row.index(_there(draft, phase))
    if not 0 <= place + (-1 if up else 1) < len(row):
        return
    mine, other = row[place], row[place + (-1 if up else 1)]
    mine_order, other_order = mine.order, other.order
    # Out of the way first: two phases never share a place.
    draft.phases.filter(pk=other.pk).update(order=_last_place(draft) + 1)
    mine.order, other.order = other_order, mine_order
    save(mine, by)
    save(other, by)
    touch(draft)
    reindex(draft)


@transaction.atomic
def delete_phase(*, by: User, phase: Phase) -> None:
    """Take a phase away with its open answers. ``NotAllowed`` for the only one and one with signed claims."""
    draft = _open(phase.partnership)
    phase = _there(draft, phase)
    if draft.phases.count() == 1:
        raise NotAllowed(_("A partnership has at least one stage."))
    if phase.assessments.submitted().exists():
        raise NotAllowed(_("Answers about this stage have been handed in, so it stays."))
    if phase.invitations.filter(assessment__isnull=False).exists():
        raise NotAllowed(_("Somebody whom you invited has begun to answer about it. Withdraw the invitation first."))
    if phase.statements.exists() or phase.evidence.exists() or phase.checklist.exists():
        raise NotAllowed(_("A curator has recorded something about this stage, so it stays."))
    phase._history_user = by
    phase.delete()
    touch(draft)
    reindex(draft)


def _open(partnership: Partnership) -> Partnership:
    draft = locked(partnership)
    if not draft.is_open:
        raise NotAllowed(_("This partnership has been handed in, so only a curator can change it now."))
    return draft


def _there(draft: Partnership, phase: Phase) -> Phase:
    """The phase as it stands; somebody else may have taken it away meanwhile."""
    found = draft.phases.filter(pk=phase.pk).first()
    if found is None:
        raise NotAllowed(_("Somebody else has taken this stage away."))
    return found


def _last_place(draft: Partnership) -> int:
    return draft.phases.aggregate(last=Max("order"))["last"] or 0
