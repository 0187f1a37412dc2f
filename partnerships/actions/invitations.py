"""Inviting somebody without an account to give a perspective on a phase, and taking that back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import NotAllowed, locked
from partnerships.models import Invitation, Phase


@transaction.atomic
def invite(*, phase: Phase, by: User, perspective: str, label: str) -> Invitation:
    """Make an invitation. ``label`` says for the inviting organisation whom it is meant for."""
    record = locked(phase.partnership)
    if record.revises_id is not None:
        raise NotAllowed(_("Invite people to speak about the published partnership, not about changes of it."))
    if record.status == "withdrawn":
        raise NotAllowed(_("It has been withdrawn, so nobody can be invited to assess it."))
    invitation = Invitation(phase=phase, invited_by=by, perspective=perspective, label=label.strip())
    invitation.full_clean()
    invitation.save()
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Close a link that was not used yet; answers that were begun and not sent are thrown away."""
    locked(invitation.phase.partnership)
    invitation = Invitation.objects.with_outcome().get(pk=invitation.pk)
    if invitation.state == "sent":
        raise NotAllowed(_("The answers have been sent already, so this invitation cannot be withdrawn."))
    if invitation.withdrawn_at:
        return invitation
    begun = invitation.assessment
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.assessment = None
    invitation.save()
    if begun:
        begun.delete()
    return invitation
