"""Bringing a file in, from the sheet with a mistake to the undo, and what a closed tab leaves behind."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from accounts.models import Organisation, User
from accounts.roles import Role
from exchange.models import Import, StagedRecord
from exchange.views import import_acts
from partnerships.models import Partnership
from tests import factories
from tests.browser.test_accessibility import judge

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD, TITLES = "/data/imports/new/", [f"Lunch club {number}" for number in range(1, 7)]
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def officer(transactional_db: None) -> User:
    """An officer of a council that keeps one draft."""
    council = Organisation.objects.create(name="Riverside Council", slug="riverside-council", kind="public")
    officer = User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)
    factories.partnership("Repair café", status="draft", organisation=council, created_by=officer)
    return officer


def sheet(unit: str = "case") -> dict[str, Any]:
    """A file with six new records and a change of the draft; ``unit`` is that of the last."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(["partnership_id", "title", "unit", "summary"])
    table.writerow([Partnership.objects.get(title="Repair café").uuid, "Repair café", "case", "Residents mend things."])
    table.writerows(["", title, "case", ""] for title in TITLES[:-1])
    table.writerow(["", TITLES[-1], unit, ""])
    return {"name": "sheet.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def send(page: Page, file: dict[str, Any]) -> None:
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read the file").click()


def go_on(page: Page) -> None:
    """Without scripts somebody presses the button."""
    button = page.get_by_role("button", name="Go on checking")
    while button.is_visible():
        button.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_sheet_with_a_mistake_to_the_undo(
    officer: User, open_page: Callable[..., Page], axe: Callable[..., None], scripts: bool
) -> None:
    def look(page: Page) -> None:
        if scripts:
            judge(page, axe)
            page.set_viewport_size(NARROW)

    page = open_page(user=officer, viewport=NARROW, java_script_enabled=scripts)
    page.goto("/my/")
    page.get_by_role("link", name="Bring in a file").click()
    look(page)
    send(page, sheet(unit="cases"))
    if not scripts:
        heading(page, "Checking the file")
        go_on(page)
    heading(page, "What the file would do")
    expect(page.get_by_role("heading", name="1 record has errors")).to_be_visible()
    expect(page.get_by_role("row", name="Lunch club 6")).to_contain_text("cases")
    look(page)

    page.get_by_role("button", name="Bring in the corrected file").click()
    send(page, sheet())
    if not scripts:
        go_on(page)
    expect(page.get_by_role("heading", name="If you confirm")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Changed (1)").click()
    expect(page.get_by_role("row", name="Residents mend things.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Confirm and take over").click()
    heading(page, "What the file did")
    expect(page.get_by_role("link", name="Lunch club 6", exact=True)).to_be_visible()
    assert Partnership.objects.filter(title__in=TITLES, status="draft").count() == 6
    look(page)

    page.get_by_role("link", name="Undo all of it").click()
    look(page)
    page.get_by_role("button", name="Undo all of it").click()
    heading(page, "The import is undone")
    look(page)
    assert [(one.title, one.summary) for one in Partnership.objects.all()] == [("Repair café", "")]


def test_a_closed_tab_is_taken_up_where_it_stopped(
    officer: User, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_acts, "STEP", 1)
    page = open_page(user=officer)
    seen: list[str] = []

    def two_steps_only(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) <= 2:
            route.continue_()

    page.route("**/step/", two_steps_only)
    page.goto(UPLOAD)
    send(page, sheet())
    expect(page.get_by_text("2 of 7 records checked", exact=True).first).to_be_visible()
    expect(page.get_by_role("progressbar", name="2 of 7 records checked")).to_have_attribute("value", "2")
    expect(page.get_by_role("button", name="Go on checking")).to_be_hidden()
    expect(page.get_by_text("You may close this page.")).to_be_visible()
    page.close()
    assert StagedRecord.objects.count() == 2

    again = open_page(user=officer)
    again.goto(f"/data/imports/{Import.objects.get().uuid}/")
    heading(again, "What the file would do")
    assert StagedRecord.objects.count() == 7


def test_two_tabs_do_no_harm(officer: User, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_acts, "STEP", 1)
    page = open_page(user=officer)
    page.goto(UPLOAD)
    send(page, sheet())
    page.wait_for_url("**/imports/*-*/")
    context: BrowserContext = page.context
    other = context.new_page()
    other.goto(page.url)

    heading(other, "What the file would do")
    heading(page, "What the file would do")
    assert StagedRecord.objects.count() == 7
    # Confirmed in both: the second time nothing more happens.
    for tab in (page, other):
        tab.get_by_role("button", name="Confirm and take over").click()
        heading(tab, "What the file did")
    assert Partnership.objects.count() == 7


def test_a_lost_connection_leaves_the_button(
    officer: User, open_page: Callable[..., Page], watch: Any, axe: Callable[..., None]
) -> None:
    watch.expect("net::ERR_FAILED")
    page = open_page(user=officer)
    page.clock.install()
    page.route("**/step/", lambda route: route.abort())
    page.goto(UPLOAD)
    send(page, sheet())
    heading(page, "Checking the file")
    lost = page.get_by_text("The connection was lost.")
    for _look in range(50):
        if lost.is_visible():
            break
        page.clock.run_for(10_000)
        page.wait_for_timeout(50)
    expect(lost).to_be_visible()
    judge(page, axe)
    page.unroute("**/step/")
    page.get_by_role("button", name="Go on checking").click()
    heading(page, "What the file would do")


def test_a_file_that_is_too_large_is_not_sent(officer: User, open_page: Callable[..., Page]) -> None:
    page = open_page(user=officer)
    page.goto(UPLOAD)
    page.locator("form[data-most]").evaluate("form => { form.dataset.most = 10; }")
    send(page, sheet())

    expect(page.get_by_role("alert").filter(has_text="This file is larger than 20 MB.")).to_be_visible()
    assert page.url.endswith(UPLOAD)
    assert not Import.objects.exists()


def test_a_long_act_is_started_once(officer: User, open_page: Callable[..., Page]) -> None:
    page = open_page(user=officer)
    page.goto(UPLOAD)
    send(page, sheet())
    button = page.get_by_role("button", name="Confirm and take over")
    expect(button).to_be_enabled()
    # As if the answer took its time: what the page does is done, and nothing is sent.
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    button.click()

    expect(button).to_be_focused()
    expect(button).to_be_disabled()
    expect(page.get_by_role("status").filter(has_text="The file is being taken over.")).to_be_visible()


def test_what_is_wrong_with_a_file_is_said_at_once(
    officer: User, open_page: Callable[..., Page], axe: Callable[..., None], watch: Any
) -> None:
    watch.expect("a status of 422")
    page = open_page(user=officer)
    page.goto(UPLOAD)
    send(page, {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})

    expect(page).to_have_title("Error: Bring in a file – Co-production Matrix")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_file")).to_be_focused()
    judge(page, axe)
