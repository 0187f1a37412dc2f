"""The codebook as a value: texts, rule and changelog of each version.

An assessment bears the version it was made under, and `CODEBOOKS[version].derive` gives its
result under that very rule, `explain` the reasons. A new version adds an entry and changes none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from . import derivation, explanation
from .axes import Axis
from .cells import CELLS, MODELS, Cell, Model
from .lenses import LENSES, Lens
from .questions import LEVELS, PARTY_KINDS, TASKS, AnswerLevel, PartyKind, Task
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Rule:
    """One numbered rule in plain words."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """One version of the theory: what it says, what changed, how it derives, and why.

    `derive` and `explain` belong together: the reasons are those of the rule.
    """

    version: str
    date: date
    summary: str
    changes: tuple[str, ...]
    derive: Callable[[Mapping[str, object]], derivation.Derivation]
    explain: Callable[[Mapping[str, object]], explanation.Explanation]
    rules: tuple[Rule, ...]
    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    models: tuple[Model, ...]
    lenses: tuple[Lens, ...]
    party_kinds: tuple[PartyKind, ...]
    tasks: tuple[Task, ...]
    levels: tuple[AnswerLevel, ...]


RULES = (
    Rule(
        1,
        _("Two sides"),
        _(
            "Each lens puts the kinds of party on two sides. By sector: public bodies against "
            "third sector organisations, community groups and citizens. By profession: public "
            "bodies, third sector organisations, firms and others against community groups "
            "and citizens. A kind on neither side is shown and not counted."
        ),
    ),
    Rule(
        2,
        _("Half of the tasks"),
        _(
            "A side does a task when a party on it decided or worked together with others, or "
            "led. A side that does at least half of the deciding tasks of an axis is "
            "responsible there. Tasks that do not apply drop out."
        ),
    ),
    Rule(
        3,
        _("Three levels"),
        _(
            "First side only, both sides, or second side only: these are the three columns and "
            "the three rows. Where no side is responsible, nobody is named."
        ),
    ),
    Rule(
        4,
        _("Not known stays open"),
        _(
            "An answer that is not known is counted both ways, and so is a question without "
            "any answer. What remains possible is shown as a set of cells. A kind that an "
            "answer leaves out did nothing."
        ),
    ),
    Rule(
        5,
        _("When there is a position"),
        _(
            "There is a position when each axis has one level left and somebody is surely "
            "responsible for it. A service that firms alone deliver lies outside the sector "
            "matrix."
        ),
    ),
    Rule(
        6,
        _("What it hinges on"),
        _(
            "Suppose a party that took part had only been asked, or the other way round. Each "
            "answer where this would change the cells is shown with the result."
        ),
    ),
    Rule(
        7,
        _("What never counts"),
        _(
            "Being consulted, paying, referring people, inspecting and owning the building do "
            "not count. A funder counts for what it laid down itself."
        ),
    ),
)

VERSION_1_0 = Codebook(
    version="1.0",
    date=date(2026, 11, 21),
    summary=_(
        "A partnership is placed by two questions: who is responsible for its design, and who "
        "for its delivery. Answers about single tasks give the responsibilities, the "
        "responsibilities give the cell. No cell is better than another."
    ),
    changes=(_("First version."),),
    derive=derivation.derive,
    explain=explanation.explain,
    rules=RULES,
    axes=tuple(Axis),
    cells=CELLS,
    models=MODELS,
    lenses=tuple(LENSES.values()),
    party_kinds=PARTY_KINDS,
    tasks=TASKS,
    levels=LEVELS,
)

CODEBOOKS: Mapping[str, Codebook] = MappingProxyType({VERSION_1_0.version: VERSION_1_0})
CURRENT = VERSION_1_0
