"""Every fault in the answers is named on one line; what a form leaves blank is not known."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.answers import KIND_CODES, LEVEL_CODES, TASK_CODES, AnswersError, completed, read_answers
from taxonomy.derivation import derive


def test_good_answers_come_back_with_none_for_what_does_not_apply() -> None:
    given = {"outcomes": {"public": "led"}, "model": {}, "detail": "na", "check": {"other": "unknown"}}
    assert read_answers(given) == {**given, "detail": None}


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (None, "expected tasks with their answers, not None"),
        ([], "expected tasks with their answers, not []"),
        ({"modl": {}}, "unknown task 'modl'"),
        ({1: {}}, "unknown task 1"),
        ({"model": None}, "task 'model': expected kinds with their levels, or \"na\", not None"),
        ({"model": "led"}, "task 'model': expected kinds"),
        ({"model": ["public"]}, "task 'model': expected kinds"),
        ({"model": {"firm": "led"}}, "task 'model': unknown party kind 'firm'"),
        ({"model": {"public": "leads"}}, "task 'model': public: unknown level 'leads'"),
        ({"model": {"public": "na"}}, "task 'model': public: unknown level 'na'"),
        ({"model": {"public": True}}, "task 'model': public: unknown level True"),
        ({"model": {"public": ["led"]}}, "task 'model': public: unknown level ['led']"),
        ({"needs": {"public": "x"}}, "task 'needs': public: unknown level 'x'"),
        ({"check": {"x": "led"}}, "task 'check': unknown party kind 'x'"),
    ],
)
def test_bad_answers(answers: object, fault: str) -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(answers)
    assert fault in str(caught.value)


def test_the_message_stays_one_short_line() -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers({"model\nrun" * 1000: {}})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


# ---- Answers of a form -------------------------------------------------------------------------


def test_a_blank_beside_an_answer_is_not_known_and_who_takes_no_part_drops_out() -> None:
    given = {"front": {"citizens": "together", "private": "led"}, "run": {"public": "led"}}
    assert completed(given, ["citizens", "public"]) == {
        "run": {"public": "led", "citizens": "unknown"},
        "front": {"public": "unknown", "citizens": "together"},
    }


@pytest.mark.parametrize("answer", [{}, {"private": "led"}])
def test_a_task_without_an_answer_is_left_out(answer: dict[str, str]) -> None:
    assert completed({"run": answer, "front": "na"}, {"public"}) == {"front": "na"}


def test_where_nobody_takes_part_only_what_does_not_apply_is_left() -> None:
    assert completed({"run": {"public": "led"}, "front": "na"}, ()) == {"front": "na"}


def test_equal_answers_are_stored_alike() -> None:
    one = completed({"front": {"citizens": "led", "public": "none"}, "outcomes": "na"}, ["citizens", "public"])
    other = completed({"outcomes": "na", "front": {"public": "none", "citizens": "led"}}, ["public", "citizens"])
    assert json.dumps(one) == json.dumps(other) == '{"outcomes": "na", "front": {"public": "none", "citizens": "led"}}'


@pytest.mark.parametrize(
    ("answers", "kinds", "fault"),
    [
        ({"modl": {}}, ["public"], "unknown task 'modl'"),
        ({"run": {"public": "leads"}}, ["public"], "unknown level 'leads'"),
        ({"run": {"public": "leads"}}, ["citizens"], "unknown level 'leads'"),
        ({}, ["firm"], "unknown party kind 'firm'"),
    ],
)
def test_faults_are_named_before_anything_is_completed(answers: object, kinds: list[str], fault: str) -> None:
    with pytest.raises(AnswersError, match=fault):
        completed(answers, kinds)


any_answers = st.dictionaries(
    st.sampled_from(TASK_CODES),
    st.dictionaries(st.sampled_from(KIND_CODES), st.sampled_from(LEVEL_CODES)) | st.just("na"),
)
any_kinds = st.sets(st.sampled_from(KIND_CODES))


@given(any_answers, any_kinds)
def test_completing_twice_changes_nothing_and_the_rule_reads_the_result(
    answers: dict[str, Any], kinds: set[str]
) -> None:
    once = completed(answers, kinds)
    assert completed(once, kinds) == once
    assert json.loads(json.dumps(once)) == once
    assert derive(once).sector.cells == derive(dict(reversed(once.items()))).sector.cells
    for task, answer in once.items():
        assert answer == "na" or set(answer) == kinds
        assert answer == "na" or any(answer[kind] == answers[task].get(kind) for kind in kinds)


@given(any_answers, any_kinds)
def test_no_answer_of_who_takes_part_is_lost_or_made_up(answers: dict[str, Any], kinds: set[str]) -> None:
    found = completed(answers, kinds)
    for task, answer in answers.items():
        for kind in kinds if answer != "na" else ():
            if kind in answer:
                assert found[task][kind] == answer[kind]
            elif task in found:
                assert found[task][kind] == "unknown"
