"""Who assesses a phase, and from what their present assessment starts."""

import pytest

from accounts.roles import Role
from partnerships.assessors import Assessor, fingerprint
from partnerships.completeness import TASKS, missing_of, phases_missing
from partnerships.models import Assessment, Phase
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase() -> Phase:
    record = factories.partnership(
        status="draft", partners=[("citizens", ""), ("public", "Leith Council"), ("public", "NHS Lothian")]
    )
    return record.phases.get()


def test_kinds_come_in_the_order_of_the_codebook_with_their_names(phase: Phase) -> None:
    assessor = Assessor(phase)

    assert assessor.kinds == ("public", "citizens")
    assert assessor.names == {"public": ["Leith Council", "NHS Lothian"], "citizens": []}


def test_who_leads_is_named_first(phase: Phase) -> None:
    phase.partnership.partners.filter(name="NHS Lothian").update(lead=True)

    assert Assessor(phase).names["public"] == ["NHS Lothian", "Leith Council"]


@pytest.mark.parametrize(
    ("kind", "role", "perspective"),
    [
        ("public", Role.OFFICER, "public_body"),
        ("third_sector", Role.OFFICER, "third_sector"),
        ("community", Role.OFFICER, "users_or_community"),
        ("private", Role.OFFICER, ""),
        ("public", Role.RESEARCHER, "researcher"),
    ],
)
def test_the_likely_perspective_is_proposed(phase: Phase, kind: str, role: str, perspective: str) -> None:
    person = factories.user(role, organisation=factories.organisation(kind=kind))

    assert Assessor(phase, user=person).present().perspective == perspective


@pytest.mark.parametrize(("role", "speaks"), [(Role.OFFICER, False), (Role.RESEARCHER, False), (Role.CURATOR, True)])
def test_only_curators_speak_as_the_register(phase: Phase, role: str, speaks: bool) -> None:
    assert ("curator" in Assessor(phase, user=factories.user(role)).perspectives) is speaks


def test_an_invitation_says_whose_view_is_asked_for(phase: Phase) -> None:
    invitation = factories.invitation(phase, perspective="third_sector")

    assert Assessor(phase, invitation=invitation).perspectives == ("third_sector",)


def test_what_is_not_saved_yet_is_blank(phase: Phase) -> None:
    present = Assessor(phase, user=factories.user()).present()

    assert (present.pk, present.method, present.answers) == (None, "guided", {})


def test_the_present_assessment_starts_from_the_one_signed_last(phase: Phase) -> None:
    factories.assessment(phase, design="public", delivery="shared", reason="Old")
    factories.assessment(phase, design="shared", delivery="shared", reason="New")

    present = Assessor(phase, user=factories.user()).present()

    assert (present.pk, present.method, present.design, present.reason) == (None, "direct", "shared", "New")


def test_a_person_starts_from_their_own_and_from_nobody_elses() -> None:
    phase = factories.partnership().phases.get()
    researcher = factories.user(Role.RESEARCHER)
    factories.assessment(phase, assessor=factories.user(Role.RESEARCHER), reason="Somebody else's")

    assert Assessor(phase, user=researcher).present().reason == ""


def test_a_fingerprint_tells_states_apart_and_ignores_order() -> None:
    assert fingerprint({"a": 1, "b": {"x": 1, "y": 2}}) == fingerprint({"b": {"y": 2, "x": 1}, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": None})
    assert fingerprint({"a": None}) != fingerprint({})


# ---- What is missing -------------------------------------------------------------------------------


def test_nothing_answered_is_one_thing_missing() -> None:
    assert missing_of(None, ["public"]) == ("assessment",)


def test_each_deciding_task_without_an_answer_is_named() -> None:
    answers = {"outcomes": {"public": "led"}, "signoff": "na", "run": {"private": "led"}, "needs": {"public": "led"}}

    lacks = missing_of(Assessment(method="guided", answers=answers, perspective="public_body"), ["public"])

    assert lacks == ("model", "detail", "run", "front")


def test_a_direct_statement_needs_what_it_rests_on_and_a_perspective() -> None:
    assert missing_of(Assessment(method="direct", reason=" "), []) == ("reason", "perspective")
    assert missing_of(Assessment(method="direct", reason="Minutes", perspective="curator"), []) == ()


def test_only_actual_phases_need_answers(phase: Phase) -> None:
    planned = factories.add_phase(phase.partnership, name="Tender", planned=True)

    assert phases_missing(phase.partnership) == {phase: ("assessment",), planned: ()}


def test_a_phase_with_every_answer_lacks_nothing(phase: Phase) -> None:
    levels = {"public": "led", "citizens": "none"}
    factories.assessment(
        phase, submitted=False, method="guided", answers=dict.fromkeys(TASKS, levels), perspective="public_body"
    )

    assert phases_missing(phase.partnership) == {phase: ()}
