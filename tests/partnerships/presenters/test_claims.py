"""Who says what: sources, assessors and the register, each in rows of their own, none hiding another."""

from datetime import UTC, datetime

import pytest

from accounts.roles import Role
from partnerships import actions
from partnerships.models import Partnership
from partnerships.presenters.case import CasePage, case_page, case_queryset
from partnerships.presenters.claims import Beside, EvidenceView
from taxonomy.lenses import PROFESSIONAL
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(partnership: Partnership, *, inferred: bool = False) -> CasePage:
    return case_page(case_queryset().get(pk=partnership.pk), inferred=inferred)


# ---- Who claims what ---------------------------------------------------------------------------


def test_a_statement_in_full() -> None:
    partnership = factories.partnership()
    book = factories.source("Grey Book", slug="grey-book")
    factories.statement(
        partnership, source=book, place="p. 12", kind="hedged", hedge="comes close to", label="Co-Governance",
        cells={2, 8}, design="shared", perspective="the charity", reading="A", paraphrase="They plan together.",
    )  # fmt: skip

    [group] = page_of(partnership).claims

    assert (group.heading, group.url) == ("Grey Book", "/sources/grey-book/")
    [claim] = group.rows
    assert (claim.who, claim.tag, claim.place, claim.phase) == ("The charity", "reading A", "p. 12", "")
    assert (claim.says, claim.hedge) == ("Co-Governance. Says it with a reservation", "comes close to")
    assert (claim.design, claim.delivery, claim.position) == ("Shared", "Not said", "2 or 8")
    assert (claim.paraphrase, claim.adopted) == ("They plan together.", False)


def test_a_statement_under_the_professional_lens_says_so() -> None:
    partnership = factories.partnership()
    book = factories.source()
    factories.statement(partnership, source=book, cells={5}, lens="professional", delivery="professionals")
    factories.statement(partnership, source=book, cells={5})

    [group] = page_of(partnership).claims

    assert ["profession" in row.says.lower() for row in group.rows] == [True, False]
    assert group.rows[0].delivery == "Professionals"


def test_statements_stand_under_their_source_in_order() -> None:
    partnership = factories.partnership()
    first, second = factories.source("B"), factories.source("A")
    for book, cells in ((first, {5}), (second, {8}), (first, {6})):
        factories.statement(partnership, source=book, cells=cells)

    assert [(group.heading, [row.position for row in group.rows]) for group in page_of(partnership).claims] == [
        ("B", ["5", "6"]),
        ("A", ["8"]),
    ]


def test_what_is_not_on_the_matrix_is_said_in_words() -> None:
    partnership = factories.partnership()
    factories.statement(partnership, cells={7, "outside", "nobody"})

    [group] = page_of(partnership).claims

    assert group.rows[0].position == "7, outside the matrix or nobody named"


def test_a_movement_stands_apart_and_has_both_ends() -> None:
    partnership = factories.partnership()
    factories.statement(partnership, kind="movement", from_cells={4, 7}, to_cells={5})

    page = page_of(partnership)

    assert page.claims == ()
    assert page.movements[0].rows[0].position == "from 4 or 7 to 5"


def test_a_submitted_assessment_is_shown_without_the_name_of_the_assessor() -> None:
    partnership = factories.partnership()
    assessor = factories.user(name="Ada Lovelace")
    claim = factories.assessment(
        partnership.phases.get(), assessor=assessor, perspective="public_body", design="shared",
        submitted_at=datetime(2026, 2, 1, 12, tzinfo=UTC),
    )  # fmt: skip

    page = page_of(partnership)

    [group] = page.claims
    [row] = group.rows
    assert (group.heading, group.url) == ("Assessments", "")
    assert (row.who, row.tag, row.place, row.says) == ("Public body", "Direct", "1 February 2026", "Codebook 1.0")
    assert (row.design, row.delivery, row.position) == ("Shared", "Not known", "2, 5 or 8")
    assert row.paraphrase == claim.reason
    assert "Ada" not in repr(page)


def test_an_assessment_that_nobody_handed_in_is_not_shown() -> None:
    partnership = factories.partnership()
    factories.assessment(partnership.phases.get(), reason="Zanzibar", submitted=False)

    assert "Zanzibar" not in repr(page_of(partnership))


def test_a_guided_assessment_shows_where_its_answers_lead() -> None:
    partnership = factories.partnership()
    answers = {"run": {"public": "led"}, "front": {"public": "led"}}
    factories.assessment(partnership.phases.get(), method="guided", answers=answers, reason="")

    [group] = page_of(partnership).claims

    assert (group.rows[0].tag, group.rows[0].delivery) == ("Guided", "Public sector")


def test_an_assessment_shows_both_lenses_where_both_are_placed() -> None:
    partnership = factories.partnership()
    phase = partnership.phases.get()
    claim = factories.assessment(phase, method="guided", perspective="public_body")
    factories.assessment(phase, perspective="researcher", design="shared", delivery="shared")
    actions.adopt(phase=phase, claim=claim, by=factories.user(Role.CURATOR), rationale="It is documented.")

    assessments, register = page_of(partnership).claims

    guided, direct = assessments.rows
    assert (guided.position, guided.design) == ("7 · Co-Management", "Public sector")
    assert guided.beside == Beside("By profession", "Professionals", "Shared", "4")
    assert direct.beside is None
    assert register.rows[0].beside == guided.beside


def test_a_position_by_profession_alone_is_the_registers_only_row() -> None:
    partnership = factories.partnership(design="professionals", delivery="shared", lens=PROFESSIONAL)

    [register] = page_of(partnership).claims

    [row] = register.rows
    assert (row.position, row.says, row.beside) == ("4", "Under the professional lens", None)


def test_an_assessment_by_invitation_is_marked() -> None:
    partnership = factories.partnership()
    factories.assessment(partnership.phases.get(), perspective="public_body")
    factories.invited_assessment(partnership.phases.get(), label="Zanzibar")

    page = page_of(partnership)

    assert [(row.who, row.invited) for row in page.claims[0].rows] == [
        ("Public body", False), ("Users or community", True),
    ]  # fmt: skip
    assert "Zanzibar" not in repr(page)


def test_the_adopted_claim_is_marked_and_the_register_says_what_it_holds() -> None:
    partnership = factories.partnership()
    phase = partnership.phases.get()
    book = factories.source("Grey Book")
    adopted = factories.statement(partnership, source=book, phase=phase, cells={5})
    factories.statement(partnership, source=book, phase=phase, cells={8})
    curator = factories.user(Role.CURATOR, name="Ada Lovelace")
    actions.adopt(phase=phase, claim=adopted, by=curator, rationale="It is explicit.")

    page = page_of(partnership)

    source, register = page.claims
    assert [row.adopted for row in source.rows] == [True, False]
    [row] = register.rows
    assert register.heading == "This register"
    assert row.who.startswith("Adopted by a curator, ")
    assert (row.position, row.paraphrase, row.tag) == ("5 · Full Co-Production", "It is explicit.", "A source says so")
    assert "Ada" not in repr(page)


def test_what_the_library_adopted_is_said_to_be_the_librarys() -> None:
    partnership = factories.partnership()
    claim = factories.statement(partnership, cells={5})
    actions.adopt(phase=partnership.phases.get(), claim=claim, by=None)

    assert page_of(partnership).claims[-1].rows[0].who.startswith("Adopted by the library, ")


def test_a_position_without_a_claim_says_so() -> None:
    partnership = factories.partnership(design="shared", delivery="shared")

    assert page_of(partnership).claims[0].rows[0].who == "Not adopted from a claim"


def test_an_inferred_position_is_no_claim_of_the_register_unless_asked() -> None:
    partnership = factories.partnership(design="shared", delivery="shared", phase=factories.INFERENCE)

    assert page_of(partnership).claims == ()
    assert page_of(partnership, inferred=True).claims[0].heading == "This register"


def test_with_several_phases_each_claim_names_its_own() -> None:
    partnership = factories.partnership(design="public", delivery="public")
    later = factories.add_phase(partnership, design="shared", delivery="shared")
    factories.statement(partnership, phase=later, cells={5})

    source, register = page_of(partnership).claims

    assert source.rows[0].phase == "Phase 2"
    assert [row.phase for row in register.rows] == ["Phase 1", "Phase 2"]


# ---- Evidence ----------------------------------------------------------------------------------


def test_evidence_stands_under_its_source() -> None:
    partnership = factories.partnership()
    book = factories.source("Grey Book", slug="grey-book")
    factories.evidence(
        partnership, source=book, place="p. 3", grade="B", supports=["design", "delivery"], note="Table 1"
    )
    factories.evidence(partnership, source=book, place="p. 9")

    [group] = page_of(partnership).evidence

    assert (group.source, group.url) == ("Grey Book", "/sources/grey-book/")
    assert group.places == (
        EvidenceView("p. 3", "who designs and who delivers", "B: independent evaluation", "Table 1"),
        EvidenceView("p. 9", "", "", ""),
    )
