"""The query parameters that every page, export and count shares, and the selection they make.

``?q= &country= &area= &unit= &cell= &lens= &inferred=``; several values by repetition. The URL is the whole state.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from partnerships.models.fields import vocabulary_choices
from partnerships.querysets import inferred_only, not_placed, partly_placed, placed_in
from partnerships.search import MAX_QUERY_LENGTH, words_of
from taxonomy.lenses import LENSES, SECTOR, Lens

FILTERS = ("q", "country", "area", "unit", "cell")
# What tells how to show the selection rather than what is in it.
VIEW_PARAMETERS = ("lens", "inferred", "sort")
# Parameters with one value: where a link repeats one, the last counts, for the filter and for what the page says.
SINGLE = ("q", *VIEW_PARAMETERS)
MAX_VALUES = 60
UNKNOWN = {"invalid_choice": _("“%(value)s” is not one that the register knows.")}
PARTLY, NOWHERE, INFERRED = "partly", "none", "inferred"
CELLS = [
    *((str(n), str(n)) for n in range(1, 10)),
    (PARTLY, _("Partly placed")),
    (NOWHERE, _("Not placed")),
    (INFERRED, _("Inferred position")),
]
SORTS = [("title", _("Title")), ("newest", _("Newest first"))]


def _several(label: object, choices: object, method: str) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(label=label, choices=choices, method=method, error_messages=UNKNOWN)


def _one(label: object, choices: object) -> django_filters.ChoiceFilter:
    """A parameter that tells how to show the selection; it narrows nothing."""
    return django_filters.ChoiceFilter(label=label, choices=choices, method="no_change", error_messages=UNKNOWN)


class PartnershipFilter(django_filters.FilterSet):
    """Parses the parameters and narrows published partnerships. Unknown codes are form errors, never a surprise."""

    q = django_filters.CharFilter(
        label=_("Search"),
        max_length=MAX_QUERY_LENGTH,
        method="by_words",
        error_messages={"max_length": _("Search for up to %(limit_value)s characters.")},
    )
    country = _several(_("Country"), lambda: vocabulary_choices("COUNTRIES"), "by_facet")
    area = _several(_("Service area"), lambda: vocabulary_choices("AREAS"), "by_facet")
    unit = _several(_("Kind of thing"), lambda: vocabulary_choices("UNITS"), "by_unit")
    cell = _several(_("Cell"), CELLS, "by_cell")
    lens = _one(_("Lens"), [(code, lens.name) for code, lens in LENSES.items()])
    inferred = _one(_("Inferred positions"), [("1", _("shown"))])
    sort = _one(_("Order"), SORTS)

    class Meta:
        """Every filter is declared above."""

        model = Partnership
        fields: list[str] = []

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Every word of the search must be found; signs alone are found nowhere."""
        words = words_of(value)
        return queryset.with_words(words) if words else queryset.none()

    def by_facet(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Any of the values."""
        return queryset.with_facet(name, value) if value else queryset

    def by_unit(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Any of the units."""
        return queryset.filter(unit__in=value) if value else queryset

    def by_cell(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Counted in any of these cells, partly or not placed: under the lens, inferred ones if they are shown."""
        if not value:
            return queryset
        lens = LENSES[self.form.cleaned_data.get("lens") or SECTOR.code]
        inferred = self.form.cleaned_data.get("inferred") == "1"
        where = placed_in([int(code) for code in value if code.isdigit()], lens, inferred=inferred)
        if PARTLY in value:
            where |= partly_placed(lens, inferred=inferred)
        if NOWHERE in value:
            where |= not_placed(lens)
        if INFERRED in value:
            where |= inferred_only(lens)
        return queryset.standing(where)

    def no_change(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """How to show things changes nothing about what is selected."""
        return queryset


class InvalidSelection(ValueError):
    """The parameters cannot be read. ``errors`` has a sentence for each fault."""

    def __init__(self, errors: list[str]) -> None:
        """Keep the sentences for the page."""
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Selection:
    """What the parameters select, and how it is to be shown."""

    values: dict[str, tuple[str, ...]]
    partnerships: QuerySet
    lens: Lens = SECTOR
    inferred: bool = False
    sort: str = "title"

    @property
    def search(self) -> str:
        """The search as typed, or ""."""
        return self.values.get("q", ("",))[0]

    @property
    def active(self) -> bool:
        """Whether anything narrows the register."""
        return any(self.values.get(name) for name in FILTERS)

    def query(self, **changes: str | list[str] | None) -> str:
        """These parameters as a query string ("" or "?…"), with some changed; None takes one away."""
        values: dict[str, list[str]] = {name: list(value) for name, value in self.values.items()}
        for name, change in changes.items():
            values[name] = [] if change is None else [change] if isinstance(change, str) else change
        pairs = [(name, value) for name in (*FILTERS, *VIEW_PARAMETERS, "page") for value in values.get(name, [])]
        return f"?{urlencode(pairs)}" if pairs else ""

    def ordered(self) -> QuerySet:
        """The partnerships in order; with a search those with every word in the title come first."""
        if self.sort == "newest":
            return self.partnerships.order_by("-published_at", "-pk")
        words = words_of(self.search)
        if not words:
            return self.partnerships.order_by("search_title", "pk")
        in_title = Q(*(Q(search_title__contains=word) for word in words))
        rank = Case(When(in_title, then=0), default=1, output_field=IntegerField())
        return self.partnerships.order_by(rank, "search_title", "pk")

    def toggled(self, name: str, value: str) -> str:
        """The query string with one value of a filter added, or taken away where it is on."""
        values = list(self.values.get(name, ()))
        return self.query(**{name: [v for v in values if v != value] if value in values else [*values, value]})

    def without(self, name: str) -> Selection:
        """The selection as it would be without one filter: what that filter's options are counted in."""
        if not self.values.get(name):
            return self
        return select_values({key: value for key, value in self.values.items() if key != name})


def select(parameters: QueryDict) -> Selection:
    """Read a request's parameters. Raises ``InvalidSelection``; parameters that are not ours are ignored."""
    values = {}
    for name in (*FILTERS, *VIEW_PARAMETERS):
        given = tuple(dict.fromkeys(value.strip() for value in parameters.getlist(name) if value.strip()))
        values[name] = given[-1:] if name in SINGLE else given
    return select_values({name: value for name, value in values.items() if value})


def select_values(values: dict[str, tuple[str, ...]]) -> Selection:
    """Read parameters that are already split by name."""
    if any(len(value) > MAX_VALUES for value in values.values()):
        raise InvalidSelection([str(_("That is too many values for one filter."))])
    data = QueryDict(mutable=True)
    for name, several in values.items():
        data.setlist(name, list(several))
    filters = PartnershipFilter(data, queryset=Partnership.objects.published())
    if not filters.is_valid():
        raise InvalidSelection(_sentences(filters.form))
    cleaned = filters.form.cleaned_data
    lens = LENSES[cleaned.get("lens") or SECTOR.code]
    return Selection(values, filters.qs, lens, cleaned.get("inferred") == "1", cleaned.get("sort") or "title")


def _sentences(form: forms.Form) -> list[str]:
    return [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
