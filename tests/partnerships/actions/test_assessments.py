"""Saving and signing answers about a phase, by keepers, by people with an account and by invitation."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.actions import KindNotThere, NotAllowed, Overtaken, StaleVersion
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase
from partnerships.positions import of_assessment
from taxonomy.answers import AnswersError
from tests import factories
from tests.partnerships.actions.common import ANSWERS, answer, answer_all, save

pytestmark = pytest.mark.django_db
PARTNERS = [("public", "Leith Council"), ("third_sector", "Hill Trust")]


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def draft(officer: User) -> Partnership:
    return save(officer)


@pytest.fixture
def phase(draft: Partnership) -> Phase:
    return draft.phases.get()


@pytest.fixture
def published() -> Phase:
    return factories.partnership(partners=PARTNERS).phases.get()


# ---- Saving --------------------------------------------------------------------------------------


def test_answers_are_kept_page_by_page(officer: User, phase: Phase) -> None:
    assessor = Assessor(phase, user=officer)
    answer(assessor, outcomes={"public": "led", "third_sector": "asked"})
    answer(assessor, signoff="na")

    kept = Assessment.objects.get()
    assert kept.answers == {"outcomes": {"public": "led", "third_sector": "asked"}, "signoff": "na"}
    assert (kept.assessor, kept.method, kept.perspective) == (officer, "guided", "public_body")
    assert (kept.submitted_at, kept.by_invitation) == (None, False)


def test_a_kind_left_blank_beside_an_answered_one_is_not_known(officer: User, phase: Phase) -> None:
    answer(Assessor(phase, user=officer), run={"third_sector": "led"})

    assert Assessment.objects.get().answers == {"run": {"public": "unknown", "third_sector": "led"}}


def test_an_answer_can_be_taken_back(officer: User, phase: Phase) -> None:
    assessor = Assessor(phase, user=officer)
    answer(assessor, run={"third_sector": "led"})
    answer(assessor, run=None)

    assert Assessment.objects.get().answers == {}


def test_colleagues_share_one_assessment_of_their_draft(officer: User, phase: Phase) -> None:
    colleague = factories.user(organisation=officer.organisation)
    answer(Assessor(phase, user=officer), run={"third_sector": "led", "public": "none"})
    answer(Assessor(phase, user=colleague), front={"third_sector": "led", "public": "none"})

    kept = Assessment.objects.get()
    assert (kept.assessor, list(kept.answers)) == (colleague, ["run", "front"])


@pytest.mark.parametrize(
    "values",
    [{"nonsense": {"public": "led"}}, {"run": {"public": "boss"}}, {"run": {"aliens": "led"}}, {"run": ["led"]}],
)
def test_codes_that_nobody_knows_are_refused(officer: User, phase: Phase, values: dict[str, Any]) -> None:
    with pytest.raises(AnswersError):
        answer(Assessor(phase, user=officer), **values)

    assert not Assessment.objects.exists()


def test_a_kind_that_does_not_take_part_is_refused(officer: User, phase: Phase) -> None:
    with pytest.raises(KindNotThere, match="“citizens” does not take part"):
        answer(Assessor(phase, user=officer), run={"citizens": "led"})

    assert not Assessment.objects.exists()


def test_saving_takes_at_most_fifteen_queries(
    officer: User, phase: Phase, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    assessor = Assessor(phase, user=officer)
    opened = assessor.opened(ANSWERS)

    with django_assert_max_num_queries(15):
        actions.save_assessment(assessor=assessor, values=ANSWERS, opened=opened, method="guided")
    with django_assert_max_num_queries(15):
        answer(assessor, run={"public": "led"})


def test_a_fault_while_saving_leaves_everything_as_it_was(
    officer: User, draft: Partnership, phase: Phase, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("partnerships.models.Invitation.save", fail)
    with pytest.raises(RuntimeError):
        answer(Assessor(phase, invitation=invitation), run={"third_sector": "led"})

    assert not Assessment.objects.exists()


# ---- Two tabs ------------------------------------------------------------------------------------


def test_the_second_of_two_tabs_learns_what_the_first_has_saved(officer: User, phase: Phase) -> None:
    assessor = Assessor(phase, user=officer)
    opened = assessor.opened(["run"])
    answer(assessor, run={"third_sector": "led", "public": "none"})

    with pytest.raises(Overtaken) as refused:
        answer(assessor, opened=opened, run={"public": "led", "third_sector": "none"})

    assert refused.value.present == {"run": {"public": "none", "third_sector": "led"}}
    assert Assessment.objects.get().answers["run"]["third_sector"] == "led"


def test_two_tabs_that_say_the_same_are_no_conflict(officer: User, phase: Phase) -> None:
    assessor = Assessor(phase, user=officer)
    opened = assessor.opened(["run"])
    answer(assessor, run={"third_sector": "led"})
    answer(assessor, opened=opened, run={"third_sector": "led", "public": "unknown"})

    assert Assessment.objects.count() == 1


def test_two_tabs_on_two_questions_are_no_conflict(officer: User, phase: Phase) -> None:
    assessor = Assessor(phase, user=officer)
    opened = assessor.opened(["front"])
    answer(assessor, run={"third_sector": "led"})
    answer(assessor, opened=opened, front={"third_sector": "led"})

    assert list(Assessment.objects.get().answers) == ["run", "front"]


# ---- Where nothing can be answered -----------------------------------------------------------------


@pytest.mark.parametrize("status", ["submitted", "withdrawn"])
def test_answers_of_what_was_handed_in_stay(officer: User, status: str) -> None:
    record = factories.partnership(status=status, partners=PARTNERS)

    with pytest.raises(NotAllowed, match="has been handed in"):
        answer(Assessor(record.phases.get(), user=officer), run={"public": "led"})


# ---- People with an account ------------------------------------------------------------------------


def test_everybody_has_an_assessment_of_their_own_of_what_is_published(published: Phase) -> None:
    one, other = factories.user(Role.RESEARCHER), factories.user(Role.RESEARCHER)
    answer(Assessor(published, user=one), run={"public": "led"})
    answer(Assessor(published, user=other), run={"third_sector": "led"})

    assert {row.assessor for row in Assessment.objects.all()} == {one, other}
    assert {row.perspective for row in Assessment.objects.all()} == {"researcher"}


def test_sending_signs_and_moves_no_position(published: Phase) -> None:
    assessor = Assessor(published, user=factories.user(Role.RESEARCHER))
    answer(assessor, **ANSWERS)

    signed = actions.submit_assessment(assessor=assessor, seen=assessor.again().seen())

    published.refresh_from_db()
    assert (signed.submitted_at is not None, signed.result["sector"]["cells"]) == (True, [7])
    assert (published.certainty, published.adopted_assessment) == ("", None)
    assert of_assessment(signed).sector.cells == (7,)


def test_an_open_assessment_by_somebody_else_does_not_hold_up_a_publication(published: Phase) -> None:
    answer(Assessor(published, user=factories.user(Role.RESEARCHER)), run={"public": "led"})
    record = actions.withdraw(partnership=published.partnership, by=factories.user(Role.CURATOR), note="Wait")

    assert actions.publish(partnership=record, by=factories.user(Role.CURATOR)).is_published


@pytest.mark.parametrize("task", ANSWERS)
def test_nothing_is_sent_before_every_question_has_an_answer(published: Phase, task: str) -> None:
    assessor = Assessor(published, user=factories.user(Role.RESEARCHER))
    answer(assessor, **{name: value for name, value in ANSWERS.items() if name != task})

    with pytest.raises(NotAllowed, match="Answer what is still missing"):
        actions.submit_assessment(assessor=assessor)


def test_nothing_is_sent_that_changed_since_it_was_checked(published: Phase) -> None:
    assessor = Assessor(published, user=factories.user(Role.RESEARCHER))
    answer(assessor, **ANSWERS)
    seen = assessor.again().seen()
    answer(assessor, comment="One more thing")

    with pytest.raises(StaleVersion, match="while you were checking"):
        actions.submit_assessment(assessor=assessor, seen=seen)


def test_a_second_assessment_starts_from_the_first_and_leaves_it(published: Phase) -> None:
    assessor = Assessor(published, user=factories.user(Role.RESEARCHER))
    answer(assessor, **ANSWERS)
    actions.submit_assessment(assessor=assessor)

    with pytest.raises(NotAllowed, match="nothing new"):
        actions.submit_assessment(assessor=assessor)
    answer(assessor, run="na")

    first, second = Assessment.objects.order_by("pk")
    assert (first.answers, second.answers) == (ANSWERS, {**ANSWERS, "run": "na"})


# ---- By invitation ---------------------------------------------------------------------------------


def test_an_invited_assessment_bears_no_name_and_its_mark(officer: User, phase: Phase) -> None:
    answer_all(phase, officer)
    invitation = actions.invite(phase=phase, by=officer, perspective="users_or_community", label="Friends of Leith")
    assessor = Assessor(phase, invitation=invitation)
    answer(assessor, **ANSWERS)
    sent = actions.submit_assessment(assessor=assessor.again())

    assert (sent.assessor, sent.by_invitation, sent.perspective) == (None, True, "users_or_community")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.assessment) == ("sent", sent)


def test_an_invitation_is_used_once(officer: User, phase: Phase) -> None:
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    assessor = Assessor(phase, invitation=invitation)
    answer(assessor, **ANSWERS)
    actions.submit_assessment(assessor=assessor.again())

    for again in (lambda: answer(assessor, run="na"), lambda: actions.submit_assessment(assessor=assessor)):
        with pytest.raises(NotAllowed, match="no longer open"):
            again()
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("end", ["withdrawn", "expired", "record withdrawn"])
def test_an_invitation_that_has_ended_takes_nothing(officer: User, end: str) -> None:
    phase = factories.partnership(partners=PARTNERS).phases.get()
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    assessor = Assessor(phase, invitation=invitation)
    answer(assessor, **ANSWERS)
    if end == "withdrawn":
        actions.withdraw_invitation(invitation=invitation, by=officer)
    elif end == "expired":
        type(invitation).objects.update(
            created_at=timezone.now() - timedelta(days=61), expires_at=timezone.now() - timedelta(days=1)
        )
    else:
        actions.withdraw(partnership=phase.partnership, by=factories.user(Role.CURATOR), note="Wrong")

    with pytest.raises(NotAllowed, match="no longer open"):
        actions.submit_assessment(assessor=assessor)


def test_withdrawing_an_invitation_throws_away_what_was_begun(officer: User, phase: Phase) -> None:
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    answer(Assessor(phase, invitation=invitation), run="na")

    withdrawn = actions.withdraw_invitation(invitation=invitation, by=officer)

    assert (withdrawn.state, withdrawn.withdrawn_by, Assessment.objects.count()) == ("withdrawn", officer, 0)


def test_what_was_sent_cannot_be_taken_back_by_the_inviter(officer: User, phase: Phase) -> None:
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    assessor = Assessor(phase, invitation=invitation)
    answer(assessor, **ANSWERS)
    actions.submit_assessment(assessor=assessor.again())

    with pytest.raises(NotAllowed, match="have been sent already"):
        actions.withdraw_invitation(invitation=invitation, by=officer)


def test_keepers_and_invited_do_not_see_each_others_answers(officer: User, phase: Phase) -> None:
    answer_all(phase, officer)
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    answer(Assessor(phase, invitation=invitation), run="na")

    invited, keepers = Assessor(phase, invitation=invitation).again(), Assessor(phase, user=officer).again()
    assert invited.present().answers == {"run": "na"}
    assert keepers.present().answers == ANSWERS


@pytest.mark.parametrize("perspective", ["", "researcher", "curator", "nobody"])
def test_only_those_who_take_part_are_invited(officer: User, phase: Phase, perspective: str) -> None:
    with pytest.raises(ValidationError):
        actions.invite(phase=phase, by=officer, perspective=perspective, label="Somebody")


# ---- Whose word it is ------------------------------------------------------------------------------


def test_a_colleagues_correction_is_the_same_voice_and_no_second_opinion(officer: User, draft: Partnership) -> None:
    phase, curator = draft.phases.get(), factories.user(Role.CURATOR)
    answer_all(phase, officer)
    actions.submit(partnership=draft, by=officer)
    actions.request_changes(partnership=draft, by=curator, note="Who runs it?")
    colleague = factories.user(organisation=officer.organisation)
    answer(Assessor(draft.phases.get(), user=colleague), run={"public": "led", "third_sector": "none"})
    actions.submit(partnership=draft, by=colleague)
    record = actions.publish(partnership=draft, by=curator)
    researcher = Assessor(record.phases.get(), user=factories.user(Role.RESEARCHER))
    answer(researcher, **ANSWERS)
    actions.submit_assessment(assessor=researcher.again())

    first, second, other = Assessment.objects.order_by("pk")
    assert (first.assessor, second.assessor) == (officer, colleague)
    assert first.voice == second.voice != other.voice


@pytest.mark.parametrize("first", ["guided", "direct"])
def test_answers_and_a_direct_statement_do_not_push_each_other_out_unseen(
    officer: User, phase: Phase, first: str
) -> None:
    assessor = Assessor(phase, user=officer)
    stated = {"design": "shared", "delivery": "", "reason": "Minutes"}
    values = {"guided": {"run": "na"}, "direct": stated}
    second = "direct" if first == "guided" else "guided"
    # Something was answered in the second way, and a page of it is open, when the first way is taken elsewhere.
    answer(assessor, method=second, **({"front": "na"} if second == "guided" else stated))
    opened = assessor.again().opened(values[second])
    answer(assessor, method=first, **values[first])

    with pytest.raises(Overtaken):
        answer(assessor, opened=opened, method=second, **values[second])
    kept = Assessment.objects.get()
    assert kept.method == first

    answer(assessor, method=second, **values[second])
    assert Assessment.objects.get().method == second
