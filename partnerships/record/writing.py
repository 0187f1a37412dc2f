"""From the register to the record."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.db import models

from accounts.models import Organisation
from partnerships import dates
from partnerships.models import (
    Assessment,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
)
from partnerships.models.fields import ALL_CELLS, MEMBERS
from partnerships.record.shape import (
    ASSESSMENT_FIELDS,
    CELL_FIELDS,
    CHECKLIST_FIELDS,
    EVIDENCE_FIELDS,
    ORGANISATION_FIELDS,
    OWN_FIELDS,
    PARTNER_FIELDS,
    PHASE_FIELDS,
    SOURCE_FIELDS,
    STATEMENT_FIELDS,
    Record,
)
from taxonomy.vocabulary import CHECKLIST_ITEMS


def complete(partnerships: models.QuerySet[Partnership] | None = None) -> models.QuerySet[Partnership]:
    """These partnerships (all, unless said otherwise) with what ``to_record`` reads, in a fixed number of queries."""
    queryset = Partnership.objects.all() if partnerships is None else partnerships
    return queryset.select_related("part_of", "case_study").prefetch_related(
        "partners__organisation", "phases__assessments", "case_study__lessons",
        models.Prefetch("statements", queryset=Statement.objects.select_related("source", "phase")),
        models.Prefetch("evidence", queryset=Evidence.objects.select_related("source", "phase")),
        models.Prefetch("phases__checklist", queryset=ChecklistItem.objects.select_related("source")),
    )  # fmt: skip


def reference(partnership: Partnership | None, *, hidden: bool = False) -> str:
    """What names a partnership in a record: its slug once it is public, else "" so that no draft leaks.

    ``hidden`` (for a copy of the whole register only) also names the others: by slug, or by UUID where there is none.
    """
    if partnership is None:
        return ""
    if hidden:
        return partnership.slug or str(partnership.uuid)
    return (partnership.slug or "") if partnership.is_published else ""


def to_record(partnership: Partnership, *, hidden: bool = False) -> Record:
    """The complete record of one partnership. No name of a person, no e-mail, no draft assessment is in it."""
    study = getattr(partnership, "case_study", None)
    phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
    return {
        "partnership_id": reference(partnership, hidden=True) if hidden else partnership.slug or "",
        **{name: getattr(partnership, name) for name in OWN_FIELDS},
        "part_of": reference(partnership.part_of, hidden=hidden),
        "partners": [_partner(partner) for partner in _by_pk(partnership.partners)],
        "phases": [_phase(phase) for phase in phases],
        "statements": [_statement(row, phases) for row in _by_pk(partnership.statements)],
        "evidence": [_evidence(row) for row in _by_pk(partnership.evidence)],
        "assessments": [
            _assessment(row, phase) for phase in phases for row in _by_pk(phase.assessments) if row.submitted_at
        ],
        "checklists": [_checklist_item(row, phase) for phase in phases for row in in_list_order(phase.checklist.all())],
        "case_study": _case_study(study) if study else None,
        "last_confirmed": partnership.last_confirmed.isoformat() if partnership.last_confirmed else "",
    }


def source_record(source: Source) -> Record:
    """A source as the record writes it."""
    accessed = source.accessed.isoformat() if source.accessed else ""
    return {**_fields(source, SOURCE_FIELDS), "accessed": accessed}


def organisation_record(organisation: Organisation) -> Record:
    """An organisation as the record writes it."""
    return {**_fields(organisation, ORGANISATION_FIELDS), "country": str(organisation.country)}


def sorted_cells(cells: Iterable[int | str]) -> list[int | str]:
    """A set of cells in matrix order."""
    return sorted(cells, key=MEMBERS.index)


def in_list_order(items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """Items as their checklists list them: which was recorded first says nothing."""
    return sorted(items, key=lambda row: CHECKLIST_ITEMS.codes.index(row.item))


def _fields(row: models.Model, names: tuple[str, ...]) -> Record:
    return {name: getattr(row, name) for name in names}


def _by_pk(manager: Any) -> list[Any]:
    return sorted(manager.all(), key=lambda row: row.pk)


def _partner(partner: Partner) -> Record:
    organisation = partner.organisation.slug if partner.organisation else ""
    return {**_fields(partner, PARTNER_FIELDS), "organisation": organisation}


def _phase(phase: Phase) -> Record:
    record: Record = {
        **_fields(phase, PHASE_FIELDS),
        "starts": dates.write(phase.starts, phase.starts_precision),
        "ends": dates.write(phase.ends, phase.ends_precision),
    }
    for prefix in ("", "professional_"):
        possible = getattr(phase, f"{prefix}possible_cells")
        record[f"{prefix}design"] = getattr(phase, f"{prefix}design")
        record[f"{prefix}delivery"] = getattr(phase, f"{prefix}delivery")
        record[f"{prefix}possible_cells"] = [] if possible == ALL_CELLS else sorted_cells(possible)
    return record


def _statement(row: Statement, phases: list[Phase]) -> Record:
    record = _fields(row, STATEMENT_FIELDS)
    for name in CELL_FIELDS:
        record[name] = sorted_cells(record[name])
    adopted = any(phase.adopted_statement_id == row.pk for phase in phases)
    return {"phase": row.phase.name if row.phase else "", "source": row.source.slug, **record, "adopted": adopted}


def _evidence(row: Evidence) -> Record:
    phase = row.phase.name if row.phase else ""
    return {"phase": phase, "source": row.source.slug, **_fields(row, EVIDENCE_FIELDS)}


def _assessment(row: Assessment, phase: Phase) -> Record:
    return {
        "phase": phase.name,
        **_fields(row, ASSESSMENT_FIELDS),
        "submitted": row.submitted_at.astimezone(UTC).date().isoformat(),
        "adopted": phase.adopted_assessment_id == row.pk,
    }


def _checklist_item(row: ChecklistItem, phase: Phase) -> Record:
    return {
        "phase": phase.name,
        **_fields(row, CHECKLIST_FIELDS),
        "starts": dates.write(row.starts, row.starts_precision),
        "ends": dates.write(row.ends, row.ends_precision),
        "source": row.source.slug if row.source else "",
    }


def _case_study(study: CaseStudy) -> Record:
    lessons = [{"theme": lesson.theme, "text": lesson.text} for lesson in _by_pk(study.lessons)]
    return {"headline": study.headline, "body": study.body, "lessons": lessons, "featured": study.featured}
