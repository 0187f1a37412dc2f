"""The data page and the files behind it."""

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from exchange.formats import complete
from exchange.formats.columns import NAMES
from partnerships.models import Partnership

pytestmark = pytest.mark.django_db
Log = Callable[..., Partnership]


def body(response: HttpResponse) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_a_file_holds_exactly_the_filters(client: Client, log: Log) -> None:
    log("a", countries=["IT"], service_areas=["10.2"])
    log("b", countries=["GB"])
    log("c", countries=["IT"], published=False)
    table = body(client.get(reverse("data-partnerships", args=["csv"]), {"country": "IT", "area": "10"}))
    assert [row["partnership_id"] for row in csv.DictReader(StringIO(table, newline=""))] == ["a"]
    everything = json.loads(body(client.get(reverse("data-partnerships", args=["json"]))))
    assert [row["partnership_id"] for row in everything["partnerships"]] == ["a", "b"]


@pytest.mark.parametrize(("format", "content_type"), [("csv", "text/csv; charset=utf-8"), ("json", "application/json")])
def test_a_file_is_saved_and_not_run(client: Client, log: Log, format: str, content_type: str) -> None:  # noqa: A002
    log("a", title="<script>alert(1)</script>")
    with time_machine.travel("2026-03-04 12:00Z"):
        response = client.get(f"/data/partnerships.{format}")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'attachment; filename="partnerships-2026-03-04.{format}"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ("", ""), ("?sort=newest&lens=professional&labels=1&country=&nothing=1", ""), ("?country=IT", "-selection"),
        ("?q=x&area=10&area=07", "-selection"), ("?year=2012", "-selection-as-of-2012"),
        ("?year=2012&country=IT", "-selection-as-of-2012"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_the_name_of_a_file_says_whether_it_is_all(client: Client, format: str, query: str, after: str) -> None:  # noqa: A002
    with time_machine.travel("2026-03-04 12:00Z"):
        response = client.head(f"/data/partnerships.{format}{query}")
    assert f'filename="partnerships-2026-03-04{after}.{format}"' in response["Content-Disposition"]


def test_a_document_says_by_what_it_was_chosen_and_is_read_as_before(client: Client, log: Log) -> None:
    log("a", countries=["IT"], phases=[{"name": "One", "starts": "2010"}])
    log("b", countries=["GB"])
    with time_machine.travel("2026-03-04 12:00Z"):
        text = body(client.get("/data/partnerships.json", {"country": "IT", "sort": "newest", "labels": "1"}))
        of_a_year = json.loads(body(client.get("/data/partnerships.json", {"year": "2012"})))
    told = json.loads(text)
    assert told["selection"] == {
        "address": "https://matrix.example/data/partnerships.json?country=IT",
        "page": "https://matrix.example/partnerships/?country=IT", "filters": "Italy", "date": "2026-03-04", "count": 1,
    }  # fmt: skip
    assert "“current” marks the phase of today" in of_a_year["selection"]["note"]
    read = complete.read(text)
    assert "selection" not in read
    assert read == complete.document(Partnership.objects.filter(slug="a"))
    assert "selection" not in json.loads(body(client.get("/data/partnerships.json")))


def test_addresses_that_make_no_sense(client: Client) -> None:
    assert client.get("/data/partnerships.xls").status_code == 404
    assert client.get("/data/partnerships.csv", {"country": "nowhere"}).status_code == 400
    assert client.post("/data/partnerships.csv").status_code == 405


def test_the_page_explains_every_column(
    client: Client, log: Log, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    log("a")
    with django_assert_max_num_queries(2):
        response = client.get(reverse("data"))
    page = response.content.decode()
    assert "1 partnership or example, free to take with you" in page
    # On a phone the page is as long as what is open: dictionary, fields and codes are closed, lists inside.
    assert page.index('id="bring"') < page.index('id="ways"')
    for fold, inside in (("all-codes", 'id="codes-units"'), ("fields", 'id="record-phase"'), ("columns", "<table")):
        assert f'<details class="govuk-details" id="{fold}">' in page
        assert page.index(f'id="{fold}"') < page.index(inside)
    for name in NAMES:
        assert f"<code>{name}</code>" in page
    for anchor in {link.split('"')[0] for link in page.split('href="#')[1:]}:
        assert f'id="{anchor}"' in page
    assert 'href="/data/partnerships.csv"' in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page
