"""The draft in which a proposed change is written: filled from the public record, emptied when all is decided."""

from collections.abc import Iterable, Mapping
from datetime import UTC

from django.db import models

from accounts.models import User
from partnerships.images import forget_files
from partnerships.models import (
    Assessment,
    CaseImage,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Statement,
)
from partnerships.models.partnership import DRAFT
from partnerships.record import Record, apply_record
from partnerships.record.shape import ASSESSMENT_FIELDS

# What of a draft has a history, by the way to its partnership.
WITH_HISTORY: tuple[tuple[type[models.Model], str], ...] = (
    (Partnership, "pk"), (Partner, "partnership"), (Phase, "partnership"), (Statement, "partnership"),
    (Evidence, "partnership"), (ChecklistItem, "phase__partnership"), (CaseStudy, "partnership"),
    (Lesson, "case_study__partnership"),
)  # fmt: skip


def make_workspace(published: Partnership, record: Record, by: User) -> Partnership:
    """A draft that says what the public record says, signed assessments and who signed them included."""
    workspace = Partnership(revises=published, organisation=published.organisation, created_by=by, status=DRAFT)
    apply_record({**record, "partnership_id": "", "assessments": []}, workspace, by=by)
    phases = {phase.name: phase for phase in workspace.phases.all()}
    for phase in published.phases.all():
        copies = _copied(phase.assessments.submitted().order_by("pk"), phases[phase.name])
        Phase.objects.filter(pk=phases[phase.name].pk).update(
            adopted_assessment=copies.get(phase.adopted_assessment_id),
            adopted_by=phase.adopted_by, adopted_at=phase.adopted_at,
        )  # fmt: skip
    return workspace


def _copied(assessments: Iterable[Assessment], phase: Phase) -> dict[int, Assessment]:
    copies = {}
    for row in assessments:
        key, row.pk, row.phase = row.pk, None, phase
        row._state.adding = True
        row.save()
        copies[key] = row
    return copies


def carry_over(signed: Iterable[Assessment], phases: Mapping[int, Phase]) -> dict[int, Assessment]:
    """Give what was signed in the draft its author and its time in the public record, which a record does not tell.

    ``phases``: those of the public record by the keys of the draft's. Returns the public assessments by the keys of
    those in the draft; one that was not taken over is not among them.
    """
    found: dict[int, Assessment] = {}
    for mine in signed:
        phase = phases.get(mine.phase_id)
        nameless = phase.assessments.submitted().filter(assessor=None, by_keepers=False) if phase else ()
        for row in nameless:
            if _content(row) == _content(mine) and row not in found.values():
                row.assessor, row.by_keepers, row.submitted_at = mine.assessor, mine.by_keepers, mine.submitted_at
                row.save(update_fields=["assessor", "by_keepers", "submitted_at"])
                row.phase, found[mine.pk] = phase, row
                break
    return found


def _content(row: Assessment) -> list[object]:
    return [row.submitted_at.astimezone(UTC).date(), *(getattr(row, name) for name in ASSESSMENT_FIELDS)]


def throw_away(workspace: Partnership | None, by: User) -> None:
    """Delete the draft with its history: what was never public leaves no trace beside the proposed change itself."""
    if workspace is None:
        return
    gone = [
        (model, list(model._default_manager.filter(**{way: workspace.pk}).values_list("pk", flat=True)))
        for model, way in WITH_HISTORY
    ]
    forget_files(CaseImage.objects.filter(case_study__partnership=workspace))
    workspace._history_user = by
    workspace.delete()
    for model, keys in gone:
        model.history.filter(id__in=keys).delete()
