"""The path of one partnership on its own page."""

import pytest

from partnerships.presenters.case import case_page, case_queryset
from partnerships.presenters.path import PathView, path, stretches
from taxonomy.lenses import SECTOR
from tests import factories
from tests.partnerships.moving import cell, moving, since

pytestmark = pytest.mark.django_db


def path_of(*steps: dict, inferred: bool = False) -> PathView | None:
    record = moving("Garden", *steps)
    return case_page(case_queryset().get(pk=record.pk), inferred=inferred).path


def states(found: PathView) -> dict[int, str]:
    return {each.number: each.state for each in found.cells if each.state}


def test_a_path_in_words_and_as_arrows() -> None:
    found = path_of(
        {**cell(7), **since(2008), "name": "Contract"}, {**cell(8), **since(2012), "name": "Alliance"},
        {**cell(5), **since(2027), "name": "Trust", "planned": True},
    )  # fmt: skip

    assert [(step.path, step.when, step.phases, step.doubt) for step in found.steps] == [
        ("From 7 to 8", "2012", "Contract, then Alliance", ""),
        ("Planned: from 8 to 5", "2027", "Alliance, then Trust", ""),
    ]
    assert [(move.arrow.flow.text, bool(move.stroke.dash)) for move in sorted(found.moves, key=text)] == [
        ("2012", False),
        ("2027", True),
    ]
    assert states(found) == {7: "was", 8: "now", 5: "planned"}
    assert found.about == "Path through the cells. Contract: 7; Alliance: 8; Trust: 5, planned"


def text(move: object) -> str:
    return move.arrow.flow.text


def test_without_dates_moves_bear_their_number() -> None:
    found = path_of(cell(7), cell(8), cell(5))

    assert sorted(map(text, found.moves)) == ["1", "2"]
    assert [step.when for step in found.steps] == ["", ""]


@pytest.mark.parametrize("steps", [[cell(7)], [cell(7), {}], [{}, {}], [cell(7), {**cell(8), **factories.INFERENCE}]])
def test_one_known_place_is_no_path(steps: list[dict]) -> None:
    assert path_of(*steps) is None


def test_inferred_places_are_on_the_path_only_when_asked_for() -> None:
    found = path_of(cell(7), {**cell(8), **factories.INFERENCE}, inferred=True)

    assert [step.path for step in found.steps] == ["From 7 to 8"]


def test_who_stayed_has_no_arrow_but_a_sentence() -> None:
    found = path_of(cell(5), cell(5))

    assert (found.moves, found.steps, found.stayed) == ((), (), "It stayed in 5.")


def test_sets_are_outlined_and_a_shared_cell_leaves_it_open() -> None:
    found = path_of({"possible": {4, 7}}, cell(5), {"design": "shared", "planned": True})

    assert [outline.cells for outline in found.outlines] == [{4, 7}, {2, 5, 8}]
    assert [step.doubt for step in found.steps] == ["", "It may have stayed in 5."]
    assert len(found.moves) == 1
    assert states(found)[2] == "planned"


def test_a_set_that_moved_on_in_part_has_an_arrow_between_what_differs() -> None:
    found = path_of({"design": "shared"}, {"possible": {7, 8}})

    (move,) = found.moves
    assert (move.arrow.flow.before, move.arrow.flow.after) == ({2, 5}, {7})
    assert [outline.cells for outline in found.outlines] == [{2, 5, 8}, {7, 8}]
    assert states(found) == {2: "was", 5: "was", 7: "maybe", 8: "maybe"}


def test_phases_with_dates_stand_in_order_of_time() -> None:
    record = moving("Garden", {**cell(8), **since(2012)}, {**cell(7), **since(2008)})

    assert [step.path for step in path(record.phases.all(), inferred=False).steps] == ["From 7 to 8"]
    assert stretches(record.phases.all(), SECTOR, inferred=False) == {
        "7>8": "Phase 2 (from 2008), then Phase 1 (from 2012)"
    }
