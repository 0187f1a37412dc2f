"""Changing a published record in the forms: its keepers' pages, and that nobody else learns of it (attacks 30, 31)."""

import re
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
from partnerships.proposals import record_of, workspace_of
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
    assert [one.part for one in told] == ["Assessments", "Assessments"]
    assert Assessment.objects.unfinished().count() == 1, "looking signs nothing"
    hand_in(client, revision)
    assert client.get(page("revision", revision)).context["page"].differences == told


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


def test_taking_back_asks_first(client: Client, record: Partnership) -> None:
    revision, draft = begin(client, record)
    rename(client, draft)
    assert client.get(reverse("draft-delete", args=[draft.uuid])).url == page("revision-take-back", revision)
    assert "Take the changes back?" in main_of(client.get(page("revision-take-back", revision)))
    assert Revision.objects.get().is_pending
    assert client.post(page("revision-take-back", revision)).url == url("draft", record)
    assert Revision.objects.get().status == "withdrawn"
    assert client.get(url("draft", draft)).status_code == 404
    assert "Changes taken back" in main_of(client.get(page("revision", revision)))
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
    shown = client.get(page("revision", revision)).context["page"]
    assert [one.label for one in shown.differences] == ["Title", "Summary"]
    assert [one.label for one in shown.left_out] == ["Title"]


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
