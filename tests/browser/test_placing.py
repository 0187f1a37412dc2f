"""Guided placement in the browser: the worked examples, the keyboard, a small screen, an invitation, two windows."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from partnerships.completeness import TASKS
from partnerships.models import Assessment, Partnership, Phase
from taxonomy.cells import NUMBERS
from taxonomy.questions import PARTY_KINDS
from tests import factories
from tests.browser.conftest import NARROW, WIDE, fits
from tests.partnerships.actions.common import answer_all, save

pytestmark = pytest.mark.django_db(transaction=True)

VECTORS = json.loads((Path(__file__).parents[1] / "taxonomy" / "derivation_vectors.json").read_text(encoding="utf-8"))
KINDS = [kind.code for kind in PARTY_KINDS]
# One for each sort of answer and of outcome. All of them come out of the same pages, without a browser, in
# tests/partnerships/views/test_worked_examples.py.
IN_THE_BROWSER = {
    "Parent-run nursery: parents decide, a paid manager and parents work together",  # another cell under each lens
    "A charity designs, public partners only asked, delivery not known",  # several cells, and outside them
    "No design task applies",  # boxes instead of levels
    "No answers at all",
}
# A council specifies, a charity delivers with volunteers, residents were surveyed.
STORY: dict[str, dict[str, str]] = {
    "outcomes": {"public": "led", "third_sector": "none", "citizens": "asked"},
    "model": {"public": "led", "third_sector": "none", "citizens": "asked"},
    "detail": {"public": "led", "third_sector": "asked", "citizens": "none"},
    "signoff": {"public": "led", "third_sector": "none", "citizens": "none"},
    "run": {"public": "none", "third_sector": "led", "citizens": "none"},
    "front": {"public": "none", "third_sector": "together", "citizens": "together"},
}
WORDS_A_MINUTE = 200


@pytest.fixture
def officer() -> User:
    return factories.user(Role.OFFICER, organisation=factories.organisation("Leith Council", country="GB"))


@pytest.fixture(autouse=True)
def hurry(watch: Any) -> None:
    """Whoever answers faster than the result is drawn gives up the earlier drawings; htmx says so in the console."""
    watch.expect("htmx:sendAbort")
    watch.expect("htmx:afterRequest")


def choose(page: Page, task: str, kind: str, level: str) -> None:
    """Press the button of a level."""
    page.locator(f'input[name="{task}-{kind}"][value="{level}"]').check()


def marked(page: Page, lens: int) -> tuple[set[int], bool]:
    """The cells that the small matrix of a lens marks, and whether the place is settled."""
    grid = page.locator(".why__lens").nth(lens).locator(".mini__cell.here, .mini__cell.maybe")
    cells = {int(found[0]) for text in grid.all_inner_texts() if (found := re.findall(r"\d", text))}
    settled = page.locator(".why__lens").nth(lens).locator(".mini__cell.here").count() == 1
    return cells, settled


# ---- The worked examples ---------------------------------------------------------------------------


def kinds_in(answers: dict[str, Any]) -> list[str]:
    """The kinds that an example speaks of; one that speaks of nobody is tried with two."""
    named = {kind for levels in answers.values() if levels != "na" for kind in levels}
    return [kind for kind in KINDS if kind in named] or ["public", "citizens"]


def fill_in(page: Page, answers: dict[str, Any], kinds: Iterable[str]) -> None:
    """Give the answers of an example: a kind that it leaves out of a question did nothing."""
    for task, levels in answers.items():
        if levels == "na":
            page.locator(f'input[name="{task}-na"]').check()
            continue
        for kind in kinds:
            choose(page, task, kind, levels.get(kind, "none"))


def test_the_examples_for_the_browser_are_there() -> None:
    assert {vector["name"] for vector in VECTORS} > IN_THE_BROWSER


@pytest.mark.parametrize("name", sorted(IN_THE_BROWSER))
def test_a_worked_example_comes_out_through_the_pages(officer: User, open_page: Callable[..., Page], name: str) -> None:
    vector = next(vector for vector in VECTORS if vector["name"] == name)
    kinds = kinds_in(vector["answers"])
    draft = save(officer, partners=[{"kind": kind, "name": ""} for kind in kinds])
    # Without scripts: each of some 20 answers would ask for the result, and what it shows is seen to below.
    page = open_page(user=officer, java_script_enabled=False)
    page.goto(f"/my/{draft.uuid}/phases/{draft.phases.get().pk}/questions/")
    fill_in(page, vector["answers"], kinds)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"/my/{draft.uuid}/check/")

    for number, lens in enumerate(("sector", "professional")):
        expected = vector["expected"][lens]
        cells = set(expected["cells"]) if set(expected["cells"]) != NUMBERS else set()
        assert marked(page, number) == (cells, expected["settled"]), lens


# ---- Four minutes ------------------------------------------------------------------------------------


def words_on(page: Page) -> int:
    """The words on a page: not its numbers, lists to choose from, closed parts and what only screen readers hear."""
    return page.evaluate(
        """() => {
            const main = document.querySelector("main").cloneNode(true);
            main.querySelectorAll(".govuk-visually-hidden, option:not([selected])").forEach((part) => part.remove());
            document.querySelector("main").before(main);
            const words = main.innerText.split(/\\s+/).filter((word) => /\\p{L}/u.test(word)).length;
            main.remove();
            return words;
        }"""
    )


def log_the_story(page: Page, read: Callable[[Page], None]) -> None:
    """From the first page to the sixth question, as somebody does who has read nothing; ``read`` sees every page."""
    page.goto("/partnerships/new/")
    read(page)
    page.get_by_label("What is it called?").fill("Leith lunch club")
    page.get_by_role("button", name="Save and continue").click()
    while page.locator('input[name="outcomes-public"]').count() == 0:
        read(page)
        if page.locator('input[name="kinds"]').count():
            for kind in ("public", "third_sector", "citizens"):
                page.locator(f'input[name="kinds"][value="{kind}"]').check()
        page.get_by_role("button", name="Save and continue").click()
    for task, levels in STORY.items():
        for kind, level in levels.items():
            choose(page, task, kind, level)
        read(page)
        page.get_by_role("button", name="Save and continue").click()


def soon_read(counts: list[tuple[str, int]], name: str, record_property: Callable[[str, object], None]) -> None:
    """Under four minutes for all pages, of which these are names and words."""
    total = sum(words for _name, words in counts)
    record_property(f"words {name}", total)
    record_property(f"minutes {name}", round(total / WORDS_A_MINUTE, 1))
    assert len(counts) >= len(TASKS)
    assert total <= 4 * WORDS_A_MINUTE, counts


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_newcomer_places_and_hands_in_a_simple_case_in_under_four_minutes_of_reading(
    officer: User,
    open_page: Callable[..., Page],
    axe: Callable[..., None],
    record_property: Callable[[str, object], None],
    scripts: bool,
) -> None:
    """On a phone; with scripts the same pages are looked at as wide as on a desk, too."""
    page = open_page(user=officer, viewport=NARROW, java_script_enabled=scripts)
    counts: dict[str, list[tuple[str, int]]] = {"narrow": []} | ({"wide": []} if scripts else {})

    def look(page: Page) -> None:
        name = page.url.rsplit("/", 2)[-2]
        if scripts:
            fits(page, WIDE["width"])
            counts["wide"].append((name, words_on(page)))
            fits(page, NARROW["width"])
            axe(page)
        counts["narrow"].append((name, words_on(page)))

    log_the_story(page, look)
    for name, counted in counts.items():
        soon_read(counted, name, record_property)
    assert set(Assessment.objects.get().answers) == set(TASKS)
    if scripts:
        axe(page)
    page.get_by_role("button", name="Save and continue").click()
    page.locator('input[name="areas"]').first.check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    look(page)
    assert marked(page, 0) == ({7}, True)
    expect(page.get_by_text("People were asked").first).to_be_visible()
    if page.get_by_role("button", name="Submit").count() == 0:  # a country is asked of everybody
        pytest.fail(page.locator("main").inner_text())
    page.get_by_role("button", name="Submit").click()
    assert Partnership.objects.get().status == "submitted"


def test_the_result_is_there_while_answering(officer: User, open_page: Callable[..., Page]) -> None:
    draft = save(officer)
    page = open_page(user=officer)
    page.goto(f"/my/{draft.uuid}/phases/{draft.phases.get().pk}/questions/")
    for task in TASKS:
        choose(page, task, "public", "led")
        choose(page, task, "third_sector", "none")
    expect(page.locator("#result")).to_contain_text("1 · Traditional")
    choose(page, "run", "third_sector", "together")
    expect(page.locator("#result")).to_contain_text("4 · Co-Management")
    page.get_by_text("Why, and what would change it").click()
    expect(page.get_by_text("had only helped now and then")).to_be_visible()
    choose(page, "front", "third_sector", "together")
    # What was opened stays open when the result is drawn anew.
    expect(page.get_by_text("Delivery is shared").first).to_be_visible()
    assert not Assessment.objects.exists()


# ---- The keyboard alone --------------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that fits has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"The keyboard does not reach {selector} on {page.url}")


def press(page: Page, name: str) -> None:
    """Go to a button and press it."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.innerText?.trim()") == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"The keyboard does not reach “{name}” on {page.url}")


def test_the_keyboard_alone_answers_and_places_on_a_small_screen(officer: User, open_page: Callable[..., Page]) -> None:
    page = open_page(user=officer, viewport=NARROW)
    page.goto("/partnerships/new/")
    tab_to(page, 'input[name="title"]')
    page.keyboard.type("Leith lunch club")
    press(page, "Save and continue")
    while page.locator('input[name="outcomes-public"]').count() == 0:
        if page.locator('input[name="kinds"]').count():
            for kind in ("public", "third_sector", "citizens"):
                tab_to(page, f'input[name="kinds"][value="{kind}"]')
                page.keyboard.press("Space")
        press(page, "Save and continue")
    for task, levels in STORY.items():
        for kind, level in levels.items():
            tab_to(page, f'input[name="{task}-{kind}"]')
            page.keyboard.press("Space")
            for _step in range(5):
                if page.evaluate("() => document.activeElement.value") == level:
                    break
                page.keyboard.press("ArrowDown")
            # What has the focus is in sight, not under the line with the result.
            assert page.evaluate(
                """() => {
                    const box = document.activeElement.getBoundingClientRect();
                    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    return document.activeElement.parentElement.contains(top);
                }"""
            ), (task, kind)
        press(page, "Save and continue")

    kept = Assessment.objects.get()
    assert {task: kept.answers[task] for task in TASKS} == STORY


# ---- By invitation, and in two windows -------------------------------------------------------------------


def test_somebody_invited_answers_on_a_phone_without_an_account(
    officer: User, open_page: Callable[..., Page], axe: Callable[..., None], watch: Any
) -> None:
    watch.expect("a status of 410")
    draft = save(officer)
    phase = draft.phases.get()
    answer_all(phase, officer)
    desk = open_page(user=officer)
    desk.goto(f"/my/{draft.uuid}/phases/{phase.pk}/invitations/")
    desk.locator('input[name="label"]').fill("Friends of Leith")
    desk.locator('input[name="perspective"][value="users_or_community"]').check()
    axe(desk)
    desk.locator("main form button[type=submit]").last.click()
    link = desk.locator("input[readonly]").first.input_value()
    path = re.sub(r"^https?://[^/]+", "", link)

    phone = open_page(viewport=NARROW)
    phone.goto(path)
    axe(phone)
    phone.get_by_role("link", name="Start").or_(phone.get_by_role("button", name="Start")).first.click()
    for task in TASKS:
        for kind in ("public", "third_sector"):
            choose(phone, task, kind, "together")
        assert "Leith Council led" not in phone.locator("main").inner_text()
        phone.get_by_role("button", name="Save and continue").click()
    axe(phone)
    phone.get_by_role("button", name="Save and continue").click()
    axe(phone)
    assert marked(phone, 0) == ({5}, True)
    phone.get_by_role("button", name="Send").click()

    sent = Assessment.objects.get(by_invitation=True)
    assert (sent.perspective, sent.assessor, sent.submitted_at is None) == ("users_or_community", None, False)
    phone.goto(path)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("sent")


def test_two_windows_lose_neither_answer(officer: User, open_page: Callable[..., Page], watch: Any) -> None:
    watch.expect("a status of 409")
    draft = save(officer)
    phase: Phase = draft.phases.get()
    one, other = open_page(user=officer), open_page(user=officer)
    for page in (one, other):
        page.goto(f"/my/{draft.uuid}/phases/{phase.pk}/questions/run/")
    for page, level in ((one, "led"), (other, "together")):
        choose(page, "run", "public", level)
        choose(page, "run", "third_sector", level)
        page.get_by_role("button", name="Save and continue").click()

    expect(other.get_by_text("Not saved yet").first).to_be_visible()
    expect(other.locator("main table")).to_contain_text("Leads or does it alone")
    expect(other.locator("main table")).to_contain_text("Does it with others")
    assert Assessment.objects.get().answers["run"]["public"] == "led"
    other.get_by_role("button", name="Save and continue").click()
    assert Assessment.objects.get().answers["run"]["public"] == "together"


def test_a_second_phase_starts_from_the_first_and_says_what_changed(
    officer: User, open_page: Callable[..., Page]
) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)
    page = open_page(user=officer)
    page.goto(f"/my/{draft.uuid}/phases/new/")
    page.locator('input[name="name"], input[name="phase"]').first.fill("Roll-out")
    page.locator('input[name="starts"]').fill("2015")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator('input[name="run-third_sector"][value="led"]')).to_be_checked()
    choose(page, "run", "public", "together")
    choose(page, "run", "third_sector", "together")
    page.get_by_role("button", name="Save and continue").click()

    pilot, roll_out = (draft.phases.get(name=name) for name in ("Pilot", "Roll-out"))
    assert pilot.assessments.get().answers["run"]["public"] == "none"
    assert roll_out.assessments.get().answers["run"]["public"] == "together"
