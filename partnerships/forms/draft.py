"""The form with which an officer logs a partnership and edits a draft, on one page or step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from partnerships.forms import choices
from partnerships.forms.fields import Countries, Lines, Partners, Text, one_of, select, some_of
from partnerships.forms.layout import GROUPS, layout_of
from partnerships.forms.phase import StageFields
from partnerships.forms.steps import EVERYTHING, Step
from partnerships.forms.values import Values
from partnerships.models import Partner, Partnership
from partnerships.models.fields import vocabulary_choices
from partnerships.search import fold
from taxonomy.questions import PARTY_KINDS

# Without these two there is no record in which the rest could be kept.
NEEDED_FOR_A_DRAFT = frozenset({"title", "unit"})


class PartnershipForm(StageFields):
    """What an officer is asked about a partnership; ``only`` is the step of it that the page shows.

    ``values`` is what the form shows at first: see ``partnerships.forms.values``. ``lenient`` asks only for what a
    draft cannot do without; what can be read is then in ``cleaned_data`` and what cannot is in ``errors``.
    """

    title = Text(
        most=Partnership._meta.get_field("title").max_length,
        missing=_("Enter what it is called."),
        label=_("What is it called?"),
    )
    unit = one_of(_("What are you describing?"), [], _("Choose what you are describing."), hints=choices.UNIT_HINTS)
    country = select(_("Country"), choices.country_choices, _("Choose a country."))
    nation = Text(most=100, label=_("Nation or region (optional)"))
    place = Text(most=150, label=_("Town or area (optional)"))
    areas = some_of(
        _("What is it about?"),
        choices.areas,
        _("Tick at least one area that it is about."),
        hints=choices.AREA_HINTS,
        look="in-columns",
        help_text=_("Tick all that fit."),
    )
    kinds = some_of(
        _("Who takes part?"),
        choices.KINDS,
        _("Tick who takes part."),
        hints=choices.KIND_HINTS,
        help_text=_("Tick every kind that helps to plan or run it."),
    )
    leads = Lines(
        most=200,
        rows=2,
        label=_("Who leads?"),
        help_text=_("Names that you gave under Who takes part, one on each line."),
    )
    summary = Text(
        most=1500,
        label=_("Summary"),
        help_text=_("One to four sentences: what it is and for whom."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    aliases = Lines(most=300, rows=2, label=_("Other names"), help_text=_("One on each line."))
    other_countries = Countries(most=300, rows=2, label=_("Other countries"), help_text=_("One on each line."))
    vehicle = select(_("Way of buying, funding or planning"), lambda: choices.optional("VEHICLES"))
    risk = select(_("Who carries the risk?"), lambda: choices.optional("RISK_CARRIERS"))
    tags = Lines(most=300, rows=2, label=_("Tags"), help_text=_("Your own words to find it by. One on each line."))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Values, user: User, only: Step = EVERYTHING,
        other_phases: tuple[str, ...] = (), lenient: bool = False, open_fold: bool = False,
    ) -> None:  # fmt: skip
        """``other_phases``: names of the partnership's further phases; ``open_fold`` unfolds what is optional."""
        super().__init__(data, initial=dict(values))
        self.step = only
        self.values = values
        self.lenient = lenient
        self.other_phases = other_phases
        self.open_fold = open_fold
        self.fields["unit"].choices = _units(user, values)
        self.fields["kinds"].widget.reveals = {kind.code: f"names_{kind.code}" for kind in PARTY_KINDS}
        for kind in PARTY_KINDS:
            self.fields[f"names_{kind.code}"] = Partners(most=200, rows=2, label=choices.NAMES_OF[kind.code])
        for code, label in choices.areas():
            self.fields[f"groups_{code}"] = some_of(label, choices.groups(code), look="govuk-checkboxes--small")
        for key, _kind, _name in self.parties:
            self.fields |= _fields_besides(key)
        self.fields = {name: self.fields[name] for name in as_asked(filter(only.covers, self.fields))}

    @property
    def parties(self) -> list[list[str]]:
        """Key, kind and name of each partner that the record has."""
        return self.values.get("parties", [])

    @cached_property
    def helper(self) -> FormHelper:
        """The layout, made when somebody looks: a form that only reads answers does without."""
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = layout_of(self)
        return helper

    def full_clean(self) -> None:
        """For a draft, ask only for what it cannot do without. Labels and help stay those of the whole form."""
        # A ticked group answers the question about areas too, so ``clean`` asks it.
        eased = {"areas"} | ({*self.fields} - NEEDED_FOR_A_DRAFT if self.lenient else set())
        eased = {name for name in eased if name in self.fields and self.fields[name].required}
        for name in eased:
            self.fields[name].required = False
        super().full_clean()
        for name in eased:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Hold answers against each other."""
        if not self.lenient:
            self._ask_for_areas()
        self._check_partners()
        self._check_leads()
        self.check_stage()
        return self.cleaned_data

    def insist(self) -> None:
        """Ask a lenient form, once what it can give is kept, for what the whole form asks for."""
        asked = [name for name, field in self.fields.items() if field.required and name not in self.errors]
        for name in asked:
            if name != "areas" and not self.cleaned_data[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        self._ask_for_areas()

    def _ask_for_areas(self) -> None:
        if "areas" not in self.fields or "areas" in self.errors:
            return
        if not any(self.cleaned_data.get(name) for name in ("areas", *GROUPS)):
            self.add_error("areas", self.fields["areas"].error_messages["required"])

    def _check_partners(self) -> None:
        """A name beside a box that is not ticked is a slip of one or the other; only the officer knows which."""
        ticked = self.cleaned_data.get("kinds")
        if ticked is None:
            return
        for kind in PARTY_KINDS:
            name = f"names_{kind.code}"
            if kind.code not in ticked and self.cleaned_data.get(name):
                self.add_error(name, _("Tick “%(kind)s” above, or take these names out.") % {"kind": _(kind.name)})

    def _check_leads(self) -> None:
        """Who leads has to be among the names; where some of these cannot be read, nobody knows yet."""
        fields = [f"names_{kind.code}" for kind in PARTY_KINDS]
        if set(fields) & set(self.errors):
            return
        names = {fold(partner.name) for name in fields for partner in self.cleaned_data.get(name, [])}
        missing = [name for name in self.cleaned_data.get("leads", []) if fold(name) not in names]
        if missing:
            message = _("Who leads: “%(name)s” is not among the names under Who takes part. Add it there too.")
            self.add_error("leads", message % {"name": missing[0]})

    @property
    def can_be_kept(self) -> bool:
        """Whether there is enough to save a draft from, whatever else cannot be read."""
        return self.is_bound and not NEEDED_FOR_A_DRAFT & set(self.errors) and "__all__" not in self.errors

    @property
    def shown(self) -> Values:
        """What was typed on this page, as it was typed; what a form shows at first where nothing was."""
        return {name: self[name].value() for name in self.fields}

    @property
    def typed(self) -> Values:
        """The same, with the record's own values for what the page does not ask."""
        return {**self.values, **self.shown}


def _units(user: User, values: Values) -> choices.Choices:
    """What this person may log."""
    scholar = user.is_curator or Role.RESEARCHER in user.roles
    return choices.units(all_of_them=scholar, present=str(values.get("unit", "")))


def _fields_besides(key: str) -> dict[str, forms.Field]:
    """What a partner does besides, which never counts, and whether it stands between the sectors."""
    return {
        f"roles_{key}": some_of(
            _("What else does it do?"), vocabulary_choices("ROLES"), hints=choices.ROLE_HINTS,
            look="govuk-checkboxes--small",
        ),
        f"hybrid_{key}": forms.BooleanField(
            required=False, label=_("It stands between the sectors"),
            help_text=_("Such as a company that a council controls, or a staff mutual."),
        ),
        f"note_{key}": Text(most=Partner._meta.get_field("note").max_length, label=_("Why? (optional)")),
    }  # fmt: skip


def as_asked(names: Iterable[str]) -> list[str]:
    """Fields in the order in which the page asks: names follow the kinds, groups of areas the areas."""
    order = {name: place for place, name in enumerate(EVERYTHING.fields)}
    return sorted(names, key=lambda name: order.get(ASKED_WITH.get(name.partition("_")[0], name), len(order)))


# The fields that made ones follow; what a partner does besides is asked last.
ASKED_WITH = {"names": "kinds", "groups": "risk"}


def gaps_of(values: Values, user: User) -> dict[str, list[str]]:
    """What keeps stored answers from being handed in: messages by field, in the order of the form."""
    form = PartnershipForm(values, values=values, user=user)
    return {field: [str(message) for message in form.errors[field]] for field in form.fields if field in form.errors}
