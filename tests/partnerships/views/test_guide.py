"""The guide: every page opens with and without the library, is soon read, and keeps figures off case pages."""

import re

import pytest
from django.test import Client

from partnerships.presenters.guide import SLUGS
from partnerships.views.guide import PAGES
from taxonomy.figures import FIGURES
from taxonomy.glossary import GLOSSARY
from taxonomy.guide import ROLES
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = ["/guide/", *(f"/guide/{slug}/" for slug in SLUGS)]


def main(client: Client, address: str) -> str:
    """What stands between the header and the footer of a page."""
    html = client.get(address).content.decode()
    return re.search(r"<main.*</main>", html, re.S)[0]


def test_every_page_in_the_contents_has_a_view() -> None:
    assert {*PAGES, "glossary"} == set(SLUGS)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_where_the_register_is_empty(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_there_is_no_other_page(client: Client) -> None:
    assert client.get("/guide/nothing/").status_code == 404


def test_inferred_positions_stay_folded(client: Client) -> None:
    factories.partnership(
        slug="hmp-peterborough-social-investment-bond", design="shared", delivery="shared", phase=factories.INFERENCE
    )

    [folded] = re.findall(r"<details.*?</details>", main(client, "/guide/reading/"), re.S)

    assert "Nobody says so." in folded
    assert "<details open" not in folded


def test_each_group_has_its_questions(client: Client) -> None:
    html = main(client, "/guide/questions/")

    assert re.findall(r'<h2 id="([a-z-]+)"', html) == [role.code for role in ROLES]
    assert html.count("?</li>") == sum(len(role.questions) for role in ROLES)


def test_bars_are_drawn_by_attributes_that_every_language_reads(client: Client) -> None:
    html = main(client, "/guide/figures/")

    assert '<rect class="bars__value" width="9.7" height="10" />' in html
    assert re.findall(r'bars__number">([\d.]+)', html) == [row.value for table in FIGURES for row in table.rows]


def test_every_word_of_the_glossary_has_its_anchor(client: Client) -> None:
    html = main(client, "/guide/glossary/")

    assert set(re.findall(r'<div id="([a-z-]+)"><dt>', html)) == GLOSSARY.keys()


@pytest.mark.parametrize("address", ["/about/", "/codebook/", "/data/", "/guide/", "/guide/reading/", "/lessons/"])
def test_words_of_the_glossary_are_linked_once_a_page(client: Client, address: str) -> None:
    linked = re.findall(r'class="govuk-link term" href="/guide/glossary/#([a-z-]+)"', main(client, address))

    assert linked
    assert len(linked) == len(set(linked))
