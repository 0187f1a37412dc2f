"""A cell page: what the cell means in both lenses, its neighbours, and what may stand there."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.actions import adopt
from partnerships.presenters.cell import areas_here, cell_page, moves_here, others_in, perhaps, placed_here
from partnerships.selection import Selection, select
from taxonomy.cells import CELLS
from taxonomy.lenses import LENSES, PROFESSIONAL
from tests import factories
from tests.partnerships.moving import cell, moving, since


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


@pytest.mark.django_db
def test_what_may_stand_here_as_of_a_year() -> None:
    moving("Set", {"possible": {5, 8}, **since(2001)}, {**cell(1), **since(2012)})

    assert [card.title for card in perhaps(5, read("year=2005")).first] == ["Set"]
    assert perhaps(5, read("year=2014")).count == perhaps(5, read()).count == 0


def test_what_the_middle_cell_means() -> None:
    page = cell_page(5, read())

    assert (page.number, page.name, page.namesakes) == (5, "Full Co-Production", "")
    assert page.design == "Designed by the public sector with citizens or the third sector"
    assert page.delivery == "Delivered by the public sector with citizens or the third sector"
    assert page.gloss == "Every party has a part in planning and in delivery."
    assert [(meaning.lens, meaning.label) for meaning in page.meanings] == [
        ("By sector", "Full Co-Production"),
        (PROFESSIONAL.name, "Full co-production"),
    ]
    assert all(meaning.citation and meaning.plain for meaning in page.meanings)
    assert [[cell.state for cell in row] for row in page.mini.rows] == [["", "", ""], ["", "here", ""], ["", "", ""]]


@pytest.mark.parametrize(("number", "namesakes"), [(2, "8"), (4, "7"), (3, "6 and 9"), (1, ""), (5, "")])
def test_cells_that_bear_the_same_label_are_named(number: int, namesakes: str) -> None:
    assert cell_page(number, read()).namesakes == namesakes


def test_under_the_professional_lens_the_name_is_the_sources_own() -> None:
    page = cell_page(6, read("lens=professional"))

    assert page.name == "User/community delivery of services with little formal/ professional [text cut off in source]"
    assert (page.gloss, page.namesakes) == ("", "")
    assert page.meanings[1].note == "text cut off in source"


@pytest.mark.parametrize("lens", ["sector", "professional"])
@pytest.mark.parametrize("number", range(1, 10))
def test_every_cell_has_a_page_with_its_neighbours(number: int, lens: str) -> None:
    page = cell_page(number, read(f"lens={lens}"))

    assert page.plain.endswith(".")
    assert 2 <= len(page.neighbours) <= 4
    assert all(beside.link.note and beside.change for beside in page.neighbours)


def test_one_can_walk_through_the_cells_in_both_directions() -> None:
    pages = [cell_page(cell.number, read()) for cell in CELLS]

    assert [page.previous.url if page.previous else "" for page in pages] == [
        "", *(f"/cells/{number}/" for number in range(1, 9)),
    ]  # fmt: skip
    assert [page.next.url if page.next else "" for page in pages] == [
        *(f"/cells/{number}/" for number in range(2, 10)), "",
    ]  # fmt: skip


def test_links_keep_the_selection() -> None:
    page = cell_page(5, read("country=IT&lens=professional"))

    assert page.matrix_url == "/?country=IT&lens=professional"
    assert page.next.url == "/cells/6/?country=IT&lens=professional"
    assert all(beside.link.url.endswith("?country=IT&lens=professional") for beside in page.neighbours)
    assert page.clear_url == "?lens=professional"


def test_answers_that_lead_here_and_what_would_change_it() -> None:
    page = cell_page(4, read())

    assert page.sides == ("Public sector", "Citizens or third sector")
    assert [(answer.question, answer.first, answer.second) for answer in page.answers] == [
        ("Who chose how it works?", "Led or decided alone", "Told or asked"),
        ("Who does the work itself?", "Does it with others", "Does it with others"),
    ]
    assert [(beside.link.url, beside.change) for beside in page.neighbours] == [
        (
            "/cells/1/",
            (
                "It would be there if citizens or the third sector had no planned part, neither in running it nor in "
                "the work itself."
            ),
        ),
        (
            "/cells/5/",
            "It would be there if citizens or the third sector decided together on two of the four design questions.",
        ),
        (
            "/cells/7/",
            "It would be there if the public sector had no planned part, neither in running it nor in the work itself.",
        ),
    ]


def test_under_the_professional_lens_the_sides_are_others() -> None:
    page = cell_page(4, read("lens=professional"))

    assert page.sides == ("Professionals", "Users or community")
    assert "paid staff had no planned part" in page.neighbours[-1].change


@pytest.mark.django_db
def test_moves_in_and_out_are_those_that_surely_touch_the_cell() -> None:
    for title, steps in {
        "A": [cell(7), cell(5)],
        "B": [cell(7), cell(5), cell(8)],
        "C": [{"possible": {4, 7}}, cell(5)],
        "Narrowed": [{"design": "shared"}, cell(5)],
        "Set": [cell(1), {"possible": {5, 8}}],
        "Elsewhere": [cell(1), cell(2)],
        "Plan": [cell(5), {**cell(9), "planned": True}],
    }.items():
        moving(title, *steps)

    moves = moves_here(5, read())

    assert [(link.text, link.note, link.url) for link in moves.into] == [
        ("from 7", "2 partnerships", "/partnerships/?moved=7%3E5"),
        ("from 4 or 7", "1 partnership", "/partnerships/?moved=4%7C7%3E5"),
    ]
    assert [(link.text, link.note) for link in moves.out] == [
        ("to 8", "1 partnership"),
        ("to 9", "1 partnership plans it"),
    ]
    assert moves.more == 2
    assert moves_here(6, read()) is None


@pytest.mark.django_db
def test_the_year_is_no_limit_for_moves() -> None:
    moving("A", {**cell(7), **since(2001)}, {**cell(5), **since(2012)})

    moves = moves_here(7, read("year=2015"))

    assert [(link.text, link.url) for link in moves.out] == [("to 5", "/partnerships/?moved=7%3E5")]
    assert moves.url == "/trajectories/"


@pytest.mark.django_db
def test_sets_with_the_cell_in_them_may_be_here() -> None:
    factories.partnership("column", design="shared")
    factories.partnership("pair", possible={6, 9})
    factories.partnership("settled", design="shared", delivery="shared")
    factories.partnership("guessed", possible={5, 8}, phase=factories.INFERENCE)

    assert [card.title for card in perhaps(5, read()).first] == ["column"]
    assert [(card.title, card.inferred) for card in perhaps(5, read("inferred=1")).first] == [
        ("column", False),
        ("guessed", True),
    ]


@pytest.mark.django_db
def test_what_a_source_places_here_without_being_counted_is_named_with_its_caution() -> None:
    bonds = factories.partnership("Bonds", unit="class")
    claim = factories.statement(bonds, cells={8}, kind="hedged", hedge="comes close to")
    phase = bonds.phases.get()
    phase.adopted_statement, phase.certainty = claim, "source_stated"
    for name, value in factories.position("shared", "citizens_or_third_sector").items():
        setattr(phase, name, value)
    phase.save()
    factories.partnership("Contract", unit="vehicle", design="shared", delivery="citizens_or_third_sector")
    factories.partnership("Counted", design="shared", delivery="citizens_or_third_sector")

    assert [(link.text, link.url, link.note) for link in others_in(8, read()).first] == [
        ("Bonds", "/partnerships/bonds/", "Type of scheme; the source says “comes close to”"),
        ("Contract", "/partnerships/contract/", "Way of buying, funding or planning"),
    ]
    assert others_in(5, read()).count == 0


@pytest.mark.django_db
def test_what_was_read_from_the_words_of_a_source_is_not_said_to_be_placed_by_it() -> None:
    contract = factories.partnership("Contract", unit="vehicle")
    phase = contract.phases.get()
    said = factories.statement(contract, phase=phase, kind="none", basis="words", design="shared", delivery="shared")
    adopt(phase=phase, claim=said, by=None)

    [link] = others_in(5, read("inferred=1")).first
    assert (link.url, link.note) == (
        "/partnerships/contract/?inferred=1",
        "Way of buying, funding or planning; read from the source’s words",
    )


@pytest.mark.django_db
def test_of_many_the_first_are_shown_with_the_list_of_all(client: Client) -> None:
    for number in range(14):
        factories.partnership(f"Record {number:02}", design="shared", delivery="shared", countries=["IT"])
        factories.partnership(f"Set {number:02}", possible={5, 8}, countries=["IT"])
        factories.partnership(f"Type {number:02}", unit="class", design="shared", delivery="shared", countries=["IT"])

    found = placed_here(5, read("country=IT")), perhaps(5, read("country=IT")), others_in(5, read("country=IT"))

    assert [(len(some.first), some.count, some.more) for some in found] == [(8, 14, 6), (5, 14, 9), (12, 14, 2)]
    assert [some.url for some in found] == [
        "/partnerships/?country=IT&cell=5", "/partnerships/?country=IT&cell=partly", "",
    ]  # fmt: skip
    assert client.get(found[0].url).context["count"] == 14
    html = client.get("/cells/5/?country=IT").content.decode()
    assert "All 14 partnerships here" in html
    assert "and 2 more" in html
    assert "page=2" not in html


@pytest.mark.django_db
def test_a_filter_by_another_group_has_no_list_of_a_cell() -> None:
    assert placed_here(5, read("cell=inferred&inferred=1")).url == perhaps(5, read("cell=5")).url == ""
    assert placed_here(5, read("cell=5&cell=1")).url == "/partnerships/?cell=5"


@pytest.mark.django_db
def test_drafts_are_not_named_on_a_cell_page() -> None:
    factories.partnership("hidden", status="draft", possible={5, 8})
    factories.partnership("hidden class", status="submitted", unit="class", design="shared", delivery="shared")

    assert perhaps(5, read()).count == others_in(5, read()).count == 0


# ---- The commonest service areas of each cell --------------------------------------------------


def forty() -> None:
    """Partnerships of every sort, and one under each lens that surely stands in cell 5."""
    factories.a_register(40)
    for lens in LENSES.values():
        place = {**since(2010), **factories.position(*cell(5, lens).values(), lens=lens), "certainty": "assessed"}
        factories.partnership(service_areas=["07.2", "09"], countries=["IT"], phase=place)


@pytest.fixture(scope="module")
def _forty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, forty):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_forty")
@pytest.mark.parametrize(
    "query", ["", "country=IT", "area=07", "inferred=1", "year=2012", "unit=case&lens=professional"]
)
def test_each_area_counts_what_its_list_holds(client: Client, query: str) -> None:
    found = {n: areas_here(n, read(query)) for n in range(1, 10)}

    assert found[5]
    assert all(len(links) <= 5 for links in found.values())
    for links in found.values():
        for link in links:
            assert client.get(link.url).context["count"] == int(link.note), link.url
