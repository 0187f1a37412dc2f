"""``manage.py create_user``."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Organisation, User
from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_user", *arguments, stdout=out)
    return out.getvalue()


def test_an_officer_gets_a_link_and_an_organisation() -> None:
    said = create(
        "Ada@Example.org",
        "--role",
        "officer",
        "--name",
        "Ada",
        "--organisation",
        "Hill  Trust",
        "--kind",
        "third_sector",
    )
    user = User.objects.get()
    assert (user.email, user.name, user.roles) == ("Ada@example.org", "Ada", {"officer"})
    assert (user.organisation.name, user.organisation.slug, user.organisation.kind) == (
        "Hill Trust", "hill-trust", "third_sector",
    )  # fmt: skip
    assert not user.has_usable_password()
    link = re.search(r"https://matrix\.example(/\S+)", said).group(1)
    assert Client().get(link).status_code == 302


def test_an_organisation_of_the_name_is_found_again() -> None:
    known = factories.organisation("Hill Trust")
    create("a@example.org", "--role", "officer", "--organisation", "hill trust")
    create("b@example.org", "--role", "officer", "--organisation", known.slug)
    assert set(User.objects.values_list("organisation", flat=True)) == {known.pk}


def test_two_organisations_of_one_name_have_to_be_told_apart() -> None:
    one, two = factories.organisation("St Mary"), factories.organisation("St Mary")
    with pytest.raises(CommandError, match=f"{one.slug}, {two.slug}"):
        create("a@example.org", "--role", "officer", "--organisation", "St Mary")
    create("a@example.org", "--role", "officer", "--organisation", two.slug)
    assert User.objects.get().organisation == two


def test_a_new_organisation_takes_a_free_address() -> None:
    Organisation.objects.create(name="Another", slug="hill", kind="public")
    create("a@example.org", "--role", "officer", "--organisation", "Hill")
    assert User.objects.get().organisation.slug == "hill-2"


@pytest.mark.parametrize(
    "arguments", [("--role", "administrator"), ("--role", "curator", "--password-once")], ids=["administrator", "asked"]
)
def test_a_password_is_printed_once_and_works(arguments: tuple[str, ...], client: Client) -> None:
    said = create("root@example.org", *arguments)
    password = re.search(r"shown this once: (\S+)", said).group(1)
    assert len(password) >= 16
    assert client.login(username="root@example.org", password=password)
    assert "set-password" not in said


def test_an_administrator_is_a_superuser() -> None:
    create("root@example.org", "--role", "administrator")
    assert User.objects.get().is_superuser


def test_if_none_does_nothing_where_an_administrator_is() -> None:
    first = ("root@example.org", "--role", "administrator", "--if-none")
    assert "Password" in create(*first)
    assert create("other@example.org", *first[1:]) == "There is an administrator already. Nothing was made.\n"
    assert User.objects.count() == 1


def test_if_none_looks_for_one_that_can_still_sign_in() -> None:
    factories.user(Role.ADMINISTRATOR, is_active=False)
    create("root@example.org", "--role", "administrator", "--if-none")
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("no-address", "--role", "officer"), "email"),
        (("TAKEN@example.org", "--role", "officer"), "There is an account with this e-mail address already"),
        (("a@example.org", "--role", "chef"), "There is no role “chef”. Roles: officer, researcher"),
        (("a@example.org", "--role", "officer", "--organisation", "New", "--kind", "club"), "There is no kind “club”"),
        (("a@example.org", "--role", "officer", "--organisation", "x" * 201), "name"),
        (("a@example.org", "--role", "officer", "--name", "x" * 151), "name"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing_behind(arguments: tuple[str, ...], fault: str) -> None:
    factories.user(Role.RESEARCHER, email="taken@example.org")
    before = Organisation.objects.count()
    with pytest.raises(CommandError, match=re.escape(fault)):
        create(*arguments)
    assert User.objects.count() == 1
    assert Organisation.objects.count() == before
