"""Sources in the workplace."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm, free_slug
from accounts.admin.history import HistoryAdmin
from partnerships.index import reindex
from partnerships.models import ChecklistItem, Evidence, Partnership, Source, Statement


class SourceForm(RegisterForm):
    """A source. Its address on the site is given once."""

    beside = {"source_year_plausible": "year"}

    class Meta:
        """All that describes it."""

        model = Source
        fields = [
            "authors", "title", "year", "publisher", "kind", "reference", "url", "doi", "archived_url", "accessed",
        ]  # fmt: skip
        widgets = {"reference": forms.Textarea(attrs={"rows": 3})}


@admin.register(Source)
class SourceAdmin(HistoryAdmin):
    """Publications and documents, each used by any number of partnerships."""

    form = SourceForm
    list_display = ["title", "authors", "year", "kind", "slug", "used_by"]
    list_filter = ["kind"]
    search_fields = ["title", "authors", "slug", "doi"]
    history_kept = frozenset({"slug"})
    search_help_text = _("Title, author, address on the site or DOI.")
    fieldsets = [
        (None, {"fields": ["authors", "title", ("year", "kind"), "publisher", "reference"]}),
        (_("Where to find it"), {"fields": ["url", "doi", "archived_url", "accessed"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With what refers to each source, for the column of uses."""
        # The draft of a proposed change is no partnership of its own.
        record = Q(partnership__revises__isnull=True)
        return super().get_queryset(request).prefetch_related(
            Prefetch("statements", Statement.objects.filter(record).only("source_id", "partnership_id")),
            Prefetch("evidence", Evidence.objects.filter(record).only("source_id", "partnership_id")),
            Prefetch(
                "checklist_items",
                ChecklistItem.objects.filter(phase__partnership__revises__isnull=True)
                .annotate(partnership_id=F("phase__partnership")),
            ),
        )  # fmt: skip

    @admin.display(description=_("partnerships"))
    def used_by(self, source: Source) -> int:
        """How many partnerships lean on it."""
        uses = (*source.statements.all(), *source.evidence.all(), *source.checklist_items.all())
        return len({row.partnership_id for row in uses})

    def save_model(self, request: HttpRequest, obj: Source, form: forms.ModelForm, change: bool) -> None:
        """Give a new source its address, and let the search find records by its new title or authors."""
        obj.slug = obj.slug or free_slug(Source, f"{obj.authors[:40]} {obj.year or ''} {obj.title}", length=100)
        super().save_model(request, obj, form, change)
        if change and {"title", "authors"} & set(form.changed_data):
            self._reindex_uses(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Where a source is in use, name the partnerships that lean on it rather than every place in it."""
        *others, protected = super().get_deleted_objects(objs, request)
        users = _leaning_on(objs) if protected else []
        return *others, [
            format_html('<a href="{}">{}</a>', reverse("admin:partnerships_partnership_change", args=[row.pk]), row)
            for row in users
        ]

    def after_revert(self, request: HttpRequest, record: Any, row: Any) -> None:
        """The index follows the source."""
        self._reindex_uses(record)

    def _reindex_uses(self, source: Source) -> None:
        """Records are found by the titles and authors of their sources."""
        for partnership in _leaning_on([source]):
            reindex(partnership)


def _leaning_on(sources: Any) -> QuerySet[Partnership]:
    """The partnerships that use any of these sources."""
    uses = ("statements__source__in", "evidence__source__in", "phases__checklist__source__in")
    return Partnership.objects.filter(reduce(or_, (Q(**{use: sources}) for use in uses))).distinct()
