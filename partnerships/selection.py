"""The selection that the query parameters make: what a page shows, and the links that lead to others like it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.filters import FILTERS, MAX_VALUES, SINGLE, VIEW_PARAMETERS, PartnershipFilter
from partnerships.models import Partnership
from partnerships.search import words_of
from taxonomy.lenses import SECTOR, Lens


class InvalidSelection(ValueError):
    """The parameters cannot be read. ``errors`` has a sentence for each fault, ``fields`` the same by parameter."""

    def __init__(self, errors: list[str], fields: dict[str, list[str]] | None = None) -> None:
        """Keep the sentences for the page."""
        super().__init__("; ".join(errors))
        self.errors = errors
        self.fields = fields or {}


@dataclass(frozen=True)
class Selection:
    """What the parameters select, and how it is to be shown. With a ``year`` everything stands as it did then."""

    values: dict[str, tuple[str, ...]]
    parsed: PartnershipFilter = field(repr=False)
    lens: Lens = SECTOR
    inferred: bool = False
    sort: str = "title"
    year: int | None = None
    any_year: bool = False

    @cached_property
    def partnerships(self) -> QuerySet:
        """What is published and meets the filters."""
        published = Partnership.objects.published()
        return self.parsed.narrowed(self.values, published.in_any_year() if self.any_year else published)

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

    @property
    def own_query(self) -> str:
        """What makes the selection, without order and open filters: for pictures of it, and for frames elsewhere."""
        return self.query(sort=None, facets=None)

    def ordered(self) -> QuerySet:
        """The partnerships in order; with a search those with every word in the title come first."""
        if self.sort == "newest":
            return self.partnerships.order_by("-published_at", "-pk")
        words = words_of(self.search)
        if not words:
            return self.partnerships.order_by("search_title", "pk")
        titled = self.partnerships.alias(titled=Concat(Value(" "), "search_title", output_field=TextField()))
        in_title = Q(*(Q(titled__contains=f" {word}") for word in words))
        rank = Case(When(in_title, then=0), default=1, output_field=IntegerField())
        return titled.order_by(rank, "search_title", "pk")

    def toggled(self, name: str, value: str) -> str:
        """The query string with one value of a filter added, or taken away where it is on."""
        values = list(self.values.get(name, ()))
        if name in SINGLE:
            return self.query(**{name: None if values == [value] else value})
        return self.query(**{name: [v for v in values if v != value] if value in values else [*values, value]})

    def without(self, name: str) -> Selection:
        """The selection as it would be without one filter: what that filter's options are counted in."""
        if not self.values.get(name):
            return self
        values = {key: value for key, value in self.values.items() if key != name}
        return replace(self, values=values, year=None if name == "year" else self.year)

    def over_years(self) -> Selection:
        """The selection in whatever year: a row for each stretch of years in which a partnership would be in it."""
        values = {key: value for key, value in self.values.items() if key != "year"}
        return replace(self, values=values, year=None, any_year=True)


def select(parameters: QueryDict, prefix: str = "") -> Selection:
    """Read a request's parameters, those that begin with ``prefix``.

    Raises ``InvalidSelection``; parameters that are not ours are ignored.
    """
    return select_values(given(parameters, prefix))


def given(parameters: QueryDict, prefix: str = "") -> dict[str, tuple[str, ...]]:
    """The values of our parameters as typed, by name without the prefix; empty ones are left out."""
    values = {}
    for name in (*FILTERS, *VIEW_PARAMETERS):
        typed = parameters.getlist(prefix + name)
        several = tuple(dict.fromkeys(value.strip() for value in typed if value.strip()))
        values[name] = several[-1:] if name in SINGLE else several
    return {name: value for name, value in values.items() if value}


def select_values(values: dict[str, tuple[str, ...]]) -> Selection:
    """Read parameters that are already split by name. Raises ``InvalidSelection``."""
    if any(len(value) > MAX_VALUES for value in values.values()):
        raise InvalidSelection([str(_("That is too many values for one filter."))])
    data = QueryDict(mutable=True)
    for name, several in values.items():
        data.setlist(name, list(several))
    parsed = PartnershipFilter(data)
    if not parsed.is_valid():
        fields = {name: [str(error) for error in errors] for name, errors in parsed.form.errors.items()}
        raise InvalidSelection(_sentences(parsed.form), fields)
    cleaned = parsed.form.cleaned_data
    sort = cleaned.get("sort") or "title"
    return Selection(values, parsed, parsed.chosen_lens, parsed.inferred_shown, sort, cleaned.get("year"))


def _sentences(form: forms.Form) -> list[str]:
    return [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
