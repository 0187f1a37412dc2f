"""What is wrong in a row is named: where, what stands there, and what to do. Nothing is raised."""

from typing import Any

import pytest
from django.db.models import CheckConstraint
from hypothesis import given
from hypothesis import strategies as st

from exchange.faults import Fault
from exchange.files import Row
from exchange.formats.columns import NAMES
from exchange.merging import SourceBook, merge
from exchange.merging.cells import YEARS
from partnerships.models import Source
from partnerships.record import Record

REPORT = {"slug": "report", "title": "Report", "year": 2012, "url": "", "doi": ""}
STATED = {"source_title": "Report", "source_year": "2012"}
OWN = {"title": "T", "unit": "case"}


def faults(*rows: dict[str, str], current: Record | None = None, columns: Any = None) -> list[Fault]:
    given = [Row(line, cells) for line, cells in enumerate(rows, start=2)]
    names = columns or {name for cells in rows for name in cells}
    return list(merge(given, names, current, SourceBook([REPORT])).faults)


def only(*rows: dict[str, str], current: Record | None = None) -> Fault:
    [fault] = faults(*rows, current=current)
    return fault


# ---- Faults as such ------------------------------------------------------------------------------------


def test_a_fault_is_kept_as_a_list_and_cuts_its_value() -> None:
    fault = Fault(7, "title", "x" * 100, "Shorten it.")
    assert (len(fault.value), fault.value[-1]) == (80, "…")
    assert Fault.from_list(fault.as_list()) == fault
    assert Fault(None, "", "x" * 80, "R").as_list() == [None, "", "x" * 80, "R"]


# ---- One cell ------------------------------------------------------------------------------------------

ONE_CELL = [
    ("title", "", "title"),
    ("title", "   ", "title"),
    ("title", "x" * 10_000, "10000 characters. Shorten it to 200"),
    ("title", "a\x00b", "control character"),
    ("summary", "x" * 1501, "1501 characters. Shorten it to 1500"),
    ("summary", "a\x07b", "control character"),
    ("unit", "", "what kind of thing"),
    ("unit", "thing", "“thing” is not one of the codes: case, programme"),
    ("partnership_id", "Città!", "small letters"),
    ("partnership_id", "Brescia", "small letters"),
    ("partnership_id", "a" * 121, "120 characters"),
    ("partnership_id", "new", "Choose another"),
    ("part_of", "not a slug", "small letters"),
    ("countries", "GB|Wales", "“Wales” in the column “nation”"),
    ("countries", "GB,IT", "not a code"),
    ("service_areas", "Helth", "If you mean “Health”, write 07."),
    ("service_areas", "xyz", "sheet “codes” of the XLSX template, list areas"),
    ("countries", "Grmany", "If you mean “Germany”, write DE."),
    ("aliases", "a|" + "b" * 301, "301 characters. Shorten it to 300"),
    ("partners", "City of B", "public:Leeds City Council | citizens:Residents of Beeston"),
    ("partners", ":City of B", "before the colon"),
    ("partners", "council:City of B", "If you mean “Public body”, write public. The codes are: public, third_sector"),
    ("partners", "public:A|Public: A", "“public:A” is there twice"),
    ("partners", "public:" + "x" * 201, "201 characters"),
    ("last_confirmed", "2024", "the whole day. Write it as 2013-04-01"),
    ("last_confirmed", "June 2024", "the whole day"),
    ("last_confirmed", "2024-02-31", "not a date in the calendar"),
    ("last_confirmed", "2999-01-01", "still to come"),
    ("phase", "x" * 121, "121 characters. Shorten it to 120"),
    ("phase", " ", "only a space"),
    ("phase_order", "first", "whole number from 0 to 32767"),
    ("phase_order", "9" * 5000, "whole number"),
    ("phase_starts", "spring 2013", "2013-04-01"),
    ("phase_starts", "04/30/2012", "The day comes first, as in 30/4/2013"),
    ("phase_starts", "2013-13", "not a date in the calendar"),
    ("planned", "ja", "yes or no"),
    ("current", "perhaps", "yes or no"),
    ("design", "Council", "If you mean “Public sector”, write public. The codes are: public, shared, citizens_or_"),
    ("delivery", "Charity", "If you mean “Citizens or third sector”, write citizens_or_third_sector."),
    ("delivery", "Residents", "If you mean “Citizens or third sector”, write citizens_or_third_sector."),
    ("design", "whoever", "“whoever” is not one of the codes: public, shared, citizens_or_third_sector"),
    ("professional_design", "public", "professionals"),
    ("possible_cells", "2,8", "2|8"),
    ("possible_cells", "10", "2|8"),
    ("possible_cells", "2||8", "2|8"),
    ("cell", "12", "from 1 to 9"),
    ("certainty", "sure", "source_stated"),
    ("rationale", "x" * 2001, "2001 characters"),
    ("source_year", "199", "from 1800 to 2200"),
    ("source_url", "example", "https://example.org/report"),
    ("source_title", "x" * 301, "301 characters"),
    ("statement_kind", "claim", "explicit"),
    ("stated_lens", "sectors", "sector, professional"),
    ("stated_design", "council", "users_or_community"),
    ("hedge", "x" * 201, "201 characters"),
    ("reading", "x" * 61, "61 characters"),
    ("source_doi", "\x01", "control character"),
]


@pytest.mark.parametrize(("column", "value", "reason"), ONE_CELL)
def test_a_cell_that_its_column_cannot_take(column: str, value: str, reason: str) -> None:
    cells = {**OWN, **({"phase": "A"} if column not in OWN else {}), column: value}
    if column.startswith(("source", "stated", "statement")) or column in ("hedge", "reading"):
        cells = {"source_title": "Another", **cells}
    fault = only(cells)
    assert (fault.line, fault.column) == (2, column)
    assert fault.value == (value if len(value) <= 80 else f"{value[:79]}…")
    assert reason in fault.reason
    assert fault.reason.endswith(".")


def test_years_are_those_of_the_database() -> None:
    [rule] = [one for one in Source._meta.constraints if one.name == "source_year_plausible"]
    assert isinstance(rule, CheckConstraint)
    assert all(str(year) in str(rule.condition) for year in YEARS)


# ---- What contradicts itself -----------------------------------------------------------------------------

SHARED = {**OWN, "phase": "A", "design": "public", "delivery": "shared"}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"cell": "5"}, "cell", "cell says 5, but public design and shared delivery make 4: correct one of them."),
        ({"cell": "5", "delivery": ""}, "cell", "delivery that is not known make no cell"),
        ({"professional_cell": "5"}, "professional_cell", "design and delivery that are not known make no cell"),
        ({"model": "traditional"}, "model", "the possible cells are those of co_management"),
        ({"model": "nonsense"}, "model", "co_management"),
        ({"model": "co_management", "delivery": ""}, "model", "no single label"),
        ({"possible_cells": "5|8"}, "possible_cells", "says 5|8, but public design and shared delivery make 4"),
        ({"possible_cells": "4|nobody"}, "possible_cells", "make 4"),
        ({"possible_cells": "4|5", "delivery": ""}, "possible_cells", "make 1|4|7"),
        ({"current": "no"}, "current", "current says no"),
        ({"current": "yes", "planned": "yes"}, "current", "every phase is a plan"),
        ({"phase_starts": "2014", "phase_ends": "2013"}, "phase_ends", "ends in 2013, before it starts in 2014"),
        ({"certainty": "inferred", "rationale": "R"}, "confidence", "low, medium or high"),
        ({"certainty": "inferred", "confidence": "low"}, "rationale", "has a reason"),
        ({"partnership_id": "a", "part_of": "a"}, "part_of", "no part of itself"),
        ({**STATED, "statement_kind": "movement", "stated_cells": "4>5"}, "phase", "belongs to no phase"),
        ({**STATED, "stated_cells": "4>5"}, "stated_cells", "Only a movement"),
        ({**STATED, "stated_design": "users_or_community"}, "stated_design", "no level of the lens “sector”"),
        ({"hedge": "perhaps"}, "source_title", "A statement has a source"),
        ({"source_doi": "10.1/x"}, "source_title", "not in the register yet"),
    ],
)
def test_cells_that_contradict_each_other(cells: dict[str, str], column: str, reason: str) -> None:
    fault = only({**SHARED, **cells})
    assert (fault.line, fault.column) == (2, column)
    assert reason in fault.reason


@pytest.mark.parametrize(
    "cells",
    [
        {"cell": "4", "model": "Co-Management", "current": "yes"},
        {"cell": "", "model": "", "current": ""},
        {"possible_cells": "4"},
        {"phase_starts": "2013-06", "phase_ends": "2013"},
        {**STATED, "stated_design": "professionals", "stated_lens": "Professional"},
    ],
)
def test_cells_that_agree(cells: dict[str, str]) -> None:
    assert faults({**SHARED, **cells}) == []


@pytest.mark.parametrize("cells", ["4", "4>", ">5", ""])
def test_a_movement_has_cells_on_both_sides(cells: str) -> None:
    fault = only({**OWN, **STATED, "statement_kind": "movement", "stated_cells": cells})
    assert (fault.column, fault.value) == ("stated_cells", cells)


# ---- Rows against each other -------------------------------------------------------------------------------


def test_rows_of_one_partnership_agree() -> None:
    fault = only({**OWN, "phase": "A"}, {**OWN, "phase": "B", "title": "Other"})
    assert (fault.line, fault.column, fault.value) == (3, "title", "Other")
    assert "Row 2 says “T”" in fault.reason


def test_rows_of_one_phase_agree() -> None:
    fault = only(
        {**OWN, "phase": "A", "design": "", "source_title": ""},
        {**OWN, "phase": "B", "design": "public", "source_title": ""},
        {**OWN, "phase": "A", "design": "shared", **STATED},
    )
    assert (fault.line, fault.column) == (4, "design")
    assert "Row 2 leaves this empty" in fault.reason


def test_what_is_written_differently_and_means_the_same_agrees() -> None:
    assert faults({**SHARED, "planned": "no"}, {**SHARED, "unit": "Case", "planned": "0"}) == []


def test_one_phase_is_current() -> None:
    fault = only(
        {**OWN, "phase": "A", "phase_starts": "2012", "current": "yes"},
        {**OWN, "phase": "B", "phase_starts": "2010", "current": "yes"},
    )
    assert (fault.line, fault.column) == (3, "current")
    assert "“A” is the latest phase" in fault.reason


def test_two_phases_have_two_places_in_the_order() -> None:
    fault = only({**OWN, "phase": "A", "phase_order": "1"}, {**OWN, "phase": "B", "phase_order": "1"})
    assert (fault.line, fault.column, fault.value) == (3, "phase_order", "1")
    assert "“A” and “B”" in fault.reason


def two_phases() -> Record:
    rows = [Row(2, {**OWN, "phase": "A"}), Row(3, {**OWN, "phase": "B"})]
    return merge(rows, NAMES, None, SourceBook()).record


@pytest.mark.parametrize("cells", [{"design": "shared"}, {"design": ""}, {**STATED}])
def test_one_of_several_phases_is_named(cells: dict[str, str]) -> None:
    fault = only({**OWN, **cells}, current=two_phases())
    assert (fault.line, fault.column) == (2, "phase")


def test_a_row_that_states_something_names_its_phase_where_others_do() -> None:
    fault = only({**OWN, "phase": "A", "design": ""}, {**OWN, "phase": "", "design": "shared"})
    assert (fault.line, fault.column) == (3, "phase")


def test_a_phase_is_not_taken_for_a_new_one_by_a_slip_of_the_pen() -> None:
    fault = only({**OWN, "phase": "a "}, current=two_phases())
    assert "There is a phase “A”" in fault.reason


def test_what_is_required_cannot_be_cleared() -> None:
    found = faults({"title": "", "unit": "", "phase": "A"}, current=two_phases())
    assert [fault.column for fault in found] == ["title", "unit"]
    assert [fault.column for fault in faults({"place": "B"})] == ["title", "unit"]


def test_a_row_that_may_mean_two_statements_is_asked_back() -> None:
    rows = [Row(line, {**OWN, **STATED, "source_locator": str(line)}) for line in (2, 3)]
    before = merge(rows, NAMES, None, SourceBook([REPORT])).record
    fault = only({**OWN, **STATED, "hedge": "H"}, current=before)
    assert "Several known statements" in fault.reason


def test_faults_come_in_the_order_of_the_file() -> None:
    found = faults({**OWN, "phase": "A", "design": "x"}, {**OWN, "phase": "B", "title": "U", "planned": "x"})
    assert [(fault.line, fault.column) for fault in found] == [(2, "design"), (3, "title"), (3, "planned")]


# ---- Anything at all -----------------------------------------------------------------------------------------

NEAR = st.sampled_from([
    "", "1", "5", "4|7>5", "public", "shared", "case", "yes", "2013", "2013-04", "inferred", "movement", "A", "T",
    "public:x", "\\", "|", ">", "\x00", "professional", "9" * 400,
])  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), NEAR | st.text(max_size=6)), min_size=1, max_size=3))
def test_nothing_is_raised(rows: list[dict[str, str]]) -> None:
    book = SourceBook([REPORT])
    given_rows = [Row(line, cells) for line, cells in enumerate(rows, start=2)]
    for columns in (NAMES, {name for cells in rows for name in cells}):
        one = merge(given_rows, columns, None, book)
        merge(given_rows, columns, one.record, book)
