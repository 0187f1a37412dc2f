"""Where a phase stands, in a small matrix, a tag and a sentence."""

import pytest

from partnerships.models import Phase
from partnerships.models.fields import ALL_CELLS, Member
from partnerships.positions import LensPosition
from partnerships.presenters.position import MiniMatrix, lens_position, mini_matrix, position_view, sentence, tag
from taxonomy.lenses import PROFESSIONAL, SECTOR
from tests import factories

FIVE = LensPosition("shared", "shared", frozenset({5}))
COLUMN = LensPosition("shared", "", frozenset({2, 5, 8}))
PAIR = LensPosition("citizens_or_third_sector", "", frozenset({6, 9}))
UNKNOWN = LensPosition()
DESIGN_SHARED = "Designed by the public sector with citizens or the third sector."
DESIGN_OPEN = "Who designs it is not known for certain."
DELIVERY_OPEN = "Who delivers it is not known for certain."


def states(mini: MiniMatrix) -> dict[int, str]:
    """The cells that are not blank."""
    return {cell.number: cell.state for row in mini.rows for cell in row if cell.state}


# ---- The position of a phase -------------------------------------------------------------------


def test_each_lens_reads_its_own_fields() -> None:
    phase = Phase(
        **factories.position("shared", "shared"), **factories.position("professionals", "", lens=PROFESSIONAL)
    )

    assert lens_position(phase) == FIVE
    assert lens_position(phase, PROFESSIONAL) == LensPosition("professionals", "", frozenset({1, 4, 7}))


def test_an_inferred_position_can_be_held_back() -> None:
    phase = Phase(**factories.position("shared", "shared"), **factories.INFERENCE)

    assert lens_position(phase, inferred=True) == FIVE
    assert lens_position(phase, inferred=False) == UNKNOWN


def test_without_a_phase_nothing_is_known() -> None:
    assert lens_position(None) == UNKNOWN


# ---- The small matrix --------------------------------------------------------------------------


def test_the_small_matrix_has_the_nine_cells_in_three_rows() -> None:
    mini = mini_matrix({5}, settled=True)

    assert [[cell.number for cell in row] for row in mini.rows] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert (mini.caption, mini.outside, mini.nobody) == ("Position on the matrix", False, False)


def test_a_settled_cell_is_solid_a_possible_one_hatched_an_earlier_one_dashed() -> None:
    assert states(mini_matrix({5}, settled=True)) == {5: "here"}
    assert states(mini_matrix({6, 9}, settled=False)) == {6: "maybe", 9: "maybe"}
    assert states(mini_matrix({5}, settled=True, was={1, 5})) == {1: "was", 5: "here"}


def test_each_state_has_its_word() -> None:
    cells = {cell.number: cell.label for row in mini_matrix({5}, settled=True, was={1}).rows for cell in row}
    assert (cells[5], cells[1], cells[2]) == ("here", "earlier", "")
    assert mini_matrix({5}, settled=False).rows[1][1].label == "possible"


def test_what_is_not_on_the_matrix_is_told_apart() -> None:
    mini = mini_matrix({7, "outside", "nobody"}, settled=False)

    assert (states(mini), mini.outside, mini.nobody) == ({7: "maybe"}, True, True)


# ---- All that a page says ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "drawn", "models", "open_"),
    [
        (FIVE, {5: "here"}, ("Full Co-Production",), False),
        (COLUMN, {2: "maybe", 5: "maybe", 8: "maybe"}, ("Co-Governance", "Full Co-Production"), True),
        (PAIR, {6: "maybe", 9: "maybe"}, ("Partial Co-Production",), True),
        (LensPosition("public", "", frozenset({7, "nobody"})), {7: "maybe"}, ("Co-Management",), True),
        (LensPosition(possible=frozenset({"outside"})), {}, (), True),
        (UNKNOWN, {}, (), True),
        (LensPosition(possible=ALL_CELLS | {"outside"}), {}, (), True),
    ],
)
def test_drawing_and_models_of_a_position(
    position: LensPosition, drawn: dict[int, str], models: tuple[str, ...], open_: bool
) -> None:
    view = position_view(position)

    assert (states(view.mini), view.models, view.open) == (drawn, models, open_)


def test_a_model_belongs_to_the_sector_lens_only() -> None:
    assert position_view(FIVE, PROFESSIONAL).models == ()


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (FIVE, "5 · Full Co-Production"),
        (COLUMN, "2, 5 or 8"),
        (PAIR, "6 or 9"),
        (LensPosition(possible=frozenset({6, 8, 9})), "6, 8 or 9"),
        (LensPosition("public", "", frozenset({7, "nobody"})), "7 or nobody named"),
        (LensPosition("public", "", frozenset({7, "outside"})), "7 or outside"),
        (LensPosition("public", "", frozenset({1, 4, 7, "outside", "nobody"})), "1, 4 or 7"),
        (LensPosition(possible=frozenset({"outside"})), "Outside the matrix"),
        (LensPosition(possible=frozenset({"nobody"})), "Nobody named"),
        (LensPosition(possible=frozenset({"outside", "nobody"})), "outside or nobody named"),
        (UNKNOWN, "Not placed"),
        (LensPosition(possible=ALL_CELLS | {"nobody"}), "Not placed"),
    ],
)
def test_a_position_in_a_few_words(position: LensPosition, words: str) -> None:
    assert tag(position) == words


def test_under_the_professional_lens_the_number_has_to_do() -> None:
    assert tag(FIVE, PROFESSIONAL) == "5"


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (
            FIVE,
            f"{DESIGN_SHARED} Delivered by the public sector with citizens or the third sector.",
        ),
        (COLUMN, f"{DESIGN_SHARED} {DELIVERY_OPEN}"),
        (LensPosition("", "public", frozenset({1, 2, 3})), f"{DESIGN_OPEN} Delivered by the public sector."),
        (UNKNOWN, "What is known is not enough to place it."),
        (LensPosition(possible=frozenset({6, 8, 9})), f"{DESIGN_OPEN} {DELIVERY_OPEN}"),
        (
            LensPosition("public", "", frozenset({7, "nobody"})),
            f"Designed by the public sector. {DELIVERY_OPEN} It may also be that nobody is named.",
        ),
    ],
)
def test_a_position_in_sentences(position: LensPosition, words: str) -> None:
    assert sentence(position) == words


def test_other_hands_are_named_where_they_may_hold_it() -> None:
    words = sentence(LensPosition("public", "", frozenset({7, "outside"})))

    assert "a private company’s, which this matrix does not hold" in words


@pytest.mark.parametrize("possible", [{"outside"}, {"nobody"}, {"outside", "nobody"}])
def test_what_no_cell_holds_is_said_for_certain(possible: set[Member]) -> None:
    words = sentence(LensPosition(possible=frozenset(possible)))

    assert words.startswith("It is in hands that this matrix does not hold")
    assert "may" not in words.split()


def test_the_professional_lens_speaks_of_paid_staff() -> None:
    assert sentence(LensPosition("professionals", "professionals", frozenset({1})), PROFESSIONAL) == (
        "Designed by paid staff. Delivered by paid staff."
    )


@pytest.mark.parametrize("lens", [SECTOR, PROFESSIONAL], ids=["sector", "professional"])
@pytest.mark.parametrize("possible", [{5}, {2, 5, 8}, {"outside"}, {"nobody"}, {7, "outside", "nobody"}, ALL_CELLS])
def test_every_position_has_words_under_both_lenses(possible: set[Member], lens: object) -> None:
    view = position_view(LensPosition(possible=frozenset(possible)), lens)

    assert view.tag
    assert view.sentence.endswith(".")
