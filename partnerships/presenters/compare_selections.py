"""Two selections against each other: both matrices, and the difference for each cell in numbers and in points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.filters import FILTERS, NOWHERE, PARTLY, this_year
from partnerships.models import Facet, Phase
from partnerships.presenters import words
from partnerships.presenters.compare import SIDES, sides_url
from partnerships.presenters.facets import Chip
from partnerships.presenters.filter_words import text_of
from partnerships.presenters.matrix import Link, Matrix, Tally, matrix, share, tally
from partnerships.querysets import PUBLISHED
from partnerships.selection import Selection

# Below this one partnership more or less moves a share by more than three points: 100 / 30 = 3.3.
FEW = 30
IN_A_CELL = [str(number) for number in range(1, 10)]


@dataclass(frozen=True)
class Side:
    """One of the two: ``letter`` is "A" or "B", ``name`` its filters in words; links lead to its own pages."""

    letter: str
    name: str
    chips: tuple[Chip, ...]
    matrix: Matrix
    heading: str
    links: tuple[Link, ...]

    @property
    def placed(self) -> int:
        """How many stand in one cell: what shares are shares of."""
        return self.matrix.placed


@dataclass(frozen=True)
class Number:
    """A count with its share and the page that lists the same; no ``url`` for none."""

    count: int
    share: str
    url: str


@dataclass(frozen=True)
class Difference:
    """A line of the table: what is counted, on both sides, and how much more or less B has."""

    label: str
    a: Number
    b: Number
    count: str
    points: str


@dataclass(frozen=True)
class SelectionsPage:
    """All that is said about two selections."""

    sides: tuple[Side, Side]
    cells: tuple[Difference, ...]
    totals: tuple[Difference, ...]
    caption: str
    caution: str
    overlap: str
    swap_url: str


def selections_page(a: Selection, b: Selection) -> SelectionsPage:
    """Count both selections, which share lens and inferred, and lay them side by side."""
    tallies = tally(a), tally(b)
    sides = _side(a, b, 0, tallies[0]), _side(a, b, 1, tallies[1])
    return SelectionsPage(
        sides=sides,
        cells=tuple(_cells(a, b, sides)),
        totals=tuple(_totals(a, b, tallies)),
        caption=_("A has %(a)s placed in one cell, B has %(b)s.") % {"a": sides[0].placed, "b": sides[1].placed},
        caution=caution(sides[0].placed, sides[1].placed),
        overlap=_overlap(a, b),
        swap_url=sides_url(b.values, a.values),
    )


# ---- The sides ------------------------------------------------------------------------------------


def _side(a: Selection, b: Selection, place: int, found: Tally) -> Side:
    selection, letter = (a, b)[place], SIDES[place].upper()
    name = title(selection)
    table = matrix(selection, found, titled=False)
    return Side(
        letter=letter,
        name=name,
        chips=tuple(_chips(a, b, place)),
        matrix=replace(table, caption=f"{letter}, {name}. {table.caption}"),
        heading=ngettext("%(count)s partnership placed", "%(count)s partnerships placed", table.placed)
        % {"count": table.placed},
        links=(
            Link(_("Matrix of %(side)s") % {"side": letter}, reverse("matrix") + selection.query()),
            Link(_("List of %(side)s") % {"side": letter}, reverse("partnership-list") + selection.query()),
        ),
    )


def title(selection: Selection) -> str:
    """The filters of a selection in words."""
    texts = [text_of(name, value) for name in FILTERS for value in selection.values.get(name, ())]
    return ", ".join(texts) or _("the whole register")


def _chips(a: Selection, b: Selection, place: int) -> Iterator[Chip]:
    """A chip for each value of each filter of one side, with the comparison as it is without it."""
    sides = [a.values, b.values]
    for name in FILTERS:
        for value in sides[place].get(name, ()):
            left = tuple(other for other in sides[place][name] if other != value)
            changed = [*sides]
            changed[place] = {**sides[place], name: left}
            text = text_of(name, value)
            yield Chip(text, sides_url(*changed), _("Remove filter: %(text)s") % {"text": text})


def _overlap(a: Selection, b: Selection) -> str:
    """How many are on both sides; the two are then not independent of each other."""
    number = a.partnerships.order_by().filter(pk__in=b.partnerships.order_by().values("pk")).count()
    if not number:
        return ""
    return ngettext("%(count)s is on both sides.", "%(count)s are on both sides.", number) % {"count": number}


# ---- The differences ------------------------------------------------------------------------------


def _cells(a: Selection, b: Selection, sides: tuple[Side, Side]) -> Iterator[Difference]:
    """A line for each of the nine cells, with the pages of the cell that list the same."""
    views = [[cell for row in side.matrix.rows for cell in row.cells] for side in sides]
    for of_a, of_b in zip(*views, strict=True):
        page = reverse("cell", args=[of_a.number])
        yield _difference(
            _("%(number)s · %(name)s") % {"number": of_a.number, "name": of_a.model},
            _number(of_a.count, sides[0].placed, page + a.query()),
            _number(of_b.count, sides[1].placed, page + b.query()),
            points(of_a.count, sides[0].placed, of_b.count, sides[1].placed),
        )


def _totals(a: Selection, b: Selection, tallies: tuple[Tally, Tally]) -> Iterator[Difference]:
    """What stands below the cells: all that are placed, and what no share counts."""
    lines = (
        (_("Placed in one cell"), IN_A_CELL, lambda found: sum(found.cells.values())),
        (_("Partly placed"), [PARTLY], lambda found: found.sets),
        (_("Not placed"), [NOWHERE], lambda found: found.unplaced),
    )
    for label, codes, number in lines:
        of_a, of_b = (
            _number(number(found), 0, _listed(selection, codes))
            for selection, found in zip((a, b), tallies, strict=True)
        )
        yield _difference(label, of_a, of_b, "")


def _difference(label: str, a: Number, b: Number, in_points: str) -> Difference:
    return Difference(label, a, b, signed(b.count - a.count), in_points)


def _number(count: int, of: int, url: str) -> Number:
    return Number(count, share(count, of) if of else "", url if count else "")


def _listed(selection: Selection, codes: list[str]) -> str:
    """The list of those of a selection that stand so; "" where a filter by cell makes that no one list."""
    chosen = selection.values.get("cell", ())
    if chosen and not set(chosen) <= set(codes):
        return ""
    return reverse("partnership-list") + selection.query(cell=list(chosen) or codes)


def signed(number: int) -> str:
    """A difference with its sign: "+3", "−3", "0"."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


def points(a: int, of_a: int, b: int, of_b: int) -> str:
    """The difference of two shares in percentage points, worked out before rounding; "" where a side has none."""
    if not (of_a and of_b):
        return ""
    difference = 100 * (b * of_a - a * of_b)
    rounded = round(abs(difference) / (of_a * of_b))
    if difference and not rounded:
        return _("under 1")
    return signed(rounded if difference > 0 else -rounded)


def caution(a: int, b: int) -> str:
    """What to make of few: under 30 on a side one partnership moves a share by more than three points."""
    if not (a and b):
        empty = _("A and B have") if not (a or b) else _("A has") if not a else _("B has")
        return _("%(side)s nothing in one cell, so there are no shares to compare.") % {"side": empty}
    if min(a, b) >= FEW:
        return ""
    return _(
        "Small numbers: A has %(a)s placed, B has %(b)s. Where a side has fewer than %(few)s, one partnership more or "
        "less moves its shares by more than three points, so read them as a hint and no more."
    ) % {"a": a, "b": b, "few": FEW}


# ---- Something to begin with ----------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What the register holds to choose from: countries by name, and comparisons to begin with."""

    countries: tuple[tuple[str, str], ...]
    examples: tuple[Link, ...]


def offer() -> Offer:
    """Countries of what is published, and examples made of them and of the years of phases: two queries."""
    held = Facet.objects.filter(facet="country", partnership__status=PUBLISHED).order_by()
    counts = held.values_list("value").annotate(number=Count("pk")).order_by("-number", "value")
    codes = [code for code, _number in counts]
    named = sorted(((code, words.country(code)) for code in codes), key=lambda pair: pair[1])
    return Offer(tuple(named), (*_two_countries(codes), *_two_years()))


def _two_countries(codes: list[str]) -> Iterator[Link]:
    """The fullest country against the next, and that against the third."""
    for first, second in list(pairwise(codes))[:2]:
        names = {"a": words.country(first), "b": words.country(second)}
        yield _example(_("%(a)s and %(b)s") % names, {"country": (first,)}, {"country": (second,)})


def _two_years() -> Iterator[Link]:
    """Before the middle one of the years in which phases began, and now."""
    began = Phase.objects.filter(partnership__status=PUBLISHED, stands_from__isnull=False)
    years = sorted(began.order_by().values_list("stands_from", flat=True).distinct())
    if len(years) > 1:
        before, now = str(years[len(years) // 2] - 1), str(this_year())
        yield _example(_("In %(a)s and in %(b)s") % {"a": before, "b": now}, {"year": (before,)}, {"year": (now,)})


def _example(text: str, a: dict[str, tuple[str, ...]], b: dict[str, tuple[str, ...]]) -> Link:
    return Link(text, sides_url(a, b))
