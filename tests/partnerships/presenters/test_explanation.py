"""Why answers come out where they do, in sentences that are true."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.positions import LensPosition
from partnerships.presenters.explanation import ExplanationView, LensView, explanation_view
from partnerships.presenters.position import tag
from taxonomy import codebook
from taxonomy.answers import AnswersError
from taxonomy.derivation import LensResult, derive, possible_cells, responsibilities
from taxonomy.lenses import LENSES

VECTORS = json.loads((Path(__file__).parents[2] / "taxonomy" / "derivation_vectors.json").read_text())
NAMES = {"public": ["Hill Council"], "third_sector": ["Hill Trust"]}
DESIGN = ("outcomes", "model", "detail", "signoff")
DECIDING = (*DESIGN, "run", "front")
PUBLIC_DESIGN: dict[str, Any] = {task: {"public": "led"} for task in DESIGN}
PUBLIC: dict[str, Any] = {**PUBLIC_DESIGN, "run": {"public": "led"}, "front": {"public": "led"}}
Answers = Mapping[str, Any]


def sector(names: Mapping[str, Sequence[str]] = NAMES, **answers: object) -> LensView:
    """What is said by sector of a public service but for these answers."""
    return explanation_view({**PUBLIC, **answers}, names).sector


# ---- A sentence or two on each axis --------------------------------------------------------------


def test_a_side_alone() -> None:
    view = sector()

    assert view.design == "Design lies with the public sector: Hill Council led on all of it."
    assert view.delivery == "Delivery lies with the public sector: Hill Council led all of it."
    assert (view.hinges, view.missing, view.position.tag) == ((), (), "1 · Traditional")


def test_a_shared_axis_names_the_answers_that_decide_it() -> None:
    view = sector(model={"citizens": "together"}, signoff={"public": "together", "citizens": "together"})

    assert view.design == (
        "Design is shared: Hill Council led on what it should achieve and the plan in detail and decided together on "
        "the go-ahead; citizens decided together on how it works and the go-ahead."
    )


def test_delivery_has_words_of_its_own() -> None:
    view = sector(run={"public": "led", "third_sector": "together"}, front={"public": "together", "citizens": "led"})

    assert view.delivery == (
        "Delivery is shared: Hill Council led the day-to-day running and did the work itself with others; "
        "Hill Trust did the day-to-day running with others; citizens led the work itself."
    )


def test_kinds_that_did_the_same_share_a_clause() -> None:
    both = {"third_sector": "together", "citizens": "together"}
    view = sector(run={}, outcomes=both, model={**both, "public": "led"}, detail=both, signoff=both)

    assert view.design == (
        "Design lies with citizens or the third sector: Hill Trust and citizens decided together on all of it. "
        "Hill Council did 1 of 4 deciding tasks (how it works); 2 are needed."
    )


def test_a_side_that_does_not_hold_an_axis_hears_what_it_lacks() -> None:
    view = sector(signoff={"public": "led", "third_sector": "together"})
    assert view.design.endswith(". Hill Trust did 1 of 4 deciding tasks (the go-ahead); 2 are needed.")

    unnamed = sector(signoff={"public": "led", "community": "together"})
    assert unnamed.design.endswith(". Community groups did 1 of 4 deciding tasks (the go-ahead); 2 are needed.")


def test_being_asked_is_told_apart_from_deciding() -> None:
    view = sector(
        model={"public": "led", "citizens": "asked"},
        detail={"public": "led", "citizens": "asked"},
        front={"public": "led", "citizens": "asked"},
    )

    assert view.design.endswith("Telling or asking citizens about how it works and the plan in detail is not deciding.")
    assert view.delivery.endswith("Use or occasional help by citizens (the work itself) is not delivering.")


def test_what_keeps_an_axis_open_is_named() -> None:
    view = sector(run={"public": "led", "third_sector": "unknown"}, front={"public": "led", "third_sector": "unknown"})

    assert view.delivery == (
        "Delivery is not settled: Hill Council led all of it. "
        "Not known: the day-to-day running and the work itself (Hill Trust)."
    )


def test_an_unknown_answer_about_what_the_side_did_anyway_is_not_named() -> None:
    view = sector(
        outcomes={"third_sector": "led", "citizens": "unknown"}, model={"public": "led", "citizens": "unknown"}
    )

    assert view.design == (
        "Design is not settled: Hill Council led on how it works, the plan in detail and the go-ahead; "
        "Hill Trust led on what it should achieve. Not known: how it works (citizens)."
    )


def test_a_question_without_an_answer_keeps_an_axis_open() -> None:
    view = sector(front={})

    assert view.delivery == (
        "Delivery is not settled: Hill Council led the day-to-day running. Not known: the work itself."
    )
    assert view.missing == (
        "Who does the work itself? Public sector: cell 1. Both: cell 4. Citizens or third sector: cell 4.",
    )


def test_an_axis_without_any_answer_has_one_sentence() -> None:
    view = explanation_view(PUBLIC_DESIGN, NAMES).sector

    assert view.delivery == "No question about delivery is answered yet."
    assert view.missing == ("No question about delivery is answered yet.",)
    nothing = explanation_view({}, {}).sector
    assert nothing.missing == (nothing.design, nothing.delivery)
    assert nothing.position.tag == "Not placed"


def test_what_says_nothing_is_not_drawn_and_what_says_something_is() -> None:
    nothing_on_delivery = explanation_view(PUBLIC_DESIGN, NAMES).sector.position
    assert (nothing_on_delivery.tag, nothing_on_delivery.mini.outside, nothing_on_delivery.mini.nobody) == (
        "1, 4 or 7",
        False,
        False,
    )
    maybe_firm = sector(run={"private": "unknown"}, front={"private": "unknown"}).position
    assert (maybe_firm.tag, maybe_firm.mini.outside, maybe_firm.mini.nobody) == (
        "outside or nobody named",
        True,
        True,
    )


def test_an_axis_of_which_no_question_applies() -> None:
    view = sector(**dict.fromkeys(DESIGN, "na"))

    assert view.design == "Nobody is named for design, since none of its questions applies."
    assert view.missing == ()


def test_firms_alone_lie_outside() -> None:
    view = explanation_view({**PUBLIC, "run": {"private": "led"}, "front": {"private": "led"}}, NAMES)

    assert view.sector.delivery == "Delivery lies outside the matrix: private firms led all of it."
    assert view.sector.position.tag == "Outside the matrix"
    assert view.professional.delivery == "Delivery lies with paid staff: private firms led all of it."


def test_nobody_who_counts() -> None:
    view = sector(run={"citizens": "asked"}, front={"citizens": "asked"})

    assert view.delivery == (
        "Nobody is named for delivery. Use or occasional help by citizens "
        "(the day-to-day running and the work itself) is not delivering."
    )


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "citizens"),
        ([""], "citizens"),
        (["Ada"], "Ada"),
        (["Ada", "Bo"], "Ada and Bo"),
        (["Ada", "Bo", "Cy"], "Ada, Bo and 1 other"),
        (["Ada", "Bo", "Cy", "Di"], "Ada, Bo and 2 others"),
    ],
)
def test_partners_by_name(names: list[str], words: str) -> None:
    view = sector({"citizens": names}, front={"public": "led", "citizens": "together"})
    assert f"; {words} did the work itself with others." in view.delivery


def test_a_name_keeps_its_small_letter_and_its_signs() -> None:
    view = sector({"third_sector": ["iCare 100% <b>"]}, signoff={"public": "led", "third_sector": "together"})
    assert " iCare 100% <b> did 1 of 4 " in view.design


# ---- What would change it, and what is not known -------------------------------------------------


def test_hinges_both_ways_on_both_axes() -> None:
    together = {"public": "led", "citizens": "together"}
    asked = {"public": "led", "citizens": "asked"}

    assert [h.sentence for h in sector(model=together, detail=together).hinges] == [
        "If citizens had only been asked about how it works, this would be cell 1.",
        "If citizens had only been asked about the plan in detail, this would be cell 1.",
    ]
    assert [h.sentence for h in sector(model=together, detail=asked).hinges] == [
        "If citizens had decided together on the plan in detail, this would be cell 2.",
    ]
    assert [h.sentence for h in sector(front=together).hinges] == [
        "If citizens had only helped now and then with the work itself, this would be cell 1.",
    ]
    assert [(h.task, h.kind, h.sentence) for h in sector(front=asked).hinges] == [
        ("front", "citizens", "If citizens had done the work itself with others, this would be cell 4."),
    ]


def test_what_a_hinge_leads_to_may_be_a_set_or_no_cell() -> None:
    maybe = {"public": "led", "third_sector": "unknown"}
    open_delivery = sector(model={"public": "led", "citizens": "together"}, detail=maybe, run=maybe)
    assert open_delivery.hinges[0].sentence.endswith(
        "had only been asked about how it works, this could be cell 1 or 4."
    )

    firm = sector(run={"private": "led", "citizens": "together"}, front={"private": "led"})
    assert firm.hinges[0].sentence.endswith("with the day-to-day running, this would be outside the matrix.")

    nobody = sector(run={"citizens": "together"}, front={"citizens": "asked"})
    assert nobody.hinges[0].sentence.endswith("with the day-to-day running, nobody would be named.")


def test_what_is_missing_asks_and_says_what_follows() -> None:
    view = sector(run={"third_sector": "unknown"}, front={"third_sector": "none"})

    assert view.missing == (
        "Did Hill Trust do the day-to-day running, alone or with others? If so, cell 7; if not, nobody named.",
    )


def test_where_one_answer_is_not_enough_the_questions_stand_alone() -> None:
    unknown = {"public": "led", "citizens": "unknown"}
    view = sector(outcomes=unknown, model=unknown, detail=unknown)

    assert view.missing_together
    assert view.missing[0] == "Did citizens decide on what it should achieve, alone or with others?"
    assert len(view.missing) == 3


# ---- Every sentence is true ----------------------------------------------------------------------

levels = st.sampled_from(("none", "asked", "together", "led", "unknown"))
kinds = st.dictionaries(
    st.sampled_from(("public", "third_sector", "community", "citizens", "private", "other")), levels, max_size=3
)
some_answers = st.dictionaries(st.sampled_from(DECIDING), kinds | st.just("na"), max_size=6)
all_answered = st.fixed_dictionaries({task: kinds | st.just("na") for task in DECIDING})
either_lens = st.sampled_from(sorted(LENSES))


def place(answers: Answers, lens: str) -> str:
    """Where answers lead, in the few words that a page has for a position."""
    result: LensResult = getattr(derive(answers), lens)
    design, delivery = responsibilities(result)
    return tag(LensPosition(design or "", delivery or "", possible_cells(result)), LENSES[lens])


def said(words: str) -> str:
    """What a sentence says of a place, in the words of a tag."""
    words = words.removesuffix(".")
    if words == "any cell":
        return "Not placed"
    if words in ("nobody named", "outside the matrix"):
        return words.capitalize()
    numbers = re.sub(r"^cell ", "", words).replace("outside the matrix", "outside")
    return re.sub(r" or (?=.* or )", ", ", numbers)


def short(words: str) -> str:
    """A tag without the name of the model."""
    return words.split(" · ")[0]


@settings(max_examples=200)
@given(some_answers | all_answered, either_lens)
def test_every_hinge_is_true(answers: Answers, lens: str) -> None:
    view = getattr(explanation_view(answers, NAMES), lens)
    assert short(view.position.tag) == short(place(answers, lens))
    assert [(h.task, h.kind) for h in view.hinges] == [(h.task, h.kind) for h in getattr(derive(answers), lens).hinges]
    for hinge in view.hinges:
        level = {"asked": "together", "together": "asked"}[answers[hinge.task][hinge.kind]]
        flipped = {**answers, hinge.task: {**answers[hinge.task], hinge.kind: level}}
        then = re.search(r", this (?:would|could) be (.+)\.$", hinge.sentence)
        claimed = said(then[1]) if then else "Nobody named"
        assert then or hinge.sentence.endswith(", nobody would be named.")
        assert claimed == short(place(flipped, lens))
        certain = len(possible_cells(getattr(derive(flipped), lens))) == 1
        assert ("would be" in hinge.sentence) == certain


@settings(max_examples=200)
@given(some_answers | all_answered, either_lens)
def test_every_answer_that_is_missing_leads_where_it_says(answers: Answers, lens: str) -> None:
    view = getattr(explanation_view(answers, {}), lens)
    found = [re.search(r"If so, (.+); if not, (.+)\.$", sentence) for sentence in view.missing]
    claimed = {tuple(said(part.removeprefix("perhaps ")) for part in match.groups()) for match in found if match}
    true = {
        tuple(short(place({**answers, task: {**answers[task], kind: level}}, lens)) for level in ("together", "none"))
        for task in answers
        if answers[task] != "na"
        for kind, answer in answers[task].items()
        if answer == "unknown"
    }
    assert claimed <= true


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_sentences_are_whole(vector: Answers) -> None:
    view = explanation_view(vector["answers"], NAMES)
    for lens in view.lenses:
        for sentence in (lens.design, lens.delivery, *lens.missing, *(h.sentence for h in lens.hinges)):
            assert sentence.endswith((".", "?"))
            assert "%" not in sentence
            assert ".." not in sentence
            assert sentence[0].isupper()


# ---- Badges, versions, and the part of a page ----------------------------------------------------


def test_badges_are_explained() -> None:
    answers = {**PUBLIC, "model": {"public": "led", "citizens": "asked"}, "front": {"public": "led", "private": "led"}}
    badges = explanation_view(answers, NAMES).badges

    assert [(badge.code, badge.text) for badge in badges] == [
        ("private_delivery", "Private partner in delivery"),
        ("asked", "People were asked"),
    ]
    assert all(badge.help for badge in badges)


def test_the_version_in_use_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert explanation_view(PUBLIC, NAMES).codebook == "1.0"

    without_signoff = replace(
        codebook.CURRENT,
        version="1.1",
        explain=lambda answers: codebook.VERSION_1_0.explain({**answers, "signoff": "na"}),
    )
    monkeypatch.setattr(codebook, "CURRENT", without_signoff)
    monkeypatch.setattr(codebook, "CODEBOOKS", {"1.0": codebook.VERSION_1_0, "1.1": without_signoff})
    answers = {**PUBLIC, "model": {"citizens": "led"}, "signoff": {"citizens": "led"}}

    assert explanation_view(answers, NAMES).codebook == "1.1"
    assert explanation_view(answers, NAMES).sector.position.tag == "1 · Traditional"
    assert explanation_view(answers, NAMES, "1.0").sector.position.tag == "2 · Co-Governance"


def test_answers_that_cannot_be_read_and_unknown_versions_are_named() -> None:
    with pytest.raises(AnswersError, match="unknown party kind 'firm'"):
        explanation_view({"run": {"firm": "led"}}, NAMES)
    with pytest.raises(KeyError, match=r"0\.9"):
        explanation_view(PUBLIC, NAMES, "0.9")


@pytest.fixture
def view() -> ExplanationView:
    """A place with a hinge, a badge and something missing."""
    return explanation_view(
        {
            **PUBLIC,
            "model": {"public": "led", "citizens": "together"},
            "detail": {"public": "led", "citizens": "together", "private": "led"},
            "front": {"public": "led", "citizens": "unknown"},
        },
        {"public": ["Hill <Council>"]},
    )


def test_the_whole_explanation_on_a_page(view: ExplanationView) -> None:
    html = render_to_string("partials/explanation.html", {"explanation": view})

    assert "Hill &lt;Council&gt; led on" in html
    assert html.count("Design is shared") == 2
    assert "What would change it" in html
    assert "What is not known" in html
    assert "Private partner in design" in html
    assert 'href="/codebook/1.0/"' in html
    assert html.count('class="mini__grid"') == 2


def test_beside_the_questions_the_place_stands_alone_and_its_reasons_are_folded(view: ExplanationView) -> None:
    html = render_to_string("partials/explanation.html", {"explanation": view, "compact": True})

    assert html.count('class="mini__grid"') == 1
    assert html.count("Design is shared") == 1
    assert "By profession:" in html
    before, folded = html.split("<details", 1)
    assert "Design is shared" not in before
    assert "What would change it" in folded
    assert "Private partner" in folded
