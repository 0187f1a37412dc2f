"""The officers' journey around the questions: the record's form, checking, submitting, two people at one draft."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships import actions
from partnerships.forms.steps import STEPS
from partnerships.models import Assessment, Partnership
from partnerships.models.phase import UNNAMED
from tests import factories
from tests.drafting import ALL, COMPLETE, DRAFT, GO_ON, NEW, answered, edit, new, signed_in, step_url, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Organisation:
    return factories.organisation("Lakeside Council", country="GB")


@pytest.fixture
def ada(council: Organisation) -> User:
    return factories.user(organisation=council)


@pytest.fixture
def ben(council: Organisation) -> User:
    return factories.user(organisation=council)


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


def blank(client: Client, query: dict[str, str] = ALL) -> HttpResponse:
    """The new form, behind the redirect that gives it its key."""
    return client.get(NEW, query, follow=True)


@pytest.fixture
def draft(client: Client) -> Partnership:
    new(client)
    return Partnership.objects.get()


# ---- Logging ------------------------------------------------------------------------------------------


def test_the_long_form_makes_a_draft_and_leads_to_the_questions(client: Client, ada: User) -> None:
    key = uuid4()
    response = new(client, key=str(key), names_public="* Lakeside Council", starts="2014")
    draft = Partnership.objects.get()
    assert response["Location"] == reverse("draft-questions", args=[key, draft.phases.get().pk])
    assert (draft.uuid, draft.status, draft.version, draft.slug) == (key, "draft", 1, None)
    assert (draft.organisation, draft.created_by) == (ada.organisation, ada)
    assert list(draft.partners.values_list("kind", "name", "lead")) == [
        ("public", "Lakeside Council", True), ("citizens", "", False),
    ]  # fmt: skip
    phase = draft.phases.get()
    assert (phase.name, phase.starts.year, phase.placed()) == (UNNAMED, 2014, False)
    assert not Assessment.objects.exists()


def test_the_new_form_has_a_key_and_the_likely_answers(client: Client) -> None:
    page = blank(client)
    body = page.content.decode()
    assert f'name="key" value="{page.context["key"]}"' in body
    assert f'action="{NEW}?key={page.context["key"]}&amp;all=1"' in body
    assert page.context["form"]["country"].value() == "GB"
    assert blank(client).context["key"] != page.context["key"]


@pytest.mark.parametrize("query", ["", "?key=", "?key=x", "?key=%00"])
def test_the_new_form_has_its_key_in_the_address(client: Client, query: str) -> None:
    address = client.get(NEW + query)["Location"]
    assert re.fullmatch(rf"{NEW}\?key=[0-9a-f-]{{36}}", address)
    assert client.get(address).status_code == 200


def test_going_back_to_the_new_form_leads_to_the_draft_that_it_made(client: Client) -> None:
    address = client.get(NEW)["Location"]
    key = address.partition("=")[2]
    new(client, DRAFT, key=key)
    assert client.get(address)["Location"] == step_url(UUID(key), "about")
    assert client.get(f"{address}&all=1")["Location"] == url("draft-edit", UUID(key))
    assert signed_in(factories.user()).get(address, follow=True).status_code == 404


def test_without_a_title_nothing_is_saved_and_what_was_typed_stays(client: Client) -> None:
    response = new(client, title="", place="Repair & Reuse", names_public="* Hill <Council>", starts="soon")
    body = response.content.decode()
    assert response.status_code == 422
    assert not Partnership.objects.exists()
    assert "<title>Error: Log a partnership" in body
    assert "Repair &amp; Reuse" in body
    assert "* Hill &lt;Council&gt;" in body
    assert 'value="soon"' in body


def test_an_incomplete_form_says_what_is_missing_and_keeps_the_rest(client: Client) -> None:
    response = new(client, country="", place="Hill", areas=[])
    draft = Partnership.objects.get()
    body = response.content.decode()
    assert response.status_code == 422
    assert (draft.place, draft.countries) == ("Hill", [])
    assert "Choose a country." in body
    assert "Tick at least one area that it is about." in body
    assert "Everything else is saved in your draft." in body
    # From here on it is the draft that is edited, at its present version.
    assert f'action="{url("draft-edit", draft)}"' in body
    assert f'name="version" value="{draft.version}"' in body


def test_each_error_is_linked_to_its_question_and_beside_it(client: Client) -> None:
    body = new(client, title="", areas=[], kinds=[], starts="soon").content.decode()
    for target, message in [
        ("id_title", "Enter what it is called."),
        ("id_areas_0", "Tick at least one area that it is about."),
        ("id_kinds_0", "Tick who takes part."),
        ("id_starts", "Begins: write the date as 2012, June 2012 or 30/4/2012."),
    ]:
        assert f'<a href="#{target}">{message}</a>' in body
        assert body.count(message) == 2
        assert f'id="{target}"' in body
    assert body.index("govuk-error-summary") < body.index("<h1")


def test_questions_are_groups_with_a_legend_and_described(client: Client) -> None:
    body = blank(client).content.decode()
    assert body.count("<fieldset") == body.count("<legend")
    for described in ("id_kinds_helptext", "id_unit_0_hint", "id_kinds_0_hint", "id_starts_helptext"):
        assert f'aria-describedby="{described}' in body or f" {described}" in body
        assert f'id="{described}"' in body


def test_attack_78_extra_fields_change_nothing(client: Client, ada: User) -> None:
    stranger = factories.user()
    new(
        client, status="published", organisation=str(stranger.organisation_id), created_by=str(stranger.pk), id="77",
        slug="mine", published_at="2020-01-01", is_staff="1", cell="5", submitted_at="2020-01-01", uuid=str(uuid4()),
    )  # fmt: skip
    draft = Partnership.objects.get()
    assert (draft.status, draft.organisation, draft.created_by, draft.slug) == ("draft", ada.organisation, ada, None)
    assert draft.published_at is draft.submitted_at is None
    assert draft.pk != 77
    ada.refresh_from_db()
    assert not ada.is_staff


@pytest.mark.parametrize("name", ["title", "country", "areas", "names_public", "starts", "tags"])
def test_attack_53_an_odd_byte_is_a_message(client: Client, name: str) -> None:
    assert new(client, **{name: "a\x00b"}).status_code == 422


def test_a_very_long_title_is_a_message(client: Client) -> None:
    response = new(client, DRAFT, title="x" * 10_000)
    assert response.status_code == 422
    assert "It has 10000." in response.content.decode()


# ---- Twice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", [GO_ON, DRAFT], ids=["on", "draft"])
def test_the_same_form_sent_twice_makes_one_draft(client: Client, button: dict[str, str]) -> None:
    key = str(uuid4())
    answers = [new(client, button, key=key)["Location"] for _ in range(3)]
    assert Partnership.objects.count() == 1
    assert len(set(answers)) == 1


def test_going_back_and_changing_the_new_form_changes_its_draft(client: Client) -> None:
    key = str(uuid4())
    new(client, key=key)
    new(client, key=key, place="Hill")
    assert Partnership.objects.get().place == "Hill"
    assert new(client, key=key, place="Dale").status_code == 409


def test_two_requests_at_once_make_one_draft(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second request looks for the draft before the first has made it, and finds the key taken when it saves."""
    save, key = actions.save_draft, str(uuid4())

    def overtaken(**given: Any) -> Partnership:
        monkeypatch.setattr(actions, "save_draft", save)
        new(client, key=key)
        return save(**given)

    monkeypatch.setattr(actions, "save_draft", overtaken)
    response = new(client, key=key, place="Hill")
    assert response.status_code == 302
    assert Partnership.objects.get().place == "Hill"


def test_attack_79_another_organisations_key_is_not_found(client: Client, draft: Partnership) -> None:
    before = Partnership.history.count()
    assert new(signed_in(factories.user()), key=str(draft.uuid)).status_code == 404
    assert (Partnership.objects.count(), Partnership.history.count()) == (1, before)


def test_a_key_that_is_none_is_replaced(client: Client) -> None:
    assert new(client, key="x").status_code == 302
    assert Partnership.objects.count() == 1


# ---- Drafts ------------------------------------------------------------------------------------------


def test_a_title_is_enough_for_a_draft(client: Client) -> None:
    response = client.post(NEW, {"title": "Idea", "unit": "case", "key": str(uuid4()), **DRAFT})
    draft = Partnership.objects.get()
    assert response["Location"] == url("draft", draft)
    page = client.get(response["Location"]).content.decode()
    assert "Your draft is saved." in page
    assert "Not started" in page


def test_a_draft_keeps_what_can_be_read_and_shows_the_rest_again(client: Client) -> None:
    response = new(client, DRAFT, place="Hill", starts="soon", ends="2014", country="XX")
    draft = Partnership.objects.get()
    body = response.content.decode()
    assert response.status_code == 422
    assert (draft.place, draft.countries, draft.phases.get().ends) == ("Hill", [], None)
    assert "Everything else is saved in your draft." in body
    assert 'value="soon"' in body
    assert 'value="2014"' in body
    # From here on it is the draft that is edited, at its present version.
    assert f'action="{url("draft-edit", draft)}"' in body
    assert edit(client, draft, starts="2013", ends="2014").status_code == 302
    assert Partnership.objects.get().phases.get().starts.year == 2013


def test_editing_changes_what_was_changed_and_nothing_else(client: Client, draft: Partnership) -> None:
    draft.narrative, draft.level = "A curator wrote this.", "support"
    draft.save()
    partner = draft.partners.get(kind="public")
    partner.roles = ["pays"]
    partner.save()
    edit(client, draft, kinds=["public", "private"], names_private="* A Firm", summary="Mends things.")
    edit(
        client, Partnership.objects.get(), kinds=["public", "private"], names_private="A Firm", summary="Mends things."
    )
    after = Partnership.objects.get()
    assert (after.narrative, after.level, after.summary, after.version) == (
        "A curator wrote this.", "support", "Mends things.", draft.version + 2,
    )  # fmt: skip
    assert list(after.partners.values_list("kind", "name", "lead", "roles")) == [
        ("public", "", False, ["pays"]), ("private", "A Firm", False, []),
    ]  # fmt: skip
    assert after.phases.count() == 1


def test_the_edit_form_shows_what_is_saved(client: Client, draft: Partnership) -> None:
    page = client.get(url("draft-edit", draft))
    assert page.context["version"] == draft.version
    assert page.context["form"]["title"].value() == "Repair café"
    assert 'name="key"' not in page.content.decode()


def test_the_folded_part_opens_where_something_stands_in_it(client: Client, draft: Partnership) -> None:
    fold = '<details class="folded" id="more" open>'
    assert fold not in client.get(url("draft-edit", draft)).content.decode()
    assert fold in client.get(url("draft-edit", draft) + "?more=1").content.decode()
    edit(client, draft, tags="repair")
    assert fold in client.get(url("draft-edit", draft)).content.decode()


# ---- Two people at one draft ----------------------------------------------------------------------------


@pytest.mark.parametrize("button", [GO_ON, DRAFT], ids=["on", "draft"])
def test_a_stale_save_shows_both_versions_and_loses_neither(
    client: Client, draft: Partnership, ben: User, button: dict[str, str]
) -> None:
    edit(signed_in(ben), draft, place="Hill", kinds=["public", "citizens", "private"])
    response = edit(client, draft, button, place="Dale", summary="Mine")
    body = response.content.decode()
    assert response.status_code == 409
    assert Partnership.objects.get().place == "Hill"
    assert "Somebody else saved this draft" in body
    shown = {(row.label, row.mine, row.theirs) for row in response.context["differences"]}
    assert shown == {
        ("Town or area", ("Dale",), ("Hill",)),
        ("Who takes part", ("Public body", "Citizens"), ("Public body", "Citizens", "Private firm")),
        ("Summary", ("Mine",), ()),
    }
    assert 'value="Dale"' in body
    # Saving again, with the version that the page carries, replaces what is saved.
    again = edit(client, Partnership.objects.get(), button, place="Dale", version=str(response.context["version"]))
    assert again.status_code == 302
    assert Partnership.objects.get().place == "Dale"


def test_the_same_person_in_two_windows_is_told_so(client: Client, draft: Partnership) -> None:
    edit(client, draft, place="Hill")
    body = edit(client, draft, place="Dale").content.decode()
    assert "You saved this draft in another window" in body


def test_saving_the_same_answers_twice_is_no_conflict(client: Client, draft: Partnership) -> None:
    assert edit(client, draft, place="Hill").status_code == 302
    assert edit(client, draft, place="Hill").status_code == 302


@pytest.mark.parametrize("version", ["", "0", "-1", "1e3", "９", "9" * 5000, "x\x00"])
def test_a_version_that_is_none_never_overwrites(client: Client, draft: Partnership, version: str) -> None:
    assert edit(client, draft, place="Dale", version=version).status_code == 409
    assert Partnership.objects.get().place == ""


def test_what_was_submitted_meanwhile_is_not_changed_and_the_typing_not_lost(
    client: Client, draft: Partnership, ben: User
) -> None:
    answered(draft)
    actions.submit(partnership=draft, by=ben)
    response = edit(client, draft, place="Dale")
    body = response.content.decode()
    assert response.status_code == 409
    assert "Your changes were not saved" in body
    assert "Dale" in body
    assert Partnership.objects.get().place == ""


def test_what_is_submitted_between_reading_and_saving_is_not_changed(
    client: Client, draft: Partnership, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = actions.save_draft
    answered(draft)

    def overtaken(**given: Any) -> Partnership:
        actions.submit(partnership=draft, by=ben)
        return save(**given)

    monkeypatch.setattr(actions, "save_draft", overtaken)
    assert "Your changes were not saved" in edit(client, draft, place="Dale").content.decode()


def test_a_stale_save_takes_over_what_its_sender_left_alone(client: Client, draft: Partnership, ben: User) -> None:
    opened = client.get(url("draft-edit", draft)).context["opened"]
    edit(signed_in(ben), draft, place="Hill", tags="repair\r\nreuse", areas=["05", "10"])
    response = edit(client, draft, opened=opened, summary="Mine")
    assert response.status_code == 409
    assert [(row.label, row.mine, row.theirs) for row in response.context["differences"]] == [
        ("Summary", ("Mine",), ()),
    ]  # fmt: skip
    form = response.context["form"]
    assert (form["place"].value(), form["areas"].value()) == ("Hill", ["05", "10"])
    assert 'value="Hill"' in response.content.decode()
    # The form is now one of what is saved: sent again, it does not undo what Ben saved.
    answers = {name: value for name, value in form.typed.items() if value} | {"opened": response.context["opened"]}
    assert edit(client, Partnership.objects.get(), **answers).status_code == 302
    after = Partnership.objects.get()
    assert (after.place, after.tags, after.summary) == ("Hill", ["repair", "reuse"], "Mine")


def test_a_stale_save_that_changes_nothing_is_no_conflict(client: Client, draft: Partnership, ben: User) -> None:
    opened = client.get(url("draft-edit", draft)).context["opened"]
    edit(signed_in(ben), draft, place="Hill")
    assert edit(client, draft, opened=opened).status_code == 302
    assert Partnership.objects.get().place == "Hill"


@pytest.mark.parametrize("opened", ["", "x", "e30:x:y", "\x00", "ä"])
def test_a_forged_beginning_counts_as_none(client: Client, draft: Partnership, ben: User, opened: str) -> None:
    edit(signed_in(ben), draft, place="Hill")
    response = edit(client, draft, opened=opened, place="Dale")
    assert response.context["form"]["place"].value() == "Dale"


def test_an_error_keeps_what_the_form_was_opened_with(client: Client, draft: Partnership) -> None:
    opened = client.get(url("draft-edit", draft)).context["opened"]
    assert edit(client, draft, GO_ON, opened=opened, title="").context["opened"] == opened


def test_two_ways_to_write_a_date_are_no_conflict(client: Client, draft: Partnership) -> None:
    assert edit(client, draft, starts="30/4/2012").status_code == 302
    assert edit(client, draft, starts="30/4/2012").status_code == 302


# ---- Signed out meanwhile --------------------------------------------------------------------------------


def test_what_is_sent_after_the_session_ended_is_there_again_after_signing_in(client: Client, ada: User) -> None:
    address = client.get(NEW)["Location"]
    key = address.partition("=")[2]
    client.logout()
    response = client.post(address, {**COMPLETE, "key": key, "title": "Repair & Reuse", **DRAFT})
    assert response["Location"].startswith("/accounts/sign-in/?next=/partnerships/new/")
    assert "what you typed is kept" in client.get(response["Location"]).content.decode()
    client.force_login(ada)
    page = client.get(address)
    assert "You were signed out before this was saved." in page.content.decode()
    assert 'value="Repair &amp; Reuse"' in page.content.decode()
    assert not Partnership.objects.exists()
    assert new(client, DRAFT, key=str(page.context["key"])).status_code == 302
    assert Partnership.objects.get().uuid == UUID(key)
    # It is handed out once.
    assert "You were signed out" not in client.get(address, follow=True).content.decode()


def test_an_edit_after_the_session_ended_keeps_the_version_it_was_made_of(
    client: Client, draft: Partnership, ada: User, ben: User
) -> None:
    edit(signed_in(ben), draft, place="Hill")
    client.logout()
    edit(client, draft, place="Dale")
    client.force_login(ada)
    page = client.get(url("draft-edit", draft))
    assert (page.context["version"], page.context["form"]["place"].value()) == (1, "Dale")
    assert edit(client, draft, place="Dale").status_code == 409


def test_a_very_long_form_of_nobody_is_not_kept() -> None:
    visitor = Client()
    visitor.post(NEW, {**COMPLETE, "summary": "x" * 50_000})
    assert not visitor.session.keys()


# ---- Who may ---------------------------------------------------------------------------------------------

STAGE = object()
# Every page of a draft around the questions: its name, and what stands in its address besides the draft's key.
PAGES: dict[str, tuple[Any, ...]] = {
    "draft": (),
    "draft-edit": (),
    "draft-check": (),
    "draft-submit": (),
    "draft-delete": (),
    "draft-step": ("who",),
    "draft-next": ("who",),
    "phase-new": (),
    "phase-edit": (STAGE,),
    "phase-move": (STAGE,),
    "phase-delete": (STAGE,),
}
# Those that change something.
FORMS = [name for name in PAGES if name not in ("draft", "draft-check", "draft-next")]


def page_of(name: str, draft: Partnership, uuid: UUID | None = None) -> str:
    """A page of a draft, or of a record that may not exist with the number of this draft's stage."""
    more = (draft.phases.get().pk if part is STAGE else part for part in PAGES[name])
    return url(name, uuid or draft.uuid, *more)


@pytest.mark.parametrize("name", PAGES)
def test_attack_1_and_2_visitors_are_sent_to_sign_in(draft: Partnership, name: str) -> None:
    path = page_of(name, draft)
    for response in (Client().get(path), Client().head(path), Client().post(path)):
        assert response.status_code in (302, 405)
        if response.status_code == 302:
            assert response["Location"] == f"/accounts/sign-in/?next={path}"


@pytest.mark.parametrize("name", PAGES)
def test_attacks_4_and_5_a_strangers_draft_looks_like_none(draft: Partnership, name: str) -> None:
    stranger = signed_in(factories.user())
    bodies = set()
    for uuid in (draft.uuid, uuid4()):
        path = page_of(name, draft, uuid)
        for response in (stranger.get(path), stranger.post(path, COMPLETE | DRAFT)):
            assert response.status_code in (404, 405)
            # The form for signing out carries a token that is another one each time.
            body = re.sub(r'value="\w{64}"', "", response.content.decode())
            bodies.add(body.replace(str(uuid), ""))
    assert len({body for body in bodies if body}) == 1
    assert not any(draft.title in body for body in bodies)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RESEARCHER, Role.CURATOR, Role.ADMINISTRATOR])
def test_every_role_may_log(role: str) -> None:
    assert blank(signed_in(factories.user(role))).status_code == 200


def test_attack_3_an_account_without_a_role_only_reads(draft: Partnership, council: Organisation) -> None:
    user = factories.user(organisation=council)
    user.groups.clear()
    viewer = signed_in(User.objects.get(pk=user.pk))
    before = Partnership.history.count()
    assert viewer.get(NEW).status_code == new(viewer).status_code == 403
    for name in PAGES.keys() - {"draft"}:
        assert viewer.get(page_of(name, draft)).status_code in (403, 405)
        assert viewer.post(page_of(name, draft), COMPLETE | DRAFT).status_code in (403, 405)
    body = viewer.get(url("draft", draft)).content.decode()
    assert draft.title in body
    assert not any(page_of(name, draft) in body for name in PAGES.keys() - {"draft"})
    assert reverse("invitations", args=[draft.uuid, draft.phases.get().pk]) not in body
    assert Partnership.history.count() == before


def test_attack_11_a_role_that_is_taken_away_is_gone_at_once(client: Client, ada: User) -> None:
    assert blank(client).status_code == 200
    ada.groups.clear()
    assert client.get(NEW).status_code == 403


def test_colleagues_and_curators_work_on_the_same_draft(draft: Partnership, ben: User) -> None:
    for user in (ben, factories.user(Role.CURATOR)):
        assert signed_in(user).get(url("draft-edit", draft)).status_code == 200


@pytest.mark.parametrize("name", [NEW, *FORMS])
def test_attack_33_a_post_without_its_token_is_refused(draft: Partnership, ada: User, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    path = name if name == NEW else page_of(name, draft)
    assert client.post(path, COMPLETE | DRAFT).status_code == 403
    assert Partnership.objects.get().version == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, draft: Partnership, method: str) -> None:
    for path in (NEW, *(page_of(name, draft) for name in PAGES)):
        assert getattr(client, method)(path).status_code == 405


# ---- Queries ---------------------------------------------------------------------------------------------


MOST = {"draft": 8, "draft-edit": 7, "draft-check": 7, "draft-delete": 7, "phase-new": 7} | {
    f"draft-step {step}": 7 for step in STEPS
}


@pytest.mark.parametrize("size", [1, 40], ids=["small", "large"])
def test_a_drafts_pages_cost_the_same_whatever_its_size(client: Client, draft: Partnership, size: int) -> None:
    with factories.indexed_at_the_end():
        for number in range(size):
            draft.partners.create(kind="private", name=f"Firm {number}")
            factories.assessment(factories.add_phase(draft, name=f"Year {number}"))

    too_many = {}
    for name, most in MOST.items():
        page, *step = name.split()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(page, draft, *step)).status_code == 200, name
        if len(queries) > most:
            too_many[name] = [query["sql"][:120] for query in queries]
    assert not too_many


def test_the_new_form_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    address = client.get(NEW)["Location"]
    with django_assert_max_num_queries(5):
        client.get(address)
