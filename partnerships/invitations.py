"""The link of an invitation: a key that nobody can make up, and that tells nothing."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from partnerships.models import Invitation

SALT = "partnerships.invitation"


def token_of(invitation: Invitation) -> str:
    """What stands in the link of an invitation."""
    return _signer().sign(invitation.uuid.hex)


def invitation_of(token: str) -> Invitation:
    """The invitation of a link, with its phase and record. Raises ``Invitation.DoesNotExist`` for a forged one."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError) as forged:
        raise Invitation.DoesNotExist from forged
    return Invitation.objects.with_outcome().select_related("phase__partnership__organisation").get(uuid=key)


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)
