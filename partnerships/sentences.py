"""What is wrong with a field, in the register's own words.

The framework's sentences ("Ensure this value has at most 200 characters (it has 201).") are made for forms with one
field in sight. Faults of a file stand in a list, so each says what to do. Sentences of our own stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

EMPTY = gettext_lazy("This may not be empty. Fill it in.")
UNREADABLE = gettext_lazy("This cannot be read. Write it anew.")
# By the code that the framework gives its errors, with the parameters that it gives along.
WORDS: dict[str, str | Promise] = {
    "max_length": gettext_lazy("This has %(show_value)s characters. Shorten it to %(limit_value)s or fewer."),
    "min_length": gettext_lazy("This has %(show_value)s characters. Write at least %(limit_value)s."),
    "max_value": gettext_lazy("This is %(show_value)s. Write %(limit_value)s or less."),
    "min_value": gettext_lazy("This is %(show_value)s. Write %(limit_value)s or more."),
    "null_characters_not_allowed": gettext_lazy(
        "This has a control character in it, which cannot be seen. Type the text anew."
    ),
    "invalid_choice": gettext_lazy("“%(value)s” is not a code of this field. Choose one of those that the data page "
                                   "lists."),
    "blank": EMPTY,
    "null": EMPTY,
    "required": EMPTY,
    "invalid_date": gettext_lazy("This is not a date in the calendar. Write it as 2013-04-01."),
}  # fmt: skip
# What a field of this kind takes, where all that is said is that this is not it.
KINDS: tuple[tuple[type[models.Field], str | Promise], ...] = (
    (models.URLField, gettext_lazy("This is no web address. Write it whole, as in https://example.org/report.")),
    (models.SlugField, gettext_lazy("This is no code. Use small letters a to z, digits and hyphens.")),
    (models.EmailField, gettext_lazy("This is no e-mail address. Write it whole, as in name@example.org.")),
    (models.DateField, gettext_lazy("This is not a date in the calendar. Write it as 2013-04-01.")),
    (models.BooleanField, gettext_lazy("Write yes or no here.")),
    (models.IntegerField, gettext_lazy("Write a whole number here.")),
)


def sentences(error: ValidationError, model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """The name of each field that an error of ``full_clean`` names, with what is wrong; "" for the row as a whole."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, errors in error.error_dict.items():
        for one in errors:
            yield ("" if name == NON_FIELD_ERRORS else name), sentence(one, fields.get(name))


def sentence(error: ValidationError, field: models.Field | None = None) -> str:
    """A single error in our own words; ``field`` is the one that it is about."""
    words = _of_kind(field) if error.code == "invalid" and field else WORDS.get(error.code or "")
    if words is None:
        return " ".join(error.messages)
    values: dict[str, Any] = {"limit_value": "?", "show_value": "?", "value": "", **(error.params or {})}
    values["value"] = str(values["value"])[:40]
    return str(words) % values


def _of_kind(field: models.Field) -> str | Promise:
    return next((words for kind, words in KINDS if isinstance(field, kind)), UNREADABLE)
