"""The comparisons as pages: choosing without JavaScript, what cannot be shown, and what was typed wrongly."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.models import Partnership
from tests import factories

pytestmark = pytest.mark.django_db
CASES, SELECTIONS = "/compare/", "/compare/selections/"


@pytest.fixture
def register() -> list[Partnership]:
    """Six published records that share a country, from "Case 0" on."""
    return [
        factories.partnership(f"Case {number}", countries=["IT"], design="shared", delivery="shared")
        for number in range(6)
    ]


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def links(html: str, word: str) -> list[str]:
    """Where links lead whose text begins with a word."""
    return [url.replace("&amp;", "&") for url in re.findall(rf'href="([^"]*)"[^>]*>{word}', html)]


# ---- Cases ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("register")
def test_it_begins_with_a_search_and_something_to_add(client: Client) -> None:
    html = text_of(client, CASES)

    assert "None chosen yet" in html
    assert links(html, "Add")[0] == "/compare/?p=case-5"
    assert "Side by side" not in html


@pytest.mark.usefixtures("register")
def test_a_search_adds_to_what_is_chosen(client: Client) -> None:
    html = text_of(client, "/compare/?p=case-1&q=case&inferred=1")

    assert "Found for “case”" in html
    assert "/compare/?p=case-1&p=case-0&inferred=1" in links(html, "Add")
    assert "/compare/?p=case-1&p=case-1&inferred=1" not in links(html, "Add")
    assert '<input type="hidden" name="p" value="case-1">' in html
    assert "Add at least one more" in html


def test_ten_are_found_at_most_with_the_way_to_all(client: Client) -> None:
    for number in range(12):
        factories.partnership(f"Garden {number}")

    html = text_of(client, "/compare/?q=garden")

    assert len(re.findall(r"candidates__add", html.split("Newest")[0])) == 10
    assert links(html, "All that are found") == ["/partnerships/?q=garden"]
    assert "Nothing else is found for “zanzibar”" in text_of(client, "/compare/?q=zanzibar")


@pytest.mark.usefixtures("register")
def test_related_cases_of_the_first_are_offered(client: Client) -> None:
    html = text_of(client, "/compare/?p=case-1")

    assert "Near to Case 1" in html
    assert "In common: cell 5 · Italy" in html


@pytest.mark.usefixtures("register")
def test_two_stand_side_by_side_and_each_can_be_removed(client: Client) -> None:
    html = text_of(client, "/compare/?p=case-1&p=case-2&inferred=1")

    assert "Side by side" in html
    assert 'href="/compare/?p=case-2&amp;inferred=1"' in html
    assert "Remove: Case 1" in html
    assert links(html, "Hide inferred positions") == ["/compare/?p=case-1&p=case-2"]


@pytest.mark.usefixtures("register")
def test_the_same_twice_counts_once_and_more_than_four_are_left_out(client: Client) -> None:
    twice = client.get("/compare/?p=case-1&p=case-1&p=+case-1").context
    assert [chip.text for chip in twice["picker"].chosen] == ["Case 1"]
    assert twice["page"] is None

    five = client.get("/compare/?" + "&".join(f"p=case-{number}" for number in range(6))).context
    assert [column.title for column in five["page"].columns] == ["Case 0", "Case 1", "Case 2", "Case 3"]
    assert five["picker"].problems == ("Four fit side by side: 2 more were left out.",)
    assert five["picker"].full


@pytest.mark.parametrize("slug", ["draft-one", "withdrawn-one", "nothing", "../../etc", "x" * 500, "a\x00b", "ß"])
def test_what_is_not_public_is_answered_like_what_never_was(client: Client, register: list, slug: str) -> None:
    for status in ("draft", "withdrawn"):
        hidden = factories.partnership("Hidden", status=status, countries=["IT"])
        Partnership.objects.filter(pk=hidden.pk).update(slug=f"{status}-one")

    response = client.get(CASES, {"p": ["case-1", slug]})
    nothing = client.get(CASES, {"p": ["case-1", "nothing-at-all"]})

    short = slug if len(slug) <= 60 else f"{slug[:60]}…"
    assert response.status_code == 200
    assert response.context["picker"].problems == (f"The register has no published partnership at “{short}”.",)
    page = response.context["page"], response.context["picker"].offers
    assert page == (nothing.context["page"], nothing.context["picker"].offers)
    assert "Hidden" not in response.content.decode()


def test_a_search_that_is_too_long_keeps_what_was_typed(client: Client, register: list) -> None:
    html = text_of(client, "/compare/?p=case-1&q=" + "y" * 201, status=400)

    assert "Search for up to 200 characters." in html
    assert "y" * 201 in html
    assert "Case 1" in html
    assert "“2”" in text_of(client, "/compare/?p=case-1&inferred=2", status=400)
    assert client.get("/compare/?q=a%00b").status_code == 400


def test_four_cost_as_much_as_two(client: Client, register: list[Partnership]) -> None:
    book = factories.source("Grey Book")
    for record in register:
        factories.statement(record, source=book, cells={5})
        factories.evidence(record, source=book)
        factories.add_phase(record, design="public", delivery="public")
        record.partners.create(kind="public", name="Leith", organisation=factories.organisation())

    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/compare/?q=case&" + "&".join(f"p=case-{n}" for n in range(number)))
        return len(queries)

    assert cost(2) == cost(3) <= 8
    assert cost(4) < cost(3)  # nothing more to offer


# ---- Selections -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("register")
def test_a_form_and_examples_come_first(client: Client) -> None:
    factories.partnership("Other", countries=["NL"], design="public", delivery="public")

    html = text_of(client, SELECTIONS)

    assert 'name="a-country"' in html
    assert 'name="b-year"' in html
    assert links(html, "Italy and Netherlands") == ["/compare/selections/?a-country=IT&b-country=NL"]
    assert "How they differ" not in html


@pytest.mark.usefixtures("register")
def test_two_selections_with_both_matrices(client: Client) -> None:
    factories.partnership("Other", countries=["NL"], design="public", delivery="public")

    html = text_of(client, "/compare/selections/?a-country=IT&b-country=NL")

    assert html.count('class="matrix"') == 2
    assert "Small numbers: A has 6 placed, B has 1." in html
    assert "in percentage points" in html
    assert re.findall(r"<b>([^<]*)</b></td>", html)[:5] == ["+100", "0", "0", "0", "−100"]
    assert "one scale of shares" in html
    assert 'href="/cells/5/?country=IT"' in html


@pytest.mark.usefixtures("register")
def test_one_side_alone_stands_against_the_whole_register(client: Client) -> None:
    page = client.get("/compare/selections/?a-unit=case&lens=professional&inferred=1").context["page"]

    assert [side.name for side in page.sides] == ["Case", "the whole register"]
    assert all("inferred=1" in link.url and "lens=professional" in link.url for link in page.sides[1].links)


@pytest.mark.usefixtures("register")
def test_every_parameter_of_a_selection_works_and_survives_the_form(client: Client) -> None:
    query = "a-country=IT&a-country=NL&a-vehicle=social_impact_bond&a-cell=5&a-area=07.2&b-does=run:public&b-year=2010"

    response = client.get(f"{SELECTIONS}?{query}")
    kept = [pair for side in response.context["sides"] for pair in side.kept]

    assert kept == [
        ("a-country", "IT"), ("a-vehicle", "social_impact_bond"), ("a-cell", "5"), ("b-does", "run:public"),
    ]  # fmt: skip
    html = response.content.decode()
    assert re.search(r'<option value="NL" selected>\s*Netherlands', html)
    assert re.search(r'<option value="07.2" selected>', html)
    assert re.search(r'name="b-year" value="2010"', html)


def test_what_makes_no_sense_is_said_beside_the_field_and_kept(client: Client) -> None:
    query = "a-country=XX&a-q=gardens&b-year=next&b-vehicle=zz&lens=third&b-q=" + "y" * 201

    html = text_of(client, f"{SELECTIONS}?{query}", status=400)

    for sentence in (
        "“XX” is not one",
        "Give the year in four digits",
        "planned: “zz” is not one",
        "“third” is not one",
    ):
        assert html.count(sentence) == 2 - ("zz" in sentence)
    assert '<option value="XX" selected>' in html
    assert 'name="a-q" value="gardens"' in html
    assert 'name="b-year" value="next"' in html
    assert "y" * 201 in html
    assert "<title>Error:" in re.sub(r"<title>\s+", "<title>", html)


@pytest.mark.parametrize("query", ["a-q=a%00b", "a-year=99999999999999999999", "b-cell=0", "inferred=2", "a-moved=5"])
def test_odd_values_are_never_an_error_of_the_server(client: Client, query: str) -> None:
    assert client.get(f"{SELECTIONS}?{query}").status_code == 400


def test_too_many_values_are_refused_in_words(client: Client) -> None:
    query = "&".join(f"a-nation=n{number}" for number in range(61))

    assert "That is too many values for one filter." in text_of(client, f"{SELECTIONS}?{query}", status=400)


def test_a_comparison_of_selections_costs_ten_queries_at_most(client: Client, register: list) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/compare/selections/?a-country=IT&a-q=case&b-year=2010&b-cell=5&inferred=1")

    assert len(queries) <= 10
