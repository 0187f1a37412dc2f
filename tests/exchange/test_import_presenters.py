"""Faults, lines and numbers of an import in words."""

import pytest

from exchange.faults import Fault
from exchange.models import Import
from exchange.presenters.faults import SHOWN, fault_lines, fault_table, lines_in_words, place, unit_of
from exchange.presenters.import_words import outcome, outlook
from exchange.presenters.imports import Totals, first_part, grouped, heading, progress, tabs

PROPOSAL = (
    "Your change of 1 published partnership becomes a proposed change: the public sees it once a curator has"
    " accepted it."
)
EVERYTHING = Totals(new=1200, changed=2, proposed=1, unchanged=3)


@pytest.mark.parametrize(
    ("lines", "unit", "words"),
    [
        ([], "row", ""),
        ([3], "row", "Row 3"),
        ([3], "record", "Record 3"),
        ([5, 3, 4], "row", "Rows 3–5"),
        ([3, 5], "row", "Rows 3 and 5"),
        ([2, 3, 7, 9, 10], "record", "Records 2–3, 7 and 9–10"),
    ],
)
def test_lines_are_put_together(lines: list[int], unit: str, words: str) -> None:
    assert lines_in_words(lines, unit) == words


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(3, "unit", "cases", "Write a code."), "Row 3, column “unit”"),
        (Fault(None, "unit", "", "Write a code."), "column “unit”"),
        (Fault(3, "", "", "Write a code."), "Row 3"),
        (Fault(None, "", "", "The file is empty."), "The whole file"),
    ],
)
def test_a_fault_says_where_it_is_as_far_as_that_is_known(fault: Fault, words: str) -> None:
    assert place(fault, "row") == words


def test_inside_a_sentence_lines_have_a_small_letter() -> None:
    assert lines_in_words([3], "row", inside=True) == "row 3"
    assert lines_in_words([3, 4], "record", inside=True) == "records 3–4"


def test_a_long_list_of_faults_shows_the_first_ones() -> None:
    faults = [("", Fault(line, "unit", "", "R.")) for line in range(2, 32)]

    table = fault_table(faults, "row")

    assert (len(table.first), len(table.more), table.count) == (SHOWN, 5, 30)
    assert fault_table(faults[:3], "row", count=99).count == 99


def test_a_fault_in_a_coded_column_leads_to_its_codes() -> None:
    names = ("unit", "countries", "title", "phases[0].design")
    table = fault_table([("", Fault(2, name, "", "R.")) for name in names], "row")

    # Countries are no list on the data page.
    assert [row.codes_url for row in table.first] == ["/data/#codes-units", "", "", ""]


def test_the_heading_of_errors_counts_what_there_is_to_correct() -> None:
    assert heading("error", Totals(errors=5), 19) == "19 things to correct in 5 records"
    assert heading("error", Totals(errors=1), 1) == "1 thing to correct in 1 record"
    assert heading("new", Totals(new=5)) == "New"


def test_the_lines_of_json_are_records() -> None:
    assert [unit_of(form) for form in ("csv", "xlsx", "json")] == ["row", "row", "record"]
    assert next(fault_lines([], "record"))[0] == "Record"


def test_a_list_of_faults_runs_no_formula() -> None:
    [_header, line] = fault_lines([("=1+1", Fault(3, "@title", "+1", "-1"))], "row")

    assert line == ["3", "'=1+1", "'@title", "'+1", "'-1"]


def test_numbers_are_grouped() -> None:
    assert [grouped(number) for number in (0, 312, 5000, 1234567)] == ["0", "312", "5,000", "1,234,567"]


def test_progress_is_said_in_numbers() -> None:
    assert progress(Import(records=5000, checked=312)).text == "312 of 5,000 records checked"
    assert progress(Import(records=1, checked=1, state="checked")).done


def test_the_first_part_with_records_is_shown() -> None:
    assert first_part(Totals(new=3, errors=1)) == "error"
    assert first_part(Totals(new=3, alike=1)) == "alike"
    assert first_part(Totals(unchanged=3)) == "unchanged"
    assert first_part(Totals(new=3, likely=2)) == "new", "about these somebody has said something"
    assert first_part(Totals()) == "new"
    assert [(tab.text, tab.url, tab.on) for tab in tabs(EVERYTHING, "changed")] == [
        ("New (1,200)", "?show=new", False),
        ("Changed (3)", "?show=changed", True),
        ("Unchanged (3)", "?show=unchanged", False),
    ]


def test_what_confirming_does_is_said_for_each_kind() -> None:
    assert outlook(Import(own_only=True), EVERYTHING) == (
        "1,200 new partnerships become drafts. Only your organisation and the curators see them.",
        "2 partnerships change at once.",
        PROPOSAL,
        "3 partnerships are the same as in the register. Nothing happens to them.",
    )
    assert outlook(Import(own_only=False), Totals(new=1)) == ("1 new partnership becomes a draft.",)
    assert outlook(Import(own_only=False, publish=True), Totals(new=2)) == (
        "2 new partnerships are published at once.",
    )


def test_what_was_done_is_said_for_each_kind() -> None:
    assert outcome(Import(), EVERYTHING) == (
        "1,200 new drafts were made.",
        "2 partnerships changed.",
        "1 proposed change went to the curators.",
        "3 were the same as in the register.",
    )
    assert outcome(Import(publish=True), Totals(new=1)) == ("1 new partnership was published.",)
