"""Which fields of an answer hold codes, of which vocabulary, and the labels that stand beside them on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from exchange.formats import shape
from partnerships.models import (
    Assessment,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.models.fields import vocabulary_choices
from partnerships.record import Record
from taxonomy.cells import MODELS

# The objects of an answer by name: their shape in the complete record, and the model that knows their fields.
OBJECTS: dict[str, tuple[shape.Fields, type[Model] | None]] = {
    "Partnership": (shape.PARTNERSHIP, Partnership),
    "Partner": (shape.PARTNER, Partner),
    "Phase": (shape.PHASE, Phase),
    "Statement": (shape.STATEMENT, Statement),
    "Evidence": (shape.EVIDENCE, Evidence),
    "Assessment": (shape.ASSESSMENT, Assessment),
    "ChecklistItem": (shape.CHECKLIST_ITEM, ChecklistItem),
    "CaseStudy": (shape.CASE_STUDY, CaseStudy),
    "Lesson": (shape.LESSON, Lesson),
    "Source": (shape.SOURCE, Source),
    "Organisation": (shape.ORGANISATION, None),
}
# What of a record is made of objects of its own.
NESTED = {
    "partners": "Partner", "phases": "Phase", "statements": "Statement", "evidence": "Evidence",
    "assessments": "Assessment", "checklists": "ChecklistItem", "case_study": "CaseStudy", "lessons": "Lesson",
}  # fmt: skip
# Codes in fields that are no code fields of a model, and in those that are derived.
OTHERS = {
    "Phase": {"model": "MODELS"},
    "Organisation": {"kind": "PARTY_KINDS", "country": "COUNTRIES"},
}
# A statement speaks in the levels of its own lens.
LEVELS_OF = {"sector": "SECTOR_LEVELS", "professional": "PROFESSIONAL_LEVELS"}


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """The codes of a vocabulary with their labels."""
    if vocabulary == "MODELS":
        return [(model.code, _(model.label)) for model in MODELS]
    return [(str(code), str(label)) for code, label in vocabulary_choices(vocabulary)]


def coded(name: str) -> dict[str, str]:
    """The fields of an object that hold codes, each with its vocabulary."""
    fields, model = OBJECTS[name]
    known = {field.name: field for field in model._meta.get_fields()} if model else {}
    found = {field: getattr(known.get(field), "vocabulary", None) for field in fields.of}
    return {field: vocabulary for field, vocabulary in found.items() if vocabulary} | OTHERS.get(name, {})


class Labels:
    """Labels by vocabulary and code. Each vocabulary is read once, when it is first asked for."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, dict[str, str]] = {}

    @cached_property
    def _coded(self) -> dict[str, dict[str, str]]:
        return {name: coded(name) for name in OBJECTS}

    def of(self, vocabulary: str, code: str) -> str:
        """The label of a code; "" for none."""
        if vocabulary not in self._known:
            self._known[vocabulary] = dict(choices(vocabulary))
        return self._known[vocabulary].get(code, "")

    def beside(self, record: Mapping[str, Any], name: str) -> Record:
        """A record with the label behind each code: ``unit_label`` after ``unit``, ``stages_labels`` after ``stages``.

        ``name`` is the name of the object, a key of ``OBJECTS``.
        """
        labelled: Record = {}
        for field, value in record.items():
            labelled[field] = self._inside(value, NESTED[field]) if field in NESTED else value
            vocabulary = self._vocabulary(name, field, record)
            if vocabulary and isinstance(value, str):
                labelled[f"{field}_label"] = self.of(vocabulary, value)
            elif vocabulary:
                labelled[f"{field}_labels"] = [self.of(vocabulary, code) for code in value]
        return labelled

    def _vocabulary(self, name: str, field: str, record: Mapping[str, Any]) -> str:
        if name == "Statement" and field in ("design", "delivery"):
            return LEVELS_OF[record["lens"]]
        return self._coded[name].get(field, "")

    def _inside(self, value: Any, name: str) -> Any:
        if isinstance(value, list):
            return [self.beside(row, name) for row in value]
        return self.beside(value, name) if isinstance(value, Mapping) else value


def lists_in(names: Iterable[str]) -> tuple[str, ...]:
    """The vocabularies that these objects use, each once."""
    own = (vocabulary for name in names for vocabulary in coded(name).values())
    return tuple(dict.fromkeys((*own, *LEVELS_OF.values())))
