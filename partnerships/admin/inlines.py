"""The parts of a partnership on its page: phases, partners, statements, evidence. Each row folds under a heading."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import Plain
from partnerships.admin.forms import EvidenceForm, PartFormSet, PartnerForm, StatementForm
from partnerships.admin.phase_form import PhaseForm, PhaseFormSet
from partnerships.models import Evidence, Partner, Phase, Statement


class Folded(Plain, admin.StackedInline):
    """Rows that open one at a time, with one empty row; the script of the page adds more without saving first."""

    template = "admin/partnerships/rows.html"
    extra = 1
    add_words: Any = ""


class PhaseInline(Folded):
    """Phases in order. Claims about them are adopted on pages of their own."""

    model = Phase
    form = PhaseForm
    formset = PhaseFormSet
    ordering = ["order"]
    add_words = _("Add a phase")
    fieldsets = [
        (None, {"fields": [("name", "order"), ("starts_on", "ends_on"), "planned"]}),
        (_("Position"), {"fields": [("design", "delivery"), "possible_cells", "rationale"]}),
        (_("What the position rests on"), {"fields": [("certainty", "confidence"), "reason"]}),
        (
            _("Professional lens"),
            {
                "fields": [("professional_design", "professional_delivery"), "professional_possible_cells"],
                "classes": ["collapse"],
            },
        ),
    ]


class PartnerInline(Folded):
    """Who takes part."""

    model = Partner
    form = PartnerForm
    formset = PartFormSet
    add_words = _("Add a partner")
    fieldsets = [(None, {"fields": [("kind", "name"), "lead", "organisation", "roles", "hybrid", "note"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """With the organisations that the rows name."""
        return super().get_queryset(request).select_related("organisation")


class OfOnePhaseFormSet(PartFormSet):
    """Reads the phases to choose from once for all rows."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the phases to each form."""
        if not hasattr(self, "_phases"):
            self._phases = list(self.instance.phases.order_by("order")) if self.instance.pk else []
        return {**super().get_form_kwargs(index), "phases": self._phases}


class StatementInline(Folded):
    """What sources say."""

    model = Statement
    form = StatementForm
    formset = OfOnePhaseFormSet
    add_words = _("Add a statement")
    fieldsets = [
        (None, {"fields": ["source", ("place", "phase"), "paraphrase"]}),
        (
            _("What it says about the position"),
            {"fields": [("kind", "basis"), ("lens", "label"), ("design", "delivery"), "cells"]},
        ),
        (_("How sure, and who says so"), {"fields": ["hedge", ("perspective", "reading")]}),
        (_("A movement"), {"fields": ["from_cells", "to_cells"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """With their sources."""
        return super().get_queryset(request).select_related("source")


class EvidenceInline(Folded):
    """Places in sources that support the record."""

    model = Evidence
    form = EvidenceForm
    formset = OfOnePhaseFormSet
    verbose_name_plural = _("evidence")
    add_words = _("Add evidence")
    fieldsets = [(None, {"fields": ["source", ("place", "phase"), "grade", "supports", "note"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        """With their sources."""
        return super().get_queryset(request).select_related("source")


INLINES: list[type[InlineModelAdmin]] = [PhaseInline, PartnerInline, StatementInline, EvidenceInline]
