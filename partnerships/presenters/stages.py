"""The stages of a record for those who keep it: dates, answers in words, where they place it, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.assessors import Assessor
from partnerships.completeness import TASKS, asked_about, missing_of
from partnerships.forms.values import stage_values
from partnerships.models import Assessment, Partnership, Phase
from partnerships.models.phase import UNNAMED
from partnerships.positions import LensPosition, of_assessment
from partnerships.presenters.answers import Answer, Gap, contradictions, stage_lines
from partnerships.presenters.explanation import ExplanationView, explanation_view
from partnerships.presenters.journey import from_check, page_url
from partnerships.presenters.questionnaire import Stated, answer_rows, answered, claim_rows, stated
from taxonomy import codebook
from taxonomy.answers import completed


@dataclass(frozen=True)
class StageView:
    """One stage. Either ``explanation`` (guided) or ``stated`` (direct) says where its answers place it, if any do.

    ``title`` is "" for the only stage, where nobody named it.
    """

    title: str
    answers: tuple[Answer, ...]
    explanation: ExplanationView | None
    stated: Stated | None
    notes: tuple[Gap, ...]
    gaps: tuple[Gap, ...]
    invitations_url: str
    assess_url: str


def stage_title(phase: Phase) -> str:
    """What a stage is called on the pages of its record; "" for the only one, where nobody named it."""
    alone = len(phase.partnership.phases.all()) == 1
    if phase.name != UNNAMED:
        return phase.name
    return "" if alone else _("First stage")


def stages(draft: Partnership, *, change: bool = False, assess: bool = False) -> tuple[StageView, ...]:
    """The stages of a record in order; with ``change`` each answer has a link to change it.

    ``assess``: whether the reader may give a view of their own on a record that is published.
    """
    asked = asked_about(draft) if draft.is_open else frozenset()
    return tuple(
        _stage(draft, phase, asked=phase.pk in asked, change=change, assess=assess) for phase in in_order(draft)
    )


def in_order(draft: Partnership) -> list[Phase]:
    """The stages of a record as they are numbered."""
    return sorted(draft.phases.all(), key=lambda phase: phase.order)


def standing(phase: Phase) -> Assessment:
    """What the keepers of a record say about a phase: what they are writing, or what was adopted or signed last."""
    assessor = Assessor(phase)
    if phase.partnership.is_open:
        return assessor.present()
    signed = [row for row in phase.assessments.all() if row.submitted_at and row.by_keepers]
    adopted = [row for row in signed if row.pk == phase.adopted_assessment_id]
    return max(adopted or signed, key=lambda row: row.pk, default=Assessment(phase=phase, method="guided"))


def is_begun(assessment: Assessment) -> bool:
    """Whether an assessment says anything about who is responsible."""
    return assessment.method == "direct" or answered(assessment.answers) > 0


def position_now(said: Assessment, kinds: Collection[str]) -> LensPosition:
    """Where an assessment stands under the sector lens; an unsigned one as far as these kinds have been asked about."""
    if said.method == "guided" and not said.submitted_at:
        answers = completed(said.answers, kinds)
        said = Assessment(method="guided", answers=answers, codebook=codebook.CURRENT.version)
    return of_assessment(said).sector


def _stage(draft: Partnership, phase: Phase, *, asked: bool, change: bool, assess: bool) -> StageView:
    said, names = standing(phase), Assessor(phase).names
    missing = missing_of(said, tuple(names)) if asked else ()
    # Once something is adopted, that is where it stands, whatever each claim comes out at.
    adopted = draft.published_at is not None and not draft.is_open
    explanation, direct = (None, None) if adopted else _place(said, names)
    return StageView(
        title=stage_title(phase),
        answers=(_dates(phase, change=change), *_answers(said, names, missing, change=change)),
        explanation=explanation,
        stated=direct,
        notes=_notes(draft, said, frozenset(names)) if draft.is_open else (),
        gaps=stage_gaps(phase, missing),
        invitations_url=reverse("invitations", args=[draft.uuid, phase.pk]),
        assess_url=reverse("assess-start", args=[draft.slug, phase.pk]) if assess else "",
    )


def _place(said: Assessment, names: dict[str, list[str]]) -> tuple[ExplanationView | None, Stated | None]:
    if not is_begun(said):
        return None, None
    if said.method == "direct":
        return None, stated(said.design, said.delivery)
    if said.submitted_at:
        return explanation_view(said.answers, names, said.codebook), None
    return explanation_view(completed(said.answers, tuple(names)), names), None


def _dates(phase: Phase, *, change: bool) -> Answer:
    url = from_check(reverse("phase-edit", args=[phase.partnership.uuid, phase.pk])) if change else ""
    return Answer("phase", _("Dates"), stage_lines(stage_values(phase)), url)


def _answers(
    said: Assessment, names: dict[str, list[str]], missing: Sequence[str], *, change: bool
) -> tuple[Answer, ...]:
    """The six answers in words, or the two stated responsibilities; then what it all rests on."""
    if not is_begun(said) and not missing:
        return ()

    def url_of(name: str) -> str:
        return from_check(answer_url(said, name)) if change else ""

    guided = answer_rows(said.answers, names, url_of) if said.method == "guided" else ()
    rows = [*guided, *claim_rows(said, missing, url_of)]
    return tuple(
        Answer(row.task, row.question, row.lines, row.url, _("Not answered yet") if row.missing else "") for row in rows
    )


def answer_url(said: Assessment, name: str) -> str:
    """Where a task is answered, or a field of the keepers' assessment."""
    phase = said.phase
    args = [phase.partnership.uuid, phase.pk]
    if name in TASKS and said.method == "guided":
        return reverse("draft-question", args=[*args, name])
    if name in ("design", "delivery") or (name == "reason" and said.method == "direct"):
        return reverse("draft-directly", args=args)
    return reverse("draft-basis", args=args)


# ---- What is missing, and what does not go together ----------------------------------------------

ASKED_FOR = {
    "reason": gettext_lazy("Say what your answers rest on."),
    "perspective": gettext_lazy("Say whose view it is."),
}


def stage_gaps(phase: Phase, missing: Sequence[str]) -> tuple[Gap, ...]:
    """What a stage lacks, the unanswered questions in one line. ``missing`` as ``completeness.missing_of`` has it."""
    said = standing(phase)
    tasks = [name for name in missing if name in TASKS]
    gaps = []
    if tasks:
        gaps.append(Gap(_asked(len(tasks)), from_check(answer_url(said, tasks[0]))))
    gaps += [Gap(str(text), from_check(answer_url(said, name))) for name, text in ASKED_FOR.items() if name in missing]
    title = stage_title(phase)
    return tuple(Gap(f"{title}: {gap.text}" if title else gap.text, gap.url) for gap in gaps)


def _asked(number: int) -> str:
    if number == len(TASKS):
        return _("Answer who decided and who does the work.")
    if number == 1:
        return _("Answer one more question on who decided and who does the work.")
    return _("Answer %(number)d more questions on who decided and who does the work.") % {"number": number}


def _notes(draft: Partnership, said: Assessment, kinds: frozenset[str]) -> tuple[Gap, ...]:
    if said.method != "direct":
        return ()
    return contradictions(kinds, said.design, said.delivery, from_check(page_url(draft, "who")))
