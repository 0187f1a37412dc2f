"""What the templates of our GOV.UK-style pages ask for: the main navigation, links for the error summary, choices.

Tags that return data; the markup stays in ``templates/``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.formsets import BaseFormSet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()


@dataclass(frozen=True)
class NavigationItem:
    """A link of the main navigation. ``current`` is the value of aria-current, or "" elsewhere."""

    text: str
    url: str
    current: str
    action: bool


# Text, URL name, names of the pages that belong under it. The first five are for everybody.
EVERYBODY = (
    (gettext_lazy("Matrix"), "matrix", {"cell", "charts", "trajectories", "compare-selections", "lessons"}),
    (gettext_lazy("Partnerships"), "partnership-list", {"partnership", "compare", "organisation", "source"}),
    (gettext_lazy("Guide"), "guide", {"guide-page", "glossary"}),
    (gettext_lazy("Codebook"), "codebook", {"codebook-version"}),
    (
        gettext_lazy("Data"),
        "data",
        {
            "releases", "release", "released-cases", "released-case", "api-docs", "imports", "import-new", "import",
            "import-undo", "import-forget",
        },
    ),
)  # fmt: skip
OFFICERS = (
    (
        gettext_lazy("My partnerships"),
        "my",
        {
            "draft", "draft-edit", "draft-step", "draft-check", "draft-submit", "draft-delete", "draft-question",
            "draft-questions", "draft-directly", "draft-basis", "draft-result", "phase-new", "phase-edit",
            "phase-delete", "invitations",
        },
    ),
)  # fmt: skip
VISITORS = ((gettext_lazy("Sign in"), "account-login", {"account-password-reset"}),)
ACTION = ((gettext_lazy("Log a partnership"), "partnership-new", set()),)


@register.simple_tag(takes_context=True)
def main_navigation(context: Mapping[str, Any]) -> list[NavigationItem]:
    """Links of the header for whoever is looking, with the current one marked.

    Works without a request too, since Django renders the page of error 500 with an empty context.
    """
    user = context.get("user")
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else None
    personal = OFFICERS if user is not None and user.is_authenticated else VISITORS
    return [_item(entry, here) for entry in (*EVERYBODY, *personal, *ACTION)]


def _item(entry: tuple[Any, str, set[str]], here: str | None) -> NavigationItem:
    text, name, below = entry
    current = "page" if here == name else "true" if here in below else ""
    return NavigationItem(str(text), reverse(name), current, entry in ACTION)


@dataclass(frozen=True)
class Crumb:
    """A page above the one that is shown."""

    text: str
    url: str


# Pages that others lie under: text, URL name, and the part of the page.
ABOVE = {
    "matrix": (gettext_lazy("Matrix"), "matrix", ""),
    "partnerships": (gettext_lazy("Partnerships"), "partnership-list", ""),
    "sources": (gettext_lazy("Sources"), "about", "#sources"),
    "data": (gettext_lazy("Data"), "data", ""),
    "releases": (gettext_lazy("Releases"), "releases", ""),
}


@register.simple_tag
def trail(*names: str) -> list[Crumb]:
    """The way to a page, for ``partials/breadcrumbs.html``: names of ``ABOVE``, the uppermost first."""
    return [Crumb(str(text), reverse(url) + part) for text, url, part in (ABOVE[name] for name in names)]


@dataclass(frozen=True)
class ErrorLink:
    """A line of the error summary: the message and the id of the control it leads to."""

    text: str
    target: str


@register.simple_tag
def error_links(*several: forms.BaseForm | BaseFormSet | None) -> list[ErrorLink]:
    """Every error of the given forms and formsets, in the order of their fields; what is missing has none.

    An error of a whole form leads to its first visible control, since there is no better place to begin.
    """
    return [link for each in several if each and each.is_bound for link in _links_of(each)]


def _links_of(form: forms.BaseForm | BaseFormSet) -> Iterator[ErrorLink]:
    if isinstance(form, BaseFormSet):
        start = next((_first_control(each) for each in form.forms), "")
        yield from (ErrorLink(str(error), start) for error in form.non_form_errors())
        for each in form.forms:
            yield from _links_of(each)
        return
    yield from (ErrorLink(str(error), _first_control(form)) for error in form.non_field_errors())
    for field in form:
        # A hidden control cannot be reached; what is wrong with it concerns the form as a whole.
        target = _first_control(form) if field.is_hidden else control_id(field)
        yield from (ErrorLink(str(error), target) for error in field.errors)


def _first_control(form: forms.BaseForm) -> str:
    return next((control_id(field) for field in form.visible_fields()), "")


@register.filter
def control_id(field: BoundField) -> str:
    """The id of the control that an error link leads to: the first of a group of radios, boxes or parts of a date."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@dataclass(frozen=True)
class Choice:
    """A radio or a box: ``widget`` as Django prepares it, its line of help, and the field that it reveals."""

    id: str
    label: str
    widget: dict[str, Any]
    hint: str
    hint_id: str
    reveal: BoundField | None
    reveal_id: str


@register.simple_tag
def choices(field: BoundField) -> list[Choice]:
    """The choices of a group of radios or boxes.

    Two attributes that a form may set on the widget are read: ``hints``, {value: one line of help}, and ``reveals``,
    {value: name of the field that belongs to this choice}. A revealed field needs no place of its own in a layout.
    """
    widget = field.field.widget
    hints, reveals = getattr(widget, "hints", {}), getattr(widget, "reveals", {})
    return [_choice(field, option.data, hints, reveals) for option in field.subwidgets]


def _choice(field: BoundField, data: dict[str, Any], hints: Mapping[str, Any], reveals: Mapping[str, str]) -> Choice:
    value, identity = str(data["value"]), data["attrs"].get("id", "")
    hint = str(hints.get(value, ""))
    reveal = field.form[reveals[value]] if value in reveals else None
    # A class that a form sets on the widget is for the group, not for each choice.
    attrs = {name: content for name, content in data["attrs"].items() if name != "class"}
    if hint:
        attrs["aria-describedby"] = f"{identity}_hint"
    if reveal is not None:
        attrs["data-reveals"] = f"{identity}_reveal"
    return Choice(
        id=identity,
        label=data["label"],
        widget={**data, "attrs": attrs},
        hint=hint,
        hint_id=f"{identity}_hint",
        reveal=reveal,
        reveal_id=f"{identity}_reveal",
    )


@register.simple_tag
def top_fields(form: forms.BaseForm) -> list[BoundField]:
    """The fields of a form without layout, less those that a choice of another field reveals."""
    revealed = {name for field in form for name in getattr(field.field.widget, "reveals", {}).values()}
    return [field for field in form if field.name not in revealed]


# The first that fits, so what inherits from another comes before it.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "group"),
)
CLASSES = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}
DEFAULT_CLASS = "govuk-input"
# A box with an error looks like any other box; its group shows the error.
WITH_ERROR_CLASS = {*CLASSES.values(), DEFAULT_CLASS} - {CLASSES["checkbox"]}


@register.filter
def kind(field: BoundField) -> str:
    """Which markup a field takes: one of the names in ``KINDS``, or "input"."""
    widget = field.field.widget
    return next((name for widget_class, name in KINDS if isinstance(widget, widget_class)), "input")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a field with the classes of its kind, and those of an error."""
    base = CLASSES.get(kind(field), DEFAULT_CLASS)
    classes = [base, *field.field.widget.attrs.get("class", "").split()]
    if field.errors and base in WITH_ERROR_CLASS:
        classes.append(f"{base}--error")
    return field.as_widget(attrs={"class": " ".join(dict.fromkeys(classes))})


@register.simple_tag
def marked_label(field: BoundField) -> str:
    """The label of a field, with "(optional)" where nothing need be answered, as GOV.UK marks it.

    A form that says so elsewhere sets ``mark_optional = False``.
    """
    if field.field.required or not field.label or not getattr(field.form, "mark_optional", True):
        return field.label
    return _("%(label)s (optional)") % {"label": field.label}


@register.filter
def button_classes(classes: str) -> str:
    """The classes of a crispy button less those that crispy adds for Bootstrap."""
    kept = [name for name in classes.split() if not name.startswith("btn")]
    return " ".join(dict.fromkeys(["govuk-button", *kept]))


@register.filter
def breakable(text: str) -> str:
    """Let a narrow column break "users/communities" behind the stroke, by a space of no width."""
    return text.replace("/", "/\u200b")
