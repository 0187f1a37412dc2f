"""Reads answers from outside: every fault is named, nothing is guessed.

Answers map a task to `"na"` (does not apply) or to a mapping from party kind to level. Tasks
that are shown and never counted are checked like the others.
"""

from collections.abc import Collection, Mapping
from reprlib import Repr
from typing import Any

from .questions import LEVELS, NOT_APPLICABLE, PARTY_KINDS, TASKS

KIND_CODES = tuple(kind.code for kind in PARTY_KINDS)
LEVEL_CODES = tuple(level.code for level in LEVELS)
TASK_CODES = tuple(task.code for task in TASKS)

# What a kind did in one task: kind to level. None stands for a task that does not apply.
TaskAnswers = Mapping[str, str] | None
Answers = Mapping[str, TaskAnswers]


class AnswersError(ValueError):
    """Answers that cannot be read; the message names the fault on one line."""


_short = Repr()
_short.maxstring = _short.maxother = 60


def _known(value: object, codes: tuple[str, ...], what: str, where: str = "") -> str:
    """Return the value if it is one of the codes; `where` opens the message otherwise."""
    if not isinstance(value, str) or value not in codes:
        known = ", ".join(codes)
        raise AnswersError(f"{where}unknown {what} {_short.repr(value)} (known: {known})")
    return value


def _task_answers(task: str, value: object) -> TaskAnswers:
    """Read what one task holds."""
    where = f"task {task!r}: "
    if value == NOT_APPLICABLE:
        return None
    if not isinstance(value, Mapping):
        found = _short.repr(value)
        raise AnswersError(f'{where}expected kinds with their levels, or "{NOT_APPLICABLE}", not {found}')
    return {
        _known(kind, KIND_CODES, "party kind", where): _known(level, LEVEL_CODES, "level", f"{where}{kind}: ")
        for kind, level in value.items()
    }


def read_answers(answers: object) -> Answers:
    """Return checked answers; AnswersError names the first unknown code or wrong type."""
    if not isinstance(answers, Mapping):
        raise AnswersError(f"expected tasks with their answers, not {_short.repr(answers)}")
    return {_known(task, TASK_CODES, "task"): _task_answers(task, value) for task, value in answers.items()}


def completed(answers: object, kinds: Collection[str]) -> dict[str, Any]:
    """Return what answers mean when exactly these kinds take part, ready to be stored.

    In an answered task a kind that takes part and was left blank becomes `unknown`, and one
    that does not take part drops out (rule 4). A task without any answer of those who take
    part is left out, and "na" stays. Tasks and kinds stand in their usual order, so that equal
    answers are stored alike. AnswersError names an unknown code or a wrong type.
    """
    checked = read_answers(answers)
    taking_part = {_known(kind, KIND_CODES, "party kind") for kind in kinds}
    in_order = [kind for kind in KIND_CODES if kind in taking_part]
    found: dict[str, Any] = {}
    for task in TASK_CODES:
        given = checked.get(task, {})
        if given is None:
            found[task] = NOT_APPLICABLE
        elif taking_part & given.keys():
            found[task] = {kind: given.get(kind, "unknown") for kind in in_order}
    return found
