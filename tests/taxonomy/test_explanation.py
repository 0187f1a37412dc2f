"""The reasons agree with the rule, on worked examples and for all answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.answers import AnswersError
from taxonomy.derivation import LensResult, derive, possible_cells
from taxonomy.explanation import AxisReason, LensExplanation, Missing, Part, SideReason, explain
from taxonomy.lenses import LENSES

KINDS = ("public", "third_sector", "community", "citizens", "private", "other")
LEVELS = ("none", "asked", "together", "led", "unknown")
DESIGN = ("outcomes", "model", "detail", "signoff")
DELIVERY = ("run", "front")
DECIDING = DESIGN + DELIVERY
VECTORS = json.loads((Path(__file__).parent / "derivation_vectors.json").read_text())
Answers = dict[str, Any]

kinds = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(LEVELS), max_size=3)
mostly_known = st.dictionaries(st.sampled_from(KINDS), st.sampled_from((*LEVELS[:4], *LEVELS)), min_size=1, max_size=3)
some_answers = st.dictionaries(st.sampled_from((*DECIDING, "needs", "check")), kinds | st.just("na"), max_size=7)
all_answered = st.fixed_dictionaries({task: mostly_known | st.just("na") for task in DECIDING})
any_answers = some_answers | all_answered
either_lens = st.sampled_from(sorted(LENSES))

PUBLIC_DESIGN: Answers = {task: {"public": "led"} for task in DESIGN}


def lens_of(answers: Answers, lens: str = "sector") -> LensExplanation:
    """The reasons in one lens."""
    found = explain(answers)
    return found.sector if lens == "sector" else found.professional


def result_of(answers: Answers, lens: str) -> LensResult:
    """The result in one lens."""
    return getattr(derive(answers), lens)


def side(reason: AxisReason, place: int) -> SideReason:
    """The first side (0), the second (1) or the kinds on neither (2)."""
    return reason.sides[place]


# ---- Worked examples -----------------------------------------------------------------------------


def test_reasons_of_a_shared_design_and_an_open_delivery() -> None:
    answers = {
        "outcomes": {"public": "led", "citizens": "asked"},
        "model": {"public": "together", "citizens": "together"},
        "detail": {"public": "led", "citizens": "together"},
        "signoff": "na",
        "run": {"public": "led"},
        "front": {"public": "led", "citizens": "unknown"},
    }
    found = lens_of(answers)
    design, delivery = found.design, found.delivery

    assert (design.levels, design.settled, design.needed) == (("shared",), True, 2)
    assert (design.applies, design.not_applicable, design.unanswered) == (DESIGN[:3], ("signoff",), ())
    assert side(design, 1) == SideReason(
        side="second",
        kinds=("third_sector", "community", "citizens"),
        holds=True,
        done=(Part("model", "citizens", "together"), Part("detail", "citizens", "together")),
        asked=(Part("outcomes", "citizens", "asked"),),
        unknown=(),
        surely=("model", "detail"),
        open=(),
    )
    assert (delivery.levels, delivery.settled) == (("public", "shared"), False)
    assert side(delivery, 0).holds is True
    assert side(delivery, 1).holds is None
    assert side(delivery, 1).unknown == (Part("front", "citizens", "unknown"),)
    assert side(delivery, 1).open == ("front",)
    assert side(delivery, 2).holds is False
    assert side(delivery, 2).kinds == ("private", "other")


def test_what_is_missing_says_what_each_answer_would_give() -> None:
    answers = {**PUBLIC_DESIGN, "run": {"public": "led"}, "front": {"public": "led", "citizens": "unknown"}}
    (missing,) = lens_of(answers).missing

    assert (missing.task, missing.kind) == ("front", "citizens")
    assert (missing.if_did, missing.if_not) == ({4}, {1})
    assert [way.sides for way in missing.ways] == [("second",), ()]


def test_a_task_without_an_answer_is_missing_once_with_a_way_for_each_side() -> None:
    found = lens_of({**PUBLIC_DESIGN, "run": {"public": "led"}})
    (missing,) = found.missing

    assert found.delivery.unanswered == ("front",)
    assert (missing.task, missing.kind) == ("front", None)
    assert {way.sides: way.possible for way in missing.ways} == {
        ("first",): {1},
        ("first", "second"): {4},
        ("second",): {4},
        ("neither",): {1},
        (): {1},
    }
    assert (missing.if_did, missing.if_not) == ({1, 4}, {1})


def test_the_professional_lens_has_no_kinds_on_neither_side() -> None:
    found = lens_of({**PUBLIC_DESIGN, "run": {"public": "led"}}, "professional")

    assert side(found.delivery, 2).kinds == ()
    assert [way.sides for way in found.missing[0].ways] == [("first",), ("first", "second"), ("second",), ()]


def test_where_no_answer_alone_is_enough_all_of_them_are_named() -> None:
    answers = {
        "outcomes": {"public": "led", "citizens": "unknown"},
        "model": {"public": "led", "citizens": "unknown"},
        "detail": {"public": "led", "citizens": "unknown"},
        "signoff": {"public": "led"},
        "run": {"public": "led"},
        "front": {"public": "led"},
    }
    found = lens_of(answers)

    assert possible_cells(found.result) == {1, 2}
    assert found.jointly
    assert [(missing.task, missing.kind) for missing in found.missing] == [
        ("outcomes", "citizens"),
        ("model", "citizens"),
        ("detail", "citizens"),
    ]


def test_of_several_answers_only_those_that_may_still_decide_are_named() -> None:
    """Paid staff did one design task already; whether a firm did the same one as well changes nothing."""
    answers = {
        "outcomes": {"public": "together", "private": "unknown"},
        "model": {"public": "unknown"},
        "detail": {"public": "unknown"},
        "signoff": {"public": "none"},
        "run": "na",
        "front": {"public": "unknown", "private": "unknown"},
    }
    found = lens_of(answers, "professional")

    assert possible_cells(found.result) == {1, "nobody"}
    assert found.jointly
    assert [(missing.task, missing.kind) for missing in found.missing] == [
        ("model", "public"),
        ("detail", "public"),
        ("front", "public"),
        ("front", "private"),
    ]


def test_kinds_on_neither_side_are_not_named_where_a_side_holds_the_axis_anyway() -> None:
    unknown = {"public": "led", "citizens": "unknown", "private": "unknown"}
    answers = {
        **PUBLIC_DESIGN,
        **dict.fromkeys(("outcomes", "model", "detail"), unknown),
        "run": {"public": "led"},
        "front": {"public": "led"},
    }
    found = lens_of(answers)

    assert found.jointly
    assert {missing.kind for missing in found.missing} == {"citizens"}


def test_unknown_answers_that_decide_nothing_any_more_are_not_missing() -> None:
    answers = {
        **PUBLIC_DESIGN,
        "run": {"public": "led", "citizens": "together", "community": "unknown", "private": "unknown"},
        "front": {"public": "led", "citizens": "unknown"},
    }
    assert lens_of(answers).missing == ()


def test_a_firm_is_asked_about_only_where_it_may_hold_the_axis_alone() -> None:
    firm = {**PUBLIC_DESIGN, "run": {"private": "unknown"}, "front": {"private": "unknown"}}
    beside = {**PUBLIC_DESIGN, "run": {"public": "led", "private": "unknown"}, "front": {"public": "led"}}

    assert [(m.kind, m.if_did) for m in lens_of(firm).missing] == [("private", {"outside"})] * 2
    assert lens_of(beside).missing == ()


def test_a_hinge_comes_with_all_that_the_other_answer_would_give() -> None:
    answers = {**PUBLIC_DESIGN, "run": {"private": "led", "citizens": "together"}, "front": {"private": "led"}}
    (found,) = lens_of(answers).hinges

    assert (found.hinge.kind, found.hinge.to_level, found.outcome.possible) == ("citizens", "asked", {"outside"})


def test_no_applying_task_needs_nothing_and_gives_nobody() -> None:
    design = lens_of(dict.fromkeys(DESIGN, "na")).design

    assert (design.applies, design.needed, design.levels, design.nobody) == ((), 0, (), True)
    assert [s.holds for s in design.sides] == [False, False, False]


def test_bad_answers_raise_the_error_of_the_rule() -> None:
    with pytest.raises(AnswersError, match="unknown task"):
        explain({"x": {}})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_result_that_is_explained_is_the_result(vector: Answers) -> None:
    found, derivation = explain(vector["answers"]), derive(vector["answers"])
    assert (found.codebook, found.sector.result) == (derivation.codebook, derivation.sector)
    assert found.professional.result == derivation.professional


# ---- All answers ---------------------------------------------------------------------------------


@settings(max_examples=300)
@given(any_answers, either_lens)
def test_what_sides_hold_gives_the_levels(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    assert found.result == result_of(answers, lens)
    for reason, levels in ((found.design, found.result.design), (found.delivery, found.result.delivery)):
        first, second, neither = [{True, False} if s.holds is None else {s.holds} for s in reason.sides]
        codes = [level.code for level in found.lens.levels]
        expected = {codes[0]} if True in first and False in second else set()
        expected |= {codes[1]} if True in first and True in second else set()
        expected |= {codes[2]} if False in first and True in second else set()
        alone = False in first and False in second
        assert set(reason.levels) == set(levels) == expected
        assert reason.outside == (alone and True in neither)
        assert reason.nobody == (alone and False in neither)
    assert found.result.settled == (found.design.settled and found.delivery.settled)
    assert found.result.design_settled == found.design.settled


@given(any_answers, either_lens)
def test_a_side_holds_an_axis_for_the_tasks_that_are_named(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    for reason in (found.design, found.delivery):
        assert reason.needed == (len(reason.applies) + 1) // 2
        for s in reason.sides:
            enough = bool(reason.applies) and len(s.surely) >= reason.needed
            reachable = bool(reason.applies) and len(s.surely) + len(s.open) >= reason.needed
            assert s.holds == (True if enough else None if reachable else False)
            assert set(s.surely) == {part.task for part in s.done}
            assert not set(s.surely) & set(s.open)
            assert all(answers[part.task][part.kind] == part.level for part in (*s.done, *s.asked, *s.unknown))


def assert_true(missing: Missing, answers: Answers, lens: str) -> None:
    """Each way is what the rule makes of the answers with that very change."""
    for way in missing.ways:
        assert possible_cells(result_of({**answers, missing.task: dict(way.answer)}, lens)) == way.possible
    if missing.kind is not None:
        did = {**answers, missing.task: {**answers[missing.task], missing.kind: "together"}}
        did_not = {**answers, missing.task: {**answers[missing.task], missing.kind: "none"}}
        assert missing.if_did == possible_cells(result_of(did, lens))
        assert missing.if_not == possible_cells(result_of(did_not, lens))


@settings(max_examples=300)
@given(any_answers, either_lens)
def test_each_missing_answer_gives_what_it_says(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    here = possible_cells(found.result)
    for missing in found.missing:
        if missing.kind is None:
            assert not answers.get(missing.task)
        else:
            assert answers[missing.task][missing.kind] == "unknown"
        assert_true(missing, answers, lens)
        assert found.jointly != any(way.possible != here for way in missing.ways)


@settings(max_examples=300)
@given(any_answers, either_lens)
def test_something_is_missing_where_more_than_one_outcome_is_left_and_only_there(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    assert bool(found.missing) == (len(possible_cells(found.result)) > 1)
    assert not (found.result.settled and found.missing)


@settings(max_examples=300)
@given(any_answers, either_lens)
def test_no_single_answer_that_would_change_the_outcome_is_left_out(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    here = possible_cells(found.result)
    named = {(missing.task, missing.kind) for missing in found.missing}
    for task in DECIDING:
        for kind in answers.get(task) if isinstance(answers.get(task), dict) else ():
            if answers[task][kind] == "unknown":
                changed = [
                    possible_cells(result_of({**answers, task: {**answers[task], kind: level}}, lens))
                    for level in ("none", "together")
                ]
                assert (task, kind) in named or changed == [here, here]


@given(any_answers, either_lens)
def test_hinges_are_those_of_the_rule_with_their_whole_outcome(answers: Answers, lens: str) -> None:
    found = lens_of(answers, lens)
    assert tuple(h.hinge for h in found.hinges) == found.result.hinges
    for h in found.hinges:
        flipped = {**answers, h.hinge.task: {**answers[h.hinge.task], h.hinge.kind: h.hinge.to_level}}
        assert possible_cells(result_of(flipped, lens)) == h.outcome.possible
        assert h.outcome.telling <= h.outcome.possible
