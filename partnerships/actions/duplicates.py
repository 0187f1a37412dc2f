"""Saying whether two records describe one partnership."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import NotAllowed
from partnerships.duplicates import known_to
from partnerships.models import DuplicateVerdict, Partnership


@transaction.atomic
def say_alike(*, one: Partnership, other: Partnership, same: bool, by: User) -> DuplicateVerdict:
    """Keep somebody's word on a pair; a later word takes the place of an earlier one.

    Raises ``NotAllowed`` for one record with itself, and where the person may not know of both.
    """
    if one.pk == other.pk:
        raise NotAllowed(_("This is the same record."))
    if known_to(by).filter(pk__in=(one.pk, other.pk)).count() < 2:
        raise NotAllowed(_("One of these records is not there, or not for you to see."))
    first, second = sorted((one, other), key=lambda record: record.pk)
    said, _new = DuplicateVerdict.objects.select_for_update().update_or_create(
        one=first, other=second, defaults={"same": same, "by": by}
    )
    return said


def keep_apart(pairs: set[tuple[int, int]], *, by: User | None) -> None:
    """Keep that these pairs of keys are different partnerships, as somebody said of them in an import."""
    ordered = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    DuplicateVerdict.objects.bulk_create(
        [DuplicateVerdict(one_id=one, other_id=other, same=False, by=by) for one, other in ordered],
        update_conflicts=True, unique_fields=["one", "other"], update_fields=["same", "by", "at"],
    )  # fmt: skip
