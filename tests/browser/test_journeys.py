"""The journeys that the register exists for, from the matrix to the case page and from a form to the matrix."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships.models import Partnership, Phase

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}
TITLE = "Riverside lunch club"


@pytest.fixture
def library(transactional_db: None) -> None:
    """The bundled case library."""
    call_command("load_library", verbosity=0)


@pytest.fixture
def officer(transactional_db: None) -> User:
    """An officer of a council."""
    council = Organisation.objects.create(name="Riverside Council", slug="riverside-council", kind="public")
    return User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)


@pytest.fixture
def curator(transactional_db: None) -> User:
    """Somebody who publishes."""
    return User.objects.create_user("curator@example.org", role=Role.CURATOR, name="Cora Curator")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_finds_brescia_from_the_matrix(library: None, open_page: Callable[..., Page], scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    expect(page.get_by_role("heading", name="6 partnerships placed, 4 partly")).to_be_visible()
    page.get_by_role("link", name="Italy").first.click()
    expect(page.get_by_role("heading", name="2 partnerships placed")).to_be_visible()
    page.get_by_role("link", name="Cell 5, Full Co-Production: 2 partnerships").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Full Co-Production")
    page.get_by_role("link", name="Brescia Città del Noi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brescia Città del Noi")
    expect(page.locator("#where").get_by_text("5 · Full Co-Production")).to_be_visible()


def test_a_visitor_searches_without_the_accent(library: None, narrow_page: Page) -> None:
    narrow_page.goto("/")
    narrow_page.locator("summary", has_text="Filters").click()
    narrow_page.get_by_role("searchbox").fill("citta")
    narrow_page.get_by_role("button", name="Search").click()
    expect(narrow_page.get_by_role("heading", name="1 partnership placed")).to_be_visible()
    assert "q=citta" in narrow_page.url


def fill_in(page: Page) -> None:
    """Answer what is required, as somebody would who knows the lunch club."""
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_label("One service or partnership at one place").check()
    page.get_by_label("Country", exact=True).select_option("GB")
    page.get_by_label("Social care and benefits", exact=True).check()
    page.get_by_role("checkbox", name="Public body").check()
    page.get_by_role("checkbox", name="Community group").check()
    page.get_by_role("group", name="Who designs it?").get_by_label("The public sector together").check()
    page.get_by_role("group", name="Who delivers it?").get_by_label("Citizens or the third sector alone").check()
    page.get_by_label("What do these two answers rest on?").fill("The agreement of May 2025 and our own visits.")
    page.get_by_role("group", name="Whose view is this?").get_by_label("Public body").check()


def test_an_officer_sees_it_placed_before_submitting(officer: User, open_page: Callable[..., Page]) -> None:
    page = open_page(user=officer)
    page.goto("/my/")
    page.get_by_role("link", name="Log a partnership").last.click()
    fill_in(page)
    expect(page.locator("#position-preview")).to_contain_text("8 · Co-Governance")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_officer_over_the_curator_to_the_matrix(
    officer: User, curator: User, open_page: Callable[..., Page], scripts: bool
) -> None:
    page = open_page(user=officer, viewport=NARROW, java_script_enabled=scripts)
    page.goto("/partnerships/new/")
    fill_in(page)
    page.get_by_role("button", name="Save and check answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_text("8 · Co-Governance").first).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    assert Partnership.objects.get(title=TITLE).status == "submitted"

    desk = open_page(user=curator, java_script_enabled=scripts)
    desk.goto("/admin/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Publish").first.click()
    desk.get_by_role("button", name="Publish").click()
    phase = Phase.objects.get(partnership__title=TITLE)
    assert (phase.cell, phase.adopted_by) == (8, curator)

    visitor = open_page(java_script_enabled=scripts)
    visitor.goto("/")
    visitor.get_by_role("link", name="Cell 8, Co-Governance: 1 partnership").click()
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_an_officer_hears_what_is_missing_and_loses_nothing(
    officer: User, open_page: Callable[..., Page], watch: Any
) -> None:
    watch.expect("a status of 422")
    page = open_page(user=officer, viewport=NARROW)
    page.goto("/partnerships/new/")
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_role("button", name="Save and check answers").click()
    expect(page).to_have_title("Error: Log a partnership – Co-production Matrix")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page.get_by_label("What is it called?")).to_have_value(TITLE)
    summary.get_by_role("link", name="Choose a country.").click()
    expect(page.get_by_label("Country", exact=True)).to_be_focused()


def test_a_curator_asks_for_changes_and_the_officer_sees_why(
    officer: User, curator: User, open_page: Callable[..., Page]
) -> None:
    page = open_page(user=officer)
    page.goto("/partnerships/new/")
    fill_in(page)
    page.get_by_role("button", name="Save and check answers").click()
    page.get_by_role("button", name="Submit").click()
    desk = open_page(user=curator)
    desk.goto("/admin/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Request changes").first.click()
    desk.get_by_role("textbox").last.fill("Please name the town.")
    desk.get_by_role("button", name="Send back").click()
    page.goto("/my/")
    expect(page.get_by_text("Please name the town.")).to_be_visible()


def test_the_keyboard_alone_reaches_a_case(library: None, page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Brescia Città del Noi":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brescia Città del Noi")
