"""Nine cells, five labels, and the arithmetic between cells and responsibilities."""

import dataclasses
from itertools import product

import pytest

from taxonomy.cells import (
    CELLS,
    MODELS,
    NUMBERS,
    cell,
    cell_number,
    cells_of,
    column_cells,
    model,
    responsibilities_of,
    row_cells,
)
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens

EACH_LENS = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)


def test_models_bear_their_labels_and_cells() -> None:
    assert [(m.code, m.label, m.cells) for m in MODELS] == [
        ("traditional", "Traditional", (1,)),
        ("co_governance", "Co-Governance", (2, 8)),
        ("co_management", "Co-Management", (4, 7)),
        ("partial_co_production", "Partial Co-Production", (3, 6, 9)),
        ("full_co_production", "Full Co-Production", (5,)),
    ]


def test_each_cell_bears_the_model_that_names_it_and_its_source_label() -> None:
    for m in MODELS:
        for number in m.cells:
            assert cell(number).model is m
            assert SECTOR.label(number).text.startswith(m.label)
    assert sorted(number for m in MODELS for number in m.cells) == sorted(NUMBERS)


def test_cells_stand_in_order_with_delivery_as_rows() -> None:
    assert [(c.number, c.row, c.column) for c in CELLS] == [
        (1, 0, 0), (2, 0, 1), (3, 0, 2), (4, 1, 0), (5, 1, 1), (6, 1, 2), (7, 2, 0), (8, 2, 1), (9, 2, 2),
    ]  # fmt: skip


def test_namesakes_are_the_other_cells_of_the_label() -> None:
    assert [cell(n).namesakes for n in (1, 2, 6)] == [(), (8,), (3, 9)]


def test_each_cell_has_texts_of_its_own_and_only_the_first_lacks_a_gloss() -> None:
    assert [c.number for c in CELLS if not c.gloss] == [1]
    assert len({c.gloss for c in CELLS}) == 9
    assert len({c.plain for c in CELLS} | {c.plain_professional for c in CELLS}) == 18


def test_the_gloss_belongs_to_the_cell_and_not_to_the_label() -> None:
    assert "no part in delivery" in cell(2).gloss
    assert "planning and in delivery" in cell(8).gloss
    assert [c.number for c in CELLS if c.gloss and "and/or" not in c.gloss] == [5, 8]


def test_plain_text_follows_the_lens() -> None:
    assert cell(7).plain_in(SECTOR) == cell(7).plain
    assert cell(7).plain_in(PROFESSIONAL) == cell(7).plain_professional


@EACH_LENS
def test_cell_and_responsibilities_go_both_ways(lens: Lens) -> None:
    for c in CELLS:
        design, delivery = c.responsibilities(lens)
        assert cell_number(design, delivery, lens) == c.number
        assert responsibilities_of({c.number}, lens) == (design, delivery)
        assert cells_of(design, delivery, lens) == {c.number}


@EACH_LENS
def test_the_number_is_three_times_delivery_plus_design_plus_one(lens: Lens) -> None:
    for (d, design), (v, delivery) in product(enumerate(lens.levels), repeat=2):
        assert cell_number(design.code, delivery.code, lens) == 3 * v + d + 1


def test_columns_and_rows() -> None:
    assert column_cells("shared") == {2, 5, 8}
    assert row_cells("citizens_or_third_sector") == {7, 8, 9}
    assert column_cells("users_or_community", PROFESSIONAL) == {3, 6, 9}


def test_what_is_not_known_stays_open() -> None:
    assert cells_of(None, None) == NUMBERS
    assert cells_of("shared", None) == cells_of("shared", "") == {2, 5, 8}
    assert cells_of(None, "public") == {1, 2, 3}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({2, 5, 8}, ("shared", None)),
        ({6, 9}, ("citizens_or_third_sector", None)),
        ({4, 6}, (None, "shared")),
        ({6, 8, 9}, (None, None)),
        ({2, 8}, ("shared", None)),
        (set(), (None, None)),
        ({"outside"}, (None, None)),
        ({7, "nobody"}, (None, None)),
    ],
)
def test_responsibilities_are_set_only_where_all_cells_agree(
    cells: set[int | str], expected: tuple[str | None, str | None]
) -> None:
    assert responsibilities_of(cells) == expected


def test_look_ups_name_what_is_unknown() -> None:
    assert model("traditional").cells == (1,)
    with pytest.raises(KeyError, match="'full'"):
        model("full")
    for number in (0, 10):
        with pytest.raises(KeyError, match=str(number)):
            cell(number)
    with pytest.raises(KeyError, match="'citizens'"):
        cell_number("citizens", "public")
    with pytest.raises(KeyError, match="somewhere"):
        responsibilities_of({"somewhere", 3})
    with pytest.raises(KeyError, match="11"):
        responsibilities_of({11})


def test_cells_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        cell(1).number = 2  # type: ignore[misc]
