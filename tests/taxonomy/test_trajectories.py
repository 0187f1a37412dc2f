"""Ordered stages become moves."""

import pytest

from taxonomy.trajectories import Move, Stage, moves, read_move


def stage(name: str, *cells: int, planned: bool = False) -> Stage:
    return Stage(name, frozenset(cells), planned)


def test_no_move_without_two_stages() -> None:
    assert moves([]) == ()
    assert moves([stage("Running", 5)]) == ()


def test_stages_in_order_make_moves() -> None:
    first, second, third = stage("Before", 4, 7), stage("Pilot", 5), stage("Tender", 7, planned=True)
    assert moves([first, second, third]) == (
        Move(frozenset({4, 7}), frozenset({5}), False, "Before", "Pilot"),
        Move(frozenset({5}), frozenset({7}), True, "Pilot", "Tender"),
    )


def test_a_plan_is_no_place_to_move_from() -> None:
    plan = stage("Plan", 5, planned=True)

    assert moves([plan, stage("Later", 7)]) == ()
    assert moves([stage("Now", 1), plan, stage("Later", 7)]) == (
        Move(frozenset({1}), frozenset({5}), True, "Now", "Plan"),
        Move(frozenset({1}), frozenset({7}), False, "Now", "Later"),
    )


def test_one_plan_may_follow_another() -> None:
    found = moves([stage("Now", 1), stage("Plan", 5, planned=True), stage("Then", 9, planned=True)])

    assert [(move.from_name, move.to_name, move.planned) for move in found] == [
        ("Now", "Plan", True), ("Plan", "Then", True),
    ]  # fmt: skip


@pytest.mark.parametrize("notation", ["7>8", "4|7>5", "1>3|6|9", "5>7~", "4|7>2|8~", "7?>8", "4|7>5|8?~"])
def test_a_move_in_short_form_reads_back(notation: str) -> None:
    assert read_move(notation).notation == notation


@pytest.mark.parametrize(
    "text", ["", "7", "7>7", "0>1", "10>1", "7|4>5", "4|4>5", "7>8~~", "7 > 8", "7>8\n", "x>y", ">"]
)
def test_anything_else_is_no_move(text: str) -> None:
    with pytest.raises(ValueError, match="no move"):
        read_move(text)


def test_a_move_from_one_cell_to_another_is_settled() -> None:
    assert read_move("7>8").settled
    assert not read_move("4|7>5").settled
    assert not read_move("7?>8").settled


def test_what_may_be_outside_of_the_matrix_is_an_open_end() -> None:
    perhaps = Stage("Perhaps", frozenset({7, "nobody"}))
    [move] = moves([stage("One", 5), perhaps])

    assert (move.notation, move.certain, move.settled) == ("5>7?", True, False)
    assert not read_move("7?>8?").certain


def test_the_same_set_twice_is_no_move() -> None:
    assert moves([stage("One", 5), stage("Two", 5), stage("Three", 8)]) == (
        Move(frozenset({5}), frozenset({8}), False, "Two", "Three"),
    )


def test_a_stage_that_is_not_placed_is_passed_over() -> None:
    nine = Stage("Nine", frozenset(range(1, 10)))
    outside = Stage("Firms", frozenset({"outside"}))
    found = moves([stage("One", 1), nine, stage("Empty"), outside, stage("Two", 5)])
    assert [(move.from_name, move.to_name) for move in found] == [("One", "Two")]


def test_only_cells_are_drawn() -> None:
    open_end = Stage("Two", frozenset({7, "nobody"}))
    assert open_end.grid_cells == {7}
    assert moves([stage("One", 1), open_end])[0].to_cells == {7}


def test_a_move_is_certain_only_between_sets_that_share_no_cell() -> None:
    assert moves([stage("One", 4, 7), stage("Two", 5)])[0].certain
    assert not moves([stage("One", 2, 5, 8), stage("Two", 5)])[0].certain
