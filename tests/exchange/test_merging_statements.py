"""Which statement a row means, what a new one rests on, and when a claim no longer gives a position."""

from typing import Any

import pytest

from exchange.files import Row
from exchange.formats.columns import NAMES
from exchange.merging import SourceBook, merge
from partnerships.record import Record

REPORT = {"slug": "report", "title": "Report", "year": 2012, "url": "", "doi": ""}
STATED = {"source_title": "Report", "source_year": "2012"}


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


# ---- Statements ----------------------------------------------------------------------------------------


def test_a_source_without_a_kind_says_nothing_about_models() -> None:
    [statement] = new(**STATED)["statements"]
    assert (statement["kind"], statement["lens"], statement["phase"], statement["basis"]) == ("none", "sector", "", "")


@pytest.mark.parametrize(
    ("cells", "basis"),
    [
        ({"stated_design": "shared"}, "words"),
        ({"stated_design": "shared", "stated_model": "Co-design"}, "words"),
        ({"stated_model": "Co-design"}, "label"),
        ({"stated_cells": "2", "stated_design": "shared", "stated_model": "Co-Governance"}, "cell"),
        ({"stated_cells": "2|8", "statement_kind": "label_only"}, "label"),
        ({"stated_cells": "7", "statement_kind": "inherited"}, "class"),
        ({"stated_cells": "1>5", "statement_kind": "movement"}, "cell"),
        ({"hedge": "perhaps"}, ""),
    ],
)
def test_what_a_new_statement_rests_on(cells: dict[str, str], basis: str) -> None:
    assert new(**STATED, **cells)["statements"][0]["basis"] == basis


@pytest.mark.parametrize(
    "other", ["source_locator", "statement_kind", "perspective", "reading", "stated_lens", "phase", "source_title"]
)
def test_the_key_of_a_statement(other: str) -> None:
    cells = {"phase": "A", **STATED, "source_locator": "p. 1", "statement_kind": "explicit", "perspective": "authors",
             "reading": "A", "stated_lens": "sector", "hedge": "old"}  # fmt: skip
    before = known(**cells)
    same = merged({**cells, "hedge": "new"}, current=before)["statements"]
    assert [one["hedge"] for one in same] == ["new"]
    values = {"statement_kind": "hedged", "stated_lens": "professional"}
    added = merged({**cells, "hedge": "new", other: values.get(other, "B")}, current=before)["statements"]
    assert [one["hedge"] for one in added] == ["old", "new"]


def test_an_absent_column_of_the_key_fits_any_value() -> None:
    before = known(phase="A", **STATED, statement_kind="explicit", source_locator="p. 1")
    after = merged({"phase": "A", **STATED, "hedge": "new"}, current=before)["statements"]
    assert [(one["hedge"], one["kind"], one["place"]) for one in after] == [("new", "explicit", "p. 1")]


def test_without_a_column_for_the_phase_a_known_movement_is_found() -> None:
    before = known(phase="A")
    movement = {**STATED, "statement_kind": "movement", "stated_cells": "4>5"}
    once = merged(movement, current=before)
    assert [(one["phase"], one["to_cells"]) for one in once["statements"]] == [("", [5])]
    twice = merged({**movement, "stated_cells": "4>8"}, current=once)
    assert [one["to_cells"] for one in twice["statements"]] == [[8]]


def test_rows_that_repeat_themselves_are_one_statement() -> None:
    cells = {"title": "T", "unit": "case", "phase": "A", **STATED, "statement_kind": "explicit"}
    before = merged(cells, {**cells, "statement_kind": "Explicit "})
    assert len(before["statements"]) == 1
    assert merged(cells, cells, current=before) == before


def test_two_statements_of_one_key_are_told_apart_by_what_they_say() -> None:
    cells = {"title": "T", "unit": "case", "phase": "A", **STATED}
    one, other = {**cells, "stated_model": "X"}, {**cells, "stated_model": "Y"}
    before = merged(one, other)
    assert [row["label"] for row in before["statements"]] == ["X", "Y"]
    assert merged(other, one, current=before) == before
    after = merged(other, {**one, "stated_model": "Z"}, current=before)
    assert [row["label"] for row in after["statements"]] == ["Z", "Y"]


# ---- Adoption ------------------------------------------------------------------------------------------


def adopted() -> Record:
    record = known(phase="A", design="shared", delivery="public", certainty="source_stated", **STATED,
                   stated_cells="2", statement_kind="explicit")  # fmt: skip
    record["statements"][0]["adopted"] = True
    return record


def test_a_claim_stays_adopted_while_the_position_stays() -> None:
    cells = {"phase": "A", "design": "shared", "rationale": "R", **STATED, "statement_kind": "explicit", "hedge": "H"}
    assert merged(cells, current=adopted())["statements"][0]["adopted"]


@pytest.mark.parametrize(
    "cells",
    [{"design": "public"}, {"certainty": "assessed"}, {"professional_design": "shared"}, {"possible_cells": ""}],
)
def test_a_claim_is_let_go_when_the_position_moves(cells: dict[str, str]) -> None:
    before = adopted()
    before["phases"][0]["design"] = "" if "possible_cells" in cells else "shared"
    before["assessments"] = [{"phase": "A", "adopted": True, "reason": "R"}, {"phase": "A", "adopted": False}]
    after = merged({"phase": "A", **cells}, current=before)
    assert after["statements"] == [{**before["statements"][0], "adopted": False}]
    assert after["assessments"] == [{**row, "adopted": False} for row in before["assessments"]]


def test_a_claim_is_let_go_when_it_says_something_else() -> None:
    after = merged({"phase": "A", **STATED, "statement_kind": "explicit", "stated_cells": "5"}, current=adopted())
    assert (after["statements"][0]["cells"], after["statements"][0]["adopted"]) == ([5], False)


def test_a_claim_about_the_whole_is_let_go_with_a_second_phase() -> None:
    before = adopted()
    before["statements"][0]["phase"] = ""
    assert merged({"phase": "A"}, current=before)["statements"][0]["adopted"]
    assert not merged({"phase": "B"}, current=before)["statements"][0]["adopted"]
