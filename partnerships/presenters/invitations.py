"""The invitations of a phase, for those who keep its record: whom, whose view, what became of each, and the link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from partnerships.invitations import token_of
from partnerships.models import Invitation
from partnerships.presenters import words

STATES = {
    "open": gettext_lazy("Not begun yet"),
    "begun": gettext_lazy("Being answered"),
    "sent": gettext_lazy("Answers sent"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "expired": gettext_lazy("Run out"),
}


@dataclass(frozen=True)
class InvitationRow:
    """One invitation. ``link`` and ``withdraw_url`` are "" once nobody can answer by it any more.

    ``when`` is the day of the state: until when it is open, or since when it is what it is.
    """

    key: str
    label: str
    perspective: str
    state: str
    is_live: bool
    when: datetime
    link: str
    withdraw_url: str


def invitation_rows(invitations: Iterable[Invitation]) -> tuple[InvitationRow, ...]:
    """Newest first."""
    return tuple(_row(each) for each in sorted(invitations, key=lambda each: -each.pk))


def _row(invitation: Invitation) -> InvitationRow:
    live = invitation.is_live
    record = invitation.phase.partnership
    return InvitationRow(
        key=invitation.uuid.hex,
        label=invitation.label,
        perspective=words.term("PERSPECTIVES", invitation.perspective),
        state=str(STATES[invitation.state]),
        is_live=live,
        when=_when(invitation),
        link=link_of(invitation) if live else "",
        withdraw_url=reverse("invitation-withdraw", args=[record.uuid, invitation.uuid]) if live else "",
    )


def _when(invitation: Invitation) -> datetime:
    if invitation.state == "sent":
        return invitation.assessment.submitted_at
    return invitation.withdrawn_at or invitation.expires_at


def link_of(invitation: Invitation) -> str:
    """The whole address that is sent to whoever is invited."""
    return settings.SITE_URL + reverse("invitation-start", args=[token_of(invitation)])
