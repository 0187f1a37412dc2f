"""Faults, lines and numbers of an import in words."""

import pytest

from exchange.faults import Fault
from exchange.models import Import
from exchange.presenters.faults import fault_lines, lines_in_words, sentence, unit_of
from exchange.presenters.import_words import outcome, outlook
from exchange.presenters.imports import Totals, first_part, grouped, progress, tabs

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
        (Fault(3, "unit", "cases", "Write a code."), "Row 3, column “unit”: Write a code."),
        (Fault(None, "unit", "", "Write a code."), "column “unit”: Write a code."),
        (Fault(3, "", "", "Write a code."), "Row 3: Write a code."),
        (Fault(None, "", "", "The file is empty."), "The file is empty."),
    ],
)
def test_a_fault_says_where_it_is_as_far_as_that_is_known(fault: Fault, words: str) -> None:
    assert sentence(fault, "row") == words


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
