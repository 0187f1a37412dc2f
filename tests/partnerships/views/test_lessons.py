"""The lessons page."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from taxonomy.vocabulary import LESSON_THEMES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def _library() -> None:
    call_command("load_library", verbosity=0)


@pytest.mark.usefixtures("_library")
def test_all_lessons_of_the_library_stand_on_the_page_once(client: Client) -> None:
    response = client.get("/lessons/")
    html = response.content.decode()

    assert response.context["page"].heading == "22 lessons from 6 case studies"
    assert html.count('<p class="lesson__from">') == 22
    assert 'href="/partnerships/brescia-citta-del-noi/#study"' in html


@pytest.mark.usefixtures("_library")
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


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("theme", LESSON_THEMES.codes)
def test_each_theme_leads_to_as_many_lessons_as_its_filter_says(client: Client, theme: str) -> None:
    facet = client.get("/lessons/").context["filters"].facets[0]
    counts = {option.id.removeprefix("facet-theme-"): option.count for option in (*facet.options, *facet.more)}

    html = client.get(f"/lessons/?theme={theme}").content.decode()

    assert html.count("lesson__from") == counts.get(theme, 0)


@pytest.mark.parametrize("query", ["theme=x", "theme=funding&theme=%00", "theme=" + "x" * 5000, "theme=%3Cb%3E"])
def test_an_unknown_theme_is_refused_in_words(client: Client, query: str) -> None:
    response = client.get(f"/lessons/?{query}")

    assert response.status_code == 400
    assert "is not one that the register knows." in response.content.decode()
    assert "<b>”" not in response.content.decode()


@pytest.mark.parametrize("query", ["theme=", "theme=%20", "theme=funding&theme=funding", "utm_source=x"])
def test_empty_and_repeated_themes_are_no_fault(client: Client, query: str) -> None:
    assert client.get(f"/lessons/?{query}").status_code == 200


def test_an_unknown_filter_is_refused_as_everywhere(client: Client) -> None:
    assert client.get("/lessons/?country=XX").status_code == 400


def test_an_empty_register_says_so(client: Client) -> None:
    assert "No case study has lessons yet." in client.get("/lessons/").content.decode()


@pytest.mark.usefixtures("_library")
def test_tabs_keep_the_filters_and_leave_the_themes(client: Client) -> None:
    tabs = {tab.text: tab for tab in client.get("/lessons/?country=IT&theme=funding").context["views"]}

    assert tabs["Matrix"].url == "/?country=IT"
    assert tabs["Lessons"].on


def test_a_lesson_is_text(client: Client) -> None:
    record = factories.partnership("Kent")
    factories.case_study(record).lessons.create(theme="time", text="<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/lessons/").content.decode()
