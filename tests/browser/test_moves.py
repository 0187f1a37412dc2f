"""Moves between cells in the browser: pages with arrows are accessible at both widths, and numbers lead to lists."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import NARROW, WIDE
from tests.partnerships.moving import cell, moving, since

pytestmark = pytest.mark.django_db(transaction=True)


def some() -> None:
    """Moves of every sort: made and planned, between cells and sets, in both directions, one that may be none."""
    with factories.indexed_at_the_end():
        _build()


def _build() -> None:
    for number, steps in enumerate(
        [(7, 8, 5), (7, 8), (8, 7), (1, 4, 5), (4, 1), (1, 2), (5, 9), (3, 6), (8, 5), (2, 7), (9, 1), (7, 8)]
    ):
        moving(f"Record {number}", *({**cell(c), **since(2000 + 5 * place)} for place, c in enumerate(steps)))
    moving("Desk", {"possible": {4, 7}, **since(2011)}, {**cell(5), **since(2015)}, service_areas=["07"])
    moving("Pool", cell(7), {**cell(8), "planned": True})
    moving("Narrowed", {"design": "shared"}, cell(5))
    italy = factories.partnership("Italy", unit="country_pattern", countries=["IT"])
    factories.statement(italy, kind="movement", from_cells={4, 7}, to_cells={5}, place="p. 3")


def test_pages_with_moves(open_page: Callable[..., Page], axe: Callable[..., None]) -> None:
    some()
    page = open_page()
    for address in ["/trajectories/", "/cells/5/", "/partnerships/record-0/", "/partnerships/desk/"]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{address} scrolls sideways by {wider} px"
            axe(page)


def test_from_a_number_in_the_table_to_its_list(no_js_page: Page) -> None:
    some()
    no_js_page.goto("/trajectories/")
    no_js_page.get_by_role("cell").get_by_role("link", name="3 partnerships, from 7 to 8").click()

    expect(no_js_page.get_by_role("link", name="Record 0", exact=True)).to_be_visible()
    expect(no_js_page.get_by_text("Moved from 7 to 8", exact=True)).to_be_visible()


def test_from_a_number_in_the_picture_to_its_list(page: Page) -> None:
    some()
    page.goto("/trajectories/")
    page.get_by_role("group", name="Lists behind: Moves between cells").get_by_role(
        "link", name="1 partnership, from 4 or 7 to 5"
    ).click()

    expect(page.get_by_role("link", name="Desk", exact=True)).to_be_visible()


def test_a_filter_changes_arrows_and_table_together(page: Page) -> None:
    some()
    moving("Rome", cell(1), cell(9), countries=["IT"])
    page.goto("/trajectories/")
    page.locator("#filters").get_by_role("link", name="Italy").click()

    expect(
        page.get_by_role("heading", name="1 partnership moved. Sources describe movements of 1 more")
    ).to_be_visible()
    assert page.locator(".figure__drawing:visible .move").count() == 1
    assert page.locator(".moves-table td a").count() == 1
