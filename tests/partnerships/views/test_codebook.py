"""The codebook page of each version."""

import pytest
from django.test import Client

from taxonomy.codebook import CODEBOOKS, CURRENT


@pytest.mark.parametrize("version", CODEBOOKS)
def test_each_version_has_a_page(client: Client, version: str) -> None:
    assert client.get(f"/codebook/{version}/").context["page"].version == version


def test_the_plain_address_shows_the_version_in_use(client: Client) -> None:
    response = client.get("/codebook/")

    assert response.context["page"].version == CURRENT.version
    assert response.context["is_current"]


def test_the_page_needs_no_database(client: Client) -> None:
    # Without the mark for a database, a query would raise an error here.
    page = client.get("/codebook/").content.decode()

    assert "Professionals as sole service planner" in page
    assert "text cut off in source" in page


@pytest.mark.parametrize("version", ["0.9", "1", "1.0.0", "latest", "..", "1.0%00"])
def test_a_version_that_never_was_is_not_found(client: Client, version: str) -> None:
    assert client.get(f"/codebook/{version}/").status_code == 404
