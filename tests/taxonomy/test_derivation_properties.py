"""What holds for all answers, and an oracle that lists every completion."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taxonomy.answers import AnswersError
from taxonomy.cells import NUMBERS
from taxonomy.derivation import LensResult, derive, possible_cells
from taxonomy.lenses import LENSES, Lens

KINDS = ("public", "third_sector", "community", "citizens", "private", "other")
KNOWN_LEVELS = ("none", "asked", "together", "led")
LEVELS = (*KNOWN_LEVELS, "unknown")
DESIGN = ("outcomes", "model", "detail", "signoff")
DELIVERY = ("run", "front")
DECIDING = DESIGN + DELIVERY
SHOWN = ("needs", "fit", "support", "refer", "check")
Answers = dict[str, Any]

kinds = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(LEVELS), max_size=3)
answers_of_any_kind = st.dictionaries(st.sampled_from(DECIDING + SHOWN), kinds | st.just("na"), max_size=7)
asked_to_all = st.fixed_dictionaries({task: kinds | st.just("na") for task in DECIDING})
some_answers = answers_of_any_kind | asked_to_all
either_lens = st.sampled_from(sorted(LENSES))


def result_of(answers: Answers, lens: str) -> LensResult:
    """The result in one lens."""
    return derive(answers).sector if lens == "sector" else derive(answers).professional


def changed(answers: Answers, task: str, kind: str, level: str) -> Answers:
    """The answers with one level replaced."""
    return {**answers, task: {**answers[task], kind: level}}


def answered_pairs(answers: Answers) -> list[tuple[str, str]]:
    """Every deciding task and kind with an answer."""
    return [(task, kind) for task in DECIDING if isinstance(answers.get(task), dict) for kind in answers[task]]


def assert_sound(result: LensResult) -> None:
    """What every result must satisfy."""
    possible = possible_cells(result)
    assert possible
    assert set(result.cells) <= NUMBERS
    assert list(result.cells) == sorted(result.cells)
    assert len(result.cells) == len(result.design) * len(result.delivery)
    assert result.settled == (result.design_settled and result.delivery_settled)
    assert result.settled == (len(possible) == 1 and bool(result.cells))


@settings(max_examples=1000)
@given(some_answers)
def test_a_thousand_answers_never_raise_and_give_sound_results(answers: Answers) -> None:
    derivation = derive(answers)
    assert_sound(derivation.sector)
    assert_sound(derivation.professional)
    assert derivation.professional.outside is False
    assert json.loads(json.dumps(derivation.as_dict())) == derivation.as_dict()


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(LEVELS)
odd_task = (
    scalars | st.lists(scalars, max_size=1) | st.dictionaries(st.sampled_from(KINDS) | scalars, scalars, max_size=2)
)
odd_answers = scalars | st.lists(scalars, max_size=1) | st.dictionaries(st.sampled_from(DECIDING), odd_task, min_size=1)


@given(odd_answers)
def test_anything_else_raises_only_the_named_error(value: Any) -> None:
    message = "fine"
    try:
        derive(value)
    except AnswersError as error:
        message = str(error)
    assert message
    assert "\n" not in message


@given(some_answers, st.randoms(use_true_random=False))
def test_the_order_of_kinds_and_tasks_never_matters(answers: Answers, random: Any) -> None:
    shuffled: Answers = {}
    for task in random.sample(sorted(answers), len(answers)):
        value = answers[task]
        shuffled[task] = value if value == "na" else dict(random.sample(sorted(value.items()), len(value)))
    assert derive(shuffled) == derive(answers)


def assert_narrower(after: LensResult, before: LensResult) -> None:
    """Nothing became possible that was not possible before."""
    assert possible_cells(after) <= possible_cells(before)
    assert set(after.design) <= set(before.design)
    assert set(after.delivery) <= set(before.delivery)


@given(some_answers, either_lens, st.data())
def test_knowing_more_only_narrows(answers: Answers, lens: str, data: st.DataObject) -> None:
    open_pairs = [(task, kind) for task, kind in answered_pairs(answers) if answers[task][kind] == "unknown"]
    assume(open_pairs)
    task, kind = data.draw(st.sampled_from(open_pairs))
    known = changed(answers, task, kind, data.draw(st.sampled_from(KNOWN_LEVELS)))
    assert_narrower(result_of(known, lens), result_of(answers, lens))


@given(some_answers, st.sampled_from(DECIDING), kinds, either_lens)
def test_answering_a_task_only_narrows(answers: Answers, task: str, answer: dict[str, str], lens: str) -> None:
    before = {**answers, task: {}}
    assert_narrower(result_of({**answers, task: answer}, lens), result_of(before, lens))


@given(asked_to_all, either_lens, st.data())
def test_raising_the_second_side_never_moves_towards_the_first(
    answers: Answers, lens: str, data: st.DataObject
) -> None:
    tasks = [task for task in DECIDING if answers[task] != "na" and answers[task]]
    assume(tasks)
    task = data.draw(st.sampled_from(tasks))
    kind = data.draw(st.sampled_from(sorted(LENSES[lens].second_kinds)))
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, 3)] * 2)))
    before = result_of(changed(answers, task, kind, KNOWN_LEVELS[low]), lens)
    after = result_of(changed(answers, task, kind, KNOWN_LEVELS[high]), lens)
    for axis in ("design", "delivery"):
        places_before = [LENSES[lens].index(code) for code in getattr(before, axis)]
        places_after = [LENSES[lens].index(code) for code in getattr(after, axis)]
        assert len(places_after) > 0 or not places_before
        if places_before:
            assert min(places_after) >= min(places_before)
            assert max(places_after) >= max(places_before)


@given(some_answers, either_lens)
def test_hinges_are_exactly_the_flips_that_change_the_cells(answers: Answers, lens: str) -> None:
    here = result_of(answers, lens)
    found = {}
    for task, kind in answered_pairs(answers):
        flipped = {"asked": "together", "together": "asked"}.get(answers[task][kind])
        if flipped:
            cells = result_of(changed(answers, task, kind, flipped), lens).cells
            if cells != here.cells:
                found[task, kind] = (answers[task][kind], flipped, cells)
    assert {(h.task, h.kind): (h.from_level, h.to_level, h.cells) for h in here.hinges} == found
    order = [(task, kind) for task in DECIDING for kind in KINDS]
    assert [(h.task, h.kind) for h in here.hinges] == [pair for pair in order if pair in found]


# The oracle. It lists what the sides (first, second, neither) may have done in each task, then every combination of
# those, and never asks one side without the others.

Doing = tuple[bool, bool, bool]


def doings(task: Any, lens: Lens) -> set[Doing]:
    """Every way in which one task can have been done, by side."""
    others = frozenset(KINDS) - lens.first_kinds - lens.second_kinds
    sides = (lens.first_kinds, lens.second_kinds, others)
    if not task:
        return {tuple(way) for way in product(*[[False, True] if side else [False] for side in sides])}  # type: ignore[misc]
    ways = set()
    for levels in product(*[KNOWN_LEVELS if level == "unknown" else (level,) for level in task.values()]):
        doers = {kind for kind, level in zip(task, levels, strict=True) if level in ("together", "led")}
        ways.add(tuple(bool(doers & side) for side in sides))
    return ways  # type: ignore[return-value]


def outcomes(answers: Answers, tasks: tuple[str, ...], lens: Lens) -> set[int | str]:
    """Every outcome on one axis: 0, 1, 2, outside or nobody."""
    applying = [task for task in tasks if answers.get(task) != "na"]
    found: set[int | str] = set()
    for completion in product(*[doings(answers.get(task), lens) for task in applying]):
        holds = [bool(applying) and 2 * sum(way[side] for way in completion) >= len(applying) for side in range(3)]
        if holds[0] or holds[1]:
            found.add(1 if holds[0] and holds[1] else 0 if holds[0] else 2)
        else:
            found.add("outside" if holds[2] else "nobody")
    return found


def expected_possible(answers: Answers, lens: Lens) -> set[int | str]:
    """Every outcome of both axes together."""
    found: set[int | str] = set()
    for design, delivery in product(outcomes(answers, DESIGN, lens), outcomes(answers, DELIVERY, lens)):
        if isinstance(design, int) and isinstance(delivery, int):
            found.add(3 * delivery + design + 1)
        else:
            found.add("outside" if "outside" in (design, delivery) else "nobody")
    return found


@settings(max_examples=150)
@given(some_answers, either_lens)
def test_the_rule_agrees_with_a_list_of_all_completions(answers: Answers, lens: str) -> None:
    result = result_of(answers, lens)
    expected = expected_possible(answers, LENSES[lens])
    assert possible_cells(result) == expected
    for axis, tasks in (("design", DESIGN), ("delivery", DELIVERY)):
        on_axis = outcomes(answers, tasks, LENSES[lens])
        places = [place for place in on_axis if isinstance(place, int)]
        assert [LENSES[lens].index(code) for code in getattr(result, axis)] == sorted(places)
        assert getattr(result, f"{axis}_settled") == (len(on_axis) == 1 and len(places) == 1)


@pytest.mark.parametrize("lens", LENSES)
def test_the_oracle_agrees_where_nothing_is_known(lens: str) -> None:
    assert possible_cells(result_of({}, lens)) == expected_possible({}, LENSES[lens])
