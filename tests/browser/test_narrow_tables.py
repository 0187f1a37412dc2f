"""Wide tables on a phone: they scroll in themselves, and comparisons keep in sight which letter is which."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from taxonomy.vocabulary import LESSON_THEMES
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 320, "height": 700}


def test_many_places_of_lessons_scroll_in_their_own_frame(open_page: Callable[..., Page]) -> None:
    for number in range(1, 10):
        place = factories.partnership(f"Case {number}", possible={number})
        factories.case_study(place).lessons.create(theme=LESSON_THEMES.codes[number], text="Ask early.")
    page = open_page(viewport=PHONE)

    page.goto("/lessons/")

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    frame = page.get_by_role("region", name="Lessons by theme")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth && frame.tabIndex === 0")


def test_four_compared_keep_their_letters_in_sight(open_page: Callable[..., Page]) -> None:
    title = "A community garden with a title that is much too long for a phone, "
    cases = [factories.partnership(title + name, design="shared", delivery="shared") for name in ("one", "two")]
    cases += [factories.partnership(title + name, possible={6, 9}) for name in ("three", "four")]
    page = open_page(viewport=PHONE)

    page.goto("/compare/?inferred=1&" + "&".join(f"p={case.slug}" for case in cases))
    page.locator(".compare tbody td").last.evaluate("cell => cell.scrollIntoView({block: 'end'})")

    legend = page.locator(".compare thead")
    assert 0 <= legend.evaluate("head => head.getBoundingClientRect().top") < 10
    assert legend.locator(".compare__letter").all_inner_texts() == ["A", "B", "C", "D"]
    assert page.locator(".compare__of").first.text_content() == f"{cases[0].title}:"
    small = page.locator(".picker p a, .compare thead a").evaluate_all(
        "links => links.filter(link => link.getBoundingClientRect().height < 24).length"
    )
    assert small == 0
