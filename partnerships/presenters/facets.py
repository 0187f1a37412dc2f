"""Filters beside the matrix and the list: options with counts, as plain links; the active ones as chips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from partnerships.filters import CELLS, FILTERS, Selection
from partnerships.models import Facet
from partnerships.presenters import words

SHOWN_OPTIONS = 12


@dataclass(frozen=True)
class Option:
    """A value of a filter: how many partnerships it would leave, and the link that sets or removes it."""

    text: str
    count: int
    url: str
    on: bool


@dataclass(frozen=True)
class FacetView:
    """A filter with its options, fullest first."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]


@dataclass(frozen=True)
class Chip:
    """An active filter and the link without it."""

    text: str
    remove_url: str
    remove_label: str


@dataclass(frozen=True)
class Filters:
    """All that the filter column shows."""

    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    search: str
    hidden: tuple[tuple[str, str], ...]

    @property
    def active(self) -> int:
        """How many filters are on, for the button on a phone."""
        return len(self.chips)


def filters(selection: Selection) -> Filters:
    """The filter column for a selection: country and service area, each counted as if it were not set itself."""
    return Filters(
        facets=(
            facet(selection, "country", _("Country"), words.country),
            facet(selection, "area", _("Service area"), words.area, Q(size=2)),
        ),
        chips=chips(selection),
        clear_url=selection.query(**dict.fromkeys(FILTERS)) or "?",
        search=selection.search,
        hidden=tuple((name, v) for name, several in selection.values.items() if name != "q" for v in several),
    )


def facet(selection: Selection, name: str, label: str, text: Callable[[str], str], kept: Q | None = None) -> FacetView:
    """Options of one filter: every value that its own absence would leave, with the number of partnerships."""
    on = selection.values.get(name, ())
    within = selection.without(name).partnerships.order_by().values("pk")
    rows = Facet.objects.filter(facet=name, partnership__in=within)
    if kept is not None:
        rows = rows.annotate(size=Length("value")).filter(kept | Q(value__in=on))
    counts = rows.values_list("value").annotate(number=Count("pk")).order_by("-number", "value")
    options = [
        Option(text(value), number, selection.toggled(name, value) or "?", value in on) for value, number in counts
    ]
    return FacetView(name, label, tuple(options[:SHOWN_OPTIONS]), tuple(options[SHOWN_OPTIONS:]))


def chips(selection: Selection) -> tuple[Chip, ...]:
    """One chip for each value of each active filter."""
    texts: dict[str, Callable[[str], str]] = {
        "q": lambda value: _("“%(words)s”") % {"words": value},
        "country": words.country,
        "area": words.area,
        "unit": words.unit,
        "cell": lambda value: _("Cell %(number)s") % {"number": value} if value.isdigit() else str(dict(CELLS)[value]),
    }
    found = []
    for name in FILTERS:
        for value in selection.values.get(name, ()):
            text = texts[name](value)
            found.append(
                Chip(text, selection.toggled(name, value) or "?", _("Remove filter: %(text)s") % {"text": text})
            )
    return tuple(found)
