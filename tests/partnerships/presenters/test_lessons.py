"""Lessons by theme and place, and those of one cell."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from partnerships.models import Partnership
from partnerships.presenters.lesson_filters import themed
from partnerships.presenters.lessons import LessonsPage, all_in, heading, lessons_in, lessons_page
from partnerships.selection import select
from taxonomy.lenses import PROFESSIONAL
from tests import factories

pytestmark = pytest.mark.django_db
FIVE = {"design": "shared", "delivery": "shared"}


def taught(title: str, *themes: str, **fields: object) -> Partnership:
    """A partnership with a lesson of each theme, whose text names both."""
    record = factories.partnership(title, **fields)
    study = factories.case_study(record)
    for theme in themes:
        study.lessons.create(theme=theme, text=f"{title} on {theme}")
    return record


def page(query: str = "", *themes: str) -> LessonsPage:
    return lessons_page(themed(select(QueryDict(query)), themes))


def table(found: LessonsPage) -> dict[str, dict[str, int]]:
    """The numbers by theme and place, as far as there are any."""
    places = [column.code for column in found.columns]
    return {
        theme.code: {place: n.count for place, n in zip(places, theme.numbers, strict=True) if n.count}
        for theme in found.themes
    }


def listed(found: LessonsPage) -> list[str]:
    return [lesson.text for theme in found.themes for group in theme.groups for lesson in group.lessons]


# ---- By theme ----------------------------------------------------------------------------------


@pytest.fixture
def _places() -> None:
    """A case in cell 5, one in 8, one in a set, one without a place, one inferred, and a type of scheme."""
    taught("Brescia", "funding", "time", **FIVE, countries=["IT"])
    taught("Utrecht", "funding", design="shared", delivery="citizens_or_third_sector")
    taught("Kent", "funding", possible={6, 9})
    taught("Leith", "time")
    taught("Nice", "time", **FIVE, phase=factories.INFERENCE)
    taught("Bonds", "time", **FIVE, unit="class")


@pytest.mark.usefixtures("_places")
def test_numbers_are_those_of_the_lessons_below_them() -> None:
    found = page()

    assert table(found) == {
        "funding": {"5": 1, "8": 1, "partly": 1},
        "time": {"5": 1, "nowhere": 3},
    }
    for theme in found.themes:
        groups = {group.id: len(group.lessons) for group in theme.groups}
        assert groups == {n.url.removeprefix("#"): n.count for n in theme.numbers if n.count}
        assert theme.count == sum(groups.values())
    assert found.heading == "7 lessons from 6 case studies"
    assert found.has_nowhere


@pytest.mark.usefixtures("_places")
def test_of_many_lessons_each_theme_shows_the_first_and_leads_to_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnerships.presenters.lessons.MANY", 3)
    monkeypatch.setattr("partnerships.presenters.lessons.FIRST", 1)
    funding, time = page().themes

    assert (len(listed(page())), funding.count, funding.more, time.count, time.more) == (2, 3, 2, 4, 3)
    assert (funding.url, funding.numbers[0].url) == ("?theme=funding", "?theme=funding#funding-5")
    alone = page("", "funding")
    assert len(listed(alone)) == 3
    assert {group.id for theme in alone.themes for group in theme.groups} >= {"funding-5"}


@pytest.mark.usefixtures("_places")
def test_places_come_in_the_order_of_the_matrix_with_the_open_ones_last() -> None:
    found = page()

    assert [(c.code, c.name, c.help) for c in found.columns] == [
        ("5", "Cell 5", "Full Co-Production"), ("8", "Cell 8", "Co-Governance"), ("partly", "Partly placed", ""),
        ("nowhere", "No cell", ""),
    ]  # fmt: skip
    assert [c.url for c in found.columns] == ["?cell=5", "?cell=8", "?cell=partly", ""]
    assert listed(found)[:3] == ["Brescia on funding", "Utrecht on funding", "Kent on funding"]


@pytest.mark.usefixtures("_places")
def test_a_column_leads_to_as_many_lessons_as_it_holds() -> None:
    found = page()

    for place, column in enumerate(found.columns):
        if column.url:
            held = sum(theme.numbers[place].count for theme in found.themes)
            assert len(listed(page(column.url.removeprefix("?")))) == held


@pytest.mark.usefixtures("_places")
def test_inferred_positions_show_on_request_only() -> None:
    hidden, shown = page(), page("inferred=1")

    assert table(hidden)["time"] == {"5": 1, "nowhere": 3}
    assert table(shown)["time"] == {"5": 2, "nowhere": 2}
    [nice] = [x for t in shown.themes for g in t.groups for x in g.lessons if x.case == "Nice"]
    assert (nice.inferred, nice.tag) == (True, "5 · Full Co-Production")
    assert nice.url == "/partnerships/nice/?inferred=1#study"
    [nice] = [x for t in hidden.themes for g in t.groups for x in g.lessons if x.case == "Nice"]
    assert (nice.inferred, nice.tag, nice.open) == (False, "Not placed", True)


@pytest.mark.usefixtures("_places")
def test_what_the_matrix_does_not_count_is_said() -> None:
    [bonds] = [x for t in page("unit=class").themes for g in t.groups for x in g.lessons]

    assert (bonds.unit, bonds.tag) == ("Type of scheme", "5 · Full Co-Production")
    assert table(page("unit=class")) == {"time": {"nowhere": 1}}


@pytest.mark.usefixtures("_places")
def test_filters_apply() -> None:
    assert listed(page("country=IT")) == ["Brescia on time", "Brescia on funding"] or listed(page("country=IT")) == [
        "Brescia on funding", "Brescia on time",
    ]  # fmt: skip
    assert page("cell=8").heading == "1 lesson from 1 case study"
    assert page("lens=professional").columns[0].code == "nowhere"


@pytest.mark.usefixtures("_places")
def test_themes_narrow_and_stay_in_every_link() -> None:
    found = page("country=IT&inferred=1", "funding")

    assert listed(found) == ["Brescia on funding"]
    assert found.columns[0].url == "?country=IT&cell=5&inferred=1&theme=funding"
    assert ("theme", "funding") in found.filters.hidden
    assert [(chip.text, chip.remove_url) for chip in found.filters.chips] == [
        ("Funding", "?country=IT&inferred=1"), ("Italy", "?inferred=1&theme=funding"),
    ]  # fmt: skip
    assert found.filters.clear_url == "/lessons/"


@pytest.mark.usefixtures("_places")
def test_the_themes_are_a_filter_that_counts_lessons() -> None:
    facet = page("", "funding").filters.facets[0]

    assert [(o.text, o.count, o.url, o.on) for o in facet.options] == [
        ("Funding", 3, "?", True), ("Time", 4, "?theme=funding&theme=time", False),
    ]  # fmt: skip


@pytest.mark.usefixtures("_places")
def test_options_count_case_studies_with_lessons_of_the_themes() -> None:
    factories.partnership("No lessons", countries=["NO"], **FIVE)

    country = next(facet for facet in page("", "funding").filters.facets if facet.name == "country")

    assert [(option.text, option.count) for option in country.options] == [("Italy", 1)]


def test_a_year_decides_where_the_case_stood() -> None:
    record = taught("Kent", "time", phase={**factories.position("public", "public"), "starts": "2001-01-01",
                                           "starts_precision": "year", "certainty": "source_stated"})  # fmt: skip
    factories.add_phase(record, starts="2010-01-01", starts_precision="year", **FIVE)

    assert table(page("year=2005")) == {"time": {"1": 1}}
    assert table(page("year=2015")) == table(page()) == {"time": {"5": 1}}
    assert table(page("year=1999")) == {}


def test_drafts_teach_nobody() -> None:
    taught("Kent", "time", status="draft")

    assert page().heading == "0 lessons"
    assert page().themes == ()


@pytest.mark.usefixtures("_places")
def test_where_nothing_is_found_the_ways_out_are_told() -> None:
    found = page("country=IT", "training")

    assert found.themes == ()
    assert [(way.text, way.count, way.url) for way in found.ways_out] == [("Training", 1, "?country=IT")]


@pytest.mark.parametrize("query", ["", "inferred=1", "cell=5", "year=2010", "lens=professional&sort=newest"])
@pytest.mark.usefixtures("_places")
def test_four_queries_are_enough(django_assert_max_num_queries, query: str) -> None:
    with django_assert_max_num_queries(4):
        page(query)


def test_how_many_in_words() -> None:
    assert heading(1, 1) == "1 lesson from 1 case study"
    assert heading(22, 6) == "22 lessons from 6 case studies"
    assert heading(0, 0) == "0 lessons"


# ---- Of one cell -------------------------------------------------------------------------------


def texts(query: str, cell: int) -> list[str]:
    return [lesson.text for lesson in lessons_in(select(QueryDict(query)), cell)]


@pytest.mark.usefixtures("_places")
def test_a_cell_has_the_lessons_of_what_stands_in_it(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = lessons_in(select(QueryDict("")), 5)

    assert [(lesson.text, lesson.case, lesson.theme) for lesson in found] == [
        ("Brescia on funding", "Brescia", "Funding"), ("Brescia on time", "Brescia", "Time"),
    ]  # fmt: skip
    assert not any(lesson.inferred or lesson.tag for lesson in found)
    assert texts("", 1) == []
    assert texts("country=NO", 5) == []


@pytest.mark.usefixtures("_places")
def test_a_cell_marks_lessons_of_inferred_positions() -> None:
    found = lessons_in(select(QueryDict("inferred=1")), 5)

    assert [lesson.case for lesson in found if lesson.inferred] == ["Nice"]


def test_a_cell_shows_six_lessons_from_as_many_cases_as_it_can() -> None:
    taught("Ayr", *["time"] * 7, **FIVE)
    taught("Bonn", "funding", "time", **FIVE)

    assert [text.split()[0] for text in texts("", 5)] == ["Ayr", "Bonn", "Ayr", "Bonn", "Ayr", "Ayr"]


def test_a_cell_of_another_lens_has_its_own() -> None:
    taught("Kent", "time", phase={**factories.position("shared", "shared", lens=PROFESSIONAL), "certainty": "assessed"})

    assert texts("lens=professional", 5) == ["Kent on time"]
    assert texts("", 5) == []


def test_a_cell_as_of_a_year() -> None:
    taught("Kent", "time", phase={**factories.position("shared", "shared"), "starts": "2001-01-01",
                                  "starts_precision": "year", "certainty": "source_stated"})  # fmt: skip

    assert texts("year=2005", 5) == ["Kent on time"]
    assert texts("year=1990", 5) == []


def test_all_lessons_of_a_cell_have_an_address() -> None:
    assert all_in(select(QueryDict("country=IT")), 5) == "/lessons/?country=IT&cell=5"


def test_the_texts_of_the_cases_are_not_fetched() -> None:
    for title in ("One", "Two"):
        taught(title, "funding", **FIVE)

    with CaptureQueriesContext(connection) as queries:
        assert len(lessons_in(select(QueryDict("")), 5)) == 2
        assert page().heading == "2 lessons from 2 case studies"

    assert len(queries) == 5
    fetched = " ".join(query["sql"] for query in queries)
    assert not [name for name in ("narrative", "search_text", "curator_note", "body") if f'"{name}"' in fetched]
