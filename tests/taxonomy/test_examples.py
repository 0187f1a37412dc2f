"""Examples of answers hold against the rule itself: each leads to its cell, and each change to the cell beside it."""

import pytest

from taxonomy.axes import Axis
from taxonomy.cells import CELLS, cell
from taxonomy.derivation import derive
from taxonomy.examples import SIDES, change, examples, whole
from taxonomy.lenses import LENSES
from taxonomy.neighbours import neighbours
from taxonomy.questions import DECIDING, task

EACH_CELL = pytest.mark.parametrize("number", [c.number for c in CELLS])
PAIRS = [(c.number, n.number) for c in CELLS for n in neighbours(c.number)]


@EACH_CELL
def test_the_example_leads_to_its_cell_in_both_lenses(number: int) -> None:
    result = derive(whole(number))

    for lens in (result.sector, result.professional):
        assert (lens.cells, lens.settled) == ((number,), True)


@EACH_CELL
def test_an_example_asks_one_deciding_question_for_each_axis(number: int) -> None:
    design, delivery = examples(number)

    assert (design.axis, delivery.axis) == (Axis.DESIGN, Axis.DELIVERY)
    assert task(design.task).decides
    assert task(delivery.task).decides


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_change_leads_to_the_cell_beside_it(here: int, there: int) -> None:
    answers, said = whole(here), change(here, there)
    axis = Axis.DESIGN if cell(here).row == cell(there).row else Axis.DELIVERY
    kind = ("public", "citizens")[SIDES["sector"].index(said.side)]
    joins = "no planned" not in said.text and "only asked" not in said.text
    # What the sentence says: how many deciding questions, and whether the side joins or leaves in them.
    number = {"design": (3, 2), "delivery": (2, 1)}[axis.value][joins]
    for code in DECIDING[axis][:number]:
        answers[code][kind] = "together" if joins else "asked"

    assert derive(answers).sector.cells == (there,)


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_one_question_less_would_not_do(here: int, there: int) -> None:
    answers, said = whole(here), change(here, there)
    if "two of the four" not in said.text and "three of the four" not in said.text:
        return
    kind = ("public", "citizens")[SIDES["sector"].index(said.side)]
    joins = "only asked" not in said.text
    for code in DECIDING[Axis.DESIGN][: 1 if joins else 2]:
        answers[code][kind] = "together" if joins else "asked"

    assert derive(answers).sector.cells == (here,)


@pytest.mark.parametrize(("here", "there"), [(1, 5), (1, 1), (3, 4), (1, 9)])
def test_only_cells_side_by_side_have_one_change(here: int, there: int) -> None:
    with pytest.raises(ValueError, match="side by side"):
        change(here, there)


def test_sides_are_named_in_every_lens() -> None:
    assert set(SIDES) == set(LENSES)
    assert change(1, 2, LENSES["professional"]).side == "users or the community"


def test_an_unknown_cell_is_refused() -> None:
    with pytest.raises(KeyError):
        examples(10)
