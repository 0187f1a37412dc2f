"""Filters of the list of partnerships."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.models import Facet, Partnership
from partnerships.models.fields import vocabulary_choices
from partnerships.presenters import words


class RecordList(ChangeList):
    """The list without the drafts in which changes of published records are written: they are no records."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Partnership]:
        """Also what the list is counted from."""
        self.root_queryset = self.root_queryset.filter(revises__isnull=True)
        return super().get_queryset(*args, **kwargs)


class CodeFilter(SimpleListFilter):
    """One code of a vocabulary. An unknown code in the address is ignored."""

    vocabulary = ""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """The codes with their labels."""
        return vocabulary_choices(self.vocabulary)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partnership]) -> QuerySet[Partnership]:
        """Rows with this code."""
        known = {code for code, _label in self.lookup_choices}
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() in known else queryset


class StatusFilter(CodeFilter):
    """By status; "submitted" is the queue."""

    title = _("status")
    parameter_name = "status"
    vocabulary = "STATUSES"


class UnitFilter(CodeFilter):
    """By what kind of thing it is, in short words."""

    title = _("what it is")
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """The units as lists name them."""
        return [(code, words.unit(code)) for code in words.UNITS]


class CountryFilter(SimpleListFilter):
    """By country, of those that some record names."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Countries in use, by name."""
        codes = Facet.objects.filter(facet="country").values_list("value", flat=True).distinct()
        return sorted(((code, words.country(code)) for code in codes), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partnership]) -> QuerySet[Partnership]:
        """Rows with this country among theirs."""
        return queryset.with_facet("country", [self.value()]) if self.value() else queryset


class FeaturedFilter(SimpleListFilter):
    """By case study: featured on the home page, written, or not there."""

    title = _("case study")
    parameter_name = "case_study"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """Three answers."""
        return [("featured", _("Featured")), ("yes", _("Written")), ("no", _("None"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partnership]) -> QuerySet[Partnership]:
        """Rows with, without or with a featured case study."""
        conditions = {
            "featured": Q(case_study__featured=True),
            "yes": Q(case_study__isnull=False),
            "no": Q(case_study__isnull=True),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


FILTERS = [StatusFilter, UnitFilter, FeaturedFilter, CountryFilter, ("organisation", admin.RelatedOnlyFieldListFilter)]
