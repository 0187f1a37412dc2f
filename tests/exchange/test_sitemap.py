"""The map of the site and what robots may read: public pages and nothing else, by the address in the settings."""

from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from exchange.models import Release
from exchange.views import sitemap
from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT, SUBMITTED, WITHDRAWN
from tests import factories

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://matrix.example"


def rows(client: Client, path: str) -> dict[str, str]:
    """The addresses of a map with their dates."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314  our own
    return {row.findtext(f"{NAMESPACE}loc"): row.findtext(f"{NAMESPACE}lastmod", "") for row in root}


def everything(client: Client) -> list[str]:
    """The paths of every part of the map."""
    parts = (part.removeprefix(SITE) for part in rows(client, "/sitemap.xml"))
    return [url.removeprefix(SITE) for part in parts for url in rows(client, part)]


@pytest.fixture
def brescia() -> Partnership:
    made = factories.partnership("Brescia", slug="brescia")
    made.partners.create(kind="public", name="Leith", organisation=factories.organisation("Leith", slug="leith"))
    factories.statement(made, source=factories.source("Grey Book", slug="grey-book"))
    Partnership.objects.update(updated_at=datetime(2026, 2, 3, 12, tzinfo=UTC))
    return made


@pytest.mark.usefixtures("brescia")
def test_the_index_names_the_parts_that_hold_something(client: Client) -> None:
    assert rows(client, "/sitemap.xml") == {
        f"{SITE}/sitemap-pages.xml": "",
        f"{SITE}/sitemap-partnerships.xml": "2026-02-03T12:00:00+00:00",
        f"{SITE}/sitemap-organisations.xml": "",
        f"{SITE}/sitemap-sources.xml": "",
    }


@pytest.mark.usefixtures("brescia")
def test_every_public_page_is_in_it_and_opens(client: Client) -> None:
    found = everything(client)

    assert len(found) == len(set(found))
    assert {
        "/", "/partnerships/", "/partnerships/brescia/", "/cells/1/", "/cells/9/", "/codebook/", "/codebook/1.0/",
        "/guide/", "/guide/reading/", "/guide/glossary/", "/organisations/leith/", "/sources/grey-book/", "/data/",
    } <= set(found)  # fmt: skip
    assert [path for path in found if client.get(path).status_code != 200] == []


@pytest.mark.usefixtures("brescia")
def test_robots_may_read_what_the_map_names_and_the_pages_of_the_list(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    robots = RobotFileParser()
    # Python's reader knows no "*" inside a path, and takes the first line that fits.
    robots.parse([line for line in lines if "*?" not in line])

    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert [path for path in everything(client) if not robots.can_fetch("x", path)] == []
    for path in ("/admin/", "/accounts/login/", "/my/", "/my/anything/", "/report/", "/partnerships/new/"):
        assert not robots.can_fetch("x", path)
    assert "Disallow: /*?" in lines
    assert "Allow: /partnerships/?page=" in lines


def test_a_release_is_in_it(client: Client) -> None:
    Release.objects.create(number=3, made_at=datetime(2026, 1, 31, tzinfo=UTC), codebook="1.0")

    assert rows(client, "/sitemap-releases.xml") == {f"{SITE}/data/releases/3/": "2026-01-31T00:00:00+00:00"}
    assert rows(client, "/sitemap.xml")[f"{SITE}/sitemap-releases.xml"] == "2026-01-31T00:00:00+00:00"


def test_attack_25_what_is_hidden_is_not_in_it(client: Client, brescia: Partnership) -> None:
    before = everything(client)
    dates = rows(client, "/sitemap.xml")
    for number, status in enumerate((DRAFT, SUBMITTED, WITHDRAWN)):
        hidden = factories.partnership(f"Zanzibar {number}", slug=f"zanzibar-{number}", status=status)
        trust = factories.organisation("Zanzibar", slug=f"zanzibar-{number}")
        hidden.partners.create(kind="public", name="Zanzibar", organisation=trust)
        factories.statement(hidden, source=factories.source("Zanzibar", slug=f"zanzibar-{number}"))
    factories.partnership("Zanzibar", status=DRAFT, revises=brescia)

    assert everything(client) == before
    assert rows(client, "/sitemap.xml") == dates


def test_a_large_part_comes_in_several(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap.Cases, "limit", 2)
    for number in range(3):
        factories.partnership(f"Case {number}")

    parts = [part for part in rows(client, "/sitemap.xml") if "partnerships" in part]

    assert parts == [f"{SITE}/sitemap-partnerships.xml", f"{SITE}/sitemap-partnerships.xml?p=2"]
    assert [list(rows(client, part.removeprefix(SITE))) for part in parts] == [
        [f"{SITE}/partnerships/case-0/", f"{SITE}/partnerships/case-1/"],
        [f"{SITE}/partnerships/case-2/"],
    ]


def test_no_part_holds_more_than_the_protocol_allows() -> None:
    assert all(part.limit <= 50_000 for part in sitemap.SECTIONS.values())


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nothing.xml", "/sitemap-partnerships.xml?p=9", "/sitemap-partnerships.xml?p=x",
        "/sitemap-partnerships.xml?p=-1", "/sitemap-partnerships.xml?p=99999999999999999999",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("brescia")
def test_a_forged_host_is_not_in_it(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://matrix.example/register"

    for path in ("/sitemap.xml", "/sitemap-partnerships.xml", "/robots.txt"):
        said = client.get(path, headers={"host": "evil.example"}).content.decode()
        assert "evil.example" not in said
        assert "https://matrix.example/register/sitemap" in said or "/register/partnerships/brescia/" in said
