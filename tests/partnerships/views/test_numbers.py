"""A number on a page is the number of partnerships behind its link, whatever stands in the register."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.models import Partnership
from partnerships.presenters.home import HomePage
from tests import factories
from tests.numbers import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_mixed_register")]
QUERIES = [
    "",
    "inferred=1",
    "lens=professional",
    "lens=professional&inferred=1",
    "country=IT&inferred=1",
    "q=berg&unit=case",
    "year=2012&inferred=1",
]
EACH_VIEW = pytest.mark.parametrize("query", QUERIES)


@pytest.fixture(scope="module")
def _mixed_register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, lambda: factories.a_register(30, seed=3)):
        yield


def home(client: Client, query: str) -> HomePage:
    return client.get(f"/?{query}").context["page"]


@EACH_VIEW
def test_lists_hold_what_their_parameters_select(client: Client, query: str) -> None:
    response = client.get(f"/partnerships/?{query}")
    count, cards, pages = response.context["count"], len(response.context["cards"]), response.context["pages"]
    while pages and pages.next:
        response = client.get(f"/partnerships/{pages.next}")
        cards, pages = cards + len(response.context["cards"]), response.context["pages"]

    assert cards == count == listed(f"?{query}")


@EACH_VIEW
def test_each_cell_leads_to_as_many_partnerships_as_it_counts(client: Client, query: str) -> None:
    for cell in [cell for row in home(client, query).matrix.rows for cell in row.cells]:
        page = client.get(cell.url)
        assert page.context["count"] == cell.count
        assert page.context["perhaps"].count == cell.possible
        assert listed(f"?{query}&cell={cell.number}") == cell.count


@pytest.mark.parametrize("query", ["cell=inferred&inferred=1", "cell=partly", "cell=5&inferred=1"])
def test_a_filter_by_cell_goes_on_to_the_page_of_a_cell(client: Client, query: str) -> None:
    page = home(client, query)
    for cell in [cell for row in page.matrix.rows for cell in row.cells]:
        assert client.get(cell.url).context["count"] == cell.count
    # A list cannot be asked for one group within another: no link rather than a wrong number.
    assert not page.partly_url
    assert not any(link.url for link in page.left_out)


@EACH_VIEW
def test_the_sets_lead_to_as_many_as_are_counted(client: Client, query: str) -> None:
    page = home(client, query)

    assert listed(page.partly_url) == page.matrix.possible == len(page.partly.links) + page.partly.more


@EACH_VIEW
def test_each_group_that_is_left_out_leads_to_as_many(client: Client, query: str) -> None:
    groups = home(client, query).left_out

    assert groups
    for link in groups:
        assert link.url.startswith("/partnerships/"), link.text
        assert listed(link.url) == int(link.note), link.text


@pytest.mark.parametrize("query", ["", "lens=professional", "country=IT", "area=07"])
def test_showing_inferred_positions_brings_as_many_as_were_left_out(client: Client, query: str) -> None:
    without = home(client, query)
    with_them = home(client, without.inferred.url.removeprefix("?"))

    assert shown(with_them) - shown(without) == noted(without, "with an inferred position only")


def shown(page: HomePage) -> int:
    """All that have a position: in a cell, in a set, or outside the matrix."""
    outside = noted(page, "in hands that this matrix does not hold, such as a company’s")
    return page.matrix.placed + page.matrix.possible + outside


def noted(page: HomePage, reason: str) -> int:
    """How many are left out for this reason."""
    return next((int(link.note) for link in page.left_out if link.text == reason), 0)


@EACH_VIEW
def test_the_matrix_and_the_list_hold_the_same_partnerships(client: Client, query: str) -> None:
    page = home(client, query)

    told = page.matrix.placed + page.matrix.possible + sum(int(link.note) for link in page.left_out)

    assert told == listed(f"?{query}")


def test_an_unfiltered_list_holds_all_that_is_published() -> None:
    assert listed("") == Partnership.objects.published().count()


@pytest.mark.parametrize("query", ["country=IT", "q=berg", "unit=case", "cell=5"])
def test_taking_the_last_chip_away_leads_back_to_everything(client: Client, query: str) -> None:
    [chip] = client.get(f"/partnerships/?{query}").context["filters"].chips

    assert listed(chip.remove_url) == Partnership.objects.published().count()
