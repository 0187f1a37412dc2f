"""The guide: every page opens with and without the library, reads in a few minutes, and keeps figures off case pages."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from partnerships.models import Partnership
from partnerships.presenters.guide import SLUGS
from partnerships.views.guide import PAGES
from taxonomy.figures import FIGURES
from taxonomy.glossary import GLOSSARY
from taxonomy.guide import ROLES
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = ["/guide/", *(f"/guide/{slug}/" for slug in SLUGS)]
# A page is read at one go; the glossary is looked up.
MOST_WORDS = 1200


@pytest.fixture
def _library() -> None:
    call_command("load_library", verbosity=0)


def main(client: Client, address: str) -> str:
    """What stands between the header and the footer of a page."""
    html = client.get(address).content.decode()
    return re.search(r"<main.*</main>", html, re.S)[0]


def test_every_page_in_the_contents_has_a_view() -> None:
    assert {*PAGES, "glossary"} == set(SLUGS)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_opens_where_the_register_is_empty(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("address", [address for address in ADDRESSES if "glossary" not in address])
def test_a_page_is_read_at_one_go(client: Client, address: str) -> None:
    assert len(strip_tags(main(client, address)).split()) <= MOST_WORDS


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_the_page_and_to_the_glossary_has_its_target(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    here = set(re.findall(r'\sid="([^"]*)"', html))

    assert set(re.findall(r'href="#([^"]+)"', html)) <= here
    assert set(re.findall(r'href="/guide/glossary/#([^"]+)"', html)) <= GLOSSARY.keys()


@pytest.mark.usefixtures("_library")
def test_pages_of_the_guide_link_to_pages_that_are_there(client: Client) -> None:
    links = {link for address in ADDRESSES for link in re.findall(r'href="(/[^"#]*)', main(client, address))}

    assert {link: client.get(link).status_code for link in links if not link.startswith("/static/")} == dict.fromkeys(
        links, 200
    )


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
    assert [number for number in re.findall(r'bars__number">([\d.]+)', html)] == [
        row.value for table in FIGURES for row in table.rows
    ]


@pytest.mark.usefixtures("_library")
def test_survey_figures_stand_on_no_case_page(client: Client) -> None:
    titles = [table.title for table in FIGURES]

    for record in Partnership.objects.published()[:10]:
        html = client.get(record.get_absolute_url()).content.decode()
        assert not [title for title in titles if title in html]
        assert "bars__value" not in html


def test_every_word_of_the_glossary_has_its_anchor(client: Client) -> None:
    html = main(client, "/guide/glossary/")

    assert set(re.findall(r'<div id="([a-z-]+)"><dt>', html)) == GLOSSARY.keys()


@pytest.mark.parametrize("address", ["/about/", "/codebook/", "/data/", "/guide/", "/guide/reading/", "/lessons/"])
def test_words_of_the_glossary_are_linked_once_a_page(client: Client, address: str) -> None:
    linked = re.findall(r'class="govuk-link term" href="/guide/glossary/#([a-z-]+)"', main(client, address))

    assert linked
    assert len(linked) == len(set(linked))
