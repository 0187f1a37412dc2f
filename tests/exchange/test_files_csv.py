"""Reading CSV files: what spreadsheets save is taken, what cannot be read is refused with its row and a remedy."""

import tracemalloc
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.faults import Fault
from exchange.files import FileError, Row, Table, form_of, open_table
from exchange.files.shapes import MAX_FAULTS
from exchange.formats.columns import NAMES
from exchange.formats.flat import BYTE_ORDER_MARK, text
from exchange.formats.labels import LABEL_NAMES
from exchange.formats.notation import UNWRITABLE, make_safe


def opened(content: str | bytes, name: str = "table.csv", *, max_rows: int = 1000) -> Table:
    return open_table(BytesIO(content.encode() if isinstance(content, str) else content), name, max_rows=max_rows)


def rows(content: str | bytes, name: str = "table.csv", **options: int) -> list[Row]:
    return list(opened(content, name, **options).rows)


def faults(content: str | bytes, name: str = "table.csv", **options: int) -> list[Fault]:
    with pytest.raises(FileError) as refused:
        rows(content, name, **options)
    assert all(fault.reason.endswith(".") for fault in refused.value.faults)
    return refused.value.faults


def fault(content: str | bytes, name: str = "table.csv", **options: int) -> Fault:
    [only] = faults(content, name, **options)
    return only


# ---- What is taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_attack_73_whatever_a_spreadsheet_saves_is_read(delimiter: str, end: str, encoding: str) -> None:
    lines = [delimiter.join(cells) for cells in (["title", "unit"], ['"Città, a;b\tc"', "case"])]
    table = opened((end.join(lines) + end).encode(encoding))
    assert (table.form, table.columns, table.ignored) == ("csv", ("title", "unit"), ())
    assert list(table.rows) == [Row(2, {"title": "Città, a;b\tc", "unit": "case"})]


def test_names_of_columns_in_capitals_and_with_blanks_around_are_known() -> None:
    assert opened(" Title ;UNIT\nx;case").columns == ("title", "unit")


def test_labels_and_addresses_are_passed_over_and_told() -> None:
    table = opened("title,unit,unit_label,url\nx,case,A case,https://example.org")
    assert (table.columns, table.ignored) == (("title", "unit"), ("unit_label", "url"))
    assert [row.cells for row in table.rows] == [{"title": "x", "unit": "case"}]
    assert opened(",".join((*NAMES, *LABEL_NAMES)) + "\nx").ignored == ("url", *LABEL_NAMES)


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    found = rows('title,unit\n\n"two\nlines",case\n,\n  ,  \nlast,case\n')
    assert [(row.line, row.cells["title"]) for row in found] == [(3, "two\nlines"), (6, "last")]


def test_short_rows_are_empty_at_their_end_and_columns_without_a_name_may_be_empty() -> None:
    assert rows("title,unit,,place,\nx,case\ny,case,,Leith,,,\n") == [
        Row(2, {"title": "x", "unit": "case", "place": ""}), Row(3, {"title": "y", "unit": "case", "place": "Leith"}),
    ]  # fmt: skip


def test_codes_lose_blanks_around_them_and_texts_do_not() -> None:
    [row] = rows("title,unit,countries,phase_starts\n x , case , IT|GB , 2013 ")
    assert row.cells == {"title": " x ", "unit": "case", "countries": "IT|GB", "phase_starts": "2013"}


def test_attack_67_the_apostrophe_of_an_export_comes_off_and_any_other_stays() -> None:
    [row] = rows("title,unit,place,nation\n'=1+1,case,''=1,'s-Hertogenbosch")
    assert [row.cells[name] for name in ("title", "place", "nation")] == ["=1+1", "'=1", "'s-Hertogenbosch"]


def test_attack_69_a_formula_stored_as_text_is_text() -> None:
    [row] = rows("title,unit\n=HYPERLINK(A1),case")
    assert row.cells["title"] == "=HYPERLINK(A1)"


def test_rows_that_change_known_records_need_no_title() -> None:
    assert opened("partnership_id,place\nbrescia,Brescia").columns == ("partnership_id", "place")


# ---- What is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\n\n,,\n", "empty"), (b"title,unit\n\n", "no rows")],
)
def test_attack_73_nothing_to_read(content: bytes, words: str) -> None:
    assert words in fault(content).reason


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_attack_73_other_encodings_are_refused_with_row_and_remedy(encoding: str) -> None:
    found = fault("title,unit\nplain,case\nCittà,case\nperò,case".encode(encoding))
    assert (found.line, found.column, found.value) == (3, "title", "Città")
    assert "Save it as “CSV UTF-8”" in found.reason


def test_attack_73_an_encoding_is_refused_in_the_header_too() -> None:
    assert fault("title,unit,città\nx,case,y".encode("latin-1")).line == 1


def test_attack_73_a_strange_byte_is_found_in_row_90_000() -> None:
    content = b"title,unit\n" + b"x,case\n" * 89_998 + b"\xff,case\n" + b"x,case\n" * 10
    found = fault(content, max_rows=100_000)
    assert (found.line, found.column) == (90_000, "title")


def test_attack_73_half_a_letter_at_the_end_of_utf_16() -> None:
    assert fault("title,unit\nx,case".encode("utf-16") + b"\x41").line == 2


def test_attack_73_a_quotation_mark_that_is_never_closed_is_named_by_its_row() -> None:
    found = fault('title,unit\nfine,case\n"open,case\n' + "x,case\n" * 50)
    assert (found.line, "never closed" in found.reason) == (3, True)
    # So far apart that the rest of the file would be one cell.
    found = fault('title,unit\nfine,case\n"open,case\n' + "x,case\n" * 50_000)
    assert (found.line, "never closed" in found.reason) == (3, True)
    assert fault('title,unit\n"a"b,case\n').line == 2


def test_attack_73_one_huge_field() -> None:
    assert "20 MB" in fault(b"title,unit\n" + b"x" * 50_000_000).reason
    assert fault(b"title,unit\n" + b"x" * 15_000_000).line == 2
    assert fault(b'title,unit\n"' + b"x\n" * 5_000_000 + b'"').line == 2
    found = fault("title,unit\n" + "x" * 40_000 + ",case")
    assert (found.column, "40000 characters" in found.reason, len(found.value)) == ("title", True, 80)


def test_attack_73_a_million_columns() -> None:
    assert "1000000 columns" in fault(b"a," * 999_999 + b"a\nx\n").reason
    assert fault(b"title,unit\n" + b"x," * 1_000_000).column == "C"


def test_attack_73_control_characters_are_named_by_row_and_column() -> None:
    found = faults("title,unit\na\0,case\nb,case\nc,case\x1b\n")
    assert [(each.line, each.column, each.value) for each in found] == [(2, "title", "a□"), (4, "unit", "case□")]
    assert "U+0000" in found[0].reason


def test_attack_73_headers_that_are_missing_or_there_twice() -> None:
    assert [each.column for each in faults("place\nx")] == ["title", "unit"]
    assert "twice" in fault("title,unit,Title\nx,case,y").reason


def test_attack_76_columns_that_are_not_ours_are_refused_by_name() -> None:
    strangers = ["id", "owner", "status", "created_by", "is_published", "organisation", "version"]
    assert [each.column for each in faults(",".join(["title", "unit", *strangers]) + "\nx")] == strangers
    assert "“title”" in faults("titel,unit\nx,case")[0].reason
    assert "“partnership_id”" in faults("title,unit,Partnership ID\nx,case,y")[0].reason


def test_a_value_beyond_the_header_is_refused() -> None:
    found = fault("title,unit\nx,case,,more\n")
    assert (found.line, found.column, found.value) == (2, "D", "more")


def test_faults_are_listed_together_up_to_a_limit() -> None:
    assert len(faults("title,unit\n" + "x,case,more\n" * 500)) == MAX_FAULTS


def test_empty_lines_without_end() -> None:
    assert "a million rows" in fault(b"title,unit\nx,case\n" + b"\n" * 1_100_000).reason


def test_more_rows_than_wanted() -> None:
    assert len(rows("title,unit\n" + "x,case\n" * 3, max_rows=3)) == 3
    assert fault("title,unit\n" + "x,case\n" * 4, max_rows=3).line == 5


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + b"\0" * 60, "table.csv", "a program"),
        (b"\x7fELF\x02", "table.csv", "a program"),
        (b"<!DOCTYPE html><table></table>", "table.csv", "web page"),
        (b"\xef\xbb\xbf \n<html>", "table.csv", "web page"),
        (b"%PDF-1.7", "table.csv", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "table.xls", "old Excel format"),
        (b"title,unit\nx,case", "table.exe", "“.exe”"),
        (b"title,unit\nx,case", "table.xlsm", "“.xlsm”"),
        (b"title,unit\nx,case", "table.xlsx", "a CSV table"),
        (b'{"format": 1}', "table.csv", "a JSON document"),
        (b"PK\x03\x04", "table.csv", "an XLSX workbook"),
    ],
)
def test_attack_74_a_file_is_what_its_bytes_say(content: bytes, name: str, words: str) -> None:
    assert words in fault(content, name).reason


@pytest.mark.parametrize(
    "name",
    [
        "../../x.csv",
        "C:\\x.csv",
        "a" * 300 + ".csv",
        "x\0.csv",
        "📊.CSV",
        "",
        "no ending",
        "a.b/c",
        "x.csv\r\nX: y.csv",
    ],
)
def test_attack_75_a_name_is_only_looked_at_for_its_ending(name: str) -> None:
    assert form_of(BytesIO(b"title,unit\nx,case"), name) == "csv"


def test_a_file_may_be_read_again_and_stays_open() -> None:
    file = BytesIO(b"title,unit\nx,case")
    assert len(list(open_table(file, "", max_rows=1).rows)) == len(list(open_table(file, "", max_rows=1).rows)) == 1
    assert not file.closed


# ---- Properties ------------------------------------------------------------------------------------


@given(st.binary(max_size=400) | st.text(alphabet='title,unt\n\r";\t\0é', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"title,unit\n", b"\xff\xfet\0", b"PK\x03\x04"):
        with suppress(FileError):
            rows(start + content)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_text_that_an_export_writes_is_read_back(titles: list[str]) -> None:
    titles = [UNWRITABLE.sub("", title).replace("\r", "\n") + "." for title in titles]
    table = text([["title", "unit"], *([make_safe(title), "case"] for title in titles)])
    assert [row.cells["title"] for row in rows(BYTE_ORDER_MARK + table)] == titles


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    with file.open("w") as lines:
        lines.write("title,unit,summary\n")
        lines.writelines(f"Title {number},case,{'words ' * 200}\n" for number in range(4_000))
    with file.open("rb") as stream:
        tracemalloc.start()
        count = sum(1 for _ in open_table(stream, file.name, max_rows=4_000).rows)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 4_000
    assert peak < file.stat().st_size / 10
