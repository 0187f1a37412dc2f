"""From the officer who corrects what is published, over the curator, to the public page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Partnership, Revision
from partnerships.proposals import workspace_of
from tests import factories
from tests.partnerships.actions.common import answer_all

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def officer(transactional_db: None) -> User:
    """Somebody who keeps a record."""
    return factories.user(name="Olga Officer", organisation=factories.organisation("Leith Council", country="GB"))


@pytest.fixture
def curator(transactional_db: None) -> User:
    """Somebody who decides."""
    return factories.user(Role.CURATOR, name="Cora Curator")


@pytest.fixture
def record(officer: User, curator: User) -> Partnership:
    """Published, with one stage whose answers were adopted."""
    made = factories.partnership(
        "Recovery college", organisation=officer.organisation, countries=["GB"], service_areas=["07"], status="draft",
        partners=[("public", "Leith Council"), ("third_sector", "Hill Trust")], phase={"name": "Pilot"},
    )  # fmt: skip
    assessment = answer_all(made.phases.get(), officer)
    actions.submit(partnership=made, by=officer)
    assessment.refresh_from_db()
    actions.adopt(phase=made.phases.get(), claim=assessment, by=curator)
    actions.publish(partnership=made, by=curator)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_officer_corrects_what_is_published(
    record: Partnership, officer: User, curator: User, open_page: Callable[..., Page], scripts: bool
) -> None:
    page = open_page(user=officer, viewport=NARROW, java_script_enabled=scripts)
    page.goto(record.get_absolute_url())
    page.get_by_role("link", name="Edit this record").click()
    page.get_by_role("button", name="Start editing").click()
    page.get_by_role("link", name="What you describe").click()
    page.get_by_label("What is it called?").fill("College of recovery")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Name and dates").click()
    page.get_by_label("Begins").fill("2013")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Check your changes").click()
    expect(page.get_by_role("row", name="College of recovery")).to_be_visible()
    page.get_by_label("What changed, and why?").fill("It has a new name.")
    page.get_by_role("button", name="Hand in your changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changes with the curators")

    visitor = open_page(java_script_enabled=scripts)
    visitor.goto(record.get_absolute_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Recovery college")

    desk = open_page(user=curator, java_script_enabled=scripts)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Recovery college").click()
    expect(desk.get_by_text("It has a new name.")).to_be_visible()
    desk.get_by_role("button", name="Accept what is ticked").click()
    expect(desk.get_by_text("The change is published.")).to_be_visible()

    visitor.goto(record.get_absolute_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text("College of recovery")
    expect(visitor.get_by_text("from 2013").first).to_be_visible()


def test_its_pages_can_be_used_by_everybody(
    record: Partnership, officer: User, curator: User, open_page: Callable[..., Page], axe: Callable[..., None],
    viewport: dict[str, int], watch: Any,
) -> None:  # fmt: skip
    page, desk = open_page(user=officer, viewport=viewport), open_page(user=curator, viewport=viewport)
    started = f"/partnerships/{record.slug}/edit/"
    held(page, started, axe)
    revision = actions.start_revision(partnership=record, by=officer)
    draft = workspace_of(revision)
    actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": "Run", "planned": True})
    actions.save_draft(
        by=officer, partnership=draft, version=workspace_of(revision).version, fields={"title": "College"},
        partners=[{"kind": "public", "name": "Leith Council"}], phase={"name": "First year"},
    )  # fmt: skip
    mine = f"/my/changes/{revision.uuid}/"
    for address in (f"/my/{draft.uuid}/", f"{mine}check/", f"{mine}take-back/", mine, "/my/", f"/my/{record.uuid}/"):
        held(page, address, axe)
    revision = actions.hand_in_revision(revision=revision, by=officer, seen=actions.seen_of_revision(revision))
    Partnership.objects.filter(pk=record.pk).update(title="Another name", version=record.version + 1)
    held(page, started, axe)
    changes = f"/admin/partnerships/partnership/changes/{revision.pk}/"
    for address in ("/admin/", changes, f"{changes}send-back/", f"{changes}decline/"):
        held(desk, address, axe)
    assert Revision.objects.get().status == "submitted"


def held(page: Page, address: str, axe: Callable[..., None]) -> None:
    """Open a page and hold it against the rules; it does not scroll sideways."""
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
