"""Three versions of a record: what one side changed lands on what the other side made of it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.three_way import ThreeWay, Version
from tests.partnerships.test_record_diff import ASSESSMENT, EVIDENCE, ITEM, PARTNER, PHASE, RECORD, STATEMENT

Edit = Callable[[dict[str, Any]], None]
SECOND = {**PHASE, "name": "Run", "order": 2, "starts": "2015", "ends": ""}
BASE = {**deepcopy(RECORD), "phases": [PHASE, SECOND]}


def rename(record: dict[str, Any]) -> None:
    for part in ("statements", "assessments", "checklists", "evidence"):
        record[part] = [{**r, "phase": "Trial"} if r.get("phase") == "Pilot" else r for r in record[part]]
    record["phases"][0] = {**record["phases"][0], "name": "Trial"}


def put(**fields: Any) -> Edit:
    return lambda record: record.update(deepcopy(fields))


def more(part: str, row: dict[str, Any]) -> Edit:
    return lambda record: record[part].append(deepcopy(row))


def in_phase(number: int, **fields: Any) -> Edit:
    return lambda record: record["phases"][number].update(fields)


# Each changes something else, so that any of them may be made on either side.
EDITS: list[Edit] = [
    put(title="New"),
    put(countries=["SE"]),
    put(last_confirmed="2025-01-01"),
    more("partners", {**PARTNER, "name": "City"}),
    lambda record: record["partners"][0].update(lead=True),
    in_phase(0, starts="2011"),
    in_phase(1, planned=True),
    in_phase(1, design="shared", possible_cells=[5]),
    more("evidence", {**EVIDENCE, "place": "p. 1"}),
    lambda record: record["statements"][0].update(paraphrase="Other words."),
    lambda record: record["checklists"].clear(),
    lambda record: record["case_study"].update(headline="New"),
    more("assessments", {**ASSESSMENT, "submitted": "2025-01-01", "perspective": "researcher"}),
]  # fmt: skip
some = st.sets(st.integers(0, len(EDITS) - 1))


def version(edits: set[int], *, renamed: bool = False) -> Version:
    record = deepcopy(BASE)
    for number in sorted(edits):
        EDITS[number](record)
    if renamed:
        rename(record)
    first = "Trial" if renamed else "Pilot"
    return Version(record, {first: "Pilot", "Run": "Run"})


def content(record: dict[str, Any]) -> dict[str, Any]:
    """The order in which rows were added is no part of what a record says."""
    rows = ("partners", "statements", "evidence", "assessments", "checklists")
    return {**record, **{part: sorted(map(repr, map(sorted_row, record[part]))) for part in rows}}


def sorted_row(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(row.items())


@given(some, some, st.booleans(), st.booleans())
def test_both_sides_land(mine: set[int], theirs: set[int], here: bool, there: bool) -> None:
    ways = ThreeWay(Version.first(BASE), version(mine, renamed=here), version(theirs, renamed=there))
    both = version(mine | theirs, renamed=here or there)
    assert not any(one.conflict for one in ways.changes)
    assert content(ways.merged().record) == content(both.record)
    again = ThreeWay(ways.base, ways.mine, ways.merged())
    assert again.changes == (), "nothing is left to take over"


@given(some)
def test_without_a_change_nothing_is_taken(theirs: set[int]) -> None:
    ways = ThreeWay(Version.first(BASE), Version.first(BASE), version(theirs))
    assert ways.changes == ()
    assert content(ways.merged().record) == content(ways.theirs.record)


def edited(*edits: Edit, was: dict[str, str] | None = None) -> Version:
    record = deepcopy(BASE)
    for edit in edits:
        edit(record)
    return Version(record, {"Pilot": "Pilot", "Run": "Run"} if was is None else was)


def test_a_conflict_is_left_alone_unless_taken() -> None:
    ways = ThreeWay(Version.first(BASE), edited(put(title="Mine")), edited(put(title="Theirs", place="Leith")))
    (only,) = ways.changes
    assert only.conflict
    assert ways.merged().record["title"] == "Theirs"
    taken = ways.merged([only.code]).record
    assert (taken["title"], taken["place"]) == ("Mine", "Leith")
    assert ways.before(only).record["title"] == "Theirs"


def test_the_same_on_both_sides_is_no_change() -> None:
    ways = ThreeWay(Version.first(BASE), edited(put(title="Same")), edited(put(title="Same")))
    assert ways.changes == ()


def test_a_phase_comes_whole_and_takes_its_claims_along() -> None:
    third = {**PHASE, "name": "Later", "order": 3}
    mine = edited(more("phases", third), more("assessments", {**ASSESSMENT, "phase": "Later"}))
    ways = ThreeWay(Version.first(BASE), mine, edited(put(title="Theirs")))
    phase, claim = ways.changes
    assert (phase.key, claim.key[0]) == (("phases", "+Later"), "assessments")
    merged = ways.merged([phase.code, claim.code])
    assert [one["name"] for one in merged.record["phases"]] == ["Pilot", "Run", "Later"]
    assert merged.record["assessments"][-1]["phase"] == "Later"
    alone = ways.merged([claim.code]).record
    assert (len(alone["phases"]), len(alone["assessments"])) == (2, 1), "no claim without its phase"


def test_a_phase_that_went_elsewhere_is_a_conflict() -> None:
    gone = edited(lambda record: record["phases"].pop(), was={"Pilot": "Pilot"})
    ways = ThreeWay(Version.first(BASE), edited(in_phase(1, planned=True)), gone)
    (only,) = ways.changes
    assert (only.key, only.conflict) == (("phases", "Run"), True)
    assert len(ways.merged().record["phases"]) == 1
    assert ways.merged([only.code]).record["phases"][1] == {**SECOND, "planned": True}


def test_the_order_of_phases() -> None:
    turned = edited(lambda record: record["phases"].reverse())
    ways = ThreeWay(Version.first(BASE), turned, edited(put(title="Theirs")))
    (only,) = ways.changes
    merged = ways.merged().record["phases"]
    assert not only.conflict
    assert [(one["name"], one["order"]) for one in merged] == [("Run", 1), ("Pilot", 2)]


def test_the_adopted_claim_goes_with_the_position() -> None:
    second = {**STATEMENT, "place": "p. 9", "adopted": True}
    mine = edited(lambda record: record.update(statements=[{**STATEMENT, "adopted": False}, second]))
    ways = ThreeWay(Version.first(BASE), mine, Version.first(BASE))
    codes = {one.key[0]: one.code for one in ways.changes}
    assert set(codes) == {"phases", "statements"}
    rows = ways.merged([codes["statements"]]).record["statements"]
    assert [row["adopted"] for row in rows] == [True, False], "the position stays where it is"
    rows = ways.merged(list(codes.values())).record["statements"]
    assert [row["adopted"] for row in rows] == [False, True]


def test_a_checklist_item_keeps_to_its_phase() -> None:
    mine = edited(rename, more("checklists", {**ITEM, "phase": "Trial", "item": "tools.survey"}),
                  was={"Trial": "Pilot", "Run": "Run"})  # fmt: skip
    ways = ThreeWay(Version.first(BASE), mine, Version.first(BASE))
    survey = next(one for one in ways.changes if one.key[0] == "checklists")
    rows = ways.merged([survey.code]).record["checklists"]
    assert [row["phase"] for row in rows] == ["Pilot", "Pilot"], "the new name was not taken"


def outcome(mine: Edit, theirs: Edit) -> list[str]:
    """What became of each change of mine: taken over, otherwise, left."""
    records = [deepcopy(BASE), deepcopy(BASE)]
    for edit, record in zip((mine, theirs), records, strict=True):
        edit(record)
    sides = [Version(record, {"Pilot": "Pilot", "Run": "Run"}) for record in records]
    base = Version.first(BASE)
    against = ThreeWay(base, *sides)
    return [
        "taken" if against.holds(one) else "left" if against.untouched(one) else "otherwise"
        for one in ThreeWay(base, sides[0], base).changes
    ]


BLANK = {**PHASE, "name": "New", "order": 3, "starts": "2024", "ends": "", "certainty": "", "design": "",
         "delivery": "", "possible_cells": []}  # fmt: skip
PLACED = {**BLANK, "certainty": "assessed", "design": "public", "delivery": "shared", "possible_cells": [4]}


@pytest.mark.parametrize(
    ("mine", "theirs", "became"),
    [
        (put(title="New"), put(title="New", summary="By the curator."), "taken"),
        (put(title="New"), put(summary="By the curator."), "left"),
        (put(title="Nwe"), put(title="New"), "otherwise"),
        (put(tags=["a"]), put(tags=["a", "b"]), "taken"),
        (put(tags=["a", "b"]), put(tags=["b"]), "otherwise"),
        (put(countries=["IT"]), put(countries=["IT", "SE"]), "taken"),
        (put(countries=["IT"]), put(countries=["IT", "NO", "SE"]), "otherwise"),
        (put(countries=["NO", "IT"]), put(countries=["IT", "NO", "SE"]), "otherwise"),
        (more("phases", BLANK), more("phases", PLACED), "taken"),
        (more("phases", PLACED), more("phases", BLANK), "otherwise"),
        (more("phases", BLANK), more("phases", {**PLACED, "ends": "2025"}), "taken"),
        (more("phases", BLANK), put(title="New"), "left"),
        (in_phase(0, ends=""), in_phase(0, ends="2015"), "otherwise"),
        (in_phase(0, ends="2015"), in_phase(0, ends="2015", starts="2011"), "taken"),
        (put(partners=[]), put(partners=[]), "taken"),
        (put(partners=[]), put(title="New"), "left"),
        (put(case_study=None), put(title="New"), "left"),
        (lambda record: record["phases"].reverse(), put(title="New"), "left"),
        (lambda record: record["phases"].reverse(),
         lambda record: record.update(phases=[*reversed(record["phases"]), BLANK]), "taken"),
    ],
)  # fmt: skip
def test_what_became_of_a_change(mine: Edit, theirs: Edit, became: str) -> None:
    assert set(outcome(mine, theirs)) == {became}
