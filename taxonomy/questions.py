"""What an assessor is asked: who takes part, which tasks, and what each of them did.

The tasks follow the design tasks listed in the Reducing Reoffending Change Fund evaluation
(`citations.RRCF_TASKS`); which of them decide is codebook rule 2. The order of kinds and
tasks here is the order in which hinges are reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .axes import Axis
from .citations import RRCF_TASKS
from .text import gettext_noop as _

CITATION = RRCF_TASKS

NOT_APPLICABLE = "na"
NOT_APPLICABLE_WORDS = _("Does not apply")


@dataclass(frozen=True, slots=True)
class PartyKind:
    """A kind of party, with help for somebody who has never met the distinction."""

    code: str
    name: str
    plural: str
    help: str


@dataclass(frozen=True, slots=True)
class Task:
    """A thing somebody has to do; `decides` is False for tasks shown and never counted."""

    code: str
    axis: Axis
    question: str
    help: str
    decides: bool


@dataclass(frozen=True, slots=True)
class AnswerLevel:
    """How far a kind of party took part, in words for design and for delivery."""

    code: str
    design_words: str
    delivery_words: str

    def words(self, axis: Axis) -> str:
        """Return the words for the axis."""
        return self.design_words if axis is Axis.DESIGN else self.delivery_words


PARTY_KINDS = (
    PartyKind(
        "public",
        _("Public body"),
        _("Public bodies"),
        _(
            "A council, ministry, health board, school, police force or agency. If public "
            "authorities can appoint most of its board or close it down, it belongs here."
        ),
    ),
    PartyKind(
        "third_sector",
        _("Third sector organisation"),
        _("Third sector organisations"),
        _(
            "An organisation with paid staff that is neither public nor run for profit: a "
            "charity, social enterprise, co-operative, housing association or faith body."
        ),
    ),
    PartyKind(
        "community",
        _("Community group"),
        _("Community groups"),
        _(
            "A group that its own members or volunteers run: a residents' association, a self-help group, a club. "
            "The group's volunteers count here."
        ),
    ),
    PartyKind(
        "citizens",
        _("Citizens"),
        _("Citizens"),
        _(
            "People taking part as themselves, not through a group: residents, people who use the service, "
            "carers, families."
        ),
    ),
    PartyKind(
        "private",
        _("Private firm"),
        _("Private firms"),
        _("A business that its owners run for profit, an investor included."),
    ),
    PartyKind(
        "other",
        _("Other"),
        _("Others"),
        _("A university, consultant, evaluator or anybody the other kinds do not fit."),
    ),
)

TASKS = (
    Task(
        "needs",
        Axis.DESIGN,
        _("Who found out what people needed?"),
        _("Collected the facts: surveys, talks with people, figures, maps of what is missing."),
        decides=False,
    ),
    Task(
        "fit",
        Axis.DESIGN,
        _("Who checked how it fits with other services?"),
        _("Looked at what exists or is coming, so that nothing is doubled or left out."),
        decides=False,
    ),
    Task(
        "outcomes",
        Axis.DESIGN,
        _("Who chose what it should achieve?"),
        _("Settled the aims: what should be better for people because of it."),
        decides=True,
    ),
    Task(
        "model",
        Axis.DESIGN,
        _("Who chose how it works?"),
        _("Settled whom it is for, what it offers, where, and who does it."),
        decides=True,
    ),
    Task(
        "detail",
        Axis.DESIGN,
        _("Who wrote the plan in detail?"),
        _("Wrote the working plan, the rules or the specification."),
        decides=True,
    ),
    Task(
        "signoff",
        Axis.DESIGN,
        _("Whose agreement did it need to start?"),
        _("Without whose yes could it not have begun? A general permit or standard is not meant."),
        decides=True,
    ),
    Task(
        "run",
        Axis.DELIVERY,
        _("Who runs it day to day?"),
        _("Leads the staff or volunteers, decides on single cases, sorts out problems."),
        decides=True,
    ),
    Task(
        "front",
        Axis.DELIVERY,
        _("Who does the work itself?"),
        _(
            "Count users, carers and volunteers only where their work is a planned part of the "
            "service. Coming along, or following advice, is not."
        ),
        decides=True,
    ),
    Task(
        "support",
        Axis.DELIVERY,
        _("Who helps out with rooms, equipment or office work?"),
        _("Help in the background, lent or given."),
        decides=False,
    ),
    Task(
        "refer",
        Axis.DELIVERY,
        _("Who sends people to it?"),
        _("Passes people on to the service, as a doctor or a court may do."),
        decides=False,
    ),
    Task(
        "check",
        Axis.DELIVERY,
        _("Who checks how it is going?"),
        _("Monitors, inspects or evaluates it."),
        decides=False,
    ),
)

DECIDING: Mapping[Axis, tuple[str, ...]] = MappingProxyType(
    {axis: tuple(t.code for t in TASKS if t.axis is axis and t.decides) for axis in Axis}
)

LEVELS = (
    AnswerLevel("none", _("Not involved"), _("Not involved")),
    AnswerLevel(
        "asked",
        _("Told or asked (informed, surveyed, consulted, commented)"),
        _("Only uses it or helps now and then"),
    ),
    AnswerLevel(
        "together",
        _("Decided together (the plan changed because of them, or their agreement was needed)"),
        _("Does it with others"),
    ),
    AnswerLevel("led", _("Led or decided alone"), _("Leads or does it alone")),
    AnswerLevel("unknown", _("Don't know"), _("Don't know")),
)


def party_kind(code: str) -> PartyKind:
    """Return the party kind with this code; KeyError names an unknown one."""
    for kind in PARTY_KINDS:
        if kind.code == code:
            return kind
    raise KeyError(f"there is no party kind {code!r}")


def task(code: str) -> Task:
    """Return the task with this code; KeyError names an unknown one."""
    for candidate in TASKS:
        if candidate.code == code:
            return candidate
    raise KeyError(f"there is no task {code!r}")


def answer_level(code: str) -> AnswerLevel:
    """Return the answer level with this code; KeyError names an unknown one."""
    for level in LEVELS:
        if level.code == code:
            return level
    raise KeyError(f"there is no answer level {code!r}")
