"""The journeys that the register exists for, from the matrix to the case page and from a form to the matrix."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships.actions import submit
from partnerships.completeness import TASKS
from partnerships.models import Partnership, Phase
from tests.browser.conftest import fits
from tests.library import load as load_the_library
from tests.partnerships.actions.common import answer_all, save

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}
TITLE = "Riverside lunch club"


@pytest.fixture
def library(transactional_db: None) -> None:
    """The bundled case library."""
    load_the_library()


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
    page.locator(".row__title").get_by_role("link", name="Brescia Città del Noi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brescia Città del Noi")
    expect(page.locator("#where").get_by_text("5 · Full Co-Production")).to_be_visible()


def test_a_visitor_searches_without_the_accent(library: None, narrow_page: Page) -> None:
    narrow_page.goto("/")
    narrow_page.locator("summary", has_text="Filters").click()
    narrow_page.get_by_role("searchbox").fill("citta")
    narrow_page.get_by_role("button", name="Search").click()
    expect(narrow_page.get_by_role("heading", name="1 partnership placed")).to_be_visible()
    assert "q=citta" in narrow_page.url


def go_on(page: Page) -> None:
    """Press the button that every page of the way has."""
    page.get_by_role("button", name="Save and continue").click()


def tell(page: Page) -> None:
    """Log the lunch club as far as the questions, as somebody would who knows it."""
    page.goto("/partnerships/new/")
    page.get_by_label("What is it called?").fill(TITLE)
    page.get_by_label("One service or partnership at one place").check()
    page.get_by_label("Country", exact=True).select_option("GB")
    go_on(page)
    page.get_by_label("Begins").fill("May 2025")
    go_on(page)
    page.get_by_role("checkbox", name="Public body").check()
    page.get_by_role("checkbox", name="Community group").check()
    page.locator("#id_names_community").fill("Riverside Residents")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Does anybody only pay, lend or inspect?")
    go_on(page)


def answer(page: Page) -> None:
    """The six questions, what they rest on, and the last page: decided together, done by the residents."""
    for task in TASKS:
        council, residents = ("together", "together") if task in TASKS[:4] else ("none", "led")
        page.locator(f'input[name="{task}-public"][value="{council}"]').check()
        page.locator(f'input[name="{task}-community"][value="{residents}"]').check()
        go_on(page)
    page.get_by_label("What do your answers rest on?").fill("The agreement of May 2025 and our own visits.")
    page.get_by_role("radio", name="Public body").check()
    go_on(page)
    page.get_by_label("Social care and benefits", exact=True).check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def publish_and_find(open_page: Callable[..., Page], curator: User, cell: str, **options: Any) -> Phase:
    """The curator publishes the lunch club, and a visitor gets from the cell of this name to its page."""
    desk = open_page(user=curator, **options)
    desk.goto("/admin/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Publish").first.click()
    desk.get_by_role("button", name="Publish").click()

    visitor = open_page(**options)
    visitor.goto("/")
    visitor.get_by_role("link", name=f"{cell}: 1 partnership").click()
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    return Phase.objects.get(partnership__title=TITLE)


def test_from_the_officer_over_the_curator_to_the_matrix(
    officer: User, curator: User, open_page: Callable[..., Page], watch: Any
) -> None:
    # Whoever goes on before the result is drawn gives up that drawing; htmx says so in the console.
    watch.expect("htmx:sendAbort")
    watch.expect("htmx:afterRequest")
    page = open_page(user=officer, viewport=NARROW)
    tell(page)
    answer(page)
    expect(page.get_by_text("8 · Co-Governance").first).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Submitted")
    assert Partnership.objects.get(title=TITLE).status == "submitted"

    phase = publish_and_find(open_page, curator, "Cell 8, Co-Governance")
    assert (phase.cell, phase.adopted_by) == (8, curator)


def test_without_scripts_a_curator_publishes_what_a_visitor_finds(
    officer: User, curator: User, open_page: Callable[..., Page]
) -> None:
    """An officer hands in without scripts in test_placing.py, from the first page to the last."""
    draft = save(officer, fields={"title": TITLE, "unit": "case", "countries": ["GB"], "service_areas": ["10"]})
    answer_all(draft.phases.get(), officer)
    submit(partnership=draft, by=officer)

    phase = publish_and_find(open_page, curator, "Cell 7, Co-Management", java_script_enabled=False)
    assert (phase.cell, phase.adopted_by) == (7, curator)


def test_an_officer_hears_what_is_missing_and_loses_nothing(
    officer: User, open_page: Callable[..., Page], watch: Any
) -> None:
    watch.expect("a status of 422")
    page = open_page(user=officer, viewport=NARROW)
    page.goto("/partnerships/new/")
    page.get_by_label("Town or area (optional)").fill("Riverside")
    go_on(page)
    expect(page).to_have_title("Error: Log a partnership – Co-production Matrix")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Town or area (optional)")).to_have_value("Riverside")
    summary.get_by_role("link", name="Choose a country.").click()
    expect(page.get_by_label("Country", exact=True)).to_be_focused()
    page.get_by_label("What is it called?").fill(TITLE)
    go_on(page)
    expect(page.get_by_text("Everything else is saved in your draft.")).to_be_visible()
    page.get_by_role("link", name="Skip for now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stage and dates")
    assert Partnership.objects.get().place == "Riverside"


def test_an_officer_leaves_and_comes_back_to_where_it_stopped(officer: User, open_page: Callable[..., Page]) -> None:
    page = open_page(user=officer, viewport=NARROW)
    tell(page)
    page.goto("/my/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("listitem").filter(has_text="Kinds and names")).to_contain_text("Done")
    expect(page.get_by_role("listitem").filter(has_text="Who decided, and who does")).to_contain_text("Not started")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who chose what it should achieve?")


def test_a_second_stage_starts_from_the_first(officer: User, open_page: Callable[..., Page], watch: Any) -> None:
    watch.expect("a status of 422")
    dated = {"name": "Pilot", "starts": date(2025, 5, 1), "starts_precision": "month"}
    draft = save(officer, phase=dated)
    answer_all(draft.phases.get(), officer)
    page = open_page(user=officer)
    page.goto(f"/my/{draft.uuid}/")
    page.get_by_role("link", name="Add another stage").click()
    page.get_by_label("Begins").fill("2020")
    page.get_by_label("Ends").fill("2026")
    page.get_by_label("What is this stage called?").fill("Extension")
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("These dates overlap those of “Pilot”.")
    page.get_by_label("Begins").fill("2028")
    page.get_by_label("Ends").fill("")
    page.get_by_label("Only planned so far").check()
    go_on(page)
    expect(page.get_by_text("These answers start from “Pilot”.")).to_be_visible()
    expect(page.locator('input[name="run-third_sector"][value="led"]')).to_be_checked()


def test_a_curator_asks_for_changes_and_the_officer_sees_why(
    officer: User, curator: User, open_page: Callable[..., Page]
) -> None:
    draft = save(officer, fields={"title": TITLE, "unit": "case", "countries": ["GB"], "service_areas": ["10"]})
    answer_all(draft.phases.get(), officer)
    page = open_page(user=officer)
    page.goto(f"/my/{draft.uuid}/check/")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Submitted")
    desk = open_page(user=curator)
    desk.goto("/admin/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Request changes").first.click()
    desk.get_by_role("textbox").last.fill("Please name the town.")
    desk.get_by_role("button", name="Send back").click()
    page.goto("/my/")
    expect(page.get_by_text("Please name the town.")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Please name the town.")).to_be_visible()


def test_the_pages_around_the_questions_are_accessible_and_fit(
    officer: User, open_page: Callable[..., Page], axe: Callable[..., None], watch: Any
) -> None:
    watch.expect("a status of 422")
    page = open_page(user=officer)

    def judge(page: Page) -> None:
        for width in (1280, 360, 320):
            fits(page, width)
            if width != 360:
                axe(page)

    page.goto("/partnerships/new/")
    judge(page)
    tell(page)
    draft = Partnership.objects.get()
    Phase.objects.create(partnership=draft, name="Extension", order=2, planned=True)
    home = f"/my/{draft.uuid}/"
    stage = f"phases/{draft.phases.earliest('order').pk}/"
    # Those of the steps are judged with all others of their kind in test_accessibility.py.
    for part in ("", "edit/", "check/", stage, f"{stage}delete/"):
        page.goto(home + part)
        judge(page)
    page.goto(f"{home}who/")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    judge(page)


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
