"""Reading XLSX files: the values that people see, and no bomb, formula, macro or merged cell."""

import struct
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from exchange.faults import Fault
from exchange.files import MAX_ENTRIES, FileError, Row, Table, open_table, workbook, xml_events
from exchange.files import xlsx_rows as reader
from exchange.formats import sheets
from exchange.formats.notation import UNWRITABLE, make_safe

HEADER = ["title", "unit"]
TODAY = date(2026, 3, 4)


def book(*rows: Iterable[Any], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook as a spreadsheet saves it, with these rows below a header of title and unit."""
    made = openpyxl.Workbook()
    for row in (HEADER, *rows):
        made.active.append(row)
    if change:
        change(made.active)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The workbook with parts put in, replaced or (None) taken out; ``sheet`` is the first sheet."""
    parts = {{"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml"}.get(k, k): v for k, v in parts.items()}
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            data = parts[name] if name in parts else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return file.getvalue()


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook whose sheet has this XML below its header."""
    head = '<c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="inlineStr"><is><t>unit</t></is></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData><row r="1">{head}</row>{rows}</sheetData>{after}</worksheet>'
    return repacked(book(), sheet=xml.encode())


def opened(content: bytes, *, max_rows: int = 100_000) -> Table:
    return open_table(BytesIO(content), "table.xlsx", max_rows=max_rows)


def rows(content: bytes) -> list[Row]:
    return list(opened(content).rows)


def faults(content: bytes) -> list[Fault]:
    with pytest.raises(FileError) as refused:
        rows(content)
    assert all(fault.reason.endswith(".") for fault in refused.value.faults)
    return refused.value.faults


def fault(content: bytes) -> Fault:
    [only] = faults(content)
    return only


def in_a_row(content: bytes) -> dict[str, str]:
    [row] = rows(content)
    return row.cells


@contextmanager
def memory(most: int) -> Iterator[None]:
    """What is done inside needs no more memory than this at any moment."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def with_texts(xml: str, rows_: str) -> bytes:
    """A workbook whose cells point into a table of texts, as Excel writes it."""
    part, kind = "xl/_rels/workbook.xml.rels", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="texts" Type="{kind}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    content = sheet(rows_)
    with ZipFile(BytesIO(content)) as old:
        relations = old.read(part).replace(b"</Relationships>", relation.encode())
    return repacked(content, **{part: relations, "xl/sharedStrings.xml": xml.encode()})


ONE_TEXT = '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>'


# ---- What is taken ---------------------------------------------------------------------------------


def test_a_table_is_read_with_the_row_numbers_of_the_sheet() -> None:
    table = opened(book(["Città", "case"], [], ["Leith", "case"]))
    assert (table.form, table.columns, table.ignored) == ("xlsx", ("title", "unit"), ())
    assert list(table.rows) == [
        Row(2, {"title": "Città", "unit": "case"}), Row(4, {"title": "Leith", "unit": "case"}),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "title"), [("Partnerships ", "named"), ("Other", "first")])
def test_the_sheet_is_the_named_one_or_else_the_first_that_shows(name: str, title: str) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Hidden"
    made.active.sheet_state = "hidden"
    for sheet_name, text in (("Table", "first"), (name, "named")):
        page = made.create_sheet(sheet_name)
        page.append(HEADER)
        page.append([text, "case"])
    made.active = 1
    file = BytesIO()
    made.save(file)
    assert in_a_row(file.getvalue())["title"] == title


@pytest.mark.parametrize(
    ("value", "text"),
    [(2013.0, "2013"), (2013, "2013"), (0.5, "0.5"), (-3, "-3"), (1e20, "1e+20"), (True, "yes"), (False, "no")],
)
def test_numbers_and_truth_values_become_texts(value: object, text: str) -> None:
    assert in_a_row(book([value, "case"]))["title"] == text


@pytest.mark.parametrize(
    ("format", "text"), [("yyyy-mm-dd", "2013-04-01"), ("d mmm", "2013-04-01"), ("mmm-yy", "2013-04"), ("yyyy", "2013")]
)
def test_dates_are_read_as_exactly_as_they_show(format: str, text: str) -> None:  # noqa: A002
    def dated(page: Worksheet) -> None:
        page["C1"], page["C2"] = "phase_starts", datetime(2013, 4, 1)  # noqa: DTZ001  sheets know no zones
        page["C2"].number_format = format

    assert in_a_row(book(["x", "case"], change=dated))["phase_starts"] == text


def test_dates_count_from_1904_in_old_workbooks() -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append([*HEADER, "last_confirmed"])
    made.active.append(["x", "case", date(2013, 4, 1)])
    file = BytesIO()
    made.save(file)
    assert in_a_row(file.getvalue())["last_confirmed"] == "2013-04-01"


def test_a_text_that_became_a_date_is_not_guessed_back() -> None:
    found = fault(book([date(2013, 4, 3), "case"]))
    assert (found.line, found.column, found.value) == (2, "title", "2013-04-03")


def test_a_code_shown_with_a_zero_in_front_keeps_it() -> None:
    def coded(page: Worksheet) -> None:
        page["C1"], page["C2"] = "service_areas", 7
        page["C2"].number_format = "00"

    assert in_a_row(book(["x", "case"], change=coded))["service_areas"] == "07"


def test_characters_that_xml_cannot_hold_are_read_back() -> None:
    text = "<t>a_x000D__x000a_b _x005F_x0041_ _xD83D__xDCCA_</t>"
    shared = f'<c r="A2" t="inlineStr"><is>{text}</is></c><c r="B2" t="str"><v>case</v></c>'
    assert in_a_row(sheet(f'<row r="2">{shared}</row>'))["title"] == "a\nb _x0041_ 📊"


def test_rich_texts_are_read_without_reading_aids() -> None:
    text = "<r><t>Ci</t></r><r><t xml:space='preserve'>ttà </t></r><rPh sb='0' eb='1'><t>no</t></rPh>"
    assert in_a_row(sheet(f'<row r="2"><c r="A2" t="inlineStr"><is>{text}</is></c></row>'))["title"] == "Città "


def test_rows_and_cells_without_a_place_stand_one_after_the_other() -> None:
    assert rows(sheet("<row><c t='str'><v>x</v></c><c t='str'><v>case</v></c></row>"))[0].line == 2


def test_texts_that_cells_point_to() -> None:
    texts = "<sst><si><t>case</t></si><si><r><t>_x005F_x0041_</t></r><rPh><t>no</t></rPh><r><t> b</t></r></si></sst>"
    assert in_a_row(with_texts(texts, ONE_TEXT)) == {"title": "_x0041_ b", "unit": "case"}


# ---- What is refused -------------------------------------------------------------------------------


def test_attack_69_formulas_are_refused_by_cell() -> None:
    found = faults(book(["=1+1", "case"], ["x", "case"], ["y", '=IMPORTXML("x")']))
    assert [(each.line, each.column) for each in found] == [(2, "title"), (4, "unit")]
    assert "formula in A2" in found[0].reason
    assert "paste only its values" in found[0].reason


def test_attack_69_a_formula_stored_as_text_is_text() -> None:
    def quoted(page: Worksheet) -> None:
        page["A2"].data_type = "s"

    assert in_a_row(book(["=1+1", "case"], change=quoted))["title"] == "=1+1"


def test_error_values_are_refused_by_cell() -> None:
    found = fault(book(["#N/A", "case"]))
    assert (found.line, found.value, "A2" in found.reason) == (2, "#N/A", True)


def test_merged_cells_are_refused_by_range_together_with_other_faults() -> None:
    found = faults(book(["x", "#REF!"], ["y", "case"], change=lambda page: page.merge_cells("A2:A4")))
    assert [each.value for each in found] == ["#REF!", "A2:A4"]
    assert "merged" in found[-1].reason


def test_dates_that_no_calendar_has() -> None:
    def far(page: Worksheet) -> None:
        page["C1"], page["C2"] = "phase_starts", 1e9
        page["C2"].number_format = "yyyy-mm-dd"

    assert "no calendar" in fault(book(["x", "case"], change=far)).reason


def test_attack_70_a_bomb_is_refused_from_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(book(), sheet=b"<a/>" + b" " * 300_000_000)
    assert len(bomb) < 1_100_000

    def unpacked(*_: object) -> None:
        pytest.fail("something was unpacked")

    monkeypatch.setattr(ZipFile, "open", unpacked)
    with memory(2_000_000):
        assert "more than 100 MB" in fault(bomb).reason


def test_attack_70_a_part_that_shrinks_beyond_belief() -> None:
    assert "unpacks" in fault(repacked(book(), sheet=b"<a/>" + b" " * 50_000_000)).reason


def test_attack_70_a_directory_that_lies_about_sizes_stops_there() -> None:
    bomb = bytearray(with_texts("<sst>" + " " * 60_000_000 + "</sst>", ONE_TEXT))
    at = bomb.rindex(b"xl/sharedStrings.xml") - 46
    assert struct.unpack_from("<L", bomb, at + 24) == (60_000_011,)
    # Small enough to be believed; what comes then is cut off there, and its checksum is wrong.
    struct.pack_into("<L", bomb, at + 24, 1000)
    with memory(2_000_000):
        assert "damaged" in fault(bytes(bomb)).reason


def test_attack_70_a_thousand_parts_or_a_directory_too_long_to_read() -> None:
    many = {f"xl/{number}.xml": b"" for number in range(MAX_ENTRIES)}
    assert "unpacks" in fault(repacked(book(), **many)).reason
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 15_000_000, 0, 0)
    assert "unpacks" in fault(b"PK\x03\x04" + b"\0" * 15_000_000 + end).reason


BILLION = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
OUTSIDE = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><row r="1"><c><v>&a;</v></c></row></worksheet>'
)


@pytest.mark.parametrize("part", ["sheet", "book", "xl/styles.xml", "texts", "_rels/.rels"])
@pytest.mark.parametrize("xml", [BILLION, OUTSIDE])
def test_attack_71_document_types_are_refused_in_every_part(part: str, xml: bytes) -> None:
    content = with_texts(xml.decode(), ONE_TEXT) if part == "texts" else repacked(book(["x", "case"]), **{part: xml})
    assert "document type" in fault(content).reason


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links"),
        ("xl/macrosheets/s.xml", "macros"),
    ],
)
def test_attack_72_macros_and_links_are_refused(name: str, word: str) -> None:
    assert word in fault(repacked(book(["x", "case"]), **{name: b"<x/>"})).reason


def test_attack_72_a_million_formatted_rows_without_a_value_change_nothing() -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(3, 60_000))
    content = sheet(f'<row r="2"><c r="A2" t="str"><v>x</v></c></row>{empty}<row r="1048576"><c r="A1048576"/></row>')
    with memory(1_000_000):
        assert len(rows(content)) == 1


def test_attack_72_formatted_cells_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_EMPTY", 1000)
    assert "empty cells" in fault(sheet('<row r="2">' + '<c s="1"/>' * 1001 + "</row>")).reason


def gathered(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[int]:
    """How wide the rows are that are put together, as far as the file is read."""
    widths = []
    taken = reader._Cells.taken

    def noted(cells: reader._Cells) -> list[Any]:
        found = taken(cells)
        widths.extend(len(row.cells) for row in found)
        return found

    monkeypatch.setattr(reader._Cells, "taken", noted)
    with suppress(FileError):
        rows(content)
    return widths


@pytest.mark.parametrize("text", [" ", "\u00a0", ""])
def test_attack_72_blank_cells_beyond_the_header_are_never_gathered(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    far = "".join(f'<row r="{row}"><c r="XFD{row}" t="str"><v>{text}</v></c></row>' for row in range(3, 3000))
    content = sheet(f'<row r="2"><c r="A2" t="str"><v>x</v></c><c r="XFD2" t="str"><v>{text}</v></c></row>{far}')
    assert in_a_row(content) == {"title": "x", "unit": ""}
    assert gathered(monkeypatch, content) == [2, 1]


def test_attack_72_values_beyond_the_header_are_refused_without_gathering_them(monkeypatch: pytest.MonkeyPatch) -> None:
    one = '<row><c t="str"><v>x</v></c><c r="XFC{0}"><v>1</v></c><c r="XFD{0}"><v>2</v></c></row>'
    far = "".join(one.format(row) for row in range(2, 9000))
    found = faults(sheet(far))
    assert len(found) == 100
    assert (found[0].line, found[0].column, found[0].value) == (2, "XFC", "1")
    assert "without a name" in found[0].reason
    widths = gathered(monkeypatch, sheet(far))
    # Not to the end of the sheet: up to the piece that holds the hundredth fault.
    assert (max(widths), len(widths) < 1000) == (2, True)


def test_attack_72_blank_rows_before_the_header_are_never_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = '<row r="1"><c r="XFD1" t="str"><v> </v></c></row>'
    head = '<row r="2"><c r="A2" t="str"><v>title</v></c><c r="B2" t="str"><v>unit</v></c></row>'
    body = '<row r="3"><c r="A3" t="str"><v>x</v></c></row>'
    content = repacked(book(), sheet=f"<worksheet>{blank}{head}{body}</worksheet>".encode())
    assert in_a_row(content)["title"] == "x"
    assert gathered(monkeypatch, content) == [2, 1]


@pytest.mark.parametrize("cell", ["", '<c t="str"><v> </v></c>', '<c t="e"><v>#N/A</v></c>'])
def test_attack_72_rows_without_end_are_refused(monkeypatch: pytest.MonkeyPatch, cell: str) -> None:
    monkeypatch.setattr(reader, "MAX_BLANK", 50)
    first = '<row r="2"><c r="A2" t="str"><v>x</v></c></row>'
    content = sheet(first + f"<row>{cell}</row>" * 60)
    with pytest.raises(FileError) as refused:
        list(opened(content, max_rows=5).rows)
    # The header is one of the 55.
    assert (refused.value.faults[-1].line, "55 rows, blank ones included" in refused.value.faults[-1].reason) == (
        56,
        True,
    )


def test_attack_72_texts_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_TEXTS", 1000)
    assert "millions of texts" in fault(with_texts("<sst>" + "<si/>" * 1001 + "</sst>", ONE_TEXT)).reason


@pytest.mark.parametrize("tag", ["<r/>", "<!---->", "<si><t/></si>"])
def test_attack_72_tags_without_end_are_not_even_parsed(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    monkeypatch.setattr(workbook, "MAX_TAGS", 1000)
    heard = []
    monkeypatch.setattr(workbook.Texts, "start", lambda _self, name, _attributes: heard.append(name))
    assert "millions of texts" in fault(with_texts("<sst>" + tag * 1001 + "</sst>", ONE_TEXT)).reason
    assert not heard


def test_attack_72_tags_in_a_cell_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MORE_TAGS", 1000)
    monkeypatch.setattr(reader, "TAGS_IN_ROW", 0)
    assert "empty cells" in fault(sheet('<row r="2"><c>' + "<v/>" * 1001 + "</c></row>")).reason


def test_attack_72_a_tag_of_many_megabytes_stops_at_the_first() -> None:
    """The parser reads an unfinished one anew with every piece: ninety would take minutes."""
    pieces = []

    class Part:
        def read(self, size: int) -> bytes:
            pieces.append(size)
            return b"<a><!--" + b"x" * size if len(pieces) == 1 else b"x" * size

    with pytest.raises(ValueError, match=r"\d"):
        list(xml_events.listen(Part(), workbook.Elements(), most=10))
    assert len(pieces) == xml_events.MAX_TOKEN // xml_events.PIECE + 1


def test_a_long_text_is_no_long_tag() -> None:
    part = BytesIO(b"<si><t>" + b"x" * (3 * xml_events.MAX_TOKEN) + b"</t></si>")
    assert list(xml_events.listen(part, workbook.Elements(), most=10))


def test_attack_72_16_384_columns() -> None:
    assert "16384 columns" in fault(repacked(book(), sheet=_wide(16_384))).reason
    assert "damaged" in fault(repacked(book(), sheet=_wide(16_385))).reason


def _wide(columns: int) -> bytes:
    return b"<worksheet><row>" + b'<c t="str"><v>x</v></c>' * columns + b"</row></worksheet>"


@pytest.mark.parametrize(
    "rows_",
    [
        '<row r="1048577"><c t="str"><v>x</v></c></row>',
        '<row r="99999999999999999999"/>',
        '<row r="2"/><row r="2"/>',
        '<row r="x"/>',
        '<row r="2"><c r="A3"/></row>',
        '<row r="2"><c r="AAAA2"/></row>',
        '<row r="2"><c r="B2"/><c r="A2"/></row>',
        '<row r="2"><c t="s"><v>99</v></c></row>',
        '<row r="2"><c t="s"><v>x</v></c></row>',
        '<row r="2"><c><v>x</v></c></row>',
        '<row r="2"><c s="x"><v>1</v></c></row>',
        '<row r="2"><c>',
    ],
)
def test_places_and_references_that_make_no_sense_are_damage(rows_: str) -> None:
    assert "damaged" in fault(sheet(rows_)).reason


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "book", "sheet", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_without_one_of_its_parts(part: str) -> None:
    assert faults(repacked(book(["x", "case"]), **{part: None}))


def test_attack_74_a_packed_file_is_no_workbook() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert "no workbook" in fault(file.getvalue()).reason


def test_a_cell_that_is_too_long() -> None:
    found = fault(sheet(f'<row r="2"><c r="A2" t="str"><v>{"x" * 200_000}</v></c></row>'))
    assert (found.line, found.column) == (2, "title")


# ---- Properties ------------------------------------------------------------------------------------


def written(titles: Iterable[str]) -> bytes:
    with sheets.workbook(TODAY) as made:
        sheets.add_rows(sheets.add_sheet(made, "partnerships", HEADER, [20]), ([title, "case"] for title in titles))
        return b"".join(sheets.pieces(made))


ANY_TEXT = st.text(max_size=30) | st.text(alphabet="=+-@'_x0D5F\t\n\r #N/A", max_size=12)


@settings(max_examples=40)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_any_text_that_an_export_writes_is_read_back(titles: list[str]) -> None:
    titles = [UNWRITABLE.sub("", title).replace("\r\n", "\n").replace("\r", "\n") for title in titles]
    assert [row.cells["title"] for row in rows(written(map(make_safe, titles)))] == titles


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=20))
def test_no_text_stops_an_export(text: str) -> None:
    with suppress(FileError):
        rows(written([text]))


@settings(max_examples=40)
@given(st.binary(max_size=300), st.integers(0, 6000), st.sampled_from(["raw", "sheet", "book", "xl/styles.xml"]))
def test_any_bytes_are_read_or_refused(content: bytes, at: int, part: str) -> None:
    whole = VALID[:at] + content + VALID[at + len(content) :] if part == "raw" else repacked(VALID, **{part: content})
    with suppress(FileError):
        rows(whole)


@settings(max_examples=40)
@given(st.text(alphabet="ABrcvtsief<>/=\"' 0123456789-.#&;", max_size=120))
def test_any_sheet_is_read_or_refused(xml: str) -> None:
    with suppress(FileError):
        rows(sheet(f'<row r="2"><c r="A2" t="str"><v>x</v></c></row>{xml}'))


VALID = book(["x", "case"])
