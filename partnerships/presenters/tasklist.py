"""The task list of a draft: what there is to tell, how far it is told, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.assessors import Assessor
from partnerships.completeness import TASKS, asked_about, missing_of
from partnerships.forms.steps import ROLE_FIELDS, STEPS
from partnerships.forms.values import Values, stage_values
from partnerships.models import Assessment, Invitation, Partnership, Phase
from partnerships.presenters.answers import MORE, stage_lines
from partnerships.presenters.draft import STATUS_WORDS
from partnerships.presenters.journey import page_url, phase_questions_url
from partnerships.presenters.position import PositionView, position_view
from partnerships.presenters.stages import in_order, is_begun, position_now, stage_title, standing


@dataclass(frozen=True)
class Status:
    """How far a task is. ``look`` is "done" (plain text), "todo" or "later" (nothing is asked yet, or ever)."""

    text: str
    look: str


@dataclass(frozen=True)
class Link:
    """Another way to do a task."""

    text: str
    url: str


@dataclass(frozen=True)
class Row:
    """One task. Without ``url`` it cannot be begun yet."""

    code: str
    title: str
    url: str
    status: Status
    hint: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Section:
    """Tasks under a heading. ``phase`` is the key of the stage that they are about."""

    title: str
    rows: tuple[Row, ...]
    phase: int | None = None
    may_go_up: bool = False
    may_go_down: bool = False
    may_be_deleted: bool = False


@dataclass(frozen=True)
class TaskList:
    """The page. ``lede`` says who sees the draft, or why it came back.

    ``next_url`` leads to the first task that is not done, or to the check page where all are.
    """

    lede: str
    sections: tuple[Section, ...]
    complete: bool
    next_url: str


def task_list(draft: Partnership, values: Values, errors: Mapping[str, list[str]]) -> TaskList:
    """The tasks of a draft. ``errors`` are what a strict reading of the record finds missing."""
    invited = dict(
        Invitation.objects.filter(phase__partnership=draft).order_by().values_list("phase").annotate(Count("pk"))
    )
    phases, asked = in_order(draft), asked_about(draft)
    sections = (
        Section(_("The partnership"), _record_rows(draft, values, errors)),
        Section(_("Who takes part"), _who_rows(draft, values, errors)),
        *(_stage_section(draft, phases, place, asked, invited) for place in range(len(phases))),
    )
    open_rows = [row for row in _in_linear_order(sections) if row.status.look == "todo" and row.url]
    next_url = open_rows[0].url if open_rows else page_url(draft, "check")
    return TaskList(str(STATUS_WORDS[draft.status]), sections, not open_rows, next_url)


def _in_linear_order(sections: Sequence[Section]) -> list[Row]:
    """Rows as the pages follow each other: what it is about comes last, and everything optional never."""
    rows = [row for section in sections for row in section.rows]
    return sorted(rows, key=lambda row: {"about": 0, "areas": 2}.get(row.code, 1))


# ---- The record -------------------------------------------------------------------------------------


def done() -> Status:
    """Nothing is left to do."""
    return Status(_("Done"), "done")


def _optional(*, answered: bool) -> Status:
    return done() if answered else Status(_("Optional"), "later")


def _not_started() -> Status:
    return Status(_("Not started"), "todo")


def _after_who() -> Status:
    return Status(_("Needs who takes part first"), "later")


def _record_rows(draft: Partnership, values: Values, errors: Mapping[str, list[str]]) -> tuple[Row, ...]:
    lacking = sum(1 for field in errors if STEPS["about"].covers(field))
    about = Status(ngettext("%(n)d answer missing", "%(n)d answers missing", lacking) % {"n": lacking}, "todo")
    more = any(row[2](values) for row in MORE.rows)
    areas = any(STEPS["areas"].covers(field) for field in errors)
    return (
        Row("about", _("What you describe"), page_url(draft, "about"), about if lacking else done()),
        Row("areas", _("What it is about"), page_url(draft, "areas"), _not_started() if areas else done()),
        Row("more", _("More about it"), page_url(draft, "more"), _optional(answered=more)),
    )


def _who_rows(draft: Partnership, values: Values, errors: Mapping[str, list[str]]) -> tuple[Row, ...]:
    lacking = any(STEPS["who"].covers(field) for field in errors)
    who = Row("who", _("Kinds and names"), page_url(draft, "who"), _not_started() if lacking else done())
    if not draft.partners.all():
        return who, Row("roles", _("What else they do"), "", _after_who())
    besides = any(getattr(partner, field) for partner in draft.partners.all() for field in ROLE_FIELDS)
    return who, Row("roles", _("What else they do"), page_url(draft, "roles"), _optional(answered=besides))


# ---- One stage --------------------------------------------------------------------------------------


def _stage_section(
    draft: Partnership, phases: Sequence[Phase], place: int, asked: Set[int], invited: Mapping[int, int]
) -> Section:  # fmt: skip
    phase = phases[place]
    signed = any(assessment.submitted_at for assessment in phase.assessments.all())
    # People are invited to speak about the record, not about a change of it that nobody knows of.
    views = () if draft.revises_id else (_views_row(draft, phase, invited),)
    return Section(
        title=stage_title(phase) or _("The stage"),
        rows=(_dates_row(draft, phase), *_answer_rows(draft, phase, asked=phase.pk in asked), *views),
        phase=phase.pk,
        may_go_up=place > 0,
        may_go_down=place < len(phases) - 1,
        may_be_deleted=len(phases) > 1 and not signed,
    )


def _dates_row(draft: Partnership, phase: Phase) -> Row:
    lines = stage_lines(stage_values(phase))
    url = reverse("phase-edit", args=[draft.uuid, phase.pk])
    return Row("stage", _("Name and dates"), url, _optional(answered=bool(lines)), " · ".join(lines))


def _answer_rows(draft: Partnership, phase: Phase, *, asked: bool) -> tuple[Row, Row]:
    """Who decided and who does the work, and what that rests on. ``asked``: whether there must be answers."""
    args = [draft.uuid, phase.pk]
    title, basis = _("Who decided, and who does the work"), _("About your answers")
    said, kinds = standing(phase), Assessor(phase).kinds
    if not kinds:
        return Row("questions", title, "", _after_who()), Row("basis", basis, "", _after_who())
    missing = missing_of(said, kinds)
    unanswered = [task for task in TASKS if task in missing]
    rests = _not_started() if "perspective" in missing else done()
    links = (
        Link(_("All on one page"), reverse("draft-questions", args=args)),
        Link(_("State it directly"), reverse("draft-directly", args=args)),
    )
    return (
        Row(
            "questions",
            title,
            phase_questions_url(draft, phase, unanswered[0] if unanswered else ""),
            _asked_of(_how_far(said, len(unanswered), missing), asked=asked),
            links=links if said.method == "guided" else (),
        ),
        Row("basis", basis, reverse("draft-basis", args=args), _asked_of(rests, asked=asked)),
    )


def _how_far(said: Assessment, unanswered: int, missing: Sequence[str]) -> Status:
    if said.method == "direct":
        # Its reason is asked on the same page.
        return Status(_("Reason missing"), "todo") if "reason" in missing else Status(_("Stated directly"), "done")
    if unanswered == len(TASKS):
        return _not_started()
    if not unanswered:
        return done()
    numbers = {"answered": len(TASKS) - unanswered, "all": len(TASKS)}
    return Status(_("%(answered)d of %(all)d answered") % numbers, "todo")


def _asked_of(status: Status, *, asked: bool) -> Status:
    """The same where there must be answers; elsewhere everything may be left open."""
    if asked or status.look == "done":
        return status
    return _optional(answered=False) if status == _not_started() else Status(status.text, "later")


def _views_row(draft: Partnership, phase: Phase, invited: Mapping[int, int]) -> Row:
    """What others say of the stage, who are invited to."""
    number = invited.get(phase.pk, 0)
    status = Status(_("%(number)d invited") % {"number": number}, "later") if number else _optional(answered=False)
    return Row("views", _("Other views"), reverse("invitations", args=[draft.uuid, phase.pk]), status)


# ---- Where it stands ----------------------------------------------------------------------------------


def place(draft: Partnership) -> PositionView | None:
    """Where the answers so far place the draft, by the latest stage that has any; None before there are any."""
    begun = [phase for phase in in_order(draft) if is_begun(standing(phase))]
    if not begun:
        return None
    return position_view(position_now(standing(begun[-1]), Assessor(begun[-1]).kinds))
