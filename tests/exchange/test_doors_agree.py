"""The page, the three files and the API speak of the same partnerships, whatever the filters."""

import csv
import json
import random
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.core.cache import cache
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils.http import urlencode
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from exchange import synthetic
from partnerships.models import Facet, Partnership
from tests import factories

SELECTIONS = 50
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made-up partnerships in every status, published and not."""
    with factories.standing(django_db_blocker, lambda: synthetic.generate(60, 1)):
        yield


def values() -> dict[str, list[str]]:
    """What each filter can be set to, mostly values that the register has."""
    found: dict[str, list[str]] = {}
    for facet, value in Facet.objects.filter(
        facet__in=("country", "area", "kind", "stage", "nature", "does")
    ).values_list("facet", "value"):
        found.setdefault(facet, []).append(value)
    for name in ("unit", "vehicle", "risk", "level", "effect", "reached", "nation"):
        found[name] = [value for value in Partnership.objects.values_list(name, flat=True) if value]
    return {name: sorted(set(several)) for name, several in found.items()} | {
        "cell": ["1", "5", "9", "partly", "outside", "none", "planned"], "model": ["traditional", "co_governance"],
        "certainty": ["source_stated", "assessed"], "confirmed": ["never", "2023"], "year": ["2005", "2015"],
        "q": ["residents", "community", "syn"], "lens": ["professional"], "inferred": ["1"], "sort": ["newest"],
    }  # fmt: skip


def queries() -> Iterator[str]:
    """Random filters, one to three at a time; the first narrows nothing."""
    chance, known = random.Random(7), values()  # noqa: S311  cases, not secrets
    yield ""
    for _selection in range(SELECTIONS - 1):
        names = chance.sample(sorted(known), chance.randint(1, 3))
        pairs = [(name, value) for name in names for value in chance.sample(known[name], min(2, len(known[name])))]
        single = {name: value for name, value in pairs if name in ("q", "year", "lens", "inferred", "sort")}
        yield f"?{urlencode([*(pair for pair in pairs if pair[0] not in single), *single.items()])}"


def content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if isinstance(response, StreamingHttpResponse) else response.content


def in_csv(client: Client, query: str) -> set[str]:
    text = content(client, f"/data/partnerships.csv{query}").decode("utf-8-sig")
    return {row["partnership_id"] for row in csv.DictReader(StringIO(text))}


def in_xlsx(client: Client, query: str) -> set[str]:
    book = load_workbook(BytesIO(content(client, f"/data/partnerships.xlsx{query}")), read_only=True)
    return {row[0] for row in book.worksheets[0].iter_rows(min_row=2, max_col=1, values_only=True)}


def in_json(client: Client, query: str) -> list[str]:
    return [
        row["partnership_id"] for row in json.loads(content(client, f"/data/partnerships.json{query}"))["partnerships"]
    ]


def in_api(client: Client, query: str) -> list[str]:
    found, address = [], f"/api/v1/partnerships/{query}{'&' if query else '?'}page_size=50"
    while address:
        answer = json.loads(content(client, address))
        found += [row["partnership_id"] for row in answer["results"]]
        address = (answer["next"] or "").replace("https://matrix.example", "").replace("http://testserver", "")
    return found


def test_the_page_the_files_and_the_api_agree(register: None, client: Client) -> None:
    counts = []
    for query in queries():
        cache.clear()
        page = client.get(f"/partnerships/{query}")
        assert page.status_code == 200, query
        count = page.context["count"]
        api, document = in_api(client, query), in_json(client, query)
        assert len(api) == len(document) == count, query
        assert in_csv(client, query) == in_xlsx(client, query) == set(api) == set(document), query
        counts.append(count)
    # A test of empty selections would say nothing.
    assert sum(count > 0 for count in counts) > SELECTIONS // 2
    assert counts[0] == Partnership.objects.published().count()
