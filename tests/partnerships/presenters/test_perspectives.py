"""Several people's assessments of one phase side by side: who, what they answered, and where they differ."""

from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.roles import Role
from partnerships import actions
from partnerships.models import Assessment, Partnership, Phase
from partnerships.positions import LensPosition
from partnerships.presenters.case import CasePage, case_page, case_queryset
from partnerships.presenters.perspectives import AssessorView, LensLine, PhasePerspectives, axes_compared
from taxonomy.lenses import SECTOR
from taxonomy.questions import answer_level
from tests import factories

ANSWERS = factories.ANSWERS
# The same case, as somebody sees it who remembers deciding together.
TOGETHER = {
    **ANSWERS,
    "outcomes": {"public": "together", "third_sector": "together", "citizens": "asked"},
    "model": {"public": "led", "third_sector": "together"},
    "front": {"third_sector": "together", "citizens": "led"},
}
DAY = datetime(2026, 2, 1, 12, tzinfo=UTC)


def page_of(record: Partnership) -> CasePage:
    return case_page(case_queryset().get(pk=record.pk), inferred=False)


def seen(record: Partnership) -> PhasePerspectives:
    [view] = page_of(record).perspectives
    return view


def guided(phase: Phase, perspective: str, answers: dict[str, Any] | None = None, **fields: Any) -> Assessment:
    return factories.assessment(
        phase,
        **{
            "method": "guided",
            "perspective": perspective,
            "answers": answers or ANSWERS,
            "submitted_at": DAY,
            **fields,
        },
    )


@pytest.fixture
def record(db: None) -> Partnership:
    return factories.partnership("Elm")


@pytest.fixture
def phase(record: Partnership) -> Phase:
    return record.phases.get()


def adopt(phase: Phase, claim: Assessment) -> None:
    actions.adopt(phase=phase, claim=claim, by=factories.user(Role.CURATOR), rationale="It is documented.")


# ---- Who ---------------------------------------------------------------------------------------


def test_everybody_is_named_by_their_perspective_and_nothing_else(record: Partnership, phase: Phase) -> None:
    ada = factories.user(name="Ada Lovelace", email="ada@example.org")
    first = guided(phase, "public_body", assessor=ada)
    factories.invited_assessment(phase, label="Zanzibar", submitted_at=DAY)
    adopt(phase, first)

    page = page_of(record)

    assert page.perspectives[0].assessors == (
        AssessorView("Public body", "1 February 2026", "Guided", invited=False, adopted=True),
        AssessorView("Users or community", "1 February 2026", "Guided", invited=True, adopted=False),
    )
    for secret in ("Ada", "ada@", "Zanzibar"):
        assert secret not in repr(page)


def test_what_was_not_sent_is_not_there(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body", reason="Zanzibar", submitted_at=None)
    factories.invited_assessment(phase, reason="Timbuktu", submitted_at=None)

    page = page_of(record)

    assert page.perspectives == ()
    assert not page.disputed
    assert "Zanzibar" not in repr(page)
    assert "Timbuktu" not in repr(page)


def test_perspectives_that_are_alike_are_told_apart(record: Partnership, phase: Phase) -> None:
    guided(phase, "researcher")
    guided(phase, "researcher", submitted_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    guided(phase, "")
    guided(phase, "")

    assert [(one.name, one.date) for one in seen(record).assessors] == [
        ("Researcher, 1 February 2026", ""),
        ("Researcher, 1 March 2026", ""),
        ("Assessor, 1 February 2026 (1)", ""),
        ("Assessor, 1 February 2026 (2)", ""),
    ]


def test_a_correction_takes_the_place_of_what_it_corrects(record: Partnership, phase: Phase) -> None:
    ada, other = factories.user(), factories.user()
    guided(phase, "public_body", assessor=ada)
    guided(phase, "third_sector", assessor=other)
    guided(phase, "public_body", TOGETHER, assessor=ada)

    view = seen(record)

    assert len(view.assessors) == 2
    assert len(page_of(record).claims[0].rows) == 3


def test_the_adopted_one_stays_when_its_assessor_has_said_something_else_since(
    record: Partnership, phase: Phase
) -> None:
    ada = factories.user()
    adopt(phase, guided(phase, "public_body", assessor=ada))
    guided(phase, "public_body", TOGETHER, assessor=ada)

    assert [one.adopted for one in seen(record).assessors] == [True, False]


# ---- What they answered --------------------------------------------------------------------------


def test_answers_stand_task_by_task_with_a_verdict_in_words(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body")
    guided(phase, "users_or_community", {**TOGETHER, "detail": {"public": "unknown"}, "signoff": "na", "run": {}})

    view = seen(record)

    assert view.columns == ("Public body", "Users or community")
    assert [(row.question, row.verdict) for row in view.rows] == [
        ("Who chose what it should achieve?", "Different answers"),
        ("Who chose how it works?", "Different answers"),
        ("Who wrote the plan in detail?", "Cannot be compared"),
        ("Whose agreement did it need to start?", "Different answers"),
        ("Who runs it day to day?", "Cannot be compared"),
        ("Who does the work itself?", "Same parties, to another degree"),
    ]
    mine, theirs = view.rows[0].answers
    led, asked, together = (answer_level(code).design_words for code in ("led", "asked", "together"))
    assert (mine.name, mine.lines) == (
        "Public body", (("Public body", led), ("Third sector", asked), ("Citizens", asked)),
    )  # fmt: skip
    assert theirs.lines == (("Public body", together), ("Third sector", together), ("Citizens", asked))
    assert view.rows[5].answers[0].lines == (
        ("Third sector", answer_level("led").delivery_words),
        ("Citizens", answer_level("together").delivery_words),
    )
    assert [view.rows[place].answers[1].words for place in (3, 4)] == ["Does not apply", "Not answered"]


def test_answers_that_are_alike_agree(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body")
    guided(phase, "third_sector")

    assert {row.verdict for row in seen(record).rows} == {"Same answer"}


def test_tasks_that_never_count_stand_apart_and_only_where_answered(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body", {**ANSWERS, "check": {"public": "led"}})
    guided(phase, "third_sector")

    view = seen(record)

    assert [(row.question, row.verdict) for row in view.more] == [("Who checks how it is going?", "Cannot be compared")]
    assert len(view.rows) == 6


def test_one_person_is_compared_with_nobody(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body")

    view = seen(record)

    assert not view.compared
    assert {row.verdict for row in view.rows} == {""}
    assert [line.verdict for line in view.lines] == ["", ""]


def test_a_direct_statement_has_its_responsibilities_in_place_of_answers(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body")
    factories.assessment(phase, perspective="researcher", design="shared", reason="Interviews", submitted_at=DAY)

    view = seen(record)

    assert view.columns == ("Public body",)
    assert view.assessors[1] == AssessorView(
        "Researcher", "1 February 2026", "Direct", False, False, "Shared", "Not known", "Interviews"
    )


def test_one_direct_statement_alone_is_no_view_beside_others(record: Partnership, phase: Phase) -> None:
    factories.assessment(phase, perspective="researcher", design="shared")

    assert page_of(record).perspectives == ()


def test_too_many_columns_are_stacked(record: Partnership, phase: Phase) -> None:
    for perspective in ("public_body", "third_sector", "researcher"):
        guided(phase, perspective)
    assert not seen(record).crowded

    guided(phase, "users_or_community")

    assert seen(record).crowded


def test_each_phase_stands_by_itself(record: Partnership) -> None:
    first = record.phases.get()
    current = factories.add_phase(record, name="Running")
    guided(first, "public_body")
    guided(current, "public_body")
    guided(current, "third_sector", TOGETHER)

    assert [(view.phase, view.open, view.compared) for view in page_of(record).perspectives] == [
        ("Phase 1", False, False),
        ("Running", True, True),
    ]


# ---- Where they differ ---------------------------------------------------------------------------


def test_under_each_lens_everybody_has_a_place(record: Partnership, phase: Phase) -> None:
    guided(phase, "public_body")
    guided(phase, "users_or_community", TOGETHER)
    factories.assessment(phase, perspective="researcher", design="shared", delivery="citizens_or_third_sector")

    assert seen(record).lines == (
        LensLine(
            "By sector",
            (
                ("Public body", "7 · Co-Management"),
                ("Users or community", "8 · Co-Governance"),
                ("Researcher", "8 · Co-Governance"),
            ),
            "They differ on design.",
        ),
        LensLine(
            "By profession",
            (("Public body", "4"), ("Users or community", "4"), ("Researcher", "Not known")),
            "They agree.",
        ),
    )


def test_direct_statements_alone_say_nothing_by_profession(record: Partnership, phase: Phase) -> None:
    for perspective in ("public_body", "researcher"):
        factories.assessment(phase, perspective=perspective, design="shared", delivery="shared")

    view = seen(record)

    assert [(line.lens, line.verdict) for line in view.lines] == [("By sector", "They agree.")]
    assert view.rows == ()


def stands(*cells: int | str, **known: str) -> LensPosition:
    return LensPosition(**known, possible=frozenset(cells))


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        ((stands(4), stands(4)), "They agree."),
        ((stands(4), stands(1)), "They differ on delivery."),
        ((stands(4), stands(5)), "They differ on design."),
        ((stands(1), stands(9)), "They differ on design and delivery."),
        ((stands(5), stands(5), stands(6)), "They differ on design."),
        ((stands(5), stands(2, 5, 8)), "Whether they differ on delivery is open."),
        ((stands(5), stands(3, 6, 9)), "They differ on design. Whether they differ on delivery is open."),
        ((stands(6, 9), stands(6, 9)), "Whether they differ on delivery is open."),
        ((stands(1, 5), stands(2, 4)), "They differ, and on which axis is open."),
        ((stands(7), stands(7, "nobody", design="public")), "Whether they differ on delivery is open."),
        ((stands(4), stands("outside", design="public")), "They differ on delivery."),
        ((stands("outside"), stands("outside")), "Whether they differ on design and delivery is open."),
        ((stands("outside", "nobody"), stands(4)), "They differ, and on which axis is open."),
    ],
)
def test_the_axes_on_which_places_differ(positions: tuple[LensPosition, ...], words: str) -> None:
    assert axes_compared(positions, SECTOR) == words


@pytest.mark.parametrize(
    ("second", "sector", "professional"),
    [
        ({"method": "guided", "answers": ANSWERS}, False, False),
        ({"method": "guided", "answers": TOGETHER}, True, False),
        ({"method": "guided", "answers": {**ANSWERS, "front": {"third_sector": "led"}}}, False, True),
        ({"method": "guided", "answers": {**ANSWERS, "run": {}, "front": {}}}, False, False),
        ({"design": "public"}, False, False),
        ({"design": "shared"}, True, False),
    ],
)
def test_a_place_is_disputed_when_two_come_out_elsewhere(
    record: Partnership, phase: Phase, second: dict[str, Any], sector: bool, professional: bool
) -> None:
    guided(phase, "public_body")
    factories.assessment(phase, perspective="researcher", **second)

    page = page_of(record)

    assert (page.disputed, page.professional_disputed) == (sector, professional)


def test_a_dispute_about_another_phase_is_not_about_this_one(record: Partnership) -> None:
    first = record.phases.get()
    factories.add_phase(record)
    guided(first, "public_body")
    guided(first, "third_sector", TOGETHER)

    assert not page_of(record).disputed


def test_who_corrects_themselves_disputes_nothing(record: Partnership, phase: Phase) -> None:
    ada = factories.user()
    guided(phase, "public_body", assessor=ada)
    guided(phase, "public_body", TOGETHER, assessor=ada)

    assert not page_of(record).disputed
