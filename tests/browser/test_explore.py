"""Exploring the register in a browser: filters that change the page in place, and years that play."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.library import load as load_the_library

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}
WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
Opener = Callable[..., Page]


@pytest.fixture
def library(transactional_db: None) -> None:
    """The bundled case library."""
    load_the_library()


@pytest.fixture
def dated(transactional_db: None) -> None:
    """One partnership that moved from cell 1 to cell 5 in 2013."""
    first = {"starts": date(2010, 1, 1), "starts_precision": "year"}
    record = factories.partnership("Leith lunch", design="public", delivery="public", phase=first, countries=["GB"])
    later = {"starts": date(2013, 1, 1), "starts_precision": "year"}
    factories.add_phase(record, design="shared", delivery="shared", **later)


def heading(page: Page, text: str) -> None:
    expect(page.locator("#matrix-heading")).to_have_text(text)


@WITH_AND_WITHOUT
def test_filters_add_up_and_come_off_again(library: None, open_page: Opener, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.locator("#facet-country-IT").click()
    heading(page, "2 partnerships placed")
    page.locator("#open-unit").click()
    page.locator("#facet-unit-case").click()
    expect(page.locator(".chip__text")).to_have_text(["Italy", "Case"])
    assert page.url.endswith("/?country=IT&unit=case&facets=unit")
    page.get_by_role("link", name="Remove filter: Italy").last.click()
    expect(page.locator(".chip__text")).to_have_text(["Case"])
    page.go_back()
    expect(page.locator(".chip__text")).to_have_text(["Italy", "Case"])


def test_with_scripts_a_filter_changes_the_page_in_place(library: None, open_page: Opener) -> None:
    page = open_page()
    page.goto("/")
    page.evaluate("window.unmoved = true")
    page.locator("#facet-country-IT").focus()
    page.keyboard.press("Enter")
    heading(page, "2 partnerships placed")

    assert page.evaluate("window.unmoved")
    assert page.title().startswith("2 partnerships placed")
    expect(page.locator("#facet-country-IT")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="2 partnerships placed")).to_be_attached()


def test_on_a_phone_the_filters_stay_open_while_one_is_chosen(library: None, open_page: Opener) -> None:
    page = open_page(viewport=NARROW)
    page.goto("/")
    page.locator("summary.filters__button").click()
    page.locator("#facet-country-IT").click()

    expect(page.locator("summary.filters__button")).to_have_text("Filters (1)")
    expect(page.locator("#facet-country-IT")).to_be_visible()


@WITH_AND_WITHOUT
def test_a_dead_end_names_the_filter_to_drop(library: None, open_page: Opener, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/partnerships/?country=IT&q=utrecht")
    page.get_by_role("link", name="Without Italy: 2 found").click()
    expect(page.locator(".row__title")).to_have_count(2)


@WITH_AND_WITHOUT
def test_the_matrix_goes_back_in_time(dated: None, open_page: Opener, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_label("Year", exact=True).last.fill("2012")
    page.get_by_role("button", name="Show").click()
    heading(page, "1 partnership placed in 2012")
    expect(page.get_by_role("link", name="Cell 1, Traditional: 1 partnership.")).to_be_visible()
    page.locator("#year-next").click()
    expect(page.get_by_role("link", name="Cell 5, Full Co-Production: 1 partnership.")).to_be_visible()
    page.get_by_role("link", name="Back to the latest").click()
    heading(page, "1 partnership placed")


def test_the_slider_moves_the_year_and_play_goes_on_until_stopped(dated: None, open_page: Opener) -> None:
    page = open_page()
    page.goto("/?year=2011")
    slider = page.locator("#year-slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    heading(page, "1 partnership placed in 2012")
    expect(slider).to_be_focused()
    page.get_by_role("button", name="Play").click()
    heading(page, "1 partnership placed in 2013")
    page.get_by_role("button", name="Stop").click()
    stood = page.locator("#matrix-heading").text_content()
    page.wait_for_timeout(2000)
    assert page.locator("#matrix-heading").text_content() == stood


def test_nothing_plays_by_itself_for_those_who_want_less_motion(dated: None, open_page: Opener) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto("/?year=2011")

    expect(page.locator("#year-slider")).to_be_visible()
    expect(page.locator("#year-play")).to_be_hidden()
    expect(page.locator("#year-next")).to_be_visible()


def test_a_year_that_cannot_be_shown_is_said_in_words(dated: None, open_page: Opener, watch: object) -> None:
    page = open_page(java_script_enabled=False)
    watch.expect("status of 400")
    page.goto("/?year=1700")

    expect(page.get_by_text("Year: Choose a year from 1800 to")).to_be_visible()


@WITH_AND_WITHOUT
def test_a_search_shows_where_it_hit(library: None, open_page: Opener, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/partnerships/")
    page.get_by_role("searchbox").fill("bres")
    page.get_by_role("button", name="Search").click()

    expect(page.locator(".row__title").first).to_have_text("Brescia Città del Noi")


def test_every_entry_of_the_library_is_three_clicks_away(library: None, open_page: Opener) -> None:
    """From the matrix: the list (one click), one of its pages (two), the case (three)."""
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("navigation", name="Ways to see it").get_by_role("link", name="List").click()
    addresses = {page.url, *(link.evaluate("a => a.href") for link in page.locator(".govuk-pagination a").all())}
    found = set()
    for address in addresses:
        page.goto(address)
        found |= {link.evaluate("a => a.pathname") for link in page.locator(".row__title a").all()}

    assert len(found) == 71


def test_the_page_stays_where_it_was_when_a_filter_is_chosen(library: None, open_page: Opener) -> None:
    page = open_page(viewport={"width": 1280, "height": 500})
    page.goto("/")
    page.evaluate("window.scrollTo(0, 200)")
    page.locator("#facet-country-IT").click()
    heading(page, "2 partnerships placed")
    page.wait_for_timeout(300)

    assert page.evaluate("window.scrollY") == 200


def test_a_filter_that_is_opened_by_keyboard_has_the_focus(library: None, open_page: Opener) -> None:
    page = open_page()
    page.goto("/")
    page.locator("#open-unit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#facet-unit > summary")).to_be_focused()
    page.locator("#close-unit").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#open-unit")).to_be_focused()


def test_back_undoes_the_year(dated: None, open_page: Opener) -> None:
    page = open_page()
    page.goto("/?country=GB")
    page.locator("#year-number").fill("2012")
    page.get_by_role("button", name="Show").click()
    heading(page, "1 partnership placed in 2012")
    page.go_back()

    heading(page, "1 partnership placed")
    assert page.url.endswith("/?country=GB")


def test_without_dates_there_is_no_year_to_go_back_to(library: None, open_page: Opener) -> None:
    page = open_page()
    page.goto("/")

    expect(page.locator("#year-number")).to_have_count(0)
