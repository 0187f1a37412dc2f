"""What changed between two versions of a row, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# How much of a long text stands on each side of the part that changed.
CONTEXT = 40
LONGEST = 240


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


def differences(
    before: models.Model | None, after: models.Model | None, fields: Iterable[models.Field],
    describe: Callable[[models.Field, Any], str],
) -> tuple[Change, ...]:  # fmt: skip
    """The fields that differ. ``None`` stands for a row that is not there: its fields are all empty."""
    changes = []
    for field in fields:
        old = getattr(before, field.attname) if before else None
        new = getattr(after, field.attname) if after else None
        if old != new:
            words = describe(field, old), describe(field, new)
            if words[0] != words[1]:
                changes.append(Change(str(field.verbose_name), *words))
    return tuple(changes)


def in_words(field: models.Field, value: Any) -> str:
    """A field's value for people; "" for nothing."""
    if value is None or value == "" or value in ([], {}, frozenset()):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.is_relation:
        row = field.related_model._base_manager.filter(pk=value).first()
        return str(row) if row else _("deleted (number %(number)s)") % {"number": value}
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def excerpts(change: Change) -> Change:
    """The part of two long texts in which they differ, with a little around it."""
    before, after = change.before, change.after
    if max(len(before), len(after)) <= LONGEST:
        return change
    start = _common(before, after)
    end = min(_common(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    return Change(change.field, _excerpt(before, start, end), _excerpt(after, start, end))


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _excerpt(text: str, start: int, end: int) -> str:
    first, last = max(start - CONTEXT, 0), min(len(text) - end + CONTEXT, len(text))
    last = min(last, first + LONGEST)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
