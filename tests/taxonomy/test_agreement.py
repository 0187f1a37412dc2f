"""Where several assessments agree, task by task, and how a stated set stands to a derived one."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.agreement import SET_VERDICTS, VERDICTS, compare, compare_sets
from taxonomy.answers import KIND_CODES, LEVEL_CODES, TASK_CODES, AnswersError
from taxonomy.cells import NUMBERS

LED = {"public": "led"}
SHARED = {"public": "together", "citizens": "together"}


def verdict(*answers: object) -> str:
    """The verdict on one task, as each assessor answered it (None: not at all)."""
    (found,) = compare([{} if answer is None else {"run": answer} for answer in answers])
    return found.verdict


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LED, LED, "same"),
        (LED, {"public": "led", "citizens": "none"}, "same"),
        ("na", "na", "same"),
        (LED, {"public": "together"}, "degree"),
        (LED, {"public": "led", "citizens": "asked"}, "degree"),
        (LED, SHARED, "differ"),
        ({"public": "led", "citizens": "asked"}, SHARED, "differ"),
        ("na", LED, "differ"),
        ("na", {"public": "none"}, "differ"),
        ("na", {"public": "unknown"}, "open"),
        (LED, {"public": "unknown"}, "open"),
        ({"public": "unknown"}, {"public": "unknown"}, "open"),
        (LED, None, "open"),
        (LED, {}, "open"),
        ("na", None, "open"),
        (LED, {"public": "unknown", "citizens": "led"}, "differ"),
        ({"public": "led", "citizens": "unknown"}, {"public": "together", "citizens": "none"}, "open"),
    ],
)
def test_two_answers_to_one_task(one: object, other: object, expected: str) -> None:
    assert verdict(one, other) == verdict(other, one) == expected


def test_one_contradiction_among_several_is_a_difference_whatever_the_others_know() -> None:
    assert verdict(LED, None, SHARED) == "differ"
    assert verdict(LED, LED, {"public": "together"}) == "degree"
    assert verdict(LED, LED, None) == "open"


def test_answers_stand_in_the_order_of_their_assessors_and_say_what_was_left_unsaid() -> None:
    (found,) = compare([{"front": SHARED}, {"front": {"private": "led"}}, {}, {"front": "na"}])

    assert found.task == "front"
    assert found.kinds == ("public", "citizens", "private")
    assert found.answers == (
        {"public": "together", "citizens": "together", "private": "none"},
        {"public": "none", "citizens": "none", "private": "led"},
        {},
        "na",
    )


def test_tasks_that_somebody_answered_in_their_usual_order() -> None:
    found = compare([{"front": LED, "model": {}}, {"needs": LED, "run": "na"}])
    assert [comparison.task for comparison in found] == ["needs", "run", "front"]


def test_nobody_to_compare() -> None:
    assert compare([]) == compare([{}, {"run": {}}]) == ()


def test_bad_answers_are_named() -> None:
    with pytest.raises(AnswersError, match="unknown level"):
        compare([{"run": {"public": "leads"}}])


answers = st.dictionaries(
    st.sampled_from(TASK_CODES),
    st.dictionaries(st.sampled_from(KIND_CODES), st.sampled_from(LEVEL_CODES), max_size=3) | st.just("na"),
)


@given(st.lists(answers, min_size=1, max_size=3))
def test_whoever_comes_first_the_verdict_is_the_same(assessments: list[Mapping[str, Any]]) -> None:
    found = {c.task: c.verdict for c in compare(assessments)}
    assert found == {c.task: c.verdict for c in compare(assessments[::-1])}
    assert set(found.values()) <= set(VERDICTS.codes)


@given(answers)
def test_nobody_contradicts_themselves(own: Mapping[str, Any]) -> None:
    assert {c.verdict for c in compare([own, own])} <= {"same", "open"}


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        ({5}, {5}, "same"),
        ({6, 9}, {6, 9}, "same"),
        ({"outside"}, {"outside"}, "same"),
        ({5}, {2}, "different"),
        ({5}, {"outside"}, "different"),
        ({6, 9}, {9}, "overlap"),
        ({7}, {7, "nobody"}, "overlap"),
        (set(), {5}, "unknown"),
        ({5}, set(NUMBERS), "unknown"),
        ({*NUMBERS, "outside"}, {*NUMBERS, "outside"}, "unknown"),
    ],
)
def test_two_sets(stated: set[int | str], found: set[int | str], expected: str) -> None:
    assert compare_sets(stated, found) == compare_sets(found, stated) == expected
    assert expected in SET_VERDICTS
