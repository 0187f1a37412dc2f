"""Organisations: the bodies that people work for and that take part in partnerships."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm, free_slug
from accounts.admin.history import HistoryAdmin
from accounts.models import Organisation


class OrganisationForm(RegisterForm):
    """An organisation, with the words of its rules beside the fields."""

    beside = {"organisation_kind_known": "kind", "organisation_identifier_once": "identifier"}

    class Meta:
        """The address on the site is given once and not typed."""

        model = Organisation
        fields = ["name", "kind", "country", "website", "scheme", "identifier", "merged_into"]

    def clean_merged_into(self) -> Organisation | None:
        """Refuse circles: an organisation goes into another one that still stands."""
        other: Organisation | None = self.cleaned_data["merged_into"]
        if other and (other == self.instance or other.merged_into_id):
            raise forms.ValidationError(_("Choose another organisation that has not itself been merged."))
        return other


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin):
    """Curators add and correct organisations; only administrators may delete one."""

    form = OrganisationForm
    list_display = ["name", "kind", "country", "people", "records", "merged_into"]
    list_filter = ["kind"]
    list_select_related = ["merged_into"]
    search_fields = ["name", "slug", "identifier"]
    history_kept = frozenset({"slug"})
    search_help_text = _("Name, address on the site, or number in a register.")
    fieldsets = [
        (None, {"fields": ["name", "kind", "country", "website"]}),
        (
            _("Number in a register"),
            {
                "fields": [("scheme", "identifier")],
                "description": _(
                    "The code of the register follows org-id.guide, such as GB-CHC for the charity register."
                ),
            },
        ),
        (_("Merged"), {"fields": ["merged_into"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """Count users and records in the same query."""
        return super().get_queryset(request).annotate(
            people_count=Count("users", distinct=True), record_count=Count("partnerships", distinct=True)
        )  # fmt: skip

    @admin.display(description=_("users"), ordering="people_count")
    def people(self, organisation: Any) -> int:
        """How many accounts belong to it."""
        return organisation.people_count

    @admin.display(description=_("partnerships kept"), ordering="record_count")
    def records(self, organisation: Any) -> int:
        """How many records its officers keep."""
        return organisation.record_count

    def save_model(self, request: HttpRequest, obj: Organisation, form: forms.ModelForm, change: bool) -> None:
        """Give a new organisation its address."""
        obj.slug = obj.slug or free_slug(Organisation, obj.name, length=200)
        super().save_model(request, obj, form, change)

    def has_view_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Curators and administrators."""
        return request.user.is_authenticated and request.user.is_curator

    has_add_permission = has_change_permission = has_view_permission

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Curators and administrators."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Administrators only; what still refers to the organisation keeps it in any case."""
        return request.user.is_active and request.user.is_superuser
