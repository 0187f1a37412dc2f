"""Changing a published record in the forms: its keepers' pages, and that nobody else learns of it (attacks 30, 31)."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Assessment, Partnership, Phase, Revision
from partnerships.proposals import new_assessments, record_of, workspace_of
from tests import factories
from tests.drafting import main_of, send, signed_in, step_url, url
from tests.partnerships.actions.common import answer_all
from tests.partnerships.views import test_leaks as leaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Organisation:
    return factories.organisation("Leith Council", country="GB")


@pytest.fixture
def ada(council: Organisation) -> User:
    return factories.user(organisation=council, name="Ada Officer")


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def record(ada: User, council: Organisation) -> Partnership:
    """Published, and answered by its keepers."""
    made = factories.partnership(
        "Recovery college", organisation=council, countries=["GB"], service_areas=["07"], status="draft",
        partners=[("public", "Leith Council"), ("third_sector", "Hill Trust")], phase={"name": "Pilot"},
    )  # fmt: skip
    answer_all(made.phases.get(), ada)
    actions.submit(partnership=made, by=ada)
    actions.publish(partnership=made, by=factories.user(Role.CURATOR))
    made.refresh_from_db()
    return made


def edit_url(record: Partnership) -> str:
    return reverse("revision-edit", args=[record.slug])


def begin(client: Client, record: Partnership) -> tuple[Revision, Partnership]:
    response = client.post(edit_url(record))
    revision = Revision.objects.get(partnership=record, decided_at=None)
    draft = workspace_of(revision)
    assert response.url == url("draft", draft)
    return revision, draft


def rename(client: Client, draft: Partnership, title: str = "Zanzibar college") -> HttpResponse:
    return send(client, draft, "about", title=title, unit="case", country="GB")


def page(name: str, revision: Revision) -> str:
    return reverse(name, args=[revision.uuid])


def hand_in(client: Client, revision: Revision, **fields: Any) -> HttpResponse:
    seen = client.get(page("revision-check", revision)).context["form"].initial["seen"]
    return client.post(page("revision-check", revision), {"seen": seen, **fields})


def parts_of(client: Client, revision: Revision) -> list[tuple[str, Any]]:
    """What the page of a change shows, by its headings."""
    return [(part.title, part.differences) for part in client.get(page("revision", revision)).context["page"].parts]


# ---- The way through it -----------------------------------------------------------------------------------


def test_from_the_case_page_to_the_curators(client: Client, record: Partnership, ada: User) -> None:
    before = record_of(record)
    assert f'href="{edit_url(record)}"' in client.get(record.get_absolute_url()).content.decode()
    assert "Start editing" in main_of(client.get(edit_url(record)))
    assert not Revision.objects.exists(), "looking begins nothing"

    revision, draft = begin(client, record)
    tasks = client.get(url("draft", draft))
    assert "Changes being written" in main_of(tasks)
    assert tasks.context["tasks"].complete, "what was answered is not asked again"
    assert "invited" not in main_of(tasks)
    assert reverse("invitations", args=[draft.uuid, draft.phases.get().pk]) not in main_of(tasks)

    assert rename(client, draft).url == url("draft", draft), "back to the list, not on through all pages"
    checked = client.get(page("revision-check", revision))
    assert [(one.label, one.before, one.after) for one in checked.context["differences"]] == [
        ("Title", "Recovery college", "Zanzibar college")
    ]
    response = hand_in(client, revision, note="It has a new name.")
    assert response.url == page("revision", revision)
    revision.refresh_from_db()
    assert (revision.status, revision.note, revision.made_by) == ("submitted", "It has a new name.", ada)
    assert "Changes with the curators" in main_of(client.get(response.url))
    assert record_of(record) == before


def test_a_link_begins_nothing_and_goes_on_with_what_is_begun(client: Client, record: Partnership) -> None:
    _revision, draft = begin(client, record)
    assert client.get(edit_url(record)).url == url("draft", draft)
    colleague = signed_in(factories.user(organisation=record.organisation))
    assert colleague.get(edit_url(record)).url == url("draft", draft)
    assert colleague.post(edit_url(record)).url == url("draft", draft)
    assert Revision.objects.count() == 1


def test_one_may_go_on_after_handing_in(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    hand_in(client, revision)
    assert client.get(url("draft", draft)).url == page("revision", revision)
    assert client.get(step_url(draft, "about")).status_code == 302
    assert "Go on with your changes?" in main_of(client.get(edit_url(record)))
    again, same = begin(client, record)
    assert (again, again.status, same) == (revision, "open", draft)


def test_answers_that_stand_open_are_shown_as_they_will_be_signed(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    stage = draft.phases.get()
    question = reverse("draft-question", args=[draft.uuid, stage.pk, "run"])
    opened = client.get(question).context["opened"]
    client.post(question, {"opened": opened, "run-public": "led", "run-third_sector": "led"})
    told = client.get(page("revision-check", revision)).context["differences"]
    assert [(one.part, one.fold.title) for one in told] == [("Assessments", "The answer that differs")]
    assert Assessment.objects.unfinished().count() == 1, "looking signs nothing"
    hand_in(client, revision)
    assert parts_of(client, revision) == [("What changes", told)]


def test_without_a_change_there_is_nothing_to_hand_in(client: Client, record: Partnership) -> None:
    revision, _draft = begin(client, record)
    response = client.get(page("revision-check", revision))
    assert "Nothing differs from the public record yet" in main_of(response)
    assert "Hand in your changes" not in main_of(response)
    refused = client.post(page("revision-check", revision), {"seen": actions.seen_of_revision(revision)})
    assert refused.status_code == 409
    assert "there is nothing to hand in" in main_of(refused)


def test_what_the_public_record_lacks_keeps_nobody_back(client: Client, council: Organisation) -> None:
    bare = factories.partnership("Bare", organisation=council, design="public", delivery="shared")
    revision, draft = begin(client, bare)
    response = client.get(url("draft", draft))
    assert response.context["tasks"].complete
    send(client, draft, "more", summary="Now with a summary.")
    assert client.get(page("revision-check", revision)).context["gaps"] == ()
    assert hand_in(client, revision).status_code == 302


def test_what_it_loses_is_missing(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    Partnership.objects.filter(pk=draft.pk).update(service_areas=[])
    response = client.get(page("revision-check", revision))
    assert [gap.url for gap in response.context["gaps"]] != []
    assert "Hand in your changes" not in main_of(response)


def test_who_checked_another_state_sees_the_new_one(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    seen = client.get(page("revision-check", revision)).context["form"].initial["seen"]
    rename(signed_in(factories.user(organisation=record.organisation)), draft, "Third name")
    response = client.post(page("revision-check", revision), {"seen": seen, "note": "Mine"})
    assert response.status_code == 409
    assert "Somebody else saved these changes" in main_of(response)
    assert "Third name" in main_of(response)
    assert "Mine" in main_of(response)
    again = client.post(page("revision-check", revision), {"seen": response.context["form"]["seen"].value()})
    assert again.status_code == 302


def test_two_people_in_one_form_get_the_conflict_page(client: Client, record: Partnership) -> None:
    _revision, draft = begin(client, record)
    opened = client.get(step_url(draft, "about")).context
    form = {"title": "Mine", "unit": "case", "country": "GB", "version": str(opened["version"])}
    rename(signed_in(factories.user(organisation=record.organisation)), draft, "Theirs")
    response = client.post(step_url(draft, "about"), {**form, "opened": opened["opened"]})
    assert response.status_code == 409
    assert "Theirs" in main_of(response)


def test_throwing_away_asks_first(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    assert client.get(reverse("draft-delete", args=[draft.uuid])).url == page("revision-take-back", revision)
    asked = main_of(client.get(page("revision-take-back", revision)))
    assert "Throw the changes away?" in asked
    assert "you cannot bring them back" in asked
    assert Revision.objects.get().is_pending
    assert client.post(page("revision-take-back", revision)).url == url("draft", record)
    assert Revision.objects.get().status == "withdrawn"
    assert "The changes are thrown away." in client.get(url("draft", record)).content.decode()
    assert client.get(url("draft", draft)).status_code == 404
    assert "Changes thrown away" in main_of(client.get(page("revision", revision)))
    for again in (client.get, client.post):
        assert again(page("revision-take-back", revision)).url == page("revision", revision), "pressing twice is once"


def test_what_a_curator_did_not_take_over_is_said(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    send(client, draft, "more", summary="A place to learn.")
    hand_in(client, revision)
    curator = factories.user(Role.CURATOR)
    revision.refresh_from_db()
    actions.accept_revision(revision=revision, by=curator, take=['["own", "summary"]'])
    taken, left_out = parts_of(client, revision)
    assert (taken[0], [one.label for one in taken[1]]) == ("What was taken over", ["Summary"])
    assert (left_out[0], [(one.label, one.before, one.after) for one in left_out[1]]) == (
        "What was not taken over", [("Title", "Recovery college", "Zanzibar college")]
    )  # fmt: skip
    body = main_of(client.get(page("revision", revision)))
    assert "Changes accepted in part" in body
    assert body.index("What was taken over") < body.index("What was not taken over")


def test_what_a_curator_adds_is_not_told_as_left_out(client: Client, record: Partnership) -> None:
    """A new stage with answers becomes a position, and the curator ticks one more country and finds a summary."""
    revision, draft = begin(client, record)
    Partnership.objects.filter(pk=draft.pk).update(tags=["garden"])
    stage = Phase.objects.create(partnership=draft, name="Run", order=2)
    answer_all(stage, revision.made_by)
    hand_in(client, revision)
    Partnership.objects.filter(pk=draft.pk).update(tags=["garden", "youth"], summary="By the curator.")
    Phase.objects.filter(pk=stage.pk).update(starts="2022-06-01", starts_precision="month")
    revision.refresh_from_db()
    (new,) = new_assessments(draft, revision)
    actions.accept_revision(revision=revision, by=factories.user(Role.CURATOR), adopt_as={new.pk: "As answered."})
    ((title, told),) = parts_of(client, revision)
    assert title == "What was taken over"
    assert {one.part for one in told} == {"The partnership", "Stage “Run”", "Assessments"}
    assert not {"Summary", "Delivery", "Dates"} & {one.label for one in told}
    assert "youth" not in str(told)
    body = main_of(client.get(page("revision", revision)))
    assert "Changes accepted</h1>" in body
    assert "hase" not in body


def test_what_a_curator_corrects_is_told_with_both_words(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft, "Recovery colege")
    send(client, draft, "more", summary="A place to learn.")
    hand_in(client, revision)
    Partnership.objects.filter(pk=draft.pk).update(title="College of recovery")
    revision.refresh_from_db()
    actions.accept_revision(revision=revision, by=factories.user(Role.CURATOR))
    taken, otherwise = parts_of(client, revision)
    assert [one.label for one in taken[1]] == ["Summary"]
    assert otherwise[0] == "What is put otherwise in public"
    assert [(one.label, one.before, one.after) for one in otherwise[1]] == [
        ("Title", "Recovery colege", "College of recovery")
    ]
    assert "Changes accepted with corrections" in main_of(client.get(page("revision", revision)))


LAST = {
    "accepted": "Your last change was accepted on 26 November 2026",
    "in part": "Your last change was accepted in part on 26 November 2026",
    "declined": "Your last change was declined on 26 November 2026",
    "withdrawn": "Your last change was thrown away on 26 November 2026",
}


def decide(revision: Revision, what: str) -> None:
    revision.refresh_from_db()
    curator = factories.user(Role.CURATOR)
    if what == "declined":
        actions.decline_revision(revision=revision, by=curator, note="No")
    elif what == "withdrawn":
        actions.take_back_revision(revision=revision, by=curator)
    else:
        take = ['["own", "summary"]'] if what == "in part" else None
        actions.accept_revision(revision=revision, by=curator, take=take)


@pytest.mark.parametrize("what", LAST)
def test_the_last_decision_is_one_link_away(client: Client, record: Partnership, what: str) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    send(client, draft, "more", summary="A place to learn.")
    hand_in(client, revision)
    decide(revision, what)
    Revision.objects.update(decided_at=datetime(2026, 11, 26, 12, tzinfo=UTC))
    link = f'href="{page("revision", revision)}">{LAST[what]}'
    for address in ("/my/", url("draft", record)):
        assert link in main_of(client.get(address))
    record.refresh_from_db()
    begin(client, record)
    for address in ("/my/", url("draft", record)):
        assert "Your last change" not in main_of(client.get(address)), "the one that is pending counts"


def test_the_last_decisions_cost_one_query(client: Client, record: Partnership) -> None:
    pages = ("/my/", url("draft", record))
    with CaptureQueriesContext(connection) as before:
        for address in pages:
            client.get(address)
    cost = len(before)
    for number in range(3):
        made = factories.partnership(f"More {number}", organisation=record.organisation) if number else record
        revision = actions.start_revision(partnership=made, by=factories.user(organisation=record.organisation))
        Partnership.objects.filter(pk=workspace_of(revision).pk).update(summary="Said.", place="Leith")
        hand_in(client, revision)
        decide(revision, "in part")
    client.get("/my/")  # takes away the notices
    with CaptureQueriesContext(connection) as after:
        for address in pages:
            assert "accepted in part" in main_of(client.get(address))
    assert len(after) == cost
    assert sum('"accepted"' in query["sql"] for query in after) == 2 + 1, "one a page, beside the one that is pending"


# ---- A change that came from a file -----------------------------------------------------------------------


@pytest.fixture
def from_file(record: Partnership, ada: User) -> Revision:
    """Handed in without a draft."""
    base = record_of(record)
    made = actions.proposal(partnership=record, record={**base, "place": "Leith"}, base=base, by=ada, note="By a file")
    made.save()
    return made


def test_a_change_from_a_file_has_all_its_pages(client: Client, record: Partnership, from_file: Revision) -> None:
    assert workspace_of(from_file) is None
    body = main_of(client.get(page("revision", from_file)))
    assert "Changes with the curators" in body
    assert "Leith" in body
    assert "Edit them once more" in body
    assert client.get(page("revision-check", from_file)).url == page("revision", from_file)
    assert "Changes with the curators" in main_of(client.get("/my/"))
    assert f'href="{page("revision", from_file)}"' in main_of(client.get(url("draft", record)))
    assert "Go on with your changes?" in main_of(client.get(edit_url(record)))
    assert workspace_of(from_file) is None, "looking makes no draft"

    _same, draft = begin(client, record)
    assert draft.place == "Leith"
    assert "Check your changes" in main_of(client.get(page("revision", from_file)))
    assert hand_in(client, from_file, note="Mine too").status_code == 302


def test_a_change_from_a_file_that_was_sent_back(client: Client, record: Partnership, from_file: Revision) -> None:
    curator = factories.user(Role.CURATOR)
    actions.send_revision_back(revision=from_file, by=curator, note="Which Leith?")
    body = main_of(client.get(page("revision", from_file)))
    assert "Which Leith?" in body
    assert page("revision-check", from_file) not in body, "there is no draft to check yet"
    assert edit_url(record) in body
    start = main_of(client.get(edit_url(record)))
    assert "A curator sent your changes back." in start
    assert "Which Leith?" in start
    assert "leave the curators’ queue" not in start
    _same, draft = begin(client, record)
    assert "Which Leith?" in main_of(client.get(url("draft", draft)))


@pytest.mark.parametrize("what", ["accepted", "declined", "withdrawn"])
def test_a_change_from_a_file_that_was_decided(
    client: Client, record: Partnership, from_file: Revision, what: str
) -> None:  # fmt: skip
    if what == "withdrawn":
        assert "Throw the changes away" in main_of(client.get(page("revision-take-back", from_file)))
        assert client.post(page("revision-take-back", from_file)).url == url("draft", record)
    else:
        decide(from_file, what)
    from_file.refresh_from_db()
    assert from_file.status == what
    ((_title, told),) = parts_of(client, from_file)
    assert [(one.label, one.after) for one in told] == [("Place", "Leith")]
    assert "Your last change was" in main_of(client.get("/my/"))


def test_the_pages_of_a_draft_lead_to_those_of_a_change(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    assert client.get(url("draft-check", draft)).url == page("revision-check", revision)
    assert client.post(url("draft-submit", draft)).url == page("revision-check", revision)
    assert client.post(url("draft-delete", draft)).url == page("revision-take-back", revision)
    assert client.get(reverse("invitations", args=[draft.uuid, draft.phases.get().pk])).status_code == 404
    assert Partnership.objects.filter(pk=draft.pk).exists()


# ---- The keepers' lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["open", "submitted", "changes_requested"])
def test_the_list_shows_the_record_with_a_tag(client: Client, record: Partnership, status: str) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    if status != "open":
        hand_in(client, revision)
    if status == "changes_requested":
        revision.refresh_from_db()
        actions.send_revision_back(revision=revision, by=factories.user(Role.CURATOR), note="Which name?")
    body = main_of(client.get("/my/"))
    tags = {
        "open": "Changes being written",
        "submitted": "Changes with the curators",
        "changes_requested": "Changes sent back",
    }
    assert tags[status] in body
    assert ("Which name?" in body) is (status == "changes_requested")
    assert "Zanzibar college" not in body
    assert "1 partnership" in body
    assert url("draft", draft) not in body
    own = main_of(client.get(url("draft", record)))
    assert tags[status] in own
    assert f'href="{edit_url(record)}"' in own


def test_the_list_costs_the_same(client: Client, record: Partnership, django_assert_num_queries: Any) -> None:
    begin(client, record)
    with CaptureQueriesContext(connection) as few:
        client.get("/my/")
    for number in range(5):
        more = factories.partnership(f"More {number}", organisation=record.organisation)
        actions.start_revision(partnership=more, by=factories.user(organisation=record.organisation))
    with django_assert_num_queries(len(few)):
        client.get("/my/")


# ---- Others --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RESEARCHER])
def test_other_organisations_get_the_404_of_what_does_not_exist(client: Client, record: Partnership, role: str) -> None:
    revision, draft = begin(client, record)
    other = signed_in(factories.user(role))
    nowhere = other.get("/partnerships/nowhere/edit/")
    for path in (
        edit_url(record), page("revision", revision), page("revision-check", revision),
        page("revision-take-back", revision), url("draft", draft), step_url(draft, "about"), url("draft-check", draft),
    ):  # fmt: skip
        for response in (other.get(path), other.post(path)):
            assert response.status_code in (404, 405), path
            assert "Recovery" not in response.content.decode()
        if path == edit_url(record):
            assert re.sub(r"\s", "", main_of(other.get(path))) == re.sub(r"\s", "", main_of(nowhere))
    revision.refresh_from_db()
    assert revision.status == "open"
    assert edit_url(record) not in other.get(record.get_absolute_url()).content.decode()


def test_visitors_sign_in_and_accounts_without_a_role_only_read(client: Client, record: Partnership) -> None:
    revision, _draft = begin(client, record)
    paths = [edit_url(record), *(page(name, revision) for name in PAGES)]
    viewer = factories.user(organisation=record.organisation)
    viewer.groups.clear()
    for path in paths:
        assert Client().get(path).url.startswith("/accounts/sign-in/")
        assert signed_in(viewer).get(path).status_code == 403
    for reader in (Client(), signed_in(viewer)):
        assert edit_url(record) not in reader.get(record.get_absolute_url()).content.decode()
    assert "Edit" not in main_of(signed_in(viewer).get("/my/"))


PAGES = ("revision", "revision-check", "revision-take-back")


def test_curators_may_propose_changes_as_well(record: Partnership) -> None:
    curator = signed_in(factories.user(Role.CURATOR))
    assert edit_url(record) in curator.get(record.get_absolute_url()).content.decode()
    revision, draft = begin(curator, record)
    rename(curator, draft)
    assert hand_in(curator, revision).status_code == 302


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_what_is_not_published_has_no_such_page(client: Client, council: Organisation, status: str) -> None:
    made = factories.partnership("Hidden", status=status, organisation=council, slug="hidden")
    assert client.get(edit_url(made)).status_code == 404
    assert client.post(edit_url(made)).status_code == 404


def test_a_withdrawn_record_says_why_nothing_can_be_handed_in(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    actions.withdraw(partnership=record, by=factories.user(Role.CURATOR), note="Copyright")
    for path in (page("revision", revision), page("revision-check", revision), url("draft", draft)):
        assert "withdrawn the partnership from the public site" in main_of(client.get(path))
    assert hand_in(client, revision).status_code == 409


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.RESEARCHER], ids=["visitor", "officer", "researcher"])
@pytest.mark.parametrize("handed", [False, True], ids=["open", "handed in"])
def test_attacks_30_and_31_a_pending_change_changes_no_page(role: str | None, handed: bool) -> None:
    with leaks.time_machine.travel(leaks.datetime(2026, 3, 1, 12, tzinfo=leaks.UTC), tick=False):
        leaks.public_register()
        record = Partnership.objects.get(slug="brescia")
        keeper = factories.user()
        Partnership.objects.filter(pk=record.pk).update(organisation=keeper.organisation)
        reader = factories.user(role) if role else None
        before = leaks.everything(reader)
        revision = actions.start_revision(partnership=record, by=keeper)
        hide_in(workspace_of(revision), keeper)
        if handed:
            seen = actions.seen_of_revision(revision)
            actions.hand_in_revision(revision=revision, by=keeper, note="Zanzibar", seen=seen)
        after = leaks.everything(reader)
        assert [path for path in before if after[path] != before[path]] == []
        assert "zanzibar" not in "".join(text for _status, text in after.values()).casefold()
        for query in leaks.QUERIES:
            assert Client().get(f"/partnerships/?{query}").context["count"] == 0


def hide_in(draft: Partnership, keeper: User) -> None:
    """Put a canary, a country, an area and a unit that nothing public has into the draft of a change."""
    actions.save_draft(
        by=keeper, partnership=draft, version=draft.version,
        fields={"title": "Zanzibar", "unit": "class", "countries": ["FJ"], "service_areas": ["02", "02.2"],
                "summary": "Zanzibar", "tags": ["Zanzibar"], "place": "Zanzibar"},
        partners=[{"kind": "public", "name": "Leith Council"}, {"kind": "private", "name": "Zanzibar Trust"}],
        phase={"name": "Zanzibar"},
    )  # fmt: skip
    Phase.objects.filter(partnership=draft).update(planned=True)
