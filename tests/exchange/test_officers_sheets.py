"""Sheets as officers make them: a title on top, dates and countries as people write them, cells left empty."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from exchange.faults import Fault
from exchange.files import FileError, Row, open_table
from exchange.formats.columns import COLUMNS
from exchange.merging import Merged, SourceBook, merge
from partnerships.record import Record

OWN = {"title": "T", "unit": "case"}


def read(*rows: dict[str, str], current: Record | None = None) -> Merged:
    given = [Row(line, cells) for line, cells in enumerate(rows, start=2)]
    return merge(given, {name for cells in rows for name in cells}, current, SourceBook())


def record(*rows: dict[str, str], **options: Any) -> Record:
    merged = read(*rows, **options)
    assert merged.faults == ()
    return merged.record


# ---- A title on top --------------------------------------------------------------------------------


def told(content: bytes, name: str = "sheet.csv") -> list[Fault]:
    with pytest.raises(FileError) as refused:
        list(open_table(BytesIO(content), name, max_rows=99).rows)
    return refused.value.faults


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("above", "row"), [("Our partnerships\n", 2), ("Our partnerships\n\n\nas of June, in full; all\n", 5)]
)
def test_a_title_on_top_of_a_csv_is_one_fault(delimiter: str, above: str, row: int) -> None:
    header = delimiter.join(("title", "unit", "place", "what"))

    [fault] = told(f"{above}{header}\n{delimiter.join('abcd')}\n".encode())

    assert fault == Fault(None, "", "", f"The column names stand in row {row}. Delete the rows above it.")


def workbook(*rows: list[str]) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_title_on_top_of_a_workbook_is_one_fault() -> None:
    [fault] = told(workbook(["Our partnerships", "2024"], ["title", "unit"], ["T", "case"]), "sheet.xlsx")

    assert fault.reason == "The column names stand in row 2. Delete the rows above it."


def test_names_further_down_than_row_10_and_single_ones_are_no_header() -> None:
    for content in (b"Ours\n" * 10 + b"title,unit\nT,case\n", b"Ours\ntitle\nT\n"):
        faults = told(content)

        assert {fault.line for fault in faults} == {1}
        assert "is no column of the register" in faults[0].reason


def test_a_table_with_one_column_of_ours_is_read_from_its_first_row() -> None:
    rows = open_table(BytesIO(b"partnership_id\na\nb\n\nc\n"), "x.csv", max_rows=9).rows

    assert [(row.line, row.cells) for row in rows] == [
        (line, {"partnership_id": code}) for line, code in ((2, "a"), (3, "b"), (5, "c"))
    ]


# ---- Dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("30/4/2012", "2012-04-30"),
        ("31.12.2023", "2023-12-31"),
        ("June 2022", "2022-06"),
        ("4/2012", "2012-04"),
        ("1st May 2019", "2019-05-01"),
        ("2012", "2012"),
        ("2012-04", "2012-04"),
        ("", ""),
    ],
)
def test_dates_are_read_as_in_the_officers_form(written: str, kept: str) -> None:
    [phase] = record({**OWN, "phase": "A", "phase_starts": written})["phases"]
    [other] = record({**OWN, "phase": "A", "phase_ends": written})["phases"]

    assert (phase["starts"], other["ends"]) == (kept, kept)


def test_a_date_written_in_another_way_is_no_change() -> None:
    before = record({**OWN, "phase": "A", "phase_starts": "2012-04-30", "last_confirmed": "2024-05-01"})

    after = record({**OWN, "phase": "A", "phase_starts": "30/4/2012", "last_confirmed": "1 May 2024"}, current=before)

    assert after == before


def test_the_dictionary_asks_for_what_the_reader_takes() -> None:
    from exchange.dictionary import FORMS

    column = next(column for column in COLUMNS if column.name == "last_confirmed")
    assert str(FORMS[column.form]) == "2013-04-01"
    assert record({**OWN, "last_confirmed": "31.12.2023"})["last_confirmed"] == "2023-12-31"


# ---- Countries -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("UK", "GB"), ("Great Britain", "GB"), ("gbr", "GB"), ("United  Kingdom", "GB"), ("USA", "US"), ("U.S.", "US"),
        ("United States", "US"), ("Czech Republic", "CZ"), ("Turkey", "TR"), ("Holland", "NL"), ("EL", "GR"),
        ("Ivory Coast", "CI"),
    ],
)  # fmt: skip
def test_other_names_of_a_country_are_read(written: str, code: str) -> None:
    assert record({**OWN, "countries": f"IT|{written}"})["countries"] == ["IT", code]


@pytest.mark.parametrize("nation", ["England", "scotland", "Wales", "Northern Ireland"])
def test_a_nation_has_a_column_of_its_own(nation: str) -> None:
    [fault] = read({**OWN, "countries": nation}).faults

    assert fault.reason.endswith(f"write GB here, and “{nation}” in the column “nation”.")


def test_what_is_not_near_to_any_code_is_not_guessed() -> None:
    [fault] = read({**OWN, "countries": "xx"}).faults

    assert "If you mean" not in fault.reason
    assert fault.reason.endswith("list countries.")


# ---- Cells left empty ------------------------------------------------------------------------------

FULL = {**OWN, "place": "Leeds", "summary": "Words", "countries": "GB", "partners": "public:A", "phase": "A"}
EMPTY = dict.fromkeys(FULL, "")


def test_in_a_new_record_an_empty_cell_says_the_same_as_above() -> None:
    both = record(FULL, {**EMPTY, "title": "T", "phase": "B"})

    assert {name: both[name] for name in ("unit", "place", "summary", "countries")} == {
        "unit": "case", "place": "Leeds", "summary": "Words", "countries": ["GB"],
    }  # fmt: skip
    assert [phase["name"] for phase in both["phases"]] == ["A", "B"]


def test_what_the_first_row_leaves_empty_is_no_as_above() -> None:
    [fault] = read({**FULL, "place": ""}, {**FULL, "phase": "B"}).faults

    assert (fault.line, fault.column) == (3, "place")
    assert "Row 2 leaves this empty" in fault.reason


def test_in_a_known_record_cells_left_empty_are_one_fault() -> None:
    known = record(FULL)

    rows = [{**EMPTY, "title": "T", "phase": name} for name in "BC"]
    [fault] = read(FULL, *rows, current=known).faults

    assert (fault.line, fault.column) == (3, "unit")
    assert "Copy row 2 to: rows 3, 4, columns unit, summary, countries, place, partners." in fault.reason


def test_in_a_known_record_what_differs_is_told_cell_by_cell() -> None:
    rows = [{**FULL, "phase": "B", "place": "York", "summary": "Others"}]

    assert [fault.column for fault in read(FULL, *rows, current=record(FULL)).faults] == ["summary", "place"]


def test_no_sentence_about_a_sheet_speaks_of_lines() -> None:
    found = [
        *read(FULL, {**FULL, "phase": "B", "place": "York"}).faults,
        *read(FULL, {**EMPTY, "title": "T", "phase": "B"}, current=record(FULL)).faults,
    ]

    assert found
    assert not [fault for fault in found if "line" in fault.reason.lower()]
