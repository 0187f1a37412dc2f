"""Codes of a vocabulary, lists of them, and sets of possible cells."""

from typing import Any

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import Partnership, Phase, Statement
from partnerships.models.fields import (
    ALL_BITS,
    ALL_CELLS,
    CELL_BITS,
    MEMBERS,
    CellSetField,
    CodeField,
    CodesField,
    LinesField,
    LinesFormField,
    Member,
    PossibleCellsField,
    bits_of,
    codes_known,
    members_of,
    vocabulary_choices,
    vocabulary_codes,
)

SETS = st.frozensets(st.sampled_from(MEMBERS))
NOT_A_SET = "A set of cells has the members 1 to 9, outside and nobody."


# ---- Sets of cells and their bits --------------------------------------------------------------


@given(SETS)
def test_bits_hold_the_whole_set(members: frozenset[Member]) -> None:
    assert members_of(bits_of(members)) == members


def test_bits_count_from_cell_1_to_outside_and_nobody() -> None:
    assert [bits_of([member]) for member in MEMBERS] == [1 << place for place in range(11)]
    assert bits_of(ALL_CELLS) == CELL_BITS
    assert bits_of(MEMBERS) == ALL_BITS


@pytest.mark.parametrize("stranger", [0, 10, "5", "private", None])
def test_bits_of_a_stranger_are_refused(stranger: Any) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        bits_of([stranger])


@pytest.mark.parametrize("value", [{6, 9}, [9, 6, 9], (6, 9), frozenset({6, 9}), 0b100100000])
def test_a_set_may_be_given_in_several_shapes(value: Any) -> None:
    assert CellSetField().to_python(value) == frozenset({6, 9})


@pytest.mark.parametrize("value", ["five", [10], {0}, 5.5, [["5"]]])
def test_what_is_no_set_is_an_error_in_words(value: Any) -> None:
    with pytest.raises(ValidationError, match=NOT_A_SET):
        CellSetField().to_python(value)


def test_bits_and_expressions_pass_into_queries() -> None:
    field = CellSetField()

    assert field.get_prep_value({1, "outside"}) == 0b1000000001
    assert field.get_prep_value(3) == 3
    assert field.get_prep_value(None) is None
    assert isinstance(field.get_prep_value(F("cells")), F)


@given(SETS)
def test_a_set_survives_serialisation(members: frozenset[Member]) -> None:
    text = serializers.serialize("json", [Statement(pk=1, cells=members)])

    [read] = serializers.deserialize("json", text)

    assert read.object.cells == members


def test_nothing_is_known_about_a_new_phase() -> None:
    assert Phase().possible_cells == Phase().professional_possible_cells == ALL_CELLS


def test_a_new_statement_names_no_cells() -> None:
    assert Statement().cells == frozenset()


def test_a_position_is_never_the_empty_set() -> None:
    with pytest.raises(ValidationError, match="Choose at least one cell"):
        PossibleCellsField().clean(frozenset(), None)


# ---- Tick boxes for a set ----------------------------------------------------------------------


@pytest.fixture
def boxes() -> forms.Field:
    """The control of Django admin."""
    return Phase._meta.get_field("possible_cells").formfield()


def test_boxes_stand_in_matrix_order_with_words_for_the_last_two(boxes: forms.Field) -> None:
    assert [str(label) for _code, label in boxes.choices] == [*"123456789", "outside the matrix", "nobody named"]


@pytest.mark.parametrize(
    ("ticked", "members"), [(["5"], {5}), (["7", "nobody"], {7, "nobody"}), ([], set()), (["outside"], {"outside"})]
)
def test_ticked_boxes_become_a_set(boxes: forms.Field, ticked: list[str], members: set[Member]) -> None:
    assert boxes.clean(ticked) == members


@pytest.mark.parametrize("ticked", [["10"], ["0"], ["private"], ["5", "x"], ["⁵"]])
def test_a_box_that_is_not_there_is_an_error_in_words(boxes: forms.Field, ticked: list[str]) -> None:
    with pytest.raises(ValidationError, match=NOT_A_SET):
        boxes.clean(ticked)


@given(SETS)
def test_boxes_show_the_set_they_came_from(members: frozenset[Member]) -> None:
    boxes = CellSetField().formfield()

    assert boxes.clean(boxes.prepare_value(members)) == members
    assert not boxes.has_changed(members, boxes.prepare_value(members))


def test_boxes_notice_a_change(boxes: forms.Field) -> None:
    assert boxes.has_changed(frozenset({5}), ["5", "6"])
    assert not boxes.has_changed(lambda: frozenset({5}), ["5"])
    assert not boxes.has_changed(None, None)


# ---- Codes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (
            "UNITS",
            ("case", "programme", "component", "class", "vehicle", "country_pattern", "illustration", "reference"),
        ),
        ("PARTY_KINDS", ("public", "third_sector", "community", "citizens", "private", "other")),
        ("SECTOR_LEVELS", ("public", "shared", "citizens_or_third_sector")),
        ("PROFESSIONAL_LEVELS", ("professionals", "shared", "users_or_community")),
        ("LENSES", ("sector", "professional")),
        ("STATUSES", ("draft", "submitted", "changes_requested", "published", "withdrawn")),
    ],
)
def test_codes_of_a_vocabulary(name: str, codes: tuple[str, ...]) -> None:
    assert vocabulary_codes(name) == codes


def test_countries_and_areas_are_vocabularies_too() -> None:
    assert ("IT", "Italy") in [(code, str(name)) for code, name in vocabulary_choices("COUNTRIES")]
    assert vocabulary_codes("AREAS")[:2] == ("01", "01.1")


def test_rewording_a_label_is_no_migration() -> None:
    _name, _path, _args, kwargs = Partnership._meta.get_field("unit").deconstruct()

    assert kwargs["vocabulary"] == "UNITS"
    assert "choices" not in kwargs


def test_each_field_of_codes_has_a_constraint_of_its_own() -> None:
    certainty, confidence = codes_known("phase", certainty="CERTAINTIES", confidence="CONFIDENCES")

    assert (certainty.name, confidence.name) == ("phase_certainty_known", "phase_confidence_known")
    assert confidence.condition == Q(confidence__in=["", "low", "medium", "high"])


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(ValidationError, match="not a valid choice"):
        CodeField(vocabulary="UNITS").clean("charity", None)


# ---- Lists of codes ----------------------------------------------------------------------------


def test_a_list_of_known_codes_is_fine_and_so_is_none() -> None:
    field = CodesField(vocabulary="STAGES")

    assert field.clean(["design", "delivery"], None) == ["design", "delivery"]
    assert field.clean([], None) == []


def test_a_code_that_comes_twice_is_named() -> None:
    with pytest.raises(ValidationError, match="“delivery” stands there twice"):
        CodesField(vocabulary="STAGES").clean(["delivery", "design", "delivery"], None)


def test_an_unknown_code_in_a_list_is_named() -> None:
    with pytest.raises(ValidationError, match="“XX” is not a known code"):
        CodesField(vocabulary="COUNTRIES").clean(["IT", "XX"], None)


@pytest.mark.parametrize("value", ["IT", {"IT": 1}, 5, [["IT"]], [None]])
def test_what_is_no_list_of_codes_is_an_error(value: Any) -> None:
    with pytest.raises(ValidationError):
        CodesField(vocabulary="COUNTRIES").clean(value, None)


def test_several_codes_may_be_chosen_from_a_list() -> None:
    field = CodesField(vocabulary="STAGES").formfield()

    assert field.clean(["design", "delivery"]) == ["design", "delivery"]
    assert field.clean([]) == []


def test_migrations_name_the_vocabulary_of_a_list() -> None:
    assert CodesField(vocabulary="STAGES").deconstruct()[3]["vocabulary"] == "STAGES"


# ---- Lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["a", {"a": 1}, [1], [None], ["x" * 301]])
def test_what_is_no_list_of_short_texts_is_an_error(value: Any) -> None:
    with pytest.raises(ValidationError, match="a list of texts of up to 300 characters"):
        LinesField().clean(value, None)


def test_a_list_of_short_texts_is_fine() -> None:
    assert LinesField().clean(["a", "x" * 300], None) == ["a", "x" * 300]


def test_each_line_is_an_entry_and_repetitions_are_dropped() -> None:
    field = LinesField().formfield()

    assert field.clean(" first \r\n\r\nsecond\nfirst\n") == ["first", "second"]
    assert field.clean("") == []


def test_lines_show_the_list_they_came_from() -> None:
    field = LinesFormField(required=False)

    assert field.prepare_value(["a", "b"]) == "a\nb"
    assert field.prepare_value("typed\nso") == "typed\nso"
    assert not field.has_changed(["a", "b"], "a\r\nb\r\n")
    assert field.has_changed(["a"], "a\nb")
    assert not field.has_changed(list, "")


def test_a_line_that_is_too_long_is_an_error_in_words() -> None:
    with pytest.raises(ValidationError, match="Keep each line to 300 characters or fewer"):
        LinesFormField().clean("x" * 301)
