"""Invitations: made and withdrawn by those who keep a record, and used once, by link, without an account."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from partnerships import actions
from partnerships.invitations import SALT, token_of
from partnerships.models import Assessment, Invitation, Partnership
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from tests import factories
from tests.partnerships.asking import Way, answer_all, come_by, levels, signed_in

pytestmark = pytest.mark.django_db

PAGES = [("start",), ("questions",), ("question", "model"), ("basis",), ("check",), ("result",)]
FIELDS = {"label": "The residents of Elm Street", "perspective": "users_or_community"}


@pytest.fixture
def way() -> Way:
    """Somebody who was sent a link."""
    return come_by("invitation")


@pytest.fixture
def keeper() -> Way:
    """An officer of the organisation that keeps a draft."""
    return come_by("draft")


def address(way: Way) -> str:
    """The page with the invitations of a phase."""
    return reverse("invitations", args=[way.phase.partnership.uuid, way.phase.pk])


def withdraw(way: Way, client: Client, invitation: Invitation) -> HttpResponse:
    return client.post(reverse("invitation-withdraw", args=[way.phase.partnership.uuid, invitation.uuid]))


def send(way: Way) -> HttpResponse:
    """Answer everything and send it."""
    answer_all(way)
    return way.client.post(way.url("check"), {"seen": way.get("check").context["seen"]})


# ---- Making one ----------------------------------------------------------------------------------------


def test_an_officer_makes_a_link_for_one_phase_and_one_view(keeper: Way) -> None:
    response = keeper.client.post(address(keeper), FIELDS, follow=True)
    made = Invitation.objects.get()
    assert (made.phase, made.perspective, made.label, made.invited_by) == (
        keeper.phase, "users_or_community", "The residents of Elm Street", keeper.user,
    )  # fmt: skip
    assert made.expires_at - made.created_at > timedelta(days=59, hours=23)
    [row] = response.context["rows"]
    assert row.link == f"https://matrix.example/invitations/{token_of(made)}/"
    body = response.content.decode()
    assert f'value="{row.link}" readonly' in body
    assert "Not begun yet" in body
    # The button needs a script, which shows it.
    assert f'data-copies="link-{made.uuid.hex}" data-done="Copied" hidden' in body
    assert Client().get(row.link.removeprefix(site.SITE_URL)).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"label": "a\x00"}, "label"),
        ({"perspective": ""}, "perspective"),
        ({"perspective": "researcher"}, "perspective"),
        ({"perspective": "curator"}, "perspective"),
    ],
)
def test_bad_input_is_a_message_beside_the_field(keeper: Way, change: dict[str, str], field: str) -> None:
    response = keeper.client.post(address(keeper), {**FIELDS, **change})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("status", [DRAFT, SUBMITTED, CHANGES_REQUESTED, PUBLISHED])
def test_invitations_are_made_for_records_in_any_status_but_withdrawn(keeper: Way, status: str) -> None:
    slug = {"slug": "repair-cafe", "published_at": timezone.now()} if status == PUBLISHED else {}
    Partnership.objects.update(status=status, **slug)
    assert keeper.client.post(address(keeper), FIELDS).status_code == 302
    assert Invitation.objects.count() == 1


def test_nobody_is_invited_to_what_was_withdrawn(keeper: Way) -> None:
    Partnership.objects.update(status=WITHDRAWN)
    assert '<button class="govuk-button"' not in keeper.client.get(address(keeper)).content.decode()
    assert keeper.client.post(address(keeper), FIELDS).status_code == 409
    assert not Invitation.objects.exists()


def test_only_those_who_keep_the_record_see_and_make_invitations(keeper: Way) -> None:
    factories.invitation(keeper.phase, label="Zanzibar")
    nobody = factories.user(organisation=keeper.user.organisation)
    nobody.groups.clear()
    for reader, status in [
        (factories.user(), 404),
        (factories.user(Role.RESEARCHER), 404),
        (nobody, 403),
        (factories.user(organisation=keeper.user.organisation), 200),
        (factories.user(Role.CURATOR), 200),
    ]:
        page = signed_in(reader).get(address(keeper))
        assert page.status_code == status
        assert ("Zanzibar" in page.content.decode()) is (status == 200)
        assert signed_in(reader).post(address(keeper), {}).status_code == (422 if status == 200 else status)
    assert Client().get(address(keeper))["Location"].startswith("/accounts/sign-in/")


def test_the_phase_of_another_record_is_not_found(keeper: Way) -> None:
    other = factories.partnership(status="draft", organisation=keeper.user.organisation).phases.get()
    mixed = reverse("invitations", args=[keeper.phase.partnership.uuid, other.pk])
    assert keeper.client.get(mixed).status_code == keeper.client.post(mixed, FIELDS).status_code == 404
    assert not Invitation.objects.exists()


def test_each_phase_lists_its_own(keeper: Way) -> None:
    factories.invitation(factories.add_phase(keeper.phase.partnership), label="Year two")
    factories.invitation(keeper.phase, label="Year one")
    body = keeper.client.get(address(keeper)).content.decode()
    assert "Year one" in body
    assert "Year two" not in body


def test_the_list_costs_the_same_however_long_it_is(keeper: Way, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        factories.invitation(keeper.phase, label=f"Group {number}")
    with django_assert_max_num_queries(10):
        assert len(keeper.client.get(address(keeper)).context["rows"]) == 12


# ---- Withdrawing -----------------------------------------------------------------------------------------


def test_a_withdrawn_link_opens_nothing_and_what_was_begun_is_gone(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led"))
    officer = factories.user(organisation=way.phase.partnership.organisation)
    assert withdraw(way, signed_in(officer), way.invitation)["Location"] == address(way)
    assert Invitation.objects.get().withdrawn_by == officer
    assert not Assessment.objects.exists()
    [row] = signed_in(officer).get(address(way)).context["rows"]
    assert (row.state, row.link, row.withdraw_url) == ("Withdrawn", "", "")
    assert_closed(way, "taken it back")
    # Pressed twice is withdrawn once.
    assert withdraw(way, signed_in(officer), way.invitation).status_code == 302


def test_what_was_sent_cannot_be_withdrawn(way: Way) -> None:
    send(way)
    officer = signed_in(factories.user(organisation=way.phase.partnership.organisation))
    page = officer.get(withdraw(way, officer, way.invitation)["Location"])
    assert "cannot be withdrawn" in page.content.decode()
    assert Invitation.objects.get().state == "sent"
    assert Assessment.objects.submitted().count() == 1


def test_others_cannot_withdraw(way: Way) -> None:
    assert withdraw(way, signed_in(factories.user()), way.invitation).status_code == 404
    other = come_by("draft")
    forged = reverse("invitation-withdraw", args=[other.phase.partnership.uuid, way.invitation.uuid])
    assert other.client.post(forged).status_code == 404
    assert other.client.get(forged).status_code == 405
    assert Invitation.objects.get().is_live


# ---- The link ------------------------------------------------------------------------------------------------


def assert_closed(way: Way, *words: str) -> None:
    """No page behind the link opens, each says why, and whom to ask; and nothing can be saved."""
    before = list(Assessment.objects.values())
    for page in PAGES:
        response = way.client.get(way.url(*page))
        assert response.status_code == 410
        for expected in (*words, "contact@matrix.example"):
            assert expected in response.content.decode()
        assert "Hill Trust" not in response.content.decode()
    for page in (("question", "model"), ("questions",)):
        response = way.client.post(way.url(*page), levels("model", public="asked"))
        assert response.status_code == 410
        # What was typed is not lost with it.
        assert "Hill Council (public body): Told or asked" in response.content.decode()
    assert list(Assessment.objects.values()) == before


@pytest.mark.parametrize("where", PAGES)
def test_pages_behind_a_link_are_kept_private(way: Way, where: tuple[str, ...]) -> None:
    response = way.get(*where)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    # Nothing of the address reaches another host; see the door for why it is not "no-referrer".
    assert response["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in way.client.cookies


def test_a_link_needs_no_account_and_says_what_it_is(way: Way) -> None:
    body = way.get("start").content.decode()
    for words in (
        "Repair café", "Pilot", "Hill Council asks for your view (Users or community)", "marked “by invitation”",
        "Hill Trust (third sector organisation)", "need no account",
    ):  # fmt: skip
        assert words in body
    # Whom it was meant for is between the keepers.
    assert way.invitation.label not in body


@pytest.mark.parametrize("status", [DRAFT, SUBMITTED, PUBLISHED])
def test_a_link_shows_nothing_of_others_answers_or_of_the_position(status: str) -> None:
    way = come_by("invitation", design="shared", delivery="shared", summary="Zanzibar")
    Partnership.objects.update(status=status)
    factories.assessment(way.phase, method="guided", reason="Zanzibar", comment="Zanzibar", assessor=factories.user())
    factories.assessment(way.phase, submitted=False, design="public", delivery="public", reason="Zanzibar")
    factories.invited_assessment(way.phase, label="Zanzibar", comment="Zanzibar")
    for page in PAGES:
        body = way.get(*page).content.decode()
        assert "Zanzibar" not in body
        for place in ("Full Co-Production", "Co-Management", "Traditional", "here"):
            assert f"· {place}" not in body
    assert way.get("question", "model").context["form"]["model-public"].value() is None


def test_protection_against_forgery_holds_for_whoever_is_invited(way: Way) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(way.url("question", "model"), levels("model", public="led")).status_code == 403
    assert not Assessment.objects.exists()


def tampered(token: str) -> list[str]:
    key, signature = token.split(".")
    other = "0" * 31 + ("1" if key.endswith("0") else "0")
    return [
        key, f"{key}.", f".{signature}", f"{other}.{signature}", f"{key}.{signature[:-1]}", f"{key}.{signature}x",
        f"{key}.{signature.swapcase()}", Signer(sep=".", salt="another").sign(key),
        Signer(sep=".", salt=SALT).sign("x"), Signer(sep=".", salt=SALT).sign("0" * 32), "a\x00", "ä", ".", "x" * 5000,
    ]  # fmt: skip


def test_a_link_that_is_not_ours_is_not_found(way: Way) -> None:
    for token in tampered(way.args[0]):
        for name, more in (("start", []), ("question", ["model"]), ("check", [])):
            url = reverse(f"invitation-{name}", args=[token, *more])
            assert Client().get(url).status_code == 404, token
            assert Client().post(url, {}).status_code in (404, 405), token


def test_a_link_opens_its_own_invitation_only(way: Way) -> None:
    other = come_by("invitation")
    way.post("question", "model", **levels("model", public="led"))
    assert other.get("question", "model").context["form"]["model-public"].value() is None
    assert other.present().pk is None


def test_two_links_for_one_phase_give_two_assessments(way: Way) -> None:
    second = factories.invitation(way.phase, perspective="third_sector")
    other = Way("invitation", Client(), way.phase, (token_of(second),), invitation=second)
    send(way)
    send(other)
    assert {(claim.perspective, claim.by_invitation, claim.assessor) for claim in Assessment.objects.all()} == {
        ("users_or_community", True, None), ("third_sector", True, None),
    }  # fmt: skip


def test_whoever_comes_back_goes_on_where_they_were(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led"))
    elsewhere = Way("invitation", Client(), way.phase, way.args, invitation=way.invitation)
    assert elsewhere.get("question", "model").context["form"]["model-public"].value() == "led"
    assert "1 of 6 answered" in elsewhere.get("start").content.decode()


def test_somebody_signed_in_who_opens_a_link_answers_as_invited(way: Way) -> None:
    way.client.force_login(factories.user())
    send(way)
    claim = Assessment.objects.get()
    assert (claim.assessor, claim.by_invitation) == (None, True)


# ---- Once, for sixty days ---------------------------------------------------------------------------------------


def test_a_link_is_used_once(way: Way) -> None:
    assert send(way)["Location"] == way.url("sent")
    page = way.get("sent")
    assert page.status_code == 200
    assert "opens nothing any more" in page.content.decode()
    assert_closed(way, "works only once")
    assert way.client.post(way.url("check"), {"seen": ""})["Location"] == way.url("sent")
    assert Assessment.objects.count() == 1


def test_a_link_ends_after_sixty_days(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led"))
    with time_machine.travel(timezone.now() + timedelta(days=59, hours=23), tick=False):
        assert way.get("start").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=60, hours=1), tick=False):
        assert_closed(way, "It ended on")
        assert way.client.post(way.url("check"), {"seen": ""}).status_code == 410
        keepers = signed_in(factories.user(organisation=way.phase.partnership.organisation))
        [row] = keepers.get(address(way)).context["rows"]
        assert (row.state, row.link) == ("Run out", "")


def test_a_link_ends_with_its_record(way: Way) -> None:
    Partnership.objects.update(status=WITHDRAWN)
    assert_closed(way, "has been withdrawn")
    assert "Repair café" not in way.client.get(way.url("start")).content.decode()


def test_what_ends_between_checking_and_sending_is_not_sent(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_all(way)
    submit = actions.submit_assessment

    def overtaken(**given: Any) -> Assessment:
        Invitation.objects.update(withdrawn_at=timezone.now())
        return submit(**given)

    monkeypatch.setattr(actions, "submit_assessment", overtaken)
    response = way.client.post(way.url("check"), {"seen": way.get("check").context["seen"]})
    assert response.status_code == 410
    assert not Assessment.objects.submitted().exists()


def test_what_ends_between_reading_and_saving_gives_back_what_was_typed(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = actions.save_assessment

    def overtaken(**given: Any) -> Assessment:
        Invitation.objects.update(withdrawn_at=timezone.now())
        return save(**given)

    monkeypatch.setattr(actions, "save_assessment", overtaken)
    response = way.post("question", "model", **levels("model", public="led"))
    assert response.status_code == 410
    assert "Hill Council (public body): Led or decided alone" in response.content.decode()
    assert not Assessment.objects.exists()
