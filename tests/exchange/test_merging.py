"""What rows ask for: an absent column leaves, an empty cell clears, an absent row is kept; who is matched with whom."""

from typing import Any

import pytest

from exchange.files import Row
from exchange.formats.columns import NAMES
from exchange.merging import Reader, SourceBook, merge
from partnerships.models.phase import UNNAMED
from partnerships.record import KEYS, Record

REPORT = {"slug": "report", "title": "Report", "year": 2012, "url": "", "doi": ""}
STATED = {"source_title": "Report", "source_year": "2012"}


def row(line: int = 2, **cells: str) -> Row:
    return Row(line, cells)


def merged(*rows: Row | dict[str, str], current: Record | None = None, columns: Any = None) -> Record:
    """The record that rows ask for, in a file that has just the columns of its rows."""
    given = [one if isinstance(one, Row) else Row(line, one) for line, one in enumerate(rows, start=2)]
    names = columns or {name for one in given for name in one.cells}
    found = merge(given, names, current, SourceBook([REPORT]))
    assert found.faults == ()
    return found.record


def new(**cells: str) -> Record:
    """The record of a new partnership from one row of a file with all columns."""
    return merged({"title": "T", "unit": "case", **cells}, columns=NAMES)


def known(**cells: str) -> Record:
    """A record that stands in the register already."""
    return new(partnership_id="brescia", **cells)


# ---- A new partnership -------------------------------------------------------------------------------


def test_a_title_and_a_unit_are_enough() -> None:
    record = merged({"title": "Brescia", "unit": "case"})
    assert list(record) == list(KEYS)
    assert {name: value for name, value in record.items() if value} == {"title": "Brescia", "unit": "case"}
    assert record["case_study"] is None
    assert record["aliases"] == record["phases"] == record["evidence"] == []


def test_a_row_with_everything() -> None:
    record = new(
        partnership_id="brescia", aliases="A\\|B|C", part_of="parent", summary="Two\nlines.", countries="IT|GB",
        nation="Lombardy", place="Brescia", service_areas="07|10.2", tags="x", vehicle="social_impact_bond",
        risk="local_public", nature="group", stages="commissioning", partners="*public:City \\| of\\: B|citizens:",
        phase="Pilot", phase_order="3", phase_starts="2012", phase_ends="2014-06", planned="no", current="yes",
        design="shared", delivery="public", possible_cells="2", cell="2", model="co_governance",
        professional_design="professionals", professional_possible_cells="1|4|7", certainty="source_stated",
        rationale="Said so.", **STATED, source_locator="p. 3", statement_kind="hedged", stated_model="Co-Governance",
        stated_lens="sector", stated_cells="8|2", stated_design="shared", hedge="most closely", perspective="authors",
        reading="A", last_confirmed="2024-05-06", url="https://elsewhere.example/",
    )  # fmt: skip
    assert record["partnership_id"] == "brescia"
    assert record["aliases"] == ["A|B", "C"]
    assert (record["countries"], record["service_areas"]) == (["IT", "GB"], ["07", "10.2"])
    assert [(one["kind"], one["name"], one["lead"]) for one in record["partners"]] == [
        ("public", "City | of: B", True), ("citizens", "", False),
    ]  # fmt: skip
    assert record["phases"] == [{
        "name": "Pilot", "order": 3, "planned": False, "certainty": "source_stated", "confidence": "", "reason": "",
        "rationale": "Said so.", "starts": "2012", "ends": "2014-06", "design": "shared", "delivery": "public",
        "possible_cells": [2], "professional_design": "professionals", "professional_delivery": "",
        "professional_possible_cells": [1, 4, 7],
    }]  # fmt: skip
    assert record["statements"] == [{
        "phase": "Pilot", "source": "report", "place": "p. 3", "kind": "hedged", "basis": "cell", "lens": "sector",
        "label": "Co-Governance", "cells": [2, 8], "from_cells": [], "to_cells": [], "design": "shared",
        "delivery": "", "hedge": "most closely", "perspective": "authors", "reading": "A", "paraphrase": "",
        "adopted": False,
    }]  # fmt: skip
    assert record["last_confirmed"] == "2024-05-06"


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("unit", " Case ", "case"),
        ("countries", "united kingdom|it|GB", ["GB", "IT"]),
        ("service_areas", "7|10.2|Health", ["07", "10.2"]),
        ("tags", "a | b ||", ["a", "b"]),
        ("tags", "\\ a", [" a"]),
        ("vehicle", "Social impact bond", "social_impact_bond"),
        ("partnership_id", "11111111-2222-3333-4444-55555555AAAA", "11111111-2222-3333-4444-55555555aaaa"),
        ("last_confirmed", "2024-5-6", "2024-05-06"),
        ("title", " T ", " T "),
    ],
)
def test_codes_may_be_typed_as_people_type_them_and_texts_stay_as_they_are(
    column: str, written: str, read: Any
) -> None:
    assert new(**{column: written})[column] == read


def test_the_kind_of_a_partner_may_be_its_label() -> None:
    partners = new(partners="Third sector: Age UK | * Citizens:")["partners"]
    assert [(one["kind"], one["name"], one["lead"]) for one in partners] == [
        ("third_sector", "Age UK", False), ("citizens", "", True),
    ]  # fmt: skip


# ---- Columns, cells and rows that are not there --------------------------------------------------------


def test_an_absent_column_leaves_things_as_they_are() -> None:
    before = known(summary="S", tags="a|b", partners="public:City", phase="Pilot", design="shared", **STATED)
    assert merged({"partnership_id": "brescia", "title": "New"}, current=before) == {**before, "title": "New"}


def test_an_empty_cell_clears() -> None:
    before = known(
        summary="S", tags="a|b", countries="IT", partners="public:City", last_confirmed="2024-05-06", phase="Pilot",
        phase_starts="2012", planned="yes", design="shared", rationale="R", **STATED, hedge="H", stated_cells="2",
    )  # fmt: skip
    after = merged({**dict.fromkeys(NAMES, ""), "title": "T", "unit": "case", "phase": "Pilot", **STATED,
                    "stated_lens": "sector"}, current=before)  # fmt: skip
    assert (after["summary"], after["tags"], after["countries"], after["partners"]) == ("", [], [], [])
    assert after["last_confirmed"] == ""
    assert after["phases"] == [
        {**before["phases"][0], "starts": "", "planned": False, "design": "", "possible_cells": [], "rationale": "",
         "certainty": ""}
    ]  # fmt: skip
    assert after["statements"] == [{**before["statements"][0], "hedge": "", "cells": []}]


def test_an_absent_row_is_kept() -> None:
    before = merged(
        {"title": "T", "unit": "case", "phase": "One", **STATED, "source_locator": "1"},
        {"title": "T", "unit": "case", "phase": "Two", **STATED, "source_locator": "2"},
    )
    after = merged({"phase": "Two", **STATED, "source_locator": "3"}, current=before)
    assert [one["name"] for one in after["phases"]] == ["One", "Two"]
    assert [one["place"] for one in after["statements"]] == ["1", "2", "3"]


def test_the_current_record_is_left_as_it_is() -> None:
    before = known(phase="Pilot", design="shared", partners="public:City", **STATED)
    copy = repr(before)
    merged({"title": "New", "partners": "", "phase": "Pilot", "design": "public", **STATED, "hedge": "H"},
           current=before)  # fmt: skip
    assert repr(before) == copy


def test_what_the_flat_file_does_not_have_stays() -> None:
    before = {
        **known(phase="Pilot", partners="public:City|citizens:", **STATED), "narrative": "Long.", "evidence": [{}],
        "case_study": {"headline": "H"}, "checklists": [{}],
    }  # fmt: skip
    before["partners"][0] |= {"roles": ["pays"], "note": "N", "hybrid": True, "organisation": "city"}
    before["statements"][0] |= {"basis": "class", "paraphrase": "P"}
    after = merged({"partners": "community:New|*public:City", "phase": "Pilot", **STATED, "hedge": "H"},
                   current=before)  # fmt: skip
    assert (after["narrative"], after["evidence"], after["case_study"]) == ("Long.", [{}], {"headline": "H"})
    assert after["partners"][0] == {**before["partners"][0], "lead": True}
    assert [one["name"] for one in after["partners"]] == ["City", "New"]
    assert after["statements"] == [{**before["statements"][0], "hedge": "H"}]


def test_text_that_no_file_can_hold_stays_where_the_file_says_the_rest_of_it() -> None:
    before = {**known(), "summary": "One\r\ntwo\x07", "aliases": ["a\r", "\x07"]}
    after = merged({"summary": "One\ntwo", "aliases": "a\\\n"}, current=before)
    assert after == before


# ---- Phases --------------------------------------------------------------------------------------------


def test_without_a_column_for_it_the_only_phase_is_meant() -> None:
    before = known(phase="Pilot")
    after = merged({"design": "shared", **STATED}, current=before)
    assert [(one["name"], one["design"]) for one in after["phases"]] == [("Pilot", "shared")]
    assert after["statements"][0]["phase"] == "Pilot"


@pytest.mark.parametrize("columns", [None, NAMES])
def test_a_phase_that_nobody_named_is_as_described(columns: Any) -> None:
    cells = {"title": "T", "unit": "case", "design": "shared"}
    assert [one["name"] for one in merged(cells, columns=columns)["phases"]] == [UNNAMED]
    assert merged({"title": "T", "unit": "case", "design": ""}, columns=columns)["phases"] == []


def test_a_file_without_phase_columns_may_change_a_partnership_of_several() -> None:
    before = merged({"title": "T", "unit": "case", "phase": "A"}, {"title": "T", "unit": "case", "phase": "B"})
    assert merged({"title": "New"}, current=before)["phases"] == before["phases"]


def test_a_row_with_empty_phase_columns_speaks_of_the_whole() -> None:
    record = merged(
        {"title": "T", "unit": "case", "phase": "A", "design": "shared"},
        {"title": "T", "unit": "case", "phase": "", "design": "", **STATED, "statement_kind": "movement",
         "stated_cells": "4|7>5"},
    )  # fmt: skip
    [statement] = record["statements"]
    assert (statement["phase"], statement["basis"]) == ("", "cell")
    assert (statement["from_cells"], statement["to_cells"], statement["cells"]) == ([4, 7], [5], [])


def test_phases_come_after_those_there_are_in_the_order_of_the_file() -> None:
    before = known(phase="First", phase_order="4")
    after = merged({"phase": "Second"}, {"phase": "Third"}, {"phase": "First"}, current=before)
    assert [(one["name"], one["order"]) for one in after["phases"]] == [("First", 4), ("Second", 5), ("Third", 6)]


def test_two_phases_may_change_places() -> None:
    before = merged({"title": "T", "unit": "case", "phase": "A"}, {"title": "T", "unit": "case", "phase": "B"})
    after = merged({"phase": "A", "phase_order": "2"}, {"phase": "B", "phase_order": "1"}, current=before)
    assert [(one["name"], one["order"]) for one in after["phases"]] == [("B", 1), ("A", 2)]


@pytest.mark.parametrize(
    ("cells", "certainty"),
    [
        ({"design": "shared"}, "self_reported"),
        ({"possible_cells": "2|8"}, "self_reported"),
        ({"professional_delivery": "shared"}, "self_reported"),
        ({"design": "shared", "certainty": "assessed"}, "assessed"),
        ({"rationale": "Nothing is said."}, ""),
    ],
)
def test_a_position_is_self_reported_unless_the_row_says_otherwise(cells: dict[str, str], certainty: str) -> None:
    assert new(phase="A", **cells)["phases"][0]["certainty"] == certainty


@pytest.mark.parametrize(
    ("cells", "possible"),
    [
        ({"design": "shared", "delivery": "public"}, [2]),
        ({"delivery": "Shared"}, [4, 5, 6]),
        ({"possible_cells": "9|6|outside"}, [6, 9, "outside"]),
        ({"possible_cells": "Outside the matrix| 7"}, [7, "outside"]),
        ({"possible_cells": "1|2|3|4|5|6|7|8|9"}, []),
        ({"design": "shared", "possible_cells": "2|nobody"}, [2, "nobody"]),
        ({}, []),
    ],
)
def test_possible_cells_are_the_product_of_what_is_known_unless_said(cells: dict[str, str], possible: list) -> None:
    assert new(phase="A", **cells)["phases"][0]["possible_cells"] == possible


def test_possible_cells_follow_a_responsibility_that_changes_and_else_stay() -> None:
    before = known(phase="A", possible_cells="2|8", certainty="source_stated")
    untouched = merged({"phase": "A", "design": "", "delivery": ""}, current=before)
    assert untouched["phases"] == before["phases"]
    moved = merged({"phase": "A", "design": "public"}, current=before)
    assert moved["phases"][0]["possible_cells"] == [1, 4, 7]
    emptied = merged({"phase": "A", "possible_cells": ""}, current=before)
    assert emptied["phases"][0]["possible_cells"] == []


def test_the_rationale_is_the_reason_of_an_inferred_position() -> None:
    inferred = {"phase": "A", "design": "shared", "certainty": "inferred", "confidence": "low", "rationale": "A guess."}
    before = known(**inferred)
    assert (before["phases"][0]["reason"], before["phases"][0]["rationale"]) == ("A guess.", "")
    stated = merged({**inferred, "certainty": "source_stated"}, current=before)["phases"][0]
    assert (stated["reason"], stated["rationale"]) == ("", "A guess.")
    back = merged(inferred, current=known(**{**inferred, "certainty": "assessed"}))["phases"][0]
    assert (back["reason"], back["rationale"]) == ("A guess.", "")


RESTING = ("certainty", "confidence", "reason", "rationale")


@pytest.mark.parametrize(
    ("was", "moving", "becomes"),
    [
        ("assessed", {"design": "shared"}, "self_reported"),
        ("source_stated", {"delivery": ""}, ""),
        ("inferred", {"possible_cells": "1|3"}, "self_reported"),
        ("assessed", {"professional_design": "shared"}, "self_reported"),
    ],
)
def test_what_a_position_rested_on_goes_when_it_moves(was: str, moving: dict[str, str], becomes: str) -> None:
    before = known(phase="A", delivery="public", certainty=was, confidence="low", rationale="Seen on a visit.")
    [after] = merged({"title": "T", "unit": "case", "phase": "A", **moving}, current=before)["phases"]
    assert [after[name] for name in RESTING] == [becomes, "", "", ""]


def test_what_a_moved_position_rests_on_is_taken_from_the_file() -> None:
    cells = {"phase": "A", "certainty": "assessed", "confidence": "low", "rationale": "Seen on a visit."}
    before = known(design="public", delivery="public", **cells)
    [after] = merged({**cells, "design": "shared"}, current=before)["phases"]
    assert [after[name] for name in RESTING] == ["assessed", "low", "", "Seen on a visit."]
    [after] = merged({"phase": "A", "design": "shared", "certainty": "source_stated"}, current=before)["phases"]
    assert [after[name] for name in RESTING] == ["source_stated", "", "", ""]
    [after] = merged({"phase": "A", "design": "shared", "rationale": "Told."}, current=before)["phases"]
    assert [after[name] for name in RESTING] == ["self_reported", "", "", "Told."]
    [after] = merged({"phase": "A", "design": "shared", "certainty": ""}, current=before)["phases"]
    assert after["certainty"] == "self_reported"


def test_a_position_that_stays_keeps_what_it_rests_on() -> None:
    cells = {"design": "public", "delivery": "public"}
    before = known(phase="A", **cells, certainty="assessed", confidence="low", rationale="Seen on a visit.")
    assert merged({"title": "Other", "phase": "A", **cells}, current=before)["phases"] == before["phases"]


def test_an_inferred_position_that_moves_needs_a_reason_of_its_own() -> None:
    cells = {"phase": "A", "certainty": "inferred", "confidence": "low"}
    before = known(design="public", rationale="A guess.", **cells)
    found = merge([row(design="shared", **cells)], ["design", *cells], before, SourceBook())
    assert [fault.column for fault in found.faults] == ["rationale"]


@pytest.mark.parametrize("written", ["yes", "TRUE", "1", " Yes "])
def test_yes_and_no_in_the_ways_of_spreadsheets(written: str) -> None:
    assert new(phase="A", planned=written)["phases"][0]["planned"] is True


# ---- One reader for a file -----------------------------------------------------------------------------


def test_a_reader_takes_one_partnership_after_the_other() -> None:
    reader, book = Reader(("title", "unit", "source_title")), SourceBook()
    records = [
        reader.merge([row(line, title=f"T{line}", unit="case", source_title="New")], None, book).record
        for line in (2, 3)
    ]
    assert [one["title"] for one in records] == ["T2", "T3"]
    assert [one["statements"][0]["source"] for one in records] == ["new", "new"]
    assert len(book.new) == 1
