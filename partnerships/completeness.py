"""What is still to be answered before an assessment can be signed. "Don't know" is an answer; silence is none."""

from collections.abc import Collection

from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase
from partnerships.proposals import copied_phases
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


def asked_about(draft: Partnership) -> frozenset[int]:
    """The phases about which there must be answers, by key. One that is only planned may not be decided yet.

    Nor does anybody have to answer about what is public already to correct something else about it.
    """
    copied = copied_phases(draft)
    phases = [phase for phase in draft.phases.all() if not phase.planned]
    return frozenset(phase.pk for phase in phases if phase.pk not in copied or _present(phase))


def phases_missing(draft: Partnership) -> dict[Phase, tuple[str, ...]]:
    """What each phase of a draft still lacks."""
    phases, asked = sorted(draft.phases.all(), key=lambda phase: phase.order), asked_about(draft)
    return {phase: missing_of(_present(phase), Assessor(phase).kinds) if phase.pk in asked else () for phase in phases}


def _present(phase: Phase) -> Assessment | None:
    present = Assessor(phase).present()
    return present if present.pk or present.answers or present.method == "direct" else None
