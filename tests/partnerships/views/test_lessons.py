"""The lessons page."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["theme=x", "theme=funding&theme=%00", "theme=" + "x" * 5000, "theme=%3Cb%3E"])
def test_an_unknown_theme_is_refused_in_words(client: Client, query: str) -> None:
    response = client.get(f"/lessons/?{query}")

    assert response.status_code == 400
    assert "is not one that the register knows." in response.content.decode()
    assert "<b>”" not in response.content.decode()


@pytest.mark.parametrize("query", ["theme=", "theme=%20", "theme=funding&theme=funding", "utm_source=x"])
def test_empty_and_repeated_themes_are_no_fault(client: Client, query: str) -> None:
    assert client.get(f"/lessons/?{query}").status_code == 200


def test_an_unknown_filter_is_refused_as_everywhere(client: Client) -> None:
    assert client.get("/lessons/?country=XX").status_code == 400


def test_an_empty_register_says_so(client: Client) -> None:
    assert "No case study has lessons yet." in client.get("/lessons/").content.decode()


def test_a_lesson_is_text(client: Client) -> None:
    record = factories.partnership("Kent")
    factories.case_study(record).lessons.create(theme="time", text="<script>alert(1)</script>")

    assert "<script>alert" not in client.get("/lessons/").content.decode()
