"""Logging, saving again, taking away and handing in: what is written, and every refusal."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.actions import NotAllowed, Overlap, StaleVersion
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership
from partnerships.models.fields import ALL_CELLS
from tests import factories
from tests.partnerships.actions.common import (
    ANSWERS,
    answer,
    answer_all,
    last_change,
    save,
    state_directly,
    values_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def curator() -> User:
    return factories.user(Role.CURATOR)


# ---- Saving ------------------------------------------------------------------------------------


def test_logging_a_partnership_keeps_all_that_was_said(officer: User) -> None:
    draft = save(officer)

    phase = draft.phases.get()
    assert (draft.title, draft.countries, draft.status, draft.slug) == ("Recovery college", ["GB"], "draft", None)
    assert (draft.created_by, draft.organisation) == (officer, officer.organisation)
    assert list(draft.partners.values_list("kind", "name", "lead")) == [
        ("public", "Leith Council", True),
        ("third_sector", "Hill Trust", False),
    ]
    assert (phase.name, phase.current, phase.possible_cells, phase.certainty) == ("Pilot", True, ALL_CELLS, "")
    assert not Assessment.objects.exists()


def test_a_draft_is_indexed(officer: User) -> None:
    draft = save(officer)

    assert draft.search_title == "recovery college"
    assert set(draft.facets.values_list("facet", "value")) == {
        ("country", "GB"), ("kind", "public"), ("kind", "third_sector"),
        ("partner", "leith council"), ("partner", "hill trust"),
    }  # fmt: skip


def test_saving_again_changes_the_same_rows(officer: User) -> None:
    draft = save(officer)

    again = save(officer, draft, fields={"title": "New name"}, phase={"name": "Roll-out"})

    assert (again.pk, again.title, again.version) == (draft.pk, "New name", 2)
    assert again.phases.get().name == "Roll-out"


def test_partners_that_are_named_no_longer_go(officer: User) -> None:
    draft = save(officer)

    save(officer, draft, partners=[{"kind": "private", "name": "Acme", "lead": False}])

    assert list(draft.partners.values_list("kind", "name")) == [("private", "Acme")]


def test_what_a_list_of_partners_does_not_speak_of_stays(officer: User) -> None:
    draft = save(officer)
    draft.partners.filter(kind="public").update(roles=["pays"], note="Wholly owned by the county", hybrid=True)

    save(officer, draft, partners=[{"kind": "public", "name": "Leith Council", "lead": False}])

    partner = draft.partners.get()
    assert (partner.lead, partner.roles, partner.hybrid) == (False, ["pays"], True)
    assert partner.note == "Wholly owned by the county"


def test_roles_are_kept_as_they_are_given(officer: User) -> None:
    draft = save(officer)

    save(officer, draft, partners=[{"kind": "public", "name": "Leith Council", "roles": ["pays", "inspects"]}])

    assert draft.partners.get().roles == ["pays", "inspects"]


def test_a_phase_that_stays_the_same_leaves_no_history(officer: User) -> None:
    draft = save(officer)

    save(officer, draft)

    assert draft.phases.get().history.count() == 1


def test_the_first_phase_may_not_lie_over_another(officer: User) -> None:
    draft = save(officer)
    years = {"starts_precision": "year", "ends_precision": "year"}
    factories.add_phase(draft, name="Roll-out", starts=date(2013, 1, 1), ends=date(2015, 12, 31), **years)

    with pytest.raises(Overlap, match="overlap those of “Roll-out”"):
        save(officer, draft, phase={"name": "Pilot", "starts": date(2014, 1, 1), "ends": date(2014, 12, 31), **years})


def test_saving_an_older_version_is_refused_and_changes_nothing(officer: User) -> None:
    draft = save(officer)
    save(officer, draft, fields={"title": "Somebody was quicker"})

    with pytest.raises(StaleVersion, match="Somebody else saved this draft"):
        save(officer, draft, version=1, fields={"title": "Mine"})

    assert values_of(draft)["title"] == "Somebody was quicker"


@pytest.mark.parametrize("status", ["submitted", "published", "withdrawn"])
def test_what_was_handed_in_is_not_for_officers_to_change(officer: User, status: str) -> None:
    record = factories.partnership("As it was", status=status)

    with pytest.raises(NotAllowed, match="only a curator can change it now"):
        save(officer, record)

    assert values_of(record)["title"] == "As it was"


def test_a_fault_half_way_leaves_no_half_of_a_draft(officer: User) -> None:
    with pytest.raises(KeyError):
        save(officer, partners=[{"kind": "public"}])

    assert not Partnership.objects.exists()


# ---- Handing in --------------------------------------------------------------------------------


def test_handing_in_signs_the_answers_with_their_result(officer: User) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)

    handed_in = actions.submit(partnership=draft, by=officer)

    signed = Assessment.objects.get()
    assert (handed_in.status, handed_in.version, handed_in.curator_note) == ("submitted", 2, "")
    assert handed_in.submitted_at is not None
    assert handed_in.last_confirmed is not None
    assert (signed.assessor, signed.method, signed.codebook) == (officer, "guided", "1.0")
    assert signed.submitted_at is not None
    assert (signed.answers, signed.result["sector"]["cells"]) == (ANSWERS, [7])
    assert last_change(handed_in) == ("Handed in", officer)


def test_a_direct_statement_is_signed_as_it_stands(officer: User) -> None:
    draft = save(officer)
    state_directly(draft.phases.get(), officer)

    actions.submit(partnership=draft, by=officer)

    signed = Assessment.objects.get()
    assert (signed.design, signed.delivery, signed.reason) == ("shared", "", "The contract of 2013")
    assert (signed.answers, signed.result) == ({}, {})


def test_what_somebody_else_writes_is_not_signed_along(officer: User) -> None:
    draft = save(officer)
    phase = draft.phases.get()
    answer_all(phase, officer)
    invitation = actions.invite(phase=phase, by=officer, perspective="users_or_community", label="Friends of Leith")
    answer(Assessor(phase, invitation=invitation), model={"public": "led"})

    actions.submit(partnership=draft, by=officer)

    assert [row.by_invitation for row in Assessment.objects.unfinished()] == [True]


@pytest.mark.parametrize("status", ["submitted", "published", "withdrawn"])
def test_only_an_open_record_is_handed_in(officer: User, status: str) -> None:
    record = factories.partnership(status=status)

    with pytest.raises(NotAllowed, match="handed in already"):
        actions.submit(partnership=record, by=officer)

    assert values_of(record)["status"] == status


@pytest.mark.parametrize("part", ["record", "answers", "phases"])
def test_handing_in_something_else_than_was_checked_is_refused(officer: User, part: str) -> None:
    draft = save(officer)
    phase = draft.phases.get()
    answer_all(phase, officer)
    seen = actions.seen_of(draft)
    if part == "record":
        draft = save(officer, draft)
    elif part == "answers":
        answer(Assessor(phase, user=officer), run={"third_sector": "together", "public": "together"})
    else:
        actions.save_phase(by=officer, partnership=draft, phase=phase, values={"name": "Year 1"})

    with pytest.raises(StaleVersion, match="while you were checking it"):
        actions.submit(partnership=draft, by=officer, seen=seen)

    draft.refresh_from_db()
    assert actions.submit(partnership=draft, by=officer, seen=actions.seen_of(draft)).status == "submitted"


@pytest.mark.parametrize("task", ANSWERS)
def test_a_question_that_nobody_came_to_keeps_it_back(officer: User, task: str) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)
    answer(Assessor(draft.phases.get(), user=officer), **{task: None})

    with pytest.raises(NotAllowed, match="Answer what is still missing"):
        actions.submit(partnership=draft, by=officer)

    assert values_of(draft)["status"] == "draft"
    assert Assessment.objects.get().submitted_at is None


def test_a_planned_phase_needs_no_answers(officer: User) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)
    actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": "Tender", "planned": True})

    assert actions.submit(partnership=draft, by=officer).status == "submitted"


def test_an_actual_phase_without_answers_keeps_it_back(officer: User) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)
    actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": "Roll-out"})

    with pytest.raises(NotAllowed, match="Answer what is still missing"):
        actions.submit(partnership=draft, by=officer)


def test_not_known_is_an_answer(officer: User) -> None:
    draft = save(officer)
    state_directly(draft.phases.get(), officer, design="", delivery="")

    assert actions.submit(partnership=draft, by=officer).status == "submitted"


def test_a_claim_that_rests_on_nothing_is_not_handed_in(officer: User) -> None:
    draft = save(officer)
    state_directly(draft.phases.get(), officer, reason="")

    with pytest.raises(ValidationError, match="Answer what is still missing"):
        actions.submit(partnership=draft, by=officer)


# ---- A signed assessment never changes -----------------------------------------------------------


def sent_back(officer: User, curator: User) -> Partnership:
    """A draft that was answered, handed in and sent back."""
    draft = save(officer)
    answer_all(draft.phases.get(), officer)
    actions.submit(partnership=draft, by=officer)
    return actions.request_changes(partnership=draft, by=curator, note="Who delivers?")


def test_a_correction_is_a_new_assessment_that_starts_from_the_old(officer: User, curator: User) -> None:
    draft = sent_back(officer, curator)
    first = values_of(Assessment.objects.get())

    answer(Assessor(draft.phases.get(), user=officer), run={"public": "led"})
    actions.submit(partnership=draft, by=officer)

    old, new = Assessment.objects.order_by("pk")
    assert values_of(old) == first
    assert new.answers == {**ANSWERS, "run": {"public": "led", "third_sector": "unknown"}}
    assert new.submitted_at is not None


def test_handing_in_the_same_again_makes_no_second_assessment(officer: User, curator: User) -> None:
    draft = sent_back(officer, curator)

    answer(Assessor(draft.phases.get(), user=officer), **ANSWERS)
    actions.submit(partnership=draft, by=officer)

    assert Assessment.objects.count() == 1


def test_a_kind_that_joined_since_is_not_known_and_never_absent(officer: User, curator: User) -> None:
    draft = sent_back(officer, curator)
    partners = [{"kind": kind, "name": ""} for kind in ("public", "third_sector", "citizens")]
    draft = save(officer, draft, partners=partners)

    actions.submit(partnership=draft, by=officer)

    new = Assessment.objects.latest("pk")
    assert {levels["citizens"] for levels in new.answers.values()} == {"unknown"}


# ---- Deleting ------------------------------------------------------------------------------------


def test_a_draft_that_nobody_saw_may_be_deleted(officer: User) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)

    actions.delete_draft(partnership=draft, by=officer)

    assert not Partnership.objects.exists()
    assert not Assessment.objects.exists()
    last = Partnership.history.first()
    assert (last.history_type, last.history_user) == ("-", officer)


@pytest.mark.parametrize("status", ["submitted", "changes_requested", "published", "withdrawn"])
def test_what_a_curator_has_seen_is_not_deleted(officer: User, status: str) -> None:
    record = factories.partnership(status=status)

    with pytest.raises(NotAllowed, match="never handed in"):
        actions.delete_draft(partnership=record, by=officer)


def test_a_whole_whose_part_is_recorded_is_not_deleted(officer: User) -> None:
    draft = factories.partnership(status="draft")
    factories.partnership(part_of=draft)

    with pytest.raises(NotAllowed, match="recorded as a part of this one"):
        actions.delete_draft(partnership=draft, by=officer)


def test_what_somebody_invited_has_signed_is_not_deleted(officer: User) -> None:
    draft = save(officer)
    phase = draft.phases.get()
    invitation = actions.invite(phase=phase, by=officer, perspective="third_sector", label="Hill Trust")
    assessor = Assessor(phase, invitation=invitation)
    answer(assessor, **ANSWERS)
    actions.submit_assessment(assessor=assessor)

    with pytest.raises(NotAllowed, match="has sent their answers"):
        actions.delete_draft(partnership=draft, by=officer)
