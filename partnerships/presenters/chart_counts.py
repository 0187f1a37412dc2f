"""What the charts count: partnerships of a selection by year, country, service area, model, and who does what.

Cases, programmes and components are counted, as on the matrix. Everything is grouped by the database; each number
equals that of the list which its link leads to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from partnerships.models import Facet, Partnership
from partnerships.presenters.facet_counts import by_year
from partnerships.querysets import drawn, inferred_only, under
from partnerships.selection import Selection
from taxonomy.cells import MODELS
from taxonomy.lenses import SECTOR
from taxonomy.vocabulary import COUNTED_UNITS

DIVISION = 2


def charted(selection: Selection) -> QuerySet:
    """What the charts of a selection are about."""
    return selection.partnerships.order_by().counted()


def list_url(selection: Selection, **changes: str | list[str]) -> str:
    """The list of what a chart counts under some value: the same filters, and only the units that are counted."""
    chosen = selection.values.get("unit", ())
    units = [unit for unit in COUNTED_UNITS.codes if unit in chosen or not chosen]
    return reverse("partnership-list") + selection.query(**{"unit": units, "facets": None, **changes})


@dataclass(frozen=True)
class Totals:
    """A selection as a whole: how many are counted, and why some stand in no bar of a chart."""

    total: int
    without_country: int
    without_area: int
    models: Mapping[str, int]
    between_models: int
    inferred: int

    @property
    def unplaced(self) -> int:
        """Those of which nothing is known that a model could rest on."""
        return self.total - sum(self.models.values()) - self.between_models - self.inferred


class Counts:
    """The counts of a selection, each asked for once and when it is needed."""

    def __init__(self, selection: Selection) -> None:
        """Nothing is counted yet."""
        self.selection = selection

    @cached_property
    def totals(self) -> Totals:
        """The totals, in one query."""
        inferred = self.selection.inferred
        model = Q()
        for each in MODELS:
            model |= under(each, inferred=inferred)
        # What the conditions read has to be in the rows that are aggregated.
        read = {name: F(name) for name in ("at_certainty", "at_possible_cells", "at_cell")}
        rows = charted(self.selection).at_current_phase().annotate(**read)
        found = rows.aggregate(
            total=Count("pk"),
            without_country=Count("pk", filter=_without("country")),
            without_area=Count("pk", filter=_without("area")),
            between_models=Count("pk", filter=drawn(SECTOR, inferred=inferred) & ~model),
            inferred=Count("pk", filter=inferred_only(SECTOR)),
            **{each.code: Count("pk", filter=under(each, inferred=inferred)) for each in MODELS},
        )
        return Totals(
            **{name: found[name] for name in ("total", "without_country", "without_area", "between_models")},
            models={each.code: found[each.code] for each in MODELS},
            inferred=0 if inferred else found["inferred"],
        )

    @cached_property
    def rows(self) -> Mapping[str, Counter[str]]:
        """Countries, service areas, and who does what, in one query."""
        return _grouped(self.selection, ("country", "area", "does", "answered"))

    @property
    def countries(self) -> Counter[str]:
        """By country; where countries are chosen, by those."""
        return self._shown("country", self.rows["country"])

    @property
    def areas(self) -> Counter[str]:
        """By division of service areas; where areas are chosen, by those."""
        divisions = Counter({code: number for code, number in self.rows["area"].items() if len(code) == DIVISION})
        return self._shown("area", self.rows["area"] if self.selection.values.get("area") else divisions)

    @property
    def models(self) -> Counter[str]:
        """By model of table 2, all five; where models are chosen, by those."""
        return self._shown("model", Counter(self.totals.models))

    def _shown(self, name: str, found: Counter[str]) -> Counter[str]:
        chosen = self.selection.values.get(name)
        return Counter({value: found[value] for value in chosen}) if chosen else found

    def together(self, name: str, values: Iterable[str]) -> int:
        """How many have any of these values: fewer than the sum where one has several."""
        rows = Facet.objects.filter(facet=name, value__in=list(values))
        return charted(self.selection).filter(pk__in=rows.values("partnership")).count()

    @cached_property
    def tasks(self) -> Mapping[str, Counter[str]]:
        """Who does what ("does") and of how many that is known ("answered"), whatever the filter by it says."""
        chosen = self.selection.without("does")
        return self.rows if chosen is self.selection else _grouped(chosen, ("does", "answered"))

    @cached_property
    def years(self) -> Counter[int]:
        """How many dated phases cover each year, whatever the filter by year says; up to this year."""
        # A partnership comes once for each of its phases; no two of them stand in the same year.
        spans = charted(self.selection.over_years()).values_list("now__stands_from", "now__stands_to")
        return by_year(spans.annotate(number=Count("pk")))

    @cached_property
    def dated(self) -> tuple[int, int]:
        """How many there are whatever the year, and how many of them no year can show."""
        rows = charted(self.selection.without("year"))
        undated = Partnership.objects.undated().values("pk")
        found = rows.aggregate(total=Count("pk"), undated=Count("pk", filter=Q(pk__in=undated)))
        return found["total"], found["undated"]


def _without(facet: str) -> Q:
    return ~Q(Exists(Facet.objects.filter(facet=facet, partnership=OuterRef("pk"))))


def _grouped(selection: Selection, facets: Iterable[str]) -> Mapping[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Facet.objects.filter(facet__in=list(facets), partnership__in=charted(selection).values("pk"))
    for facet, value, number in rows.order_by().values_list("facet", "value").annotate(number=Count("pk")):
        found[facet][value] = number
    return found
