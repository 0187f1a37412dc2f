"""The home page around the matrix: its heading, its switches, what it leaves out, and the case studies."""

from collections import Counter

import pytest
from django.http import QueryDict

from partnerships.presenters.home import LISTED, Toggle, featured, heading, home_page, left_out
from partnerships.presenters.matrix import Link, Matrix, Tally
from partnerships.selection import Selection, select
from taxonomy.lenses import LENSES, SECTOR
from taxonomy.vocabulary import COUNTED_UNITS, UNITS
from tests import factories


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


@pytest.mark.parametrize(
    ("placed", "possible", "words"),
    [
        (0, 0, "0 partnerships placed"),
        (1, 0, "1 partnership placed"),
        (7, 0, "7 partnerships placed"),
        (7, 3, "7 partnerships placed, 3 partly"),
        (0, 1, "0 partnerships placed, 1 partly"),
    ],
)
def test_the_heading_says_how_many(placed: int, possible: int, words: str) -> None:
    assert heading(Matrix(SECTOR, "", (), (), placed, possible), Tally()) == words


def test_the_heading_tells_the_inferred_ones_apart() -> None:
    found = Tally(inferred_cells=1, inferred_sets=5)

    assert (
        heading(Matrix(SECTOR, "", (), (), 7, 9), found) == "7 partnerships placed (1 inferred), 9 partly (5 inferred)"
    )


def test_each_group_that_is_left_out_has_its_number_its_reason_and_where_it_leads() -> None:
    found = Tally(
        inferred=4, unplaced=3, outside=2, planned_only=1, listed=Counter({"class": 1, "vehicle": 5, "reference": 1})
    )

    assert left_out(read("country=IT"), found) == (
        Link("with an inferred position only", "/partnerships/?country=IT&cell=inferred&inferred=1", "4"),
        Link(
            "without a position: no source says enough about who designs or delivers",
            "/partnerships/?country=IT&cell=none",
            "3",
        ),
        Link(
            "in hands that this matrix does not hold, such as a company’s",
            "/partnerships/?country=IT&cell=outside",
            "2",
        ),
        Link("planned only, not yet there", "/partnerships/?country=IT&cell=planned", "1"),
        Link("ways of buying, funding or planning", "/partnerships/?country=IT&unit=vehicle", "5"),
        Link("type of scheme", "/partnerships/?country=IT&unit=class", "1"),
        Link("study or policy idea", "/partnerships/?country=IT&unit=reference", "1"),
    )


def test_nothing_left_out_is_not_mentioned() -> None:
    assert left_out(read(), Tally(cells=Counter({5: 3}))) == ()


def test_every_unit_that_is_not_counted_has_its_words() -> None:
    assert set(LISTED) == set(UNITS.codes) - set(COUNTED_UNITS.codes)


@pytest.mark.django_db
def test_the_page_of_an_empty_register() -> None:
    page = home_page(read())

    assert page.empty
    assert (page.heading, page.left_out, page.partly.links, page.sparse) == ("0 partnerships placed", (), (), "")


@pytest.mark.django_db
def test_lenses_are_switched_with_the_filters_kept() -> None:
    switches = home_page(read("country=IT&lens=professional")).lenses

    assert [switch.url for switch in switches] == ["?country=IT", "?country=IT&lens=professional"]
    assert [switch.on for switch in switches] == [False, True]
    assert [switch.text for switch in switches] == [lens.name for lens in LENSES.values()]


@pytest.mark.django_db
def test_the_plain_page_is_reached_by_an_empty_query() -> None:
    assert home_page(read("lens=professional")).lenses[0].url == "?"
    assert home_page(read("inferred=1")).inferred.url == "?"


@pytest.mark.django_db
def test_inferred_positions_are_switched_on_and_off() -> None:
    assert home_page(read("country=IT")).inferred == Toggle("Show inferred positions", "?country=IT&inferred=1", False)
    assert home_page(read("inferred=1&country=IT")).inferred == Toggle("Hide inferred positions", "?country=IT", True)


@pytest.mark.django_db
def test_only_the_professional_lens_explains_why_it_is_sparse() -> None:
    assert "Only answers by kind of party can tell" in home_page(read("lens=professional")).sparse
    assert home_page(read()).sparse == ""


@pytest.mark.django_db
def test_the_rest_of_the_sets_is_in_the_list() -> None:
    assert home_page(read("country=IT")).partly_url == "/partnerships/?country=IT&cell=partly"


# ---- Case studies ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_featured_case_studies_of_published_partnerships_stand_on_the_home_page() -> None:
    factories.case_study(factories.partnership("Brescia"), headline="Families", featured=True)
    factories.case_study(factories.partnership("Bollate"), headline="Prison", featured=True)
    factories.case_study(factories.partnership("Not featured"))
    for status in ("draft", "submitted", "withdrawn"):
        factories.case_study(factories.partnership(status=status), featured=True)

    assert featured() == (
        Link("Prison", "/partnerships/bollate/", "Bollate"),
        Link("Families", "/partnerships/brescia/", "Brescia"),
    )


@pytest.mark.django_db
def test_three_case_studies_are_enough() -> None:
    for _ in range(4):
        factories.case_study(factories.partnership(), featured=True)

    assert len(featured()) == 3
