"""Short words for codes, and joining them into sentences."""

import pytest

from partnerships.models.fields import Member
from partnerships.presenters import words
from taxonomy.lenses import PROFESSIONAL, SECTOR
from taxonomy.vocabulary import UNITS


@pytest.mark.parametrize(
    ("items", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), ([2, 5, 8], "2, 5 or 8"), (iter("ab"), "a or b")],
)
def test_joining(items: list[object], joined: str) -> None:
    assert words.joined(items) == joined


def test_joining_with_another_last_word() -> None:
    assert words.joined(["pays", "refers", "inspects"], last="and") == "pays, refers and inspects"


def test_a_code_of_another_day_stands_for_itself() -> None:
    assert words.term("VEHICLES", "time_share") == "time_share"
    assert words.term("VEHICLES", "") == ""
    assert words.term("VEHICLES", "social_impact_bond") not in ("", "social_impact_bond")
    assert words.unit("flagship") == "flagship"
    assert (words.area("99.9"), words.area("10") != "10") == ("99.9", True)
    assert words.level(SECTOR, "robots") == "robots"
    assert words.level(SECTOR, "") == "Not known"


def test_every_unit_has_one_or_two_words() -> None:
    assert {code: words.unit(code) for code in UNITS.codes} == {
        "case": "Case",
        "programme": "Programme",
        "component": "Part of a service",
        "class": "Type of scheme",
        "vehicle": "Way of buying, funding or planning",
        "country_pattern": "Country pattern",
        "illustration": "Illustration",
        "reference": "Study or policy idea",
    }


def test_a_code_by_its_label_and_nothing_for_nothing() -> None:
    assert words.term("CERTAINTIES", "source_stated") == "A source says so"
    assert words.term("CERTAINTIES", "") == ""


def test_areas_and_countries_have_plain_names() -> None:
    assert words.area("07") == "Health"
    assert words.country("IT") == "Italy"


def test_a_responsibility_that_nobody_stated_is_not_known() -> None:
    assert words.level(SECTOR, "citizens_or_third_sector") == "Citizens or third sector"
    assert words.level(PROFESSIONAL, "professionals") == "Professionals"
    assert words.level(SECTOR, "") == "Not known"


@pytest.mark.parametrize(
    ("members", "text"),
    [
        (set(), ""),
        ({5}, "5"),
        ({9, 6}, "6 or 9"),
        ({"outside", 7}, "7 or outside the matrix"),
        ({"nobody", "outside", 1}, "1, outside the matrix or nobody named"),
    ],
)
def test_a_set_of_cells_in_matrix_order(members: set[Member], text: str) -> None:
    assert words.cells(members) == text
