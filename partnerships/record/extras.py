"""What a record says besides its claims: evidence, checklists, the case study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import CaseStudy, ChecklistItem, Evidence, Lesson, Partnership, Phase
from partnerships.record.errors import RecordError, Where
from partnerships.record.reading import no_repetition, phase_named, read_span
from partnerships.record.references import References
from partnerships.record.rows import Rows
from partnerships.record.shape import CHECKLIST_FIELDS, EVIDENCE_FIELDS
from taxonomy.vocabulary import CHECKLIST_ITEMS

CHECKLISTS = gettext_lazy("checklists")


def evidence(
    rows: Rows, partnership: Partnership, record: Mapping[str, Any], known: list[Evidence],
    phases: Mapping[str, Phase], references: References, where: Where,
) -> list[Evidence]:  # fmt: skip
    """Take over the evidence; returns it."""
    wanted = []
    for row in record.get("evidence", []):
        values = {name: row[name] for name in EVIDENCE_FIELDS if name in row}
        phase = phase_named(row, phases, where)
        values["source_id"] = references.source(row["source"], where).pk
        values["phase_id"] = phase.pk if phase else None
        wanted.append(((values["phase_id"], values["source_id"], values.get("place", "")), values))
    found = rows.sync_list(known, Evidence, wanted, _key, {"partnership_id": partnership.pk}, where)
    for row, item in zip(record.get("evidence", []), found, strict=True):
        item.source = references.source(row["source"], where)
    return found


def _key(row: Evidence) -> tuple[Any, ...]:
    return row.phase_id, row.source_id, row.place


def checklists(
    rows: Rows, record: Mapping[str, Any], known: list[ChecklistItem], phases: Mapping[str, Phase],
    references: References, where: Where,
) -> None:  # fmt: skip
    """Take over the items of checklists."""
    items = record.get("checklists", [])
    no_repetition(((row.get("phase", ""), row["item"]) for row in items), (*where, CHECKLISTS))
    wanted = {}
    for row in items:
        there = (*where, (CHECKLISTS, row["item"]))
        phase = phase_named(row, phases, there)
        if phase is None:
            raise RecordError(there, _("an item of a checklist names its phase"))
        if row["item"] not in CHECKLIST_ITEMS.codes:
            raise RecordError(there, _("no checklist has this item"))
        source = references.source(row["source"], there).pk if row.get("source") else None
        values = {name: row[name] for name in CHECKLIST_FIELDS if name in row} | read_span(row, there)
        wanted[phase.pk, row["item"]] = {**values, "phase_id": phase.pk, "source_id": source}
    rows.sync(known, ChecklistItem, wanted, lambda row: (row.phase_id, row.item), {}, where)


def case_study(rows: Rows, partnership: Partnership, record: Mapping[str, Any] | None, where: Where) -> None:
    """Take over the case study; without one in the record it goes, with its pictures."""
    study = None if partnership._state.adding else getattr(partnership, "case_study", None)
    if record is None:
        if study:
            rows.drop(study)
        return
    lessons = sorted(study.lessons.all(), key=lambda row: row.pk) if study else []
    study = study or CaseStudy(partnership_id=partnership.pk)
    rows.put(study, {name: record[name] for name in ("headline", "body", "featured") if name in record}, where)
    wanted = [((row["theme"], row["text"]), dict(row)) for row in record.get("lessons", [])]
    parent = {"case_study_id": study.pk}
    rows.sync_list(lessons, Lesson, wanted, lambda row: (row.theme, row.text), parent, where)
