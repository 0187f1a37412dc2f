"""What the rule of a codebook makes of answers, and which deciding tasks they leave out."""

import pytest

from partnerships.models import Assessment
from partnerships.results import outcome_of, result_of, unanswered
from taxonomy.answers import AnswersError
from taxonomy.codebook import CURRENT
from tests.factories import ANSWERS


def guided(**fields: object) -> Assessment:
    return Assessment(**{"method": "guided", "codebook": "1.0", "answers": ANSWERS, **fields})


def test_the_result_is_that_of_the_codebook() -> None:
    assert result_of(guided()) == CURRENT.derive(ANSWERS).as_dict()
    assert result_of(guided(codebook="0.1"), "1.0") == result_of(guided())


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(KeyError):
        result_of(guided(codebook="0.1"))
    with pytest.raises(AnswersError):
        result_of(guided(answers={"outcomes": {"martians": "led"}}))


def test_unknown_and_does_not_apply_are_answers_and_silence_is_none() -> None:
    answers = {**ANSWERS, "outcomes": "na", "model": {"public": "unknown"}, "detail": {}, "needs": {}}
    del answers["run"]

    assert unanswered(guided()) == ()
    assert unanswered(guided(answers=answers)) == ("detail", "run")


def test_an_outcome_is_a_result_without_its_hinges_and_its_version() -> None:
    result = result_of(guided())

    assert outcome_of(result) == outcome_of({**result, "codebook": "1.1"})
    assert result["sector"]["hinges"]
    assert outcome_of(result)["sector"] == {
        "design": ["public"], "delivery": ["citizens_or_third_sector"], "cells": [7], "settled": True, "outside": False,
    }  # fmt: skip
    assert outcome_of({}) == {"sector": {}, "professional": {}}
