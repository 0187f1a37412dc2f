"""Parts of a programme: how many stand in which cell, and the whole that is never worked out from them."""

import re
from typing import Any

import pytest
from django.test import Client

from partnerships import actions
from partnerships.models import Partnership
from partnerships.presenters.case import case_page, case_queryset
from partnerships.presenters.matrix import Link
from partnerships.presenters.sites import Sites
from tests import factories

pytestmark = pytest.mark.django_db


def shown(record: Partnership, *, inferred: bool = False) -> Sites | None:
    return case_page(case_queryset().get(pk=record.pk), inferred=inferred).sites


@pytest.fixture
def programme() -> Partnership:
    return factories.partnership("Healthy Streets", unit="programme")


def site(programme: Partnership, title: str, **fields: Any) -> Partnership:
    return factories.partnership(title, part_of=programme, **fields)


def counts(found: Sites) -> dict[int, int]:
    return {cell.number: cell.count for row in found.rows for cell in row if cell.count}


def names(found: Sites) -> dict[str, list[str]]:
    return {group.words: [link.text for link in group.links] for group in found.groups}


def test_a_record_without_parts_has_no_distribution(programme: Partnership) -> None:
    factories.partnership("Somewhere else")

    assert shown(programme) is None


def test_parts_are_counted_by_cell_and_named(programme: Partnership) -> None:
    site(programme, "Perth", design="public", delivery="citizens_or_third_sector")
    site(programme, "Oban", design="shared", delivery="shared")
    site(programme, "Leith", design="shared", delivery="shared")

    found = shown(programme)

    assert counts(found) == {5: 2, 7: 1}
    assert [[cell.number for cell in row] for row in found.rows] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert names(found) == {"5 · Full Co-Production": ["Leith", "Oban"], "7 · Co-Management": ["Perth"]}
    assert found.placed[0].links[0] == Link("Leith", "/partnerships/leith/")


def test_what_is_in_no_cell_is_named_below(programme: Partnership) -> None:
    site(programme, "A set", possible={6, 9})
    site(programme, "Firms", possible={"outside"})
    site(programme, "Nothing known")
    site(programme, "A plan", design="shared", delivery="shared", phase={"planned": True})
    site(programme, "Guessed", design="shared", delivery="shared", phase=factories.INFERENCE)
    site(programme, "Its law", unit="reference", design="shared", delivery="shared")

    found = shown(programme)

    assert counts(found) == {}
    assert names(found) == {
        "In no single cell": ["A set", "Firms"],
        "Not placed": ["Guessed", "Nothing known"],
        "Only planned so far": ["A plan"],
        "Listed, not counted": ["Its law"],
    }
    assert [link.note for link in found.others[0].links] == ["6 or 9", "Outside the matrix"]


def test_an_inferred_part_counts_when_asked(programme: Partnership) -> None:
    site(programme, "Guessed", design="shared", delivery="shared", phase=factories.INFERENCE)

    assert counts(shown(programme, inferred=True)) == {5: 1}


def test_a_part_stands_at_its_current_phase(programme: Partnership) -> None:
    moved = site(programme, "Leith", design="public", delivery="public")
    factories.add_phase(moved, design="shared", delivery="shared")
    factories.add_phase(moved, design="shared", delivery="public", planned=True)

    assert counts(shown(programme)) == {5: 1}


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_parts_that_are_not_public_are_neither_counted_nor_named(programme: Partnership, status: str) -> None:
    site(programme, "Zanzibar", status=status, design="shared", delivery="shared")

    assert shown(programme) is None


def test_the_whole_stays_what_its_source_says(programme: Partnership) -> None:
    site(programme, "Leith", design="shared", delivery="shared")
    assert shown(programme).own == "The whole has no position of its own, and none is worked out from its parts."

    claim = factories.statement(programme, cells={8})
    actions.adopt(phase=programme.phases.get(), claim=claim, by=None)

    assert shown(programme).own == "The whole stands where its source puts it, whatever its parts do."
    assert programme.phases.get().cell == 8


def test_the_whole_may_have_been_assessed_or_inferred() -> None:
    assessed = factories.partnership(unit="programme")
    guessed = factories.partnership(unit="programme", design="shared", delivery="shared", phase=factories.INFERENCE)
    plain = factories.partnership(unit="programme", design="shared", delivery="shared")
    claim = factories.assessment(assessed.phases.get(), design="shared", delivery="shared")
    actions.adopt(phase=assessed.phases.get(), claim=claim, by=factories.user("curator"), rationale="It says so.")
    for whole in (assessed, guessed, plain):
        site(whole, f"Part of {whole.pk}")

    assert shown(assessed).own == "The whole stands where it was assessed as a whole, whatever its parts do."
    assert shown(guessed).own.startswith("The whole has no position of its own")
    assert shown(guessed, inferred=True).own == "The whole has a position of its own, whatever its parts do."
    assert shown(plain).own == "The whole has a position of its own, whatever its parts do."


@pytest.mark.parametrize(("number", "folded"), [(12, False), (13, True)])
def test_many_names_are_folded_and_their_numbers_are_not(
    client: Client, programme: Partnership, number: int, folded: bool
) -> None:
    for place in range(number):
        site(programme, f"Site {place:02}", design="shared", delivery="shared")

    page = client.get(programme.get_absolute_url()).content.decode()
    section = page.split('id="parts"')[1].split("<h2")[0]

    assert shown(programme).is_long is folded
    assert ("<details" in section) is folded
    assert f"5 · Full Co-Production ({number})" in " ".join(re.sub(r"<[^>]*>", " ", section).split())
    assert section.count("/partnerships/site-") == number
