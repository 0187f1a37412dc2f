"""Forms of a partnership and of its parts, except phases (see ``phase_form``)."""

from typing import Any

from django import forms
from django.db.models import Model, UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm
from accounts.admin.history import REASON_LENGTH
from accounts.models import Organisation
from partnerships.admin.claims import refusal
from partnerships.admin.fields import ByAddressField, ByPartnershipField
from partnerships.models import Evidence, Partner, Partnership, Phase, Source, Statement
from partnerships.models.claims import MOVEMENT
from taxonomy.lenses import LENSES

# Up to this many codes are tick boxes; more are a list that scrolls.
TICKED = 12


class PartForm(RegisterForm):
    """A form of the register: rows chosen by address, codes to tick, and a heading for the folded part it stands in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Prepare fields by their kind."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ByAddressField) and self.instance.pk:
                self.initial[name] = getattr(self.instance, name)
            elif type(field) is forms.MultipleChoiceField:
                _ease(field, self.initial.get(name) or [])
            elif isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "govuk-checkboxes--small cells"

    @property
    def heading(self) -> str:
        """What the folded part is called."""
        return str(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse the deletion of a row that must stay, beside its box; with the error, it counts as not ticked."""
        data = super().clean() or self.cleaned_data
        reason = self.reason_to_stay() if data.get(DELETION_FIELD_NAME) and self.instance.pk else ""
        if reason:
            self.add_error(DELETION_FIELD_NAME, reason)
        return data

    def reason_to_stay(self) -> str:
        """Why the row cannot be deleted; "" if it can."""
        return ""


class OpenedForm(PartForm):
    """The form of a whole record, which stops when somebody else saved the record since the page was opened."""

    opened_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember which version of the record the page was opened with."""
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.version_of(self.instance) if self.instance.pk else ""

    def version_of(self, record: Model) -> str:
        """What tells this state of the record from any other."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Stop when the versions differ. The page comes back with what was typed and the new version.

        The row is held until the transaction ends, so that two people cannot pass each other.
        """
        data = super().clean()
        rows = self._meta.model._base_manager.select_for_update()
        now = self.version_of(rows.get(pk=self.instance.pk)) if self.instance.pk else ""
        if data.get("opened_version") != now:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_version")] = now
            self.add_error(
                None,
                translate(
                    "Somebody else saved this record while you were working on it. Nothing of yours is lost: look at "
                    "the history, then save again if yours should stand."
                ),
            )
        return data


class PartFormSet(BaseInlineFormSet):
    """The rows of one kind of part. A row that repeats another says so beside its field.

    Every row of the partnership is on the page, so comparing the rows is enough. ``parked`` names fields whose values
    are moved out of the way before saving, so that two rows may change places; in others a row cannot take a value
    in the same step in which another row gives it up.
    """

    parked: frozenset[str] = frozenset()

    def validate_unique(self) -> None:
        """Check each rule of the model about what may stand once in a partnership."""
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        for rule in self.model._meta.constraints:
            if isinstance(rule, UniqueConstraint) and rule.condition is None and self.fk.name in rule.fields:
                self._check(rule, [form for form in kept if form in self.initial_forms or form.has_changed()])

    def _check(self, rule: UniqueConstraint, kept: list[PartForm]) -> None:
        names = [name for name in rule.fields if name != self.fk.name]
        taken = set() if self.parked.issuperset(names) else {_values(form.initial, names) for form in kept}
        # Rows that stay as they are hold their places first, whatever their order on the page.
        moved = [form for form in kept if not self._stays(form, names)]
        taken |= {_values(form.cleaned_data, names) for form in kept if form not in moved}
        for form in moved:
            values = _values(form.cleaned_data, names)
            if None not in values and values in taken:
                form.add_error(form.beside[rule.name], rule.get_violation_error_message())
            taken.add(values)

    def _stays(self, form: PartForm, names: list[str]) -> bool:
        return form in self.initial_forms and _values(form.cleaned_data, names) == _values(form.initial, names)


def _values(source: dict[str, Any], names: list[str]) -> tuple[Any, ...]:
    return tuple(source.get(name) for name in names)


def _ease(field: forms.MultipleChoiceField, chosen: list[str]) -> None:
    """Boxes for a short list of codes; for a long one a list that begins with what is chosen."""
    choices = list(field.choices)
    if len(choices) <= TICKED:
        field.widget = forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}, choices=choices)
        return
    choices.sort(key=lambda choice: choice[0] not in chosen)
    field.widget = forms.SelectMultiple(attrs={"size": 8}, choices=choices)
    field.help_text = translate("What is chosen stands first. Hold Ctrl (on a Mac: Cmd) to choose several.")


class PartnershipForm(OpenedForm):
    """The record itself. Its status is not in it: publishing, sending back and withdrawing are acts of their own."""

    beside = {"partnership_unit_known": "unit", "partnership_not_part_of_itself": "part_of"}
    part_of = ByPartnershipField(
        Partnership.objects.filter(revises__isnull=True),
        required=False,
        label=_("part of"),
        help_text=_("The address of the larger partnership."),
    )
    organisation = ByAddressField(
        Organisation.objects.all(), required=False, label=_("kept by"),
        help_text=_("The organisation whose officers edit the draft. Empty: the library."),
    )  # fmt: skip
    change_reason = forms.CharField(
        label=_("why you change it"), max_length=REASON_LENGTH, required=False, help_text=_("Kept in the history.")
    )

    class Meta:
        """Everything that describes it; nothing about its standing."""

        model = Partnership
        fields = [
            "title", "unit", "summary", "narrative", "aliases", "part_of", "organisation", "countries", "nation",
            "place", "service_areas", "tags", "vehicle", "risk", "level", "nature", "nature_basis", "effect",
            "interaction", "stages", "design_approach", "reached", "definition", "last_confirmed",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 4}), "narrative": forms.Textarea(attrs={"rows": 8})}

    def version_of(self, record: Partnership) -> str:
        """The record counts its versions."""
        return str(record.version)


class PartnerForm(PartForm):
    """Who takes part."""

    beside = {"partner_once": "name", "partner_kind_known": "kind"}
    organisation = ByAddressField(
        Organisation.objects.all(),
        required=False,
        label=_("organisation in the register"),
        help_text=_("By its address."),
    )

    class Meta:
        """All of a partner."""

        model = Partner
        fields = ["kind", "name", "lead", "organisation", "roles", "hybrid", "note"]


class OfOnePhaseForm(PartForm):
    """A part that may speak of one phase of its partnership."""

    phase = forms.ModelChoiceField(Phase.objects.none(), required=False, label=_("phase"))
    source = ByAddressField(Source.objects.all(), label=_("source"))

    def __init__(self, *args: Any, phases: list[Phase], **kwargs: Any) -> None:
        """``phases`` are those of the partnership, read once for all rows."""
        super().__init__(*args, **kwargs)
        field = self.fields["phase"]
        field.queryset = Phase.objects.filter(pk__in=[phase.pk for phase in phases])
        # A list instead of the query, which would run once for every row.
        field.widget.choices = [("", translate("The whole partnership")), *((phase.pk, phase.name) for phase in phases)]
        self.fields["source"].help_text = (
            str(self.instance.source) if self.instance.pk else translate("The address of the source.")
        )


class EvidenceForm(OfOnePhaseForm):
    """A place in a source that supports the record."""

    beside = {"evidence_grade_known": "grade"}

    class Meta:
        """All of a piece of evidence."""

        model = Evidence
        fields = ["phase", "source", "place", "grade", "supports", "note"]


def _levels() -> list[tuple[str, Any]]:
    """The responsibilities of both lenses, each under its lens."""
    named = [(_(lens.name), [(level.code, _(level.name)) for level in lens.levels]) for lens in LENSES.values()]
    return [("", _("Not said")), *named]


class StatementForm(OfOnePhaseForm):
    """What a source says."""

    beside = {"statement_levels_known": "design", "statement_movement_has_sets": "kind"}
    unstated = _("Not said")
    design = forms.ChoiceField(choices=_levels, required=False, label=_("design"))
    delivery = forms.ChoiceField(choices=_levels, required=False, label=_("delivery"))

    class Meta:
        """All of a statement."""

        model = Statement
        fields = [
            "source", "place", "phase", "kind", "basis", "lens", "label", "design", "delivery", "cells", "from_cells",
            "to_cells", "hedge", "perspective", "reading", "paraphrase",
        ]  # fmt: skip
        widgets = {"paraphrase": forms.Textarea(attrs={"rows": 3})}

    # What decides where a statement places a phase, and whether it can be adopted at all.
    deciding = ("phase", "kind", "lens", "design", "delivery", "cells")

    @property
    def heading(self) -> str:
        """Where it says so, and how plainly: several statements may share their source."""
        said = self.instance
        where = f"{said.source}, {said.place}" if said.place else str(said.source)
        return f"{where}: {said.get_kind_display()}"

    def clean(self) -> dict[str, Any]:
        """A movement, and nothing else, has cells from and to, and belongs to no phase."""
        data = super().clean()
        if data.get("kind") == MOVEMENT:
            if data.get("phase"):
                self.add_error("phase", translate("A movement belongs to no phase."))
            for name in ("from_cells", "to_cells"):
                if not data.get(name):
                    self.add_error(name, translate("Tick the cells of the movement."))
        else:
            for name in ("from_cells", "to_cells"):
                if data.get(name):
                    self.add_error(name, translate("Only a movement has these."))
        self._check_adopted(data)
        return data

    def reason_to_stay(self) -> str:
        """A position does not lose the claim that it rests on."""
        phase = self.instance.adopted_for.first()
        if phase is None:
            return ""
        return translate(
            "The position of “%(phase)s” rests on this statement. Adopt another claim, or set the position by hand and "
            "save; then delete it."
        ) % {"phase": phase}

    def _check_adopted(self, data: dict[str, Any]) -> None:
        """A statement that a position rests on may change only into one that can be adopted: the position follows."""
        if self.errors or not self.instance.pk or not set(self.deciding) & set(self.changed_data):
            return
        claim = Statement(partnership_id=self.instance.partnership_id, **{name: data[name] for name in self.deciding})
        for phase in self.instance.adopted_for.all():
            if fault := refusal(phase, claim):
                self.add_error(
                    None,
                    translate(
                        "The position of “%(phase)s” rests on this statement, which could not be adopted like this. "
                        "%(fault)s Adopt another claim first, or set the position by hand and save."
                    )
                    % {"phase": phase, "fault": fault},
                )
