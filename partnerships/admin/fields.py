"""Form fields of the workplace: rows chosen by their address, and dates of any precision."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from partnerships import dates
from partnerships.models import Partnership, Source

# How many suggestions a page carries for a field. Others can still be typed.
SUGGESTED = 300


class ByAddressField(forms.ModelChoiceField):
    """A row of a table that grows long, typed by its address on the site, with suggestions from the browser.

    A list of thousands of options in each of twenty rows would make the page unusable, and Django's own pickers need a
    script or a number learnt by heart. The page holds one ``datalist`` for each table; see ``suggestions``.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid_choice": _("Nothing in the register has this address. Choose one from the list.")
    }

    def __init__(self, queryset: models.QuerySet, **kwargs: Any) -> None:
        """``queryset`` of a model with a slug."""
        self.list_id = f"{queryset.model._meta.model_name}-suggestions"
        super().__init__(queryset, to_field_name="slug", **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tie the field to its suggestions."""
        return {
            **super().widget_attrs(widget),
            "list": self.list_id,
            "autocomplete": "off",
            "class": "vTextField",
        }

    def prepare_value(self, value: Any) -> Any:
        """Show the address of a row."""
        return value.slug if isinstance(value, models.Model) else value


class ByPartnershipField(ByAddressField):
    """A partnership, by its address or, while it has none, by the code of its draft."""

    def prepare_value(self, value: Any) -> Any:
        """Show the address, or the draft's code."""
        return (value.slug or str(value.uuid)) if isinstance(value, models.Model) else value

    def to_python(self, value: Any) -> Partnership | None:
        """Find by address, then by code."""
        try:
            return self.queryset.get(uuid=UUID(str(value)))
        except (ValueError, Partnership.DoesNotExist):
            return super().to_python(value)


def suggestions() -> dict[str, list[tuple[str, str]]]:
    """For each list that a ``ByAddressField`` may name: addresses with their words."""
    newest = Source.objects.order_by("-pk")[:SUGGESTED]
    records = Partnership.objects.filter(slug__isnull=False).order_by("-pk")[:SUGGESTED]
    bodies = Organisation.objects.filter(merged_into__isnull=True).order_by("-pk")[:SUGGESTED]
    return {
        "source-suggestions": [(row.slug, str(row)) for row in newest],
        "partnership-suggestions": list(records.values_list("slug", "title")),
        "organisation-suggestions": list(bodies.values_list("slug", "name")),
    }


class PartialDateField(forms.CharField):
    """A date as people know it: "2013", "2013-04" or "2013-04-01". Its value is the date with its precision."""

    def __init__(self, *, end: bool = False, **kwargs: Any) -> None:
        """``end``: the last day of the stated year or month rather than the first."""
        self.end = end
        super().__init__(max_length=10, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[date | None, str]:
        """Read the text. Raises ``ValidationError`` with the sentence of ``dates.parse``."""
        try:
            return dates.parse(super().clean(value), end=self.end)
        except ValueError as error:
            raise ValidationError(str(error)) from error
