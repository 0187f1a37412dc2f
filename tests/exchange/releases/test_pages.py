"""Releases on the site, and cases as they were."""

import hashlib
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from exchange.models import Release
from exchange.releases import pages, places
from exchange.releases.making import make
from partnerships.models import ChecklistItem, Evidence, Lesson, Partner, Partnership
from partnerships.presenters import words
from taxonomy import service_areas, vocabulary
from taxonomy.terms import Vocabulary
from tests import factories
from tests.exchange.releases.said import frozen, live

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("inferred", [False, True])
def test_a_case_is_seen_as_it_was(whole: Partnership, inferred: bool) -> None:
    slugs = list(Partnership.objects.published().values_list("slug", flat=True))
    today = pages.date_of(make())
    before = {slug: live(slug, inferred=inferred, today=today) for slug in slugs}
    for part in (Evidence, Partner, ChecklistItem, Lesson):
        part.objects.all().delete()
    Partnership.objects.update(status="withdrawn", title="All is different now", summary="")

    release = Release.objects.get()

    for slug in slugs:
        assert frozen(release, slug, inferred=inferred) == before[slug], slug
    page = before["citta-del-noi"]
    assert all(page[part] for part in ("claims", "evidence", "checklists", "perspectives", "sites", "study", "path"))


def test_the_page_of_a_case_says_of_which_release_it_is(client: Client, whole: Partnership) -> None:
    with time_machine.travel("2026-03-04 12:00Z"):
        make()
    url = reverse("released-case", args=[1, "citta-del-noi"])

    page = client.get(url).content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="https://matrix.example/partnerships/citta-del-noi/">' in page
    assert ">Release 1</a> of 4 March 2026." in page
    assert 'href="/partnerships/citta-del-noi/">See it as it is today</a>' in page
    assert "<strong>story</strong>" in page
    assert 'id="source-grey-book"' in page
    assert 'href="#source-grey-book"' in page
    assert 'href="/data/releases/1/partnerships/the-whole/"' in page
    Partnership.objects.update(status="withdrawn")
    later = client.get(url).content.decode()
    assert "It is no longer public." in later
    assert "canonical" not in later
    assert "/partnerships/citta-del-noi/&quot;" not in later


def test_a_case_with_codes_that_later_vocabularies_lack_shows_them(
    client: Client, whole: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    for name, known in vars(vocabulary).items():
        if isinstance(known, Vocabulary):
            monkeypatch.setattr(vocabulary, name, Vocabulary(name, ()))
    monkeypatch.setattr(words, "UNITS", {})
    monkeypatch.setattr(service_areas, "AREAS", Vocabulary("AREAS", ()))

    page = client.get(reverse("released-case", args=[1, "citta-del-noi"]))
    assert page.status_code == 200
    for code in (whole.unit, whole.level, *whole.service_areas, *whole.nature, "funding"):
        assert re.search(rf">\s*{re.escape(code)}", page.content.decode()), code
    assert client.get(reverse("released-cases", args=[1])).status_code == 200


def test_pages_of_a_release_take_few_queries(
    client: Client, whole: Partnership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make()
    for path in ("/data/releases/", "/data/releases/1/", "/data/releases/1/partnerships/"):
        with django_assert_max_num_queries(2):
            assert client.get(path).status_code == 200
    for path in ("/data/releases/1/partnerships/citta-del-noi/", "/data/releases/?case=citta-del-noi"):
        with django_assert_max_num_queries(2):
            assert client.get(path).status_code == 200


def test_the_list_and_the_page_of_a_release(client: Client, whole: Partnership) -> None:
    assert "No release has been made yet" in client.get("/data/releases/").content.decode()
    make(note="What is new: <i>much</i>.")
    Release.objects.update(doi="10.5281/zenodo.1")

    rows = client.get("/data/releases/").content.decode()
    page = client.get("/data/releases/1/").content.decode()

    assert "What is new: &lt;i&gt;much&lt;/i&gt;." in rows
    assert 'href="/data/releases/1/"' in rows
    assert 'href="https://doi.org/10.5281/zenodo.1"' in page
    for file in Release.objects.get().files:
        assert f'href="/data/releases/1/{file["name"]}"' in page
        assert file["sha256"] in page
    assert "This is the first release." in page
    Partnership.objects.filter(pk=whole.pk).update(title="Renamed")
    make()
    later = client.get("/data/releases/2/").content.decode()
    assert "Since release 1" in later
    assert "Changed: 1" in later
    assert 'href="/data/releases/2/partnerships/citta-del-noi/">Renamed</a>' in later


def test_cases_of_a_release_are_found_by_words_of_their_title(client: Client, whole: Partnership) -> None:
    with factories.indexed_at_the_end():
        for number in range(60):
            factories.partnership(f"Ölrun {number}")
    make()

    first = client.get("/data/releases/1/partnerships/").content.decode()
    found = client.get("/data/releases/1/partnerships/", {"q": "CITTA% noi"}).content.decode()
    none = client.get("/data/releases/1/partnerships/", {"q": "_\x00%' OR 1=1 --"}).content.decode()
    last = client.get("/data/releases/1/partnerships/", {"page": "2"}).content.decode()

    assert f"{Partnership.objects.published().count()} cases" in first
    assert 'href="?page=2"' in first
    assert ">1 case</h2>" in found
    assert ">Città del Noi</a>" in found
    assert "0 cases" in none
    assert last.count('href="/data/releases/1/partnerships/') == Partnership.objects.published().count() - 50
    for page in ("0", "x", "99999999999999999999"):
        assert client.get("/data/releases/1/partnerships/", {"page": page}).status_code == 200


def test_the_releases_that_hold_a_case(client: Client, db: None) -> None:
    factories.partnership("Città del Noi")
    make()
    later = factories.partnership("Later")
    make()

    both = client.get("/data/releases/", {"case": "citta-del-noi"}).content.decode()
    one = client.get("/data/releases/", {"case": later.slug}).content.decode()
    none = client.get("/data/releases/", {"case": "<script>"}).content.decode()

    assert 'href="/data/releases/1/partnerships/citta-del-noi/"' in both
    assert 'href="/data/releases/2/partnerships/citta-del-noi/"' in both
    assert "/data/releases/1/" not in one
    assert 'href="/data/releases/2/partnerships/later/"' in one
    assert "No release holds this case" in none
    assert "<script>" not in none
    assert 'href="/data/releases/?case=citta-del-noi"' in client.get("/partnerships/citta-del-noi/").content.decode()


# ---- Files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_handed_out_once_and_for_all(client: Client, whole: Partnership) -> None:
    make()
    for file in Release.objects.get().files:
        response = client.get(f"/data/releases/1/{file['name']}")
        content = b"".join(response.streaming_content)
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == f'attachment; filename="co-production-matrix-1-{file["name"]}"'
        again = client.get(f"/data/releases/1/{file['name']}", headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


OUTSIDE = (
    ".lock", "../.lock", "..%2f.lock", "%2e%2e%2f%2e%2e%2fdb.sqlite3", "2/register.sqlite", "register.sqlite%00", "x",
    "/etc/passwd", "..", "register.sqlite-wal",
)  # fmt: skip
MISSING = ("2/", "2/register.sqlite", "2/partnerships/", "2/partnerships/a/", "1/partnerships/a/", "99999999999999999/")


def test_no_name_leads_out_of_the_release_and_what_is_not_there_is_not_found(client: Client, db: None) -> None:
    factories.partnership("Only one")
    make()
    (places.folder(1) / "x").write_text("not listed")

    for name in OUTSIDE:
        assert client.get(f"/data/releases/1/{name}", follow=True).status_code == 404, name
    for path in MISSING:
        assert client.get(f"/data/releases/{path}").status_code == 404, path


def test_files_that_were_lost_are_not_found(client: Client, db: None) -> None:
    factories.partnership("Città del Noi")
    make()
    places.folder(1).rename(places.root() / "lost")

    for path in ("1/partnerships/", "1/partnerships/citta-del-noi/", "1/register.sqlite"):
        assert client.get(f"/data/releases/{path}").status_code == 404
    assert client.get("/data/releases/?case=citta-del-noi").status_code == 200
