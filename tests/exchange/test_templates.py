"""Tables to fill in: a blank one for everybody, and one with an organisation's own records for its people."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from exchange.export import STREAMS
from exchange.files import FileError, open_table
from exchange.formats.columns import COLUMNS
from exchange.merging import SourceBook, merge
from partnerships.models import Partnership
from tests import factories

pytestmark = pytest.mark.django_db
Log = Callable[..., Partnership]
FILLED = [column.name for column in COLUMNS if not column.derived]


def body(response: HttpResponse) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body(response).decode("utf-8-sig"), newline="")))


@pytest.fixture
def officer() -> User:
    return factories.user()


def mine(client: Client, user: User, form: str = "csv") -> HttpResponse:
    client.force_login(user)
    return client.get(f"/my/partnerships.{form}")


def keep(partnership: Partnership, user: User) -> Partnership:
    Partnership.objects.filter(pk=partnership.pk).update(organisation=user.organisation)
    return partnership


# ---- Blank -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("query", "name"), [("", "partnerships-template"), ("?all=1", "partnerships-template-full")])
def test_a_blank_table_is_for_everybody_and_asks_the_register_nothing(
    client: Client, form: str, query: str, name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(f"/data/template.{form}{query}")
        content = body(response)
    assert response["Content-Disposition"] == f'attachment; filename="{name}.{form}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(FileError, match="no rows below it"):
        open_table(BytesIO(content), f"template.{form}", max_rows=1)


SHORT = [
    "title", "unit", "countries", "place", "service_areas", "partners", "phase_starts", "phase_ends", "design",
    "delivery", "rationale",
]  # fmt: skip


def test_the_short_table_has_what_a_draft_needs_with_an_example_of_it(client: Client) -> None:
    header = body(client.get("/data/template.csv")).decode("utf-8-sig")
    book = openpyxl.load_workbook(BytesIO(body(client.get("/data/template.xlsx"))))

    assert next(csv.reader([header])) == [cell.value for cell in book["partnerships"][1]] == SHORT
    assert book.sheetnames == ["partnerships", "example", "dictionary", "codes"]
    names, meanings, example = book["example"].iter_rows()
    assert [cell.value for cell in names] == SHORT
    assert all(cell.value for cell in meanings)
    assert {cell.font.color.rgb for cell in example if cell.value} == {"FF666666"}
    offered = {str(each.sqref)[0]: each.formula1 for each in book["partnerships"].data_validations.dataValidation}
    assert offered.keys() == {"B", "I", "J"}
    first, last = offered["B"].removeprefix("codes!").replace("$", "").split(":")
    assert "case" in [cell.value for (cell,) in book["codes"][f"{first}:{last}"]]


def test_the_example_can_be_brought_in_as_it_stands(client: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(body(client.get("/data/template.xlsx"))))
    book["partnerships"].append([cell.value for cell in book["example"][3]])
    file = BytesIO()
    book.save(file)

    table = open_table(file, "filled.xlsx", max_rows=9)
    merged = merge(list(table.rows), table.columns, None, SourceBook())

    assert merged.faults == ()
    assert merged.record["service_areas"] == ["07", "10.2"]
    assert [partner["name"] for partner in merged.record["partners"]] == ["Leeds City Council", "Residents of Beeston"]
    assert merged.record["phases"][0]["certainty"] == "self_reported"


def test_the_blank_table_has_the_columns_that_people_fill(client: Client) -> None:
    header = body(client.get("/data/template.csv?all=1")).decode("utf-8-sig")
    assert next(csv.reader([header])) == FILLED
    assert {"cell", "model", "current", "professional_cell", "url"}.isdisjoint(FILLED)


def test_the_blank_workbook_explains_each_column_and_offers_codes(client: Client) -> None:
    book = openpyxl.load_workbook(BytesIO(body(client.get("/data/template.xlsx?all=1"))))
    assert book.sheetnames == ["partnerships", "dictionary", "codes"]
    assert [cell.value for cell in book["partnerships"][1]] == FILLED
    assert [row[0].value for row in book["dictionary"].iter_rows(min_row=2)] == FILLED
    offered = {
        FILLED[openpyxl.utils.column_index_from_string(str(each.sqref).split(":")[0].rstrip("0123456789")) - 1]: each
        for each in book["partnerships"].data_validations.dataValidation
    }
    assert offered.keys() == {
        column.name for column in COLUMNS if not column.derived
        and (column.form == "yes_no" or (column.form == "code" and column.codes))
    }  # fmt: skip
    assert offered["planned"].formula1 == '"yes,no"'
    assert offered["stated_design"].formula1.count("shared") == 1
    for name in ("unit", "vehicle", "stated_lens"):
        first, last = offered[name].formula1.removeprefix("codes!").replace("$", "").split(":")
        cells = [cell.value for (cell,) in book["codes"][f"{first}:{last}"]]
        [vocabulary] = next(column.codes for column in COLUMNS if column.name == name)
        around = [row for row in book["codes"].iter_rows(min_row=2, values_only=True) if row[0] == vocabulary.lower()]
        assert cells == [row[1] for row in around]


# ---- Own -------------------------------------------------------------------------------------------


def test_own_records_are_for_people_who_signed_in(client: Client) -> None:
    response = client.get("/my/partnerships.csv")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/sign-in/?next=")


def test_own_records_with_drafts_and_nobody_elses(client: Client, log: Log, officer: User) -> None:
    keep(log("ours"), officer)
    draft = keep(log("", title="Our draft", published=False), officer)
    log("theirs")
    keep(log("", title="Their draft", published=False), factories.user())
    with time_machine.travel("2026-03-04 12:00Z"):
        response = mine(client, officer)
    assert response["Content-Disposition"] == 'attachment; filename="my-partnerships-2026-03-04.csv"'
    assert [row["partnership_id"] for row in rows(response)] == ["ours", str(draft.uuid)]
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_curators_too_get_only_what_their_organisation_keeps(client: Client, log: Log, role: str) -> None:
    log("library")
    keep(log("", title="Draft of others", published=False), factories.user())
    curator = factories.user(role)
    assert rows(mine(client, curator)) == []
    curator.organisation = factories.organisation()
    curator.save()
    keep(log("ours"), curator)
    assert [row["partnership_id"] for row in rows(mine(client, curator))] == ["ours"]


def test_somebody_without_an_organisation_gets_what_they_began(client: Client, log: Log) -> None:
    person = factories.user(organisation=None)
    Partnership.objects.filter(pk=log("", title="Mine", published=False).pk).update(created_by=person)
    keep(log("", title="Kept by others", published=False), factories.user())
    Partnership.objects.filter(title="Kept by others").update(created_by=person)
    assert [row["title"] for row in rows(mine(client, person))] == ["Mine"]


def test_a_proposed_change_is_no_record_of_its_own(client: Client, log: Log, officer: User) -> None:
    ours = keep(log("ours"), officer)
    Partnership.objects.filter(pk=keep(log("", published=False), officer).pk).update(revises=ours)
    assert [row["partnership_id"] for row in rows(mine(client, officer))] == ["ours"]


def test_a_parent_is_named_where_it_is_own_or_public(client: Client, log: Log, officer: User) -> None:
    own = keep(log("", title="Own", published=False), officer)
    foreign = keep(log("", title="Foreign", published=False), factories.user())
    public = log("public")
    for slug, parent in (("a", own), ("b", foreign), ("c", public)):
        child = keep(log(slug), officer)
        Partnership.objects.filter(pk=child.pk).update(part_of=parent)
    parents = {row["partnership_id"]: row["part_of"] for row in rows(mine(client, officer))}
    assert [parents[slug] for slug in "abc"] == [str(own.uuid), "", "public"]


def test_possible_cells_stand_only_where_they_say_more_than_the_responsibilities(
    client: Client, log: Log, officer: User
) -> None:
    stated = {"certainty": "source_stated"}
    phases = [
        {"name": "Both", "order": 1, "design": "shared", "delivery": "public", **stated},
        {"name": "One", "order": 2, "design": "shared", **stated},
        {"name": "Set", "order": 3, "possible_cells": [2, 8], **stated},
        {"name": "Narrowed", "order": 4, "design": "shared", "possible_cells": [2, 5], **stated},
        {"name": "Profession", "order": 5, "professional_design": "professionals", **stated},
    ]
    keep(log("x", phases=phases), officer)
    found = {
        row["phase"]: row["possible_cells"] + row["professional_possible_cells"] for row in rows(mine(client, officer))
    }
    assert found == {"Both": "", "One": "", "Set": "2|8", "Narrowed": "2|5", "Profession": ""}


def test_the_own_workbook_is_the_blank_one_with_rows(client: Client, log: Log, officer: User) -> None:
    keep(log("ours", title="=1+1", countries=["IT"]), officer)
    content = body(mine(client, officer, "xlsx"))
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["partnerships", "dictionary", "codes"]
    assert book["partnerships"].data_validations.dataValidation
    [row] = open_table(BytesIO(content), "x.xlsx", max_rows=9).rows
    assert (row.cells["partnership_id"], row.cells["title"], row.cells["countries"]) == ("ours", "=1+1", "IT")
    [same] = open_table(BytesIO(body(mine(client, officer))), "x.csv", max_rows=9).rows
    assert same == row


def test_attack_67_own_records_hold_no_formula(client: Client, log: Log, officer: User) -> None:
    keep(log("ours", title="@SUM(A1)"), officer)
    assert rows(mine(client, officer))[0]["title"] == "'@SUM(A1)"


def test_queries_do_not_grow_with_what_is_kept(
    client: Client, log: Log, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        keep(log(f"p{number}"), officer)
    client.force_login(officer)
    # Session, person, keys of the own records, and the four of the table.
    with django_assert_max_num_queries(7):
        assert body(client.get("/my/partnerships.csv"))


@pytest.mark.parametrize("address", ["/data/template.csv", "/data/template.xlsx", "/my/partnerships.csv"])
def test_asking_for_the_headers_makes_no_file(client: Client, officer: User, address: str) -> None:
    client.force_login(officer)
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/data/template.json", "/my/partnerships.json", "/data/template.xls", "/my/partnerships.x"]
)
def test_other_forms_are_not_there(client: Client, officer: User, address: str) -> None:
    client.force_login(officer)
    assert client.get(address).status_code == 404
    assert set(STREAMS) == {"csv", "json", "xlsx"}
