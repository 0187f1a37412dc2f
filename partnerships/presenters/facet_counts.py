"""How many partnerships each value of a filter would leave: all filters of a page in one query.

A branch for each way of counting, joined by UNION ALL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear

from partnerships.filters import COLUMNS, INFERRED, NEVER, NOWHERE, OUTSIDE, PARTLY, PLANNED, ROWS, this_year
from partnerships.models import Facet
from partnerships.models.fields import bits_of
from partnerships.querysets import ALL_CELL_BITS, FIRM, prefix_of, union
from partnerships.selection import Selection
from taxonomy.cells import MODELS

WhatCounts = Callable[[Selection], QuerySet]
Numbers = dict[str, Counter[str]]
# Filters that look at the position of the phase in question, and the mark of the branch that reads positions for them.
POSITIONS = ("model", "cell")
STANDING = "standing"
# Before the name of a filter: how many more a value would bring in.
MORE = "+"


@dataclass(frozen=True)
class Counts:
    """By filter, then by value: how many have it, and for a filter in use how many more it would bring in."""

    having: Numbers
    more: Numbers


def count(selection: Selection, names: Collection[str], counted: WhatCounts) -> Counts:
    """Count the values of these filters, each filter as if it were not set itself, in one query."""
    branches: list[QuerySet] = []
    # Filters that are not in use are all counted in the same selection.
    unused = [name for name in names if name != "year" and not selection.values.get(name)]
    if unused:
        branches += _branches(selection, unused, counted(selection).order_by())
    if "year" in names:
        over_years = selection.over_years()
        branches += _branches(over_years, ["year"], counted(over_years).order_by())
    for name in names:
        if name not in (*unused, "year"):
            chosen = selection.without(name)
            without = counted(chosen).order_by()
            beyond = without.exclude(pk__in=counted(selection).order_by().values("pk"))
            branches += [*_branches(chosen, [name], without), *_branches(chosen, [name], beyond, MORE)]
    found: Numbers = defaultdict(Counter)
    for name, value, number in union(branches):
        found[name][value] += number
    having = {name: found[name] for name in names}
    if "year" in names:
        having["year"] = years(found["year"])
    more = {name: found[MORE + name] for name in names}
    for asked in [name for name in found if name.startswith((STANDING, MORE + STANDING))]:
        sorted_out = by_position(found[asked], selection)
        of = more if asked.startswith(MORE) else having
        of.update({name: sorted_out[name] for name in asked.split()[1:]})
    return Counts(having, more)


def _branches(selection: Selection, names: list[str], within: QuerySet, mark: str = "") -> list[QuerySet]:
    """Rows of name, value and number; the names begin with ``mark``."""
    branches = []
    if rows := [name for name in names if name in ROWS]:
        of_rows = Facet.objects.filter(facet__in=rows, partnership__in=within.values("pk"))
        # Without a mark the plain column, so that the rows come grouped from their index.
        name = Concat(Value(mark), "facet", output_field=CharField()) if mark else "facet"
        named = of_rows.order_by().values_list(name, "value")
        branches.append(named.annotate(number=Count("pk")))
    for name in names:
        if name in COLUMNS:
            branches.append(_grouped(within.exclude(**{name: ""}), mark + name, F(name)))
        elif name in OTHERS:
            branches.append(_grouped(*OTHERS[name](within, mark + name)))
    if by_standing := [name for name in names if name in POSITIONS]:
        branches.append(_standings(selection, within, " ".join([mark + STANDING, *by_standing])))
    return branches


def _grouped(within: QuerySet, name: str, value: object) -> QuerySet:
    """How many partnerships have each value."""
    text = Cast(value, CharField(max_length=300))
    named = within.values_list(Value(name, CharField(max_length=300)), text)
    return named.annotate(number=Count("pk"))


def number_of(within: QuerySet, name: str, value: str) -> QuerySet:
    """How many partnerships there are, as the count of one value."""
    return _grouped(within, name, Value(value))


def _standings(selection: Selection, within: QuerySet, name: str) -> QuerySet:
    """Positions with all that the filters by position look at, to be sorted into the values of these filters."""
    prefix = prefix_of(selection.lens)
    parts = ("certainty", "possible_cells", f"{prefix}possible_cells", f"{prefix}cell")
    texts = [Coalesce(Cast(f"at_{part}", CharField(max_length=20)), Value("")) for part in parts]
    joined = [piece for text in texts for piece in (text, Value(" "))][:-1]
    return _grouped(within.counted().at_current_phase(), name, Concat(*joined, output_field=CharField()))


def _certainties(within: QuerySet, name: str) -> tuple[QuerySet, str, object]:
    return within.at_current_phase().filter(at_certainty__gt=""), name, F("now__certainty")


def _confirmations(within: QuerySet, name: str) -> tuple[QuerySet, str, object]:
    year = Cast(ExtractYear("last_confirmed"), CharField(max_length=4))
    return within, name, Coalesce(year, Value(NEVER))


def _spans(within: QuerySet, name: str) -> tuple[QuerySet, str, object]:
    """The first and last years in which phases stand, to be spread over the years in between."""
    first, last = (Cast(f"now__stands_{end}", CharField(max_length=4)) for end in ("from", "to"))
    return within, name, Concat(first, Value("-"), last, output_field=CharField())


OTHERS: dict[str, Callable[[QuerySet, str], tuple[QuerySet, str, object]]] = {
    "certainty": _certainties,
    "confirmed": _confirmations,
    "year": _spans,
}


def by_position(positions: Counter[str], selection: Selection) -> Numbers:
    """Counts by position as counts by model and by cell, or the lack of one.

    The conditions are those of ``partnerships.querysets``, which the filters themselves put to the database.
    """
    found: Numbers = defaultdict(Counter)
    for position, number in positions.items():
        certainty, sector, bits, cell = position.split(" ")
        if not bits:
            found["cell"][PLANNED] += number
            continue
        shown = selection.inferred or certainty in FIRM
        for model in MODELS if shown else ():
            if int(sector) & ALL_CELL_BITS and not int(sector) & ALL_CELL_BITS & ~bits_of(model.cells):
                found["model"][model.code] += number
        for code in _standing_codes(int(bits) & ALL_CELL_BITS, cell, certainty, shown=shown):
            found["cell"][code] += number
    return found


def _standing_codes(cells: int, cell: str, certainty: str, *, shown: bool) -> list[str]:
    """The values of the filter by cell that a position meets."""
    codes = []
    if cells == ALL_CELL_BITS:
        codes.append(NOWHERE)
    elif shown:
        codes.append(cell or (PARTLY if cells else OUTSIDE))
    if certainty == "inferred" and cells != ALL_CELL_BITS:
        codes.append(INFERRED)
    return codes


def years(spans: Counter[str]) -> Counter[str]:
    """Counts by span ("2010-2013") as counts by year, up to this one."""
    ends = ((*map(int, span.split("-")), number) for span, number in spans.items())
    return Counter({str(year): number for year, number in by_year(ends).items()})


def by_year(spans: Iterable[tuple[int, int, int]]) -> Counter[int]:
    """First year, last year and number of each span, as numbers by year, up to this one."""
    found: Counter[int] = Counter()
    for first, last, number in spans:
        for year in range(first, min(last, this_year()) + 1):
            found[year] += number
    return found
