"""From a claim to the position that a phase takes over from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from partnerships.models import Assessment, Phase, Statement
from partnerships.models.fields import ALL_CELLS, Member
from partnerships.positions import LensPosition, Position, of_assessment, of_direct, of_statement
from taxonomy.cells import cell_number
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR
from tests import factories

VECTORS = json.loads((Path(__file__).parents[1] / "taxonomy" / "derivation_vectors.json").read_text(encoding="utf-8"))
EACH_VECTOR = pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
CELL_FIVE = LensPosition("shared", "shared", frozenset({5}))


# ---- Direct ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("design", "delivery", "possible"),
    [
        ("shared", "shared", {5}),
        ("public", "citizens_or_third_sector", {7}),
        ("shared", "", {2, 5, 8}),
        ("", "public", {1, 2, 3}),
        ("", "", ALL_CELLS),
    ],
)
def test_two_responsibilities_stated_directly(design: str, delivery: str, possible: set[int]) -> None:
    position = of_direct(design, delivery)

    assert position.certainty == "self_reported"
    assert position.sector == LensPosition(design, delivery, frozenset(possible))


def test_a_direct_statement_tells_nothing_about_paid_staff() -> None:
    assert of_direct("shared", "shared").professional == LensPosition()


def test_a_direct_assessment_is_read_from_its_responsibilities() -> None:
    assessment = Assessment(method="direct", design="shared", delivery="", codebook="1.0")

    assert of_assessment(assessment) == of_direct("shared", "")


# ---- Guided ------------------------------------------------------------------------------------


@EACH_VECTOR
@pytest.mark.parametrize("lens", LENSES)
def test_answers_place_it_as_the_worked_examples_say(vector: dict[str, Any], lens: str) -> None:
    assessment = Assessment(method="guided", codebook="1.0", answers=vector["answers"])

    position = of_assessment(assessment)

    stands, expected = getattr(position, lens), vector["expected"][lens]
    assert position.certainty == "assessed"
    assert {member for member in stands.possible if isinstance(member, int)} == set(expected["cells"])
    assert ("outside" in stands.possible) == expected["outside"]
    assert bool(stands.design and stands.delivery) == expected["settled"]
    assert stands.settled == expected["settled"]


@EACH_VECTOR
@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_a_settled_answer_gives_the_cell_of_its_responsibilities(vector: dict[str, Any], lens: Any) -> None:
    stands = getattr(of_assessment(Assessment(method="guided", codebook="1.0", answers=vector["answers"])), lens.code)

    if stands.settled:
        assert stands.possible == {cell_number(stands.design, stands.delivery, lens)}
    for given, allowed in ((stands.design, "design"), (stands.delivery, "delivery")):
        assert not given or [given] == vector["expected"][lens.code][allowed]


@pytest.mark.django_db
def test_the_database_takes_every_worked_example() -> None:
    partnership = factories.partnership()
    for order, vector in enumerate(VECTORS, start=2):
        phase = Phase(partnership=partnership, name=vector["name"], order=order)
        of_assessment(Assessment(method="guided", codebook="1.0", answers=vector["answers"])).put_on(phase)
        phase.save()

    settled = {vector["name"]: vector["expected"]["sector"] for vector in VECTORS}
    for phase in partnership.phases.filter(order__gte=2):
        expected = settled[phase.name]
        assert phase.cell == (expected["cells"][0] if expected["settled"] else None)


# ---- Statements --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "stands"),
    [
        ({"cells": frozenset({5})}, CELL_FIVE),
        ({"cells": frozenset({6, 9})}, LensPosition("citizens_or_third_sector", "", frozenset({6, 9}))),
        ({"cells": frozenset({2, 8})}, LensPosition("shared", "", frozenset({2, 8}))),
        ({"cells": frozenset({6, 8, 9})}, LensPosition("", "", frozenset({6, 8, 9}))),
        ({"cells": frozenset({7, "outside"})}, LensPosition("", "", frozenset({7, "outside"}))),
        ({"cells": frozenset({"outside"})}, LensPosition("", "", frozenset({"outside"}))),
        ({"design": "shared"}, LensPosition("shared", "", frozenset({2, 5, 8}))),
        ({"delivery": "public"}, LensPosition("", "public", frozenset({1, 2, 3}))),
        ({"design": "shared", "delivery": "shared"}, CELL_FIVE),
        ({"cells": frozenset({5}), "design": "shared", "delivery": "shared"}, CELL_FIVE),
        ({"label": "Co-Governance"}, LensPosition()),
        ({"cells": ALL_CELLS}, LensPosition()),
    ],
)
def test_what_a_source_states_under_the_sector_lens(says: dict[str, Any], stands: LensPosition) -> None:
    assert of_statement(Statement(**says)) == Position("source_stated", sector=stands)


@pytest.mark.parametrize(
    ("says", "stands"),
    [
        ({"cells": frozenset({5})}, CELL_FIVE),
        ({"cells": frozenset({1, 4})}, LensPosition("professionals", "", frozenset({1, 4}))),
        ({"delivery": "users_or_community"}, LensPosition("", "users_or_community", frozenset({7, 8, 9}))),
    ],
)
def test_what_a_source_states_under_the_professional_lens(says: dict[str, Any], stands: LensPosition) -> None:
    assert of_statement(Statement(lens="professional", **says)) == Position("source_stated", professional=stands)


# ---- What a position says of itself ------------------------------------------------------------


@pytest.mark.parametrize(
    ("possible", "placed", "cells", "settled"),
    [
        ({5}, True, (5,), True),
        ({9, 6}, True, (6, 9), False),
        ({7, "nobody"}, True, (7,), False),
        ({"outside"}, True, (), False),
        (ALL_CELLS, False, (), False),
        (ALL_CELLS | {"outside"}, False, (), False),
    ],
)
def test_placed_cells_and_settled(possible: set[Member], placed: bool, cells: tuple[int, ...], settled: bool) -> None:
    position = LensPosition(possible=frozenset(possible))

    assert (position.placed, position.cells, position.settled) == (placed, cells, settled)


# ---- Writing it on a phase ---------------------------------------------------------------------


def inferred_phase(**fields: Any) -> Phase:
    return Phase(**factories.INFERENCE, **fields)


def test_a_phase_takes_over_the_position_and_what_it_rests_on() -> None:
    phase = Phase()

    of_direct("public", "shared").put_on(phase)

    assert (phase.design, phase.delivery, phase.possible_cells, phase.certainty) == (
        "public", "shared", frozenset({4}), "self_reported",
    )  # fmt: skip


def test_a_position_of_a_claim_is_inferred_no_longer() -> None:
    phase = inferred_phase(**factories.position("public", "shared"))

    of_direct("shared", "shared").put_on(phase)

    assert (phase.certainty, phase.confidence, phase.reason) == ("self_reported", "", "")


def test_a_claim_that_knows_nothing_has_no_certainty() -> None:
    phase = Phase(**factories.position("public", "shared"), certainty="assessed")

    of_direct("", "").put_on(phase)

    assert (phase.possible_cells, phase.certainty) == (ALL_CELLS, "")


def test_all_that_a_position_says_rests_on_its_claim() -> None:
    phase = Phase(certainty="source_stated", **factories.position("shared", "shared", lens=PROFESSIONAL))

    of_statement(Statement(cells=frozenset({8}))).put_on(phase)

    assert (phase.possible_cells, phase.professional_possible_cells) == ({8}, ALL_CELLS)


def test_a_statement_clears_what_a_coder_inferred_on_the_other_lens() -> None:
    phase = inferred_phase(**factories.position("shared", "shared", lens=PROFESSIONAL))

    of_statement(Statement(cells=frozenset({8}))).put_on(phase)

    assert (phase.possible_cells, phase.professional_possible_cells) == ({8}, ALL_CELLS)


def test_the_lenses_are_the_two_that_a_position_has() -> None:
    assert list(LENSES.values()) == [SECTOR, PROFESSIONAL]
