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
    """A thing somebody has to do; `decides` is False for tasks shown and never counted.

    `topic` names it inside a sentence ("citizens decided together on how it works"). `counts`
    and `does_not_count` are an example and its contrast, empty for tasks that do not decide.
    """

    code: str
    axis: Axis
    question: str
    topic: str
    help: str
    decides: bool
    counts: str = ""
    does_not_count: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLevel:
    """How far a kind of party took part, for design and for delivery.

    The words are short enough to stand beside a radio button; the helps say more where there
    is more to say, and are empty elsewhere.
    """

    code: str
    design_words: str
    delivery_words: str
    design_help: str = ""
    delivery_help: str = ""

    def words(self, axis: Axis) -> str:
        """Return the words for the axis."""
        return self.design_words if axis is Axis.DESIGN else self.delivery_words

    def help_words(self, axis: Axis) -> str:
        """Return the help for the axis; "" where the words say it all."""
        return self.design_help if axis is Axis.DESIGN else self.delivery_help


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
        topic=_("finding out what people needed"),
        help=_("Surveys, talks, figures, maps of what is missing."),
        decides=False,
    ),
    Task(
        "fit",
        Axis.DESIGN,
        _("Who checked how it fits with other services?"),
        topic=_("checking how it fits"),
        help=_("So that nothing is doubled or left out."),
        decides=False,
    ),
    Task(
        "outcomes",
        Axis.DESIGN,
        _("Who chose what it should achieve?"),
        topic=_("what it should achieve"),
        help=_("What should get better for people because of it."),
        decides=True,
        counts=_("Residents and the council set the aims together."),
        does_not_count=_("The council weighed what a survey said."),
    ),
    Task(
        "model",
        Axis.DESIGN,
        _("Who chose how it works?"),
        topic=_("how it works"),
        help=_("Whom it is for, what it offers, where, and by whom."),
        decides=True,
        counts=_("A vote of residents that binds."),
        does_not_count=_("A vote that only advises."),
    ),
    Task(
        "detail",
        Axis.DESIGN,
        _("Who wrote the plan in detail?"),
        topic=_("the plan in detail"),
        help=_("The working plan, the rules or the specification."),
        decides=True,
        counts=_("A funder laid down the specification."),
        does_not_count=_("Comments on a plan that stayed as it was."),
    ),
    Task(
        "signoff",
        Axis.DESIGN,
        _("Whose agreement did it need to start?"),
        topic=_("the go-ahead"),
        help=_("Not a general permit or standard."),
        decides=True,
        counts=_("Without the tenants’ yes it could not start."),
        does_not_count=_("A general permit, or the money alone."),
    ),
    Task(
        "run",
        Axis.DELIVERY,
        _("Who runs it day to day?"),
        topic=_("the day-to-day running"),
        help=_("Leads staff or volunteers, decides single cases, sorts out problems."),
        decides=True,
        counts=_("A charity’s manager sorts out problems."),
        does_not_count=_("The council checks the contract."),
    ),
    Task(
        "front",
        Axis.DELIVERY,
        _("Who does the work itself?"),
        topic=_("the work itself"),
        help=_("Users, carers and volunteers too, where their work is planned."),
        decides=True,
        counts=_("Volunteers lead the groups every week, as planned."),
        does_not_count=_("Patients come along and follow advice."),
    ),
    Task(
        "support",
        Axis.DELIVERY,
        _("Who helps out with rooms, equipment or office work?"),
        topic=_("rooms, equipment or office work"),
        help=_("In the background, lent or given."),
        decides=False,
    ),
    Task(
        "refer",
        Axis.DELIVERY,
        _("Who sends people to it?"),
        topic=_("sending people"),
        help=_("Passes people on, as a doctor or a court may."),
        decides=False,
    ),
    Task(
        "check",
        Axis.DELIVERY,
        _("Who checks how it is going?"),
        topic=_("checking how it is going"),
        help=_("Monitors, inspects or evaluates it."),
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
        _("Told or asked"),
        _("Only uses it or helps now and then"),
        design_help=_("Informed, surveyed, consulted or commented."),
    ),
    AnswerLevel(
        "together",
        _("Decided together"),
        _("Does it with others"),
        design_help=_("The plan changed because of them, or their agreement was needed."),
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
