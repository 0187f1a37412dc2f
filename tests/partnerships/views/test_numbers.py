"""A number on a page is the number of partnerships behind its link, whatever stands in the register."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.models import Partnership
from partnerships.presenters.home import HomePage
from taxonomy.lenses import LENSES
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_mixed_register")]
VIEWS = [f"lens={lens}{inferred}" for lens in LENSES for inferred in ("", "&inferred=1")]
EACH_VIEW = pytest.mark.parametrize(
    "query", [*VIEWS, "country=IT", "area=07&inferred=1", "q=berg", "unit=case&country=NO"]
)


@pytest.fixture(scope="module")
def _mixed_register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, lambda: factories.a_register(40, seed=3)):
        yield


def count(client: Client, url: str) -> int:
    """How many partnerships a list or a cell page says that it has, all of its pages together."""
    response = client.get(url)
    listed, page = len(response.context["cards"]), response.context["pages"]
    while page and page.next:
        response = client.get(url.split("?")[0] + page.next)
        listed, page = listed + len(response.context["cards"]), response.context["pages"]
    assert listed == response.context["count"]
    return listed


@EACH_VIEW
def test_each_cell_leads_to_as_many_partnerships_as_it_counts(client: Client, query: str) -> None:
    table = client.get(f"/?{query}").context["page"].matrix

    for cell in [cell for row in table.rows for cell in row.cells]:
        assert count(client, cell.url) == cell.count
        assert len(client.get(cell.url).context["perhaps"]) == cell.possible


@EACH_VIEW
def test_each_cell_has_as_many_in_the_list_too(client: Client, query: str) -> None:
    table = client.get(f"/?{query}").context["page"].matrix

    for cell in [cell for row in table.rows for cell in row.cells]:
        assert count(client, f"/partnerships/?{query}&cell={cell.number}") == cell.count


@EACH_VIEW
def test_the_sets_lead_to_as_many_as_are_counted(client: Client, query: str) -> None:
    page = client.get(f"/?{query}").context["page"]

    assert count(client, page.partly_url) == page.matrix.possible == len(page.partly.links) + page.partly.more


@EACH_VIEW
def test_each_group_that_is_left_out_leads_to_as_many(client: Client, query: str) -> None:
    for link in client.get(f"/?{query}").context["page"].left_out:
        if link.url.startswith("/partnerships/"):
            assert count(client, link.url) == int(link.note)


@pytest.mark.parametrize("query", ["", "lens=professional", "country=IT", "area=07"])
def test_showing_inferred_positions_brings_as_many_as_were_left_out(client: Client, query: str) -> None:
    without = client.get(f"/?{query}").context["page"]
    with_them = client.get("/" + without.inferred.url).context["page"]

    assert shown(with_them) - shown(without) == noted(without, "with an inferred position only")


def shown(page: HomePage) -> int:
    """All that have a position: in a cell, in a set, or outside the matrix."""
    outside = noted(page, "in hands that this matrix does not hold, such as a company’s")
    return page.matrix.placed + page.matrix.possible + outside


def noted(page: HomePage, reason: str) -> int:
    """How many are left out for this reason."""
    return next((int(link.note) for link in page.left_out if link.text == reason), 0)


@EACH_VIEW
def test_each_option_of_a_filter_leads_to_as_many_as_it_says(client: Client, query: str) -> None:
    for facet in client.get(f"/?{query}").context["filters"].facets:
        chosen = [option for option in (*facet.options, *facet.more) if option.on]
        for option in (*facet.options, *facet.more):
            if not chosen:
                assert count(client, "/partnerships/" + option.url) == option.count


@EACH_VIEW
def test_the_matrix_and_the_list_hold_the_same_partnerships(client: Client, query: str) -> None:
    page = client.get(f"/?{query}").context["page"]

    told = page.matrix.placed + page.matrix.possible + sum(int(link.note) for link in page.left_out)

    assert told == count(client, f"/partnerships/?{query}")


def test_an_unfiltered_list_holds_all_that_is_published(client: Client) -> None:
    assert count(client, "/partnerships/") == Partnership.objects.published().count()


@EACH_VIEW
def test_taking_the_last_chip_away_leads_back_to_everything(client: Client, query: str) -> None:
    chips = client.get(f"/partnerships/?{query}").context["filters"].chips

    if len(chips) == 1:
        assert count(client, "/partnerships/" + chips[0].remove_url) == Partnership.objects.published().count()
