"""The codebook as a value."""

import dataclasses
from datetime import date

import pytest

from taxonomy.codebook import CODEBOOKS, CURRENT


def test_the_current_version() -> None:
    assert CURRENT.version == "1.0"
    assert CURRENT.date == date(2026, 11, 21)
    assert CODEBOOKS["1.0"] is CURRENT


def test_versions_stand_under_their_own_name_and_derive_under_it() -> None:
    for version, codebook in CODEBOOKS.items():
        assert codebook.version == version
        assert codebook.derive({}).codebook == codebook.explain({}).codebook == version


def test_the_reasons_are_those_of_the_rule() -> None:
    answers = {"run": {"public": "led"}, "front": {"public": "led", "citizens": "unknown"}}
    for codebook in CODEBOOKS.values():
        assert codebook.explain(answers).sector.result == codebook.derive(answers).sector
        assert codebook.explain(answers).professional.result == codebook.derive(answers).professional


def test_it_holds_all_that_the_codebook_page_shows() -> None:
    sizes = [
        len(part)
        for part in (
            CURRENT.axes,
            CURRENT.cells,
            CURRENT.models,
            CURRENT.lenses,
            CURRENT.party_kinds,
            CURRENT.tasks,
            CURRENT.levels,
            CURRENT.rules,
        )
    ]
    assert sizes == [2, 9, 5, 2, 6, 11, 5, 7]
    assert CURRENT.summary
    assert all(CURRENT.changes)
    assert [rule.number for rule in CURRENT.rules] == list(range(1, 8))


def test_a_codebook_never_changes() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CURRENT.version = "2"  # type: ignore[misc]
    with pytest.raises(TypeError):
        CODEBOOKS["2"] = CURRENT  # type: ignore[index]
