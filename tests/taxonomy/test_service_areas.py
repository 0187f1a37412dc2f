"""All of COFOG 1999, in plain words."""

import pytest

from taxonomy.service_areas import AREAS, DIVISIONS, division_of, groups_of

GROUPS = {"01": 8, "02": 5, "03": 6, "04": 9, "05": 6, "06": 6, "07": 6, "08": 6, "09": 8, "10": 9}


def test_ten_divisions_each_with_an_example() -> None:
    assert DIVISIONS.codes == tuple(GROUPS)
    assert all(term.label and term.help and "COFOG" in term.citation for term in DIVISIONS)


def test_sixty_nine_groups_under_their_divisions() -> None:
    assert len(AREAS) == 10 + 69
    for division, size in GROUPS.items():
        assert [term.code for term in groups_of(division)] == [f"{division}.{n}" for n in range(1, size + 1)]


def test_each_division_is_followed_by_its_groups() -> None:
    assert AREAS.codes[:3] == ("01", "01.1", "01.2")
    assert AREAS.codes[-2:] == ("10.8", "10.9")
    assert list(AREAS.codes) == sorted(AREAS.codes)


def test_labels_tell_areas_apart() -> None:
    assert len({term.label for term in AREAS}) == len(AREAS)


def test_division_of() -> None:
    assert division_of("10.2") == "10"
    assert division_of("07") == "07"
    with pytest.raises(KeyError, match="'11'"):
        division_of("11")
    with pytest.raises(KeyError, match=r"'07\.1'"):
        groups_of("07.1")
