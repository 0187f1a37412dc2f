"""Plain words beside codes: columns in the table, lists of codes in the complete record, a sheet in the workbook."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.test import Client

from exchange.export import stream_csv, stream_json
from exchange.files import open_document, open_table
from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.complete import FormatError, read
from exchange.formats.labels import CODED, LABEL_NAMES, VOCABULARIES, codes, label, labels_of
from partnerships.models import Partnership
from partnerships.models.fields import CodeField, CodesField

Log = Callable[..., Partnership]


def labelled() -> list[dict[str, str]]:
    text = "".join(stream_csv(Partnership.objects.all(), labels=True))
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def value(name: str, code: str) -> str:
    return label(next(column for column in COLUMNS if column.name == name), code)


def test_every_coded_column_has_a_label_and_labels_stand_after_all_others(log: Log) -> None:
    log("x")
    [row] = labelled()
    assert tuple(row) == (*NAMES, *LABEL_NAMES)
    assert {name.removesuffix("_label") for name in LABEL_NAMES} == {column.name for column in CODED}
    assert {"unit_label", "countries_label", "partners_label", "model_label", "stated_design_label"} < set(LABEL_NAMES)


def test_labels_are_plain_words_and_lists_of_them_are_joined(log: Log, source: str) -> None:
    log(
        "x", unit="case", countries=["IT", "GB"], partners=[{"kind": "public", "name": "City"}, {"kind": "citizens"}],
        phases=[{"name": "Run", "design": "shared", "delivery": "shared", "certainty": "source_stated"}],
        statements=[{"phase": "Run", "source": source, "lens": "professional", "design": "users_or_community"}],
    )  # fmt: skip
    [row] = labelled()
    assert row["unit_label"] == labels_of("UNITS")["case"]
    assert row["countries_label"] == "Italy|United Kingdom"
    assert row["partners_label"] == "Public body: City|Citizens"
    assert (row["design_label"], row["model_label"]) == ("Shared", labels_of("MODELS")[row["model"]])
    assert (row["stated_design_label"], row["vehicle_label"]) == ("Users or community", "")


def test_attack_67_labels_of_what_people_typed_are_no_formulas(log: Log) -> None:
    log("x", partners=[{"kind": "public", "name": "a\n=1+1"}])
    assert labelled()[0]["partners_label"] == "'Public body: a\n=1+1"


def test_a_code_that_is_not_known_stays_as_it_is() -> None:
    assert value("unit", "gone") == "gone"
    assert value("countries", "IT|XX") == "Italy|XX"


def test_without_the_parameter_no_byte_is_another(log: Log, client: Client) -> None:
    log("x", countries=["IT"])
    for form in ("csv", "json"):
        plain, asked, odd = (
            b"".join(client.get(f"/data/partnerships.{form}{query}").streaming_content)
            for query in ("", "?labels=1", "?labels=0")
        )
        assert plain == odd != asked
        assert b"label" not in plain.replace(b'"label"', b"")
        assert b'"codes"' not in plain


def test_a_table_with_labels_is_read_as_one_without(log: Log) -> None:
    log("x", countries=["IT"], unit="programme")
    plain, labelled_one = (
        open_table(BytesIO("".join(stream_csv(Partnership.objects.all(), labels=labels)).encode()), "", max_rows=9)
        for labels in (False, True)
    )
    assert plain.columns == labelled_one.columns
    assert list(plain.rows) == list(labelled_one.rows)
    assert (plain.ignored, labelled_one.ignored) == (("url",), ("url", *LABEL_NAMES))


@pytest.mark.django_db
def test_the_complete_record_tells_what_its_codes_mean_and_is_read_without(log: Log) -> None:
    log("x")
    text = "".join(stream_json(Partnership.objects.all(), labels=True))
    content = json.loads(text)
    assert list(content) == ["format", "licence", "codes", "sources", "organisations", "partnerships"]
    assert content["codes"]["units"]["case"] == labels_of("UNITS")["case"]
    assert content["codes"]["countries"]["IT"] == "Italy"
    plain = read("".join(stream_json(Partnership.objects.all())))
    assert read(text) == plain == open_document(BytesIO(text.encode()), "x.json")
    with pytest.raises(FormatError, match="codes"):
        read('{"format": "co-production-matrix/1", "partnerships": [], "codes": []}')


def test_every_vocabulary_of_a_record_is_told() -> None:
    from django.apps import apps

    models = apps.get_app_config("partnerships").get_models()
    fields = {
        field.vocabulary
        for model in models if not model.__name__.startswith("Historical")
        for field in model._meta.get_fields() if isinstance(field, CodeField | CodesField)
    }  # fmt: skip
    # The state of a record, and fields of tables that are in no record.
    assert fields - set(VOCABULARIES) <= {"STATUSES", "MODELS", "LENSES"}
    assert set(codes()) == {name.lower() for name in VOCABULARIES}
