"""The form of a phase: its two responsibilities and its set of possible cells follow each other."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from partnerships import dates
from partnerships.admin.fields import PartialDateField
from partnerships.admin.forms import PartForm, PartFormSet
from partnerships.models import Phase
from partnerships.models.fields import ALL_CELLS
from partnerships.models.phase import INFERRED
from partnerships.overlap import overlapping
from partnerships.presenters.position import lens_position, tag
from taxonomy.cells import cells_of, column_cells, responsibilities_of, row_cells
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens

POSITION = ("design", "delivery", "possible_cells")
# Above it is the room in which phases that change places are parked; see PartnershipAdmin.save_formset.
HIGHEST_ORDER = 999
SET_HELP = _("Tick cells only where the two answers do not say it all, such as “6 or 9”. None ticked: they follow.")


class PhaseForm(PartForm):
    """A phase with its position. What changed decides what follows what.

    Responsibilities changed, cells left alone: the cells become all that the two responsibilities leave open. Cells
    changed, responsibilities left alone: each responsibility is set where all ticked cells agree. Both changed: they
    must agree, and an empty responsibility or set is filled from the other.
    """

    beside = {
        "phase_name_once": "name",
        "phase_order_once": "order",
        "phase_levels_known": "design",
        "phase_set_agrees": "possible_cells",
        "phase_professional_set_agrees": "professional_possible_cells",
        "phase_inferred_has_reason": "reason",
        "phase_position_has_basis": "certainty",
    }
    unstated = _("Not known")
    starts_on = PartialDateField(label=_("starts"), help_text=_("2013, 2013-04 or 2013-04-01"))
    ends_on = PartialDateField(end=True, label=_("last day"), help_text=_("The end counts: 2014 ends on 31 December."))

    class Meta:
        """All of a phase that people decide."""

        model = Phase
        fields = [
            "name", "order", "planned", *POSITION, *(f"professional_{name}" for name in POSITION),
            "certainty", "confidence", "reason", "rationale",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("reason", "rationale")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tick only sets that say more than the two responsibilities do."""
        super().__init__(*args, **kwargs)
        phase = self.instance
        self.fields["order"].required = False
        self.fields["order"].validators.append(MaxValueValidator(HIGHEST_ORDER))
        self.fields["order"].help_text = translate("Empty: after the last one.")
        self.initial["starts_on"] = dates.write(phase.starts, phase.starts_precision)
        self.initial["ends_on"] = dates.write(phase.ends, phase.ends_precision)
        if phase.pk is None:
            self.initial["order"] = phase.order = None
        for lens, prefix in ((SECTOR, ""), (PROFESSIONAL, "professional_")):
            name = f"{prefix}possible_cells"
            self.fields[name].help_text = SET_HELP
            if getattr(phase, name) == _product(
                getattr(phase, f"{prefix}design"), getattr(phase, f"{prefix}delivery"), lens
            ):
                self.initial[name] = frozenset()

    @property
    def heading(self) -> str:
        """The name with the position in a few words."""
        return f"{self.instance.name}: {tag(lens_position(self.instance))}"

    def clean(self) -> dict[str, Any]:
        """Bring dates, positions and their basis together."""
        data = super().clean()
        self._put_dates(data)
        for lens, prefix in ((SECTOR, ""), (PROFESSIONAL, "professional_")):
            if all(f"{prefix}{name}" in data for name in POSITION):
                self._settle(data, lens, prefix)
        self._check_basis(data)
        return data

    def _put_dates(self, data: dict[str, Any]) -> None:
        phase = self.instance
        phase.starts, phase.starts_precision = data.get("starts_on") or (None, "")
        phase.ends, phase.ends_precision = data.get("ends_on") or (None, "")
        if phase.starts and phase.ends and phase.ends < phase.starts:
            self.add_error("ends_on", translate("A phase cannot end before it starts."))

    def _settle(self, data: dict[str, Any], lens: Lens, prefix: str) -> None:
        """Let the part of a position that was left alone follow the part that was changed."""
        design, delivery, possible = (data[f"{prefix}{name}"] for name in POSITION)
        set_changed = f"{prefix}possible_cells" in self.changed_data
        axes_changed = {f"{prefix}design", f"{prefix}delivery"} & set(self.changed_data)
        if not possible or (axes_changed and not set_changed):
            possible = _product(design, delivery, lens)
        else:
            found = responsibilities_of(possible, lens) if possible != ALL_CELLS else (None, None)
            if set_changed and not axes_changed:
                design, delivery = (level or "" for level in found)
            else:
                design, delivery = design or found[0] or "", delivery or found[1] or ""
        data.update({f"{prefix}design": design, f"{prefix}delivery": delivery, f"{prefix}possible_cells": possible})
        fault = _contradiction(design, delivery, possible, lens)
        if fault:
            self.add_error(f"{prefix}possible_cells", fault)

    def _check_basis(self, data: dict[str, Any]) -> None:
        """A position says what it rests on; an inferred one has a confidence and a reason."""
        sets = [data.get(name) for name in ("possible_cells", "professional_possible_cells")]
        placed = any(cells is not None and not cells >= ALL_CELLS for cells in sets)
        if placed and not data.get("certainty") and "certainty" not in self.errors:
            self.add_error("certainty", translate("Say what the position rests on."))
        if data.get("certainty") == INFERRED:
            for name, fault in (
                ("confidence", translate("Say how confident you are.")),
                ("reason", translate("Give the reason for an inferred position.")),
            ):
                if not data.get(name):
                    self.add_error(name, fault)

    def reason_to_stay(self) -> str:
        """What people signed is kept, so the phase that it is about is too."""
        if self.instance.assessments.filter(submitted_at__isnull=False).exists():
            return translate("An assessment of this phase was handed in, so the phase stays. Rename it if it is wrong.")
        return ""

    @property
    def position_changed(self) -> bool:
        """Whether the form moves the phase, by hand."""
        names = [f"{prefix}{name}" for prefix in ("", "professional_") for name in POSITION]
        return bool({*names, "certainty"} & set(self.changed_data))


def _product(design: str, delivery: str, lens: Lens) -> frozenset[int]:
    """Every cell that two responsibilities leave open."""
    return cells_of(design or None, delivery or None, lens)


def _contradiction(design: str, delivery: str, possible: frozenset[Any], lens: Lens) -> str:
    """Why a set does not go with the responsibilities, or ""."""
    numbers = {member for member in possible if isinstance(member, int)}
    for level, cells_at in ((design, column_cells), (delivery, row_cells)):
        stray = sorted(numbers - cells_at(level, lens)) if level else []
        if stray:
            return translate("Cell %(cell)s does not go with “%(level)s”. Change one of the two.") % {
                "cell": stray[0], "level": translate(lens.level(level).name),
            }  # fmt: skip
    if design and delivery and possible - numbers:
        return translate("Where both responsibilities are known there is one cell and nothing else.")
    return ""


class PhaseFormSet(PartFormSet):
    """The phases of a partnership. Two may change places, and a new one without a place goes to the end."""

    parked = frozenset({"order"})

    def clean(self) -> None:
        """Give places in the order to those that have none, and hold a published record to what publishing asks."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        kept = [form for form in kept if form in self.initial_forms or form.has_changed()]
        last = max((form.instance.order or 0 for form in kept), default=0)
        for form in kept:
            if not form.instance.order:
                last += 1
                form.instance.order = last
        if self.instance.is_published and all(form.is_valid() for form in kept):
            self._check_published([form.instance for form in kept])

    def _check_published(self, phases: list[Phase]) -> None:
        """The same two rules as ``actions.publish``."""
        if not phases:
            raise ValidationError(translate("A published partnership has at least one phase."))
        for one, other in overlapping(phases):
            raise ValidationError(
                translate("The phases “%(one)s” and “%(other)s” overlap. Correct their dates.")
                % {"one": one, "other": other}
            )
