"""The history of a record and its parts: every change with who, when, why, what differs, and the way back.

Django-simple-history keeps the versions. Its own admin pages show one table at a time, and its revert form puts every
column of the old version back, among them the status of a record; so the pages here replace both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin.base import WorkplaceAdmin
from accounts.admin.differences import Change, differences, excerpts, in_words

PER_PAGE = 50
# The length of the column that django-simple-history keeps a reason in.
REASON_LENGTH = 100


def give_reason(row: models.Model, reason: str) -> None:
    """Write a reason on the newest version of a row."""
    version = row.history.first()
    version.history_change_reason = Truncator(reason).chars(REASON_LENGTH)
    version.save(update_fields=["history_change_reason"])


def number(text: str | int) -> int:
    """The number of a row in an address. Raises ``Http404`` for anything else and for what no database can hold."""
    if not str(text).isdecimal() or int(text) > models.BigIntegerField.MAX_BIGINT:
        raise Http404
    return int(text)


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    what: str
    act: str
    when: datetime
    who: str
    reason: str
    changes: tuple[Change, ...]
    url: str


class HistoryAdmin(WorkplaceAdmin, SimpleHistoryAdmin):
    """A model's page with a history that covers its parts and a revert that leaves its standing alone.

    ``history_parts`` names related models, by the name of their foreign key to this one. ``history_kept`` lists fields
    that a revert leaves as they are now, because no form changes them either.
    """

    history_parts: dict[type[models.Model], str] = {}
    history_kept: frozenset[str] = frozenset()
    history_unseen = frozenset({"id", "uuid", "created_at", "updated_at", "version"})

    # ---- Addresses -------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """A page for a version of the record (in place of the stock one) and for a version of a part."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        version = self.admin_site.admin_view(self.version_view)
        return [
            path("<int:pk>/history/<int:version_id>/", version, name=f"{name}_simple_history"),
            path("<int:pk>/history/<slug:part>/<int:version_id>/", version, name=f"{name}_part_history"),
            # Past SimpleHistoryAdmin: its address for the revert form would still answer for ids such as "+1".
            *admin.ModelAdmin.get_urls(self),
        ]

    def _version_url(self, pk: int, version: models.Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if version.instance_type is self.model:
            return reverse(f"{name}_simple_history", args=[pk, version.pk])
        return reverse(f"{name}_part_history", args=[pk, version.instance_type._meta.model_name, version.pk])

    # ---- The list of changes -----------------------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change to the record and its parts, newest first."""
        pk = number(object_id)
        record, versions = self._record(pk), self._versions(pk)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None and not versions:
            raise Http404
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("p"))
        before = self._predecessors(versions)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": record or versions[0][1].history_object},
            "object": record,
            "object_id": pk,
            "opts": self.opts,
            "page": page,
            "entries": [self._entry(pk, what, version, before.get(id(version))) for what, version in page],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history/list.html", context)

    def _record(self, pk: int) -> models.Model | None:
        return self.model._base_manager.filter(pk=pk).first()

    def _versions(self, pk: int) -> list[tuple[str, Any]]:
        """All versions with the name of what they are versions of: one query for each table."""
        versions = [("", version) for version in self.model.history.filter(id=pk).select_related("history_user")]
        for model, parent in self.history_parts.items():
            of_parts = model.history.filter(**{parent: pk}).select_related("history_user")
            versions += [(capfirst(str(model._meta.verbose_name)), version) for version in of_parts]
        return sorted(versions, key=lambda pair: (pair[1].history_date, pair[1].pk), reverse=True)

    def _predecessors(self, versions: list[tuple[str, Any]]) -> dict[int, Any]:
        """For each version the one before it of the same row."""
        latest: dict[tuple[type, int], Any] = {}
        found = {}
        for _what, version in reversed(versions):
            key = version.instance_type, version.id
            found[id(version)] = latest.get(key)
            latest[key] = version
        return found

    def _entry(self, pk: int, what: str, version: Any, before: Any | None) -> Entry:
        # A new row differs from nothing in every field, and so does a deleted one: the name says enough.
        changed = before is not None and version.history_type == "~"
        changes = differences(before, version, self._seen_fields(version), self.describe) if changed else ()
        name = what and f"{what}: {self.part_name(version)}"
        return Entry(
            what=name,
            act={"+": _("Added"), "-": _("Deleted")}.get(version.history_type, _("Changed")),
            when=version.history_date,
            who=str(version.history_user or _("The register itself")),
            reason=version.history_change_reason or "",
            changes=tuple(map(excerpts, changes)),
            url=self._version_url(pk, version),
        )

    def _seen_fields(self, version: Any) -> list[models.Field]:
        parent = self.history_parts.get(version.instance_type)
        return [
            field for field in version.tracked_fields if field.name not in self.history_unseen and field.name != parent
        ]

    def part_name(self, version: Any) -> str:
        """How the history calls a part. The model's own text will not do: it may need rows that are gone by now."""
        return str(version.id)

    def describe(self, field: models.Field, value: Any) -> str:
        """A value in words; subclasses know more kinds of fields."""
        return in_words(field, value)

    # ---- One version -------------------------------------------------------------------------------

    def version_view(self, request: HttpRequest, pk: int, version_id: int, part: str = "") -> HttpResponse:
        """What differs between a version and today (GET), and the way back to it (POST)."""
        number(pk)
        model = self._part_model(part)
        parent = self.history_parts.get(model, "id")
        version = model.history.filter(history_id=version_id, **{parent: pk}).first()
        if version is None:
            raise Http404
        record = self._record(pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        fault = ""
        if request.method == "POST":
            try:
                return self._reverted(request, record, version)
            except ValidationError as error:
                fault = " ".join(error.messages)
        now = model._base_manager.filter(pk=version.id).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version of %(when)s") % {"when": self._moment(version)},
            "opts": self.opts,
            "object": record,
            "object_id": pk,
            "entry": self._entry(pk, capfirst(str(model._meta.verbose_name)) if part else "", version, None),
            "is_gone": now is None,
            "changes": differences(version, now, self._reverting_fields(version), self.describe),
            "fault": fault,
        }
        return TemplateResponse(request, "admin/history/version.html", context, status=422 if fault else 200)

    def _part_model(self, part: str) -> type[models.Model]:
        if not part:
            return self.model
        for model in self.history_parts:
            if model._meta.model_name == part:
                return model
        raise Http404

    def _moment(self, version: Any) -> str:
        return date_format(localtime(version.history_date), "j F Y, H:i")

    def _reverting_fields(self, version: Any) -> list[models.Field]:
        kept = self.history_kept if version.instance_type is self.model else frozenset()
        return [field for field in self._seen_fields(version) if field.name not in kept]

    @transaction.atomic
    def _reverted(self, request: HttpRequest, record: models.Model | None, version: Any) -> HttpResponse:
        """Write the old values over today's, as a new version with its reason."""
        row = self._row_to_revert(version)
        for field in self._reverting_fields(version):
            setattr(row, field.attname, getattr(version, field.attname))
        if row._state.adding:
            self.before_restoring(request, row)
        row.full_clean()
        row._change_reason = (_("Back to the version of %(when)s") % {"when": self._moment(version)})[:REASON_LENGTH]
        row.save()
        record = record or row
        self.after_revert(request, record, row)
        self.log_change(request, record, row._change_reason)
        messages.success(request, _("Done: back to the version of %(when)s.") % {"when": self._moment(version)})
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[record.pk]))

    def _row_to_revert(self, version: Any) -> models.Model:
        """Today's row, held until the end; where it was deleted, the old one made anew under its number."""
        model = version.instance_type
        row = model._base_manager.select_for_update().filter(pk=version.id).first()
        if row is None:
            row = version.instance
            row._state.adding = True
        return row

    def before_restoring(self, request: HttpRequest, row: models.Model) -> None:
        """Hook: a deleted row is about to come back, with the values of its old version."""

    def after_revert(self, request: HttpRequest, record: models.Model, row: models.Model) -> None:
        """Hook: ``row``, the record or one of its parts, went back. ``ValidationError`` undoes it, with its words."""
