"""One look-up for every label."""

import pytest

from taxonomy.labels import LABELS, label_of


@pytest.mark.parametrize(
    ("code", "name", "label"),
    [
        ("inferred", "CERTAINTIES", "Inferred"),
        ("07", "DIVISIONS", "Health"),
        ("07.3", "AREAS", "Hospitals and nursing homes"),
        ("public", "PARTY_KINDS", "Public body"),
        ("public", "PARTY_KINDS_PLURAL", "Public bodies"),
        ("co_management", "MODELS", "Co-Management"),
        ("sector", "LENSES", "By sector"),
        ("delivery", "AXES", "Delivery"),
        ("run", "TASKS", "Who runs it day to day?"),
        ("public", "SECTOR_LEVELS", "Public sector"),
        ("users_or_community", "PROFESSIONAL_LEVELS", "Users or community"),
    ],
)
def test_label_of(code: str, name: str, label: str) -> None:
    assert label_of(code, name) == label


def test_every_label_says_something() -> None:
    assert all(label for labels in LABELS.values() for label in labels.values())


def test_what_is_unknown_is_named() -> None:
    with pytest.raises(KeyError, match="'UNIT'"):
        label_of("case", "UNIT")
    with pytest.raises(KeyError, match="UNITS has no code 'thing'"):
        label_of("thing", "UNITS")
