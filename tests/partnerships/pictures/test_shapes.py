"""Boxes, curves and edges: plain geometry."""

import re

import pytest

from partnerships.pictures.outlines import Letters, outlined, pieces
from partnerships.pictures.shapes import Box, Grid, bent, edge, head, loops

GRID = Grid(0, 0, 100, 100, 60, 40)
ROOM = Box(-50, -50, 400, 400)


def test_boxes_that_share_an_edge_do_not_meet() -> None:
    box = Box(0, 0, 10, 10)

    assert not box.meets(Box(10, 0, 10, 10))
    assert box.meets(Box(9, 9, 10, 10))
    assert box.grown(1).meets(Box(10, 0, 10, 10))
    assert box.around(Box(1, 1, 9, 9))
    assert not box.around(Box(1, 1, 10, 9))


@pytest.mark.parametrize(("number", "corner"), [(1, (0, 0)), (3, (200, 0)), (5, (100, 100)), (7, (0, 200))])
def test_cards_stand_in_the_order_of_the_cells(number: int, corner: tuple[float, float]) -> None:
    box = GRID.card(number)

    assert (box.x, box.y) == corner


@pytest.mark.parametrize(
    ("point", "number"), [((30, 20), 1), ((64, 20), 1), ((66, 20), 0), ((80, 70), 0), ((130, 120), 5), ((-9, -9), 0)]
)
def test_the_nearest_card_is_found_from_a_point(point: tuple[float, float], number: int) -> None:
    assert GRID.near(point, 5) == number


def test_a_curve_swings_out_to_the_right_of_travel() -> None:
    there, back = bent((0, 0), (100, 0), 20), bent((100, 0), (0, 0), 20)

    assert there.at(0.5) == (50, 20)  # the y axis points down, so the right hand of who goes right is below
    assert back.at(0.5) == (50, -20)
    assert there.at(0) == (0, 0)
    assert there.at(1) == (100, 0)


def test_a_part_of_a_curve_lies_on_it() -> None:
    whole = bent((0, 0), (100, 40), 30)
    part = whole.part(0.2, 0.7)

    for t in (0, 0.25, 0.5, 1):
        assert part.at(t) == pytest.approx(whole.at(0.2 + 0.5 * t))


def test_a_head_points_where_the_arrow_travels() -> None:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", head((10, 0), (1, 0), 8, 6))]

    assert numbers == [10, 0, 2, 3, 2, -3]


def test_the_edge_of_neighbours_goes_round_both_and_of_others_round_each() -> None:
    assert len(loops(GRID.area({4, 7}, 5))) == 1
    assert len(loops(GRID.area({2, 8}, 5))) == 2
    assert len(loops(GRID.area({1, 5}, 5))) == 2
    assert edge(GRID.area({2, 8}, 5), 4).count("Z") == 2


def test_a_block_of_four_has_no_hole() -> None:
    assert len(loops(GRID.area({1, 2, 4, 5}, 5))) == 1
    # All around the middle: an edge outside and one inside.
    assert len(loops(GRID.area({1, 2, 3, 4, 6, 7, 8, 9}, 5))) == 2


def test_a_set_falls_into_pieces() -> None:
    assert pieces({9, 6, 8}) == [{6, 8, 9}]
    assert pieces({2, 8}) == [{2}, {8}]
    assert pieces({1, 5, 9}) == [{1}, {5}, {9}]
    assert pieces(set()) == []


def test_every_piece_bears_the_name_of_its_set_off_all_cards() -> None:
    found = outlined(frozenset({2, 8}), "2 or 8", GRID, ROOM, Letters(5, 12))

    assert len(found.labels) == 2
    assert not any(label.meets(GRID.card(number)) for label in found.labels for number in range(1, 10))


def test_sets_that_share_a_cell_get_edges_apart() -> None:
    first = outlined(frozenset({4, 7}), "4 or 7", GRID, ROOM, Letters(5, 12))
    second = outlined(frozenset({7, 8}), "7 or 8", GRID, ROOM, Letters(5, 12), [first])
    third = outlined(frozenset({3, 6}), "3 or 6", GRID, ROOM, Letters(5, 12), [first, second])

    assert first.margin != second.margin
    assert third.margin == first.margin


def test_an_outline_crosses_what_is_half_inside() -> None:
    found = outlined(frozenset({4, 7}), "", GRID, ROOM, Letters(5, 12))

    assert found.labels == ()
    assert not found.crosses(Box(10, 110, 5, 5))
    assert not found.crosses(Box(110, 110, 5, 5))
    assert found.crosses(Box(60, 110, 20, 5))
