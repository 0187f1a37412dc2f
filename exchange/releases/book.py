"""``codebook.json``: the theory of the day as data, so that codes and rules can be read without this site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from taxonomy.axes import Axis
from taxonomy.checklists import CHECKLISTS
from taxonomy.codebook import CURRENT, Codebook
from taxonomy.labels import LABELS
from taxonomy.vocabulary import VOCABULARIES

# Parts of a codebook that are programs.
PROGRAMS = {"derive", "explain", "axes"}


def codebook(book: Codebook = CURRENT) -> dict[str, Any]:
    """Axes, cells, models, lenses, questions, rules and checklists of a codebook, and every list of codes in use."""
    return {
        **{field.name: plain(getattr(book, field.name)) for field in fields(book) if field.name not in PROGRAMS},
        "axes": [
            {"code": str(axis), "label": axis.label, "question": axis.question, "help": axis.help} for axis in Axis
        ],
        "checklists": plain(CHECKLISTS.values()),
        "vocabularies": {name: _terms(name) for name in sorted(LABELS)},
    }


def _terms(name: str) -> list[dict[str, Any]]:
    """A list of codes with what is said of each."""
    if name in VOCABULARIES:
        return plain(VOCABULARIES[name].terms)
    return [{"code": code, "label": label} for code, label in LABELS[name].items()]


def plain(value: Any) -> Any:
    """Values of the taxonomy as JSON has them; a set in the order of its members."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, str | int | bool) or value is None:
        return str(value) if isinstance(value, Axis) else value
    if isinstance(value, frozenset):
        return sorted(value)
    return [plain(item) for item in value] if isinstance(value, Iterable) else str(value)
