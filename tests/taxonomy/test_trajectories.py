"""Ordered stages become moves."""

from taxonomy.trajectories import Move, Stage, moves


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


def test_a_move_from_a_plan_is_planned() -> None:
    assert moves([stage("Plan", 5, planned=True), stage("Later", 7)])[0].planned


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
