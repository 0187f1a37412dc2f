"""What is in the files: all that is public, nothing else, and each file says the same."""

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Organisation
from exchange.citations import of_release
from exchange.formats.complete import read
from exchange.models import Release
from exchange.releases import changes, places
from exchange.releases.making import make
from exchange.releases.schema import TABLES
from partnerships.models import (
    Assessment,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.record import complete, to_record
from tests import factories
from tests.exchange.releases.conftest import SECRET

pytestmark = pytest.mark.django_db


def text(name: str, number: int = 1) -> str:
    return (places.folder(number) / name).read_text(encoding="utf-8")


def ask(query: str, number: int = 1) -> list[Any]:
    with closing(sqlite3.connect(places.folder(number) / "register.sqlite")) as base:
        return base.execute(query).fetchall()


def test_every_file_holds_the_same_partnerships(whole: Partnership) -> None:
    release = make()
    slugs = sorted(Partnership.objects.published().values_list("slug", flat=True))

    document = read(text("partnerships.json"))
    table = csv.DictReader(text("partnerships.csv").lstrip("\ufeff").splitlines())
    assert [record["partnership_id"] for record in document["partnerships"]] == slugs
    assert sorted({row["partnership_id"] for row in table}) == slugs
    assert sorted(slug for (slug,) in ask("SELECT slug FROM records")) == slugs
    assert json.loads(ask("SELECT record FROM records WHERE slug = 'citta-del-noi'")[0][0]) == to_record(
        complete().get(pk=whole.pk)
    )
    assert release.counts["partnerships"] == len(slugs)


def test_counts_agree_with_the_register(whole: Partnership, secrets: None) -> None:
    release = make()
    public = Partnership.objects.published()

    assert release.counts == {
        "partnerships": public.count(),
        "partners": Partner.objects.filter(partnership__in=public).count(),
        "phases": Phase.objects.filter(partnership__in=public).count(),
        "statements": Statement.objects.filter(partnership__in=public).count(),
        "evidence": Evidence.objects.filter(partnership__in=public).count(),
        "assessments": Assessment.objects.submitted().filter(phase__partnership__in=public).count(),
        "checklists": ChecklistItem.objects.filter(phase__partnership__in=public).count(),
        "case_studies": CaseStudy.objects.filter(partnership__in=public).count(),
        "lessons": 1,
        "sources": Source.objects.used().count(),
        "organisations": Organisation.objects.filter(partner_in__partnership__in=public).distinct().count(),
    }
    assert {table.name: ask(f'SELECT count(*) FROM "{table.name}"')[0][0] for table in TABLES} == release.counts  # noqa: S608


def test_no_draft_and_no_person_is_in_any_file(whole: Partnership, secrets: None) -> None:
    make(by=factories.user("curator", email=f"{SECRET}m@example.org", name=SECRET))

    assert SECRET in str(list(Partnership.objects.values_list("title", flat=True)))
    for path in places.folder(1).iterdir():
        content = path.read_bytes()
        assert SECRET.lower().encode() not in content.lower(), path.name
        assert b"@example.org" not in content, path.name
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(BytesIO(content)) as book:
                assert not [name for name in book.namelist() if SECRET.encode() in book.read(name)]


def test_the_database_keeps_its_own_rules_and_what_the_register_works_out(whole: Partnership) -> None:
    make()

    assert ask("PRAGMA foreign_key_check") == []
    assert ask("PRAGMA integrity_check") == [("ok",)]
    found = ask("SELECT name, current, cell, adopted_by FROM phases WHERE partnership_id = 'citta-del-noi'")
    phases = whole.phases.order_by("order")
    assert [row[:3] for row in found] == [(one.name, int(one.current), one.cell) for one in phases]
    assert {name: by for name, _current, _cell, by in found} == {"Pilot": None, "Run": "curator", "Tender": None}
    voices = ask("SELECT phase, voice FROM assessments WHERE partnership_id = 'citta-del-noi' ORDER BY position")
    assert voices == [("Pilot", 1), ("Pilot", 1), ("Run", 1), ("Run", 2), ("Run", 3)]
    assert ask("SELECT part_of FROM partnerships WHERE partnership_id = 'citta-del-noi'") == [("the-whole",)]
    assert ask("SELECT number, licence, codebook FROM release") == [(1, "CC BY 4.0", "1.0")]


def test_the_codebook_of_the_day_is_there(whole: Partnership) -> None:
    make()
    book = json.loads(text("codebook.json"))

    assert book["version"] == "1.0"
    assert len(book["cells"]) == 9
    assert [axis["code"] for axis in book["axes"]] == ["design", "delivery"]
    assert {"UNITS", "AREAS", "MODELS", "SECTOR_LEVELS", "LESSON_THEMES"} <= book["vocabularies"].keys()
    assert book["vocabularies"]["UNITS"][0]["code"] == "case"
    assert [rule["number"] for rule in book["rules"]] == list(range(1, 8))


def test_the_package_describes_the_table_as_it_is(whole: Partnership) -> None:
    release = make()
    package = json.loads(text("datapackage.json"))
    resources = {resource["path"]: resource for resource in package["resources"]}

    header = text("partnerships.csv").lstrip("\ufeff").splitlines()[0]
    fields = {field["name"]: field for field in resources["partnerships.csv"]["schema"]["fields"]}
    assert [f'"{name}"' for name in fields] == header.split(",")
    assert fields["unit"]["constraints"]["enum"][:3] == ["case", "programme", "component"]
    assert fields["phase_order"]["type"] == "integer"
    assert fields["planned"] == fields["planned"] | {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    for file in release.files:
        if file["name"] in resources:
            assert resources[file["name"]]["hash"] == f"sha256:{file['sha256']}"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["title"] == of_release(release, release.made_at.date()).title


def test_citation_files_say_who_what_and_when(whole: Partnership) -> None:
    release = make()
    lines = dict(line.split(": ", 1) for line in text("CITATION.cff").splitlines())
    datacite = json.loads(text("datacite.json"))

    day = release.made_at.date().isoformat()
    assert json.loads(lines["cff-version"]) == "1.2.0"
    assert json.loads(lines["date-released"]) == day
    assert json.loads(lines["url"]) == "https://matrix.example/data/releases/1/"
    assert datacite["types"]["resourceTypeGeneral"] == "Dataset"
    assert datacite["dates"] == [{"date": day, "dateType": "Issued"}]
    assert [row["relationType"] for row in datacite["relatedIdentifiers"]] == ["IsVersionOf"]
    make()
    second = json.loads(text("datacite.json", 2))
    assert second["relatedIdentifiers"][1] == {
        "relatedIdentifier": "https://matrix.example/data/releases/1/",
        "relatedIdentifierType": "URL",
        "relationType": "IsNewVersionOf",
    }


# ---- What changed ----------------------------------------------------------------------------------------------------


def test_the_log_tells_what_came_changed_and_went(whole: Partnership) -> None:
    make()
    gone = factories.partnership("Gone *soon*")
    make(note="One came.")
    Partnership.objects.filter(pk=gone.pk).update(status="withdrawn")
    whole.partners.create(kind="private", name="A firm")
    factories.partnership("<b>New</b>")

    release = make()

    found = changes.Changes.from_dict(Release.objects.get(number=3).changes)
    assert found.since == 2
    assert [(row.slug, row.title) for row in found.added] == [("bnewb", "<b>New</b>")]
    assert [(row.slug, row.parts) for row in found.changed] == [("citta-del-noi", ("Who takes part",))]
    assert [row.title for row in found.withdrawn] == ["Gone *soon*"]
    log = text("CHANGELOG.md", 3)
    assert "Since release 2: 1 added, 1 changed, 1 no longer public." in log
    assert r"- \<b\>New\</b\> (`bnewb`)" in log
    assert "- Città del Noi (`citta-del-noi`): Who takes part" in log
    assert r"- Gone \*soon\* (`gone-soon`)" in log
    assert f"- Partnerships and examples: {release.counts['partnerships']}" in log
    assert "One came." in text("CHANGELOG.md", 2)


def test_a_field_that_only_a_newer_form_has_is_no_change(tmp_path: Path) -> None:
    for name, record in (("old", {"title": "A", "tags": []}), ("new", {"title": "A", "more": "", "tags": []})):
        with closing(sqlite3.connect(tmp_path / name)) as base, base:
            base.execute("CREATE TABLE records (slug TEXT PRIMARY KEY, record TEXT)")
            base.execute("INSERT INTO records VALUES ('a', ?)", (json.dumps(record),))

    assert changes.between(1, tmp_path / "old", tmp_path / "new") == changes.Changes(since=1)
