"""The register as a workbook: the same table as the CSV file, its labels, what it means and where it comes from."""

import csv
import tempfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from exchange.export import stream_csv, stream_xlsx
from exchange.files import open_table
from exchange.files.workbook import unescape
from exchange.formats import sheets, xlsx
from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.complete import LICENCE
from exchange.formats.labels import LABEL_NAMES, labels_of
from partnerships.models import Partnership
from tests import factories

pytestmark = pytest.mark.django_db
Log = Callable[..., Partnership]
FORMULAS = [
    "=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1", "\u00a0=1", "fine\n=1", "=cmd|' /C calc'!A0", '=HYPERLINK("x")',
    '=IMPORTXML("x")', "#N/A", "'=1",
]  # fmt: skip


def content(**options: bool) -> bytes:
    return b"".join(stream_xlsx(Partnership.objects.all(), **options))


def book(**options: bool) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content(**options)))


def values(sheet: Worksheet) -> list[list[str | int]]:
    return [
        [unescape(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def table(**options: bool) -> list[list[str]]:
    text = "".join(stream_csv(Partnership.objects.all(), **options)).removeprefix("\ufeff")
    return list(csv.reader(StringIO(text, newline="")))


def register(log: Log, source: str) -> None:
    """A register with something in most columns."""
    log(
        "brescia", title="Brescia Città del Noi", countries=["IT"], service_areas=["07", "10.2"], aliases=["=x", "b|c"],
        partners=[{"kind": "public", "name": "City", "lead": True}], summary="Two\nlines, _x0041_ “and”.",
        phases=[
            {"name": "Pilot", "order": 1, "starts": "2012", "design": "shared", "delivery": "public",
             "certainty": "source_stated"},
            {"name": "Later", "order": 2, "starts": "2014-06"},
        ],
        statements=[{"phase": "Pilot", "source": source, "place": "-5", "cells": [2, 8]}],
    )  # fmt: skip
    log("leith", place="-")


def test_the_sheets_and_the_same_rows_as_the_table(log: Log, source: str) -> None:
    register(log, source)
    made = book()
    assert made.sheetnames == ["partnerships", "labels", "dictionary", "codes", "provenance"]
    assert [[str(cell) for cell in row] for row in values(made["partnerships"])] == table()


def test_what_is_written_is_read_back(log: Log, source: str) -> None:
    register(log, source)
    written = content()
    from_csv = open_table(BytesIO("".join(stream_csv(Partnership.objects.all())).encode()), "x.csv", max_rows=9)
    from_xlsx = open_table(BytesIO(written), "x.xlsx", max_rows=9)
    assert (from_xlsx.columns, from_xlsx.ignored) == (from_csv.columns, from_csv.ignored)
    assert list(from_xlsx.rows) == list(from_csv.rows)


def test_attack_68_no_cell_is_a_formula_and_numbers_are_numbers(log: Log, source: str) -> None:
    for number, text in enumerate(FORMULAS):
        log(
            f"p{number}", title=text, tags=[text], partners=[{"kind": "public", "name": text}],
            statements=[{"phase": "Run", "source": source, "place": text, "hedge": text}],
        )  # fmt: skip
    made = book()
    kinds = {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    titles = {row[NAMES.index("title")] for row in values(made["partnerships"])}
    assert {"'=1+1", "'-1", "'@x", "''=1", "'＝1", "'fine\n=1", "#N/A"} <= titles
    assert all(isinstance(row[NAMES.index("phase_order")], int) for row in values(made["partnerships"])[1:])


def test_attack_68_file_names_hold_nothing_that_people_typed(client: Client, log: Log) -> None:
    log("x", title='"; filename="=cmd.exe', countries=["IT"])
    with time_machine.travel("2026-03-04 12:00Z"):
        response = client.get("/data/partnerships.xlsx", {"country": "IT", "q": 'x"\r\nX-Evil: 1'})
    assert response["Content-Disposition"] == 'attachment; filename="partnerships-2026-03-04-selection.xlsx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == sheets.TYPE
    assert "X-Evil" not in response


def test_labels_stand_row_beside_row(log: Log, source: str) -> None:
    register(log, source)
    made = book()
    header, *rows = values(made["labels"])
    assert header == ["partnership_id", "title", "phase", *LABEL_NAMES]
    records = values(made["partnerships"])[1:]
    assert [row[0] for row in rows] == [row[0] for row in records]
    assert rows[0][header.index("countries_label")] == "Italy"
    assert rows[0][header.index("design_label")] == "Shared"


def test_the_dictionary_has_every_column_and_the_codes_every_code(log: Log) -> None:
    log("x")
    made = book()
    assert [row[0] for row in values(made["dictionary"])[1:]] == list(NAMES)
    assert [row[2] for row in values(made["dictionary"])[1:]] == [str(column.meaning) for column in COLUMNS]
    codes = {tuple(row) for row in values(made["codes"])}
    for column in COLUMNS:
        for name in column.codes:
            assert {(name.lower(), code, label) for code, label in labels_of(name).items()} <= codes


def test_the_provenance_says_which_partnerships_they_are(client: Client, log: Log) -> None:
    log("a", countries=["IT"], phases=[{"name": "One"}, {"name": "Two"}])
    log("b", countries=["GB"])
    with time_machine.travel("2026-03-04 12:00Z"):
        response = client.get("/data/partnerships.xlsx", {"country": "IT", "sort": "newest"})
        file = b"".join(response.streaming_content)
    said = dict(values(openpyxl.load_workbook(BytesIO(file))["provenance"]))
    assert said["Address of this file"] == "https://matrix.example/data/partnerships.xlsx?country=IT"
    assert said["The same on the site"] == "https://matrix.example/partnerships/?country=IT"
    assert (said["Filters"], said["Made on"], said["Licence"]) == ("Italy", "2026-03-04", LICENCE)
    assert (said["Partnerships"], said["Rows"]) == (1, 2)
    assert "2026" in said["How to cite"]


def test_of_a_year_it_says_what_current_means(client: Client, log: Log) -> None:
    log("a", phases=[{"name": "One", "starts": "2010"}])
    file = b"".join(client.get("/data/partnerships.xlsx", {"year": "2012"}).streaming_content)
    said = dict(values(openpyxl.load_workbook(BytesIO(file))["provenance"]))
    assert said["Year"].startswith("Chosen by how they stood in 2012.")
    assert "“current” marks the phase of today" in said["Year"]
    assert "Year" not in dict(values(book()["provenance"]))


def test_the_same_register_gives_the_same_bytes_on_the_same_day(log: Log, source: str) -> None:
    register(log, source)
    with time_machine.travel("2026-03-04 08:00Z", tick=False):
        morning = content()
    with time_machine.travel("2026-03-04 20:00Z", tick=False):
        assert content() == morning
    with time_machine.travel("2026-03-05 08:00Z", tick=False):
        assert content() != morning


def test_an_export_that_fails_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch, log: Log, tmp_path: Path) -> None:
    log("x")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail(*_: object, **__: object) -> None:
        assert list(tmp_path.iterdir())
        raise RuntimeError

    monkeypatch.setattr(xlsx, "write_codes", fail)
    with pytest.raises(RuntimeError):
        content()
    assert not list(tmp_path.iterdir())


def test_a_header_that_stays_in_sight(log: Log) -> None:
    log("x")
    made = book()
    assert {sheet.freeze_panes for sheet in made} == {"B2"}
    assert all(sheet["A1"].font.bold for sheet in made)


def test_only_what_is_published_and_no_proposed_change(log: Log) -> None:
    known = log("known")
    log("", title="Secret", published=False)
    Partnership.objects.filter(pk=log("", title="Proposal", published=False).pk).update(revises=known)
    for form in (lambda **o: [row[1] for row in table(**o)[1:]], lambda **o: [
        row[1] for row in values(book(**o)["partnerships"])[1:]
    ]):  # fmt: skip
        assert form() == ["known"]
        assert form(hidden=True) == ["known", "Secret"]
    assert "Do not publish it." in dict(values(book(hidden=True)["provenance"]))["Caution"]


def test_nobody_is_named(log: Log) -> None:
    officer = factories.user(email="canary@example.org", name="Canary Name")
    record = log("x")
    Partnership.objects.filter(pk=record.pk).update(created_by=officer, curator_note="canary")
    everything = [str(cell) for sheet in book() for row in values(sheet) for cell in row]
    assert not [cell for cell in everything if "canary" in cell.lower()]


def test_asking_for_the_headers_makes_no_file(
    client: Client, log: Log, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    log("x")
    for form in ("csv", "json", "xlsx"):
        with django_assert_num_queries(0):
            response = client.head(f"/data/partnerships.{form}")
        assert (response.status_code, response.content) == (200, b"")
        assert response["Content-Disposition"].endswith(f'.{form}"')


@pytest.mark.usefixtures("source")
def test_queries_do_not_grow_with_the_register(log: Log, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(6):
        log(f"p{number}", statements=[{"source": "report", "phase": "Run"}])
    for some in (Partnership.objects.filter(slug="p1"), Partnership.objects.all()):
        # The four of the table; the citation asks for none.
        with django_assert_num_queries(4):
            assert b"".join(stream_xlsx(some))


def test_the_shell_writes_a_workbook_and_no_text(log: Log, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    log("x")
    call_command("export_partnerships", format="xlsx")
    written = capsysbinary.readouterr().out
    assert openpyxl.load_workbook(BytesIO(written))["partnerships"]["A2"].value == "x"
    with pytest.raises(CommandError, match="Send it to a file"):
        call_command("export_partnerships", format="xlsx", stdout=StringIO())


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    encoded = sheets.encoded(text)
    halves = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert unescape(encoded) in (text, halves)
