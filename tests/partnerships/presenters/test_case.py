"""The case page: where it stands, who takes part, its phases, and nothing that is not public."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnerships import actions
from partnerships.models import Partnership
from partnerships.presenters.case import CasePage, case_page, case_queryset
from partnerships.presenters.glance import Fact
from partnerships.presenters.partners import PartnerView
from taxonomy.lenses import PROFESSIONAL
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def page_of(partnership: Partnership, *, inferred: bool = False) -> CasePage:
    return case_page(case_queryset().get(pk=partnership.pk), inferred=inferred, today=TODAY)


def drawn(page: CasePage) -> dict[int, str]:
    return {cell.number: cell.state for row in page.position.mini.rows for cell in row if cell.state}


# ---- Where it stands ---------------------------------------------------------------------------


def test_it_stands_where_its_current_phase_stands() -> None:
    partnership = factories.partnership(design="public", delivery="public")
    factories.add_phase(partnership, design="shared", delivery="shared")
    factories.add_phase(partnership, design="shared", delivery="public", planned=True)

    page = page_of(partnership)

    assert drawn(page) == {1: "was", 5: "here"}
    assert [phase.name for phase in page.phases] == ["Phase 1", "Phase 2", "Phase 3"]
    assert page.counted


def test_a_plan_is_not_drawn_as_the_place() -> None:
    page = page_of(factories.partnership(design="shared", delivery="shared", phase={"planned": True}))

    assert drawn(page) == {}
    assert page.position.sentence == "It is only planned so far."


def test_an_inferred_position_is_named_but_not_drawn_unless_asked() -> None:
    partnership = factories.partnership(design="shared", delivery="shared", phase=factories.INFERENCE)

    held_back, shown = page_of(partnership), page_of(partnership, inferred=True)

    assert (drawn(held_back), held_back.hidden_inference, held_back.inferred) == ({}, True, None)
    assert (drawn(shown), shown.hidden_inference) == ({5: "here"}, False)
    assert shown.inferred == Fact("Inferred by a coder, low confidence", "Nobody says so.")


def test_an_earlier_inferred_phase_is_dashed_only_when_asked() -> None:
    partnership = factories.partnership(design="public", delivery="public", phase=factories.INFERENCE)
    factories.add_phase(partnership, design="shared", delivery="shared")

    assert drawn(page_of(partnership)) == {5: "here"}
    assert drawn(page_of(partnership, inferred=True)) == {1: "was", 5: "here"}


def test_the_professional_lens_has_a_place_of_its_own_where_something_is_known() -> None:
    known = factories.partnership(design="professionals", delivery="professionals", lens=PROFESSIONAL)

    assert page_of(known).professional.tag == "1"
    assert page_of(factories.partnership(design="shared", delivery="shared")).professional is None


@pytest.mark.parametrize(
    ("unit", "counted"), [("case", True), ("component", True), ("class", False), ("vehicle", False)]
)
def test_whether_it_is_counted(unit: str, counted: bool) -> None:
    assert page_of(factories.partnership(unit=unit)).counted is counted


def test_the_hedge_of_the_claim_that_it_rests_on_stands_beside_the_position() -> None:
    partnership = factories.partnership()
    factories.statement(partnership, cells={8}, hedge="might be")
    claim = factories.statement(partnership, cells={5}, hedge="comes close to")
    actions.adopt(phase=partnership.phases.get(), claim=claim, by=None)

    assert page_of(partnership).caution == "Closest fit: the source says “comes close to”."
    assert page_of(factories.partnership(design="shared", delivery="shared")).caution == ""


@pytest.mark.parametrize(
    ("hedge", "caution"),
    [
        ("resembles", "The source leaves it between 6 and 9: it says “resembles”."),
        ("", "The source leaves it between 6 and 9."),
    ],
)
def test_what_a_source_leaves_between_two_cells_is_no_closest_fit(hedge: str, caution: str) -> None:
    partnership = factories.partnership()
    claim = factories.statement(partnership, cells={6, 9}, kind="ambiguous", hedge=hedge)
    actions.adopt(phase=partnership.phases.get(), claim=claim, by=None)

    assert page_of(partnership).caution == caution


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (
            {"kind": "movement", "from_cells": {4, 7}, "to_cells": {5}},
            "A source describes a movement from 4 or 7 to 5, not one place.",
        ),
        ({"kind": "inherited", "cells": {8}}, "Its type of scheme is placed in 8; nothing is said of this one."),
        ({"kind": "none"}, "What is known is not enough to place it."),
    ],
)  # fmt: skip
def test_what_stands_nowhere_is_told_by_what_sources_do_say(says: dict[str, Any], sentence: str) -> None:
    partnership = factories.partnership()
    factories.statement(partnership, **says)

    assert page_of(partnership).position.sentence == sentence


def test_a_movement_is_drawn() -> None:
    partnership = factories.partnership()
    factories.statement(partnership, kind="movement", from_cells={4, 7}, to_cells={5})

    assert page_of(partnership).arrow.path == "from 4 or 7 to 5"
    assert page_of(factories.partnership()).arrow is None


def test_a_long_page_has_links_to_its_sections() -> None:
    short, long = factories.partnership(), factories.partnership()
    factories.statement(short, cells={5})
    factories.checklist_item(long.phases.get())

    assert page_of(short).contents == ()
    assert [(link.text, link.url) for link in page_of(long).contents] == [
        ("Who takes part", "#partners"),
        ("Phases", "#phases"),
        ("What was done", "#done"),
        ("What is claimed, and by whom", "#claims"),
        ("Evidence", "#evidence"),
    ]


def test_one_phase_that_nobody_named_or_dated_is_no_list_of_phases() -> None:
    undivided = {"name": "As described", "rationale": "The report says so."}
    page = page_of(factories.partnership(design="shared", delivery="shared", phase=undivided))

    assert (page.phases, page.reason) == ((), "The report says so.")


# ---- Who takes part ----------------------------------------------------------------------------


def test_partners_stand_by_kind_with_leads_first() -> None:
    partnership = factories.partnership()
    leith = factories.organisation("Leith Council", slug="leith")
    partnership.partners.create(kind="citizens", note="consulted")
    partnership.partners.create(kind="public", name="NHS", roles=["pays", "refers"])
    partnership.partners.create(kind="public", name="Leith Council", lead=True, organisation=leith)

    public, citizens = page_of(partnership).partners

    assert (public.kind, citizens.kind) == ("Public bodies", "Citizens")
    assert public.partners == (
        PartnerView("Leith Council", "/organisations/leith/", True, (), ""),
        PartnerView("NHS", "", False, ("funder", "refers people"), ""),
    )
    assert citizens.partners == (PartnerView("", "", False, (), "consulted"),)


def test_a_body_between_the_sectors_is_marked() -> None:
    partnership = factories.partnership()
    partnership.partners.create(
        kind="third_sector", name="Hill Leisure", hybrid=True, note="A staff mutual since 2011."
    )

    [group] = page_of(partnership).partners

    assert group.partners == (PartnerView("Hill Leisure", "", False, (), "A staff mutual since 2011.", hybrid=True),)


# ---- The case study ----------------------------------------------------------------------------


def test_a_case_study_with_its_lessons_and_pictures() -> None:
    partnership = factories.partnership("Brescia")
    study = factories.case_study(partnership, headline="Families", body="**Once**")
    study.lessons.create(theme="funding", text="Money helps.")
    picture = factories.picture(partnership, caption="In spring")

    view = page_of(partnership).study

    assert (view.headline, view.body) == ("Families", "**Once**")
    assert [text for _theme, text in view.lessons] == ["Money helps."]
    [shown] = view.pictures
    assert (shown.url, shown.alt, shown.width, shown.height) == (
        f"/partnerships/brescia/pictures/{picture.pk}/", "A garden", 2, 1,
    )  # fmt: skip


def test_most_partnerships_have_no_case_study() -> None:
    assert page_of(factories.partnership()).study is None


# ---- At a glance -------------------------------------------------------------------------------


def test_the_first_facts_always_stand_so_that_a_gap_shows() -> None:
    facts = page_of(factories.partnership()).facts

    assert facts[:-1] == (Fact("Unit", "Case"), Fact("Where", ""), Fact("Service area", ""))
    assert facts[-1].label == "Last change"


def test_what_is_stated_follows() -> None:
    partnership = factories.partnership(
        countries=["IT"], service_areas=["07"], vehicle="direct_award", nature=["group", "mixed"], tags=["Pilot"],
        last_confirmed=date(2026, 1, 2),
    )  # fmt: skip

    found = {fact.label: fact.value for fact in page_of(partnership).facts}

    assert found["Where"] == "Italy"
    assert found["Service area"] == "Health"
    assert found["Last confirmed"] == "2 January 2026"
    assert set(found) == {
        "Unit", "Where", "Service area", "Vehicle", "Nature", "Tags", "Last confirmed", "Last change",
    }  # fmt: skip


def test_a_part_leads_to_its_whole() -> None:
    part = factories.partnership("Part", part_of=factories.partnership("Whole"))

    assert page_of(part).facts[3] == Fact("Part of", "Whole", "/partnerships/whole/")


def test_a_whole_that_is_not_public_is_not_named() -> None:
    whole = factories.partnership("Hidden whole", status="draft")

    assert "Hidden whole" not in repr(page_of(factories.partnership(part_of=whole)))


def test_what_the_curator_asked_is_not_public() -> None:
    partnership = factories.partnership(curator_note="Zanzibar")

    assert "Zanzibar" not in repr(page_of(partnership))


def test_how_to_cite_and_where_to_report_a_mistake() -> None:
    partnership = factories.partnership("Brescia", aliases=["Family care", "Famiglie"])
    Partnership.objects.update(updated_at=datetime(2026, 2, 3, 12, tzinfo=UTC))
    page = page_of(partnership)

    assert page.cite.sentence == (
        "“Brescia”. Co-production Matrix, a register of public-service partnerships, record of 3 February 2026, "
        "codebook 1.0. https://matrix.example/partnerships/brescia/ (seen 1 March 2026)."
    )
    assert page.report_url == "/report/?about=brescia"
    assert page.aliases == "Family care, Famiglie"


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_only_published_partnerships_have_a_page(status: str) -> None:
    factories.partnership(status=status)

    assert not case_queryset().exists()
