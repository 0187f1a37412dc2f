"""The query parameters that every page, export and count shares, and the selection they make.

What narrows stands in ``FILTERS``, what only tells how to show it in ``VIEW_PARAMETERS``; several values of a filter by
repetition. The URL is the whole state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnerships.index import move_facet
from partnerships.models import Partnership
from partnerships.models.fields import vocabulary_choices
from partnerships.querysets import inferred_only, not_placed, outside, partly_placed, placed_in, planned_only, under
from partnerships.search import MAX_QUERY_LENGTH, words_of
from taxonomy.answers import KIND_CODES
from taxonomy.cells import MODELS, model
from taxonomy.lenses import LENSES, SECTOR, Lens
from taxonomy.questions import TASKS
from taxonomy.trajectories import read_move

# Filters that are one column of the partnership, and those that are rows of the table of facets.
COLUMNS = ("nation", "unit", "vehicle", "level", "effect", "risk", "reached")
ROWS = ("country", "area", "kind", "stage", "nature", "does")
FILTERS = (
    "q", "country", "nation", "area", "unit", "vehicle", "kind", "reached", "model", "cell", "level", "nature",
    "effect", "stage", "risk", "certainty", "confirmed", "moved", "does", "year",
)  # fmt: skip
# What tells how to show the selection rather than what is in it; ``facets`` names those that are open.
VIEW_PARAMETERS = ("lens", "inferred", "sort", "facets")
# Parameters with one value: where a link repeats one, the last counts, for the filter and for what the page says.
SINGLE = ("q", "year", "lens", "inferred", "sort")
MAX_VALUES = 60
# So many keys at the most are handed to the database by value, in each part of a query.
MOST_KEYS = 500
FIRST_YEAR = 1800
UNKNOWN = {"invalid_choice": _("“%(value)s” is not one that the register knows.")}
PARTLY, OUTSIDE, NOWHERE, PLANNED, INFERRED = "partly", "outside", "none", "planned", "inferred"
NEVER = "never"
CELLS = [
    *((str(n), str(n)) for n in range(1, 10)),
    (PARTLY, _("Partly placed")),
    (OUTSIDE, _("Outside the matrix")),
    (NOWHERE, _("Not placed")),
    (PLANNED, _("Planned only")),
    (INFERRED, _("Inferred position")),
]
SORTS = [("title", _("Title")), ("newest", _("Newest first"))]


class OpenChoiceField(forms.MultipleChoiceField):
    """Several values that no list can hold: whatever ``known`` accepts."""

    def __init__(self, *, known: Callable[[str], bool], **options: object) -> None:
        """``known`` tells whether a value makes sense."""
        self.known = known
        super().__init__(**options)

    def valid_value(self, value: str) -> bool:
        """Ask ``known`` instead of a list."""
        return self.known(value)


class OpenChoiceFilter(django_filters.MultipleChoiceFilter):
    """A filter over such values."""

    field_class = OpenChoiceField


def _several(label: object, choices: object, method: str) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(label=label, choices=choices, method=method, error_messages=UNKNOWN)


def _coded(label: object, vocabulary: str, method: str) -> django_filters.MultipleChoiceFilter:
    return _several(label, lambda: vocabulary_choices(vocabulary), method)


def _open(label: object, known: Callable[[str], bool], method: str) -> OpenChoiceFilter:
    return OpenChoiceFilter(label=label, known=known, method=method, error_messages=UNKNOWN)


def _shown(label: object, choices: object) -> django_filters.ChoiceFilter:
    """A parameter that tells how to show the selection; it narrows nothing."""
    return django_filters.ChoiceFilter(label=label, choices=choices, method="no_change", error_messages=UNKNOWN)


def is_nation(value: str) -> bool:
    """Nations and regions are free text of at most 100 characters."""
    return len(value) <= 100 and "\x00" not in value


def is_confirmation(value: str) -> bool:
    """A year, or "never"."""
    return value == NEVER or (value.isascii() and value.isdigit() and len(value) == 4)


def is_move(value: str) -> bool:
    """A move in the notation of ``taxonomy.trajectories``."""
    try:
        read_move(value)
    except ValueError:
        return False
    return True


def this_year() -> int:
    """The last year as of which the register can be seen."""
    return timezone.localdate().year


class YearField(forms.IntegerField):
    """A year from 1800 to this one."""

    def clean(self, value: object) -> int | None:
        """Read it; the last year moves with the calendar."""
        # Before it is read as a number: "2010.0" and digits of other scripts would pass.
        if value and not re.fullmatch("[0-9]{4}", str(value)):
            raise forms.ValidationError(self.error_messages["invalid"])
        year = super().clean(value)
        if year is not None and not FIRST_YEAR <= year <= this_year():
            raise forms.ValidationError(
                _("Choose a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": this_year()}
            )
        return year


class YearFilter(django_filters.NumberFilter):
    """A filter by such a year."""

    field_class = YearField

    def get_max_validator(self) -> None:
        """The field knows its own limits."""


class PartnershipFilter(django_filters.FilterSet):
    """Parses the parameters and narrows published partnerships. Unknown codes are form errors, never a surprise."""

    # First: it decides which phase the others look at.
    year = YearFilter(
        label=_("Year"), method="by_year", error_messages={"invalid": _("Give the year in four digits, such as 2010.")}
    )
    q = django_filters.CharFilter(
        label=_("Search"),
        max_length=MAX_QUERY_LENGTH,
        method="by_words",
        error_messages={"max_length": _("Search for up to %(limit_value)s characters.")},
    )
    country = _coded(_("Country"), "COUNTRIES", "by_row")
    nation = _open(_("Nation or region"), is_nation, "by_column")
    area = _coded(_("Service area"), "AREAS", "by_row")
    unit = _coded(_("Kind of thing"), "UNITS", "by_column")
    vehicle = _coded(_("How it is bought, funded or planned"), "VEHICLES", "by_column")
    kind = _coded(_("Who takes part"), "PARTY_KINDS", "by_row")
    reached = _coded(_("Who is reached"), "REACHED", "by_column")
    model = _several(_("Model"), [(each.code, each.label) for each in MODELS], "by_model")
    cell = _several(_("Cell"), CELLS, "by_cell")
    level = _coded(_("Level of power"), "LEVELS_OF_POWER", "by_column")
    nature = _coded(_("Individual or collective"), "NATURES", "by_row")
    effect = _coded(_("Adds or replaces"), "EFFECTS", "by_column")
    stage = _coded(_("Stage of the service chain"), "STAGES", "by_row")
    risk = _coded(_("Who carries the risk"), "RISK_CARRIERS", "by_column")
    certainty = _coded(_("What the position rests on"), "CERTAINTIES", "by_certainty")
    confirmed = _open(_("Last confirmed"), is_confirmation, "by_confirmation")
    moved = _open(_("Moved between cells"), is_move, "by_move")
    does = _several(
        _("Who does what"),
        [(f"{task.code}:{kind}", f"{task.code}:{kind}") for task in TASKS for kind in KIND_CODES],
        "by_row",
    )
    lens = _shown(_("Lens"), [(code, lens.name) for code, lens in LENSES.items()])
    inferred = _shown(_("Inferred positions"), [("1", _("shown"))])
    sort = _shown(_("Order"), SORTS)
    facets = _several(_("Open filters"), [(name, name) for name in FILTERS], "no_change")

    class Meta:
        """Every filter is declared above."""

        model = Partnership
        fields: list[str] = []

    def narrowed(self, names: Container[str], within: QuerySet) -> QuerySet:
        """Narrow a queryset by those of the parsed parameters that are named."""
        for name, value in self.form.cleaned_data.items():
            if name in names:
                within = self.filters[name].filter(within, value)
        return within

    @cached_property
    def few(self) -> list[int] | None:
        """The keys of all that the search finds, or None if they are many.

        A page asks for a selection several times; with few keys in hand, the texts are read through once.
        """
        words = words_of(self.form.cleaned_data["q"])
        keys = list(
            Partnership.objects.published().with_words(words).order_by().values_list("pk", flat=True)[: MOST_KEYS + 1]
        )
        return keys if len(keys) <= MOST_KEYS else None

    @property
    def inferred_shown(self) -> bool:
        """Whether inferred positions count too."""
        return self.form.cleaned_data.get("inferred") == "1"

    @property
    def chosen_lens(self) -> Lens:
        """The lens in use."""
        return LENSES[self.form.cleaned_data.get("lens") or SECTOR.code]

    def by_year(self, queryset: QuerySet, name: str, value: int) -> QuerySet:
        """What a dated actual phase covers in that year; it then stands where it stood."""
        return queryset.at_year(int(value))

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Every word of the search must be found; signs alone are found nowhere."""
        words = words_of(value)
        if not words:
            return queryset.none()
        return queryset.with_words(words) if self.few is None else queryset.filter(pk__in=self.few)

    def by_row(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Any of the values, in the table of facets."""
        return queryset.with_facet(name, value) if value else queryset

    def by_column(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Any of the values of a column."""
        return queryset.filter(**{f"{name}__in": value}) if value else queryset

    def by_model(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Any of the models of table 2: all cells in which it may stand bear that label."""
        where = Q()
        for code in value:
            where |= under(model(code), inferred=self.inferred_shown)
        return queryset.standing(where) if value else queryset

    def by_cell(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Counted in any of these cells, partly or not placed: under the lens, inferred ones if they are shown."""
        where = Q()
        for code in value:
            where |= standing_in(code, self.chosen_lens, inferred=self.inferred_shown)
        return queryset.standing(where) if value else queryset

    def by_certainty(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """What the position of the phase in question rests on."""
        return queryset.at_current_phase().filter(at_certainty__in=value) if value else queryset

    def by_confirmation(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Last confirmed in any of these years, or never."""
        if not value:
            return queryset
        years = Q(last_confirmed__year__in=[int(year) for year in value if year != NEVER])
        return queryset.filter(years | Q(last_confirmed__isnull=True) if NEVER in value else years)

    def by_move(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """It made, or plans, any of these moves between cells."""
        facet = move_facet(self.chosen_lens, self.inferred_shown)
        return queryset.with_facet(facet, value) if value else queryset

    def no_change(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """How to show things changes nothing about what is selected."""
        return queryset


def standing_in(code: str, lens: Lens, *, inferred: bool) -> Q:
    """The condition behind one value of the filter by cell."""
    if code == PARTLY:
        return partly_placed(lens, inferred=inferred)
    if code == OUTSIDE:
        return outside(lens, inferred=inferred)
    if code == NOWHERE:
        return not_placed(lens)
    if code == PLANNED:
        return planned_only()
    if code == INFERRED:
        return inferred_only(lens)
    return placed_in([int(code)], lens, inferred=inferred)
