"""The guide's own theory: whole, cited, and with the figures that the sources print."""

import pytest

from taxonomy.figures import AMOUNTS, FIGURES
from taxonomy.glossary import GLOSSARY
from taxonomy.guide import READINGS, ROLES
from taxonomy.guide_debate import CHALLENGES, DISPUTES, OPPORTUNITIES, SCOPES
from taxonomy.vocabulary import DEFINITIONS, LESSON_THEMES

# As printed: Löffler, figures 1 and 2 and pp. 11-12; Reducing Reoffending evaluation, para 5.24.
PRINTED = {
    "index": ["56", "53", "52", "51", "48"],
    "groups": ["9.7", "7.9", "5.9"],
    "officers": ["89", "86", "81", "79", "76", "59"],
    "partners": ["82", "80", "76"],
}


def test_there_are_questions_for_seven_groups() -> None:
    assert [role.name for role in ROLES] == [
        "Front-line staff", "Middle managers", "HR managers", "Finance managers", "Performance managers",
        "Chief executive", "Councillors",
    ]  # fmt: skip
    assert len({role.code for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_a_group_has_several_questions_and_themes_of_the_vocabulary(role) -> None:
    assert 4 <= len(role.questions) <= 6
    assert all(question.endswith("?") for question in role.questions)
    assert set(role.themes) <= set(LESSON_THEMES.codes)


def test_there_are_as_many_points_as_in_the_hand_out() -> None:
    assert (len(OPPORTUNITIES), len(CHALLENGES)) == (5, 8)


@pytest.mark.parametrize("point", [*OPPORTUNITIES, *CHALLENGES, *DISPUTES], ids=lambda point: point.code)
def test_every_point_is_cited(point) -> None:
    assert point.citation
    assert point.text.endswith(".")


def test_points_and_situations_can_be_anchors_of_one_page() -> None:
    for several in ((*OPPORTUNITIES, *CHALLENGES), DISPUTES, READINGS):
        assert len({each.code for each in several}) == len(several)


def test_every_definition_says_who_uses_it() -> None:
    assert tuple(SCOPES) == DEFINITIONS.codes


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.code)
def test_a_situation_belongs_to_a_word_of_the_glossary(reading) -> None:
    assert reading.term in GLOSSARY


def test_the_figures_are_those_of_the_sources() -> None:
    assert {table.code: [row.value for row in table.rows] for table in FIGURES} == PRINTED
    assert [row.label for row in FIGURES[0].rows] == [
        "United Kingdom", "Germany", "Czech Republic", "France", "Denmark",
    ]  # fmt: skip
    assert [amount.value for amount in AMOUNTS] == ["£1.2 million a year", "€209,000"]


@pytest.mark.parametrize("table", FIGURES, ids=lambda table: table.code)
def test_every_table_says_with_what_care_to_read_it_and_where_it_is_from(table) -> None:
    assert table.cautions
    assert table.citation
    assert all(0 <= row.share <= 100 for row in table.rows)


def test_a_bar_is_as_long_as_its_number() -> None:
    assert FIGURES[1].rows[0].share == 9.7
