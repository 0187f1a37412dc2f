"""Partnerships side by side: rows that differ, what is the same, and what nobody states."""

from typing import Any

import pytest

from partnerships import actions
from partnerships.models import Partnership
from partnerships.presenters.compare_cases import Comparison, compared, comparison
from partnerships.presenters.compare_rows import Line, Row
from taxonomy.lenses import PROFESSIONAL
from tests import factories

pytestmark = pytest.mark.django_db


def beside(*partnerships: Partnership, inferred: bool = False) -> Comparison:
    found = comparison(compared([partnership.slug for partnership in partnerships]), inferred=inferred)
    assert found
    return found


def rows(page: Comparison) -> dict[str, Row]:
    return {row.label: row for group in page.groups for row in group.rows}


def texts(row: Row) -> list[list[str]]:
    return [[line.text for line in cell.lines] for cell in row.cells]


def same(page: Comparison) -> dict[str, list[str]]:
    return {row.label: [line.text for line in row.lines] for row in page.same}


def shared(title: str, **fields: Any) -> Partnership:
    return factories.partnership(title, design="shared", delivery="shared", **fields)


def test_one_alone_is_no_comparison() -> None:
    assert comparison(compared([shared("One").slug]), inferred=False) is None


def test_they_come_in_the_order_of_the_address_and_only_published() -> None:
    one, two = shared("One"), shared("Two")
    hidden = factories.partnership("Three", status="withdrawn")

    assert [record.title for record in compared([two.slug, hidden.slug, "nothing", one.slug])] == ["Two", "One"]


# ---- Where they stand -----------------------------------------------------------------------------


def test_the_position_is_drawn_and_compared_in_words() -> None:
    row = rows(beside(shared("One"), factories.partnership("Two", design="public", delivery="shared")))["By sector"]

    assert [cell.position.tag for cell in row.cells] == ["5 · Full Co-Production", "4 · Co-Management"]
    assert row.verdict == "They differ on design."


def test_the_position_stays_in_the_table_where_it_is_the_same() -> None:
    page = beside(shared("One"), shared("Two"))

    assert rows(page)["By sector"].verdict == "They agree."
    assert "By sector" not in same(page)


def test_a_partnership_without_a_place_is_said_so() -> None:
    row = rows(beside(shared("One"), shared("Two"), factories.partnership("Three")))["By sector"]

    assert row.cells[2].position.tag == "Not placed"
    assert row.verdict == "They agree. Not all of them are placed."
    nowhere = beside(factories.partnership("Four"), factories.partnership("Five"))
    assert rows(nowhere)["By sector"].verdict == "None of them is placed."


def test_the_professional_lens_has_a_row_where_somebody_is_placed_under_it() -> None:
    assert "By profession" not in rows(beside(shared("One"), shared("Two")))
    known = factories.partnership("Three", design="professionals", delivery="professionals", lens=PROFESSIONAL)
    row = rows(beside(shared("Four"), known))["By profession"]
    assert [cell.position.tag for cell in row.cells] == ["Not placed", "1"]


def test_an_inferred_position_shows_only_when_asked() -> None:
    one, two = shared("One"), shared("Two", phase=factories.INFERENCE)

    held_back, shown = rows(beside(one, two)), rows(beside(one, two, inferred=True))

    assert held_back["By sector"].cells[1].position.tag == "Not placed"
    assert texts(held_back["What that rests on"]) == [["A source says so"], []]
    assert shown["By sector"].cells[1].position.tag == "5 · Full Co-Production"
    assert texts(shown["What that rests on"])[1] == ["Inferred", "Confidence: low"]


def test_a_hedge_stands_beside_what_it_rests_on() -> None:
    one, two = shared("One"), factories.partnership("Two")
    hedged = factories.statement(two, phase=two.phases.get(), cells={5}, hedge="closest fit")
    actions.adopt(phase=two.phases.get(), claim=hedged, by=None)

    row = rows(beside(one, two))["What that rests on"]

    assert row.cells[1].lines == (Line("A source says so", tags=("closest fit, says the source",)),)


@pytest.mark.parametrize(
    ("claim", "tag"),
    [
        (
            {"kind": "ambiguous", "basis": "cell", "hedge": "resembles", "cells": {6, 9}},
            "the source leaves it between 6 and 9",
        ),
        ({"kind": "ambiguous", "cells": {6}}, "can be read in two ways"),
        ({"kind": "none", "basis": "words", "design": "shared", "delivery": "shared"}, "read from the source’s words"),
    ],
)
def test_what_a_source_leaves_open_stands_beside_what_it_rests_on(claim: dict[str, Any], tag: str) -> None:
    one, two = shared("One"), factories.partnership("Two")
    said = factories.statement(two, phase=two.phases.get(), **claim)
    actions.adopt(phase=two.phases.get(), claim=said, by=None)

    row = rows(beside(one, two))["What that rests on"]

    assert row.cells[1].lines == (Line("A source says so", tags=(tag,)),)


def test_each_has_a_letter_for_small_screens() -> None:
    page = beside(shared("One"), shared("Two"), shared("Three"))

    assert [(column.letter, column.title) for column in page.columns] == [("A", "One"), ("B", "Two"), ("C", "Three")]
    row = rows(page)["By sector"]
    assert [(letter, cell.case) for letter, cell in row.lettered] == [("A", "One"), ("B", "Two"), ("C", "Three")]


# ---- Answers by task ------------------------------------------------------------------------------


def assessed(title: str, **answers: Any) -> Partnership:
    record = factories.partnership(title)
    phase = record.phases.get()
    claim = factories.assessment(phase, method="guided", answers={**factories.ANSWERS, **answers})
    actions.adopt(phase=phase, claim=claim, by=None)
    return record


def test_answers_are_laid_side_by_side_by_task_and_kind() -> None:
    page = beside(assessed("One"), assessed("Two", detail={"third_sector": "led"}))

    assert texts(rows(page)["Who wrote the plan in detail?"]) == [
        ["Public body: Led or decided alone"], ["Third sector organisation: Led or decided alone"],
    ]  # fmt: skip
    assert "Who runs it day to day?" in same(page)


def test_answers_that_never_count_are_marked() -> None:
    page = beside(assessed("One", needs={"public": "led"}), assessed("Two"))

    row = rows(page)["Who found out what people needed? (never counted)"]
    assert (texts(row), row.cells[1].empty) == ([["Public body: Led or decided alone"], []], "Not answered")


def test_without_answers_by_kind_that_is_said() -> None:
    page = beside(assessed("One"), shared("Two"))
    direct = factories.partnership("Three")
    phase = direct.phases.get()
    actions.adopt(phase=phase, claim=factories.assessment(phase, design="shared"), by=None)

    assert rows(page)["Who runs it day to day?"].cells[1].empty == "No answers by kind of party"
    assert "Answers by kind of party" in beside(shared("Four"), direct).unstated


def test_answers_of_an_earlier_phase_are_not_those_of_the_current_one() -> None:
    record = assessed("One")
    factories.add_phase(record, name="Later", design="shared", delivery="shared")

    assert "Answers by kind of party" in beside(record, shared("Two")).unstated


# ---- Who takes part, phases, facts, evidence ------------------------------------------------------


def test_partners_have_a_row_for_each_kind_that_takes_part() -> None:
    leith = factories.organisation("Leith Council", slug="leith")
    one, two = shared("One", partners=[("citizens", "")]), shared("Two", partners=[("citizens", "")])
    one.partners.create(kind="public", name="Leith Council", organisation=leith, lead=True, roles=["pays"])

    page = beside(one, two)

    row = rows(page)["Public bodies"]
    assert row.cells[0].lines == (Line("Leith Council", "/organisations/leith/", ("lead", "funder")),)
    assert (row.cells[1].lines, row.cells[1].empty) == ((), "None named")
    assert same(page)["Citizens"] == ["Not named"]
    assert "Private firms" not in {*rows(page), *same(page), *page.unstated}


def test_phases_come_with_their_dates_and_places() -> None:
    one, two = shared("One"), factories.partnership("Two", phase={"name": "As described"})
    factories.add_phase(one, name="Handed over", design="public", delivery="citizens_or_third_sector", planned=True)

    row = rows(beside(one, two))["Phases and dates"]

    assert row.cells[0].lines == (
        Line("Phase 1, dates not stated", tags=("5 · Full Co-Production",)),
        Line("Handed over, dates not stated", tags=("7 · Co-Management", "planned")),
    )
    assert texts(row)[1] == ["Not divided into phases, dates not stated"]


def test_facts_are_sorted_into_different_same_and_unstated() -> None:
    one = shared("One", countries=["IT"], place="Milan", service_areas=["07"], risk="local_public", level="compliance")
    two = shared("Two", countries=["IT"], place="Brescia", service_areas=["07"])

    page = beside(one, two)

    assert texts(rows(page)["Place"]) == [["Milan"], ["Brescia"]]
    assert rows(page)["Level"].cells[1].empty == "Not stated"
    assert same(page)["Country"] == ["Italy"]
    assert same(page)["Service area"] == ["Health"]
    assert page.same_heading == "The same in both"
    assert {"Vehicle", "Nature", "Effect"} <= set(page.unstated)
    assert "Part of" not in page.unstated


def test_sources_and_graded_evidence() -> None:
    one, two, book = shared("One"), shared("Two"), factories.source("Grey Book", slug="grey-book")
    factories.statement(one, source=book, cells={5})
    for grade in ("B", "B", ""):
        factories.evidence(one, source=book, grade=grade)
    for number in range(8):
        factories.statement(two, source=factories.source(f"Book {number}"), cells={5})

    found = rows(beside(one, two))

    assert found["Sources"].cells[0].lines == (Line("Grey Book", "/sources/grey-book/"),)
    assert found["Sources"].cells[1].lines[-1] == Line("and 2 more", "/partnerships/two/#evidence")
    assert texts(found["Graded evidence"])[0] == ["B: independent evaluation, 2 places"]
