"""The form of one stage of a partnership: what it is called, when it was, and whether it has begun."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms import choices
from partnerships.forms.fields import PartialDate, Text, one_of
from partnerships.forms.values import Values
from partnerships.models.phase import UNNAMED


class StageFields(forms.Form):
    """The fields of a stage, on a page of their own or within the form of the whole record."""

    use_required_attribute = False
    # The labels and hints say themselves what may stay blank.
    mark_optional = False

    planned = one_of(_("Has this stage begun?"), choices.PLANNED, look="govuk-radios--small")
    starts = PartialDate(label=_("Begins"), help_text=_("Such as 2012, June 2012 or 30/4/2012."))
    ends = PartialDate(end=True, label=_("Ends"), help_text=_("Blank if it goes on."))
    phase = Text(
        most=120,
        error_messages={"required": _("Say what this stage is called, to tell it from the others.")},
        label=_("What is this stage called?"),
        help_text=_("Such as Pilot or Year 1. Blank if there is only one."),
    )

    # Names that the other stages of the partnership have.
    other_phases: Collection[str] = ()

    def check_stage(self) -> None:
        """Hold the two dates against each other, and the name against those of the other stages."""
        starts, ends = (self.cleaned_data.get(name, (None, ""))[0] for name in ("starts", "ends"))
        if starts and ends and ends < starts:
            self.add_error("ends", _("It cannot end before it begins."))
        if (self.cleaned_data.get("phase") or UNNAMED) in self.other_phases and "phase" in self.cleaned_data:
            self.add_error("phase", _("Another stage of this partnership has this name."))


class PhaseForm(StageFields):
    """A stage that is added or changed. ``values`` are those of ``forms.values.stage_values``."""

    like = forms.BooleanField(required=False, initial=True)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, values: Values, others: Collection[str], before: str = "",
        is_new: bool = False,
    ) -> None:  # fmt: skip
        """``others``: names of the other stages; ``before``: the one whose answers a new stage may start from."""
        super().__init__(data, initial=dict(values))
        self.other_phases = others
        if is_new and others:
            self.fields["phase"].required = True
            self.fields["phase"].help_text = _("Such as Pilot or Year 2.")
        if before:
            self.fields["like"].label = _("Start from the answers of “%(name)s”") % {
                "name": _("First stage") if before == UNNAMED else before
            }
        else:
            del self.fields["like"]

    def clean(self) -> dict[str, Any]:
        """Check the dates and the name."""
        self.check_stage()
        return self.cleaned_data

    @property
    def typed(self) -> Values:
        """What was typed, as it was typed; what the form shows at first where nothing was."""
        return {name: self[name].value() for name in self.fields if name != "like"}
