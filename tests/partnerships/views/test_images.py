"""Pictures of case studies are handed out with their partnership, and never as anything but a picture."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from partnerships.models import CaseImage
from tests import factories

pytestmark = pytest.mark.django_db


def address(picture: CaseImage) -> str:
    partnership = picture.case_study.partnership
    return reverse("case-image", args=[partnership.slug, picture.pk])


def open_picture(client: Client, path: str) -> HttpResponse:
    """The response with its file read to the end, which closes it."""
    response = client.get(path)
    if response.streaming:
        response.file = b"".join(response.streaming_content)
    return response


def test_a_picture_of_a_published_partnership_is_for_everybody(client: Client) -> None:
    response = open_picture(client, address(factories.picture(factories.partnership())))

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert response.file.startswith(b"\x89PNG")


def test_attack_64_no_browser_takes_it_for_a_page(client: Client) -> None:
    headers = open_picture(client, address(factories.picture(factories.partnership()))).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]


def test_caches_may_keep_it_for_an_hour(client: Client) -> None:
    assert open_picture(client, address(factories.picture(factories.partnership()))).headers["Cache-Control"] == (
        "public, max-age=3600"
    )


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.RESEARCHER])
def test_attack_16_a_picture_of_a_withdrawn_partnership_is_gone(client: Client, role: str | None) -> None:
    picture = factories.picture(factories.partnership(status="withdrawn"))
    if role:
        client.force_login(factories.user(role))

    assert open_picture(client, address(picture)).status_code == 404


def test_curators_see_it_and_no_cache_keeps_it(client: Client) -> None:
    picture = factories.picture(factories.partnership(status="withdrawn"))
    client.force_login(factories.user(Role.CURATOR))

    response = open_picture(client, address(picture))

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_a_picture_is_found_under_its_own_partnership_only(client: Client) -> None:
    picture = factories.picture(factories.partnership("One"))
    factories.partnership("Two")

    assert open_picture(client, f"/partnerships/two/pictures/{picture.pk}/").status_code == 404


def test_a_file_that_is_lost_is_not_found(client: Client, settings: LazySettings) -> None:
    picture = factories.picture(factories.partnership())
    (Path(settings.MEDIA_ROOT) / picture.image.name).unlink()

    assert open_picture(client, address(picture)).status_code == 404
