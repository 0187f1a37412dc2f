"""Every fault in the answers is named on one line."""

import pytest

from taxonomy.answers import AnswersError, read_answers


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
