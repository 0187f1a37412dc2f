"""The form with which an officer logs a partnership and edits a draft."""

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
from partnerships.forms.fields import Countries, Lines, PartialDate, Partners, Text
from partnerships.forms.layout import FOLDED, partnership_layout
from partnerships.forms.values import ONLY_PHASE, Values
from partnerships.models.partnership import Partnership
from partnerships.search import fold
from taxonomy.axes import Axis
from taxonomy.questions import PARTY_KINDS
from taxonomy.service_areas import DIVISIONS

FROM_THE_LIST = _("Choose from the list.")
# Without these two there is no record in which the rest could be kept.
NEEDED_FOR_A_DRAFT = frozenset({"title", "unit"})


def _one_of(
    label: Any, options: Any, missing: Any = "", *, hints: Any = None, look: str = "", **more: Any
) -> forms.ChoiceField:
    """Radios; ``missing`` is the message where none is chosen, ``look`` a class for the group."""
    widget = forms.RadioSelect(attrs={"class": look} if look else None)
    widget.hints = hints or {}
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.ChoiceField(
        label=label, choices=options, required=bool(missing), widget=widget, error_messages=messages, **more
    )


def _some_of(
    label: Any, options: Any, missing: Any = "", *, hints: Any = None, look: str = "", **more: Any
) -> forms.MultipleChoiceField:
    """Boxes; ``missing`` is the message where none is ticked, ``look`` a class for the group."""
    widget = forms.CheckboxSelectMultiple(attrs={"class": look} if look else None)
    widget.hints = hints or {}
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.MultipleChoiceField(
        label=label, choices=options, required=bool(missing), widget=widget, error_messages=messages, **more
    )


def _select(label: Any, options: Any, missing: Any = "", **more: Any) -> forms.ChoiceField:
    """A drop-down list."""
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.ChoiceField(label=label, choices=options, required=bool(missing), error_messages=messages, **more)


class PartnershipForm(forms.Form):
    """Everything about a partnership that an officer is asked.

    ``values`` is what the form shows at first: see ``partnerships.forms.values``. ``lenient`` asks only for what a
    draft cannot do without; what can be read is then in ``cleaned_data`` and what cannot is in ``errors``.
    """

    use_required_attribute = False
    # The labels say "optional" themselves, and the folded part says it once for all that is in it.
    mark_optional = False

    title = Text(
        most=Partnership._meta.get_field("title").max_length,
        missing=_("Enter what it is called."),
        label=_("What is it called?"),
    )
    unit = _one_of(_("What are you describing?"), [], _("Choose what you are describing."), hints=choices.UNIT_HINTS)
    country = _select(_("Country"), choices.country_choices, _("Choose a country."))
    nation = Text(most=100, label=_("Nation or region (optional)"))
    place = Text(most=150, label=_("Town or area (optional)"))
    areas = _some_of(
        _("What is it about?"),
        choices.areas,
        _("Tick at least one area that it is about."),
        hints=choices.AREA_HINTS,
        look="in-columns",
        help_text=_("Tick all that fit."),
    )
    kinds = _some_of(
        _("Who takes part?"),
        choices.KINDS,
        _("Tick who takes part."),
        hints=choices.KIND_HINTS,
        help_text=_(
            "Tick every kind that helps to plan or run it. You can add names of organisations and groups, "
            "one on each line; no private people."
        ),
    )
    design = _one_of(
        _("Who designs it?"),
        choices.DESIGN,
        _("Say who designs it, or that it is not known."),
        hints=choices.DESIGN_HINTS,
        help_text=_(Axis.DESIGN.help),
    )
    delivery = _one_of(
        _("Who delivers it?"),
        choices.DELIVERY,
        _("Say who delivers it, or that it is not known."),
        hints=choices.DELIVERY_HINTS,
        help_text=_(Axis.DELIVERY.help),
    )
    reason = Text(
        most=2000,
        missing=_("Say what your answers on design and delivery rest on."),
        label=_("What do these two answers rest on?"),
        help_text=_("A sentence or two: a contract, minutes, an evaluation, or your own work there."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    perspective = _one_of(_("Whose view is this?"), [], _("Choose whose view this is."), look="govuk-radios--small")

    summary = Text(
        most=1500,
        label=_("Summary"),
        help_text=_("One to four sentences: what it is and for whom."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    leads = Lines(
        most=200,
        rows=2,
        label=_("Who leads?"),
        help_text=_("Names that you gave under Who takes part, one on each line."),
    )
    aliases = Lines(most=300, rows=2, label=_("Other names"), help_text=_("One on each line."))
    other_countries = Countries(most=300, rows=2, label=_("Other countries"), help_text=_("One on each line."))
    phase = Text(
        most=120,
        label=_("What is this stage called?"),
        help_text=_("Such as Pilot or Year 1. Leave it blank where there is one stage only."),
    )
    starts = PartialDate(label=_("Begins"), help_text=_("Such as 2012, June 2012 or 30/4/2012."))
    ends = PartialDate(end=True, label=_("Ends"), help_text=_("Leave it blank if it goes on."))
    planned = _one_of(_("Has this stage begun?"), choices.PLANNED)
    vehicle = _select(_("Way of buying, funding or planning"), lambda: choices.optional("VEHICLES"))
    risk = _select(_("Who carries the risk?"), lambda: choices.optional("RISK_CARRIERS"))
    tags = Lines(most=300, rows=2, label=_("Tags"), help_text=_("Your own words to find it by. One on each line."))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Values, user: User,
        other_phases: tuple[str, ...] = (), lenient: bool = False, open_fold: bool = False,
    ) -> None:  # fmt: skip
        """``other_phases``: names of the partnership's further phases; ``open_fold`` unfolds what is optional."""
        super().__init__(data, initial=dict(values))
        self.lenient = lenient
        self.other_phases = other_phases
        self._offer_what_the_user_may(user, values)
        self.fields["kinds"].widget.reveals = {kind.code: f"names_{kind.code}" for kind in PARTY_KINDS}
        for kind in PARTY_KINDS:
            self.fields[f"names_{kind.code}"] = Partners(most=200, rows=2, label=_("Names (optional)"))
        for code, label in choices.areas():
            self.fields[f"groups_{code}"] = _some_of(label, choices.groups(code), look="govuk-checkboxes--small")
        self.order_fields(as_asked(self.fields))
        self.open_fold = open_fold

    def _offer_what_the_user_may(self, user: User, values: Values) -> None:
        curator = user.is_curator
        scholar = curator or Role.RESEARCHER in user.roles
        self.fields["unit"].choices = choices.units(all_of_them=scholar, present=str(values.get("unit", "")))
        was_curator = values.get("perspective") == choices.CURATOR
        self.fields["perspective"].choices = choices.perspectives(curator=curator or was_curator)

    @cached_property
    def helper(self) -> FormHelper:
        """The layout, made when somebody looks: a form that only reads answers does without."""
        answered = any(self[name].value() for name in FOLDED if name != "planned")
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = partnership_layout(is_open=self.open_fold or answered or self["planned"].value() == "planned")
        return helper

    def full_clean(self) -> None:
        """For a draft, ask only for what it cannot do without. Labels and help stay those of the whole form."""
        # A ticked group answers the question about areas too, so ``clean`` asks it.
        eased = {"areas"} | ({*self.fields} - NEEDED_FOR_A_DRAFT if self.lenient else set())
        eased = {name for name in eased if self.fields[name].required}
        for name in eased:
            self.fields[name].required = False
        super().full_clean()
        for name in eased:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Hold answers against each other."""
        self._check_areas()
        self._check_partners()
        self._check_leads()
        starts, ends = (self.cleaned_data.get(name, (None, ""))[0] for name in ("starts", "ends"))
        if starts and ends and ends < starts:
            self.add_error("ends", _("It cannot end before it begins."))
        if "phase" in self.cleaned_data and (self.cleaned_data["phase"] or ONLY_PHASE) in self.other_phases:
            self.add_error("phase", _("Another stage of this partnership has this name."))
        return self.cleaned_data

    def _check_areas(self) -> None:
        groups = any(self.cleaned_data.get(f"groups_{code}") for code in DIVISIONS.codes)
        if not (self.lenient or groups or "areas" in self.errors or self.cleaned_data.get("areas")):
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
    def typed(self) -> Values:
        """What was typed, as it was typed; what a form shows at first where nothing was."""
        return {name: self[name].value() for name in self.fields}


def as_asked(names: Iterable[str]) -> list[str]:
    """Fields in the order in which the page asks: names follow the kinds, groups of areas stand before the tags."""
    names = list(names)
    place = {name: float(number) for number, name in enumerate(names)}
    return sorted(names, key=lambda name: place[_asked_with(name)] + (name != _asked_with(name)) / 2)


def _asked_with(name: str) -> str:
    """The field that a made field follows."""
    return {"names": "kinds", "groups": "risk"}.get(name.partition("_")[0], name)


def gaps_of(values: Values, user: User) -> dict[str, list[str]]:
    """What keeps stored answers from being handed in: messages by field, in the order of the form."""
    form = PartnershipForm(values, values=values, user=user)
    return {field: [str(message) for message in form.errors[field]] for field in form.fields if field in form.errors}
