"""Partnerships in the workplace: the list with the queue, the record with its parts, its history, its moderation."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.admin.differences import in_words
from accounts.admin.history import HistoryAdmin, give_reason
from partnerships import actions
from partnerships.admin.claims import follows, phase_views, place
from partnerships.admin.codebook import CodebookMixin
from partnerships.admin.deletion import DeletionMixin
from partnerships.admin.fields import suggestions
from partnerships.admin.forms import PartnershipForm, StatementForm
from partnerships.admin.inlines import INLINES
from partnerships.admin.lists import FILTERS, RecordList
from partnerships.admin.moderation import ModerationMixin
from partnerships.admin.phase_form import HIGHEST_ORDER
from partnerships.admin.revisions import RevisionsMixin
from partnerships.admin.site import NEWS_FIRST, NEWS_SHOWN, changes, doubles, news, queue
from partnerships.duplicates import said_same
from partnerships.index import reindex
from partnerships.integrity import adoption_holds
from partnerships.models import ChecklistItem, DuplicateVerdict, Evidence, Partner, Partnership, Phase, Statement
from partnerships.models.fields import ALL_CELLS, CellSetField, CodesField, vocabulary_choices
from partnerships.models.partnership import DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from partnerships.overlap import overlapping
from partnerships.presenters import words
from partnerships.search import MAX_QUERY_LENGTH, words_of


@admin.register(Partnership)
class PartnershipAdmin(RevisionsMixin, ModerationMixin, CodebookMixin, DeletionMixin, HistoryAdmin):
    """What curators see and change of a record. Its status changes only through the acts of ``moderation``."""

    form = PartnershipForm
    inlines = INLINES
    list_display = ["title", "standing", "position", "kind_of_thing", "where", "organisation", "handed_in", "changed"]
    list_filter = FILTERS
    list_select_related = ["organisation"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = _("Every word must be found in the title, the texts, the partners or the sources.")
    ordering = ["-updated_at", "-pk"]
    history_parts = {
        Phase: "partnership", Partner: "partnership", Statement: "partnership", Evidence: "partnership",
        ChecklistItem: "phase__partnership",
    }  # fmt: skip
    history_kept = frozenset({"status", "slug", "created_by", "curator_note", "submitted_at", "published_at"})
    fieldsets = [
        (_("What it is"), {"fields": ["title", "unit", "summary", "aliases", "part_of", "organisation"]}),
        (_("Where, and for what"), {"fields": ["countries", ("nation", "place"), "service_areas", "tags"]}),
        (_("How it is arranged"), {"fields": ["vehicle", "risk"]}),
        (_("The story"), {"fields": ["narrative"], "classes": ["collapse"]}),
        (
            _("Further dimensions"),
            {
                "fields": [
                    "level", ("nature", "nature_basis"), ("effect", "interaction"), "stages",
                    ("design_approach", "reached"), "definition",
                ],
                "classes": ["collapse"],
            },
        ),
    ]  # fmt: skip
    last_fieldset = (_("This change"), {"fields": ["last_confirmed", "change_reason", "opened_version"]})

    def get_fieldsets(self, request: HttpRequest, obj: Partnership | None = None) -> list[Any]:
        """The reason for the change stands last, right above the buttons (see the template)."""
        return [*self.fieldsets, self.last_fieldset]

    # ---- The list ----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partnership]:
        """With the current phase, which the column of positions shows."""
        return super().get_queryset(request).with_current_phase()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RecordList]:
        """Records only."""
        return RecordList

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """The queue begins with what has waited longest; everything else with the last change."""
        if request.GET.get("status") == SUBMITTED:
            return ["submitted_at", "pk"]
        return self.ordering

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Search as visitors do: folded, every word."""
        return queryset.with_words(words_of(search_term[:MAX_QUERY_LENGTH])), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say above the list how many wait."""
        in_queue = request.GET.get("status") == SUBMITTED
        context = {"queue_length": queue().count(), "in_queue": in_queue}
        if in_queue:
            context |= {"changes": changes(), "doubles": doubles()}
            context |= {"news": news(), "news_shown": NEWS_SHOWN, "news_first": NEWS_FIRST}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=_("status"), ordering="status")
    def standing(self, record: Partnership) -> str:
        """The status in words."""
        return record.get_status_display()

    @admin.display(description=_("position"))
    def position(self, record: Partnership) -> str:
        """The cell or the set of the current phase."""
        return place(record.current_phases[0] if record.current_phases else None)

    @admin.display(description=_("what it is"), ordering="unit")
    def kind_of_thing(self, record: Partnership) -> str:
        """The unit in a word or two."""
        return words.unit(record.unit)

    @admin.display(description=_("country"))
    def where(self, record: Partnership) -> str:
        """Countries, or "Not stated"."""
        return ", ".join(words.country(code) for code in record.countries) or translate("Not stated")

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def handed_in(self, record: Partnership) -> str:
        """The day on which it was handed in."""
        return date_format(localtime(record.submitted_at), "j M Y") if record.submitted_at else ""

    @admin.display(description=_("last change"), ordering="updated_at")
    def changed(self, record: Partnership) -> str:
        """The day of the last change."""
        return date_format(localtime(record.updated_at), "j M Y")

    # ---- The record ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """With the pages of the acts, and the comparison of codebooks."""
        return [*self.revision_urls(), *self.moderation_urls(), *self.codebook_urls(), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Add where the record stands, the claims about its phases, and the suggestions for typed addresses."""
        record = context.get("original")
        extra = {
            "suggestions": suggestions(),
            "phases": phase_views(record) if record else (),
            "is_published": bool(record) and record.status == PUBLISHED,
            "is_submitted": bool(record) and record.status == SUBMITTED and record.revises_id is None,
            "proposal": self.proposal_of(record),
            "doubles": doubles_of(record) if record else (),
            "can_publish": bool(record) and record.status != PUBLISHED and not actions.is_unfinished(record),
            "case_study": getattr(record, "case_study", None) if record else None,
        }
        return super().render_change_form(request, {**context, **extra}, **kwargs)

    def save_form(self, request: HttpRequest, form: forms.ModelForm, change: bool) -> Partnership:
        """Sign a new record."""
        record = super().save_form(request, form, change)
        if not change:
            record.created_by = request.user
        return record

    def save_model(self, request: HttpRequest, obj: Partnership, form: forms.ModelForm, change: bool) -> None:
        """Save, with its reason in the history, unless only parts of it changed."""
        told = {"opened_version", "change_reason"}
        if not change or set(form.changed_data) - told:
            obj._change_reason = form.cleaned_data["change_reason"]
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        """Save the parts with the reason for the change; a phase that is moved by hand no longer rests on a claim."""
        rows = formset.save(commit=False)
        for row in (*formset.deleted_objects, *rows):
            row._change_reason = form.cleaned_data["change_reason"]
        for row in formset.deleted_objects:
            row.delete()
        if formset.model is Phase:
            reordered = [part.instance.pk for part in formset.initial_forms if "order" in part.changed_data]
            Phase.objects.filter(pk__in=reordered).update(order=F("order") + HIGHEST_ORDER + 1)
        moved = {id(part.instance) for part in formset.forms if getattr(part, "position_changed", False)}
        for row in rows:
            if id(row) in moved:
                self._move_by_hand(request, row)
            row.save()
        formset.save_m2m()

    def _move_by_hand(self, request: HttpRequest, phase: Phase) -> None:
        if phase.adopted_assessment_id or phase.adopted_statement_id:
            phase.adopted_assessment = phase.adopted_statement = None
            messages.warning(
                request,
                translate("The position of “%(phase)s” was changed by hand, so it no longer rests on a claim.")
                % {"phase": phase},
            )
        phase.adopted_by, phase.adopted_at = request.user, timezone.now()

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        """After everything is saved: bring the index up to date and let forms that are open elsewhere notice."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is Statement:
                for row, fields in formset.changed_objects:
                    if set(StatementForm.deciding) & set(fields):
                        self._follow(request, row)
        self._after_change(form.instance)

    def _after_change(self, record: Partnership) -> None:
        Partnership.objects.filter(pk=record.pk).update(version=F("version") + 1, updated_at=timezone.now())
        reindex(Partnership.objects.get(pk=record.pk))

    def _follow(self, request: HttpRequest, statement: Statement) -> None:
        """Adopt a changed statement again where a position rests on it: the two never say different things.

        Raises ``NotAllowed`` where it cannot be adopted as it is now; the form has asked beforehand.
        """
        for phase in Phase.objects.filter(adopted_statement=statement):
            if not follows(phase, statement):
                actions.adopt(phase=phase, claim=statement, by=request.user, rationale=phase.rationale)
                give_reason(phase, translate("Follows its statement, which changed"))
                messages.info(
                    request,
                    translate("The position of “%(phase)s” follows the statement that it rests on.") % {"phase": phase},
                )

    # ---- History -------------------------------------------------------------------------------------

    def describe(self, field: models.Field, value: Any) -> str:
        """Sets of cells and lists of codes in words."""
        if isinstance(field, CellSetField):
            return translate("Not placed") if value == ALL_CELLS else _cells_named(value or frozenset())
        if isinstance(field, CodesField):
            labels = {code: str(label) for code, label in vocabulary_choices(field.vocabulary)}
            return ", ".join(labels.get(code, code) for code in value or [])
        return in_words(field, value)

    def part_name(self, version: Any) -> str:
        """Phases and partners have names; a statement and a piece of evidence have a place in a source."""
        if version.instance_type is Partner:
            return version.name or version.get_kind_display()
        if version.instance_type is ChecklistItem:
            return version.get_item_display()
        return version.name if version.instance_type is Phase else version.place or translate("no place given")

    def before_restoring(self, request: HttpRequest, row: models.Model) -> None:
        """A record comes back out of public sight; a phase without the claim that was deleted with it."""
        if isinstance(row, Partnership):
            row.status = WITHDRAWN if row.slug else DRAFT
        if isinstance(row, Phase) and not Statement.objects.filter(pk=row.adopted_statement_id).exists():
            row.adopted_statement = None

    def after_revert(self, request: HttpRequest, record: Partnership, row: models.Model) -> None:
        """The index follows the record, and a position its statement.

        A published record keeps to what publishing asks of its phases, and every position to the claim it rests on.
        """
        if isinstance(row, Statement):
            self._follow(request, row)
        for one, other in overlapping(record.phases.all()) if record.is_published else []:
            raise ValidationError(
                translate("The phases “%(one)s” and “%(other)s” would overlap.") % {"one": one, "other": other}
            )
        for _rule, fault in adoption_holds(record):
            raise ValidationError(translate("Then %(fault)s. Adopt another claim first.") % {"fault": fault})
        self._after_change(record)


def doubles_of(record: Partnership) -> list[tuple[Partnership, DuplicateVerdict]]:
    """The records that somebody said to be the same as this one, each with the word."""
    said = said_same().filter(Q(one=record) | Q(other=record))
    return [(word.other if word.one_id == record.pk else word.one, word) for word in said]


def _cells_named(cells: frozenset[Any]) -> str:
    """A set of cells with the word before it, since a bare "5" among other differences says little."""
    listed = words.cells(cells)
    return translate("cell %(cells)s") % {"cells": listed} if cells & ALL_CELLS else listed
