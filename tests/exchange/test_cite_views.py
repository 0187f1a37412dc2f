"""Citations as files: addresses, headers, refusals, and what never stands in them."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import resolve

from exchange.models import Release
from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT, SUBMITTED, WITHDRAWN
from tests import factories

pytestmark = pytest.mark.django_db
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}
EACH_FORMAT = pytest.mark.parametrize("ending", TYPES)


@pytest.fixture
def brescia() -> Partnership:
    return factories.partnership("Brescia", slug="brescia", countries=["IT"])


@pytest.fixture
def release() -> Release:
    return Release.objects.create(number=3, made_at=datetime(2026, 1, 31, tzinfo=UTC), codebook="1.0")


ADDRESSES = {
    "/partnerships/brescia/cite": "coproduction-matrix-brescia",
    "/data/cite": "coproduction-matrix",
    "/data/releases/3/cite": "coproduction-matrix-release-3",
}


@EACH_FORMAT
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("brescia", "release")
def test_each_format_is_a_file_with_its_type_and_a_safe_name(client: Client, address: str, ending: str) -> None:
    response = client.get(f"{address}.{ending}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[ending]
    kind = "inline" if ending == "txt" else "attachment"
    assert response.headers["Content-Disposition"] == f'{kind}; filename="{ADDRESSES[address]}.{ending}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.head(f"{address}.{ending}").content == b""
    assert client.post(f"{address}.{ending}").status_code == 405


@pytest.mark.usefixtures("brescia", "release")
def test_an_unknown_format_is_not_there(client: Client) -> None:
    for address in ADDRESSES:
        for ending in ("html", "BIB", "bib.txt", "", "json%0d%0a"):
            assert client.get(f"{address}.{ending}").status_code == 404


@EACH_FORMAT
def test_attack_4_what_is_not_published_looks_like_what_is_not_there(client: Client, ending: str) -> None:
    for number, status in enumerate((DRAFT, SUBMITTED, WITHDRAWN)):
        factories.partnership(f"Zanzibar {number}", slug=f"hidden-{number}", status=status)
        hidden = client.get(f"/partnerships/hidden-{number}/cite.{ending}")
        nothing = client.get(f"/partnerships/nothing/cite.{ending}")

        assert hidden.status_code == nothing.status_code == 404
        assert hidden.content == nothing.content


def test_a_release_that_is_not_there_is_not_cited(client: Client) -> None:
    for number in ("9", "0", "99999999999999999999", "-1", "x"):
        assert client.get(f"/data/releases/{number}/cite.bib").status_code == 404


def test_a_selection_is_cited_as_its_list_shows_it(client: Client, brescia: Partnership) -> None:
    factories.partnership("Oslo", countries=["NO"])

    said = client.get("/data/cite.txt?country=IT&sort=newest").content.decode()
    page = client.get("/partnerships/?country=IT&sort=newest")

    assert "“Public-service partnerships: Italy” (1 entry)." in said
    assert "https://matrix.example/partnerships/?country=IT\n" in said
    assert page.context["cite"].sentence + "\n" == said
    assert client.get("/?country=IT").context["cite"].sentence + "\n" == said
    assert json.loads(client.get("/data/cite.json?country=IT").content)[0]["abstract"] == "1 entry"


@EACH_FORMAT
def test_bad_filters_are_answered_as_elsewhere(client: Client, ending: str) -> None:
    for query in ("country=XX", "year=99999", "cell=10", "&".join(f"country=I{n}" for n in range(61))):
        assert client.get(f"/data/cite.{ending}?{query}").status_code == 400


@EACH_FORMAT
def test_attack_54_a_title_with_line_ends_makes_no_header(client: Client, ending: str) -> None:
    title = 'Evil"\r\nX-Evil: 1\r\n\r\n<script>'
    factories.partnership(title, slug="evil")

    response = client.get(f"/partnerships/evil/cite.{ending}")

    assert "X-Evil" not in response.headers
    assert "\r" not in response.content.decode()
    assert 'filename="coproduction-matrix-evil.' in response.headers["Content-Disposition"]
    selection = client.get(f"/data/cite.{ending}", {"q": "a\r\nX-Evil: 1"})
    assert selection.status_code == 200
    assert "X-Evil" not in selection.headers


def test_citations_take_no_address_from_anything_else(client: Client) -> None:
    factories.partnership("Cite", slug="cite")

    assert resolve("/partnerships/cite/").url_name == "partnership"
    assert client.get("/partnerships/cite/").status_code == 200
    assert client.get("/partnerships/cite/cite.bib").status_code == 200
    assert resolve("/data/releases/3/cite.bib").url_name == "cite-release"
    assert client.get("/partnerships/cite.bib").status_code == 404


def test_pages_offer_the_citation_closed_with_its_files(client: Client, brescia: Partnership) -> None:
    for path, links in (
        ("/partnerships/brescia/", "/partnerships/brescia/cite.{}"),
        ("/partnerships/?country=IT", "/data/cite.{}?country=IT"),
        ("/?country=IT", "/data/cite.{}?country=IT"),
    ):
        html = client.get(path).content.decode()

        assert html.count('<details class="cite no-print" id="cite">') == 1
        for ending in ("bib", "ris", "json"):
            assert f'href="{links.format(ending)}"' in html


def test_a_forged_host_is_in_no_citation(client: Client, brescia: Partnership, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    for path in ("/partnerships/brescia/cite.bib", "/data/cite.ris", "/partnerships/brescia/"):
        assert "evil.example" not in client.get(path, headers={"host": "evil.example"}).content.decode()
