"""Arrows on the 3×3: none crosses a number, whatever moves there are."""

import re
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from partnerships.pictures.flow import Flow, FlowArrow, Layout, Sheet, layout
from partnerships.pictures.moves import MINI_SHEET, PATH_SHEET, SHEET, WIDTHS, arranged, step
from partnerships.pictures.shapes import Box, Point
from partnerships.presenters.words import cells
from taxonomy.trajectories import Move, read_move
from tests.partnerships.moving import some_moves


def laid(*notations: str) -> Layout:
    return drawn([(read_move(notation), 1) for notation in notations])


def drawn(moves: list[tuple[Move, int]]) -> Layout:
    most = max((number for _move, number in moves), default=1)
    return arranged(
        [
            Flow(move.from_cells, move.to_cells, str(number), WIDTHS[step(number, most)], move.planned)
            for move, number in moves
        ],
        cells,
    )


def points(arrow: FlowArrow) -> list[Point]:
    return arrow.curve.points(200)


def number_of(cell: int) -> Box:
    """Where the number of a cell stands, even where cells bear no names and letters are large."""
    x, y = SHEET.grid.card(cell).middle
    return Box(x - 10, y - 16, 20, 32)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some_moves())
def test_arrows_cross_no_number_texts_stand_apart_and_every_move_is_told_once(moves: list[tuple[Move, int]]) -> None:
    found = drawn(moves)  # laying them out takes longer than looking

    no_arrow_crosses_a_number(found)
    texts_stand_apart_inside_the_drawing_and_off_the_cards(found)
    every_move_is_drawn_once_or_left_out(found, moves)


def no_arrow_crosses_a_number(found: Layout) -> None:
    labels = [arrow.label for arrow in found.arrows]
    names = [label for outline in found.outlines for label in outline.labels]
    for arrow in found.arrows:
        for point in points(arrow):
            assert not any(number_of(cell).holds(point) for cell in range(1, 10)), arrow.flow
            assert not any(box.grown(-1).holds(point) for box in (*labels, *names)), arrow.flow


def texts_stand_apart_inside_the_drawing_and_off_the_cards(found: Layout) -> None:
    labels = [arrow.label for arrow in found.arrows]
    texts = [*labels, *(label for outline in found.outlines for label in outline.labels)]
    for place, text in enumerate(texts):
        assert SHEET.bounds.around(text)
        assert not any(text.meets(other) for other in texts[place + 1 :])
        assert not any(text.meets(SHEET.grid.card(cell)) for cell in range(1, 10))


def every_move_is_drawn_once_or_left_out(found: Layout, moves: list[tuple[Move, int]]) -> None:
    flows = [*(arrow.flow for arrow in found.arrows), *found.left_out]
    assert {key(flow) for flow in flows} == {(move.from_cells, move.to_cells, move.planned) for move, _n in moves}
    assert len(flows) == len(moves)
    assert bool(found.arrows) == bool(moves)


def key(flow: Flow) -> tuple[frozenset[int], frozenset[int], bool]:
    return flow.before, flow.after, flow.planned


@pytest.mark.parametrize("before", range(1, 10))
def test_every_single_move_can_be_drawn_from_its_cell_to_the_other(before: int) -> None:
    for after in set(range(1, 10)) - {before}:
        (arrow,) = laid(f"{before}>{after}").arrows
        start, end = arrow.curve.start, arrow.curve.end

        assert SHEET.grid.near(start, 16) == before
        assert SHEET.grid.near(end, 16) == after
        assert last_points(arrow.head)[0] == pytest.approx(end, abs=0.06)


def last_points(path: str) -> list[Point]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("pair", list(combinations(range(1, 10), 2)))
def test_the_two_directions_of_every_pair_are_kept_apart(pair: tuple[int, int]) -> None:
    there, back = laid(f"{pair[0]}>{pair[1]}", f"{pair[1]}>{pair[0]}").arrows

    (x1, y1), (x2, y2) = there.curve.at(0.5), back.curve.at(0.5)
    assert abs(x1 - x2) + abs(y1 - y2) > 20


def test_ten_moves_as_they_are_common_are_all_drawn() -> None:
    found = laid("1>4", "4>1", "4>5", "7>4", "7>8", "8>5", "5>9", "4|7>5", "2|8>9", "1>2~")

    assert found.left_out == ()


def test_planned_beside_actual_are_two_arrows() -> None:
    found = laid("7>8", "7>8~")

    assert [arrow.flow.planned for arrow in found.arrows] in ([False, True], [True, False])
    (x1, y1), (x2, y2) = (arrow.curve.at(0.5) for arrow in found.arrows)
    assert abs(x1 - x2) + abs(y1 - y2) > 10


def test_an_arrow_of_a_set_runs_between_the_outlines() -> None:
    found = laid("4|7>5")
    (arrow,), (outline,) = found.arrows, found.outlines

    assert outline.cells == {4, 7}
    inside = [any(box.holds(point) for box in outline.boxes) for point in points(arrow)]
    assert not any(inside[5:])
    assert outline.text == "4 or 7"


@pytest.mark.parametrize("notation", ["3|6|9>2|8", "5>1|3", "1|3>2|8", "2|8>4", "1|9>3|7", "5>1|9"])
@pytest.mark.parametrize("sheet", [SHEET, MINI_SHEET, PATH_SHEET])
def test_an_arrow_of_a_torn_set_ends_at_a_cell_of_it(notation: str, sheet: Sheet) -> None:
    move = read_move(notation)
    names = tuple((cells, "") for cells in (move.from_cells, move.to_cells) if len(cells) > 1)
    (arrow,) = layout((Flow(move.from_cells, move.to_cells, "", 3.5),), names, sheet).arrows

    for end, members in ((arrow.curve.start, move.from_cells), (arrow.curve.end, move.to_cells)):
        assert sheet.grid.near(end, 16) in members


def test_single_cells_have_no_outline() -> None:
    assert laid("7>8").outlines == ()


def test_nothing_to_draw_is_no_fault() -> None:
    assert drawn([]) == Layout((), (), ())


@pytest.mark.parametrize(("number", "most", "place"), [(1, 1, 3), (1, 4, 0), (4, 4, 3), (1, 1000, 0), (251, 1000, 1)])
def test_widths_go_by_the_share_of_the_most_frequent(number: int, most: int, place: int) -> None:
    assert step(number, most) == place
