"""Forms above the comparisons: find partnerships to lay side by side, and say which two selections are meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.filters import FILTERS
from partnerships.forms import choices
from partnerships.models.fields import vocabulary_choices
from partnerships.presenters import words
from partnerships.presenters.compare import COMMON
from partnerships.presenters.filter_words import LABELS
from partnerships.search import MAX_QUERY_LENGTH
from partnerships.selection import InvalidSelection, Selection, given, select_values
from taxonomy.cells import MODELS
from taxonomy.lenses import LENSES

Values = Mapping[str, tuple[str, ...]]


class PickForm(forms.Form):
    """Words to search partnerships by; those that are chosen already stand in the address as ``p``."""

    mark_optional = False

    q = forms.CharField(
        label=_("Find a partnership to add"),
        required=False,
        max_length=MAX_QUERY_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Search for up to %(limit_value)s characters.")},
    )
    inferred = forms.ChoiceField(
        required=False,
        choices=[("1", "")],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Inferred positions are shown by “1”, not by “%(value)s”.")},
    )

    def __init__(self, parameters: QueryDict) -> None:
        """Read the parameters of a request."""
        super().__init__(parameters, auto_id="pick-%s")
        typed = (value.strip() for value in parameters.getlist("p"))
        # What cannot be an address on the site is looked up like any other that nobody bears.
        self.asked = tuple(dict.fromkeys(value for value in typed if value))

    @property
    def slugs(self) -> tuple[str, ...]:
        """The addresses that were asked for and could be addresses, each once."""
        return tuple(value for value in self.asked if _is_slug(value))


def _is_slug(value: str) -> bool:
    try:
        validate_slug(value)
    except ValidationError:
        return False
    return True


# ---- Two selections -------------------------------------------------------------------------------

Choices = Sequence[tuple[str, Any]]
# The first lens goes without saying.
LENS_CHOICES = [(code if number else "", _(lens.name)) for number, (code, lens) in enumerate(LENSES.items())]


def _one_of(label: Any, choices: Choices | Callable[[], Choices]) -> forms.CharField:
    """A list to choose from. Its value is judged by the filters of a selection, like every parameter of one."""
    return forms.CharField(label=label, required=False, widget=forms.Select(choices=choices))


class JudgedForm(forms.Form):
    """Fields that show what was typed; whether it makes sense is for ``partnerships.filters`` to say."""

    mark_optional = False

    def tell(self, fault: InvalidSelection) -> None:
        """Put each fault beside its field; those of parameters without a field stand above the form."""
        for name, messages in fault.fields.items():
            for message in messages:
                own = name in self.fields
                self.add_error(name if own else None, message if own else f"{LABELS[name]}: {message}")
        if not fault.fields:
            self.add_error(None, fault.errors)


class CommonForm(JudgedForm):
    """How both sides are shown. ``values`` are what was typed, {} where it makes no sense."""

    lens = _one_of(_("Lens"), LENS_CHOICES)
    inferred = forms.BooleanField(
        label=_("Count inferred positions too"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )

    def clean(self) -> None:
        """Judge lens and inferred."""
        typed = given(self.data)
        self.values = {name: typed[name] for name in COMMON if name in typed}
        try:
            select_values(self.values)
        except InvalidSelection as fault:
            self.values = {}
            self.tell(fault)


class SideForm(JudgedForm):
    """One side of a comparison of selections: its parameters begin with "a-" or "b-"."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    country = _one_of(_("Country"), ())
    area = _one_of(_("Service area"), lambda: [("", _("Any")), *choices.areas()])
    unit = _one_of(_("Kind of thing"), [("", _("Any")), *words.UNITS.items()])
    model = _one_of(_("Model"), [("", _("Any")), *((each.code, _(each.label)) for each in MODELS)])
    year = forms.CharField(
        label=_("As of the year"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )  # fmt: skip

    def __init__(self, parameters: QueryDict, side: str, *, common: Values, countries: Choices) -> None:
        """``common`` are the parameters of both sides, ``countries`` those that the register holds."""
        super().__init__(parameters, prefix=side, auto_id="%s")
        self.typed = {name: value for name, value in given(parameters, f"{side}-").items() if name in FILTERS}
        self.common = common
        self.selection: Selection | None = None
        self.fields["country"].widget.choices = [("", _("Any")), *countries]
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Select):
                field.widget.choices = _with(list(field.widget.choices), name, self.typed.get(name, ()))

    def clean(self) -> None:
        """Make the selection."""
        try:
            self.selection = select_values({**self.typed, **self.common})
        except InvalidSelection as fault:
            self.tell(fault)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address asks for beyond the fields, to be sent along: other filters, and values beyond the last."""
        return [
            (f"{self.prefix}-{name}", value)
            for name, values in self.typed.items()
            for value in (values[:-1] if name in self.fields else values)
        ]


def _with(offered: list[tuple[str, Any]], name: str, values: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The choices with one more where the address asks for another, such as a group of service areas."""
    if not values or values[-1] in dict(offered):
        return offered
    return [*offered, (values[-1], dict(EVERY[name]()).get(values[-1], values[-1]) if name in EVERY else values[-1])]


# Lists that are longer than what is offered.
EVERY: dict[str, Callable[[], Choices]] = {
    "country": lambda: vocabulary_choices("COUNTRIES"),
    "area": lambda: vocabulary_choices("AREAS"),
}
