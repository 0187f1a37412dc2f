"""Where several assessments of one phase agree, task by task; and a stated set beside a derived one.

Nothing is averaged and nobody is right: the comparison says where people answered alike and
where they did not. Agreement corrected for chance (kappa, alpha) is not here yet; it needs many
doubly coded phases, not one.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from .answers import KIND_CODES, Answers, TaskAnswers, read_answers
from .cells import NUMBERS
from .questions import NOT_APPLICABLE, TASKS
from .terms import Term, Vocabulary
from .text import gettext_noop as _

Verdict = Literal["same", "degree", "differ", "open"]
SetVerdict = Literal["same", "different", "overlap", "unknown"]

VERDICTS = Vocabulary(
    "VERDICTS",
    (
        Term("same", _("Same answer")),
        Term(
            "degree",
            _("Same parties, to another degree"),
            _("All name the same parties; how far each took part differs."),
        ),
        Term("differ", _("Different answers"), _("They do not name the same parties.")),
        Term("open", _("Cannot be compared"), _("Somebody does not know or did not answer.")),
    ),
)

SET_VERDICTS = Vocabulary(
    "SET_VERDICTS",
    (
        Term("same", _("Same cell")),
        Term("different", _("Different cell")),
        Term("overlap", _("May be the same cell"), _("They share some cells, and not all.")),
        Term("unknown", _("Not comparable"), _("One of them names no cell.")),
    ),
)

_DOES = frozenset({"together", "led"})


@dataclass(frozen=True, slots=True)
class TaskComparison:
    """The answers of all assessors to one task, in their order, and what they amount to.

    `kinds` are all kinds that anybody names. An answer is "na", an empty mapping (no answer), or
    a level for each of these kinds: one that an answered task leaves out did nothing.
    """

    task: str
    kinds: tuple[str, ...]
    answers: tuple[Mapping[str, str] | Literal["na"], ...]
    verdict: Verdict


def compare(assessments: Sequence[Mapping[str, object]]) -> tuple[TaskComparison, ...]:
    """Compare answers over every task that at least one assessor answered, in the order of TASKS.

    The verdict is `same` when every kind has the same level with all; `degree` when levels differ
    and yet every kind either takes part with all (together, led) or with none; `differ` when two
    contradict each other; `open` otherwise, where somebody does not know or did not answer.
    Raises AnswersError for an unknown task, kind or level, or a wrong type.
    """
    checked = [read_answers(answers) for answers in assessments]
    return tuple(_compared(task.code, checked) for task in TASKS if any(_is_answered(a, task.code) for a in checked))


def compare_sets(stated: AbstractSet[int | str], found: AbstractSet[int | str]) -> SetVerdict:
    """Compare two sets of possible outcomes (cells, `outside`, `nobody`).

    `unknown` when one of them is empty or holds all nine cells, which says nothing.
    """
    if not all(members and not members >= NUMBERS for members in (stated, found)):
        return "unknown"
    if stated == found:
        return "same"
    return "overlap" if stated & found else "different"


def _is_answered(answers: Answers, task: str) -> bool:
    return answers.get(task, {}) != {}


def _compared(task: str, assessments: Sequence[Answers]) -> TaskComparison:
    given = [answers.get(task, {}) for answers in assessments]
    named = {kind for answer in given for kind in answer or {}}
    kinds = tuple(kind for kind in KIND_CODES if kind in named)
    filled = tuple(_filled(answer, kinds) for answer in given)
    return TaskComparison(task, kinds, filled, _verdict(filled))


def _filled(answer: TaskAnswers, kinds: tuple[str, ...]) -> Mapping[str, str] | Literal["na"]:
    """Write out what an answer leaves unsaid (rule 4)."""
    if answer is None:
        return "na"
    return {kind: answer.get(kind, "none") for kind in kinds} if answer else {}


def _verdict(answers: tuple[Mapping[str, str] | Literal["na"], ...]) -> Verdict:
    mappings = [answer for answer in answers if not isinstance(answer, str) and answer]
    known = [answer for answer in mappings if set(answer.values()) != {"unknown"}]
    not_applicable = NOT_APPLICABLE in answers
    if (not_applicable and known) or _contradict(known):
        return "differ"
    if len(mappings) < len(answers) and not all(answer == NOT_APPLICABLE for answer in answers):
        return "open"
    if any("unknown" in answer.values() for answer in mappings):
        return "open"
    return "same" if all(answer == answers[0] for answer in answers) else "degree"


def _contradict(answers: Sequence[Mapping[str, str]]) -> bool:
    """Whether some kind surely did the task for one assessor and surely did not for another."""
    kinds = {kind for answer in answers for kind in answer}
    found = {kind: {answer[kind] in _DOES for answer in answers if answer[kind] != "unknown"} for kind in kinds}
    return any(len(does) == 2 for does in found.values())
