"""The answers about a phase in words: rows to check, how far somebody has come, and where two versions differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.assessors import CLAIM_FIELDS
from partnerships.completeness import TASKS as DECIDING_TASKS
from partnerships.forms import choices
from partnerships.models import Assessment
from partnerships.positions import of_direct
from partnerships.presenters import words
from partnerships.presenters.position import PositionView, position_view
from taxonomy.answers import KIND_CODES, completed
from taxonomy.cells import CELLS
from taxonomy.questions import NOT_APPLICABLE, NOT_APPLICABLE_WORDS, TASKS, answer_level, party_kind, task

# A legend is no list of members; who else takes part stands on the page of the record.
MOST_NAMES = 3

Names = Mapping[str, Sequence[str]]
UrlOf = Callable[[str], str]


@dataclass(frozen=True)
class AnswerRow:
    """One question with its answer in words; ``task`` is its code, or the name of a field of the assessment.

    ``url`` leads to the question ("" where nobody may change it). ``missing``: it still has to be answered.
    """

    task: str
    question: str
    lines: tuple[str, ...]
    url: str
    missing: bool


@dataclass(frozen=True)
class Difference:
    """One question that two versions answer differently. An empty side left it blank."""

    label: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Stated:
    """Where two stated responsibilities place something, and what that means in a sentence."""

    position: PositionView
    meaning: str


# ---- Who -----------------------------------------------------------------------------------------


def party(kind: str, names: Sequence[str]) -> str:
    """A kind that takes part with its partners' names: "Hill Trust (third sector organisation)"."""
    known = party_kind(kind)
    if not names:
        return _(known.name)
    label = _(known.name) if len(names) == 1 else _(known.plural)
    shown = list(names[:MOST_NAMES])
    if rest := len(names) - len(shown):
        shown.append(_("%(number)d more") % {"number": rest})
    return _("%(names)s (%(kind)s)") % {
        "names": words.joined(shown, last=_("and")),
        "kind": label[:1].lower() + label[1:],
    }


def parties(names: Names) -> tuple[str, ...]:
    """Everybody who takes part, kind by kind."""
    return tuple(party(kind, own) for kind, own in names.items())


# ---- Rows ----------------------------------------------------------------------------------------


def answer_rows(answers: Mapping[str, Any], names: Names, url_of: UrlOf | None) -> tuple[AnswerRow, ...]:
    """The six deciding questions, and of the others those that were answered, for the kinds in ``names``.

    ``url_of`` gives the address of a task's question; None where nobody may change it.
    """
    given = completed(answers, tuple(names))
    return tuple(
        AnswerRow(
            task=each.code,
            question=_(each.question),
            lines=task_lines(each.code, given.get(each.code), names),
            url=url_of(each.code) if url_of else "",
            missing=each.code not in given,
        )
        for each in TASKS
        if each.decides or each.code in given
    )


def steps(answers: Mapping[str, Any], names: Names, url_of: UrlOf) -> tuple[AnswerRow, ...]:
    """The six deciding questions, to be answered one after the other."""
    return tuple(row for row in answer_rows(answers, names, url_of) if row.task in DECIDING_TASKS)


def answered(answers: Mapping[str, Any]) -> int:
    """How many of the six deciding questions have an answer. "Don't know" and "does not apply" are answers."""
    return sum(1 for code in DECIDING_TASKS if answers.get(code))


def task_lines(code: str, answer: Any, names: Names) -> tuple[str, ...]:
    """One answer in words, a line for each kind; nothing where there is none."""
    if answer == NOT_APPLICABLE:
        return (_(NOT_APPLICABLE_WORDS),)
    axis, levels = task(code).axis, answer or {}
    # In the order of the codebook: PostgreSQL keeps no order of its own in what it stores.
    return tuple(
        _("%(who)s: %(what)s")
        % {"who": party(kind, names.get(kind, ())), "what": _(answer_level(levels[kind]).words(axis))}
        for kind in KIND_CODES
        if kind in levels
    )


LABELS = {
    "design": gettext_lazy("Who designs it"),
    "delivery": gettext_lazy("Who delivers it"),
    "reason": gettext_lazy("What the answers rest on"),
    "perspective": gettext_lazy("Whose view"),
    "comment": gettext_lazy("Comment"),
}
STATED = {"design": choices.DESIGN, "delivery": choices.DELIVERY}


def claim_rows(assessment: Assessment, missing: Sequence[str], url_of: UrlOf | None) -> tuple[AnswerRow, ...]:
    """What an assessment says besides the answers by task; ``missing`` as ``completeness.missing_of`` has it."""
    stated_fields = STATED if assessment.method == "direct" else ()
    more = ("comment",) if assessment.comment else ()
    return tuple(
        AnswerRow(
            task=field,
            question=str(LABELS[field]),
            lines=claim_lines(field, getattr(assessment, field)),
            url=url_of(field) if url_of else "",
            missing=field in missing,
        )
        for field in (*stated_fields, "reason", "perspective", *more)
    )


def claim_lines(field: str, value: str) -> tuple[str, ...]:
    """One field of an assessment in words; a responsibility left open is "not known"."""
    if field in STATED:
        labels = dict(STATED[field])
        return (str(labels[value or choices.UNKNOWN]),)
    if field == "perspective":
        return (words.term("PERSPECTIVES", value),) if value else ()
    return tuple(line.strip() for line in value.splitlines() if line.strip())


# ---- Two versions --------------------------------------------------------------------------------


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any], names: Names) -> tuple[Difference, ...]:
    """Where two states of one page (see ``Assessor.state``) differ in words, in the order of ``mine``."""
    pairs = [
        Difference(label_of(name), lines_of(name, value, names), lines_of(name, theirs.get(name), names))
        for name, value in mine.items()
    ]
    return tuple(pair for pair in pairs if pair.mine != pair.theirs)


def label_of(name: str) -> str:
    """What a task or a field asks."""
    return str(LABELS[name]) if name in CLAIM_FIELDS else _(task(name).question)


def lines_of(name: str, value: Any, names: Names) -> tuple[str, ...]:
    """The answer to a task or a field in words."""
    return claim_lines(name, value or "") if name in CLAIM_FIELDS else task_lines(name, value, names)


# ---- Stated directly -----------------------------------------------------------------------------


def stated_of(assessment: Assessment) -> dict[str, str]:
    """The two responsibilities that an assessment states, as its form has them."""
    return {axis: getattr(assessment, axis) or choices.UNKNOWN for axis in STATED}


def stated(design: str, delivery: str) -> Stated:
    """The position that two responsibilities give; "" is not known. Raises ``KeyError`` for an unknown code."""
    position = of_direct(design, delivery).sector
    view = position_view(position)
    if view.open:
        return Stated(view, view.sentence)
    (number,) = position.cells
    return Stated(view, _(CELLS[number - 1].plain))
