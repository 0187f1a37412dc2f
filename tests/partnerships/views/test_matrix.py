"""The home page and the cell pages as a visitor sees them."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    """The page as text: without tags, one space between words."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# ---- The home page -----------------------------------------------------------------------------


def test_the_matrix_is_a_table_with_row_and_column_headers(client: Client) -> None:
    page = client.get("/").content.decode()

    table = page[page.index('<table class="matrix"') : page.index("</table>")]
    assert table.count('scope="col"') == 3
    assert table.count('scope="row"') == 3
    assert len(re.findall(r"<td class=\"t\d\"", table)) == 9
    assert "<caption>" in table


def test_an_empty_register_says_so_in_every_cell(client: Client) -> None:
    response = client.get("/")

    assert text(response).count("None recorded") == 9
    assert "0 partnerships placed" in text(response)


def test_a_cell_shows_its_number_model_count_and_first_titles(client: Client) -> None:
    for title in ("Brescia", "Bollate", "Leith", "Perth"):
        factories.partnership(title, design="shared", delivery="shared")
    factories.partnership("Set", possible={5, 8})

    page = client.get("/").content.decode()

    label = "Cell 5, Full Co-Production: 4 partnerships, 1 more possible. Design: Shared. Delivery: Shared."
    cell = page[page.index(f'aria-label="{label}"') :]
    shown = " ".join(re.sub(r"<[^>]*>", " ", cell[: cell.index("</td>")]).split())
    assert "Full Co-Production 5 4 partnerships Bollate Brescia Leith and 1 more +1 possible" in shown


@pytest.mark.parametrize("path", ["/", "/embed/matrix/", "/pictures/matrix.svg"])
def test_few_have_no_shares_and_the_page_says_so(client: Client, path: str) -> None:
    note = "Under 30 placed: shares are left out."
    assert note not in text(client.get(path))

    for _copy in range(29):
        factories.partnership(design="shared", delivery="shared")
    assert note in text(client.get(path))
    assert "100 %" not in text(client.get(path))

    factories.partnership(design="shared", delivery="shared")
    assert note not in text(client.get(path))
    assert "100 %" in text(client.get(path))


def test_what_is_not_placed_stands_below_in_words(client: Client) -> None:
    factories.partnership("Welkom", possible={2, 8})
    factories.partnership("Bonds", unit="class")
    factories.partnership("Plan", phase={"planned": True})
    factories.partnership("Silent")

    shown = text(client.get("/"))

    assert "Welkom 2 or 8" in shown
    assert "1 type of scheme" in shown
    assert "1 planned only, not yet there" in shown
    assert "1 without a position: no source says enough about who designs or delivers" in shown


def test_the_page_says_what_the_literature_leaves_open(client: Client) -> None:
    assert "cells 1, 2, 3, 4 or 7" in text(client.get("/"))


def test_filters_are_kept_in_every_link_of_the_page(client: Client) -> None:
    factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])

    page = client.get("/?country=IT").content.decode()

    assert 'href="/cells/5/?country=IT"' in page
    assert 'href="?country=IT&amp;lens=professional"' in page
    assert 'href="/data/partnerships.csv?country=IT"' in page


def test_filters_that_leave_nothing_say_how_to_go_on(client: Client) -> None:
    factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])

    response = client.get("/?country=NO")

    assert "Nothing found" in text(response)
    assert response.context["page"].empty


def test_case_studies_stand_on_the_plain_home_page_only(client: Client) -> None:
    factories.case_study(factories.partnership("Brescia"), headline="A story of families", featured=True)

    assert "A story of families" in text(client.get("/"))
    assert "A story of families" not in text(client.get("/?unit=case"))


def test_the_professional_lens_has_its_own_headers_and_explains_itself(client: Client) -> None:
    shown = text(client.get("/?lens=professional"))

    assert "Self-organised community provision" in shown
    assert "Only answers by kind of party can tell" in shown


def test_inferred_positions_are_asked_for_by_a_link(client: Client) -> None:
    factories.partnership("Guessed", design="public", delivery="public", phase=factories.INFERENCE)

    hidden, shown = client.get("/"), client.get("/?inferred=1")

    assert "0 partnerships placed" in text(hidden)
    assert "1 with an inferred position only" in text(hidden)
    assert "1 partnership placed" in text(shown)


# ---- Cell pages --------------------------------------------------------------------------------


def test_a_cell_page_lists_what_is_there_what_may_be_and_what_a_source_places_there(client: Client) -> None:
    factories.partnership("Brescia", design="shared", delivery="shared")
    factories.partnership("Set", possible={5, 8})
    factories.partnership("Bonds", unit="class", design="shared", delivery="shared")
    factories.partnership("Elsewhere", design="public", delivery="public")

    shown = text(client.get("/cells/5/"))

    assert "1 partnership here Brescia" in shown
    assert "Possibly here" in shown
    assert "Set" in shown
    assert "Also here by what a source says, not counted Bonds Type of scheme" in shown
    assert "Elsewhere" not in shown


@pytest.mark.parametrize("number", range(1, 10))
def test_an_empty_cell_says_so(client: Client, number: int) -> None:
    shown = text(client.get(f"/cells/{number}/"))

    assert "0 partnerships here None recorded." in shown
    assert "What tells it from the cells beside it" in shown


def test_a_cell_page_says_what_the_cell_means_under_both_lenses(client: Client) -> None:
    shown = text(client.get("/cells/6/"))

    assert "The label “Partial Co-Production” also names cell 3 and 9." in shown
    assert "text cut off in source" in shown


def test_a_full_cell_shows_the_first_and_leads_to_the_list_of_all(client: Client) -> None:
    for number in range(9):
        factories.partnership(f"Record {number:02}", design="shared", delivery="shared")

    response = client.get("/cells/5/?unit=case&page=2")

    assert (response.context["count"], len(response.context["cards"])) == (9, 8)
    assert 'href="/partnerships/?unit=case&amp;cell=5"' in response.content.decode()
    assert client.get("/partnerships/?unit=case&cell=5").context["count"] == 9
