"""The sources' words letter by letter, and the sides of both lenses."""

import dataclasses

import pytest

from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, lens
from taxonomy.questions import PARTY_KINDS

KINDS = {kind.code for kind in PARTY_KINDS}


def test_sector_labels_are_those_of_table_2() -> None:
    assert [(label.cell, label.text, label.note) for label in SECTOR.labels] == [
        (1, "Traditional Public Administration Planning and Delivery", ""),
        (2, "Co-Governance", ""),
        (3, "Partial Co-Production", ""),
        (4, "Co-Management", ""),
        (5, "Full Co-Production", ""),
        (6, "Partial Co-Production", ""),
        (7, "Co-Management", ""),
        (8, "Co-Governance", ""),
        (9, "Partial Co-Production", ""),
    ]


def test_professional_labels_are_those_of_the_hand_out_with_its_faults() -> None:
    assert [(label.cell, label.text, label.note) for label in PROFESSIONAL.labels] == [
        (1, "Traditional professional service provision", ""),
        (2, "Professional service provision but users/communities involved in planning and design", ""),
        (3, "Professionals as sole service deliverers", "repeats the row header"),
        (4, "User co-delivery of professionally designed services", ""),
        (5, "Full co-production", ""),
        (6, "User/community delivery of services with little formal/ professional", "text cut off in source"),
        (7, "User/community delivery of professionally planned services", ""),
        (8, "User/community delivery of co-planned or co-designed services", ""),
        (9, "Self-organised community provision", ""),
    ]
    assert PROFESSIONAL.label(3).text == PROFESSIONAL.levels[0].delivery_header


def test_headers_are_those_of_the_sources() -> None:
    assert [level.design_header for level in SECTOR.levels] == [
        "Public Sector",
        "Public Sector and Citizens/Third Sector Organisations",
        "Citizens or Third Sector Organisations",
    ]
    assert [level.delivery_header for level in SECTOR.levels] == [
        "Public Sector",
        "Public Sector and Citizens or Third Sector Organisations",
        "Citizens or Third Sector Organisations",
    ]
    assert [level.design_header for level in PROFESSIONAL.levels] == [
        "Professionals as sole service planner",
        "Professionals and service users/community as co-planners",
        "No professional input into service planning",
    ]
    assert [level.delivery_header for level in PROFESSIONAL.levels] == [
        "Professionals as sole service deliverers",
        "Professionals and users/communities as co-deliverers",
        "Users/communities as sole deliverers",
    ]


def test_levels_stand_in_matrix_order() -> None:
    assert [level.code for level in SECTOR.levels] == ["public", "shared", "citizens_or_third_sector"]
    assert [level.code for level in PROFESSIONAL.levels] == ["professionals", "shared", "users_or_community"]
    assert SECTOR.index("citizens_or_third_sector") == 2
    assert PROFESSIONAL.level("professionals") is PROFESSIONAL.levels[0]


def test_sides_hold_known_kinds_and_never_the_same() -> None:
    for each in LENSES.values():
        assert each.first_kinds | each.second_kinds <= KINDS
        assert not each.first_kinds & each.second_kinds
    assert KINDS - SECTOR.first_kinds - SECTOR.second_kinds == {"private", "other"}
    assert PROFESSIONAL.first_kinds | PROFESSIONAL.second_kinds == KINDS


def test_numbers_of_the_professional_lens_are_called_a_convention() -> None:
    assert "convention" in PROFESSIONAL.numbering
    assert "convention" not in SECTOR.numbering


def test_look_ups_name_what_is_unknown() -> None:
    assert lens("sector") is SECTOR
    with pytest.raises(KeyError, match="'both'"):
        lens("both")
    with pytest.raises(KeyError, match="'professionals'"):
        SECTOR.index("professionals")
    with pytest.raises(KeyError, match="10"):
        SECTOR.label(10)


def test_lenses_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        SECTOR.code = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        LENSES["x"] = SECTOR  # type: ignore[index]
