"""Nobody learns of a record that is not published: not by name, by number or by the size of a page (attacks 4, 17–29).

The pages of a visitor and of another organisation's officer are compared byte by byte: once as they are, and once more
when records of every hidden status have come into the register that share nothing with anything public.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Partnership, Source
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, SUBMITTED, WITHDRAWN
from tests import factories

pytestmark = pytest.mark.django_db
HIDDEN = (DRAFT, SUBMITTED, CHANGES_REQUESTED, WITHDRAWN)
PAGES = (
    "/", "/?inferred=1", "/?lens=professional", "/cells/2/", "/cells/5/", "/cells/5/?lens=professional&inferred=1",
    "/partnerships/", "/partnerships/?sort=newest", "/partnerships/?page=2", "/partnerships/brescia/",
    "/lessons/", "/lessons/?theme=funding&inferred=1", "/guide/reading/", "/guide/questions/", "/guide/vehicles/",
    "/compare/", "/compare/?p=brescia", "/compare/?q=brescia", "/compare/selections/",
    "/compare/selections/?a-country=FJ&b-year=2010",
    "/organisations/leith/", "/sources/grey-book/", "/about/", "/codebook/", "/data/",
    "/data/partnerships.csv", "/data/partnerships.json", "/robots.txt",
    "/data/cite.txt", "/data/cite.json?country=FJ", "/partnerships/brescia/cite.bib", "/feeds/partnerships.atom",
    "/feeds/partnerships.atom?country=FJ", "/sitemap.xml", "/sitemap-partnerships.xml", "/sitemap-organisations.xml",
    "/sitemap-sources.xml", "/report/", "/partnerships/nobody/",
)  # fmt: skip
# What only the hidden records have: a word, a country, an area, a unit, and their combinations.
QUERIES = (
    "q=zanzibar", "q=zanzi", "country=FJ", "area=02", "area=02.2", "unit=vehicle", "unit=class&country=FJ",
    "cell=5&country=FJ", "cell=partly&country=FJ", "cell=none&country=FJ&inferred=1", "country=FJ&lens=professional",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    """Pages print the day, so all of them are looked at in one moment."""
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        yield


def public_register() -> tuple[Organisation, Source]:
    """One published partnership, whose organisation and source the hidden ones share."""
    brescia = factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])
    leith, book = factories.organisation("Leith Council", slug="leith"), factories.source("Grey Book", slug="grey-book")
    brescia.partners.create(kind="public", name="Leith Council", organisation=leith)
    factories.statement(brescia, source=book, cells={5})
    return leith, book


def hide(status: str, leith: Organisation, book: Source, **fields: Any) -> Partnership:
    """A record of this status with a canary in every text, in cell 5, tied to all that is public."""
    trust = factories.organisation("Zanzibar Trust", slug=f"zanzibar-{status}")
    record = factories.partnership(
        f"Zanzibar {status}", status=status, design="shared", delivery="shared", countries=["FJ"],
        service_areas=["02.2"], summary="Zanzibar", narrative="Zanzibar", aliases=["Zanzibar"], place="Zanzibar",
        nation="Zanzibar", tags=["Zanzibar"], curator_note="Zanzibar", organisation=trust,
        phase={"name": "Zanzibar", "rationale": "Zanzibar"}, part_of=Partnership.objects.get(slug="brescia"), **fields,
    )  # fmt: skip
    for organisation in (leith, trust):
        record.partners.create(kind="private", name=f"Zanzibar {organisation}", organisation=organisation)
    for source in (book, factories.source("Zanzibar Times", slug=f"zanzibar-{status}", authors="Zanzibar")):
        factories.statement(record, source=source, cells={5}, paraphrase="Zanzibar", label="Zanzibar")
        factories.statement(record, source=source, kind="movement", from_cells={4}, to_cells={5})
        factories.evidence(record, source=source, note="Zanzibar")
    factories.assessment(record.phases.get(), reason="Zanzibar", assessor=factories.user(organisation=trust))
    factories.picture(record, alt="Zanzibar", caption="Zanzibar").case_study.lessons.create(
        theme="time", text="Zanzibar"
    )
    record.case_study.featured = True
    record.case_study.save()
    return record


def body(response: HttpResponse) -> str:
    """What a response says, less what is different each time: the token against forgery."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", content.decode())


def everything(user: User | None) -> dict[str, tuple[int, str]]:
    """Status and text of every page that the public has."""
    client = Client()
    if user:
        client.force_login(user)
    responses = {path: client.get(path) for path in PAGES}
    return {path: (response.status_code, body(response)) for path, response in responses.items()}


@pytest.mark.parametrize("role", [None, Role.OFFICER], ids=["visitor", "officer"])
def test_attacks_17_to_26_hidden_records_change_no_page(role: str | None) -> None:
    user = factories.user(role) if role else None
    leith, book = public_register()
    before = everything(user)

    for status in HIDDEN:
        hide(status, leith, book)

    after = everything(user)
    assert [path for path in before if after[path] != before[path]] == []
    assert "zanzibar" not in "".join(text for _status, text in after.values()).casefold()


def test_attacks_18_and_21_a_filter_that_only_hidden_records_meet_finds_nothing(client: Client) -> None:
    leith, book = public_register()
    for status, unit in zip(HIDDEN, ("case", "case", "class", "vehicle"), strict=True):
        hide(status, leith, book, unit=unit)

    for query in QUERIES:
        assert client.get(f"/partnerships/?{query}").context["count"] == 0
        assert client.get(f"/?{query}").context["page"].empty
    assert client.get("/compare/?q=zanzibar").context["picker"].hits.rows == ()


@pytest.mark.parametrize("status", HIDDEN)
def test_attack_4_a_hidden_record_looks_like_none(client: Client, status: str) -> None:
    leith, book = public_register()
    hidden = hide(status, leith, book)
    Partnership.objects.filter(pk=hidden.pk).update(slug="hidden-one")
    picture = hidden.case_study.images.get()
    officer = Client()
    officer.force_login(factories.user())

    for path, nothing in (
        ("/partnerships/hidden-one/", "/partnerships/nothing/"),
        (f"/partnerships/hidden-one/pictures/{picture.pk}/", "/partnerships/nothing/pictures/1/"),
        (f"/organisations/zanzibar-{status}/", "/organisations/nothing/"),
        (f"/sources/zanzibar-{status}/", "/sources/nothing/"),
    ):
        for reader in (client, officer):
            response = reader.get(path)
            assert response.status_code == 404
            assert body(response) == body(reader.get(nothing))


def test_attack_29_what_is_withdrawn_is_gone_at_once(client: Client) -> None:
    leith, book = public_register()
    before = everything(None)
    record = hide(SUBMITTED, leith, book)

    published = actions.publish(partnership=record, by=None)
    assert client.get("/partnerships/?q=zanzibar").context["count"] == 1
    actions.withdraw(partnership=published, by=None, note="Zanzibar")

    after = everything(None)
    assert [path for path in before if after[path] != before[path]] == []


def test_a_hidden_whole_is_not_named_on_the_page_of_its_part(client: Client) -> None:
    hidden = factories.partnership("Zanzibar", status=DRAFT)
    part = factories.partnership("Part", part_of=hidden)

    assert "Zanzibar" not in client.get(part.get_absolute_url()).content.decode()
    assert "Zanzibar" not in body(client.get("/data/partnerships.json"))
    assert "zanzibar" not in body(client.get("/data/partnerships.csv"))
