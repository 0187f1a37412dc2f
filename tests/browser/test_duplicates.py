"""Likely duplicates beside the form: said without disturbing whoever types, and with the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from partnerships.models import DuplicateVerdict, Partnership
from tests import factories
from tests.browser.conftest import fits

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_types_a_title_that_is_there_already(
    open_page: Callable[..., Page], axe: Callable[..., None], viewport: dict[str, int]
) -> None:
    officer = factories.user()
    keeper = factories.organisation()
    there = factories.partnership("Repair café", place="Leeds", countries=["GB"], organisation=keeper)
    other = factories.partnership("Mobile repair café", place="Leeds", countries=["GB"], organisation=keeper)
    page = open_page(user=officer, viewport=viewport)
    page.goto("/partnerships/new/")
    page.get_by_label("Country").select_option("GB")
    page.get_by_label("What is it called?").fill("Repair cafe")
    page.get_by_label("Town or area").press_sequentially("Leeds")

    box = page.get_by_role("region", name="This may be in the register already")
    expect(box.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_label("Town or area")).to_be_focused()
    expect(page.locator("#alike-said")).to_contain_text("2 records may be the same.")
    fits(page, viewport["width"])
    axe(page)

    # A look at it loses nothing of what is typed.
    box.get_by_role("link", name="Repair café", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Repair café")
    page.go_back()
    expect(page.get_by_label("What is it called?")).to_have_value("Repair cafe")

    expect(box.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name=re.compile("Not the same.*Mobile repair café")).press("Enter")
    expect(page.get_by_text("Noted: “Mobile repair café” is another partnership.")).to_be_focused()
    # The new buttons work once htmx has settled, a fiftieth of a second later.
    expect(page.locator("#alike.htmx-settling")).to_have_count(0)
    page.get_by_role("button", name="It is the same").press("Enter")
    expect(box).to_contain_text("You said that it is the same.")
    axe(page)

    # Return in the title sends the form, and presses no button of the box.
    page.get_by_label("What is it called?").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("This may be in the register already")
    expect(page.get_by_role("link", name="Delete this draft")).to_be_visible()
    draft = Partnership.objects.get(organisation=officer.organisation)
    said = {(row.one, row.other): row.same for row in DuplicateVerdict.objects.all()}
    assert said == {(there, draft): True, (other, draft): False}
    fits(page, viewport["width"])
    axe(page)


def test_nothing_is_asked_twice_of_whoever_has_seen_the_box(open_page: Callable[..., Page]) -> None:
    factories.partnership("Repair café", place="Leeds", organisation=factories.organisation())
    page = open_page(user=factories.user())
    page.goto("/partnerships/new/")
    page.get_by_label("What is it called?").fill("Repair cafe")
    expect(page.get_by_role("button", name="Not the same")).to_be_visible()
    page.get_by_label("Country").select_option("GB")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stage and dates")
