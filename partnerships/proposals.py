"""Proposed changes of published records: which one is pending, what its draft says, and what became of the record.

While a change is being written, an ordinary draft holds it (``Partnership.revises``), so that it is edited in the forms
that make new records. What a stage of that draft was called in the public record is read from the history: the stages
were copied when the change was begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models import Subquery
from django.utils import timezone

from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase, Revision
from partnerships.models.revision import PENDING
from partnerships.record import Record, complete, to_record
from partnerships.record.shape import ASSESSMENT_FIELDS
from partnerships.three_way import ThreeWay, Version
from taxonomy.answers import completed


def pending_of(partnership: Partnership) -> Revision | None:
    """The one change of a record that nobody has decided about."""
    return partnership.revisions.filter(status__in=PENDING).first()


def workspace_of(revision: Revision) -> Partnership | None:
    """The draft in which a pending change is written. One that came from a file has none until somebody edits it."""
    return Partnership.objects.filter(revises=revision.partnership_id).first() if revision.is_pending else None


def revision_of(workspace: Partnership) -> Revision | None:
    """The pending change that a draft belongs to; None for any other draft."""
    if workspace.revises_id is None:
        return None
    pending = Revision.objects.filter(partnership=workspace.revises_id, status__in=PENDING)
    return pending.select_related("partnership", "made_by").first()


def record_of(partnership: Partnership) -> Record:
    """The complete record as it stands."""
    return to_record(complete().get(pk=partnership.pk))


def names_then(partnership: Partnership, moment: datetime) -> dict[str, str]:
    """Phases by what they are called now, with what they were called at that moment; later ones are not among them."""
    now = dict(partnership.phases.values_list("pk", "name"))
    versions = Phase.history.filter(id__in=now, history_date__lte=moment).order_by("history_date", "history_id")
    then = dict(versions.values_list("id", "name"))
    return {name: then[key] for key, name in now.items() if key in then}


def three_way(revision: Revision, mine: Version | None = None) -> ThreeWay:
    """Where a change started, what it proposes (or ``mine``), and the public record as it is now."""
    base = Version.first(revision.base)
    return ThreeWay(base, mine or proposed(revision), _public(revision, base))


def _public(revision: Revision, base: Version) -> Version:
    record = record_of(revision.partnership)
    then = names_then(revision.partnership, revision.created_at)
    # What has no history is known by its name.
    was = {phase["name"]: then.get(phase["name"], phase["name"]) for phase in record["phases"]}
    return Version(record, {name: old for name, old in was.items() if old in base.names})


def proposed(revision: Revision) -> Version:
    """What the draft says; without one, or once somebody has decided, what was handed in."""
    workspace = workspace_of(revision)
    if workspace is None:
        return Version(revision.record, first_names(revision.record, revision.base, revision.renamed))
    was = names_then(workspace, revision.created_at)
    known = {phase["name"] for phase in revision.base["phases"]}
    record = {**record_of(workspace), "partnership_id": revision.base["partnership_id"]}
    return Version(record, {name: old for name, old in was.items() if old in known})


def first_names(record: Record, base: Record, renamed: Mapping[str, str]) -> dict[str, str]:
    """Phases of a record by name, with their names in ``base``, from what is stored of those that got another one."""
    known = {phase["name"] for phase in base["phases"]} - set(renamed.values())
    kept = {phase["name"]: phase["name"] for phase in record["phases"] if phase["name"] in known}
    return {**kept, **renamed}


def to_be_signed(revision: Revision, workspace: Partnership) -> Version:
    """What the draft will say once the answers that stand open in it are signed, as handing in does."""
    version, today = proposed(revision), timezone.now().astimezone(UTC).date().isoformat()
    rows, new = list(version.record["assessments"]), new_assessments(workspace, revision)
    for phase in workspace.phases.all():
        assessor = Assessor(phase)
        present, signed = assessor.present(), assessor.last_signed()
        if present.pk is None and (signed is None or assessor.says_the_same(present, signed)):
            continue
        if present.method == "guided":
            present.answers, present.design, present.delivery = completed(present.answers, assessor.kinds), "", ""
        else:
            present.answers = {}
        for row in (row for row in new if row.phase_id == phase.pk):
            rows.remove(_row(row, phase, row.submitted_at.astimezone(UTC).date().isoformat()))
        rows.append(_row(present, phase, today))
    return Version({**version.record, "assessments": rows}, version.was)


def _row(assessment: Assessment, phase: Phase, submitted: str) -> Record:
    said = {name: getattr(assessment, name) for name in ASSESSMENT_FIELDS}
    return {"phase": phase.name, **said, "submitted": submitted, "adopted": False}


def copied_phases(workspace: Partnership) -> frozenset[int]:
    """The stages of a draft that came from the public record: nobody has to answer about them once more."""
    if workspace.revises_id is None:
        return frozenset()
    begun = Revision.objects.filter(partnership=workspace.revises_id, status__in=PENDING).values("created_at")
    copies = Phase.history.filter(partnership=workspace.pk, history_type="+", history_date__lte=Subquery(begun[:1]))
    return frozenset(copies.values_list("id", flat=True))


def new_assessments(workspace: Partnership | None, revision: Revision) -> list[Assessment]:
    """What the keepers have signed in the draft, oldest first; what was copied into it had been signed before."""
    if workspace is None:
        return []
    signed = Assessment.objects.submitted().filter(
        phase__partnership=workspace, by_keepers=True, submitted_at__gt=revision.created_at
    )
    return list(signed.select_related("phase").order_by("pk"))
