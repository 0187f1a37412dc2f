"""Django admin under the register's own name, for curators only."""

import pytest
from django.contrib import admin
from django.test import Client

from accounts.roles import Role
from config.admin import RegisterAdminSite
from tests import factories


def test_the_site_is_the_registers_own() -> None:
    assert isinstance(admin.site._wrapped if hasattr(admin.site, "_wrapped") else admin.site, RegisterAdminSite)
    assert str(admin.site.site_header) == "Co-production Matrix"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "lets_in"),
    [(Role.OFFICER, False), (Role.RESEARCHER, False), (Role.CURATOR, True), (Role.ADMINISTRATOR, True)],
)
def test_only_curators_get_in(client: Client, role: str, lets_in: bool) -> None:
    client.force_login(factories.user(role))

    assert (client.get("/admin/").status_code == 200) is lets_in


@pytest.mark.django_db
def test_attack_11_a_demoted_curator_is_out_at_the_next_request(client: Client) -> None:
    curator = factories.user(Role.CURATOR)
    client.force_login(curator)
    assert client.get("/admin/").status_code == 200

    curator.groups.clear()

    assert client.get("/admin/").status_code != 200
