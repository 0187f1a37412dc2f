"""What no answer may show, and what an answer costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from partnerships.models import Partnership, Source
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "Xylophonia"
PATHS = [
    "", "schema/", "docs/", "taxonomy/", "partnerships/?page_size=200&labels=1", "phases/?page_size=200",
    "assessments/?page_size=200&labels=1", "organisations/?page_size=200", "sources/?page_size=200", "matrix/",
    "transitions/?inferred=1", "partnerships/open/", "organisations/keeper/", f"partnerships/?q={CANARY.lower()}",
]  # fmt: skip


def hide_canaries() -> None:
    """A record that is open, and everything around it that is not."""
    keeper = factories.organisation("Keeper", slug="keeper")
    person = factories.user(email=f"{CANARY}@example.org", name=CANARY, organisation=keeper)
    shown = factories.partnership(
        "Open", slug="open", created_by=person, organisation=keeper, curator_note=CANARY, design="shared",
        delivery="shared", phase={"adopted_by": person},
    )  # fmt: skip
    shown.partners.create(kind="public", name="Keeper", organisation=keeper)
    phase = shown.phases.get()
    factories.assessment(phase, assessor=person)
    factories.assessment(phase, submitted=False, assessor=person, comment=CANARY, reason=CANARY)
    factories.invitation(phase, label=CANARY)
    factories.invited_assessment(phase, label=f"The people of {CANARY}")
    for number, fields in enumerate([
        {"status": "draft"}, {"status": "submitted"}, {"status": "withdrawn"}, {"status": "draft", "revises": shown},
    ]):  # fmt: skip
        hidden = factories.partnership(f"{CANARY} {number}", summary=CANARY, nation=CANARY, **fields)
        body = factories.organisation(f"{CANARY} Council")
        hidden.partners.create(kind="public", name=CANARY, organisation=body)
        factories.statement(hidden, source=factories.source(f"{CANARY} report"), label=CANARY)
        factories.assessment(hidden.phases.get(), comment=CANARY)
        factories.add_phase(hidden, name=CANARY, design="public", delivery="public")
        if number == 2:
            shown.part_of = hidden
            shown.save()


@pytest.mark.parametrize("signed_in", [False, True])
def test_attacks_17_to_31_nothing_private_is_anywhere(signed_in: bool) -> None:
    hide_canaries()
    client = Client()
    if signed_in:
        client.force_login(factories.user("curator"))

    for path in PATHS:
        response = client.get(f"/api/v1/{path}")
        text = (response.content.decode() + str(response.headers)).lower()
        assert response.status_code == 200, path
        assert CANARY.lower() not in text.replace(f"q={CANARY.lower()}", ""), path
        assert "@example.org" not in text, path


def test_counts_leave_out_what_is_private() -> None:
    hide_canaries()
    client = Client()

    assert client.get("/api/v1/partnerships/").json()["count"] == 1
    assert client.get("/api/v1/phases/").json()["count"] == 1
    assert client.get("/api/v1/assessments/").json()["count"] == 2
    assert client.get("/api/v1/organisations/").json()["count"] == 1
    assert client.get("/api/v1/matrix/").json()["total"] == 1
    assert client.get("/api/v1/partnerships/", {"nation": CANARY}).json()["count"] == 0


# ---- Queries ---------------------------------------------------------------------------------------------------------

BUDGETS = {
    "/api/v1/": 0,
    "/api/v1/schema/": 0,
    "/api/v1/taxonomy/": 0,
    "/api/v1/partnerships/?page_size=200&labels=1": 14,
    "/api/v1/partnerships/?country=IT&q=record&inferred=1&page_size=200": 15,
    "/api/v1/partnerships/?year=2010": 3,
    "/api/v1/partnerships/record-0/": 12,
    "/api/v1/phases/?page_size=200": 3,
    "/api/v1/assessments/?page_size=200": 3,
    "/api/v1/organisations/?page_size=200": 4,
    "/api/v1/organisations/leith/": 3,
    "/api/v1/sources/?page_size=200": 6,
    "/api/v1/sources/grey-book/": 5,
    "/api/v1/matrix/?country=IT": 2,
    "/api/v1/matrix/?year=2010": 3,
    "/api/v1/transitions/": 3,
}


def add(numbers: range, leith: Organisation, book: Source) -> None:
    for number in numbers:
        record = factories.partnership(f"Record {number}", countries=["IT"], design="shared", delivery="shared")
        record.partners.create(kind="public", name="Leith Council", organisation=leith)
        record.partners.create(kind="community", name=f"Group {number}", organisation=factories.organisation())
        phase = factories.add_phase(record, design="public", delivery="shared")
        factories.statement(record, source=book, phase=phase, cells={4})
        factories.evidence(record, source=book)
        factories.assessment(phase, method="guided")
        factories.checklist_item(phase, source=book)
        factories.case_study(record).lessons.create(theme="funding", text="Money helps.")


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


def test_an_answer_costs_the_same_with_few_and_with_many_records() -> None:
    leith = factories.organisation("Leith Council", slug="leith")
    book = factories.source("Grey Book", slug="grey-book")
    add(range(3), leith, book)
    small = {path: cost(path) for path in BUDGETS}

    add(range(3, 9), leith, book)
    large = {path: cost(path) for path in BUDGETS}

    assert Partnership.objects.count() == 9
    assert large == small
    assert {path: count for path, count in large.items() if count > BUDGETS[path]} == {}
