"""Choosing, changing and resetting a password."""

import re

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.links import set_password_link
from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "three words of mine", "four more words of mine"
SITE = "https://matrix.example"


@pytest.fixture
def ada() -> User:
    return factories.user(email="ada@example.org", password=OLD)


def path_of(link: str) -> str:
    assert link.startswith(f"{SITE}/accounts/set-password/")
    return link.removeprefix(SITE)


def open_link(client: Client, link: str) -> str:
    """Follow the link to the page with the form, whose address holds no token; returns that address."""
    response = client.get(path_of(link))
    assert response.status_code == 302
    return response["Location"]


def choose(client: Client, page: str, password: str = NEW, again: str | None = None):
    return client.post(page, {"new_password1": password, "new_password2": password if again is None else again})


# ---- The link of a new account --------------------------------------------------------------------


def test_a_new_account_chooses_its_password_and_signs_in(client: Client) -> None:
    user = factories.user(email="new@example.org")
    assert not user.has_usable_password()
    page = open_link(client, set_password_link(user))
    body = client.get(page).content.decode()
    assert "new@example.org" in body
    assert body.count('autocomplete="new-password"') == 2
    response = choose(client, page)
    assert response["Location"] == reverse("account-set-password-done")
    assert client.get(response["Location"]).status_code == 200
    assert client.login(username=user.email, password=NEW)


def test_attack_43_the_link_works_once(client: Client, ada: User) -> None:
    link = set_password_link(ada)
    choose(client, open_link(client, link))
    response = Client().get(path_of(link))
    assert response.status_code == 410
    assert "This link no longer works" in response.content.decode()


def test_attack_43_the_link_expires(client: Client, ada: User, settings: LazySettings) -> None:
    link = set_password_link(ada)
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)):
        assert client.get(path_of(link)).status_code == 410


@pytest.mark.parametrize("uid", ["MQ", "AAAA", "%00", "MTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"])
def test_a_made_up_link_is_gone(client: Client, uid: str) -> None:
    assert client.get(f"/accounts/set-password/{uid}/abc-def/").status_code == 410


def test_the_link_shows_what_is_wrong_with_a_password(client: Client, ada: User) -> None:
    page = open_link(client, set_password_link(ada))
    response = choose(client, page, "short", "other")
    assert "<title>Error: Choose your password" in response.content.decode()
    assert set(response.context["form"].errors) == {"new_password1", "new_password2"}
    assert choose(client, page, "password1234").context["form"].errors["new_password1"]
    ada.refresh_from_db()
    assert ada.check_password(OLD)


@pytest.mark.parametrize("password", ["x9!" * 40, "пароль из четырёх слов", " spaces around it "])
def test_attack_46_long_and_foreign_passwords_are_kept_as_typed(client: Client, ada: User, password: str) -> None:
    assert choose(client, open_link(client, set_password_link(ada)), password).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(password)


# ---- Reset by mail ----------------------------------------------------------------------------------


def ask(client: Client, email: str, **headers: str):
    return client.post(reverse("account-password-reset"), {"email": email}, headers=headers or None)


def test_the_mail_brings_a_link_that_works(client: Client, ada: User, mailoutbox: list[EmailMessage]) -> None:
    response = ask(client, "ADA@example.org")
    assert response["Location"] == reverse("account-password-reset-done")
    assert client.get(response["Location"]).status_code == 200
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert mail.subject == "Choose your password for the Co-production Matrix"
    assert "for 3 days" in mail.body
    link = re.search(r"https://\S+", mail.body).group()
    choose(client, open_link(client, link))
    ada.refresh_from_db()
    assert ada.check_password(NEW)


def test_an_account_that_waits_for_its_first_password_gets_the_mail_too(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, factories.user().email)
    assert len(mailoutbox) == 1


def test_nobody_learns_whether_an_account_has_an_address(
    client: Client, ada: User, mailoutbox: list[EmailMessage]
) -> None:
    factories.user(email="closed@example.org", is_active=False)
    known, unknown, closed = (ask(client, f"{name}@example.org") for name in ("ada", "nobody", "closed"))
    assert known["Location"] == unknown["Location"] == closed["Location"]
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


def test_attack_43_the_link_names_the_site_and_not_the_host_of_the_request(
    client: Client, ada: User, mailoutbox: list[EmailMessage]
) -> None:
    assert ask(client, ada.email, host="evil.example").status_code == 400
    ask(client, ada.email, x_forwarded_host="evil.example")
    (mail,) = mailoutbox
    assert f"{SITE}/accounts/set-password/" in mail.body
    assert "evil" not in mail.body


@pytest.mark.parametrize("email", ["", "ada", "ada\x00@example.org", "a" * 300 + "@example.org"])
def test_an_address_that_is_none_gets_a_message(client: Client, email: str) -> None:
    response = ask(client, email)
    assert response.status_code == 200
    assert response.context["form"].errors["email"]


# ---- Change ------------------------------------------------------------------------------------------


def test_attack_40_changing_it_ends_the_other_sessions(client: Client, ada: User) -> None:
    other = Client()
    for each in (client, other):
        each.force_login(ada)
    response = client.post(
        reverse("account-password-change"), {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    )
    assert response["Location"] == reverse("account-password-change-done")
    assert client.get(response["Location"]).status_code == 200
    assert other.get("/my/").status_code == 302


def test_the_present_password_is_asked_for(client: Client, ada: User) -> None:
    client.force_login(ada)
    page = client.post(
        reverse("account-password-change"), {"old_password": "no", "new_password1": NEW, "new_password2": NEW}
    )
    assert page.context["form"].errors == {"old_password": ["This is not your present password."]}


@pytest.mark.parametrize("name", ["account-password-change", "account-password-change-done"])
def test_visitors_are_sent_to_sign_in(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith("/accounts/sign-in/?next=")
