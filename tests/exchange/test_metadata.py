"""What pages say to search engines and reference managers, and that nothing in it can leave its place."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import Client

from exchange.citations.metadata import of_release_page, of_released_case_page
from exchange.models import Release
from partnerships.models import Partnership
from partnerships.presenters import metadata, structured
from partnerships.presenters.metadata import Alternate, Metadata, Tag
from partnerships.selection import select
from taxonomy.glossary import GLOSSARY
from tests import factories

TODAY = date(2026, 3, 1)
SITE = "https://matrix.example"
PUBLISHER = {"@type": "Organization", "@id": f"{SITE}/#register", "name": "Co-production Matrix", "url": f"{SITE}/"}
REGISTER = {"@type": "Dataset", "@id": f"{SITE}/data/", "name": "Co-production Matrix", "url": f"{SITE}/data/"}
RIGHTS = {
    "creator": PUBLISHER,
    "publisher": PUBLISHER,
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "isAccessibleForFree": True,
    "inLanguage": "en",
}


def data_of(html: str) -> Any:
    """The JSON-LD of a page, as a browser would hand it over."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(text)


def tags_of(html: str) -> dict[str, str]:
    found = re.findall(r'<meta name="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(content) for name, content in found}


def links_of(html: str, rel: str) -> dict[str, str]:
    """The links of a relation: type and address."""
    found = re.findall(rf'<link rel="{rel}"(?: type="([^"]+)")? href="([^"]*)"', html)
    return {kind: unescape(url) for kind, url in found}


@pytest.fixture
def brescia(db: None) -> Partnership:
    made = factories.partnership(
        "Brescia", slug="brescia", design="shared", delivery="shared", summary="Care with families.",
        aliases=["Famiglie"], countries=["IT"], place="Brescia", service_areas=["10"], tags=["ageing"],
    )  # fmt: skip
    moment = datetime(2026, 2, 3, 12, tzinfo=UTC)
    Partnership.objects.update(published_at=datetime(2025, 5, 1, 12, tzinfo=UTC), updated_at=moment)
    made.refresh_from_db()
    return made


# ---- What is said ----------------------------------------------------------------------------------------------------


def test_a_case_is_a_work_that_is_part_of_the_register(brescia: Partnership) -> None:
    place = {
        "@type": "Place",
        "name": "Brescia, Italy",
        "containedInPlace": [{"@type": "Country", "name": "Italy", "identifier": "IT"}],
    }
    url = f"{SITE}/partnerships/brescia/"

    assert metadata.of_case_page(brescia, TODAY).data == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": url,
        "url": url,
        "name": "Brescia",
        "alternateName": ["Famiglie"],
        "abstract": "Care with families.",
        "datePublished": "2025-05-01",
        "dateModified": "2026-02-03T12:00:00+00:00",
        "version": "record of 3 February 2026, codebook 1.0",
        **RIGHTS,
        "isPartOf": REGISTER,
        "about": [
            {
                "@type": "Service",
                "name": "Brescia",
                "serviceType": ["Social care and benefits"],
                "areaServed": place,
            },
            structured.cell_term(5),
        ],
        "spatialCoverage": place,
        "keywords": ["Social care and benefits", "ageing"],
    }


@pytest.mark.django_db
def test_what_is_not_stated_is_left_out_and_an_inferred_cell_is_not_named() -> None:
    bare = factories.partnership("Bare", design="shared", delivery="shared", phase=factories.INFERENCE)

    said = metadata.of_case_page(bare, TODAY).data

    assert said["about"] == [{"@type": "Service", "name": "Bare"}]
    assert not {"spatialCoverage", "keywords", "alternateName", "abstract"} & said.keys()


def test_a_case_has_the_tags_that_reference_managers_look_for(brescia: Partnership) -> None:
    said = metadata.of_case_page(brescia, TODAY)

    assert said.canonical == f"{SITE}/partnerships/brescia/"
    assert said.tags == (
        Tag("citation_title", "Brescia"),
        Tag("citation_author", "Co-production Matrix,"),
        Tag("citation_publication_date", "2025/05/01"),
        Tag("citation_publisher", "Co-production Matrix"),
        Tag("citation_public_url", f"{SITE}/partnerships/brescia/"),
        Tag("citation_language", "en-gb"),
        Tag("DC.title", "Brescia"),
        Tag("DC.creator", "Co-production Matrix,"),
        Tag("DC.date", "2025-05-01"),
        Tag("DC.publisher", "Co-production Matrix"),
        Tag("DC.type", "Dataset"),
        Tag("DC.identifier", f"{SITE}/partnerships/brescia/"),
        Tag("DC.language", "en-gb"),
        Tag("DC.rights", "https://creativecommons.org/licenses/by/4.0/"),
        Tag("DC.description", "Care with families."),
    )
    assert said.alternates == (
        Alternate("application/x-bibtex", "/partnerships/brescia/cite.bib", "BibTeX"),
        Alternate("application/x-research-info-systems", "/partnerships/brescia/cite.ris", "RIS"),
        Alternate("application/vnd.citationstyles.csl+json", "/partnerships/brescia/cite.json", "CSL-JSON"),
    )


def test_a_selection_is_a_part_of_the_register_with_its_own_files() -> None:
    said = metadata.of_list_page(select(QueryDict("country=IT&sort=newest&facets=unit")), 2, 1, TODAY)
    query = "?country=IT"

    assert said.canonical == f"{SITE}/partnerships/{query}"
    assert said.alternates == (
        Alternate("application/atom+xml", f"/feeds/partnerships.atom{query}", "New and changed partnerships"),
    )
    assert said.data == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{SITE}/partnerships/{query}",
        "url": f"{SITE}/partnerships/{query}",
        "name": "Public-service partnerships: Italy",
        "description": "Public-service partnerships: Italy. A part of the Co-production Matrix, as of 1 March 2026, "
        "codebook 1.0: 2 entries.",
        "version": "as of 1 March 2026, codebook 1.0",
        **RIGHTS,
        "isPartOf": REGISTER,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"{SITE}/data/partnerships.{ending}{query}",
            }
            for ending, media_type in structured.MEDIA_TYPES.items()
        ],
    }


def test_without_filters_the_list_the_matrix_and_the_data_page_speak_of_the_same_data_set() -> None:
    everything = select(QueryDict("sort=newest"))
    register = metadata.of_data_page().data

    assert (register["@id"], register["@type"]) == (f"{SITE}/data/", "Dataset")
    assert len(register["description"]) >= 50  # what Google's guide to Dataset asks for
    assert metadata.of_list_page(everything, 9, 1, TODAY).data == register
    assert metadata.of_matrix_page(everything, 9, TODAY).data == register


def test_the_address_is_that_without_parameters_that_change_nothing() -> None:
    chosen = select(QueryDict("sort=newest&facets=unit&country=IT&utm_source=x"))

    assert metadata.of_matrix_page(chosen, 1, TODAY).canonical == f"{SITE}/?country=IT"
    assert metadata.of_cell_page(chosen, 5).canonical == f"{SITE}/cells/5/?country=IT"
    # What stands on the second page depends on the order.
    assert metadata.of_list_page(chosen, 60, 2, TODAY).canonical == (
        f"{SITE}/partnerships/?country=IT&sort=newest&page=2"
    )


def test_cells_codebook_and_glossary_are_terms_with_definitions() -> None:
    from taxonomy.codebook import CURRENT

    cell = metadata.of_cell_page(select(QueryDict("")), 7).data
    book, words = metadata.of_codebook_page(CURRENT).data, metadata.of_glossary_page().data

    assert (cell["@type"], cell["termCode"], cell["name"]) == ("DefinedTerm", "7", "Cell 7: Co-Management")
    assert cell["inDefinedTermSet"] == book["@id"] == f"{SITE}/codebook/"
    assert book["@type"] == words["@type"] == "DefinedTermSet"
    assert [term["termCode"] for term in book["hasDefinedTerm"]][:9] == [str(number) for number in range(1, 10)]
    assert {term["termCode"] for term in words["hasDefinedTerm"]} == set(GLOSSARY)
    assert all(term["description"] and term["url"].endswith(term["termCode"]) for term in words["hasDefinedTerm"])


@pytest.mark.django_db
def test_a_release_is_a_data_set_with_its_files() -> None:
    files = [{"name": "partnerships.csv", "bytes": 12, "sha256": "ab"}]
    release = Release(
        number=3, made_at=datetime(2026, 1, 31, tzinfo=UTC), codebook="1.0", files=files, doi="10.5072/zenodo.1"
    )

    said = of_release_page(release, TODAY)

    assert said.data == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{SITE}/data/releases/3/",
        "url": f"{SITE}/data/releases/3/",
        "identifier": "https://doi.org/10.5072/zenodo.1",
        "name": "Co-production Matrix: a register of public-service partnerships, release 3",
        "description": "Every published partnership of the register as it was on that day.",
        "version": "3",
        "datePublished": "2026-01-31",
        **RIGHTS,
        "isPartOf": REGISTER,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "partnerships.csv",
                "encodingFormat": "text/csv",
                "contentUrl": f"{SITE}/data/releases/3/partnerships.csv",
                "contentSize": "12 B",
                "sha256": "ab",
            }
        ],
    }
    assert Tag("citation_doi", "10.5072/zenodo.1") in said.tags
    assert said.alternates[0].url == "/data/releases/3/cite.bib"
    of_case = of_released_case_page("brescia", "Brescia", "", release, TODAY)
    assert Tag("DC.identifier", f"{SITE}/data/releases/3/partnerships/brescia/") in of_case.tags


# ---- How it is printed -----------------------------------------------------------------------------------------------


def printed(said: Metadata) -> str:
    return Template('{% include "partials/metadata.html" %}').render(Context({"metadata": said}))


EVIL = "</script><script>alert(1)</script><!-- &amp; ]]> \u2028\u2029 '\" {{ 7*7 }}"


def test_attack_63_nothing_ends_the_script_early() -> None:
    html = printed(Metadata(data={"name": EVIL}))
    [inside] = re.findall(r'<script type="application/ld\+json">(.*)</script>', html, re.S)

    assert not re.search("[<>&\u2028\u2029]", inside)
    assert json.loads(inside) == {"name": EVIL}


def test_tags_and_links_are_escaped_too() -> None:
    html = printed(Metadata(f"{SITE}/?q={EVIL}", (Tag("DC.title", EVIL),), (Alternate("a/b", f"/?q={EVIL}", EVIL),)))

    assert "<script" not in html
    assert unescape(re.findall(r'content="([^"]*)"', html)[0]) == EVIL


def test_attack_63_a_case_whose_title_ends_a_script_is_read_as_it_is(client: Client, db: None) -> None:
    evil = factories.partnership(EVIL[:200], slug="evil", summary=EVIL, aliases=[EVIL], tags=[EVIL], place=EVIL[:150])

    for path in (
        evil.get_absolute_url(),
        "/partnerships/?q=%3C/script%3E%3Cscript%3Ealert(1)",
        "/?nation=%3C/script%3E",
    ):
        html = client.get(path).content.decode()

        assert "<script>alert" not in html
        assert data_of(html)["@context"] == "https://schema.org"
    html = client.get(evil.get_absolute_url()).content.decode()
    assert data_of(html)["name"] == tags_of(html)["citation_title"] == " ".join(EVIL.split())


# ---- On the pages ----------------------------------------------------------------------------------------------------


def test_zotero_finds_title_creator_date_publisher_and_address_on_a_case_page(
    client: Client, brescia: Partnership
) -> None:
    html = client.get("/partnerships/brescia/?inferred=1").content.decode()
    said = tags_of(html)

    assert said["citation_title"] == said["DC.title"] == "Brescia"
    assert said["citation_author"] == "Co-production Matrix,"
    assert said["citation_publication_date"] == "2025/05/01"
    assert said["citation_publisher"] == "Co-production Matrix"
    assert said["citation_public_url"] == links_of(html, "canonical")[""] == f"{SITE}/partnerships/brescia/"
    for media_type, url in links_of(html, "alternate").items():
        response = client.get(url)
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(media_type)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "Dataset"),
        ("/?country=IT", "Dataset"),
        ("/partnerships/", "Dataset"),
        ("/partnerships/?country=IT", "Dataset"),
        ("/data/", "Dataset"),
        ("/cells/5/", "DefinedTerm"),
        ("/codebook/", "DefinedTermSet"),
        ("/codebook/1.0/", "DefinedTermSet"),
        ("/guide/glossary/", "DefinedTermSet"),
        ("/partnerships/brescia/", "CreativeWork"),
    ],
)
@pytest.mark.usefixtures("brescia")
def test_pages_have_their_data_once(client: Client, path: str, kind: str) -> None:
    html = client.get(path).content.decode()

    assert data_of(html)["@type"] == kind
    assert html.count('rel="canonical"') <= 1


@pytest.mark.usefixtures("brescia")
def test_every_file_of_the_data_set_is_there(client: Client) -> None:
    for path in ("/data/", "/partnerships/?country=IT"):
        for file in data_of(client.get(path).content.decode())["distribution"]:
            response = client.get(file["contentUrl"].removeprefix(SITE))
            assert response.status_code == 200
            assert response.headers["Content-Type"].startswith(file["encodingFormat"])


@pytest.mark.usefixtures("brescia")
def test_lists_lead_to_their_feed(client: Client) -> None:
    for path in ("/", "/partnerships/", "/data/"):
        links = links_of(client.get(path).content.decode(), "alternate")
        assert links == {"application/atom+xml": "/feeds/partnerships.atom"}
    html = client.get("/partnerships/?country=IT&sort=newest").content.decode()
    assert html.count('href="/feeds/partnerships.atom?country=IT"') == 2
