"""Reading the complete record: its size, its encoding, its depth, and where a fault is."""

import json
from io import BytesIO

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from exchange.faults import Fault
from exchange.files import FileError, open_document, open_table
from exchange.formats.complete import FORMAT

RECORD = {"title": "x", "unit": "case"}


def document(*records: object) -> bytes:
    return json.dumps({"format": FORMAT, "partnerships": records}).encode()


def faults(content: bytes, name: str = "x.json", **options: int) -> list[Fault]:
    with pytest.raises(FileError) as refused:
        open_document(BytesIO(content), name, **options)
    return refused.value.faults


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n "])
def test_a_document_is_read_with_or_without_a_byte_order_mark(mark: bytes) -> None:
    read = open_document(BytesIO(mark.rstrip() + document(RECORD)), "x.json")
    assert read["partnerships"] == [RECORD]
    assert read["sources"] == []


def test_faults_say_in_which_record_and_field_they_are() -> None:
    [found] = faults(document(RECORD, {**RECORD, "phases": [{"name": 1}]}))
    assert (found.line, found.column, found.reason) == (2, "phases[0].name", "phases[0].name: must be a text.")
    [found] = faults(document(RECORD, {"title": "x"}))
    assert (found.line, found.column, found.reason) == (2, "", "The record: “unit” is missing.")
    [found] = faults(b'{"format": "another"}')
    assert (found.line, FORMAT in found.reason) == (None, True)


@pytest.mark.parametrize(("day", "refused"), [("2026-03-04", False), ("2026-03-05", True), ("2999-12-31", True)])
def test_nothing_was_confirmed_or_handed_in_on_a_day_to_come(day: str, refused: bool) -> None:
    answered = {"phase": "A", "codebook": "1.0", "submitted": day}
    content = document(RECORD, {**RECORD, "last_confirmed": day, "assessments": [answered]})
    with time_machine.travel("2026-03-04 12:00Z"):
        if not refused:
            assert open_document(BytesIO(content), "x.json")
            return
        found = faults(content)
    assert [(one.line, one.column, one.value) for one in found] == [
        (2, "last_confirmed", day), (2, "assessments[0].submitted", day),
    ]  # fmt: skip
    assert found[0].reason == f"{day} is still to come. Write a day that has been, or leave it empty."


@pytest.mark.parametrize("day", ["soon", "2013-02-30", ""])
def test_what_is_no_day_is_found_where_it_is_read(day: str) -> None:
    assert open_document(BytesIO(document({**RECORD, "last_confirmed": day})), "x.json")


def test_no_more_faults_than_anybody_reads() -> None:
    assert len(faults(document(*[{}] * 500))) == 100


def test_attack_73_size_encoding_and_depth() -> None:
    assert "MB" in faults(b"{" + b" " * 100, max_bytes=50)[0].reason
    assert "line 2" in faults('{\n"città": 1}'.encode("latin-1"))[0].reason
    assert "too deeply" in faults(b'{"a":' * 200_000)[0].reason
    assert "JSON" in faults(b'{"format": ' + b"1" * 5000 + b"}")[0].reason


def test_attack_74_a_table_is_no_document_and_a_document_no_table() -> None:
    assert "no JSON document" in faults(b"title,unit\nx,case", "")[0].reason
    with pytest.raises(FileError, match="no table"):
        open_table(BytesIO(document(RECORD)), "", max_rows=1)


@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,0 \\u', max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        open_document(BytesIO(b"{" + content), "x.json")
