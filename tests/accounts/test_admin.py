"""Users and organisations in the workplace: roles, set-password links, and who may do what."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from tests.factories import organisation, partnership, user

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
ORGANISATIONS = "/admin/accounts/organisation/"


@pytest.fixture
def administrator() -> User:
    return user(Role.ADMINISTRATOR, email="admin@example.org", name="Ada Admin")


@pytest.fixture
def office(administrator: User) -> Client:
    """An administrator's browser."""
    client = Client()
    client.force_login(administrator)
    return client


@pytest.fixture
def desk() -> Client:
    """A curator's browser."""
    client = Client()
    client.force_login(user(Role.CURATOR, email="curator@example.org"))
    return client


def data(person: User | None = None, **values: Any) -> dict[str, Any]:
    """What the form of a user sends: that person's account, or a new one."""
    fields = {"email": "new@example.org", "name": "New Person", "role": Role.OFFICER, "is_active": "on"}
    if person:
        fields |= {"email": person.email, "name": person.name, "organisation": person.organisation_id or ""}
    return fields | values


def change(row: User | Organisation) -> str:
    return reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])


def link(person: User) -> str:
    return reverse("admin:accounts_user_link", args=[person.pk])


def errors(page: Any) -> dict[str, list[str]]:
    return page.context["adminform"].form.errors


# ---- Users ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role.values)
def test_a_new_user_has_a_role_and_no_password(role: str, office: Client) -> None:
    answer = office.post(f"{USERS}add/", data(role=role, organisation=organisation().pk, email="New@Example.ORG"))

    person = User.objects.get(name="New Person")
    assert answer["Location"] == link(person)
    assert person.email == "New@example.org"
    assert person.roles == {role}
    assert person.is_superuser == (role == Role.ADMINISTRATOR)
    assert person.is_curator == (role in (Role.CURATOR, Role.ADMINISTRATOR))
    assert not person.has_usable_password()


def test_the_link_is_shown_once_and_works(office: Client, client: Client) -> None:
    answer = office.post(f"{USERS}add/", data(organisation=organisation().pk), follow=True)
    person = User.objects.get(email="new@example.org")

    address = answer.context["link"]
    assert address.startswith("https://matrix.example/")
    assert address in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert office.get(link(person)).context["link"] == ""
    assert LogEntry.objects.filter(object_id=person.pk, change_message__contains="set-password link").count() == 1
    page = client.get(address.removeprefix("https://matrix.example"), follow=True)
    page = client.post(
        page.redirect_chain[-1][0], {"new_password1": "a-long-pass-phrase", "new_password2": "a-long-pass-phrase"}
    )
    assert page.status_code == 302
    person.refresh_from_db()
    assert person.check_password("a-long-pass-phrase")


def test_another_link_needs_the_button(office: Client) -> None:
    person = user()

    assert office.get(link(person)).context["link"] == ""
    assert office.post(link(person)).context["link"].startswith("https://matrix.example/")
    assert office.get(f"{USERS}{2**64}/set-password-link/").status_code == 404


def test_a_closed_account_gets_no_link(office: Client) -> None:
    person = user(is_active=False)

    for answer in (office.get(link(person), follow=True), office.post(link(person), follow=True)):
        assert "This account is closed." in answer.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_a_role_is_changed(role: str, office: Client) -> None:
    person = user(Role.CURATOR, organisation=organisation())

    assert office.post(change(person), data(person, role=role)).status_code == 302

    person = User.objects.get(pk=person.pk)
    assert person.roles == {role}
    assert person.is_superuser == (role == Role.ADMINISTRATOR)
    assert office.get(change(person)).context["adminform"].form["role"].value() == role


def test_attack_78_rights_are_not_for_the_form(office: Client) -> None:
    person = user()
    group, right = Group.objects.get(name=Role.ADMINISTRATOR), Permission.objects.first()
    forged = {"is_superuser": "on", "is_staff": "on", "groups": group.pk, "user_permissions": right.pk, "password": "x",
              "last_login_0": "2020-01-01", "id": "1"}  # fmt: skip

    office.post(change(person), data(person, role=Role.RESEARCHER, **forged))

    person = User.objects.get(pk=person.pk)
    assert person.roles == {Role.RESEARCHER}
    assert not person.is_superuser
    assert not person.user_permissions.exists()
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"email": "ADMIN@example.org"}, "email", "There is an account with this e-mail address already."),
        ({"email": "nonsense"}, "email", "Enter a valid email address."),
        ({"email": ""}, "email", "Fill in “E-mail address”."),
        ({"role": "king"}, "role", "Select a valid choice."),
        ({"role": ""}, "role", "Fill in “Role”."),
        ({"organisation": ""}, "organisation", "Choose the organisation that the officer works for."),
        ({"organisation": "999"}, "organisation", "Select a valid choice."),
    ],
)
def test_faults_stand_beside_their_fields(values: dict[str, str], field: str, message: str, office: Client) -> None:
    page = office.post(f"{USERS}add/", data(**{"organisation": organisation().pk, **values}))

    assert page.status_code == 200
    assert message in " ".join(errors(page)[field])
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [({"role": Role.CURATOR}, "role"), ({"role": Role.ADMINISTRATOR, "is_active": ""}, "is_active")],
)
def test_the_last_administrator_stays(values: dict[str, str], field: str, office: Client, administrator: User) -> None:
    user(Role.ADMINISTRATOR, is_active=False)

    page = office.post(change(administrator), data(administrator, **values))

    assert "last" in " ".join(errors(page)[field])
    administrator.refresh_from_db()
    assert administrator.is_superuser
    assert administrator.is_active


def test_one_of_two_administrators_may_go(office: Client, administrator: User) -> None:
    other = user(Role.ADMINISTRATOR)

    office.post(change(other), data(other, role=Role.CURATOR))

    assert User.objects.get(pk=other.pk).roles == {Role.CURATOR}


def test_attack_12_closing_an_account_ends_its_sessions(office: Client) -> None:
    person = user(Role.CURATOR, organisation=organisation())
    browser = Client()
    browser.force_login(person)
    assert browser.get("/admin/").status_code == 200

    office.post(change(person), data(person, role=Role.CURATOR, is_active=""))

    assert reverse("account-login") in browser.get("/admin/", follow=True).redirect_chain[-1][0]


def test_users_are_never_deleted(office: Client) -> None:
    person = user()

    assert "/delete/" not in office.get(change(person)).content.decode()
    assert office.post(f"{USERS}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


def test_the_list_of_users(office: Client, django_assert_max_num_queries: Any) -> None:
    for role in Role.values:
        user(role, name=f"A {role}", organisation=organisation())
    user(is_active=False)
    office.get(USERS)

    with django_assert_max_num_queries(9):
        html = office.get(USERS).content.decode()

    for words in ("Administrator", "Researcher", "Closed", "Never"):
        assert words in html
    found = office.get(USERS, {"role": "curator"}).context["cl"].result_list
    assert [person.name for person in found] == ["A curator"]
    assert len(office.get(USERS, {"role": "administrator"}).context["cl"].result_list) == 2
    assert len(office.get(USERS, {"q": "a researcher"}).context["cl"].result_list) == 1


def test_curators_do_not_manage_users(desk: Client) -> None:
    person = user(name="Olga Officer")
    curator = User.objects.get(email="curator@example.org")
    # Not even when somebody ticked the rights by hand.
    curator.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))

    for path in (USERS, f"{USERS}add/", change(person), link(person), f"{USERS}{person.pk}/history/"):
        for answer in (desk.get(path), desk.post(path, data(curator, role=Role.ADMINISTRATOR))):
            assert answer.status_code == 403
            assert b"Olga" not in answer.content
    assert not User.objects.get(pk=curator.pk).is_superuser


def test_groups_are_not_edited_by_hand(office: Client) -> None:
    assert not site.is_registered(Group)
    assert office.get("/admin/auth/group/").status_code == 404


# ---- Organisations -------------------------------------------------------------------------------------


def test_curators_add_organisations(desk: Client) -> None:
    fields = {"name": "Comune di Brescia", "kind": "public", "country": "IT", "slug": "forged"}

    for _again in range(2):
        assert desk.post(f"{ORGANISATIONS}add/", fields).status_code == 302

    rows = Organisation.objects.order_by("pk")
    assert [row.slug for row in rows] == ["comune-di-brescia", "comune-di-brescia-2"]
    assert rows[0].history.get().history_user.email == "curator@example.org"


def test_an_address_stays_when_the_name_changes(desk: Client) -> None:
    row = organisation("Old", slug="old")

    desk.post(change(row), {"name": "New", "kind": "public"})

    row.refresh_from_db()
    assert (row.name, row.slug) == ("New", "old")
    assert row.history.count() == 2


def test_curators_do_not_delete_organisations(desk: Client, office: Client) -> None:
    row = organisation()

    assert desk.post(f"{ORGANISATIONS}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "/delete/" not in desk.get(change(row)).content.decode()
    assert office.post(f"{ORGANISATIONS}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"name": ""}, "name", "Fill in “Name”."),
        ({"kind": ""}, "kind", "Fill in “Kind”."),
        ({"kind": "royal"}, "kind", "Select a valid choice."),
        ({"scheme": "GB-CHC", "identifier": "1"}, "identifier", "Another organisation has this number"),
        ({"merged_into": "SELF"}, "merged_into", "Choose another organisation"),
        ({"merged_into": "MERGED"}, "merged_into", "Choose another organisation"),
        ({"website": "ftp"}, "website", "Enter a valid URL."),
        ({"country": "XX"}, "country", "Select a valid choice."),
    ],
)
def test_an_organisation_s_faults_stand_beside_their_fields(
    values: dict[str, str], field: str, message: str, desk: Client
) -> None:
    row, other = organisation(), organisation(scheme="GB-CHC", identifier="1")
    merged = organisation(merged_into=other)
    numbers = {"SELF": row.pk, "MERGED": merged.pk}
    sent = {"name": "Name", "kind": "public", **{name: numbers.get(value, value) for name, value in values.items()}}

    page = desk.post(change(row), sent)

    assert page.status_code == 200
    assert message in " ".join(errors(page)[field])


def test_the_list_counts_people_and_records(desk: Client, django_assert_max_num_queries: Any) -> None:
    row = organisation("Comune")
    for _each in range(3):
        user(organisation=row)
        partnership(organisation=row)
    desk.get(ORGANISATIONS)

    with django_assert_max_num_queries(8):
        found = desk.get(ORGANISATIONS, {"q": "comune"}).context["cl"].result_list

    assert [(each.people_count, each.record_count) for each in found] == [(3, 3)]


def test_an_organisation_goes_back_to_an_earlier_version(desk: Client) -> None:
    row = organisation("Old", slug="old")
    first = row.history.first()
    desk.post(change(row), {"name": "New", "kind": "private"})
    history = reverse("admin:accounts_organisation_history", args=[row.pk])

    assert "Old" in desk.get(history).content.decode()
    assert desk.post(reverse("admin:accounts_organisation_simple_history", args=[row.pk, first.pk])).status_code == 302

    row.refresh_from_db()
    assert (row.name, row.kind, row.slug) == ("Old", "public", "old")
    assert row.history.count() == 3


def test_the_log_of_a_user(office: Client) -> None:
    person = user()
    office.post(change(person), data(person, name="Renamed"))

    html = office.get(reverse("admin:accounts_user_history", args=[person.pk])).content.decode()

    assert "Ada Admin" in html
    assert "Changed Name" in html


@pytest.mark.parametrize(
    "lookup",
    ["password__startswith=pbkdf2", "email__regex=%5E(a%2B)%2B%24", "is_superuser__exact=1", "groups__name=curator"],
)
def test_attack_48_lists_compare_only_what_their_filters_ask_for(office: Client, lookup: str) -> None:
    assert office.get(f"/admin/accounts/user/?{lookup}").status_code == 400
