"""How many partnerships each value of a filter would leave: all filters of a page in one query.

A branch for each way of counting, joined by UNION ALL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear

from partnerships.filters import COLUMNS, INFERRED, NEVER, NOWHERE, PARTLY, ROWS, this_year
from partnerships.models import Facet
from partnerships.models.fields import bits_of
from partnerships.querysets import ALL_CELL_BITS, FIRM, prefix_of, union
from partnerships.selection import Selection
from taxonomy.cells import MODELS

Counted = Callable[[Selection], QuerySet]
Counts = dict[str, Counter[str]]
# Filters that look at the position of the phase in question, and the mark of the branch that reads positions for them.
POSITIONS = ("model", "cell")
STANDING = "standing"


def count(selection: Selection, names: Iterable[str], counted: Counted) -> Counts:
    """For each of these filters its values and how many partnerships each would leave, in one query."""
    branches: list[QuerySet] = []
    # Filters that are not in use are all counted in the same selection.
    unused = [name for name in names if name != "year" and not selection.values.get(name)]
    for group in (unused, *([name] for name in names if name not in unused)):
        if group:
            chosen = selection.over_years() if group == ["year"] else selection.without(group[0])
            branches += _branches(chosen, group, counted(chosen).order_by())
    found: Counts = defaultdict(Counter)
    for name, value, number in union(branches):
        found[name][value] += number
    if "year" in found:
        found["year"] = years(found["year"])
    for asked in [name for name in found if name.startswith(STANDING)]:
        sorted_out = by_position(found.pop(asked), selection)
        found |= {name: sorted_out[name] for name in asked.split()[1:]}
    return {name: found[name] for name in names}


def _branches(selection: Selection, names: list[str], within: QuerySet) -> list[QuerySet]:
    rows = [name for name in names if name in ROWS]
    branches = []
    if rows:
        of_rows = Facet.objects.filter(facet__in=rows, partnership__in=within.values("pk"))
        branches.append(of_rows.order_by().values_list("facet", "value").annotate(number=Count("pk")))
    for name in names:
        if name in COLUMNS:
            branches.append(_grouped(within.exclude(**{name: ""}), name, F(name)))
        elif name in OTHERS:
            branches += OTHERS[name](selection, within)
    if by_standing := [name for name in names if name in POSITIONS]:
        branches.append(_standings(selection, within, by_standing))
    return branches


def _grouped(within: QuerySet, name: str, value: object) -> QuerySet:
    """How many partnerships have each value."""
    text = Cast(value, CharField(max_length=300))
    named = within.values_list(Value(name, CharField(max_length=300)), text)
    return named.annotate(number=Count("pk"))


def number_of(within: QuerySet, name: str, value: str) -> QuerySet:
    """How many partnerships there are, as the count of one value."""
    return _grouped(within, name, Value(value))


def _standings(selection: Selection, within: QuerySet, names: list[str]) -> QuerySet:
    """Positions with all that the filters by position look at, to be sorted into the values of these filters."""
    prefix = prefix_of(selection.lens)
    parts = ("certainty", "possible_cells", f"{prefix}possible_cells", f"{prefix}cell")
    texts = [Coalesce(Cast(f"at_{part}", CharField(max_length=20)), Value("")) for part in parts]
    joined = [piece for text in texts for piece in (text, Value(" "))][:-1]
    known = within.counted().at_current_phase().filter(at_id__isnull=False)
    return _grouped(known, " ".join([STANDING, *names]), Concat(*joined, output_field=CharField()))


def _certainties(selection: Selection, within: QuerySet) -> list[QuerySet]:
    return [_grouped(within.at_current_phase().filter(at_certainty__gt=""), "certainty", F("now__certainty"))]


def _confirmations(selection: Selection, within: QuerySet) -> list[QuerySet]:
    year = Coalesce(Cast(ExtractYear("last_confirmed"), CharField(max_length=4)), Value(NEVER))
    return [_grouped(within, "confirmed", year)]


def _spans(selection: Selection, within: QuerySet) -> list[QuerySet]:
    """The first and last years in which phases stand, to be spread over the years in between."""
    first, last = (Cast(f"now__stands_{end}", CharField(max_length=4)) for end in ("from", "to"))
    return [_grouped(within, "year", Concat(first, Value("-"), last, output_field=CharField()))]


OTHERS: dict[str, Callable[[Selection, QuerySet], list[QuerySet]]] = {
    "certainty": _certainties,
    "confirmed": _confirmations,
    "year": _spans,
}


def by_position(positions: Counter[str], selection: Selection) -> Counts:
    """Counts by position as counts by model and by cell, or the lack of one.

    The conditions are those of ``partnerships.querysets``, which the filters themselves put to the database.
    """
    found: Counts = defaultdict(Counter)
    for position, number in positions.items():
        certainty, sector, bits, cell = position.split(" ")
        shown = selection.inferred or certainty in FIRM
        cells = int(bits) & ALL_CELL_BITS
        for model in MODELS if shown else ():
            if int(sector) & ALL_CELL_BITS and not int(sector) & ALL_CELL_BITS & ~bits_of(model.cells):
                found["model"][model.code] += number
        if shown and cell:
            found["cell"][cell] += number
        elif shown and cells not in (0, ALL_CELL_BITS):
            found["cell"][PARTLY] += number
        if cells == ALL_CELL_BITS:
            found["cell"][NOWHERE] += number
        elif certainty == "inferred":
            found["cell"][INFERRED] += number
    return found


def years(spans: Counter[str]) -> Counter[str]:
    """Counts by span ("2010-2013") as counts by year, up to this one."""
    found: Counter[str] = Counter()
    for span, number in spans.items():
        first, last = map(int, span.split("-"))
        for year in range(first, min(last, this_year()) + 1):
            found[str(year)] += number
    return found
