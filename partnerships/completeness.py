"""What is still to be answered before an assessment can be signed. "Don't know" is an answer; silence is none."""

from collections.abc import Collection

from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase
from taxonomy.answers import completed
from taxonomy.axes import Axis
from taxonomy.questions import DECIDING

TASKS = (*DECIDING[Axis.DESIGN], *DECIDING[Axis.DELIVERY])


def missing_of(assessment: Assessment | None, kinds: Collection[str]) -> tuple[str, ...]:
    """What an assessment lacks: deciding tasks without an answer, ``reason`` (of a direct one), ``perspective``."""
    if assessment is None:
        return ("assessment",)
    lacks: list[str] = []
    if assessment.method == "direct":
        lacks += [] if assessment.reason.strip() else ["reason"]
    else:
        given = completed(assessment.answers, kinds)
        lacks += [task for task in TASKS if task not in given]
    return (*lacks, *([] if assessment.perspective else ["perspective"]))


def phases_missing(draft: Partnership) -> dict[Phase, tuple[str, ...]]:
    """What each phase of a draft still lacks. A planned phase needs no answers: it may not be decided yet."""
    phases = sorted(draft.phases.all(), key=lambda phase: phase.order)
    return {phase: () if phase.planned else missing_of(_present(phase), Assessor(phase).kinds) for phase in phases}


def _present(phase: Phase) -> Assessment | None:
    present = Assessor(phase).present()
    return present if present.pk or present.answers or present.method == "direct" else None
