"""Likely duplicates while somebody logs a partnership, and what curators see of a word on them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import DuplicateVerdict, Partnership
from tests import factories
from tests.drafting import DRAFT, GO_ON, NEW, edit, main_of, new, send, signed_in, step_url, url

pytestmark = pytest.mark.django_db
PART = "/my/alike/"
ABOUT = {"title": "Repair cafe", "unit": "case", "country": "GB", "place": "Leeds"}


@pytest.fixture
def officer() -> User:
    return factories.user()


@pytest.fixture
def client(officer: User) -> Client:
    return signed_in(officer)


@pytest.fixture
def theirs() -> Partnership:
    """A published record of another organisation."""
    fields = {"place": "Leeds", "countries": ["GB"], "organisation": factories.organisation()}
    made = factories.partnership("Repair café", partners=[("public", "Leeds Council")], **fields)
    made.partners.update(lead=True)
    return made


def own(officer: User, status: str = "draft", **fields: Any) -> Partnership:
    return factories.partnership(
        "Repair café", status=status, organisation=officer.organisation, **{"place": "Leeds", **fields}
    )


def ask(client: Client, draft: Partnership | None = None, **sent: Any) -> HttpResponse:
    """Type a title and a place; ``sent`` is what else is in the form."""
    return client.post(PART + (f"?draft={draft.uuid}" if draft else ""), {**ABOUT, **sent})


def save_new(client: Client, **sent: Any) -> HttpResponse:
    """Send the first step."""
    return client.post(NEW, {**ABOUT, "key": str(uuid4()), "version": "1", **sent})


def made(response: HttpResponse) -> Partnership:
    """The draft that the page after saving belongs to."""
    return Partnership.objects.get(uuid=response.url.split("/")[2])


def words() -> list[tuple[Partnership, Partnership, bool]]:
    return [(said.one, said.other, said.same) for said in DuplicateVerdict.objects.all()]


# ---- Beside the form ------------------------------------------------------------------------------------


def test_the_form_asks_while_somebody_types(client: Client, officer: User) -> None:
    draft = own(officer)
    for page in (f"{NEW}?key={uuid4()}", f"{NEW}?key={uuid4()}&all=1"):
        assert f'hx-post="{PART}"' in client.get(page).content.decode()
    for page in (step_url(draft, "about"), url("draft-edit", draft)):
        html = client.get(page).content.decode()
        assert f'hx-post="{PART}?draft={draft.uuid}"' in html
        assert html.count('role="status"') == 1
    assert 'hx-post="/my/alike/' not in client.get(step_url(draft, "areas")).content.decode()


def test_a_box_says_what_it_is_where_who_leads_and_why(client: Client, theirs: Partnership) -> None:
    html = ask(client).content.decode()

    assert "This may be in the register already" in html
    assert f'href="{theirs.get_absolute_url()}"' in html
    for said in ("Repair café", "Leeds, United Kingdom", "led by Leeds Council", "The same title, the same place."):
        assert said in html
    assert html.count('type="button"') == 2, "no button of it sends the form"
    assert "1 record may be the same." in html
    assert "autofocus" not in html


def test_partners_that_are_typed_count_too(client: Client, theirs: Partnership) -> None:
    html = ask(client, names_public="* Leeds Council\nOther").content.decode()
    assert "the same partner, Leeds Council" in html


@pytest.mark.parametrize(
    "sent", [{"title": ""}, {"title": "Otter watch"}, {"place": "Bath"}, {"country": "IT"}, {"title": "…"}]
)
def test_nothing_alike_leaves_the_page_as_it_is(client: Client, theirs: Partnership, sent: dict[str, str]) -> None:
    response = ask(client, **sent)
    assert (response.status_code, response.content) == (204, b"")


def test_what_is_shown_already_is_not_drawn_anew_and_what_no_longer_fits_goes(
    client: Client, theirs: Partnership
) -> None:
    assert ask(client, alike_shown=[str(theirs.uuid)]).status_code == 204
    gone = ask(client, title="Otter watch", alike_shown=[str(theirs.uuid)])
    assert gone.status_code == 200
    assert "Repair" not in gone.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "Rep\x00air café"}, {"title": "x" * 5000}, {"place": "\x00"}, {"country": "??"},
        {"not_same": ["x", "\x00"]}, {"names_public": "\n" * 999},
    ],
)  # fmt: skip
def test_odd_input_is_no_fault(client: Client, theirs: Partnership, sent: dict[str, Any]) -> None:
    assert ask(client, **sent).status_code in (200, 204)


def test_who_is_let_in(theirs: Partnership, officer: User) -> None:
    reader = factories.user()
    reader.groups.clear()
    assert Client().post(PART, ABOUT).status_code == 401
    assert signed_in(officer).get(PART).status_code == 405
    assert signed_in(reader).post(PART, ABOUT).status_code == 403
    hidden = factories.partnership(status="draft", organisation=factories.organisation())
    assert ask(signed_in(officer), hidden).status_code == 404
    assert ask(signed_in(officer), own(officer, "submitted")).status_code == 404
    assert signed_in(officer).post(f"{PART}?draft=x", ABOUT).status_code == 404


def test_nobody_is_told_of_a_draft_of_others(client: Client, officer: User) -> None:
    published = own(officer, "published", slug="own")
    actions.start_revision(partnership=published, by=officer)
    canary = factories.partnership("Repair café", status="draft", place="Leeds", organisation=factories.organisation())

    html = ask(client).content.decode()
    assert html.count('name="alike_shown"') == 1
    assert str(published.uuid) in html
    for said in ("say_same", "say_not"):
        assert ask(client, **{said: str(canary.uuid)}).status_code == 404
        assert ask(client, **{said: "x"}).status_code == 404
    draft = own(officer)
    assert ask(client, draft, say_same=str(canary.uuid)).status_code == 404
    assert client.post(url("draft-alike", draft), {"say_same": str(canary.uuid)}).status_code == 404
    assert words() == []


def test_a_change_of_what_is_published_is_not_asked_about(client: Client, officer: User, theirs: Partnership) -> None:
    published = own(officer, "published", slug="own")
    actions.start_revision(partnership=published, by=officer)
    workspace = Partnership.objects.get(revises=published)
    assert 'id="alike"' not in client.get(step_url(workspace, "about")).content.decode()
    assert ask(client, workspace).status_code == 404
    assert "/alike/" not in send(client, workspace, "about", **{**ABOUT, "title": "Repair cafés"}).url
    assert client.get(url("draft-alike", workspace)).url == url("draft", workspace)


def test_a_look_costs_two_queries_and_who_asks(client: Client, officer: User, theirs: Partnership) -> None:
    def cost(draft: Partnership | None = None) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask(client, draft).status_code == 200
        return len(queries)

    # Session, account and roles come first; then the draft and its partners.
    assert cost() == 5
    draft = own(officer)
    few = cost(draft)
    for number in range(5):
        factories.partnership(f"Repair café {'abcde'[number]}", place="Leeds", partners=[("public", "Leeds Council")])
    assert cost(draft) == few == 7


# ---- Words beside the form --------------------------------------------------------------------------------


def test_a_word_before_the_first_save_travels_in_the_form(client: Client, theirs: Partnership) -> None:
    other = factories.partnership("The repair café", place="Leeds")

    html = ask(client, say_not=str(other.uuid)).content.decode()
    assert f'name="not_same" value="{other.uuid}"' in html
    assert f'name="alike_shown" value="{other.uuid}"' not in html
    assert "Noted: “The repair café” is another partnership." in html
    assert "autofocus" in html, "the button that was pressed is gone"
    html = ask(client, not_same=[str(other.uuid)], say_same=str(theirs.uuid)).content.decode()
    assert f'name="not_same" value="{other.uuid}"' in html
    assert f'name="same" value="{theirs.uuid}"' in html
    assert "Nothing on this page is saved yet, so you can leave it." in html
    assert words() == []

    response = save_new(client, not_same=[str(other.uuid)], same=[str(theirs.uuid)], alike_shown=[str(theirs.uuid)])
    draft = made(response)
    assert set(words()) == {(other, draft, False), (theirs, draft, True)}
    assert response.url == f"{url('draft-alike', draft)}?after=about", "what to do now is shown once it is saved"


def test_a_word_of_a_form_that_comes_back_is_not_lost(client: Client, theirs: Partnership) -> None:
    response = save_new(client, unit="", not_same=[str(theirs.uuid), "x"])
    assert response.status_code == 422
    html = response.content.decode()
    assert f'name="not_same" value="{theirs.uuid}"' in html
    assert html.count('name="not_same"') == 1


def test_what_cannot_be_seen_is_passed_over_when_a_form_is_saved(client: Client) -> None:
    hidden = factories.partnership("Garden", status="draft", organisation=factories.organisation())
    save_new(client, not_same=[str(hidden.uuid), str(uuid4())], same=[str(hidden.uuid)])
    assert words() == []


def test_a_word_on_a_draft_is_kept_at_once_and_can_be_changed(
    client: Client, officer: User, theirs: Partnership
) -> None:
    draft = own(officer)
    html = ask(client, draft, say_same=str(theirs.uuid)).content.decode()
    assert words() == [(theirs, draft, True)]
    assert "You said that it is the same." in html
    assert 'name="same"' not in html

    html = ask(client, draft, say_not=str(theirs.uuid), alike_shown=[str(theirs.uuid)]).content.decode()
    assert words() == [(theirs, draft, False)]
    assert theirs.get_absolute_url() not in html
    assert ask(client, draft).status_code == 204


# ---- After saving, without JavaScript -----------------------------------------------------------------------


def test_without_a_script_it_is_asked_after_saving(client: Client, theirs: Partnership) -> None:
    response = save_new(client)
    draft = made(response)
    assert response.url == f"{url('draft-alike', draft)}?after=about"

    page = main_of(client.get(response.url))
    assert "This may be in the register already" in page
    assert f'href="{reverse("draft-next", args=[draft.uuid, "about"])}"' in page
    answer = client.post(response.url, {"say_not": str(theirs.uuid)}, follow=True)
    assert "Noted: “Repair café” is another partnership." in answer.content.decode()
    assert "Nothing else in the register looks like it" in main_of(answer)
    assert words() == [(theirs, draft, False)]
    assert "/alike/" not in send(client, draft, "about", **{**ABOUT, "title": "Repair cafe!"}).url


def test_it_is_asked_once_for_a_title_and_a_place(client: Client, theirs: Partnership) -> None:
    draft = made(save_new(client))
    assert "/alike/" not in send(client, draft, "about", **ABOUT).url
    assert "/alike/" not in send(client, draft, "areas", areas=["05"]).url
    assert "/alike/" in send(client, draft, "about", **{**ABOUT, "title": "Repair café Leeds"}).url


def test_it_is_asked_once_a_form_that_came_back_is_complete(client: Client, theirs: Partnership) -> None:
    back = new(client, title="Repair café", place="Leeds", areas=[])
    assert back.status_code == 422
    assert 'name="alike_due"' in back.content.decode()
    draft = Partnership.objects.exclude(pk=theirs.pk).get()
    again = {"title": "Repair café", "place": "Leeds", "version": str(draft.version), "alike_due": "1"}
    assert edit(client, draft, GO_ON, **again).url == f"{url('draft-alike', draft)}?after=all"


def test_what_the_form_showed_is_not_asked_about_again(client: Client, theirs: Partnership) -> None:
    assert "/alike/" not in save_new(client, alike_shown=[str(theirs.uuid)]).url


def test_it_leads_on_to_where_the_form_would_have(client: Client, theirs: Partnership) -> None:
    kept = save_new(client, **DRAFT)
    draft = made(kept)
    assert kept.url == url("draft-alike", draft)
    assert f'href="{url("draft", draft)}" role="button"' in main_of(client.get(kept.url))
    long = new(client, title="Repair café", place="Leeds")
    assert long.url.endswith("/alike/?after=all")
    checking = send(client, draft, "about", "?from=check", **{**ABOUT, "title": "The repair café"})
    assert checking.url == f"{url('draft-alike', draft)}?from=check"
    assert f'href="{url("draft-check", draft)}"' in main_of(client.get(checking.url))
    assert client.get(f"{url('draft-alike', draft)}?after=//example.org").status_code == 200


def test_a_draft_that_was_handed_in_is_not_asked_about(client: Client, officer: User, theirs: Partnership) -> None:
    waiting = own(officer, "submitted")
    assert client.get(url("draft-alike", waiting)).url == url("draft", waiting)
    assert client.post(url("draft-alike", waiting), {"say_same": str(theirs.uuid)}).url == url("draft", waiting)
    assert words() == []


# ---- What to do where it is the same ------------------------------------------------------------------------


def advice(client: Client, draft: Partnership, other: Partnership) -> str:
    return main_of(client.post(url("draft-alike", draft), {"say_same": str(other.uuid)}, follow=True))


def test_ones_own_record_is_edited_instead(client: Client, officer: User) -> None:
    draft = own(officer)
    other, published = own(officer), own(officer, "published", slug="own")
    waiting = own(officer, "submitted")

    assert f'href="{url("draft", other)}">Edit it' in advice(client, draft, other)
    assert f'href="{reverse("revision-edit", args=["own"])}">Edit it' in advice(client, draft, published)
    assert "It has been handed in already." in advice(client, draft, waiting)
    assert f'href="{url("draft-delete", draft)}">Delete this draft' in advice(client, draft, other)


def test_a_record_of_others_is_shown_and_ones_view_given_by_who_may(theirs: Partnership, officer: User) -> None:
    page = advice(signed_in(officer), draft := own(officer), theirs)
    assert "It is in the register, so it need not be logged again." in page
    assert f'href="{theirs.get_absolute_url()}">See it' in page
    assert "Give your own view" not in page
    assert "Edit it" not in page

    scholar = factories.user(Role.RESEARCHER, organisation=officer.organisation)
    start = reverse("assess-start", args=[theirs.slug, theirs.phases.get().pk])
    assert f'href="{start}">Give your own view of it' in advice(signed_in(scholar), draft, theirs)


def test_a_draft_that_a_curator_has_seen_is_not_offered_for_deletion(
    client: Client, officer: User, theirs: Partnership
) -> None:
    draft = own(officer, "changes_requested")
    assert "Delete this draft" not in advice(client, draft, theirs)


# ---- For curators -----------------------------------------------------------------------------------------


def test_curators_see_what_was_said_to_be_the_same(officer: User, theirs: Partnership) -> None:
    draft = own(officer)
    actions.say_alike(one=draft, other=theirs, same=True, by=officer)
    desk = signed_in(factories.user(Role.CURATOR))
    change = "admin:partnerships_partnership_change"

    page = desk.get(reverse(change, args=[draft.pk])).content.decode()
    assert "Said to be the same as" in page
    assert f'href="{reverse(change, args=[theirs.pk])}">Repair café' in page
    assert f'href="{theirs.get_absolute_url()}">See it on the site' in page
    assert "Said to be the same as" in desk.get(reverse(change, args=[theirs.pk])).content.decode()

    queue = [reverse("admin:index"), f"{reverse('admin:partnerships_partnership_changelist')}?status=submitted"]
    assert all("Said to be the same" not in desk.get(page).content.decode() for page in queue), "nobody handed it in"
    Partnership.objects.filter(pk=draft.pk).update(status="submitted", submitted_at=theirs.submitted_at)
    for address in queue:
        html = desk.get(address).content.decode()
        assert "Said to be the same" in html
        for record in (draft, theirs):
            assert f'href="{reverse(change, args=[record.pk])}">Repair café' in html
    actions.say_alike(one=draft, other=theirs, same=False, by=officer)
    assert "Said to be the same" not in desk.get(queue[0]).content.decode()
