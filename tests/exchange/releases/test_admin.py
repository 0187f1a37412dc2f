"""Releases in the workplace: the DOI is all that can change."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.roles import Role
from exchange.models import Release
from exchange.releases.making import make
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/exchange/release/"


@pytest.fixture
def release() -> Release:
    factories.partnership("A")
    return make()


def desk(role: str = Role.CURATOR) -> Client:
    client = Client()
    client.force_login(factories.user(role))
    return client


def test_a_curator_notes_a_doi(release: Release) -> None:
    office = desk()
    assert office.get(LIST).status_code == 200
    change = f"{LIST}{release.pk}/change/"
    assert office.get(change).status_code == 200

    office.post(change, {"doi": "https://doi.org/10.5281/zenodo.12", "note": "Another note"})

    release.refresh_from_db()
    assert (release.doi, release.note) == ("10.5281/zenodo.12", "")


def test_its_page_says_what_it_is_and_how_releases_are_made(release: Release) -> None:
    Release.objects.update(made_at=datetime(2026, 11, 26, 15, 4, tzinfo=UTC))
    for address in (LIST, f"{LIST}{release.pk}/change/"):
        html = desk().get(address).content.decode()
        assert "26 November 2026, 15:04" in html
        assert "<code>manage.py make_release</code>" in html
    assert f">Release {release.number}</h1>" in html
    assert f"<title>Release {release.number} –" in " ".join(html.split())


def test_what_is_no_doi_is_refused_in_words(release: Release) -> None:
    response = desk().post(f"{LIST}{release.pk}/change/", {"doi": "zenodo.12"})

    assert "Write the DOI alone" in response.content.decode()


def test_none_is_made_or_deleted_here(release: Release) -> None:
    office = desk()
    assert office.get(f"{LIST}add/").status_code == 403
    assert office.post(f"{LIST}{release.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICER, Role.RESEARCHER])
def test_others_do_not_get_in(release: Release, role: str) -> None:
    assert desk(role).get(LIST, follow=True).status_code == 403
