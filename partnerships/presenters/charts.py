"""The charts of a selection: what each shows in words, its drawing, and the table of the same numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.filters import MAX_VALUES
from partnerships.pictures.bars import Count, bars
from partnerships.pictures.columns import columns
from partnerships.pictures.drawing import FULL, HALF, Drawing, nothing
from partnerships.presenters import words
from partnerships.presenters.chart_counts import Counts, list_url
from partnerships.presenters.chart_parts import Cell, Chart, Row, in_year, named, partnerships, sentences
from partnerships.presenters.chart_tasks import tasks
from partnerships.selection import Selection
from taxonomy.cells import model

MOST_BARS = 15


@dataclass(frozen=True)
class ChartsPage:
    """All that the page says."""

    heading: str
    note: str
    charts: tuple[Chart, ...]
    total: int


def charts_page(selection: Selection) -> ChartsPage:
    """Count a selection and draw it."""
    counts = Counts(selection)
    total = counts.totals.total
    charts = [chart(counts) for chart in (_years, _countries, _areas, _models, tasks)] if total else []
    return ChartsPage(
        heading=in_year(partnerships(total), selection),
        note=_(
            "Counted are cases, programmes and parts of services, with or without a position on the matrix; by model, "
            "those with one."
        ),
        # Those that say something come first.
        charts=tuple(sorted(charts, key=_is_empty)),
        total=total,
    )


def _is_empty(chart: Chart) -> bool:
    return not any(cell.url for row in chart.rows for cell in row.cells)


# ---- One drawing by itself, for a file -----------------------------------------------------------------------------


def by_year(selection: Selection) -> Drawing:
    """How many dated phases cover each year."""
    return _year_drawing(Counts(selection), FULL)


def by_country(selection: Selection) -> Drawing:
    """How many partnerships each country has."""
    return _country_drawing(Counts(selection), FULL)


def by_area(selection: Selection) -> Drawing:
    """How many partnerships each service area has."""
    return _area_drawing(Counts(selection), FULL)


def by_model(selection: Selection) -> Drawing:
    """How many partnerships stand under each model of table 2."""
    return _model_drawing(Counts(selection), FULL)


# ---- By year -------------------------------------------------------------------------------------------------------


def _year_drawing(counts: Counts, width: int) -> Drawing:
    selection, found = counts.selection, counts.years
    total, undated = counts.dated
    title, count = _("Partnerships by year"), partnerships(total)
    notes = sentences(
        _("Each year counts the partnerships of which a dated phase covers that year."),
        ngettext(
            "%(count)s has no dates in the sources and stands in no year.",
            "%(count)s have no dates in the sources and stand in no year.", undated,
        ) % {"count": undated} if undated else "",
        _("All years are shown; %(year)s is marked.") % {"year": selection.year} if selection.year else "",
    )  # fmt: skip
    if not found:
        return nothing("by-year", title, count, width, _("No phase of these has a date."), notes)

    def link(year: int) -> tuple[str, str]:
        return list_url(selection, year=str(year)), named(str(year), found[year])

    view, links, height = columns(found, width, marked=selection.year, link=link)
    return Drawing("by-year", title, count, width, height, "pictures/_columns.svg", view, notes, links)


def _years(counts: Counts) -> Chart:
    found = counts.years
    listed = range(min(found), max(found) + 1) if found else ()
    urls = {year: list_url(counts.selection, year=str(year)) if found[year] else "" for year in reversed(listed)}
    rows = tuple(Row(str(year), (Cell(str(found[year]), url),)) for year, url in urls.items())
    drawn = _year_drawing(counts, FULL), _year_drawing(counts, HALF)
    return Chart(*drawn, (_("Year"), _("Partnerships")), rows)


# ---- Bars ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Value:
    """A value of a filter with its number."""

    code: str
    text: str
    number: int


def _fullest_first(found: Counter[str], text: Callable[[str], str]) -> list[_Value]:
    values = (_Value(code, text(code), number) for code, number in found.items())
    return sorted(values, key=lambda value: (-value.number, value.text))


def _bar(counts: Counts, name: str, value: _Value) -> Count:
    url = list_url(counts.selection, **{name: value.code}) if value.number else ""
    return Count(value.text, value.number, url, named(value.text, value.number))


def _folded(counts: Counts, values: list[_Value]) -> list[Count]:
    """A bar for each country; beyond so many, one for all the rest."""
    if len(values) <= MOST_BARS:
        return [_bar(counts, "country", value) for value in values]
    shown, rest = values[: MOST_BARS - 1], [value.code for value in values[MOST_BARS - 1 :]]
    number = counts.together("country", rest)
    text = _("%(count)s more countries") % {"count": len(rest)}
    # A filter holds so many values and no more; the table names each of the rest.
    url = list_url(counts.selection, country=rest) if len(rest) <= MAX_VALUES else ""
    return [*(_bar(counts, "country", value) for value in shown), Count(text, number, url, named(text, number), True)]


def _table(counts: Counts, name: str, values: list[_Value]) -> tuple[Row, ...]:
    drawn = (_bar(counts, name, value) for value in values)
    return tuple(Row(bar.text, (Cell(str(bar.number), bar.url),)) for bar in drawn)


def _bar_drawing(name: str, title: str, counts: Counts, drawn: list[Count], width: int, *notes: str) -> Drawing:
    count, words_below = in_year(partnerships(counts.totals.total), counts.selection), sentences(*notes)
    if not drawn:
        return nothing(name, title, count, width, _("There is nothing to draw."), words_below)
    view, links = bars(drawn, width)
    return Drawing(name, title, count, width, view.height, "pictures/_bars.svg", view, words_below, links)


def _chosen(counts: Counts, name: str) -> str:
    return _("Only what is chosen in the filters is shown.") if counts.selection.values.get(name) else ""


# ---- By country, service area and model ----------------------------------------------------------------------------


def _country_drawing(counts: Counts, width: int) -> Drawing:
    values, without = _fullest_first(counts.countries, words.country), counts.totals.without_country
    several = sum(value.number for value in values) > counts.totals.total - without
    return _bar_drawing(
        "by-country", _("Partnerships by country"), counts, _folded(counts, values), width,
        _("A partnership in several countries counts in each of them.") if several else "",
        ngettext("%(count)s has no country stated.", "%(count)s have no country stated.", without)
        % {"count": without} if without else "",
        _chosen(counts, "country"),
    )  # fmt: skip


def _countries(counts: Counts) -> Chart:
    rows = _table(counts, "country", _fullest_first(counts.countries, words.country))
    return Chart(_country_drawing(counts, HALF), None, (_("Country"), _("Partnerships")), rows, tall=True)


def _area_drawing(counts: Counts, width: int) -> Drawing:
    values, without = _fullest_first(counts.areas, words.area), counts.totals.without_area
    several = sum(value.number for value in values) > counts.totals.total - without
    return _bar_drawing(
        "by-area", _("Partnerships by service area"), counts, [_bar(counts, "area", value) for value in values], width,
        _("A partnership with several service areas counts in each of them.") if several else "",
        ngettext("%(count)s has no service area stated.", "%(count)s have no service area stated.", without)
        % {"count": without} if without else "",
        _chosen(counts, "area"),
    )  # fmt: skip


def _areas(counts: Counts) -> Chart:
    rows = _table(counts, "area", _fullest_first(counts.areas, words.area))
    return Chart(_area_drawing(counts, HALF), None, (_("Service area"), _("Partnerships")), rows)


def _model_values(counts: Counts) -> list[_Value]:
    """In the order of table 2."""
    return [_Value(code, _(model(code).label), number) for code, number in counts.models.items()]


def _model_drawing(counts: Counts, width: int) -> Drawing:
    totals = counts.totals
    return _bar_drawing(
        "by-model", _("Partnerships by model"), counts,
        [_bar(counts, "model", value) for value in _model_values(counts)], width,
        _("Read by sector: a model counts what can only stand in cells of its name."),
        ngettext("%(count)s may fall under several models.", "%(count)s may fall under several models.",
                 totals.between_models) % {"count": totals.between_models} if totals.between_models else "",
        ngettext("%(count)s has an inferred position only, which is not shown.",
                 "%(count)s have an inferred position only, which is not shown.", totals.inferred)
        % {"count": totals.inferred} if totals.inferred else "",
        ngettext("%(count)s has no position by sector.", "%(count)s have no position by sector.", totals.unplaced)
        % {"count": totals.unplaced} if totals.unplaced else "",
        _chosen(counts, "model"),
    )  # fmt: skip


def _models(counts: Counts) -> Chart:
    rows = _table(counts, "model", _model_values(counts))
    return Chart(_model_drawing(counts, HALF), None, (_("Model"), _("Partnerships")), rows)
