"""Badges: what a cell does not say about a partnership, in a word or two beside it.

They follow the edge cases for which the sector matrix has no place of its own: partners on
neither side, people who were only asked, divided work. None of them moves a cell.
"""

from collections.abc import Iterator

from .answers import Answers
from .axes import Axis
from .derivation import OUTSIDE, may_do, may_hold, placement
from .lenses import SECTOR
from .questions import DECIDING, PARTY_KINDS, TASKS
from .terms import Term, Vocabulary
from .text import gettext_noop as _

BADGES = Vocabulary(
    "BADGES",
    (
        Term(
            "private_design",
            _("Private partner in design"),
            _("A private firm took part in deciding. By sector, firms are not counted."),
        ),
        Term(
            "private_delivery",
            _("Private partner in delivery"),
            _("A private firm took part in delivery. By sector, firms are not counted."),
        ),
        Term(
            "other_design",
            _("Another partner in design"),
            _("A university, consultant or the like took part in deciding. By sector, it is not counted."),
        ),
        Term(
            "other_delivery",
            _("Another partner in delivery"),
            _("A university, consultant or the like took part in delivery. By sector, it is not counted."),
        ),
        Term(
            "asked",
            _("People were asked"),
            _("Being told or asked about the design is not deciding, so it is not counted."),
        ),
        Term("outside", _("Outside the matrix"), _("Firms or others hold design or delivery by themselves.")),
        Term("maybe_outside", _("May be outside the matrix"), _("Firms or others may hold an axis by themselves.")),
        Term(
            "divided_design",
            _("Divided design"),
            _("Each side decided things of its own, and nothing was decided by both."),
        ),
        Term(
            "divided_delivery",
            _("Divided delivery"),
            _("Each side does a part of its own. The parts may be better logged one by one."),
        ),
        Term("signoff_alone", _("Agreed, and no more"), _("To agree before the start is not enough to hold design.")),
    ),
)

ONLY_ASKED = frozenset({"citizens", "community", "third_sector"})
_DOES = frozenset({"together", "led"})


def badges(answers: Answers) -> tuple[str, ...]:
    """Return the codes of the badges that checked answers earn by sector, in the order of BADGES."""
    earned = {*_of_partners(answers), *_of_place(answers), *_of_sides(answers)}
    if any(_was_only_asked(answers, kind) for kind in ONLY_ASKED):
        earned.add("asked")
    return tuple(code for code in BADGES.codes if code in earned)


def _levels(answers: Answers, tasks: tuple[str, ...], kind: str) -> set[str]:
    """Every level at which a kind took part in these tasks."""
    return {(answers.get(task) or {}).get(kind, "none") for task in tasks}


def _of_partners(answers: Answers) -> Iterator[str]:
    """Kinds that the sector lens does not count and that took part in deciding or delivering."""
    for kind in (k.code for k in PARTY_KINDS if k.code not in SECTOR.first_kinds | SECTOR.second_kinds):
        for axis in Axis:
            if _levels(answers, DECIDING[axis], kind) & _DOES:
                yield f"{kind}_{axis.value}"


def _was_only_asked(answers: Answers, kind: str) -> bool:
    """Whether a kind was asked in some design task and did none of those that decide."""
    design = tuple(task.code for task in TASKS if task.axis is Axis.DESIGN)
    asked = "asked" in _levels(answers, design, kind)
    return asked and not _levels(answers, DECIDING[Axis.DESIGN], kind) & _DOES


def _of_place(answers: Answers) -> Iterator[str]:
    """Surely or possibly outside the matrix."""
    here = placement(answers, SECTOR)
    if here.possible == {OUTSIDE}:
        yield "outside"
    elif OUTSIDE in here.telling:
        yield "maybe_outside"


def _of_sides(answers: Answers) -> Iterator[str]:
    """Sides that share an axis without sharing a task, and a side that only had to agree."""
    sides = (SECTOR.first_kinds, SECTOR.second_kinds)
    for axis in Axis:
        states = {
            task: [may_do(answers.get(task, {}), side) for side in sides]
            for task in DECIDING[axis]
            if answers.get(task, {}) is not None
        }
        holds = [may_hold(answers, axis, side) for side in sides]
        joint = any(True in first and True in second for first, second in states.values())
        if holds == [{True}, {True}] and not joint:
            yield f"divided_{axis.value}"
        for place in (0, 1):
            done = {task for task, state in states.items() if state[place] == {True}}
            if done == {"signoff"} and holds[place] == {False}:
                yield "signoff_alone"
