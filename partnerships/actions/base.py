"""What all acts share: refusals, the lock on a record, saving in somebody's name."""

from django.core.exceptions import ValidationError
from django.db.models import F, Model
from django.utils import timezone

from accounts.models import User
from partnerships.models import Partnership


class NotAllowed(ValidationError):
    """The record's status, or a rule of the register, forbids the act. The message says what to do instead."""


class StaleVersion(NotAllowed):
    """Somebody else saved the record since it was opened."""


def locked(partnership: Partnership) -> Partnership:
    """Read the row again and hold it until the transaction ends, so that two people cannot pass each other."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def save(row: Model, by: User | None, reason: str = "") -> None:
    """Save a row with the name of who does it, and why, in its history; ``by`` None is the library."""
    if by is not None:
        row._history_user = by
    row._change_reason = reason or None
    row.save()


def touch(record: Partnership) -> None:
    """Count a change of something that belongs to the record, so that whoever has it open learns of it."""
    Partnership.objects.filter(pk=record.pk).update(version=F("version") + 1, updated_at=timezone.now())
