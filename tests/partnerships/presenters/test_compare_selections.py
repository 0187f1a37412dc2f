"""Two selections against each other: differences in numbers and points, the caution about small numbers, links."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from partnerships.filters import this_year
from partnerships.presenters.compare import compare_url, pick_url
from partnerships.presenters.compare_offers import offer
from partnerships.presenters.compare_selections import (
    Difference,
    SelectionsPage,
    caution,
    points,
    selections_page,
    signed,
)
from partnerships.selection import Selection, select
from tests import factories

pytestmark = pytest.mark.django_db


def chosen(query: str = "") -> Selection:
    return select(QueryDict(query))


def page_of(a: str, b: str) -> SelectionsPage:
    return selections_page(chosen(a), chosen(b))


def lines(page: SelectionsPage) -> dict[str, Difference]:
    return {row.label: row for row in (*page.cells, *page.totals)}


def some(number: int, country: str, **fields: Any) -> None:
    for _ in range(number):
        factories.partnership(countries=[country], **fields)


SHARED = {"design": "shared", "delivery": "shared"}
PUBLIC = {"design": "public", "delivery": "public"}


def test_a_cell_is_compared_in_numbers_and_in_points() -> None:
    some(1, "IT", **SHARED)
    some(2, "NL", **SHARED)
    some(1, "NL", **PUBLIC)
    some(1, "NL", possible={6, 9})
    some(1, "NL")

    page = page_of("country=IT", "country=NL")
    found = lines(page)

    five = found["5 · Full Co-Production"]
    assert (five.a.count, five.a.share, five.b.count, five.b.share) == (1, "100 %", 2, "67 %")
    assert (five.count, five.points) == ("+1", "−33")
    assert (found["1 · Traditional"].count, found["1 · Traditional"].points) == ("+1", "+33")
    assert [(found[label].a.count, found[label].b.count) for label in ("Placed in one cell", "Partly placed")] == [
        (1, 3), (0, 1),
    ]  # fmt: skip
    assert found["Not placed"].b.count == 1
    assert [side.placed for side in page.sides] == [1, 3]
    assert [(side.letter, side.name) for side in page.sides] == [("A", "Italy"), ("B", "Netherlands")]


@pytest.mark.parametrize(
    ("a", "of_a", "b", "of_b", "expected"),
    [
        (1, 2, 1, 2, "0"),
        (1, 3, 2, 3, "+33"),
        (2, 3, 1, 3, "−33"),
        (0, 4, 0, 9, "0"),
        (1, 200, 0, 300, "under 1"),
        (0, 0, 3, 4, ""),
        (3, 4, 0, 0, ""),
        # 55.6 less 14.3: 56 less 14 would be one more.
        (1, 7, 5, 9, "+41"),
    ],
)
def test_points_are_worked_out_before_rounding(a: int, of_a: int, b: int, of_b: int, expected: str) -> None:
    assert points(a, of_a, b, of_b) == expected


def test_a_difference_has_its_sign() -> None:
    assert [signed(number) for number in (3, -2, 0)] == ["+3", "−2", "0"]


def test_small_numbers_are_said_with_both() -> None:
    assert caution(30, 30) == ""
    assert "A has 29 placed, B has 112." in caution(29, 112)
    assert "fewer than 30" in caution(112, 29)
    assert caution(0, 5) == "A has nothing in one cell, so there are no shares to compare."
    assert caution(5, 0).startswith("B has nothing")
    assert caution(0, 0).startswith("A and B have nothing")


def test_what_is_on_both_sides_is_counted() -> None:
    some(2, "IT", unit="programme", **SHARED)
    some(1, "NL", unit="programme", **SHARED)

    some(1, "IT", unit="programme")
    some(4, "IT", unit="class", **SHARED)

    overlap = "3 partnerships are on both sides (2 placed in one cell on both)."
    assert page_of("country=IT", "unit=programme&unit=class").overlap == overlap
    assert page_of("country=IT", "country=NL").overlap == ""


def test_two_years_of_one_register() -> None:
    record = factories.partnership(**PUBLIC, phase={"starts": "1998-01-01", "starts_precision": "year"})
    factories.add_phase(record, **SHARED, starts="2010-01-01", starts_precision="year")

    found = lines(page_of("year=2000", "year=2012"))

    assert (found["1 · Traditional"].count, found["5 · Full Co-Production"].count) == ("−1", "+1")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("country=IT", "country=NL"),
        ("", "country=NL"),
        ("country=IT&inferred=1", "inferred=1"),
        ("cell=5&cell=1", "cell=partly"),
        ("cell=inferred&inferred=1", "cell=none&inferred=1"),
        ("q=record&unit=case", "year=2005"),
        ("lens=professional", "lens=professional&country=NL"),
    ],
)
def test_every_number_is_that_of_the_page_behind_it(client: Client, a: str, b: str) -> None:
    some(2, "IT", **SHARED)
    some(1, "IT", **SHARED, phase=factories.INFERENCE)
    some(3, "NL", **PUBLIC, phase={"starts": "2001-01-01", "starts_precision": "year"})
    some(2, "NL", possible={5, 8})
    some(1, "NL")
    some(1, "NL", unit="class", **SHARED)

    numbers = [number for row in lines(page_of(a, b)).values() for number in (row.a, row.b)]
    linked = [number for number in numbers if number.url]

    assert linked
    assert [number for number in linked if client.get(number.url).context["count"] != number.count] == []


def test_chips_lead_to_the_comparison_without_one_filter() -> None:
    some(1, "IT", **SHARED)

    page = page_of("country=IT&country=NL&vehicle=social_impact_bond", "year=2010")

    assert [(chip.text, chip.remove_url) for chip in page.sides[0].chips][1] == (
        "Netherlands", "/compare/selections/?a-country=IT&a-vehicle=social_impact_bond&b-year=2010",
    )  # fmt: skip
    assert page.sides[1].chips[0].remove_url == (
        "/compare/selections/?a-country=IT&a-country=NL&a-vehicle=social_impact_bond"
    )
    assert page.swap_url.startswith("/compare/selections/?a-year=2010&b-country=IT")


def test_addresses_of_the_comparisons() -> None:
    assert compare_url(chosen("country=IT&cell=5&lens=professional&inferred=1&sort=newest")) == (
        "/compare/selections/?a-country=IT&a-cell=5&lens=professional&inferred=1"
    )
    assert compare_url(chosen()) == "/compare/selections/"
    assert pick_url(["one", "two"], query="a b", inferred=True) == "/compare/?p=one&p=two&q=a+b&inferred=1"
    assert pick_url([]) == "/compare/"


def since(year: int, to: int | None = None) -> dict[str, Any]:
    ends = {"ends": f"{to}-12-31", "ends_precision": "year"} if to else {}
    return {"phase": {"starts": f"{year}-01-01", "starts_precision": "year", **ends}}


def urls() -> list[str]:
    return [link.url for link in offer().examples]


def test_countries_are_offered_by_what_stands_in_a_cell() -> None:
    assert urls() == []
    some(3, "FI")
    some(2, "FI", unit="class", **SHARED)
    some(2, "IT", **SHARED)
    some(1, "NL", **PUBLIC)
    some(1, "NO", status="draft", **SHARED)
    some(1, "SE", **SHARED, phase=factories.INFERENCE)

    assert offer().countries == (("FI", "Finland"), ("IT", "Italy"), ("NL", "Netherlands"), ("SE", "Sweden"))
    assert urls() == ["/compare/selections/?a-country=IT&b-country=NL"]


def test_years_are_offered_only_where_something_is_placed_in_both() -> None:
    some(1, "IT", **since(1998))
    some(1, "IT", unit="vehicle", **SHARED, **since(1991))
    some(1, "IT", status="draft", **SHARED, **since(1991))
    some(1, "IT", possible={5, 8}, **since(1991))
    some(1, "IT", **SHARED, phase={**since(1991)["phase"], **factories.INFERENCE})
    some(1, "IT", **SHARED)
    assert urls() == []

    some(1, "IT", **SHARED, **since(1990, 2009))
    assert urls() == []

    some(1, "IT", **SHARED, **since(2011))
    assert urls()[:1] == ["/compare/selections/?a-year=2009&b-year=2011"]


def test_before_and_after_2010_is_offered_as_two_snapshots() -> None:
    some(2, "IT", **SHARED, **since(2001))
    some(1, "NL", **SHARED, **since(2005))

    _countries, before_and_after, now = offer().examples

    assert (before_and_after.text, before_and_after.note) == (
        "Before and after 2010", "as things stood in 2009 and in 2011; what ran in both years is on both sides",
    )  # fmt: skip
    assert now.url == f"/compare/selections/?a-year=2004&b-year={this_year()}"
    for link in offer().examples:
        page = select_page(link.url)
        assert all(side.placed for side in page.sides), link.text


def select_page(url: str) -> SelectionsPage:
    query = QueryDict(url.partition("?")[2])
    return selections_page(select(query, "a-"), select(query, "b-"))


def test_two_years_are_called_snapshots() -> None:
    assert page_of("year=2009", "year=2011").snapshots.startswith(
        "Two snapshots, as things stood in 2009 and in 2011: what ran in both years is on both sides"
    )
    assert page_of("year=2009", "year=2009").snapshots == page_of("year=2009", "").snapshots == ""


def test_tints_are_of_one_scale_of_shares() -> None:
    some(4, "IT", **SHARED)
    some(1, "NL", **SHARED)
    some(3, "NL", **PUBLIC)

    a, b = page_of("country=IT", "country=NL").sides

    assert [[cell.tint for row in side.matrix.rows for cell in row.cells if cell.count] for side in (a, b)] == [
        [4], [3, 1],
    ]  # fmt: skip
