"""The flat record: its columns, its rows, how values stand in them."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from exchange.export import stream_csv
from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.values import FREE, NUMBER, STATEMENT
from partnerships.models import Partnership
from taxonomy.labels import LABELS

ORDER = (
    "partnership_id title aliases unit part_of summary countries nation place service_areas tags vehicle risk level "
    "nature effect interaction stages design_approach partners phase phase_order phase_starts phase_ends planned "
    "current design delivery possible_cells cell model professional_design professional_delivery "
    "professional_possible_cells professional_cell certainty confidence rationale source_title source_year "
    "source_url source_doi source_locator statement_kind stated_model stated_lens stated_cells stated_design "
    "stated_delivery hedge perspective reading last_confirmed url"
)
Log = Callable[..., Partnership]


def rows(text: str | None = None, **options: bool) -> list[dict[str, str]]:
    text = text if text is not None else "".join(stream_csv(Partnership.objects.all(), **options))
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_columns_stand_in_the_order_of_the_interchange_record() -> None:
    assert list(NAMES) == ORDER.split()


def test_every_column_says_what_it_means_and_knows_its_codes() -> None:
    for column in COLUMNS:
        assert str(column.meaning).endswith(".")
        assert all(name in LABELS or name == "COUNTRIES" for name in column.codes)


def test_a_partnership_in_one_row(log: Log, source: str) -> None:
    log(
        "brescia", title="Brescia Città del Noi", aliases=["A|B", "C"], unit="programme", countries=["IT", "GB"],
        service_areas=["07", "10.2"], last_confirmed="2024-05-06", summary="It is.\nTwo lines, with \"quotes\".",
        partners=[{"kind": "public", "name": "City", "lead": True}, {"kind": "citizens", "name": "People: all"}],
        phases=[{
            "name": "Pilot", "order": 3, "starts": "2012", "ends": "2014-06", "design": "shared", "delivery": "public",
            "certainty": "source_stated", "rationale": "Said so.", "professional_design": "professionals",
        }],
        statements=[{
            "phase": "Pilot", "source": source, "place": "p. 3", "kind": "hedged", "label": "Co-Governance",
            "cells": [8, 2], "design": "shared", "hedge": "most closely", "perspective": "authors", "reading": "A",
        }],
    )  # fmt: skip
    [row] = rows()
    assert {name: value for name, value in row.items() if value} == {
        "partnership_id": "brescia", "title": "Brescia Città del Noi", "aliases": "A\\|B|C", "unit": "programme",
        "summary": 'It is.\nTwo lines, with "quotes".', "countries": "IT|GB", "service_areas": "07|10.2",
        "partners": "*public:City|citizens:People\\: all", "phase": "Pilot", "phase_order": "3", "phase_starts": "2012",
        "phase_ends": "2014-06", "planned": "no", "current": "yes", "design": "shared", "delivery": "public",
        "possible_cells": "2", "cell": "2", "model": "co_governance", "professional_design": "professionals",
        "professional_possible_cells": "1|4|7", "certainty": "source_stated", "rationale": "Said so.",
        "source_title": "Report, 2nd edition", "source_year": "2012", "source_locator": "p. 3",
        "statement_kind": "hedged", "stated_model": "Co-Governance", "stated_lens": "sector", "stated_cells": "2|8",
        "stated_design": "shared", "hedge": "most closely", "perspective": "authors", "reading": "A",
        "last_confirmed": "2024-05-06", "url": "https://matrix.example/partnerships/brescia/",
    }  # fmt: skip


def test_rows_follow_phases_and_their_statements(log: Log, source: str) -> None:
    log(
        "x",
        phases=[{"name": "Later", "order": 2, "planned": True}, {"name": "First", "order": 1}],
        statements=[
            {"source": source, "kind": "movement", "from_cells": [7, 4], "to_cells": [5]},
            {"phase": "First", "source": source, "place": "1"},
            {"phase": "First", "source": source, "place": "2"},
        ],
    )
    found = [(row["phase"], row["source_locator"], row["stated_cells"], row["planned"]) for row in rows()]
    assert found == [
        ("First", "1", "", "no"),
        ("First", "2", "", "no"),
        ("Later", "", "", "yes"),
        ("", "", "4|7>5", ""),
    ]
    assert {row["title"] for row in rows()} == {"x"}


def test_sets_models_and_reasons(log: Log) -> None:
    inferred = {"certainty": "inferred", "confidence": "low", "reason": "A guess."}
    log(
        "x",
        phases=[
            {"name": "Label", "possible_cells": [2, 8], "design": "shared", **inferred},
            {"name": "Odd", "possible_cells": [7, "nobody"], **inferred},
            {"name": "Unplaced", "rationale": "Nothing is said."},
        ],
    )
    found = [(row["possible_cells"], row["cell"], row["model"], row["rationale"]) for row in rows()]
    assert found == [
        ("2|8", "", "co_governance", "A guess."), ("7|nobody", "", "", "A guess."), ("", "", "", "Nothing is said."),
    ]  # fmt: skip


def test_only_what_is_published_unless_asked(log: Log) -> None:
    draft = log("", title="Secret", published=False)
    parent = log("parent", published=False)
    log("child", part_of=parent.slug)
    assert [(row["partnership_id"], row["part_of"]) for row in rows()] == [("child", "")]
    everything = {row["partnership_id"]: row for row in rows(hidden=True)}
    assert everything.keys() == {"child", "parent", str(draft.uuid)}
    assert everything["child"]["part_of"] == "parent"
    assert everything[str(draft.uuid)]["url"] == ""


def test_formulas_come_out_as_text_and_numbers_as_numbers(log: Log, source: str) -> None:
    log(
        "x", title="=1+1", aliases=["@x"], nation="'-1", partners=[{"kind": "public", "name": "=cmd|' /C calc'!A0"}],
        statements=[{"source": source, "place": "-5", "hedge": "fine\n=1"}],
    )  # fmt: skip
    text = "".join(stream_csv(Partnership.objects.all()))
    assert '"\'=1+1","\'@x"' in text
    row = rows(text)[-1]
    assert (row["nation"], row["source_locator"], row["hedge"]) == ("''-1", "'-5", "'fine\n=1")
    assert row["partners"] == "public:=cmd\\|' /C calc'!A0"
    assert ',"Run",1,' in text


def test_columns_that_people_fill_are_the_ones_made_safe() -> None:
    assert {column.name for column in COLUMNS if column.form in FREE} >= {
        "title", "aliases", "summary", "nation", "place", "tags", "partners", "phase", "rationale", "source_title",
        "source_url", "source_doi", "source_locator", "stated_model", "hedge", "perspective", "reading",
    }  # fmt: skip
    assert {column.name for column in COLUMNS if column.form == NUMBER} == {
        "phase_order", "cell", "professional_cell", "source_year",
    }  # fmt: skip


def test_the_file_is_one_that_spreadsheets_read(log: Log, tmp_path: Path) -> None:
    log("x", title="Città")
    file = tmp_path / "x.csv"
    file.write_bytes("".join(stream_csv(Partnership.objects.all())).encode())
    assert file.read_bytes().startswith(b'\xef\xbb\xbf"partnership_id","title"')
    assert file.read_bytes().count(b"\r\n") == 2
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.DictReader(lines))["title"] == "Città"


@pytest.mark.usefixtures("source")
def test_queries_do_not_grow_with_the_register(log: Log, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    statement = {"source": "report", "phase": "Run"}
    for number in range(12):
        log(f"p{number}", partners=[{"kind": "public", "name": "City"}], statements=[statement])
    # Partnerships, partners, phases, statements.
    for some in (Partnership.objects.filter(slug="p1"), Partnership.objects.all()):
        with django_assert_num_queries(4):
            assert "".join(stream_csv(some))


def test_a_source_is_told_in_the_row_of_its_statement() -> None:
    assert [column.name for column in COLUMNS if column.owner == STATEMENT][:5] == [
        "source_title", "source_year", "source_url", "source_doi", "source_locator",
    ]  # fmt: skip
