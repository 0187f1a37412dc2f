"""Roles are groups, and what curators may do follows from the models."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.roles import Role, create_roles
from tests import factories

pytestmark = pytest.mark.django_db


def permissions(role: str) -> set[str]:
    rows = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def test_each_role_is_a_group_from_the_first_migration() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {"officer", "researcher", "curator", "administrator"}
    assert set(Role.values) == set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_only_curators_need_permissions_of_their_own(role: str) -> None:
    assert permissions(role) == set()


@pytest.mark.parametrize("model", ["partnership", "phase", "statement", "evidence", "source", "casestudy", "partner"])
@pytest.mark.parametrize("verb", ["add", "change", "delete", "view"])
def test_curators_keep_everything_about_cases(model: str, verb: str) -> None:
    assert f"partnerships.{verb}_{model}" in permissions(Role.CURATOR)


def test_curators_never_delete_an_organisation() -> None:
    of_accounts = {name for name in permissions(Role.CURATOR) if name.startswith("accounts.")}

    assert of_accounts == {"accounts.add_organisation", "accounts.change_organisation", "accounts.view_organisation"}


def test_curators_do_not_manage_users() -> None:
    assert not {name for name in permissions(Role.CURATOR) if name.startswith("auth.") or name.endswith("_user")}


def test_curators_read_history_and_never_write_it() -> None:
    of_history = {name.split(".")[1] for name in permissions(Role.CURATOR) if "historical" in name}

    assert "view_historicalpartnership" in of_history
    assert {name.split("_")[0] for name in of_history} == {"view"}


def test_making_the_roles_again_changes_nothing() -> None:
    before = permissions(Role.CURATOR)

    create_roles()

    assert permissions(Role.CURATOR) == before
    assert Group.objects.count() == 4


def test_making_the_roles_again_mends_them() -> None:
    before = permissions(Role.CURATOR)
    curators = Group.objects.get(name=Role.CURATOR)
    curators.permissions.set(Permission.objects.filter(codename="delete_user"))

    create_roles()

    assert permissions(Role.CURATOR) == before


def test_a_role_reaches_the_person() -> None:
    assert factories.user(Role.CURATOR).has_perm("partnerships.change_partnership")
    assert not factories.user().has_perm("partnerships.view_partnership")
