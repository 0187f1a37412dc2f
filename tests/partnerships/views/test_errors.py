"""Pages for requests that the site refuses, and for its own failures."""

import re

import pytest
from django.test import Client, RequestFactory

from config.urls import handler400
from partnerships.views import errors


def test_a_forged_form_is_told_what_to_do(client: Client) -> None:
    response = Client(enforce_csrf_checks=True).post("/report/", {"message": "x"})

    page = response.content.decode()
    assert response.status_code == 403
    assert len(re.findall("<h1", page)) == 1
    assert "Reason given for failure" not in page


def test_a_page_that_is_not_there_leads_on(client: Client) -> None:
    page = client.get("/nothing/").content.decode()

    assert 'href="/"' in page
    assert 'href="/partnerships/"' in page
    assert len(re.findall("<h1", page)) == 1


def test_a_request_that_makes_no_sense_gets_a_page_of_ours(rf: RequestFactory) -> None:
    response = errors.bad_request(rf.get("/"), ValueError("secret"))

    assert response.status_code == 400
    assert b"secret" not in response.content
    assert handler400 == "partnerships.views.errors.bad_request"


def test_attack_83_a_failure_shows_nothing_of_the_inside(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("partnerships.views.codebook.codebook_page", fail)
    client.raise_request_exception = False

    response = client.get("/codebook/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong" in page
    assert "secret" not in page
    assert "Traceback" not in page
