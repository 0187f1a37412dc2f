"""The list of everything in the register."""

import re

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str = "") -> list[str]:
    return [card.title for card in client.get(f"/partnerships/{query}").context["cards"]]


def test_counted_and_listed_ones_stand_together_by_title(client: Client) -> None:
    factories.partnership("perth", design="shared", delivery="shared")
    factories.partnership("Örebro", unit="class")
    factories.partnership("Oslo")

    assert titles(client) == ["Örebro", "Oslo", "perth"]


def test_the_heading_and_the_title_of_the_page_say_how_many(client: Client) -> None:
    factories.partnership("Brescia")

    page = client.get("/partnerships/").content.decode()

    assert page.count("1 partnership or example") == 3  # and once in the filters, for phones


def test_a_row_says_where_it_stands(client: Client) -> None:
    factories.partnership(
        "Brescia", design="shared", delivery="shared", summary="Care with families.", countries=["IT"]
    )

    page = client.get("/partnerships/").content.decode()

    row = " ".join(re.sub(r"<[^>]*>", " ", page[page.index('<li class="row">') :]).split())
    assert row.startswith("Brescia Care with families. Case · Italy")
    assert "5 · Full Co-Production" in row


def test_lists_have_pages_of_twenty_five(client: Client) -> None:
    for number in range(30):
        factories.partnership(f"Record {number:02}")

    first, second = (client.get(f"/partnerships/?page={number}") for number in (1, 2))

    assert [len(response.context["cards"]) for response in (first, second)] == [25, 5]
    assert 'rel="next"' in first.content.decode()
    assert 'rel="prev"' in second.content.decode()


def test_the_order_can_be_changed_with_the_filters_kept(client: Client) -> None:
    factories.partnership("Older", published_at="2020-01-01T00:00Z", countries=["IT"])
    factories.partnership("Newer", published_at="2021-01-01T00:00Z", countries=["IT"])

    page = client.get("/partnerships/?country=IT").content.decode()

    assert titles(client, "?country=IT&sort=newest") == ["Newer", "Older"]
    assert 'href="?country=IT&amp;sort=newest"' in page


def test_the_file_of_a_list_has_the_same_filters(client: Client) -> None:
    assert (
        'href="/data/partnerships.csv?q=care&amp;country=IT"'
        in client.get("/partnerships/?q=care&country=IT").content.decode()
    )


def test_a_search_keeps_the_filters_and_shows_its_words(client: Client) -> None:
    page = client.get("/partnerships/?q=care+%22home%22&country=IT&country=NO").content.decode()

    assert 'value="care &quot;home&quot;"' in page
    assert page.count('<input type="hidden" name="country"') == 2


def test_nothing_found_leads_back_to_everything(client: Client) -> None:
    factories.partnership("Brescia")

    page = client.get("/partnerships/?q=perth").content.decode()

    assert "Nothing found" in page
    assert 'href="?"' in page


def test_inferred_positions_show_on_request(client: Client) -> None:
    factories.partnership("Guessed", design="shared", delivery="shared", phase=factories.INFERENCE)

    [hidden] = client.get("/partnerships/").context["cards"]
    [shown] = client.get("/partnerships/?inferred=1").context["cards"]

    assert (hidden.tag, hidden.inferred) == ("Not placed", False)
    assert (shown.tag, shown.inferred) == ("5 · Full Co-Production", True)
