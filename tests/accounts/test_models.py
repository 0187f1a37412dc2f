"""Organisations and the people who sign in for them."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.models import Organisation, User
from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


# ---- What the database itself refuses ----------------------------------------------------------


def an_organisation() -> Organisation:
    """The second of two in the charity register."""
    factories.organisation(scheme="GB-CHC", identifier="1001")
    return factories.organisation(scheme="GB-CHC", identifier="1002")


def a_user() -> User:
    """The second of two."""
    factories.user(email="ada@example.org")
    return factories.user(email="bea@example.org")


FAULTS: list[tuple[str, Any, dict[str, Any]]] = [
    ("organisation_kind_known", an_organisation, {"kind": "state"}),
    ("organisation_kind_known", an_organisation, {"kind": ""}),
    ("organisation_identifier_once", an_organisation, {"identifier": "1001"}),
    ("user_email_once", a_user, {"email": "ADA@example.org"}),
]


@pytest.mark.parametrize(("name", "build", "changes"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_in_words_and_refused_by_the_database_too(
    name: str, build: Any, changes: dict[str, Any]
) -> None:
    row: models.Model = build()
    for field, value in changes.items():
        setattr(row, field, value)
    constraint = next(constraint for constraint in row._meta.constraints if constraint.name == name)

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(ValidationError) as told:
        constraint.validate(type(row), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changes)

    assert told.value.messages == [str(constraint.violation_error_message)]


def test_every_constraint_has_a_fault_above() -> None:
    named = {
        constraint.name
        for model in apps.get_app_config("accounts").get_models()
        for constraint in model._meta.constraints
    }

    assert named == {name for name, _build, _changes in FAULTS}


# ---- Organisations -----------------------------------------------------------------------------


def test_organisations_without_a_number_do_not_clash() -> None:
    factories.organisation("Leith Council", scheme="GB-CHC")
    factories.organisation("Leith Council", scheme="GB-CHC")

    assert Organisation.objects.filter(name="Leith Council").count() == 2


def test_one_number_may_stand_in_two_registers() -> None:
    factories.organisation(scheme="GB-CHC", identifier="1001")

    assert factories.organisation(scheme="GB-SC", identifier="1001").pk


def test_an_organisation_is_called_by_its_name_and_found_by_its_slug() -> None:
    organisation = factories.organisation("Leith Council", slug="leith")

    assert str(organisation) == "Leith Council"
    assert organisation.get_absolute_url() == "/organisations/leith/"


def test_an_organisation_with_people_cannot_be_deleted() -> None:
    with pytest.raises(models.ProtectedError):
        factories.user().organisation.delete()


# ---- People ------------------------------------------------------------------------------------


def test_a_new_person_has_one_role_and_no_password() -> None:
    person = User.objects.create_user("Ada@EXAMPLE.org", role=Role.RESEARCHER)

    assert person.email == "Ada@example.org"
    assert person.roles == {"researcher"}
    assert not person.has_usable_password()
    assert not person.is_superuser


def test_a_password_is_stored_as_a_hash() -> None:
    person = User.objects.create_user("ada@example.org", "correct horse battery")

    assert person.check_password("correct horse battery")
    assert "horse" not in person.password


def test_nobody_is_made_in_a_role_that_is_not_there() -> None:
    with pytest.raises(models.ObjectDoesNotExist):
        User.objects.create_user("ada@example.org", role="owner")


def test_djangos_own_command_makes_an_administrator() -> None:
    person = User.objects.create_superuser("ada@example.org", "correct horse battery")

    assert person.is_superuser
    assert person.roles == {"administrator"}


def test_the_capitals_of_an_address_do_not_matter_when_signing_in() -> None:
    person = factories.user(email="ada@example.org")

    assert User.objects.get_by_natural_key("ADA@Example.ORG") == person


def test_like_wildcards_in_an_address_are_literal() -> None:
    factories.user(email="ada@example.org")

    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("_da@example.org")


@pytest.mark.parametrize(
    ("role", "curates"),
    [(Role.OFFICER, False), (Role.RESEARCHER, False), (Role.CURATOR, True), (Role.ADMINISTRATOR, True)],
)
def test_who_may_publish_and_enter_the_admin(role: str, curates: bool) -> None:
    person = factories.user(role)

    assert person.is_curator is curates
    assert person.is_staff is curates


@pytest.mark.parametrize("role", Role.values)
def test_a_closed_account_may_do_nothing(role: str) -> None:
    person = factories.user(role, is_active=False)

    assert not person.is_curator
    assert not person.is_staff


def test_a_demotion_counts_from_the_next_request() -> None:
    person = factories.user(Role.CURATOR)
    assert person.is_curator

    person.groups.clear()

    assert not User.objects.get(pk=person.pk).is_curator


def test_roles_are_read_once_a_request(django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=factories.user(Role.CURATOR).pk)

    with django_assert_num_queries(1):
        assert person.is_curator
        assert person.is_staff


@pytest.mark.parametrize(("name", "called"), [("Ada L.", "Ada L."), ("", "ada@example.org")])
def test_what_a_person_is_called_among_colleagues(name: str, called: str) -> None:
    assert str(factories.user(email="ada@example.org", name=name)) == called
