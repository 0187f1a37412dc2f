"""Proposed changes in the workplace: the queue, the page that decides, corrections beforehand, and every refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.actions.base import NotAllowed
from partnerships.assessors import Assessor
from partnerships.integrity import violations
from partnerships.models import Partnership, Revision
from partnerships.proposals import record_of, three_way, workspace_of
from tests import factories
from tests.partnerships.actions.common import answer, answer_all, last_change

CHANGES = "/admin/partnerships/partnership/?status=submitted"


@pytest.fixture
def officer(db: None) -> User:
    return factories.user(name="Olga Officer")


@pytest.fixture
def record(officer: User, curator: User) -> Partnership:
    """Published; its stage rests on what its keepers answered."""
    made = factories.partnership(
        "Recovery college", organisation=officer.organisation, countries=["GB"], status="draft",
        partners=[("public", "Leith Council"), ("third_sector", "Hill Trust")], phase={"name": "Pilot"},
    )  # fmt: skip
    assessment = answer_all(made.phases.get(), officer)
    actions.submit(partnership=made, by=officer)
    assessment.refresh_from_db()
    actions.adopt(phase=made.phases.get(), claim=assessment, by=curator, rationale="As answered.")
    actions.publish(partnership=made, by=curator)
    made.refresh_from_db()
    return made


def propose(record: Partnership, officer: User, *, answers: dict[str, Any] | None = None, **fields: Any) -> Revision:
    """A change that was handed in."""
    revision = actions.start_revision(partnership=record, by=officer)
    draft = workspace_of(revision)
    partners = [{"kind": one.kind, "name": one.name} for one in draft.partners.order_by("pk")]
    actions.save_draft(
        by=officer, partnership=draft, version=draft.version, fields=fields, partners=partners, phase={}
    )  # fmt: skip
    if answers:
        answer(Assessor(draft.phases.get(), user=officer), **answers)
    seen = actions.seen_of_revision(revision)
    return actions.hand_in_revision(revision=revision, by=officer, note="It has moved.", seen=seen)


def page(name: str, revision: Revision) -> str:
    return reverse(f"admin:partnerships_partnership_revision{name}", args=[revision.pk])


def change(record: Partnership) -> str:
    return reverse("admin:partnerships_partnership_change", args=[record.pk])


def opened(revision: Revision) -> dict[str, str]:
    return {"opened_version": actions.seen_of_revision(Revision.objects.get(pk=revision.pk))}


def ticked(revision: Revision, *names: str) -> dict[str, Any]:
    """What the page sends with these changes ticked, by the last word of their keys; all without names."""
    codes = [one.code for one in three_way(revision).changes if not names or one.key[-1] in names]
    return {**opened(revision), "take": codes}


# ---- The queue ---------------------------------------------------------------------------------------------


def test_the_queue_shows_changes_beside_new_records(desk: Client, record: Partnership, officer: User) -> None:
    assert b"Nothing is waiting" in desk.get("/admin/").content
    revision = propose(record, officer, title="Zanzibar college")
    for address in ("/admin/", CHANGES):
        html = desk.get(address).content.decode()
        assert "change of a published record is waiting" in html
        assert page("", revision) in html
        assert "Zanzibar" not in html, "its draft is no record of its own"
    for address in ("/admin/", "/admin/partnerships/partnership/?status=submitted"):
        assert b"Nothing is waiting" not in desk.get(address).content
        assert b"No new partnership is waiting" in desk.get(address).content
    assert "0 partnerships" in desk.get(CHANGES).content.decode()


def test_its_draft_is_in_no_list(desk: Client, record: Partnership, officer: User) -> None:
    factories.case_study(record)
    revision = propose(record, officer, title="Zanzibar college", countries=["FJ"])
    listed = desk.get("/admin/partnerships/partnership/").context["cl"]
    assert ([row.pk for row in listed.result_list], listed.full_result_count) == ([record.pk], 1)
    assert b"Zanzibar" not in desk.get("/admin/partnerships/casestudy/").content
    draft = workspace_of(revision)
    for field in ("part_of", "partnership"):
        assert str(draft.uuid) not in desk.get(change(factories.partnership("Other"))).content.decode(), field
    assert list(violations()) == []


def test_what_is_withdrawn_or_still_being_written_does_not_wait(
    desk: Client, record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    revision = propose(record, officer, title="New")
    actions.withdraw(partnership=record, by=curator, note="Copyright")
    assert page("", revision) not in desk.get("/admin/").content.decode()
    assert page("_decline", revision) in desk.get(change(record)).content.decode()
    refused = desk.get(page("", revision), follow=True)
    assert b"Publish it again before you accept a change of it." in refused.content
    actions.publish(partnership=record, by=curator)
    actions.start_revision(partnership=record, by=officer)
    assert page("", revision) not in desk.get("/admin/").content.decode()
    assert "Its keepers are writing a change of it." in desk.get(change(record)).content.decode()
    assert b"The proposed change is being written." in desk.get(page("", revision), follow=True).content


# ---- Accepting -----------------------------------------------------------------------------------------------


def test_accepting_the_whole(desk: Client, record: Partnership, officer: User, curator: User) -> None:
    revision = propose(record, officer, title="College of recovery", place="Leith")
    html = desk.get(page("", revision)).content.decode()
    for words in (
        "It has moved.",
        "Olga Officer",
        "Recovery college",
        "College of recovery",
        str(officer.organisation),
    ):
        assert words in html
    assert html.count(" checked") == 2
    response = desk.post(page("", revision), ticked(revision), follow=True)
    record.refresh_from_db()
    assert (record.title, record.place) == ("College of recovery", "Leith")
    assert last_change(record) == ("Change accepted", curator)
    assert record.get_absolute_url() in response.content.decode()
    assert "Proposed change accepted." in str(LogEntry.objects.latest("pk").get_change_message())
    again = desk.post(page("", revision), {"opened_version": "x", "take": ["y"]}, follow=True)
    assert b"The proposed change is accepted." in again.content


def test_accepting_a_part(desk: Client, record: Partnership, officer: User) -> None:
    revision = propose(record, officer, title="College of recovery", place="Leith")
    desk.post(page("", revision), ticked(revision, "place"))
    record.refresh_from_db()
    assert (record.title, record.place) == ("Recovery college", "Leith")


def test_accepting_nothing_is_refused(desk: Client, record: Partnership, officer: User) -> None:
    revision = propose(record, officer, title="New")
    response = desk.post(page("", revision), opened(revision))
    assert response.status_code == 200
    assert b"Nothing of it is taken over." in response.content
    assert Revision.objects.get().status == "submitted"


def test_a_conflict_is_marked_and_not_ticked(desk: Client, record: Partnership, officer: User) -> None:
    revision = propose(record, officer, title="Theirs", place="Leith")
    Partnership.objects.filter(pk=record.pk).update(title="Ours", nation="Scotland", version=record.version + 1)
    html = desk.get(page("", revision)).content.decode()
    assert "The public record has changed since they began." in html
    assert "changed on both sides" in html
    for words in ("Ours", "Theirs", "Recovery college", "Scotland"):
        assert words in html
    assert html.count(" checked") == 1
    desk.post(page("", revision), ticked(revision, "place", "title"))
    record.refresh_from_db()
    assert (record.title, record.nation, record.place) == ("Theirs", "Scotland", "Leith")


def test_somebody_changed_the_record_since_the_page_was_opened(
    desk: Client, record: Partnership, officer: User
) -> None:  # fmt: skip
    revision = propose(record, officer, title="New")
    sent = ticked(revision)
    Partnership.objects.filter(pk=record.pk).update(version=record.version + 1)
    response = desk.post(page("", revision), sent)
    assert b"has changed since you opened the page" in response.content
    record.refresh_from_db()
    assert record.title == "Recovery college"
    again = {**sent, "opened_version": response.context["form"]["opened_version"].value()}
    assert desk.post(page("", revision), again).status_code == 302


@pytest.mark.parametrize("act", ["accept_revision", "send_revision_back", "decline_revision"])
def test_what_changes_while_the_decision_is_under_way_is_not_decided(
    desk: Client, record: Partnership, officer: User, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """The change is read, then another file says something else, then the act holds it."""
    revision = from_file(record, officer, place="Leith")
    real, again = getattr(actions, act), {**record_of(record), "place": "Zanzibar"}

    def overtaken(**arguments: Any) -> Revision:
        actions.propose_again(revision=Revision.objects.get(), version=1, record=again, by=officer)
        return real(**arguments)

    monkeypatch.setattr(actions, act, overtaken)
    name = {"accept_revision": "", "send_revision_back": "_send_back", "decline_revision": "_decline"}[act]
    response = desk.post(page(name, revision), {**ticked(revision), "note": "So."})
    assert b"has changed since you opened the page" in response.content
    record.refresh_from_db()
    revision.refresh_from_db()
    assert (record.place, revision.status) == ("", "submitted")


def test_without_the_mark_of_the_page_nothing_is_decided(desk: Client, record: Partnership, officer: User) -> None:
    revision = propose(record, officer, title="New")
    sent = {**ticked(revision), "note": "So."}
    del sent["opened_version"]
    for name in ("", "_send_back", "_decline"):
        assert b"has changed since you opened the page" in desk.post(page(name, revision), sent).content


def test_new_answers_become_the_position_with_one_tick(
    desk: Client, record: Partnership, officer: User, curator: User
) -> None:  # fmt: skip
    together = {"public": "led", "third_sector": "led"}
    revision = propose(record, officer, title="New", answers={"run": together, "front": together})
    response = desk.get(page("", revision))
    (answers,) = response.context["page"].answers
    assert (answers.now.tag, answers.then.tag, answers.follow) == ("7 · Co-Management", "4 · Co-Management", True)
    sent = {**ticked(revision), f"adopt_{answers.key}": "on", f"rationale_{answers.key}": "Both do it."}
    desk.post(page("", revision), sent)
    stage = record.phases.get()
    assert (stage.cell, stage.rationale, stage.adopted_by) == (4, "Both do it.", curator)
    assert stage.adopted_assessment.assessor == officer
    assert list(violations()) == []


def test_a_position_that_a_source_states_does_not_follow_by_itself(
    desk: Client, officer: User, curator: User
) -> None:  # fmt: skip
    made = factories.partnership(
        organisation=officer.organisation, design="public", delivery="public",
        partners=[("public", "Leith Council"), ("third_sector", "Hill Trust")],
    )  # fmt: skip
    revision = actions.start_revision(partnership=made, by=officer)
    answer_all(workspace_of(revision).phases.get(), officer)
    actions.hand_in_revision(revision=revision, by=officer, seen=actions.seen_of_revision(revision))
    (answers,) = desk.get(page("", revision)).context["page"].answers
    assert not answers.follow
    desk.post(page("", revision), ticked(revision))
    assert made.phases.get().cell == 1


def test_the_curator_corrects_it_in_the_form_first(
    desk: Client, record: Partnership, officer: User, typed: Callable[[str], dict[str, Any]]
) -> None:  # fmt: skip
    revision = propose(record, officer, title="Colege of recovery")
    draft = workspace_of(revision)
    html = desk.get(change(draft)).content.decode()
    assert "This is the draft of a proposed change." in html
    for name in ("publish", "request_changes", "withdraw"):
        assert reverse(f"admin:partnerships_partnership_{name}", args=[draft.pk]) not in html
    sent = {**typed(change(draft)), "title": "College of recovery", "_save": "1"}
    saved = desk.post(change(draft), sent, follow=True)
    assert saved.redirect_chain == [(page("", revision), 302)]
    assert "The proposed change is as you corrected it" in saved.content.decode()
    assert "College of recovery" in saved.content.decode()
    desk.post(page("", revision), ticked(revision))
    record.refresh_from_db()
    revision.refresh_from_db()
    assert (record.title, revision.record["title"]) == ("College of recovery", "Colege of recovery")


def test_saving_and_staying_stays(
    desk: Client, record: Partnership, officer: User, typed: Callable[[str], dict[str, Any]]
) -> None:  # fmt: skip
    draft = workspace_of(propose(record, officer, title="New"))
    sent = {**typed(change(draft)), "place": "Leith", "_continue": "1"}
    assert desk.post(change(draft), sent).url == change(draft)
    actions.start_revision(partnership=record, by=officer)
    still_open = desk.post(change(draft), {**typed(change(draft)), "place": "Perth", "_save": "1"})
    assert still_open.url.startswith("/admin/partnerships/partnership/"), "there is nothing to decide yet"
    own = desk.post(change(record), {**typed(change(record)), "nation": "Scotland", "_save": "1"})
    assert "changes/" not in still_open.url + own.url


# ---- A change that came from a file --------------------------------------------------------------------------


def from_file(record: Partnership, officer: User, **fields: Any) -> Revision:
    """A change that was handed in without a draft."""
    base = record_of(record)
    made = actions.proposal(partnership=record, record={**base, **fields}, base=base, by=officer, note="By a file")
    made.save()
    return made


def test_a_change_from_a_file_is_decided_like_any_other(desk: Client, record: Partnership, officer: User) -> None:
    revision = from_file(record, officer, place="Leith")
    for address in ("/admin/", CHANGES):
        assert page("", revision) in desk.get(address).content.decode()
    html = desk.get(page("", revision)).content.decode()
    for words in ("By a file", "Leith", "Olga Officer", "Correct it in the form first"):
        assert words in html
    assert "Look at the proposed change" in desk.get(change(record)).content.decode()
    for name in ("_send_back", "_decline"):
        assert desk.get(page(name, revision)).status_code == 200
    assert workspace_of(revision) is None, "looking makes no draft"
    desk.post(page("", revision), ticked(revision))
    record.refresh_from_db()
    assert record.place == "Leith"


def test_a_change_from_a_file_gets_its_draft_to_be_corrected(
    desk: Client, record: Partnership, officer: User, typed: Callable[[str], dict[str, Any]]
) -> None:  # fmt: skip
    revision = from_file(record, officer, place="Leeth")
    assert desk.get(page("_open", revision)).status_code == 405
    opened_at = desk.post(page("_open", revision)).url
    draft = workspace_of(revision)
    assert opened_at == change(draft)
    saved = desk.post(opened_at, {**typed(opened_at), "place": "Leith", "_save": "1"})
    assert saved.url == page("", revision)
    revision.refresh_from_db()
    desk.post(page("", revision), ticked(revision))
    record.refresh_from_db()
    assert record.place == "Leith"


@pytest.mark.parametrize(("name", "status"), [("_send_back", "changes_requested"), ("_decline", "declined")])
def test_a_change_from_a_file_is_refused(
    desk: Client, record: Partnership, officer: User, name: str, status: str
) -> None:  # fmt: skip
    revision = from_file(record, officer, place="Leith")
    desk.post(page(name, revision), {**opened(revision), "note": "Where?"})
    revision.refresh_from_db()
    assert (revision.status, revision.curator_note) == (status, "Where?")
    assert desk.get(change(record)).status_code == 200


def test_its_draft_is_not_deleted_here(desk: Client, record: Partnership, officer: User) -> None:
    draft = workspace_of(propose(record, officer, title="New"))
    address = reverse("admin:partnerships_partnership_delete", args=[draft.pk])
    assert b"Decline the change, and the draft goes." in desk.post(address, {"post": "yes"}, follow=True).content
    assert Partnership.objects.filter(pk=draft.pk).exists()


# ---- Sending back, declining ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("_send_back", "changes_requested"), ("_decline", "declined")])
def test_refusing_needs_a_reason(
    desk: Client, record: Partnership, officer: User, name: str, status: str
) -> None:  # fmt: skip
    revision = propose(record, officer, title="New")
    assert b"It has moved." in desk.get(page(name, revision)).content
    assert b"There is a problem" in desk.post(page(name, revision), {**opened(revision), "note": " "}).content
    desk.post(page(name, revision), {**opened(revision), "note": "Where to?"})
    revision.refresh_from_db()
    assert (revision.status, revision.curator_note) == (status, "Where to?")
    assert "Where to?" in str(LogEntry.objects.latest("pk").get_change_message())
    assert b"The proposed change is" in desk.get(page(name, revision), follow=True).content


def test_what_was_declined_may_not_be_decided_again(record: Partnership, officer: User, curator: User) -> None:
    revision = actions.decline_revision(revision=propose(record, officer, title="New"), by=curator, note="No")
    with pytest.raises(NotAllowed, match="declined now"):
        actions.accept_revision(revision=revision, by=curator)


# ---- Who, and how much -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.RESEARCHER])
def test_only_curators_decide(client: Client, record: Partnership, officer: User, role: str | None) -> None:
    revision = propose(record, officer, title="New")
    if role:
        client.force_login(officer if role == Role.OFFICER else factories.user(role))
    for name in ("", "_send_back", "_decline"):
        for response in (
            client.get(page(name, revision)),
            client.post(page(name, revision), {**ticked(revision), "note": "Mine"}),
        ):
            assert response.status_code in (302, 403)
    assert Revision.objects.get().status == "submitted"
    assert client.get(reverse("admin:partnerships_partnership_revision", args=[10**6])).status_code in (302, 403, 404)


def test_new_answers_are_folded_below_where_they_lead(desk: Client, record: Partnership, officer: User) -> None:
    together = {"public": "led", "third_sector": "led"}
    revision = propose(record, officer, answers={"run": together, "front": together})
    response = desk.get(page("", revision))
    (one,) = response.context["page"].changes
    assert one.differences[0].after.startswith("4 · Co-Management")
    assert one.rows == len(one.differences) + 1
    html = response.content.decode()
    assert "<summary>The 2 answers that differ</summary>" in html
    assert f'rowspan="{one.rows}"' in html


def test_the_page_costs_the_same_for_many_changes(desk: Client, record: Partnership, officer: User) -> None:
    revision = propose(record, officer, title="New")
    with CaptureQueriesContext(connection) as few:
        desk.get(page("", revision))
    actions.start_revision(partnership=record, by=officer)
    propose(record, officer, title="New", place="Leith", nation="Scotland", tags=["one", "two"], summary="More.")
    with CaptureQueriesContext(connection) as many:
        desk.get(page("", revision))
    assert len(many) == len(few)
