"""The guide and the lessons with the bundled library: soon read, every link and number true."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoDbBlocker

from partnerships.models import Partnership
from partnerships.presenters.guide import SLUGS
from taxonomy.figures import FIGURES
from taxonomy.glossary import GLOSSARY
from taxonomy.vocabulary import LESSON_THEMES
from tests import factories, library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_library")]
ADDRESSES = ["/guide/", *(f"/guide/{slug}/" for slug in SLUGS)]
# A page is read at one go; the glossary is looked up.
MOST_WORDS = 1200


@pytest.fixture(scope="module")
def _library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, library.load):
        yield


def main(client: Client, address: str) -> str:
    """What stands between the header and the footer of a page."""
    html = client.get(address).content.decode()
    return re.search(r"<main.*</main>", html, re.S)[0]


# ---- The guide ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [address for address in ADDRESSES if "glossary" not in address])
def test_a_page_is_read_at_one_go(client: Client, address: str) -> None:
    seen = re.sub(r'<(\w+) class="govuk-visually-hidden">.*?</\1>', "", main(client, address), flags=re.S)
    assert len(strip_tags(seen).split()) <= MOST_WORDS


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_within_the_page_and_to_the_glossary_has_its_target(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    here = set(re.findall(r'\sid="([^"]*)"', html))

    assert set(re.findall(r'href="#([^"]+)"', html)) <= here
    assert set(re.findall(r'href="/guide/glossary/#([^"]+)"', html)) <= GLOSSARY.keys()


def test_pages_of_the_guide_link_to_pages_that_are_there(client: Client) -> None:
    links = {link for address in ADDRESSES for link in re.findall(r'href="(/[^"#]*)', main(client, address))}

    assert {link for link in links if client.get(link).status_code != 200} == set()


def test_survey_figures_stand_on_no_case_page(client: Client) -> None:
    titles = [table.title for table in FIGURES]
    guide = main(client, "/guide/figures/")
    assert "bars__value" in guide
    assert [title for title in titles if title not in guide] == []

    for record in Partnership.objects.published()[:10]:
        html = client.get(record.get_absolute_url()).content.decode()
        assert not [title for title in titles if title in html]
        assert "bars__value" not in html


# ---- Lessons -----------------------------------------------------------------------------------


def test_all_lessons_of_the_library_stand_on_the_page_once(client: Client) -> None:
    response = client.get("/lessons/")
    html = response.content.decode()

    assert response.context["page"].heading == "22 lessons from 6 case studies"
    assert html.count('<p class="lesson__from">') == 22
    assert 'href="/partnerships/brescia-citta-del-noi/#study"' in html


@pytest.mark.parametrize("query", ["", "?inferred=1", "?country=GB", "?theme=funding&theme=time", "?lens=professional"])
def test_every_number_leads_to_a_part_of_the_page_with_as_many_lessons(client: Client, query: str) -> None:
    html = client.get(f"/lessons/{query}").content.decode()
    numbers = re.findall(r'<td><a class="govuk-link" href="#([a-z_]+-\w+)">(\d+)<', html)

    assert numbers
    for anchor, number in numbers:
        [group] = re.findall(rf'<div class="lesson-group" id="{anchor}">(.*?)</div>', html, re.S)
        assert group.count("lesson__from") == int(number)
    for theme, number in re.findall(r'<td><a class="govuk-link" href="#([a-z_]+)">(\d+)<', html):
        [section] = re.findall(rf'<section class="lesson-theme" aria-labelledby="{theme}">(.*?)</section>', html, re.S)
        assert section.count("lesson__from") == int(number)


@pytest.mark.parametrize("theme", LESSON_THEMES.codes)
def test_each_theme_leads_to_as_many_lessons_as_its_filter_says(client: Client, theme: str) -> None:
    facet = client.get("/lessons/").context["filters"].facets[0]
    counts = {option.id.removeprefix("facet-theme-"): option.count for option in (*facet.options, *facet.more)}

    html = client.get(f"/lessons/?theme={theme}").content.decode()

    assert html.count("lesson__from") == counts.get(theme, 0)


def test_tabs_keep_the_filters_and_leave_the_themes(client: Client) -> None:
    tabs = {tab.text: tab for tab in client.get("/lessons/?country=IT&theme=funding").context["views"]}

    assert tabs["Matrix"].url == "/?country=IT"
    assert tabs["Lessons"].on
