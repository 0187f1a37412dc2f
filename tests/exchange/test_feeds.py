"""The feed: what is in it, when an entry counts as changed, and what whoever has it already is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from exchange.views.feeds import MOST
from partnerships import actions
from partnerships.assessors import Assessor, fingerprint
from partnerships.models import Partnership
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, SUBMITTED, WITHDRAWN
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/feeds/partnerships.atom"
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def published(title: str, day: int = 0, **fields: Any) -> Partnership:
    """A partnership that was published on the first of January and last changed so many days later."""
    made = factories.partnership(title, **{"published_at": FIRST, **fields})
    Partnership.objects.filter(pk=made.pk).update(updated_at=FIRST + timedelta(days=day))
    made.refresh_from_db()
    return made


def read(client: Client, query: str = "") -> ElementTree.Element:
    response = client.get(FEED + query)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314  our own


def titles(client: Client, query: str = "") -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(client, query).iter(f"{ATOM}entry")]


def test_a_feed_says_what_it_is_and_where(client: Client) -> None:
    published("Brescia", 2, countries=["IT"])

    feed = read(client, "?country=IT&sort=newest&facets=unit")

    assert feed.findtext(f"{ATOM}title") == "Co-production Matrix: new and changed partnerships: Italy"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Co-production Matrix"
    assert feed.findtext(f"{ATOM}updated") == "2026-01-03T12:00:00+00:00"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://matrix.example/partnerships/?country=IT",
        "self": "https://matrix.example/feeds/partnerships.atom?country=IT",
    }
    assert feed.findtext(f"{ATOM}id") == links["alternate"]


def test_an_entry_has_an_id_for_ever_its_dates_and_its_service_areas(client: Client) -> None:
    brescia = published("Brescia", 2, summary="Care & <b>families</b>", service_areas=["10", "07.2"])

    [entry] = read(client).iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}id") == "tag:matrix.example,2026-01-01:/partnerships/brescia/"
    assert entry.find(f"{ATOM}link").get("href") == "https://matrix.example/partnerships/brescia/"
    assert entry.findtext(f"{ATOM}published") == "2026-01-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-03T12:00:00+00:00"
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.findtext(f"{ATOM}summary") == "Care &amp; &lt;b&gt;families&lt;/b&gt;"
    assert len([each.get("term") for each in entry.iter(f"{ATOM}category")]) == 2
    brescia.title = "Brescia, renamed"
    brescia.save()
    assert read(client).find(f"{ATOM}entry").findtext(f"{ATOM}id") == (
        "tag:matrix.example,2026-01-01:/partnerships/brescia/"
    )


def test_the_newest_change_comes_first_and_fifty_are_enough(client: Client) -> None:
    with factories.indexed_at_the_end():
        for number in range(MOST + 2):
            published(f"Number {number}", number)

    assert titles(client) == [f"Number {number}" for number in range(MOST + 1, 1, -1)]


def test_filters_are_those_of_the_list(client: Client) -> None:
    published("Brescia", 1, countries=["IT"], design="shared", delivery="shared")
    published("Oslo", 2, countries=["NO"])

    assert titles(client) == ["Oslo", "Brescia"]
    for query in ("?country=IT", "?cell=5", "?q=bresc", "?country=IT&cell=5&inferred=1"):
        assert titles(client, query) == ["Brescia"]
        assert client.get(f"/partnerships/{query}").context["count"] == 1
    assert titles(client, "?country=FR") == []
    assert client.get(f"{FEED}?country=XX").status_code == 400


def test_an_empty_feed_has_a_date_that_stays(client: Client) -> None:
    assert read(client).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert client.get(FEED).content == client.get(FEED).content


def test_signs_that_no_xml_may_hold_break_nothing(client: Client) -> None:
    published("Bell\x07 \x1band </title> ]]> & \ufffe\x0b end", 1, summary="\x1b[31m red \x01", place="\x02")

    [entry] = read(client, "?q=bell").iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "Bell and </title> ]]> & end"
    assert client.get(FEED, {"q": "a\x01\x0bb"}).status_code in (200, 400)
    assert client.get(FEED, {"q": "\ud800".encode(errors="surrogatepass")}).status_code in (200, 400)


def test_attack_54_line_ends_make_no_header_and_no_second_line(client: Client) -> None:
    published("Evil\r\nX-Evil: 1", 1)

    response = client.get(FEED)

    assert "X-Evil" not in response.headers
    assert titles(client) == ["Evil X-Evil: 1"]


# ---- Whoever has it already ----------------------------------------------------------------------------------------


def test_whoever_has_it_is_told_so(client: Client) -> None:
    published("Brescia", 2)

    response = client.get(FEED)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Last-Modified"] == "Sat, 03 Jan 2026 12:00:00 GMT"

    by_etag = client.get(FEED, headers={"if-none-match": response.headers["ETag"]})
    assert (by_etag.status_code, by_etag.content) == (304, b"")

    published("Oslo", 3)
    assert client.get(FEED, headers={"if-none-match": response.headers["ETag"]}).status_code == 200
    assert client.get(FEED, headers={"if-modified-since": response.headers["Last-Modified"]}).status_code == 200


def test_no_time_proves_that_nothing_went_away(client: Client) -> None:
    gone = published("Gone", 1)
    published("Newest", 2)
    response = client.get(FEED)
    gone.delete()

    headers = {"if-modified-since": response.headers["Last-Modified"]}
    assert client.get(FEED, headers=headers).status_code == 200
    assert client.get(FEED, headers={"if-none-match": response.headers["ETag"]}).status_code == 200


def test_it_says_the_same_on_another_day(client: Client) -> None:
    published("Brescia", 2)

    with time_machine.travel("2026-03-01"):
        first = client.get(FEED)
    with time_machine.travel("2027-03-01"):
        assert client.get(FEED).content == first.content


def test_a_feed_takes_few_queries_however_much_there_is(client: Client) -> None:
    for number in range(3):
        published(f"Number {number}", number, countries=["IT"], service_areas=["07"])

    for query in ("", "?country=IT&area=07&q=number&inferred=1", "?year=2020&cell=5&model=co_management"):
        with CaptureQueriesContext(connection) as queries:
            client.get(FEED + query)
        assert len(queries) <= 4


# ---- When an entry counts as changed, and what is never in it ------------------------------------------------------


def test_attack_26_what_is_not_public_changes_no_date(client: Client) -> None:
    keeper = factories.user()
    brescia = published("Brescia", 2, organisation=keeper.organisation)
    before = client.get(FEED)

    draft = factories.partnership("Zanzibar", status=DRAFT, part_of=brescia, revises=brescia)
    draft.summary = "Zanzibar"
    draft.save()
    factories.add_phase(draft)
    factories.assessment(brescia.phases.get(), assessor=keeper, submitted=False, reason="Zanzibar")
    factories.invitation(brescia.phases.get())
    for status in (SUBMITTED, CHANGES_REQUESTED, WITHDRAWN):
        factories.partnership(f"Zanzibar {status}", status=status, summary="Zanzibar")

    after = client.get(FEED)
    assert after.content == before.content
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_answers_that_are_still_open_leave_the_record_unchanged(client: Client) -> None:
    keeper = factories.user()
    brescia = published("Brescia", 2, organisation=keeper.organisation, partners=[("public", "City")])
    before = client.get(FEED).content

    assessor, values = Assessor(brescia.phases.get(), user=keeper), {"model": {"public": "led"}}
    opened = fingerprint(assessor.state(values))
    actions.save_assessment(assessor=assessor, values=values, opened=opened)

    assert brescia.phases.get().assessments.exists()
    assert client.get(FEED).content == before


def test_what_a_curator_adopts_is_a_change(client: Client) -> None:
    brescia, curator = published("Brescia", 2), factories.user(Role.CURATOR)
    claim = factories.statement(brescia, phase=brescia.phases.get(), cells={5})

    with time_machine.travel("2026-02-01 12:00", tick=False):
        actions.adopt(phase=brescia.phases.get(), claim=claim, by=curator)

    [entry] = read(client).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") == "2026-02-01T12:00:00+00:00"


def test_attack_29_what_is_withdrawn_is_gone_from_every_answer(client: Client) -> None:
    brescia = published("Zanzibar", 2)
    published("Oslo", 1)
    had = client.get(FEED).headers["ETag"]

    actions.withdraw(partnership=brescia, by=factories.user(Role.CURATOR), note="")

    response = client.get(FEED, headers={"if-none-match": had})
    assert response.status_code == 200
    assert "Zanzibar" not in response.content.decode()


def test_attack_25_no_hidden_record_no_name_and_no_mail_address_is_in_what_is_given_out(client: Client) -> None:
    person = factories.user(Role.CURATOR, email="canary@zanzibar.example", name="Zanzibar Person")
    public = published("Brescia", 1, created_by=person, curator_note="Zanzibar", organisation=factories.organisation(
        "Zanzibar Council"))  # fmt: skip
    phase = public.phases.get()
    factories.assessment(phase, assessor=person, comment="open", submitted=False)
    claim = factories.assessment(phase, assessor=person, design="shared", delivery="shared")
    actions.adopt(phase=phase, claim=claim, by=person)
    for number, status in enumerate((DRAFT, SUBMITTED, CHANGES_REQUESTED, WITHDRAWN)):
        factories.partnership(f"Zanzibar {number}", status=status, slug=f"zanzibar-{number}", part_of=public)
    factories.partnership("Zanzibar workspace", status=DRAFT, revises=public)

    for path in (
        FEED, "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-partnerships.xml", "/sitemap-organisations.xml",
        "/sitemap-sources.xml", "/robots.txt", "/data/cite.json", "/partnerships/brescia/cite.bib",
        "/partnerships/brescia/cite.json", "/partnerships/brescia/cite.ris", "/partnerships/brescia/cite.txt",
    ):  # fmt: skip
        said = client.get(path).content.decode().casefold()
        assert "zanzibar" not in said, path
        assert "@zanzibar" not in said, path
    head = client.get("/partnerships/brescia/").content.decode().split("</head>")[0].casefold()
    assert "zanzibar" not in head


def test_a_forged_host_is_not_in_the_feed(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    published("Brescia", 1)

    assert "evil.example" not in client.get(FEED, headers={"host": "evil.example"}).content.decode()


def test_reading_it_takes_nothing(client: Client) -> None:
    assert client.post(FEED).status_code == 405
    assert client.head(FEED).content == b""
