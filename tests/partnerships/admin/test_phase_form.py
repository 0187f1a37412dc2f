"""A phase's position edited by hand: responsibilities and cells follow each other, and it says what it rests on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships import actions
from partnerships.integrity import violations
from partnerships.models import Phase
from partnerships.models.fields import ALL_CELLS
from partnerships.models.partnership import DRAFT, PUBLISHED
from tests.factories import CITIZENS, PUBLIC, SHARED, add_phase, assessment, partnership, statement

Typed = Callable[..., dict[str, Any]]


@pytest.fixture
def edit(desk: Client, typed: Typed) -> Callable[..., Any]:
    """Change fields of a phase through the page of its partnership; gives the answer."""

    def post(phase: Phase, **values: Any) -> Any:
        url = reverse("admin:partnerships_partnership_change", args=[phase.partnership_id])
        data = typed(url) | {f"phases-0-{name}": value for name, value in values.items()}
        answer = desk.post(url, data)
        phase.refresh_from_db()
        return answer

    return post


def placed(**stands: Any) -> Phase:
    return partnership(**stands).phases.get()


def faults(page: Any) -> dict[str, list[str]]:
    return page.context["inline_admin_formsets"][0].formset.forms[0].errors


def test_untouched_cells_follow_the_responsibilities(edit: Callable[..., Any]) -> None:
    phase = placed(design=PUBLIC)

    edit(phase, design=SHARED, delivery=SHARED)

    assert (phase.design, phase.delivery, phase.possible_cells, phase.cell) == (SHARED, SHARED, frozenset({5}), 5)


def test_an_untouched_explicit_set_follows_too(edit: Callable[..., Any]) -> None:
    phase = placed(design=CITIZENS, possible={6, 9})

    edit(phase, delivery=SHARED)

    assert (phase.possible_cells, phase.cell) == (frozenset({6}), 6)


def test_ticked_cells_fill_the_responsibilities_on_which_they_agree(edit: Callable[..., Any]) -> None:
    phase = placed()

    edit(phase, possible_cells=["6", "9"], certainty="source_stated")

    assert (phase.design, phase.delivery, phase.possible_cells) == (CITIZENS, "", frozenset({6, 9}))


def test_ticked_cells_clear_a_responsibility_they_do_not_share(edit: Callable[..., Any]) -> None:
    phase = placed(design=SHARED, delivery=SHARED)

    edit(phase, possible_cells=["5", "6"])

    assert (phase.design, phase.delivery) == ("", SHARED)


def test_cells_beyond_the_matrix(edit: Callable[..., Any]) -> None:
    phase = placed()

    edit(phase, possible_cells=["7", "nobody"], certainty="assessed")

    assert (phase.design, phase.delivery, phase.possible_cells) == ("", "", frozenset({7, "nobody"}))


def test_emptying_a_position_makes_it_not_placed(edit: Callable[..., Any]) -> None:
    phase = placed(design=CITIZENS, possible={6, 9})

    edit(phase, design="", possible_cells=[], certainty="")

    assert (phase.design, phase.possible_cells) == ("", ALL_CELLS)


def test_the_professional_lens_does_the_same(edit: Callable[..., Any]) -> None:
    phase = placed()

    edit(phase, professional_design="shared", professional_delivery="professionals", certainty="source_stated")

    assert (phase.professional_possible_cells, phase.professional_cell) == (frozenset({2}), 2)
    assert phase.possible_cells == ALL_CELLS


# What is typed into a phase, the field beside which something is said, and what.
CONTRADICTIONS = [
    ({"design": SHARED, "possible_cells": ["6"], "certainty": "assessed"}, "possible_cells",
     "Cell 6 does not go with"),
    ({"design": SHARED, "delivery": SHARED, "possible_cells": ["5", "nobody"], "certainty": "assessed"},
     "possible_cells", "one cell and nothing else"),
    ({"design": SHARED}, "certainty", "Say what the position rests on."),
    ({"design": SHARED, "certainty": "inferred", "reason": "It looks so"}, "confidence", "Say how confident"),
    ({"design": SHARED, "certainty": "inferred", "confidence": "low"}, "reason", "Give the reason"),
    ({"design": "everybody"}, "design", "Select a valid choice"),
    ({"possible_cells": ["10"]}, "possible_cells", "A set of cells has the members"),
    ({"order": "-1"}, "order", "greater than or equal to 0"),
    ({"order": "99999999999"}, "order", "less than or equal to"),
]  # fmt: skip


def test_contradictions_are_said_beside_the_field(desk: Client, typed: Typed, subtests: pytest.Subtests) -> None:
    """Each in a phase of its own, all of one record."""
    record = partnership()
    for _more in CONTRADICTIONS[1:]:
        add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])
    data = typed(url)
    for row, (values, _field, _message) in enumerate(CONTRADICTIONS):
        data |= {f"phases-{row}-{name}": value for name, value in values.items()}

    page = desk.post(url, data)

    assert page.status_code == 200
    forms = page.context["inline_admin_formsets"][0].formset.forms
    for form, (values, field, message) in zip(forms[: len(CONTRADICTIONS)], CONTRADICTIONS, strict=True):
        with subtests.test(**values):
            assert message in " ".join(form.errors[field])
    assert not any(phase.placed() for phase in record.phases.all())


def test_an_inferred_position_with_its_reason(edit: Callable[..., Any], curator: User) -> None:
    phase = placed()

    edit(phase, design=SHARED, certainty="inferred", confidence="low", reason="From the type of scheme")

    assert phase.is_inferred
    assert phase.adopted_by == curator


def test_dates_of_any_precision(edit: Callable[..., Any]) -> None:
    phase = placed()

    edit(phase, starts_on="2012", ends_on="2014-02")

    assert (str(phase.starts), phase.starts_precision) == ("2012-01-01", "year")
    assert (str(phase.ends), phase.ends_precision) == ("2014-02-28", "month")


def test_a_position_moved_by_hand_no_longer_rests_on_its_claim(edit: Callable[..., Any], curator: User) -> None:
    phase = placed()
    claim = assessment(phase, design=SHARED, delivery=SHARED)
    actions.adopt(phase=phase, claim=claim, by=None)

    answer = edit(phase, delivery=CITIZENS, certainty="inferred", confidence="high", reason="They run it")

    assert (phase.cell, phase.adopted_assessment, phase.adopted_by) == (8, None, curator)
    assert "no longer rests on a claim" in str([str(message) for message in get_messages(answer.wsgi_request)])


def test_other_changes_leave_the_claim_where_it_is(edit: Callable[..., Any]) -> None:
    phase = placed()
    claim = assessment(phase, design=SHARED, delivery=SHARED)
    actions.adopt(phase=phase, claim=claim, by=None, rationale="Both say so")

    edit(phase, name="The first years")

    assert (phase.name, phase.cell, phase.adopted_assessment) == ("The first years", 5, claim)


def test_a_position_follows_the_statement_that_it_rests_on(desk: Client, typed: Typed, curator: User) -> None:
    phase = placed()
    said = statement(phase.partnership, phase=phase, cells=frozenset({5}))
    actions.adopt(phase=phase, claim=said, by=None, rationale="The report says so")
    url = reverse("admin:partnerships_partnership_change", args=[phase.partnership_id])

    answer = desk.post(url, typed(url) | {"statements-0-cells": ["8"]})

    phase.refresh_from_db()
    assert (phase.cell, phase.adopted_statement, phase.adopted_by) == (8, said, curator)
    assert phase.rationale == "The report says so"
    assert phase.history.first().history_change_reason == "Follows its statement, which changed"
    assert "follows the statement" in str([str(message) for message in get_messages(answer.wsgi_request)])
    assert list(violations()) == []


def test_other_words_of_an_adopted_statement_change_no_position(desk: Client, typed: Typed) -> None:
    phase = placed()
    said = statement(phase.partnership, phase=phase, cells=frozenset({5}))
    actions.adopt(phase=phase, claim=said, by=None)
    url = reverse("admin:partnerships_partnership_change", args=[phase.partnership_id])

    desk.post(url, typed(url) | {"statements-0-paraphrase": "Both sides plan.", "statements-0-kind": "hedged"})

    phase.refresh_from_db()
    assert (phase.cell, phase.adopted_statement, phase.adopted_by) == (5, said, None)
    assert list(violations()) == []


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"cells": []}, "It says nothing about the position."),
        ({"kind": "inherited"}, "It is about the type of scheme"),
        ({"lens": "professional"}, "in the other the phase stands by another claim already"),
        ({"phase": "OTHER"}, "It is about another phase."),
    ],
)
def test_an_adopted_statement_does_not_become_one_that_cannot_be(
    values: dict[str, Any], fault: str, desk: Client, typed: Typed
) -> None:
    phase = placed()
    other = add_phase(phase.partnership)
    said = statement(phase.partnership, phase=phase, cells=frozenset({5}))
    actions.adopt(phase=phase, claim=said, by=None)
    url = reverse("admin:partnerships_partnership_change", args=[phase.partnership_id])
    row = {f"statements-0-{name}": str(other.pk) if value == "OTHER" else value for name, value in values.items()}

    page = desk.post(url, typed(url) | row)

    assert page.status_code == 200
    assert fault in page.content.decode()
    phase.refresh_from_db()
    assert (phase.cell, phase.adopted_statement) == (5, said)
    assert list(violations()) == []


def test_new_phases_go_to_the_end(desk: Client, typed: Typed) -> None:
    record = partnership()
    add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])
    data = typed(url) | {
        "phases-TOTAL_FORMS": "4", "phases-2-name": "Third", "phases-3-name": "Fourth", "phases-3-planned": "on",
    }  # fmt: skip

    assert desk.post(url, data).status_code == 302

    assert list(record.phases.order_by("order").values_list("name", "order")) == [
        ("Phase 1", 1), ("Phase 2", 2), ("Third", 3), ("Fourth", 4),
    ]  # fmt: skip
    assert record.phases.get(current=True).name == "Third"


def test_two_phases_change_places(desk: Client, typed: Typed) -> None:
    record = partnership()
    add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])

    answer = desk.post(url, typed(url) | {"phases-0-order": "2", "phases-1-order": "1"})

    assert answer.status_code == 302
    assert list(record.phases.order_by("order").values_list("name", flat=True)) == ["Phase 2", "Phase 1"]


@pytest.mark.parametrize("changes", [{"phases-0-order": "2"}, {"phases-1-order": "1"}])
def test_a_phase_does_not_take_the_place_of_another(desk: Client, typed: Typed, changes: dict[str, str]) -> None:
    record = partnership()
    add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])

    page = desk.post(url, typed(url) | changes)

    assert page.status_code == 200
    assert "Another phase of this partnership has this place in the order." in page.content.decode()


def test_two_phases_do_not_swap_names_in_one_step(desk: Client, typed: Typed) -> None:
    record = partnership()
    add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])

    page = desk.post(url, typed(url) | {"phases-0-name": "Phase 2", "phases-1-name": "Phase 1"})

    assert page.status_code == 200
    assert "Another phase of this partnership has this name." in page.content.decode()


def test_a_new_phase_takes_the_name_of_one_that_is_deleted(desk: Client, typed: Typed) -> None:
    record = partnership()
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])
    data = typed(url) | {"phases-0-DELETE": "on", "phases-1-name": "Phase 1", "phases-1-order": "1"}

    assert desk.post(url, data).status_code == 302
    assert record.phases.get().name == "Phase 1"


@pytest.mark.parametrize(("status", "answered"), [(PUBLISHED, 200), (DRAFT, 302)])
def test_a_published_record_keeps_a_phase(status: str, answered: int, desk: Client, typed: Typed) -> None:
    record = partnership(status=status)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])

    page = desk.post(url, typed(url) | {"phases-0-DELETE": "on"})

    assert page.status_code == answered
    assert record.phases.exists() == (status == PUBLISHED)
    assert (answered == 302) or "A published partnership has at least one phase." in page.content.decode()


@pytest.mark.parametrize(("status", "answered"), [(PUBLISHED, 200), (DRAFT, 302)])
def test_phases_of_a_published_record_do_not_overlap(status: str, answered: int, desk: Client, typed: Typed) -> None:
    record = partnership(status=status)
    add_phase(record)
    url = reverse("admin:partnerships_partnership_change", args=[record.pk])
    dates = {"phases-0-starts_on": "2010", "phases-0-ends_on": "2014", "phases-1-starts_on": "2012"}

    page = desk.post(url, typed(url) | dates)

    assert page.status_code == answered
    assert (answered == 302) or "The phases “Phase 1” and “Phase 2” overlap." in page.content.decode()
