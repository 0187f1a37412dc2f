"""Why a phase stands where it stands, when that rests on an assessment: the reasons, and under which codebook."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.assessors import Assessor
from partnerships.models import Phase
from partnerships.presenters.explanation import ExplanationView, explanation_view
from partnerships.presenters.perspectives import Assessed, AssessorView, assessor_view
from taxonomy import codebook


@dataclass(frozen=True)
class WhyView:
    """Who assessed, and why that gives this place; ``outdated`` says so where another codebook is in use by now.

    A guided assessment has an ``explanation``. A direct one has none: its reason is all there is.
    """

    assessor: AssessorView
    reason: str
    explanation: ExplanationView | None
    codebook: str
    codebook_url: str
    outdated: str


def why(phase: Phase | None, assessed: tuple[Assessed, ...]) -> WhyView | None:
    """The reasons of the assessment that the phase rests on; None where it rests on something else."""
    adopted = next((one for one in assessed if phase and one.phase == phase and one.adopted), None)
    if adopted is None:
        return None
    row = adopted.row
    return WhyView(
        assessor=assessor_view(adopted),
        reason=row.reason,
        explanation=None if adopted.direct else explanation_view(row.answers, Assessor(phase).names, row.codebook),
        codebook=row.codebook,
        codebook_url=reverse("codebook-version", args=[row.codebook]),
        outdated=_outdated(row.codebook),
    )


def _outdated(version: str) -> str:
    """That a newer codebook would have to be asked anew; "" where the version is the one in use."""
    if version == codebook.CURRENT.version:
        return ""
    return _("The codebook in use is now %(version)s. What was placed before stays as it was.") % {
        "version": codebook.CURRENT.version
    }
