"""Sending back, publishing, withdrawing and adopting: what is written, and every refusal."""

from datetime import date

import pytest
from django.db import models

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.actions import NotAllowed
from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.fields import ALL_CELLS
from taxonomy.lenses import PROFESSIONAL
from tests import factories
from tests.partnerships.actions.common import answer_all, last_change, save, values_of

pytestmark = pytest.mark.django_db
STATUSES = ["draft", "submitted", "changes_requested", "published", "withdrawn"]


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def curator() -> User:
    return factories.user(Role.CURATOR)


# ---- Sending back ------------------------------------------------------------------------------


def test_sending_back_gives_the_reason(curator: User) -> None:
    record = factories.partnership(status="submitted")

    sent_back = actions.request_changes(partnership=record, by=curator, note=" Which charity? ")

    assert (sent_back.status, sent_back.curator_note, sent_back.version) == ("changes_requested", "Which charity?", 2)
    assert last_change(sent_back) == ("Changes requested: Which charity?", curator)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "submitted"])
def test_only_what_was_handed_in_is_sent_back(curator: User, status: str) -> None:
    record = factories.partnership(status=status)

    with pytest.raises(NotAllowed, match="Only a partnership that was handed in"):
        actions.request_changes(partnership=record, by=curator, note="Why?")

    assert values_of(record)["status"] == status


@pytest.mark.parametrize("note", ["", "  \n"])
def test_sending_back_without_a_reason_is_refused(curator: User, note: str) -> None:
    record = factories.partnership(status="submitted")

    with pytest.raises(NotAllowed, match="Say what should be changed"):
        actions.request_changes(partnership=record, by=curator, note=note)


def test_a_long_reason_is_kept_whole_and_cut_in_the_history(curator: User) -> None:
    record = factories.partnership(status="submitted")

    sent_back = actions.request_changes(partnership=record, by=curator, note="word\n" * 400)

    assert len(sent_back.curator_note) > 1900
    assert len(last_change(sent_back)[0]) <= 100


# ---- Publishing and withdrawing ----------------------------------------------------------------


def test_publishing_gives_an_address_and_a_date(curator: User) -> None:
    record = factories.partnership("Città sana", status="submitted", curator_note="Which charity?")

    published = actions.publish(partnership=record, by=curator)

    assert (published.slug, published.status, published.curator_note) == ("citta-sana", "published", "")
    assert published.published_at is not None
    assert last_change(published) == ("Published", curator)


def test_the_library_publishes_in_nobodys_name() -> None:
    published = actions.publish(partnership=factories.partnership(status="draft"), by=None)

    assert last_change(published) == ("Published", None)


def test_publishing_without_a_phase_is_refused(curator: User) -> None:
    record = factories.partnership(status="submitted")
    record.phases.all().delete()

    with pytest.raises(NotAllowed, match="at least one phase"):
        actions.publish(partnership=record, by=curator)

    assert values_of(record)["status"] == "submitted"


def test_publishing_what_an_officer_is_still_working_on_is_refused(officer: User, curator: User) -> None:
    draft = save(officer)

    with pytest.raises(NotAllowed, match="still working on it"):
        actions.publish(partnership=draft, by=curator)

    assert values_of(draft)["status"] == "draft"


def test_publishing_phases_that_overlap_is_refused_and_names_them(curator: User) -> None:
    years = {"starts_precision": "year", "ends_precision": "year"}
    pilot = {"name": "Pilot", "starts": date(2012, 1, 1), "ends": date(2014, 12, 31), **years}
    record = factories.partnership(status="submitted", phase=pilot)
    factories.add_phase(record, name="Roll-out", starts=date(2013, 1, 1), ends=date(2015, 12, 31), **years)

    with pytest.raises(NotAllowed, match="“Pilot” and “Roll-out” overlap"):
        actions.publish(partnership=record, by=curator)

    assert values_of(record)["status"] == "submitted"


def test_a_plan_may_overlap_with_what_is(curator: User) -> None:
    record = factories.partnership(status="submitted", phase={"starts": date(2012, 1, 1), "starts_precision": "year"})
    factories.add_phase(record, starts=date(2012, 1, 1), starts_precision="year", planned=True)

    assert actions.publish(partnership=record, by=curator).is_published


def test_an_address_and_the_first_date_are_kept_for_good(curator: User) -> None:
    record = actions.publish(partnership=factories.partnership("Old name", status="submitted"), by=curator)
    withdrawn = actions.withdraw(partnership=record, by=curator, note="Out of date")
    withdrawn.title = "New name"
    withdrawn.save()

    again = actions.publish(partnership=withdrawn, by=curator)

    assert (again.slug, again.published_at) == ("old-name", record.published_at)


def test_withdrawing_says_why_and_keeps_the_address(curator: User) -> None:
    record = factories.partnership("Brescia")

    withdrawn = actions.withdraw(partnership=record, by=curator, note=" It never existed ")

    assert (withdrawn.status, withdrawn.slug, withdrawn.curator_note) == ("withdrawn", "brescia", "It never existed")
    assert last_change(withdrawn) == ("Withdrawn: It never existed", curator)


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "published"])
def test_only_what_is_published_is_withdrawn(curator: User, status: str) -> None:
    record = factories.partnership(status=status)

    with pytest.raises(NotAllowed, match="Only what is published"):
        actions.withdraw(partnership=record, by=curator, note="Why?")

    assert values_of(record)["status"] == status


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Brescia", "brescia-3"),
        ("New", "new-2"),
        ("日本", "partnership"),
        ("!!!", "partnership"),
        ("-–-", "partnership"),
        ("Word " * 40, "-".join(["word"] * 20)),
    ],
)
def test_an_address_is_free_and_no_page_of_its_own(title: str, slug: str) -> None:
    factories.partnership("One", slug="brescia")
    factories.partnership("Two", slug="brescia-2", status="withdrawn")

    assert actions.free_slug(title) == slug


def test_each_act_makes_a_new_version(officer: User, curator: User) -> None:
    draft = save(officer)
    answer_all(draft.phases.get(), officer)

    actions.submit(partnership=draft, by=officer)
    actions.request_changes(partnership=draft, by=curator, note="Why?")
    actions.submit(partnership=draft, by=officer)
    actions.publish(partnership=draft, by=curator)
    record = actions.withdraw(partnership=draft, by=curator, note="")

    assert record.version == 6
    assert [entry.history_user for entry in record.history.all()] == [
        curator,
        curator,
        officer,
        curator,
        officer,
        officer,
    ]


# ---- Adopting a claim --------------------------------------------------------------------------


@pytest.fixture
def phase() -> Phase:
    return factories.partnership("Brescia").phases.get()


def test_adopting_an_assessment_makes_its_position_that_of_the_phase(phase: Phase, curator: User) -> None:
    claim = factories.assessment(phase, design="shared", delivery="shared")

    actions.adopt(phase=phase, claim=claim, by=curator, rationale=" As they say ")

    phase.refresh_from_db()
    assert (phase.cell, phase.possible_cells, phase.certainty) == (5, {5}, "self_reported")
    assert (phase.adopted_assessment, phase.adopted_statement, phase.adopted_by) == (claim, None, curator)
    assert phase.adopted_at is not None
    assert phase.rationale == "As they say"
    assert last_change(phase) == ("Position adopted", curator)


def test_adopting_a_guided_assessment_places_it_under_both_lenses(phase: Phase, curator: User) -> None:
    design = {task: {"public": "led"} for task in ("outcomes", "model", "detail", "signoff")}
    answers = {**design, "run": {"third_sector": "led"}, "front": {"third_sector": "led"}}
    claim = factories.assessment(phase, method="guided", answers=answers, reason="")

    actions.adopt(phase=phase, claim=claim, by=curator)

    phase.refresh_from_db()
    assert (phase.cell, phase.professional_cell, phase.certainty) == (7, 1, "assessed")


def test_adopting_a_statement_of_the_library(phase: Phase) -> None:
    claim = factories.statement(phase.partnership, phase=phase, cells={6, 9})

    actions.adopt(phase=phase, claim=claim, by=None)

    phase.refresh_from_db()
    assert (phase.possible_cells, phase.design, phase.cell) == ({6, 9}, "citizens_or_third_sector", None)
    assert (phase.adopted_statement, phase.adopted_by, phase.certainty) == (claim, None, "source_stated")


def test_a_statement_about_the_whole_partnership_may_be_adopted(phase: Phase, curator: User) -> None:
    claim = factories.statement(phase.partnership, cells={8})

    assert actions.adopt(phase=phase, claim=claim, by=curator).possible_cells == {8}


def test_adopting_another_claim_overwrites_no_claim(phase: Phase, curator: User) -> None:
    statement = factories.statement(phase.partnership, phase=phase, cells={8}, hedge="comes close to")
    first = factories.assessment(phase, design="shared", delivery="shared")
    second = factories.assessment(phase, design="public", delivery="")
    before = [values_of(row) for row in (statement, first, second)]

    for claim in (statement, first, second):
        actions.adopt(phase=phase, claim=claim, by=curator)

    assert [values_of(row) for row in (statement, first, second)] == before
    phase.refresh_from_db()
    assert (phase.adopted_assessment, phase.adopted_statement, phase.possible_cells) == (second, None, {1, 4, 7})


def test_what_was_adopted_before_stays_in_the_history(phase: Phase, curator: User) -> None:
    first = factories.assessment(phase, design="shared", delivery="shared")
    second = factories.assessment(phase, design="public", delivery="public")

    actions.adopt(phase=phase, claim=first, by=curator)
    actions.adopt(phase=phase, claim=second, by=curator)

    assert list(phase.history.values_list("possible_cells", flat=True)) == [{1}, {5}, ALL_CELLS]
    assert list(phase.history.values_list("adopted_assessment", flat=True)) == [second.pk, first.pk, None]


def test_adopting_is_a_change_of_the_record(phase: Phase, curator: User) -> None:
    before = phase.partnership.updated_at

    actions.adopt(phase=phase, claim=factories.assessment(phase, design="shared"), by=curator)

    assert values_of(phase.partnership)["updated_at"] > before


@pytest.fixture(params=["assessment", "statement"])
def adopted(request: pytest.FixtureRequest, phase: Phase, curator: User) -> Assessment | Statement:
    """A claim of either sort that its phase rests on."""
    assessed = request.param == "assessment"
    claim = (
        factories.assessment(phase, design="shared") if assessed else factories.statement(phase.partnership, cells={5})
    )
    actions.adopt(phase=phase, claim=claim, by=curator)
    return claim


def test_a_partnership_can_be_deleted_with_the_claim_it_adopted(phase: Phase, adopted: Assessment | Statement) -> None:
    Partnership.objects.get(pk=phase.partnership_id).delete()

    assert not type(adopted)._default_manager.exists()


def test_an_adopted_claim_cannot_be_deleted_alone(adopted: Assessment | Statement) -> None:
    with pytest.raises(models.RestrictedError):
        adopted.delete()


def test_the_reason_of_an_earlier_claim_does_not_explain_this_one(phase: Phase, curator: User) -> None:
    Phase.objects.filter(pk=phase.pk).update(rationale="The contract says so")
    claim = factories.assessment(phase, design="shared", delivery="shared")

    assert actions.adopt(phase=phase, claim=claim, by=curator).rationale == ""


def test_a_position_rests_on_one_claim_in_both_lenses(curator: User) -> None:
    phase = factories.partnership(design="shared", delivery="shared", lens=PROFESSIONAL).phases.get()
    claim = factories.statement(phase.partnership, phase=phase, cells={8})

    refused(phase, claim, "speaks in one lens only")


def test_adopting_raises_the_version(phase: Phase, curator: User) -> None:
    before = phase.partnership.version

    actions.adopt(phase=phase, claim=factories.assessment(phase, design="shared", delivery="shared"), by=curator)

    assert Partnership.objects.get(pk=phase.partnership_id).version == before + 1


def test_a_statement_that_says_nothing_is_not_adopted(phase: Phase) -> None:
    refused(phase, factories.statement(phase.partnership, phase=phase, kind="none"), "says nothing about who")


def refused(phase: Phase, claim: Assessment | Statement, sentence: str) -> None:
    before = values_of(phase)
    with pytest.raises(NotAllowed, match=sentence):
        actions.adopt(phase=phase, claim=claim, by=None)
    assert values_of(phase) == before


def test_an_assessment_of_another_phase_is_not_adopted(phase: Phase) -> None:
    other = factories.add_phase(phase.partnership)

    refused(phase, factories.assessment(other), "about another phase")


def test_an_assessment_that_was_not_handed_in_is_not_adopted(phase: Phase) -> None:
    refused(phase, factories.assessment(phase, submitted=False), "has not been handed in")


def test_a_statement_about_another_partnership_is_not_adopted(phase: Phase) -> None:
    refused(phase, factories.statement(factories.partnership(), cells={5}), "about something else")


def test_a_statement_about_another_phase_is_not_adopted(phase: Phase) -> None:
    other = factories.add_phase(phase.partnership)

    refused(phase, factories.statement(phase.partnership, phase=other, cells={5}), "about something else")


def test_a_movement_is_not_adopted(phase: Phase) -> None:
    movement = factories.statement(phase.partnership, kind="movement", from_cells={4}, to_cells={5})

    refused(phase, movement, "gives no position of its own")


def test_an_inherited_statement_is_not_adopted(phase: Phase) -> None:
    refused(phase, factories.statement(phase.partnership, kind="inherited", cells={8}), "gives no position of its own")
