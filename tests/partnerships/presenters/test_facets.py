"""Filters beside the matrix and the list: options with counts, and the active ones as chips."""

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from partnerships.presenters.facets import SHOWN_OPTIONS, Chip, FacetView, Option, Way, chips, filters, ways_out
from partnerships.selection import Selection, select
from tests import factories


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def column(query: str = "") -> dict[str, FacetView]:
    """The filters of the column by name."""
    return {facet.name: facet for facet in filters(read(query)).facets}


def options(facet: FacetView) -> list[tuple[str, int, bool]]:
    return [(option.text, option.count, option.on) for option in (*facet.options, *facet.more)]


@pytest.fixture
def register(db: None) -> None:
    """Four published partnerships in three countries and two areas, and a draft."""
    factories.partnership("a", countries=["IT", "NO"], service_areas=["07", "07.2"])
    factories.partnership("b", countries=["IT"], service_areas=["07.2"], unit="class")
    factories.partnership("c", countries=["SE"], service_areas=["10.4"], design="shared", delivery="shared")
    factories.partnership("d")
    factories.partnership("hidden", countries=["FI"], service_areas=["03"], status="draft")


# ---- Options -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("register")
def test_options_are_counted_fullest_first() -> None:
    country, area = column()["country"], column()["area"]

    assert (country.name, country.label) == ("country", "Country")
    assert options(country) == [("Italy", 2, False), ("Norway", 1, False), ("Sweden", 1, False)]
    assert (area.name, area.label) == ("area", "Service area")
    assert options(area) == [("Health", 2, False), ("Social care and benefits", 1, False)]


@pytest.mark.usefixtures("register")
def test_a_filter_is_counted_as_if_it_were_not_set_itself() -> None:
    country, area = column("country=IT")["country"], column("country=IT")["area"]

    assert options(country) == [("Italy", 2, True), ("Norway", 0, False), ("Sweden", 1, False)]
    assert [option.more for option in country.options] == [False, True, True]
    assert options(area) == [("Health", 2, False)]


@pytest.mark.usefixtures("register")
def test_every_other_filter_narrows_the_options() -> None:
    assert options(filters(read("unit=class")).facets[0]) == [("Italy", 1, False)]
    assert options(filters(read("cell=5")).facets[0]) == [("Sweden", 1, False)]
    assert options(filters(read("q=c")).facets[0]) == [("Sweden", 1, False)]


@pytest.mark.usefixtures("register")
def test_a_group_of_services_shows_where_it_is_set() -> None:
    health, social = column("area=07.2")["area"].options

    assert (health.text, health.count, health.on) == ("Health", 2, False)
    assert [(part.text, part.count, part.on) for part in health.parts] == [
        ("Care without a hospital stay: doctors, dentists, therapists", 2, True)
    ]
    assert (social.text, social.parts) == ("Social care and benefits", ())


@pytest.mark.usefixtures("register")
def test_a_group_takes_the_place_of_its_division_and_back() -> None:
    def health(query: str) -> Option:
        return column(query)["area"].options[0]

    assert health("area=07").parts[0].url == "?area=07.2"
    assert health("area=07.2").url == "?area=07"
    both = health("area=07&area=10").parts[0]
    assert (both.url, both.count) == ("?area=10&area=07.2", None)
    assert health("area=07").url == "?"


@pytest.mark.usefixtures("register")
def test_two_filters_are_open_and_the_others_are_counted_when_opened() -> None:
    assert [facet.name for facet in filters(read()).opened] == ["country", "area"]
    assert options(column()["unit"]) == []
    assert column("country=SE")["unit"].url == "?country=SE&facets=unit"

    unit = column("facets=unit")["unit"]
    assert options(unit) == [("Case", 3, False), ("Type of scheme", 1, False)]
    assert unit.url == "?"


@pytest.mark.usefixtures("register")
def test_a_filter_in_use_is_open_and_cannot_be_closed() -> None:
    unit = column("unit=class")["unit"]

    assert options(unit) == [("Case", 3, False), ("Type of scheme", 1, True)]
    assert unit.options[0].more
    assert (unit.open, unit.url) == (True, "")


@pytest.mark.usefixtures("register")
def test_a_value_in_use_that_leaves_nothing_can_still_be_taken_away() -> None:
    assert ("Finland", 0, True) in options(column("country=FI")["country"])


@pytest.mark.usefixtures("register")
def test_all_filters_are_counted_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        filters(read("facets=unit&facets=cell&facets=model&facets=year&country=IT&area=07"))


@pytest.mark.django_db
def test_a_full_filter_offers_no_more_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerships.presenters.facets.MAX_VALUES", 1)
    factories.partnership(countries=["IT", "NO"])

    assert [option.url for option in column("country=IT")["country"].options] == ["?", ""]


# ---- Nothing found -----------------------------------------------------------------------------


@pytest.mark.usefixtures("register")
def test_where_nothing_is_found_it_says_what_each_filter_costs() -> None:
    assert ways_out(read("country=IT&area=10.4&lens=professional")) == (
        Way("Families and children", 2, "?country=IT&lens=professional"),
        Way("Italy", 1, "?area=10.4&lens=professional"),
    )


@pytest.mark.usefixtures("register")
def test_where_one_filter_less_does_not_help_it_says_nothing() -> None:
    assert ways_out(read("country=IT&area=10.4&q=zebra")) == ()
    assert ways_out(read()) == ()


@pytest.mark.usefixtures("register")
def test_an_option_links_to_the_selection_with_it() -> None:
    links = {option.text: option.url for option in filters(read("country=IT&lens=professional")).facets[0].options}

    assert links["Norway"] == "?country=IT&country=NO&lens=professional"
    assert links["Italy"] == "?lens=professional"


@pytest.mark.usefixtures("register")
def test_the_last_filter_taken_away_leads_to_the_plain_page() -> None:
    [on] = [option for option in filters(read("country=SE")).facets[0].options if option.on]

    assert on.url == "?"


@pytest.mark.django_db
def test_options_beyond_the_first_twelve_are_folded() -> None:
    codes = ["AT", "BE", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HU", "IE", "IT"]
    factories.partnership(countries=codes)

    country = filters(read()).facets[0]

    assert (len(country.options), len(country.more)) == (SHOWN_OPTIONS, 2)
    assert [option.text for option in country.more] == ["Ireland", "Italy"]


@pytest.mark.django_db
def test_an_empty_register_has_no_options() -> None:
    assert not any(options(facet) for facet in filters(read()).facets)


# ---- Chips and the search box ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text", "url"),
    [
        ("q=care", "“care”", "?"),
        ("country=IT", "Italy", "?"),
        ("area=07.2", "Care without a hospital stay: doctors, dentists, therapists", "?"),
        ("unit=class", "Type of scheme", "?"),
        ("cell=5", "Cell 5", "?"),
        ("cell=partly", "Partly placed", "?"),
        ("cell=none&lens=professional", "Not placed", "?lens=professional"),
        ("year=2010", "As of 2010", "?"),
        ("moved=4%7C7%3E5", "Moved from 4 or 7 to 5", "?"),
        ("moved=5%3E7~", "Planned: from 5 to 7", "?"),
        ("does=run:citizens", "Citizens: the day-to-day running", "?"),
        ("confirmed=never", "Never confirmed", "?"),
        ("confirmed=2025", "Confirmed in 2025", "?"),
        ("nation=Wales", "Wales", "?"),
        ("model=full_co_production", "Full Co-Production", "?"),
    ],
)
def test_an_active_filter_has_a_chip_that_takes_it_away(query: str, text: str, url: str) -> None:
    assert chips(read(query)) == (Chip(text, url, f"Remove filter: {text}"),)


def test_each_value_has_its_chip_in_the_order_of_the_filters() -> None:
    found = chips(read("unit=case&country=IT&country=NO&q=care"))

    assert [chip.text for chip in found] == ["“care”", "Italy", "Norway", "Case"]
    assert found[1].remove_url == "?q=care&country=NO&unit=case"


@pytest.mark.parametrize("query", ["", "lens=professional&inferred=1&sort=newest"])
def test_ways_to_show_the_selection_are_no_chips(query: str) -> None:
    assert chips(read(query)) == ()


@pytest.mark.django_db
def test_the_column_keeps_what_the_search_form_must_send_along() -> None:
    column = filters(read("q=care&country=IT&country=NO&lens=professional"))

    assert column.search == "care"
    assert column.hidden == (("country", "IT"), ("country", "NO"), ("lens", "professional"))
    assert column.clear_url == "?lens=professional"
    assert column.active == 3


@pytest.mark.django_db
def test_without_filters_clearing_leads_to_the_plain_page() -> None:
    column = filters(read())

    assert (column.clear_url, column.search, column.hidden, column.active) == ("?", "", (), 0)
