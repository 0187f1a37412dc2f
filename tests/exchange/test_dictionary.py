"""The data dictionary: every field of every form is explained."""

import csv

import pytest
from django.test import Client

from exchange import dictionary
from exchange.formats import shape
from exchange.formats.columns import NAMES


@pytest.mark.parametrize("part", dictionary.PARTS, ids=lambda part: part.anchor)
def test_every_field_has_a_meaning_and_no_meaning_lacks_a_field(part: dictionary.Part) -> None:
    assert set(part.meanings) == set(part.fields.of)
    assert all(str(meaning).strip().endswith(".") for meaning in part.meanings.values())


def test_every_object_of_the_record_is_a_part() -> None:
    def objects(fields: shape.Fields) -> set[int]:
        inner = [getattr(kind, "item", kind) for kind in fields.of.values()]
        return {id(fields)}.union(*(objects(kind) for kind in inner if isinstance(kind, shape.Fields)))

    assert objects(shape.DOCUMENT) == {id(part.fields) for part in dictionary.PARTS}


def test_codes_and_objects_lead_to_where_they_are_explained() -> None:
    anchors = {found.anchor for found in dictionary.code_lists()} | {part.anchor for part in dictionary.PARTS}
    for part in dictionary.part_entries():
        for field in part.fields:
            assert {anchor for anchor, _title in field.lists} <= anchors
            assert field.part is None or field.part[0] in anchors
    found = {(part.anchor, field.name): field for part in dictionary.part_entries() for field in part.fields}
    assert found["record-partnership", "phases"].part[0] == "record-phase"
    assert found["record-partnership", "phases"].form == "A list of objects"
    assert found["record-partner", "roles"].form == "A list of codes"
    assert found["record-statement", "source"].required


@pytest.mark.django_db
def test_the_dictionary_is_a_file_too(client: Client) -> None:
    response = client.get("/data/dictionary.csv")
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))

    assert response["Content-Disposition"] == 'attachment; filename="dictionary.csv"'
    assert [row["name"] for row in rows if row["where"] == "table"] == list(NAMES)
    unit = next(row for row in rows if row["name"] == "unit")
    assert unit["codes"].startswith("case: ")
    assert {row["where"] for row in rows} >= {"partnership", "phase", "statement", "source", "lesson"}
    assert all(row["meaning"] and row["written_as"] for row in rows)
