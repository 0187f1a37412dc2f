"""The page of moves, a case's path and the moves of a cell as a visitor sees them."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories
from tests.library import load as load_the_library
from tests.partnerships.moving import cell, moving, since

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_the_numbers_in_the_picture_stand_in_the_table_and_lead_to_lists(client: Client) -> None:
    for title in ("Garden", "Library"):
        moving(title, cell(7), cell(8))
    moving("Desk", {"possible": {4, 7}}, {**cell(5), "planned": True})
    page = client.get("/trajectories/").content.decode()

    wide, narrow = re.findall(r'<svg class="figure__drawing".*?</svg>', page, re.DOTALL)
    drawn = re.findall(r'data-move="(\d+)"', wide)
    assert drawn == re.findall(r'data-move="(\d+)"', narrow)
    assert sorted(drawn) == ["1", "2"]
    table = page[page.index('<table class="moves-table"') :]
    assert table.count('scope="col"') >= 10
    assert re.search(
        r'href="/partnerships/\?moved=7%3E8">2<span class="govuk-visually-hidden">: 2 partnerships, from 7 to 8<', table
    )
    assert re.search(
        r'moved=4%7C7%3E5~">1<span class="govuk-visually-hidden">: 1 partnership plans it, from 4 or 7 to 5<', table
    )


def test_the_library_shows_the_movements_of_the_literature(client: Client) -> None:
    load_the_library()
    shown = text(client.get("/trajectories/"))

    assert "No partnership moved. Sources describe movements of 2" in shown
    assert "Movements between cells, from the literature" in shown
    assert "from 4 or 7 to 5" in shown
    assert "From the literature, not counted" in shown


def test_an_empty_register_says_what_a_move_is(client: Client) -> None:
    shown = text(client.get("/trajectories/"))

    assert "No partnership moved" in shown
    assert "A move needs two phases" in shown
    assert "SVG" not in shown


def test_filters_that_leave_nothing_say_which_to_drop(client: Client) -> None:
    moving("Garden", cell(7), cell(8), countries=["IT"])

    shown = text(client.get("/trajectories/?country=IT&area=07"))

    assert "Nothing found" in shown
    assert "Without Health: 1 found" in shown


def test_filters_and_lens_are_kept(client: Client) -> None:
    moving("Garden", cell(7), cell(8), countries=["IT"])

    page = client.get("/trajectories/?country=IT").content.decode()

    assert 'href="/partnerships/?country=IT&amp;moved=7%3E8"' in page
    assert 'href="?country=IT&amp;lens=professional"' in page
    assert 'href="/pictures/trajectories.svg?country=IT"' in page
    assert 'href="?country=IT&amp;inferred=1"' in page


@pytest.mark.parametrize("query", ["moved=7>7", "moved=8", "lens=other", "year=20000"])
def test_what_makes_no_sense_is_answered_in_words(client: Client, query: str) -> None:
    assert client.get(f"/trajectories/?{query}").status_code == 400


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_picture_can_be_taken_with_and_without_moves(client: Client, kind: str) -> None:
    assert client.get(f"/pictures/trajectories.{kind}").status_code == 200
    moving("Garden & <b>Co", cell(7), cell(8))
    assert client.get(f"/pictures/trajectories.{kind}").status_code == 200


def test_what_rests_on_inferred_positions_says_so_in_every_table(client: Client) -> None:
    guessed = factories.INFERENCE
    for title, first, second in (
        ("Garden", cell(7), cell(8)),
        ("Guessed", cell(7), {**cell(8), **guessed}),
        ("Set", cell(1), {"possible": {6, 9}, **guessed}),
    ):
        moving(title, first, second)

    page = client.get("/trajectories/?inferred=1")

    assert (
        '>2 (1)<span class="govuk-visually-hidden">: 2 partnerships, 1 of them inferred, from 7 to 8<'
        in page.content.decode()
    )
    assert "In brackets: how many of them rest on an inferred position." in text(page)
    assert "1 6 or 9 1, inferred : 1 partnership" in text(page)
    assert "inferred only" in page.content.decode()
    assert "In brackets" not in text(client.get("/trajectories/"))


def test_titles_of_records_are_text(client: Client) -> None:
    record = factories.partnership("<script>x</script> & Co", unit="country_pattern")
    factories.statement(record, kind="movement", from_cells={1}, to_cells={5})
    moving("<b>Bold</b>", cell(7), cell(8))

    page = client.get("/trajectories/").content.decode()

    assert "<script>x" not in page
    assert "<b>Bold" not in page


def test_a_case_page_shows_its_path(client: Client) -> None:
    moving("Garden", {**cell(7), **since(2008)}, {**cell(8), **since(2012)})

    shown = text(client.get("/partnerships/garden/"))

    assert "From 7 to 8, 2012" in shown
    assert "Path through the cells. Phase 1: 7; Phase 2: 8" in client.get("/partnerships/garden/").content.decode()


def test_a_cell_page_tells_where_its_partnerships_came_from(client: Client) -> None:
    moving("Garden", {**cell(7), **since(2008)}, {**cell(8), **since(2012)}, service_areas=["08"])

    shown = text(client.get("/cells/8/?year=2015"))

    assert "1 partnership here in 2015" in shown
    assert "Came here from 7: 1 partnership" in shown
    assert "Moves of all years are counted." in shown
    assert "Commonest service areas here Sport, culture and religion 1" in shown
    assert "Answers that lead here" in shown
    assert text(client.get("/cells/7/?year=2010")).count("1 partnership here in 2010") == 1
    assert "0 partnerships here in 2010" in text(client.get("/cells/8/?year=2010"))
