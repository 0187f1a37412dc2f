"""Proposed changes: begun, written, handed in, taken back, sent back, declined, accepted; and what the public sees."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.actions import NotAllowed, StaleVersion
from partnerships.assessors import Assessor
from partnerships.integrity import violations
from partnerships.models import Assessment, Invitation, Partnership, Phase, Revision
from partnerships.proposals import pending_of, record_of, three_way, workspace_of
from tests import factories
from tests.partnerships.actions.common import answer, answer_all, last_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(name="Olga Officer")


@pytest.fixture
def curator() -> User:
    return factories.user(Role.CURATOR)


@pytest.fixture
def record(officer: User, curator: User) -> Partnership:
    """Published, with every kind of part; its one stage rests on what its keepers answered."""
    made = factories.partnership(
        "Recovery college", organisation=officer.organisation, countries=["GB"], tags=["health"],
        partners=[("public", "Leith Council"), ("third_sector", "Hill Trust")], phase={"name": "Pilot"}, status="draft",
    )  # fmt: skip
    answer_all(made.phases.get(), officer)
    actions.submit(partnership=made, by=officer)
    actions.adopt(phase=made.phases.get(), claim=Assessment.objects.get(), by=curator, rationale="As answered.")
    actions.publish(partnership=made, by=curator)
    made.refresh_from_db()
    statement = factories.statement(made, phase=made.phases.get(), cells=frozenset({7}), paraphrase="It says so.")
    factories.evidence(made, source=statement.source, place="p. 3")
    factories.checklist_item(made.phases.get())
    factories.case_study(made, featured=True)
    researcher = factories.user(Role.RESEARCHER)
    factories.assessment(made.phases.get(), assessor=researcher, perspective="researcher", method="guided")
    made.refresh_from_db()
    return made


def begun(record: Partnership, by: User) -> tuple[Revision, Partnership]:
    revision = actions.start_revision(partnership=record, by=by)
    return revision, workspace_of(revision)


def rewrite(draft: Partnership, by: User, **fields: Any) -> Partnership:
    """Save the form of a draft with other fields, everything else as it is."""
    draft.refresh_from_db()
    partners = [{"kind": one.kind, "name": one.name} for one in draft.partners.order_by("pk")]
    given = {"partners": fields.pop("partners", partners), "phase": fields.pop("phase", {})}
    return actions.save_draft(by=by, partnership=draft, version=draft.version, fields=fields, **given)


def handed_in(revision: Revision, by: User, **more: Any) -> Revision:
    return actions.hand_in_revision(revision=revision, by=by, seen=actions.seen_of_revision(revision), **more)


def proposed(record: Partnership, by: User, **fields: Any) -> Revision:
    revision, draft = begun(record, by)
    rewrite(draft, by, **fields)
    return handed_in(revision, by)


# ---- Beginning -----------------------------------------------------------------------------------------


def test_the_draft_says_what_the_public_record_says(record: Partnership, officer: User) -> None:
    before = record_of(record)
    revision, draft = begun(record, officer)
    assert {**record_of(draft), "partnership_id": record.slug} == before == revision.record == revision.base
    assert (draft.slug, draft.status, draft.revises, draft.organisation) == (
        None, "draft", record, officer.organisation,
    )  # fmt: skip
    assert three_way(revision).changes == ()
    assert (revision.status, revision.base_version, revision.made_by) == ("open", record.version, officer)


def test_signed_assessments_keep_who_signed_them(record: Partnership, officer: User) -> None:
    _revision, draft = begun(record, officer)
    names = ("assessor", "by_keepers", "by_invitation", "submitted_at", "result")
    copies = Assessment.objects.filter(phase__partnership=draft).order_by("pk").values_list(*names)
    assert list(copies) == list(Assessment.objects.filter(phase__partnership=record).order_by("pk").values_list(*names))
    stage = draft.phases.get()
    assert stage.adopted_assessment.phase == stage
    assert Assessor(stage, user=officer).present().perspective == "public_body", (
        "the keepers' own, not the researcher's"
    )


def test_there_is_one_change_at_a_time(record: Partnership, officer: User) -> None:
    colleague = factories.user(organisation=officer.organisation)
    first, draft = begun(record, officer)
    rewrite(draft, officer, title="Another name")
    second, same = begun(record, colleague)
    assert (second, same.pk, same.title) == (first, draft.pk, "Another name")
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_only_what_is_published_is_changed_this_way(officer: User, status: str) -> None:
    made = factories.partnership(status=status, organisation=officer.organisation)
    with pytest.raises(NotAllowed, match="Only what is published"):
        actions.start_revision(partnership=made, by=officer)
    assert not Revision.objects.exists()


def test_nobody_has_to_answer_about_what_no_keeper_answered(officer: User) -> None:
    made = factories.partnership(
        organisation=officer.organisation, design="public", delivery="shared", partners=[("public", "City")]
    )
    factories.assessment(made.phases.get(), assessor=factories.user(Role.RESEARCHER), perspective="researcher")
    revision = proposed(made, officer, title="Corrected")
    assert revision.status == "submitted"
    assert revision.record["assessments"] == revision.base["assessments"]


def test_a_new_stage_has_to_be_answered(record: Partnership, officer: User) -> None:
    revision, draft = begun(record, officer)
    stage = actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": "Run", "planned": False})
    with pytest.raises(NotAllowed, match="Answer what is still missing"):
        handed_in(revision, officer)
    answer_all(stage, officer)
    assert handed_in(revision, officer).record["phases"][1]["name"] == "Run"


# ---- Handing in ----------------------------------------------------------------------------------------


def test_handing_in_changes_nothing_public(record: Partnership, officer: User) -> None:
    before, version = record_of(record), record.version
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="College of recovery")
    revision = handed_in(revision, officer, note=" The name changed. ", confirmed=True)
    assert (revision.status, revision.note) == ("submitted", "The name changed.")
    assert revision.record["title"] == "College of recovery"
    assert revision.record["last_confirmed"] == timezone.localdate().isoformat()
    record.refresh_from_db()
    assert (record_of(record), record.version) == (before, version)
    draft.refresh_from_db()
    assert draft.status == "submitted"
    with pytest.raises(NotAllowed):
        rewrite(draft, officer, title="Once more")


def test_without_a_change_there_is_nothing_to_hand_in(record: Partnership, officer: User) -> None:
    revision, _draft = begun(record, officer)
    with pytest.raises(NotAllowed, match="Nothing differs"):
        handed_in(revision, officer, confirmed=True)


def test_who_checked_another_state_is_told(record: Partnership, officer: User) -> None:
    revision, draft = begun(record, officer)
    seen = actions.seen_of_revision(revision)
    rewrite(draft, officer, title="Something else")
    with pytest.raises(StaleVersion):
        actions.hand_in_revision(revision=revision, by=officer, seen=seen)


def test_handing_in_twice_is_once(record: Partnership, officer: User) -> None:
    revision = proposed(record, officer, title="New")
    with pytest.raises(NotAllowed, match="with the curators now"):
        handed_in(revision, officer)


def test_a_second_edit_goes_on_from_the_first(record: Partnership, officer: User) -> None:
    first = proposed(record, officer, title="First")
    again, draft = begun(record, officer)
    assert (again, again.status, draft.status, draft.title) == (first, "open", "draft", "First")
    rewrite(draft, officer, place="Leith")
    record_wanted = handed_in(again, officer).record
    assert (record_wanted["title"], record_wanted["place"]) == ("First", "Leith")


def test_of_several_unaccepted_answers_the_last_counts(record: Partnership, officer: User) -> None:
    revision, draft = begun(record, officer)
    stage = draft.phases.get()
    old = len(revision.base["assessments"])
    answer(Assessor(stage, user=officer), run={"public": "together", "third_sector": "led"})
    revision = handed_in(revision, officer)
    assert len(revision.record["assessments"]) == old + 1
    begun(record, officer)
    answer(Assessor(Phase.objects.get(pk=stage.pk), user=officer), run={"public": "led", "third_sector": "led"})
    revision = handed_in(Revision.objects.get(), officer)
    assert len(revision.record["assessments"]) == old + 1
    begun(record, officer)
    answer(Assessor(Phase.objects.get(pk=stage.pk), user=officer), run={"public": "none", "third_sector": "led"})
    with pytest.raises(NotAllowed, match="Nothing differs"):
        handed_in(Revision.objects.get(), officer)


# ---- Taking back, sending back, declining ------------------------------------------------------------


def traces(draft: Partnership) -> int:
    return sum(
        model.history.filter(**{way: draft.pk}).count() for model, way in ((Partnership, "id"), (Phase, "partnership"))
    )


def test_taking_back_leaves_no_draft(record: Partnership, officer: User) -> None:
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="Never mind")
    assert traces(draft) > 1
    revision = actions.take_back_revision(revision=revision, by=officer)
    assert (revision.status, revision.decided_by, revision.record["title"]) == ("withdrawn", officer, "Never mind")
    assert not Partnership.objects.filter(pk=draft.pk).exists()
    assert traces(draft) == 0
    assert pending_of(record) is None
    with pytest.raises(NotAllowed, match="taken back now"):
        actions.take_back_revision(revision=revision, by=officer)
    assert begun(record, officer)[1].title == record.title


def test_sending_back_opens_the_draft_with_the_reason(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(record, officer, title="New")
    revision = actions.send_revision_back(revision=revision, by=curator, note=" Which one? ")
    draft = workspace_of(revision)
    assert (revision.status, draft.status, draft.curator_note) == (
        "changes_requested", "changes_requested", "Which one?",
    )  # fmt: skip
    rewrite(draft, officer, title="Newer")
    revision = handed_in(revision, officer)
    assert (revision.status, revision.record["title"], workspace_of(revision).curator_note) == (
        "submitted", "Newer", "",
    )  # fmt: skip


def test_declining_ends_it(record: Partnership, officer: User, curator: User) -> None:
    revision = actions.decline_revision(revision=proposed(record, officer, title="New"), by=curator, note="No.")
    assert (revision.status, revision.curator_note, revision.decided_by) == ("declined", "No.", curator)
    assert not Partnership.objects.filter(revises=record).exists()
    record.refresh_from_db()
    assert record.title == "Recovery college"


@pytest.mark.parametrize("act", [actions.send_revision_back, actions.decline_revision])
def test_curators_give_a_reason_and_decide_about_what_was_handed_in(
    record: Partnership, officer: User, curator: User, act: Any
) -> None:
    revision, draft = begun(record, officer)
    with pytest.raises(NotAllowed, match="being written now"):
        act(revision=revision, by=curator, note="Why.")
    rewrite(draft, officer, title="New")
    with pytest.raises(NotAllowed, match="Say w"):
        act(revision=handed_in(revision, officer), by=curator, note="  ")


# ---- Accepting -----------------------------------------------------------------------------------------


def test_accepting_publishes_in_the_curators_name(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(
        record, officer, title="College of recovery", tags=["health", "learning"],
        partners=[{"kind": "public", "name": "Leith Council"}, {"kind": "citizens", "name": "Learners"}],
    )  # fmt: skip
    version, slug = record.version, record.slug
    revision = actions.accept_revision(revision=revision, by=curator)
    record.refresh_from_db()
    assert (record.title, record.slug, record.tags) == ("College of recovery", slug, ["health", "learning"])
    assert record.version > version
    assert set(record.partners.values_list("name", flat=True)) == {"Leith Council", "Learners"}
    assert last_change(record) == ("Change accepted", curator)
    assert (revision.status, revision.decided_by, revision.accepted) == ("accepted", curator, record_of(record))
    assert not Partnership.objects.filter(revises=record).exists()
    assert list(violations()) == []
    with pytest.raises(NotAllowed, match="accepted now"):
        actions.accept_revision(revision=revision, by=curator)


def test_what_nobody_changed_writes_no_history(record: Partnership, officer: User, curator: User) -> None:
    before = Phase.history.filter(partnership=record).count()
    actions.accept_revision(revision=proposed(record, officer, title="New"), by=curator)
    assert Phase.history.filter(partnership=record).count() == before


def test_a_renamed_stage_is_the_same_stage(record: Partnership, officer: User, curator: User) -> None:
    stage = record.phases.get()
    invited = factories.invitation(stage)
    revision, draft = begun(record, officer)
    actions.save_phase(
        by=officer, partnership=draft, phase=draft.phases.get(),
        values={"name": "First year", "starts": date(2013, 1, 1), "starts_precision": "year"},
    )  # fmt: skip
    revision = handed_in(revision, officer)
    assert revision.renamed == {"First year": "Pilot"}
    actions.accept_revision(revision=revision, by=curator)
    stage.refresh_from_db()
    assert (stage.name, stage.starts, stage.partnership) == ("First year", date(2013, 1, 1), record)
    assert Invitation.objects.get() == invited
    assert stage.adopted_assessment.by_keepers
    assert record.phases.count() == 1


def test_a_name_that_was_given_up_may_be_given_to_a_new_stage(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    stage = record.phases.get()
    revision, draft = begun(record, officer)
    actions.save_phase(by=officer, partnership=draft, phase=draft.phases.get(), values={"name": "Trial"})
    new = actions.save_phase(by=officer, partnership=draft, phase=None, values={"name": "Pilot", "planned": True})
    assert new
    revision = handed_in(revision, officer)
    assert revision.renamed == {"Trial": "Pilot"}
    actions.accept_revision(revision=revision, by=curator)
    assert dict(record.phases.values_list("name", "pk"))["Trial"] == stage.pk
    assert list(record.phases.order_by("order").values_list("name", flat=True)) == ["Trial", "Pilot"]


def test_new_answers_keep_their_author_and_move_nothing_unless_adopted(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    cell = record.phases.get().cell
    revision, draft = begun(record, officer)
    answer(Assessor(draft.phases.get(), user=officer), run={"public": "led", "third_sector": "led"},
           front={"public": "led", "third_sector": "led"})  # fmt: skip
    actions.accept_revision(revision=handed_in(revision, officer), by=curator)
    stage = record.phases.get()
    latest = stage.assessments.latest("pk")
    assert (latest.assessor, latest.by_keepers, stage.cell) == (officer, True, cell)
    assert stage.adopted_assessment != latest
    assert list(violations()) == []


def test_new_answers_become_the_position_in_the_curators_name(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    revision, draft = begun(record, officer)
    mine = answer(Assessor(draft.phases.get(), user=officer), run={"public": "led", "third_sector": "led"},
                  front={"public": "led", "third_sector": "led"})  # fmt: skip
    revision = handed_in(revision, officer)
    actions.accept_revision(revision=revision, by=curator, adopt_as={mine.pk: "Both of them do it."})
    stage = record.phases.get()
    assert (stage.cell, stage.rationale, stage.adopted_by) == (4, "Both of them do it.", curator)
    assert stage.adopted_assessment.assessor == officer
    assert list(violations()) == []


def test_answers_that_are_not_taken_over_are_no_position(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="New")
    mine = answer(Assessor(draft.phases.get(), user=officer), run={"public": "led", "third_sector": "led"})
    revision = handed_in(revision, officer)
    title = next(one.code for one in three_way(revision).changes if one.key == ("own", "title"))
    with pytest.raises(NotAllowed, match="Take the new answers over"):
        actions.accept_revision(revision=revision, by=curator, take=[title], adopt_as={mine.pk: "Why"})
    record.refresh_from_db()
    assert record.title == "Recovery college", "all or nothing"
    actions.accept_revision(revision=revision, by=curator, take=[title])
    assert not record.phases.get().assessments.filter(assessor=officer, pk__gt=mine.pk).exists()


def test_a_curator_takes_part_of_it(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(record, officer, title="New", place="Leith")
    codes = {one.key[-1]: one.code for one in three_way(revision).changes}
    with pytest.raises(NotAllowed, match="Nothing of it is taken over"):
        actions.accept_revision(revision=revision, by=curator, take=[])
    revision = actions.accept_revision(revision=revision, by=curator, take=[codes["place"]])
    record.refresh_from_db()
    assert (record.title, record.place) == ("Recovery college", "Leith")
    assert (revision.record["title"], revision.accepted["title"]) == ("New", "Recovery college")


def test_what_changed_in_public_meanwhile_stays(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(record, officer, title="Theirs", place="Leith")
    record.refresh_from_db()
    record.title, record.nation = "Ours", "Scotland"
    record.version += 1
    record.save()
    stage = record.phases.get()
    stage.name = "Trial run"
    stage.save()
    ways = three_way(revision)
    assert {one.key[-1]: one.conflict for one in ways.changes} == {"title": True, "place": False}
    actions.accept_revision(revision=revision, by=curator)
    record.refresh_from_db()
    assert (record.title, record.place, record.nation) == ("Ours", "Leith", "Scotland")
    assert record.phases.get().name == "Trial run"
    assert record.phases.get().pk == stage.pk


def test_of_a_conflict_the_curator_may_take_the_proposal(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(record, officer, title="Theirs")
    Partnership.objects.filter(pk=record.pk).update(title="Ours", version=record.version + 1)
    (only,) = three_way(revision).changes
    assert three_way(revision).before(only).record["title"] == "Ours"
    actions.accept_revision(revision=revision, by=curator, take=[only.code])
    record.refresh_from_db()
    assert record.title == "Theirs"


def test_a_curator_who_saw_another_state_is_told(record: Partnership, officer: User, curator: User) -> None:
    revision = proposed(record, officer, title="New")
    seen = actions.seen_of_revision(revision)
    Partnership.objects.filter(pk=record.pk).update(version=record.version + 1)
    with pytest.raises(StaleVersion):
        actions.accept_revision(revision=revision, by=curator, seen=seen)


def test_stages_that_would_overlap_are_refused(record: Partnership, officer: User, curator: User) -> None:
    revision, draft = begun(record, officer)
    dated = {"starts_precision": "year", "ends_precision": "year"}
    actions.save_phase(by=officer, partnership=draft, phase=draft.phases.get(), values={
        "name": "Pilot", "starts": date(2012, 1, 1), "ends": date(2016, 12, 31), **dated,
    })  # fmt: skip
    revision = handed_in(revision, officer)
    factories.add_phase(record, name="Run", starts=date(2013, 1, 1), ends=date(2018, 12, 31), **dated)
    with pytest.raises(NotAllowed, match="would overlap"):
        actions.accept_revision(revision=revision, by=curator)
    assert Revision.objects.get().status == "submitted"


def test_confirming_counts_once_it_is_accepted(record: Partnership, officer: User, curator: User) -> None:
    Partnership.objects.filter(pk=record.pk).update(last_confirmed=date(2020, 1, 1))
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="New")
    actions.accept_revision(revision=handed_in(revision, officer, confirmed=True), by=curator)
    record.refresh_from_db()
    assert record.last_confirmed == timezone.localdate()


# ---- A record that is withdrawn, and acts that are not for such drafts -----------------------------------


def test_a_withdrawn_record_takes_no_changes_until_it_is_published_again(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    revision = proposed(record, officer, title="New")
    actions.withdraw(partnership=record, by=curator, note="A claim of copyright.")
    with pytest.raises(NotAllowed, match="has been withdrawn"):
        actions.accept_revision(revision=revision, by=curator)
    with pytest.raises(NotAllowed, match="Only what is published"):
        actions.start_revision(partnership=record, by=officer)
    actions.publish(partnership=record, by=curator)
    actions.accept_revision(revision=revision, by=curator)
    record.refresh_from_db()
    assert record.title == "New"


def test_an_open_change_of_a_withdrawn_record_can_only_be_taken_back(
    record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="New")
    actions.withdraw(partnership=record, by=curator, note="A claim of copyright.")
    with pytest.raises(NotAllowed, match="has been withdrawn"):
        handed_in(revision, officer)
    assert actions.take_back_revision(revision=revision, by=officer).status == "withdrawn"


def test_a_record_that_goes_takes_its_changes_along(record: Partnership, officer: User) -> None:
    begun(record, officer)
    record.delete()
    assert not Revision.objects.exists()
    assert not Partnership.objects.exists()


def test_the_draft_is_no_record_of_its_own(record: Partnership, officer: User, curator: User) -> None:
    revision, draft = begun(record, officer)
    rewrite(draft, officer, title="New")
    for act in (
        lambda: actions.publish(partnership=draft, by=curator),
        lambda: actions.submit(partnership=draft, by=officer),
        lambda: actions.delete_draft(partnership=draft, by=officer),
        lambda: actions.invite(phase=draft.phases.get(), by=officer, perspective="citizen", label="Us"),
    ):
        with pytest.raises(NotAllowed):
            act()
    handed_in(revision, officer)
    with pytest.raises(NotAllowed):
        actions.request_changes(partnership=draft, by=curator, note="Why?")
    with pytest.raises(NotAllowed):
        actions.publish(partnership=draft, by=curator)
