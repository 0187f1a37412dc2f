"""What sources say beside what was assessed: every case of a comparison, in words."""

from typing import Any

import pytest

from partnerships.models import Statement
from partnerships.positions import LensPosition, Position, of_direct
from partnerships.presenters.case import case_page, case_queryset
from partnerships.presenters.comparison import Comparison, PhaseComparison, compare_statement
from tests import factories

SAME, OTHER, MAYBE, NOT = "Same cell", "Different cell", "May be the same cell", "Not comparable"
OPEN_DELIVERY = "Whether they differ on delivery is open."


def says(**fields: Any) -> Statement:
    """What a source says, not stored anywhere."""
    return Statement(**{"kind": "explicit", "lens": "sector", **fields})


def answers(*cells: int | str, professional: tuple[int, ...] = (), **known: str) -> Position:
    """What a guided assessment comes out at."""
    return Position(
        "assessed",
        LensPosition(**known, possible=frozenset(cells) or LensPosition().possible),
        LensPosition(possible=frozenset(professional) or LensPosition().possible),
    )


CASES = {
    "one cell, the same": (says(cells={5}), answers(5), SAME, "Both say 5."),
    "one cell, another": (
        says(cells={8}), answers(5), OTHER, "The source says 8, the assessment 5. They differ on delivery.",
    ),
    "another on both axes": (
        says(cells={9}), answers(5), OTHER, "The source says 9, the assessment 5. They differ on design and delivery.",
    ),
    "words of the source, one axis": (
        says(kind="none", basis="words", design="shared"), answers(5), MAYBE,
        "The source allows 2, 5 or 8. The assessment says 5, which is among them.",
    ),
    "both axes in words": (says(kind="none", design="shared", delivery="shared"), answers(5), SAME, "Both say 5."),
    "words that contradict": (
        says(kind="none", design="public"), answers(5), OTHER,
        "The source says 1, 4 or 7, the assessment 5. They differ on design. " + OPEN_DELIVERY,
    ),
    "the same set": (says(cells={6, 9}), answers(6, 9), "Same cells", "Both leave open 6 or 9."),
    "sets that share one": (
        says(cells={6, 9}), answers(3, 6), MAYBE, "The source allows 6 or 9, the assessment 3 or 6. In both: 6.",
    ),
    "sets that share two": (
        says(cells={6, 8, 9}), answers(6, 9, 3), MAYBE,
        "The source allows 6, 8 or 9, the assessment 3, 6 or 9. In both: 6 and 9.",
    ),
    "the assessment says less": (
        says(cells={5}), answers(2, 5, 8), MAYBE,
        "The source says 5. The assessment allows 2, 5 or 8, so it may be the same.",
    ),
    "sets that share none": (
        says(cells={6, 9}), answers(5, 8), OTHER,
        "The source says 6 or 9, the assessment 5 or 8. They differ on design. " + OPEN_DELIVERY,
    ),
    "sets that share none, crosswise": (
        says(cells={1, 5}), answers(2, 4), OTHER,
        "The source says 1 or 5, the assessment 2 or 4. They differ, and on which axis is open.",
    ),
    "outside the matrix": (
        says(cells={"outside"}), answers("outside"), SAME, "Both say outside the matrix.",
    ),
    "perhaps nobody": (
        says(cells={7}), answers(7, "nobody"), MAYBE,
        "The source says 7. The assessment allows 7 or nobody named, so it may be the same.",
    ),
    "a type of scheme": (
        says(kind="inherited", cells={5}), answers(5), NOT, "The source places its type of scheme, not this one.",
    ),
    "a movement": (
        says(kind="movement", from_cells={4, 7}, to_cells={5}), answers(5), NOT,
        "The source describes a movement from 4 or 7 to 5, not where one phase stands.",
    ),
    "nothing about it": (
        says(kind="none"), answers(5), NOT, "The source names no cell and does not say who is responsible.",
    ),
    "every cell": (says(cells=set(range(1, 10))), answers(5), NOT, "The source leaves every cell open."),
    "nothing assessed": (says(cells={5}), answers(), NOT, "The answers leave open where it stands."),
    "professional, the same": (
        says(lens="professional", cells={4}), answers(7, professional=(4,)), SAME, "Both say 4.",
    ),
    "professional, another": (
        says(lens="professional", cells={4}), answers(4, professional=(1,)), OTHER,
        "The source says 4, the assessment 1. They differ on delivery.",
    ),
    "professional in words": (
        says(kind="none", lens="professional", design="users_or_community", delivery="professionals"),
        answers(9, professional=(3,)), SAME, "Both say 3.",
    ),
    "professional beside open answers": (
        says(lens="professional", cells={4}), answers(4), NOT, "The answers leave open where it stands.",
    ),
    "professional beside a direct statement": (
        says(lens="professional", cells={4}), of_direct("public", "shared"), NOT,
        "The source asks about paid staff and users, and what was stated directly says nothing about them.",
    ),
    "a direct statement": (says(cells={4}), of_direct("public", "shared"), SAME, "Both say 4."),
    "a direct statement of nothing": (
        says(cells={4}), of_direct("", ""), NOT, "What was stated directly leaves both responsibilities open.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_case_has_its_words(case: str) -> None:
    statement, position, verdict, why = CASES[case]

    assert compare_statement(statement, position) == Comparison(verdict, why)


# ---- On the page -------------------------------------------------------------------------------


def shown(partnership: Any) -> tuple[PhaseComparison, ...]:
    return case_page(case_queryset().get(pk=partnership.pk), inferred=False).comparisons


@pytest.mark.django_db
def test_a_statement_stands_beside_the_assessment_of_its_phase() -> None:
    record = factories.partnership()
    phase = record.phases.get()
    factories.assessment(phase, perspective="public_body", design="shared", delivery="shared")
    book = factories.source("Grey Book", slug="grey-book")
    factories.statement(record, source=book, phase=phase, place="p. 12", cells={8})

    [found] = shown(record)

    assert (found.phase, found.assessed) == ("", "Public body")
    [row] = found.rows
    assert (row.source, row.url, row.place, row.about) == ("Grey Book", "/sources/grey-book/", "p. 12", "")
    assert (row.verdict, row.lens) == (OTHER, "")
    assert row.why == "The source says 8, the assessment 5. They differ on delivery."


@pytest.mark.django_db
def test_a_statement_tells_its_lens_its_view_and_its_reading() -> None:
    record = factories.partnership()
    factories.assessment(record.phases.get(), method="guided")
    factories.statement(record, lens="professional", cells={4}, place="p. 1", perspective="the charity", reading="A")

    [row] = shown(record)[0].rows

    assert (row.place, row.lens, row.verdict) == ("p. 1, the charity, reading A", "By profession", SAME)


@pytest.mark.django_db
def test_without_an_assessment_or_without_a_statement_there_is_nothing_to_compare() -> None:
    stated, assessed = factories.partnership(), factories.partnership()
    factories.statement(stated, cells={5})
    factories.assessment(stated.phases.get(), submitted=False, design="shared")
    factories.assessment(assessed.phases.get(), design="shared")

    assert shown(stated) == ()
    assert shown(assessed) == ()


@pytest.mark.django_db
def test_the_adopted_assessment_is_compared_else_the_latest() -> None:
    record = factories.partnership()
    phase = record.phases.get()
    first = factories.assessment(phase, design="shared", delivery="shared", perspective="public_body")
    factories.assessment(phase, design="public", delivery="public", perspective="researcher")
    factories.statement(record, cells={5})
    assert shown(record)[0].assessed == "Researcher"

    phase.adopted_assessment = first
    phase.save()

    [found] = shown(record)
    assert (found.assessed, found.rows[0].verdict) == ("Public body", SAME)


@pytest.mark.django_db
def test_what_is_said_of_the_whole_stands_beside_the_current_phase_only() -> None:
    record = factories.partnership()
    now = factories.add_phase(record, name="Running")
    for phase in record.phases.all():
        factories.assessment(phase, design="shared", delivery="shared")
    factories.statement(record, cells={5})
    factories.statement(record, cells={8}, phase=record.phases.get(order=1))

    first, second = shown(record)

    assert [(view.phase, view.open, len(view.rows)) for view in (first, second)] == [
        ("Phase 1", False, 1), (now.name, True, 1),
    ]  # fmt: skip
    assert second.rows[0].about == "It speaks of the whole, not of this phase."
    assert first.rows[0].about == ""


@pytest.mark.django_db
def test_what_is_said_of_the_whole_goes_with_the_last_assessed_phase_where_the_current_one_is_not() -> None:
    record = factories.partnership()
    factories.assessment(record.phases.get(), design="shared", delivery="shared")
    factories.add_phase(record, name="Running")
    factories.statement(record, cells={5})

    [found] = shown(record)

    assert (found.phase, found.open) == ("Phase 1", True)
