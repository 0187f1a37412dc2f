"""A small register for the API: something of everything that an answer can hold, and things that none may show."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from partnerships.models import Partnership
from tests import factories

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _counts_of_requests_begin_anew() -> Iterator[None]:
    """What one test asked for is not held against the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask for an address below /api/v1/ and read the answer."""

    def get(path: str, **parameters: Any) -> Any:
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return get


@pytest.fixture
def full(db: None) -> Partnership:
    """A published partnership with something in every part of its record."""
    record = factories.partnership(
        "Brescia", countries=["IT"], service_areas=["10"], vehicle="social_impact_bond", stages=["design"],
        design="shared", delivery="shared",
    )  # fmt: skip
    leith = factories.organisation("Leith Council", slug="leith")
    record.partners.create(kind="public", name="Leith Council", organisation=leith, roles=["pays"])
    book = factories.source("Grey Book", slug="grey-book")
    phase = record.phases.get()
    factories.statement(record, source=book, phase=phase, cells={5}, design="shared")
    factories.statement(record, source=book, kind="movement", from_cells={4}, to_cells={5})
    factories.evidence(record, source=book, supports=["design"], grade="B")
    factories.assessment(phase, method="guided", perspective="public_body")
    factories.assessment(phase, design="shared", assessor=factories.user())
    factories.checklist_item(phase, source=book)
    factories.case_study(record).lessons.create(theme="funding", text="Money helps.")
    later = factories.add_phase(
        record, design="public", delivery="shared", starts="2020-01-01", starts_precision="year"
    )
    factories.add_phase(record, possible={6, 9}, planned=True, name="Next")
    later.save()
    record.refresh_from_db()
    return record


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """The problem document of an answer, which must have this status."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    found = json.loads(response.content)
    assert set(found) == {"type", "title", "status", "detail", "errors"}
    assert found["status"] == status
    return found
