"""The link of an invitation cannot be made up, and each leads to one invitation."""

import pytest

from partnerships.invitations import invitation_of, token_of
from partnerships.models import Invitation
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_link_leads_to_its_invitation_and_no_other() -> None:
    phase = factories.partnership().phases.get()
    one, other = factories.invitation(phase), factories.invitation(phase)

    assert token_of(one) != token_of(other)
    assert (invitation_of(token_of(one)), invitation_of(token_of(other))) == (one, other)


def test_a_forged_link_leads_nowhere() -> None:
    one, other = (factories.invitation(factories.partnership().phases.get()) for _number in range(2))
    key, signature = token_of(one).split(".")
    forged = [
        "", "x", key, f"{key}.", f".{signature}", f"{key}.{signature[:-1]}", f"{other.uuid.hex}.{signature}",
        f"{other.uuid.hex}.{token_of(one)}", "é.é", "\x00.\x00",
    ]  # fmt: skip

    for token in forged:
        with pytest.raises(Invitation.DoesNotExist):
            invitation_of(token)


def test_a_link_says_nothing_of_what_it_leads_to() -> None:
    invitation = factories.invitation(factories.partnership("Hill House").phases.get(), label="Friends of Hill")

    assert not {"hill", "friends", str(invitation.pk)} & set(token_of(invitation).lower().split("."))
