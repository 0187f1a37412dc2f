"""Assessments of a complete record in words: whose, when, where they come out, and every answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import Assessment
from partnerships.positions import of_assessment
from partnerships.presenters import record_words as say
from partnerships.presenters.position import sentence, tag
from partnerships.presenters.questionnaire import LABELS, label_of, task_lines
from partnerships.record import Record
from taxonomy.answers import AnswersError
from taxonomy.lenses import SECTOR
from taxonomy.questions import TASKS

STATED = ("design", "delivery")


def assessment_title(row: Record) -> str:
    """Whose view, by what right, and when."""
    view = say.term("PERSPECTIVES", row.get("perspective") or "") or _("Assessor")
    parts = [view, _("by invitation") if row.get("by_invitation") else "", say.day(row.get("submitted") or "")]
    return ", ".join(filter(None, parts))


def assessed(row: Record) -> dict[str, str]:
    """What it comes out at, and what it rests on; of one that states the two responsibilities, these."""
    stated = () if row.get("method") == "guided" else STATED
    return {
        "": _place(row),
        **{str(LABELS[axis]): say.level(SECTOR, row.get(axis) or "") for axis in stated},
        **{str(LABELS[name]): row.get(name) or "" for name in ("reason", "comment")},
    }


def answers_of(row: Record) -> dict[str, str]:
    """Every answer, of one that was answered question by question."""
    answers = (row.get("answers") or {}) if row.get("method") == "guided" else {}
    return {label_of(task.code): _answer(task.code, answers.get(task.code)) for task in TASKS if task.code in answers}


def _place(row: Record) -> str:
    """The cell, and where the cell has to be worked out from answers what it means."""
    fields = {name: row.get(name) or "" for name in ("method", *STATED, "codebook")}
    try:
        position = of_assessment(Assessment(**fields, answers=row.get("answers") or {})).sector
    except (AnswersError, KeyError):
        return ""
    return "\n".join([tag(position), sentence(position)] if row.get("method") == "guided" else [tag(position)])


def _answer(task: str, answer: object) -> str:
    try:
        return "; ".join(task_lines(task, answer, {}))
    except (AttributeError, KeyError, TypeError):
        return ""
