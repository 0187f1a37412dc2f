"""The filters beside the matrix, lists and pictures: options with counts, as plain links; chips for active ones.

``facet_counts`` counts the options; here they become links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnerships.filters import FILTERS, MAX_VALUES, SINGLE
from partnerships.presenters.facet_counts import Counts, WhatCounts, count, number_of
from partnerships.presenters.filter_words import LABELS, ORDERS, text_of
from partnerships.querysets import union
from partnerships.selection import Selection
from taxonomy.service_areas import division_of

SHOWN_OPTIONS = 12
_NO_ID = re.compile(r"[^A-Za-z0-9.-]")
# Always open; the others are counted when somebody opens them.
OPEN = ("country", "area")
# In the order in which they stand in the column.
FACETS = tuple(name for name in FILTERS if name not in ("q", "moved"))


@dataclass(frozen=True)
class Option:
    """A value of a filter, the link that sets or removes it, and how many partnerships that leaves.

    In a filter that is in use, values add up: ``count`` is then how many ``more`` there would be, and None where the
    link puts one value in the place of another. ``parts`` are narrower values below it; no ``url`` means that the
    filter holds as many values as it can.
    """

    id: str
    text: str
    count: int | None
    url: str
    on: bool
    parts: tuple[Option, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class FacetView:
    """A filter with its options; a closed one has none, and a link that opens it."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    more: tuple[Option, ...] = ()
    open: bool = True
    fixed: bool = False
    url: str = ""


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
    about: str = ""
    years: tuple[int, ...] = ()

    @property
    def opened(self) -> tuple[FacetView, ...]:
        """The filters whose options are shown."""
        return tuple(each for each in self.facets if each.open)

    @property
    def closed(self) -> tuple[FacetView, ...]:
        """The filters of which only the name is shown."""
        return tuple(each for each in self.facets if not each.open)

    @property
    def active(self) -> int:
        """How many filters are on, for the button on a phone."""
        return len(self.chips)


def filters(
    selection: Selection, counted: WhatCounts | None = None, about: object = "", *, with_years: bool = False
) -> Filters:
    """The filter column for a selection, each filter counted as if it were not set itself.

    ``counted`` tells what of a selection the page is about: all that it lists unless given; ``about`` says it in
    words. ``with_years`` asks for the years in which there is anything, too.
    """
    opened = open_facets(selection)
    asked = [*opened, *(["year"] if with_years and "year" not in opened else [])]
    counts = count(selection, asked, counted or (lambda chosen: chosen.partnerships))
    return Filters(
        facets=tuple(facet(selection, name, counts if name in opened else None) for name in FACETS),
        chips=chips(selection),
        clear_url=selection.query(**dict.fromkeys(FILTERS)) or "?",
        search=selection.search,
        hidden=tuple((name, v) for name, several in selection.values.items() if name != "q" for v in several),
        about=str(about),
        years=tuple(sorted(map(int, counts.having["year"]))) if with_years else (),
    )


def open_facets(selection: Selection) -> list[str]:
    """The filters whose options are counted: two always, those that were opened, and those in use."""
    asked = selection.values.get("facets", ())
    return [name for name in FACETS if name in OPEN or name in asked or selection.values.get(name)]


# ---- Showing -------------------------------------------------------------------------------------------------------


def facet(selection: Selection, name: str, counts: Counts | None) -> FacetView:
    """One filter; closed where it was not counted."""
    opened = [each for each in selection.values.get("facets", ()) if each != name]
    if counts is None:
        return FacetView(name, str(LABELS[name]), open=False, url=selection.query(facets=[*opened, name]))
    on = selection.values.get(name, ())
    having, more = counts.having[name], counts.more[name]
    ordered = sorted({*having, *on}, key=lambda value: ORDERS.get(name, _fullest)(value, having[value]))
    options = (_tree if name == "area" else _flat)(selection, name, ordered, having, more)
    fixed = name in OPEN or bool(on)
    url = "" if fixed else selection.query(facets=opened) or "?"
    return FacetView(name, str(LABELS[name]), options[:SHOWN_OPTIONS], options[SHOWN_OPTIONS:], fixed=fixed, url=url)


def _fullest(value: str, number: int) -> tuple[int, str]:
    return -number, value


def _flat(
    selection: Selection, name: str, values: Iterable[str], having: Counter[str], more: Counter[str]
) -> tuple[Option, ...]:
    on = selection.values.get(name, ())
    full = len(on) >= MAX_VALUES
    found = []
    for value in values:
        url = "" if full and value not in on else selection.toggled(name, value) or "?"
        adds = bool(on) and value not in on and name not in SINGLE
        found.append(_option(name, value, more[value] if adds else having[value], url, value in on, more=adds))
    return tuple(found)


def _option(name: str, value: str, number: int | None, url: str, on: bool, **rest: Any) -> Option:
    key = _NO_ID.sub(lambda sign: f"_{ord(sign[0]):x}", value)
    return Option(f"facet-{name}-{key}", text_of(name, value), number, url, on, **rest)


def _tree(
    selection: Selection, name: str, values: list[str], having: Counter[str], more: Counter[str]
) -> tuple[Option, ...]:
    """Divisions; below one that is chosen, or of which a group is chosen, its groups."""
    on = selection.values.get("area", ())
    opened = {division_of(value) for value in on}

    def option(area: str, parts: tuple[Option, ...] = ()) -> Option:
        apart = _apart(area, on)
        adds = bool(on) and area not in on and len(apart) == len(on)
        # One area in the place of another, beside others that stay: no number, since none was counted for that.
        swaps = area not in on and 0 < len(apart) < len(on)
        number = None if swaps else more[area] if adds else having[area]
        return _option("area", area, number, _narrowed(selection, area), area in on, parts=parts, more=adds)

    found = []
    for division in (value for value in values if len(value) == 2):
        groups = [value for value in values if value != division and division_of(value) == division]
        found.append(option(division, tuple(option(group) for group in groups) if division in opened else ()))
    return tuple(found)


def _apart(area: str, on: Iterable[str]) -> list[str]:
    """The chosen areas that neither hold this one nor lie in it."""
    related = {area, *(value for value in on if value.startswith(f"{area}.") or area.startswith(f"{value}."))}
    return [value for value in on if value not in related]


def _narrowed(selection: Selection, area: str) -> str:
    """The query string with an area added in place of what holds it or lies in it, or taken away where it is on."""
    on = selection.values.get("area", ())
    if area in on:
        return selection.toggled("area", area) or "?"
    return selection.query(area=[*_apart(area, on), area])


def chips(selection: Selection) -> tuple[Chip, ...]:
    """One chip for each value of each active filter."""
    found = []
    for name in FILTERS:
        for value in selection.values.get(name, ()):
            text = text_of(name, value)
            found.append(
                Chip(text, selection.toggled(name, value) or "?", _("Remove filter: %(text)s") % {"text": text})
            )
    return tuple(found)


@dataclass(frozen=True)
class Way:
    """A way out where nothing is found: a filter to drop, and how many are left then."""

    text: str
    count: int
    url: str


def ways_out(selection: Selection, counted: WhatCounts | None = None) -> tuple[Way, ...]:
    """For each active filter what would be found without it, fullest first, in one query."""
    names = [name for name in FILTERS if selection.values.get(name)]
    counted = counted or (lambda chosen: chosen.partnerships)
    branches = [number_of(counted(selection.without(name)).order_by(), name, "") for name in names]
    numbers = {name: number for name, _value, number in union(branches)}
    ways = [
        Way(", ".join(text_of(name, value) for value in selection.values[name]), numbers[name],
            selection.query(**{name: None}) or "?")
        for name in names if numbers.get(name)
    ]  # fmt: skip
    return tuple(sorted(ways, key=lambda way: -way.count))
