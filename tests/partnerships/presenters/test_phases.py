"""Phases in words: when, where each stands, and plans of which nothing more is heard."""

from datetime import date
from typing import Any

import pytest

from partnerships.models import Phase
from partnerships.presenters.case import CasePage, case_page, case_queryset
from partnerships.presenters.phases import PhaseView, never_came, phase_view
from tests import factories

TODAY = date(2026, 3, 1)
NEVER = "It was planned for 2014; nothing here says that it came."


def a_phase(**fields: Any) -> Phase:
    return Phase(**{"name": "Pilot", **factories.position("shared", "shared"), "certainty": "source_stated", **fields})


def test_a_phase_in_full() -> None:
    phase = a_phase(
        starts=date(2012, 1, 1), starts_precision="year", ends=date(2014, 6, 30), ends_precision="month",
        rationale="The report says so.",
    )  # fmt: skip

    assert phase_view(phase, inferred=False, today=TODAY) == PhaseView(
        name="Pilot",
        span="2012 to 2014-06",
        planned=False,
        ended=True,
        tag="5 · Full Co-Production",
        open=False,
        text="The report says so.",
        certainty="A source says so",
        inferred=False,
    )


@pytest.mark.parametrize(
    ("ends", "ended"), [(None, False), (date(2026, 2, 28), True), (date(2026, 3, 1), False), (date(2030, 1, 1), False)]
)
def test_a_phase_has_ended_after_its_last_day(ends: date | None, ended: bool) -> None:
    phase = a_phase(ends=ends, ends_precision="day" if ends else "")

    assert phase_view(phase, inferred=False, today=TODAY).ended is ended


def test_an_inferred_phase_tells_nothing_unless_asked() -> None:
    phase = a_phase(**factories.INFERENCE, rationale="Rationale")

    held_back, shown = (phase_view(phase, inferred=inferred, today=TODAY) for inferred in (False, True))

    assert (held_back.tag, held_back.text, held_back.certainty, held_back.inferred) == ("Not placed", "", "", False)
    assert (shown.tag, shown.text, shown.inferred) == ("5 · Full Co-Production", "Nobody says so.", True)


# ---- Plans of which nothing more is heard --------------------------------------------------------


def a_plan(**fields: Any) -> Phase:
    return a_phase(**{"planned": True, "order": 2, "starts": date(2014, 1, 1), "starts_precision": "year", **fields})


BEFORE = {"order": 1, "starts": date(2012, 1, 1), "starts_precision": "year"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, NEVER),
        ({"starts_precision": "month"}, "It was planned for 2014-01; nothing here says that it came."),
        (
            {"ends": date(2016, 12, 31), "ends_precision": "year"},
            "It was planned for 2014 to 2016; nothing here says that it came.",
        ),
        (
            {"starts": None, "starts_precision": "", "ends": date(2015, 6, 30), "ends_precision": "month"},
            "It was planned until 2015-06; nothing here says that it came.",
        ),
        ({"starts": None, "starts_precision": ""}, ""),
        ({"starts": date(2026, 1, 1)}, ""),
        ({"starts": date(2027, 1, 1)}, ""),
        ({"planned": False}, ""),
    ],
)
def test_a_plan_whose_time_has_passed_says_that_nothing_came(fields: dict[str, Any], words: str) -> None:
    plan = a_plan(**fields)

    assert never_came(plan, [a_phase(**BEFORE), plan], TODAY) == words


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (BEFORE, NEVER),
        ({"order": 3}, ""),
        ({"order": 1, "starts": date(2015, 1, 1), "starts_precision": "year"}, ""),
        ({"order": 3, "planned": True}, NEVER),
    ],
)
def test_what_followed_a_plan_is_by_order_or_by_date(other: dict[str, Any], words: str) -> None:
    plan = a_plan()

    assert never_came(plan, [plan, a_phase(**other)], TODAY) == words


def test_the_day_after_the_last_day_of_a_plan_counts() -> None:
    plan = a_plan(starts=date(2026, 2, 28), starts_precision="day")

    assert never_came(plan, [plan], date(2026, 2, 28)) == ""
    assert never_came(plan, [plan], TODAY) != ""


def test_a_plan_has_not_ended() -> None:
    plan = a_plan(ends=date(2015, 12, 31), ends_precision="year")

    assert not phase_view(plan, [plan], inferred=False, today=TODAY).ended


# ---- On the page ---------------------------------------------------------------------------------


def page_of(record: Any, **options: Any) -> CasePage:
    return case_page(case_queryset().get(pk=record.pk), inferred=False, today=TODAY, **options)


@pytest.mark.django_db
def test_the_page_says_so_of_the_phase_and_of_the_place() -> None:
    plan = {"planned": True, "starts": date(2014, 1, 1), "starts_precision": "year"}
    only = page_of(factories.partnership(phase=plan))
    running = factories.partnership(design="shared", delivery="shared")
    factories.add_phase(running, **plan)

    assert (only.phases[0].never_came, only.position.sentence) == (NEVER, NEVER)
    assert [phase.never_came for phase in page_of(running).phases] == ["", NEVER]


@pytest.mark.django_db
def test_whoever_may_gets_a_link_for_each_phase() -> None:
    record = factories.partnership("Elm")
    later = factories.add_phase(record, name="Running")

    for_all, for_some = page_of(record), page_of(record, may_assess=True)

    assert [phase.assess_url for phase in for_all.phases] == ["", ""]
    assert for_some.phases[1].assess_url == f"/partnerships/elm/phases/{later.pk}/assess/"


@pytest.mark.django_db
def test_a_record_without_a_list_of_phases_has_one_link() -> None:
    record = factories.partnership("Elm", phase={"name": "As described"})

    assert page_of(record).assess_url == ""
    assert page_of(record, may_assess=True).assess_url == f"/partnerships/elm/phases/{record.phases.get().pk}/assess/"


@pytest.mark.django_db
@pytest.mark.parametrize("unit", ["vehicle", "country_pattern", "class", "reference"])
def test_what_no_assessment_can_place_has_none(unit: str) -> None:
    record = factories.partnership(unit=unit, phase={"name": "As described"})

    assert page_of(record, may_assess=True).assess_url == ""
