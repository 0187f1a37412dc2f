"""Arrows from the literature: from one set of cells to another, in a drawing and in words."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from partnerships.presenters.movement import GAP, SIZE, Arrow, arrow, arrows, path_words
from partnerships.selection import Selection, select
from tests import factories


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def states(drawn: Arrow) -> dict[int, str]:
    return {square.number: square.state for square in drawn.squares if square.state}


def ends(drawn: Arrow) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the shaft begins and where the head points."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", drawn.line + drawn.head)]
    return (numbers[0], numbers[1]), (numbers[4], numbers[5])


def test_both_ends_are_marked_on_the_nine_cells() -> None:
    drawn = arrow({4, 7}, {5}, "Italy", "/partnerships/italy/")

    assert [square.number for square in drawn.squares] == list(range(1, 10))
    assert states(drawn) == {4: "from", 7: "from", 5: "to"}
    assert (drawn.path, drawn.title, drawn.url) == ("from 4 or 7 to 5", "Italy", "/partnerships/italy/")


def test_the_arrow_runs_between_the_middles_of_the_nearest_cells() -> None:
    assert ends(arrow({1}, {9})) == ((20, 20), (108, 108))
    assert ends(arrow({4, 7}, {5})) == ((20, 64), (64, 64))


SETS = [{2, 8}, {1, 3}, {1, 9}, {4, 7}, {3, 6, 9}, {1, 2, 4, 5}, {5}, {2, 5, 8}, {7, 8, "nobody"}]


@pytest.mark.parametrize("before", SETS)
@pytest.mark.parametrize("after", SETS)
def test_both_ends_lie_in_cells_of_their_sets(before: set, after: set) -> None:
    for (x, y), cells in zip(ends(arrow(before, after)), (before, after), strict=True):
        assert 3 * (y // (SIZE + GAP)) + x // (SIZE + GAP) + 1 in cells


def test_a_movement_within_one_set_has_no_length_and_is_drawn_all_the_same() -> None:
    drawn = arrow({5}, {5})

    assert states(drawn) == {5: "to"}
    assert ends(drawn) == ((64, 64), (64, 64))


def test_a_movement_in_words() -> None:
    assert path_words({1}, {3, 6, 9}) == "from 1 to 3, 6 or 9"
    assert path_words({1, "nobody"}, {"outside"}) == "from 1 or nobody named to outside the matrix"


@pytest.mark.django_db
def test_arrows_are_those_of_the_selection_under_its_lens() -> None:
    for title, country, lens in (("Italy", "IT", "sector"), ("Norway", "NO", "sector"), ("Paid", "IT", "professional")):
        record = factories.partnership(title, countries=[country], unit="country_pattern")
        factories.statement(record, kind="movement", from_cells={4}, to_cells={5}, lens=lens)
        factories.statement(record, cells={8})
    hidden = factories.partnership("Hidden", status="draft")
    factories.statement(hidden, kind="movement", from_cells={4}, to_cells={5})

    assert [drawn.title for drawn in arrows(read())] == ["Italy", "Norway"]
    assert [drawn.title for drawn in arrows(read("country=IT"))] == ["Italy"]
    assert [drawn.title for drawn in arrows(read("lens=professional"))] == ["Paid"]


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [({"outside"}, {5}), ({5}, {"nobody"}), ({"nobody"}, {"outside"})])
def test_a_movement_out_of_the_matrix_breaks_no_page(client: Client, before: set[str], after: set[str]) -> None:
    record = factories.partnership("Italy")
    factories.statement(record, kind="movement", from_cells=before, to_cells=after)

    assert client.get("/").status_code == 200
    assert path_words(before, after) in client.get("/partnerships/italy/").content.decode()
