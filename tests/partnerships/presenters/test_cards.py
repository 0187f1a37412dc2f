"""Partnerships in a list, and the links to other pages of it."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict

from partnerships.models import Partnership, Phase, Statement
from partnerships.presenters.cards import Card, caption, card, cards, found, page_links, where
from partnerships.presenters.position import mini_matrix
from partnerships.selection import select
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from tests import factories


def a_partnership(*phases: Phase, **fields: object) -> Partnership:
    """One that was fetched with its current phase."""
    partnership = Partnership(
        **{"title": "Brescia", "slug": "brescia", "status": "published", "unit": "case", **fields}
    )
    partnership.current_phases = list(phases)
    return partnership


FIVE = Phase(**factories.position("shared", "shared"), certainty="source_stated")
GUESSED = Phase(**factories.position("shared", "shared"), **factories.INFERENCE)
COLUMN = Phase(**factories.position("shared", ""), certainty="assessed")
OUTSIDE = Phase(**factories.position(possible={"outside"}), certainty="assessed")


def test_a_card_in_full() -> None:
    partnership = a_partnership(
        FIVE, summary="Care with families.", service_areas=["07", "10.4", "03"], place="Brescia", nation="Lombardy",
        countries=["IT"],
    )  # fmt: skip

    assert card(partnership, SECTOR, inferred=False) == Card(
        title="Brescia",
        url="/partnerships/brescia/",
        caption="Case · Health · Families and children · Brescia, Lombardy, Italy",
        summary="Care with families.",
        tag="5 · Full Co-Production",
        open=False,
        inferred=False,
        careful="",
        mini=mini_matrix({5}, settled=True),
    )


@pytest.mark.parametrize(
    ("phases", "lens", "inferred", "expected"),
    [
        ([COLUMN], SECTOR, False, ("2, 5 or 8", True, False)),
        ([GUESSED], SECTOR, False, ("Not placed", True, False)),
        ([GUESSED], SECTOR, True, ("5 · Full Co-Production", False, True)),
        ([FIVE], SECTOR, True, ("5 · Full Co-Production", False, False)),
        ([OUTSIDE], SECTOR, False, ("Outside the matrix", True, False)),
        ([FIVE], PROFESSIONAL, False, ("Not placed", True, False)),
        ([], SECTOR, True, ("Not placed", True, False)),
    ],
)
def test_what_a_card_says_of_the_position(
    phases: list[Phase], lens: Lens, inferred: bool, expected: tuple[str, bool, bool]
) -> None:
    made = card(a_partnership(*phases), lens, inferred=inferred)

    assert (made.tag, made.open, made.inferred) == expected


def test_a_card_says_inferred_only_where_it_shows_the_inference() -> None:
    assert card(a_partnership(GUESSED), PROFESSIONAL, inferred=True).inferred is False


@pytest.mark.parametrize(("claim", "lens", "careful"), [
    ({"hedge": "comes close to"}, SECTOR, "closest fit, says the source"),
    ({"hedge": "comes close to"}, PROFESSIONAL, ""),
    ({"hedge": "is like", "kind": "ambiguous", "cells": {6, 9}}, SECTOR, "the source leaves it between 6 and 9"),
    ({"kind": "none", "basis": "words"}, SECTOR, "read from the source’s words"),
    ({"kind": "explicit", "basis": "words"}, SECTOR, ""),
    ({"kind": "explicit", "basis": "cell"}, SECTOR, ""),
])  # fmt: skip
def test_a_card_says_where_the_source_is_careful(claim: dict[str, Any], lens: Lens, careful: str) -> None:
    phase = Phase(**factories.position("shared", "shared"), adopted_statement=Statement(**claim))

    assert card(a_partnership(phase), lens, inferred=False).careful == careful


def test_a_card_leads_to_the_page_with_inferred_positions_where_they_are_shown() -> None:
    assert card(a_partnership(GUESSED), SECTOR, inferred=True).url == "/partnerships/brescia/?inferred=1"


def test_cards_keep_the_order() -> None:
    rows = [a_partnership(title="b"), a_partnership(title="a")]

    assert [made.title for made in cards(rows)] == ["b", "a"]


def test_what_is_not_stated_leaves_no_gap_in_the_caption() -> None:
    assert caption(a_partnership()) == "Case"
    assert caption(a_partnership(countries=["NO", "IT"])) == "Case · Norway, Italy"


def test_a_place_named_like_its_region_is_named_once() -> None:
    assert where(a_partnership(place="Luxembourg", nation="Luxembourg", countries=["LU"])) == "Luxembourg"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 partnerships and examples"), (1, "1 partnership or example"), (2, "2 partnerships and examples")],
)
def test_how_many_in_words(count: int, words: str) -> None:
    assert found(count) == words


# ---- Links to other pages ----------------------------------------------------------------------


def links(count: int, page: int, query: str = "") -> object:
    """The links of a list of ``count`` with one entry a page."""
    return page_links(Paginator(range(count), 1).page(page), select(QueryDict(query)))


def test_one_page_needs_no_links() -> None:
    assert links(1, 1) is None


def test_links_around_the_first_page() -> None:
    pages = links(3, 1)

    assert (pages.previous, pages.next) == ("", "?page=2")
    assert [(item.label, item.url, item.current) for item in pages.items] == [
        ("1", "?", True), ("2", "?page=2", False), ("3", "?page=3", False),
    ]  # fmt: skip


def test_links_around_a_page_in_the_middle_have_gaps() -> None:
    pages = links(20, 10)

    assert [item.label for item in pages.items] == ["1", "…", "9", "10", "11", "…", "20"]
    assert [item.url for item in pages.items if item.label == "…"] == ["", ""]
    assert (pages.previous, pages.next) == ("?page=9", "?page=11")


def test_the_last_page_has_no_next() -> None:
    assert links(3, 3).next == ""


def test_links_keep_the_filters() -> None:
    assert links(2, 2, "country=IT&lens=professional").previous == "?country=IT&lens=professional"
    assert links(2, 1, "country=IT").next == "?country=IT&page=2"
