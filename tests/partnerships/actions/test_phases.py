"""Adding, changing, ordering and taking away the phases of a draft."""

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from partnerships import actions
from partnerships.actions import NotAllowed, Overlap
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership
from tests import factories
from tests.partnerships.actions.common import ANSWERS, answer, answer_all, save, state_directly

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def draft(officer: User) -> Partnership:
    return save(officer)


def years(first: int, last: int) -> dict[str, Any]:
    return {
        "starts": date(first, 1, 1), "starts_precision": "year", "ends": date(last, 12, 31), "ends_precision": "year",
    }  # fmt: skip


def add(officer: User, draft: Partnership, name: str, **values: Any) -> Any:
    like = values.pop("like", None)
    return actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": name, **values}, like=like)


def names(draft: Partnership) -> list[str]:
    return list(draft.phases.order_by("order").values_list("name", flat=True))


def test_a_new_phase_comes_last_and_becomes_the_current_one(officer: User, draft: Partnership) -> None:
    added = add(officer, draft, "Roll-out")

    assert names(draft) == ["Pilot", "Roll-out"]
    added.refresh_from_db()
    assert added.current
    assert Partnership.objects.get().version == 2


def test_a_planned_phase_does_not_become_current(officer: User, draft: Partnership) -> None:
    add(officer, draft, "Tender", planned=True)

    assert draft.phases.get(current=True).name == "Pilot"


def test_a_name_in_use_is_refused(officer: User, draft: Partnership) -> None:
    with pytest.raises(NotAllowed, match="has this name"):
        add(officer, draft, "Pilot")


def test_a_phase_keeps_its_own_name(officer: User, draft: Partnership) -> None:
    phase = draft.phases.get()

    actions.save_phase(by=officer, partnership=draft, phase=phase, values={"name": "Pilot", **years(2012, 2013)})

    assert draft.phases.get().starts == date(2012, 1, 1)


def test_overlapping_actual_phases_are_refused_by_name(officer: User, draft: Partnership) -> None:
    add(officer, draft, "Year 1", **years(2012, 2014))

    with pytest.raises(Overlap, match="overlap those of “Year 1”"):
        add(officer, draft, "Year 2", **years(2013, 2015))

    assert names(draft) == ["Pilot", "Year 1"]


def test_phases_that_meet_in_a_year_and_plans_do_not_overlap(officer: User, draft: Partnership) -> None:
    add(officer, draft, "Year 1", **years(2012, 2014))
    add(officer, draft, "Year 2", **years(2014, 2015))
    add(officer, draft, "Plan", planned=True, **years(2013, 2015))

    assert names(draft) == ["Pilot", "Year 1", "Year 2", "Plan"]


# ---- What changed? ---------------------------------------------------------------------------------


def test_a_new_phase_starts_from_the_answers_about_another(officer: User, draft: Partnership) -> None:
    pilot = draft.phases.get()
    answer_all(pilot, officer)

    added = add(officer, draft, "Roll-out", like=pilot)

    copied = added.assessments.get()
    assert (copied.answers, copied.submitted_at, copied.assessor) == (ANSWERS, None, officer)
    assert (copied.reason, copied.perspective) == ("", "")
    assert pilot.assessments.get().answers == ANSWERS


def test_a_direct_statement_is_taken_over_without_its_reason(officer: User, draft: Partnership) -> None:
    pilot = draft.phases.get()
    state_directly(pilot, officer)

    copied = add(officer, draft, "Roll-out", like=pilot).assessments.get()

    assert (copied.method, copied.design, copied.reason) == ("direct", "shared", "")


def test_where_nothing_was_answered_nothing_is_taken_over(officer: User, draft: Partnership) -> None:
    add(officer, draft, "Roll-out", like=draft.phases.get())

    assert not Assessment.objects.exists()


# ---- Order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "up", "order"),
    [
        ("Two", True, ["Two", "Pilot", "Three"]),
        ("Two", False, ["Pilot", "Three", "Two"]),
        ("Pilot", True, ["Pilot", "Two", "Three"]),
        ("Three", False, ["Pilot", "Two", "Three"]),
    ],
)
def test_phases_change_places(officer: User, draft: Partnership, name: str, up: bool, order: list[str]) -> None:
    add(officer, draft, "Two")
    add(officer, draft, "Three")

    actions.move_phase(by=officer, phase=draft.phases.get(name=name), up=up)

    assert names(draft) == order
    assert draft.phases.get(current=True).name == order[-1]


# ---- Taking away -----------------------------------------------------------------------------------


def test_a_phase_goes_with_its_open_answers(officer: User, draft: Partnership) -> None:
    added = add(officer, draft, "Roll-out")
    answer_all(added, officer)

    actions.delete_phase(by=officer, phase=added)

    assert names(draft) == ["Pilot"]
    assert not Assessment.objects.exists()
    assert draft.phases.get().current


def test_the_only_phase_stays(officer: User, draft: Partnership) -> None:
    with pytest.raises(NotAllowed, match="at least one stage"):
        actions.delete_phase(by=officer, phase=draft.phases.get())


def test_a_phase_about_which_somebody_invited_is_answering_stays(officer: User, draft: Partnership) -> None:
    added = add(officer, draft, "Roll-out")
    invitation = factories.invitation(added, invited_by=officer)
    answer(Assessor(added, invitation=invitation), run="na")

    with pytest.raises(NotAllowed, match="Withdraw the invitation first"):
        actions.delete_phase(by=officer, phase=added)
    with pytest.raises(NotAllowed, match="Withdraw the invitation first"):
        actions.delete_draft(by=officer, partnership=draft)
    actions.withdraw_invitation(invitation=invitation, by=officer)
    actions.delete_phase(by=officer, phase=added)

    assert names(draft) == ["Pilot"]


def test_copied_answers_are_not_handed_in_before_somebody_says_whose_view_they_are(
    officer: User, draft: Partnership
) -> None:
    pilot = draft.phases.get()
    answer_all(pilot, officer)
    added = add(officer, draft, "Roll-out", like=pilot)

    with pytest.raises(NotAllowed, match="Answer what is still missing"):
        actions.submit(partnership=draft, by=officer)
    answer(Assessor(added, user=officer), perspective="public_body")

    assert actions.submit(partnership=draft, by=officer).status == "submitted"


def test_a_phase_with_signed_answers_stays(officer: User, draft: Partnership) -> None:
    added = add(officer, draft, "Roll-out")
    factories.assessment(added)

    with pytest.raises(NotAllowed, match="have been handed in"):
        actions.delete_phase(by=officer, phase=added)


def test_a_phase_of_which_a_source_speaks_stays(officer: User, draft: Partnership) -> None:
    added = add(officer, draft, "Roll-out")
    factories.statement(draft, phase=added)

    with pytest.raises(NotAllowed, match="A curator has recorded something"):
        actions.delete_phase(by=officer, phase=added)


@pytest.mark.parametrize("status", ["submitted", "published", "withdrawn"])
def test_phases_of_what_was_handed_in_stay_as_they_are(officer: User, status: str) -> None:
    record = factories.partnership(status=status)
    phase = record.phases.get()

    for act in (
        lambda: add(officer, record, "Two"),
        lambda: actions.move_phase(by=officer, phase=phase, up=True),
        lambda: actions.delete_phase(by=officer, phase=phase),
    ):
        with pytest.raises(NotAllowed, match="has been handed in"):
            act()
