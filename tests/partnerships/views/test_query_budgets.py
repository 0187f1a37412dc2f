"""What a page costs does not grow with the register."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from partnerships import actions
from partnerships.models import Partnership, Source
from tests import factories

pytestmark = pytest.mark.django_db
# Page and the most queries that a visitor's request may take.
BUDGETS = {
    "/": 6,
    "/?country=IT&area=07&unit=case&inferred=1": 6,
    "/?facets=unit&facets=vehicle&facets=cell&facets=does": 6,
    "/?year=2010": 6,
    # One more for the keys of what a search finds.
    "/?country=IT&area=07&q=record&inferred=1": 6,
    "/?lens=professional": 6,
    "/cells/5/": 10,
    "/cells/5/?country=IT&inferred=1": 10,
    "/trajectories/": 7,
    "/trajectories/?country=IT&q=mover&inferred=1&year=2010": 7,
    "/trajectories/?lens=professional": 7,
    "/charts/": 9,
    "/charts/?country=IT&area=07&year=2010&does=run:public&model=full_co_production&q=record&inferred=1": 9,
    "/pictures/matrix.svg": 1,
    "/pictures/by-country.svg?country=IT": 3,
    "/embed/matrix/": 1,
    "/partnerships/": 6,
    "/partnerships/?q=record&sort=newest&country=IT": 6,
    "/partnerships/record-0/": 10,
    "/partnerships/record-0/?inferred=1": 10,
    # Without a case study there are no lessons and pictures to read.
    "/partnerships/plain/": 8,
    "/compare/": 1,
    "/compare/?p=record-0": 7,
    "/compare/?p=record-0&p=plain&p=record-1&q=record&inferred=1": 8,
    "/compare/selections/": 2,
    "/compare/selections/?a-country=IT&b-unit=case&b-year=2010&inferred=1": 5,
    "/organisations/leith/": 4,
    "/sources/grey-book/": 4,
    "/about/": 2,
    "/lessons/": 4,
    "/lessons/?theme=funding&country=IT&inferred=1": 4,
    "/guide/": 0,
    "/guide/reading/": 4,
    "/guide/questions/": 2,
    "/guide/practice/": 1,
    "/guide/vehicles/": 3,
    "/guide/definitions/": 1,
    "/guide/figures/": 1,
    "/guide/glossary/": 1,
    "/codebook/": 0,
    "/accessibility/": 0,
    "/privacy/": 0,
    "/report/": 0,
    # One for the newest release.
    "/api/v1/docs/": 0,
    "/data/": 2,
    "/data/releases/": 2,
    "/data/releases/?case=record-0": 2,
    "/data/dictionary.csv": 0,
    "/data/cite.bib?country=IT&q=record": 2,
    "/partnerships/record-0/cite.json": 3,
    "/feeds/partnerships.atom": 1,
    "/feeds/partnerships.atom?country=IT&area=07&q=record&inferred=1&cell=5&year=2010": 2,
    "/sitemap.xml": 6,
    "/sitemap-partnerships.xml": 2,
    "/sitemap-organisations.xml": 2,
    "/sitemap-sources.xml": 2,
    "/robots.txt": 0,
}
STATES = [
    {"design": "shared", "delivery": "shared"},
    {"possible": {5, 8}},
    {"design": "shared", "delivery": "shared", "phase": factories.INFERENCE},
    {"design": "shared", "delivery": "shared", "unit": "class"},
    {},
]


def add(numbers: range, leith: Organisation, book: Source) -> None:
    """Published records in every state that a page tells apart, each with all that can hang on one."""
    with factories.indexed_at_the_end():
        for number in numbers:
            state = STATES[number % len(STATES)]
            record = factories.partnership(f"Record {number}", countries=["IT"], service_areas=["07", "10.4"], **state)
            record.partners.create(kind="public", name="Leith Council", organisation=leith)
            factories.statement(record, source=book, cells={5})
            move(number, book)
        for slug in ("record-0", "plain"):
            record = Partnership.objects.get(slug=slug)
            for number in numbers:
                hang(record, number, leith, book)


def move(number: int, book: Source) -> None:
    """A record that moved from one cell to another, plans to move on, and of which a source says so."""
    mover = factories.partnership(f"Mover {number}", countries=["IT"], design="public", delivery="public")
    factories.add_phase(mover, design="shared", delivery="shared")
    factories.add_phase(mover, possible={6, 9}, planned=True)
    factories.statement(mover, source=book, kind="movement", from_cells={1}, to_cells={5})


def hang(record: Partnership, number: int, leith: Organisation, book: Source) -> None:
    """One more of everything on the record whose page is counted."""
    record.partners.create(kind="third_sector", name=f"Trust {number}", organisation=leith)
    phase = factories.add_phase(record, name=f"Stretch {number}", design="shared", delivery="shared")
    factories.statement(record, phase=phase, cells={8})
    factories.evidence(record, supports=["design"])
    factories.assessment(phase, assessor=None, design="shared")
    guided = factories.assessment(phase, method="guided", perspective="public_body")
    actions.adopt(phase=phase, claim=guided, by=None)
    factories.invited_assessment(phase)
    factories.checklist_item(phase, source=book)
    factories.partnership(part_of=record, unit="component", design="shared", delivery="shared")


def cost(path: str) -> int:
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_pages_cost_the_same_with_few_and_with_many_records() -> None:
    leith, book = factories.organisation("Leith Council", slug="leith"), factories.source("Grey Book", slug="grey-book")
    factories.partnership("Plain", slug="plain")
    # More than a cell shows at first: the rest costs a query of its own.
    add(range(7), leith, book)
    factories.picture(Partnership.objects.get(slug="record-0"))
    Partnership.objects.get(slug="record-0").case_study.lessons.create(theme="funding", text="Money helps.")
    small = {path: cost(path) for path in BUDGETS}

    add(range(7, 15), leith, book)
    large = {path: cost(path) for path in BUDGETS}

    assert large == small
    assert {path: count for path, count in large.items() if count > BUDGETS[path]} == {}


def test_a_home_page_of_sixty_records_is_under_60_kilobytes() -> None:
    for number in range(60):
        factories.partnership(
            f"A partnership with a title of a usual length, number {number}", countries=[COUNTRIES[number % 30]],
            service_areas=[f"{number % 10 + 1:02}"], design=LEVELS[number % 3], delivery=LEVELS[number // 3 % 4],
        )  # fmt: skip

    for path in ("/", "/?inferred=1&lens=professional", "/?country=IT&country=NO&area=07"):
        assert len(Client().get(path).content) < 60_000


LEVELS = ["public", "shared", "citizens_or_third_sector", ""]
COUNTRIES = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
]  # fmt: skip
