"""The rule on the worked examples and on its edges."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from taxonomy.derivation import (
    NOBODY,
    OUTSIDE,
    AnswersError,
    Hinge,
    LensResult,
    derive,
    possible_cells,
    responsibilities,
)

VECTORS = json.loads((Path(__file__).parent / "derivation_vectors.json").read_text())
PUBLIC_DESIGN = {task: {"public": "led"} for task in ("outcomes", "model", "detail", "signoff")}


def both(task: dict[str, str]) -> dict[str, dict[str, str]]:
    """The same answer to both tasks of delivery."""
    return {"run": task, "front": task}


def sector(**answers: object) -> LensResult:
    """The sector result of a public design and of the answers given here."""
    return derive({**PUBLIC_DESIGN, **answers}).sector


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_worked_example(vector: dict[str, Any]) -> None:
    assert derive(vector["answers"]).as_dict() == vector["expected"]


def test_there_are_worked_examples() -> None:
    assert len(VECTORS) == 18


@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        (both({"public": "led"}), {1}),
        (both({"private": "led"}), {OUTSIDE}),
        (both({"third_sector": "unknown"}), {7, NOBODY}),
        (both({"private": "led", "third_sector": "unknown"}), {7, OUTSIDE}),
        (both({"private": "unknown", "third_sector": "unknown"}), {7, OUTSIDE, NOBODY}),
        (both({"private": "unknown"}), {OUTSIDE, NOBODY}),
        (both({"citizens": "asked"}), {NOBODY}),
        ({"run": "na", "front": "na"}, {NOBODY}),
        ({}, {1, 4, 7, OUTSIDE, NOBODY}),
        (both({}), {1, 4, 7, OUTSIDE, NOBODY}),
    ],
)
def test_possible_cells_are_the_outcomes_of_all_completions(
    delivery: dict[str, object], expected: set[int | str]
) -> None:
    result = sector(**delivery)
    assert possible_cells(result) == expected
    assert result.settled == (len(expected) == 1 and expected <= set(range(1, 10)))
    assert result.outside == (OUTSIDE in expected)
    assert result.nobody == (NOBODY in expected)


def test_nobody_on_one_axis_and_outside_on_the_other_is_outside() -> None:
    nothing = dict.fromkeys(PUBLIC_DESIGN, "na")
    result = derive({**nothing, **both({"private": "led"})}).sector
    assert possible_cells(result) == {OUTSIDE}
    assert result.nobody is False


def test_an_axis_may_be_settled_while_the_other_is_open() -> None:
    result = sector(**both({"third_sector": "unknown"}))
    assert (result.design_settled, result.delivery_settled, result.settled) == (True, False, False)
    assert responsibilities(result) == ("public", None)
    assert responsibilities(sector(**both({"public": "led"}))) == ("public", "public")


@pytest.mark.parametrize(
    ("tasks", "does", "expected"),
    [
        (4, 1, "public"),
        (4, 2, "shared"),
        (3, 1, "public"),
        (3, 2, "shared"),
        (2, 1, "shared"),
        (1, 1, "shared"),
    ],
)
def test_half_of_the_tasks_that_apply_is_enough(tasks: int, does: int, expected: str) -> None:
    answers: dict[str, object] = {}
    for place, task in enumerate(PUBLIC_DESIGN):
        answers[task] = {"public": "led", "citizens": "led" if place < does else "none"} if place < tasks else "na"
    result = derive(answers)
    assert result.sector.design == (expected,)
    assert result.sector.design_settled


def test_two_kinds_of_a_side_count_together() -> None:
    result = sector(model={"public": "led", "citizens": "together"}, detail={"third_sector": "led"})
    assert result.design == ("shared",)


def test_tasks_that_are_only_shown_never_count() -> None:
    shown = {task: {"citizens": "led"} for task in ("needs", "fit", "support", "refer", "check")}
    assert derive(shown) == derive({})
    assert derive({**shown, "check": "na"}) == derive({})


def test_being_asked_never_counts() -> None:
    asked = {task: {**kinds, "citizens": "asked"} for task, kinds in PUBLIC_DESIGN.items()}
    assert derive(asked).sector.design == ("public",)


def test_a_hinge_may_leave_no_cell() -> None:
    result = sector(run={"public": "together"}, front={"public": "asked"})
    assert result.cells == (1,)
    assert result.hinges == (Hinge("run", "public", "together", "asked", ()),)


def test_hinges_stand_in_the_order_of_tasks_and_kinds() -> None:
    result = sector(front={"citizens": "asked", "third_sector": "asked", "public": "led"}, run={"public": "led"})
    assert [(hinge.task, hinge.kind) for hinge in result.hinges] == [("front", "third_sector"), ("front", "citizens")]


def test_levels_and_cells_stand_in_matrix_order() -> None:
    result = derive({}).sector
    assert result.design == result.delivery == ("public", "shared", "citizens_or_third_sector")
    assert result.cells == tuple(range(1, 10))


def test_results_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        derive({}).sector.settled = True  # type: ignore[misc]


def test_answers_are_left_as_they_were() -> None:
    answers = {"run": {"public": "together"}}
    derive(answers)
    assert answers == {"run": {"public": "together"}}


def test_bad_answers_raise_the_error_of_this_module() -> None:
    with pytest.raises(AnswersError, match="unknown task"):
        derive({"x": {}})
