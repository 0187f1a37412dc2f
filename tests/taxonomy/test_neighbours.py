"""Which cells lie side by side, and what tells them apart."""

import pytest

from taxonomy.axes import Axis
from taxonomy.cells import NUMBERS, cell
from taxonomy.lenses import LENSES, PROFESSIONAL
from taxonomy.neighbours import neighbours


def test_a_corner_has_two_an_edge_three_and_the_middle_four() -> None:
    found = {n: tuple(neighbour.number for neighbour in neighbours(n)) for n in sorted(NUMBERS)}
    assert found == {
        1: (2, 4), 2: (1, 3, 5), 3: (2, 6), 4: (1, 5, 7), 5: (2, 4, 6, 8), 6: (3, 5, 9), 7: (4, 8), 8: (5, 7, 9),
        9: (6, 8),
    }  # fmt: skip


def test_the_axis_is_the_one_that_differs() -> None:
    for n in NUMBERS:
        for neighbour in neighbours(n):
            same_row = cell(n).row == cell(neighbour.number).row
            assert neighbour.axis is (Axis.DESIGN if same_row else Axis.DELIVERY)


def test_both_directions_say_something_different() -> None:
    for lens in LENSES.values():
        texts = {neighbour.difference for n in NUMBERS for neighbour in neighbours(n, lens)}
        assert len(texts) == 8
        assert all(text.startswith("There, ") and "; here, " in text for text in texts)


def test_the_words_follow_the_lens() -> None:
    assert "paid staff" in neighbours(1, PROFESSIONAL)[0].difference
    assert neighbours(4)[0].difference == (
        "There, the public sector delivers alone; here, it shares delivery with citizens or the third sector."
    )


def test_no_cell_no_neighbours() -> None:
    with pytest.raises(KeyError):
        neighbours(10)
