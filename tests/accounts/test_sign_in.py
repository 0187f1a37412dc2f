"""Signing in and out: by e-mail address whatever its capitals, with one answer to everything that is wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "three words of mine"
LOGIN = "/accounts/sign-in/"


@pytest.fixture
def ada() -> User:
    return factories.user(email="Ada@example.org", password=PASSWORD)


def sign_in(client: Client, email: str = "ada@example.org", password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["Ada@example.org", "ada@example.org", " ADA@EXAMPLE.ORG "])
def test_the_capitals_of_the_address_do_not_matter(client: Client, ada: User, email: str) -> None:
    response = sign_in(client, email)
    assert response.status_code == 302
    assert response["Location"] == reverse("my")
    assert is_signed_in(client)


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_curators_come_to_their_queue_unless_they_asked_for_a_page(client: Client, role: str) -> None:
    factories.user(role, email="ada@example.org", password=PASSWORD)
    queue = "/admin/partnerships/partnership/?status=submitted"
    assert sign_in(client)["Location"] == queue
    assert "Queue" in client.get(queue).content.decode()
    assert sign_in(client, next="/partnerships/new/")["Location"] == "/partnerships/new/"
    assert sign_in(client, next="/my/")["Location"] == "/my/"


def test_unknown_wrong_and_closed_look_the_same(client: Client, ada: User) -> None:
    closed = factories.user(email="closed@example.org", password=PASSWORD, is_active=False)
    pages = [
        sign_in(client, "nobody@example.org"),
        sign_in(client, ada.email, "wrong"),
        sign_in(client, closed.email),
        sign_in(client, "no address at all"),
    ]
    bodies = set()
    for page, email in zip(pages, ["nobody@example.org", ada.email, closed.email, "no address at all"], strict=True):
        assert page.status_code == 200
        token = page.context["csrf_token"]
        bodies.add(page.content.decode().replace(str(token), "").replace(email, ""))
    assert len({body.count("No account has this e-mail address with this password") for body in bodies}) == 1
    assert not is_signed_in(client)


def test_each_blank_has_its_message_and_the_title_says_error(client: Client) -> None:
    page = sign_in(client, "", "")
    assert "<title>Error: Sign in" in page.content.decode()
    assert page.context["form"].errors == {
        "username": ["Enter your e-mail address."],
        "password": ["Enter your password."],
    }


def test_an_odd_byte_is_an_error_and_no_failure(client: Client, ada: User) -> None:
    assert sign_in(client, "ada\x00@example.org").status_code == 200


def test_password_managers_know_the_fields(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_the_page_says_what_to_do_without_an_account(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "accounts are made by administrators" in page
    assert "mailto:contact@matrix.example" in page


def test_it_goes_on_to_the_page_that_asked(client: Client, ada: User) -> None:
    page = client.get("/my/")
    assert page["Location"] == f"{LOGIN}?next=/my/"
    assert 'name="next" value="/partnerships/new/"' in client.get(f"{LOGIN}?next=/partnerships/new/").content.decode()
    assert sign_in(client, next="/partnerships/new/")["Location"] == "/partnerships/new/"


@pytest.mark.parametrize(
    "goal",
    [
        "//evil.example", "https:evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
        "%0d%0aSet-Cookie:x", "/accounts/sign-out/", "/accounts/sign-in/", "\x00",
    ],
)  # fmt: skip
def test_attack_80_next_leads_nowhere_else(client: Client, ada: User, goal: str) -> None:
    location = sign_in(client, next=goal)["Location"]
    assert location == reverse("my") or location.startswith("%0d%0a")
    assert "\n" not in location


def test_attack_36_and_45_the_session_gets_a_new_id(client: Client, ada: User) -> None:
    client.get("/")
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_attack_34_signing_out_takes_a_post(client: Client, ada: User) -> None:
    sign_in(client)
    assert client.get(reverse("account-logout")).status_code == 405
    assert is_signed_in(client)
    response = client.post(reverse("account-logout"))
    assert response["Location"] == reverse("matrix")
    assert not is_signed_in(client)


def test_attack_37_an_old_cookie_is_worth_nothing(client: Client, ada: User) -> None:
    sign_in(client)
    cookie = client.cookies["sessionid"].value
    client.post(reverse("account-logout"))
    other = Client()
    other.cookies["sessionid"] = cookie
    assert other.get("/my/").status_code == 302


@pytest.mark.parametrize("name", ["account-login", "account-logout", "account-password-change"])
def test_attacks_33_and_35_a_post_without_its_token_is_refused(ada: User, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert client.post(reverse(name), {"username": ada.email, "password": PASSWORD}).status_code == 403


def test_attack_12_a_closed_account_is_out_at_once(client: Client, ada: User) -> None:
    sign_in(client)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get("/my/").status_code == 302


def test_who_is_signed_in_already_sees_it(client: Client, ada: User) -> None:
    sign_in(client)
    assert f"You are signed in as {ada.email}" in client.get(LOGIN).content.decode()
