"""What every form and page of the workplace shares: messages beside fields, an error summary, no script needed."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _


class IsoDateInput(forms.DateInput):
    """The browser's own calendar: one field with one label, where Django's admin would add a script."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Browsers read and send ISO dates only."""
        super().__init__(attrs, format="%Y-%m-%d")


class RegisterForm(forms.ModelForm):
    """A form whose database rules speak up beside the field that they are about.

    ``beside`` maps the name of a model's constraint to the name of a field of the form. Without it Django puts the
    message above the form, where nobody knows which of forty fields is meant.
    """

    beside: ClassVar[dict[str, str]] = {}
    unstated = _("Not stated")
    # Nearly every field of the workplace may stay empty: "(optional)" beside each would say nothing.
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the empty choice of each list a name in words: a row of dashes says nothing when read aloud."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = field.label and capfirst(field.label)
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = translate("Fill in “%(field)s”.") % {"field": field.label}
            if isinstance(field, forms.TypedChoiceField):
                choices = list(field.choices)
                if choices and choices[0][0] in ("", None):
                    field.choices = [("", _("Choose one") if field.required else self.unstated), *choices[1:]]

    def _update_errors(self, errors: ValidationError) -> None:
        """Move what the model's constraints say to their fields."""
        by_field = dict(errors.update_error_dict({}))
        messages = {
            str(constraint.get_violation_error_message()): self.beside[constraint.name]
            for constraint in self._meta.model._meta.constraints
            if constraint.name in self.beside
        }
        stay = []
        for error in by_field.pop(NON_FIELD_ERRORS, []):
            field = messages.get(str(error.message))
            if field in self.fields:
                by_field.setdefault(field, []).append(error)
            else:
                stay.append(error)
        if stay:
            by_field[NON_FIELD_ERRORS] = stay
        super()._update_errors(ValidationError(by_field))


class Plain:
    """Pages and inline parts without Django's admin scripts: each task of the workplace can be done without any."""

    formfield_overrides: ClassVar[dict[type[models.Field], dict[str, Any]]] = {
        models.DateField: {"widget": IsoDateInput}
    }

    @property
    def media(self) -> forms.Media:
        """No scripts and no further styles: see ``templates/admin/base_site.html``."""
        return forms.Media()

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Leave out the icons beside lists of related rows: they open windows by script and cannot be told apart."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class WorkplaceAdmin(Plain, admin.ModelAdmin):
    """A page of the workplace."""

    actions = None
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters of the list ask for. Django lets the address compare any field of the row.

        A regular expression in an address would hold a worker as long as its sender likes, and comparing the beginnings
        of password hashes would read them out.
        """
        entries = [entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter]
        fields = [getattr(entry, "parameter_name", entry) for entry in entries]
        return lookup in {f"{name}{ending}" for name in fields for ending in ("", "__exact", "__isnull", "__id__exact")}


def free_slug(model: type[models.Model], text: str, *, length: int) -> str:
    """An address for this text that no row of ``model`` has yet."""
    base = slugify(text)[:length].strip("-") or model._meta.model_name
    slug, number = base, 1
    while model._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
