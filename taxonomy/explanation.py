"""Why answers come out where they do: what each side did, what is missing, what would change it.

A derivation gives the cells; this gives the reasons of the same rule (codebook 1.0), for a page
to put into words. Everything here is worked out with the functions of `derivation`, so that
reasons and result cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .answers import KIND_CODES, Answers, read_answers
from .axes import Axis
from .badges import badges
from .derivation import (
    RULE_VERSION,
    Hinge,
    LensResult,
    Placement,
    axis_outcomes,
    derive,
    may_do,
    may_hold,
    needed,
    placement,
)
from .lenses import PROFESSIONAL, SECTOR, Lens
from .questions import DECIDING

FIRST, SECOND, NEITHER = "first", "second", "neither"
SIDES = (FIRST, SECOND, NEITHER)

Possible = frozenset[int | str]


@dataclass(frozen=True, slots=True)
class Part:
    """The level at which one kind took part in one deciding task."""

    task: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class SideReason:
    """What one side did on an axis.

    `side` is `first`, `second` or `neither` (kinds that the lens does not count), `kinds` all
    its kinds. `holds` is None where it is open. `done`, `asked` and `unknown` list the answers
    of its kinds about the tasks that apply, by task and kind. `surely` names the tasks that it
    certainly did, `open` those that it may have done (a task without any answer among them).
    """

    side: str
    kinds: tuple[str, ...]
    holds: bool | None
    done: tuple[Part, ...]
    asked: tuple[Part, ...]
    unknown: tuple[Part, ...]
    surely: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AxisReason:
    """Why an axis has the levels it has.

    `levels`, `outside` and `nobody` are its possible outcomes; `settled` says that one level is
    all that is left. Deciding tasks apply, or do not; among those that apply, `unanswered` have
    no answer at all. A side must do `needed` of them.
    """

    axis: Axis
    levels: tuple[str, ...]
    settled: bool
    outside: bool
    nobody: bool
    applies: tuple[str, ...]
    not_applicable: tuple[str, ...]
    unanswered: tuple[str, ...]
    needed: int
    sides: tuple[SideReason, SideReason, SideReason]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which something not known may have been.

    `sides` did the task; `answer` is the task's answer in that case, `outcome` what it gives.
    """

    sides: tuple[str, ...]
    answer: Mapping[str, str]
    outcome: Placement

    @property
    def possible(self) -> Possible:
        """Every outcome that would be left."""
        return self.outcome.possible


@dataclass(frozen=True, slots=True)
class Missing:
    """Something not known that keeps the set of outcomes open.

    Either one unknown answer, with two ways: the kind did the task, or not. Or a deciding task
    without any answer (`kind` is None), with a way for each combination of sides that may have
    done it: the first, both, the second, kinds on neither side (if the lens has any), nobody.
    """

    task: str
    kind: str | None
    ways: tuple[Way, ...]

    @property
    def if_did(self) -> Possible:
        """What could be if it was done: by this kind, or by anybody for a task without answers."""
        return frozenset[int | str]().union(*(way.possible for way in self.ways if way.sides))

    @property
    def if_not(self) -> Possible:
        """What could be if it was not done."""
        return self.ways[-1].possible


@dataclass(frozen=True, slots=True)
class HingeOutcome:
    """A hinge with all that the flipped answer would give, not only its cells."""

    hinge: Hinge
    outcome: Placement


@dataclass(frozen=True, slots=True)
class LensExplanation:
    """The reasons of one lens.

    `outcome` is the placement behind `result`, with the outcomes that are worth a word.
    `missing` is empty when the outcome cannot change any more. `jointly` marks a list of which
    no single member would change the set: more than one would have to be known.
    """

    lens: Lens
    result: LensResult
    outcome: Placement
    design: AxisReason
    delivery: AxisReason
    hinges: tuple[HingeOutcome, ...]
    missing: tuple[Missing, ...]
    jointly: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons in both lenses, and the codes of the badges (see `badges.BADGES`)."""

    codebook: str
    sector: LensExplanation
    professional: LensExplanation
    badges: tuple[str, ...]


def explain(answers: Mapping[str, object]) -> Explanation:
    """Give the reasons for what `derive` makes of answers.

    Raises AnswersError for an unknown task, kind or level, or a wrong type.
    """
    checked = read_answers(answers)
    derivation = derive(answers)
    return Explanation(
        codebook=RULE_VERSION,
        sector=_lens_explanation(checked, SECTOR, derivation.sector),
        professional=_lens_explanation(checked, PROFESSIONAL, derivation.professional),
        badges=badges(checked),
    )


def _lens_explanation(answers: Answers, lens: Lens, result: LensResult) -> LensExplanation:
    design, delivery = (_axis_reason(answers, axis, lens) for axis in Axis)
    outcome = placement(answers, lens)
    missing, jointly = _missing(answers, lens, outcome.possible, (design, delivery))
    return LensExplanation(
        lens=lens,
        result=result,
        outcome=outcome,
        design=design,
        delivery=delivery,
        hinges=tuple(HingeOutcome(hinge, _flipped(answers, hinge, lens)) for hinge in result.hinges),
        missing=missing,
        jointly=jointly,
    )


def _flipped(answers: Answers, hinge: Hinge, lens: Lens) -> Placement:
    """What comes out when the answer of a hinge is the other one."""
    levels = {**(answers[hinge.task] or {}), hinge.kind: hinge.to_level}
    return placement({**answers, hinge.task: levels}, lens)


def _kinds(lens: Lens, side: str) -> frozenset[str]:
    """The kinds on a side of a lens."""
    if side == NEITHER:
        return frozenset(KIND_CODES) - lens.first_kinds - lens.second_kinds
    return lens.first_kinds if side == FIRST else lens.second_kinds


def _axis_reason(answers: Answers, axis: Axis, lens: Lens) -> AxisReason:
    tasks = DECIDING[axis]
    applies = tuple(task for task in tasks if answers.get(task, {}) is not None)
    outcomes = axis_outcomes(answers, axis, lens)
    first, second, neither = (_side_reason(answers, axis, applies, side, _kinds(lens, side)) for side in SIDES)
    return AxisReason(
        axis=axis,
        levels=outcomes.levels,
        settled=outcomes.settled,
        outside=outcomes.outside,
        nobody=outcomes.nobody,
        applies=applies,
        not_applicable=tuple(task for task in tasks if task not in applies),
        unanswered=tuple(task for task in applies if not answers.get(task)),
        needed=needed(len(applies)),
        sides=(first, second, neither),
    )


def _side_reason(
    answers: Answers, axis: Axis, applies: tuple[str, ...], side: str, kinds: frozenset[str]
) -> SideReason:
    holds = may_hold(answers, axis, kinds)
    states = {task: may_do(answers.get(task, {}), kinds) for task in applies}
    parts = [
        Part(task, kind, levels[kind])
        for task in applies
        for levels in (answers.get(task) or {},)
        for kind in KIND_CODES
        if kind in kinds and kind in levels
    ]

    def at(*levels: str) -> tuple[Part, ...]:
        return tuple(part for part in parts if part.level in levels)

    return SideReason(
        side=side,
        kinds=tuple(kind for kind in KIND_CODES if kind in kinds),
        holds=None if len(holds) == 2 else True in holds,
        done=at("together", "led"),
        asked=at("asked"),
        unknown=at("unknown"),
        surely=tuple(task for task, state in states.items() if False not in state),
        open=tuple(task for task, state in states.items() if len(state) == 2),
    )


def _missing(
    answers: Answers, lens: Lens, here: Possible, axes: Iterable[AxisReason]
) -> tuple[tuple[Missing, ...], bool]:
    """What would have to be known, and whether more than one answer is needed to change anything."""
    if len(here) == 1:
        return (), False
    found = [missing for reason in axes for missing in _open_answers(answers, lens, reason)]
    alone = [missing for missing in found if any(way.possible != here for way in missing.ways)]
    return tuple(alone or found), not alone


def _open_answers(answers: Answers, lens: Lens, reason: AxisReason) -> Iterator[Missing]:
    """Every unknown answer, and every task without one, that may still decide who holds the axis."""
    first, second, neither = reason.sides
    # Whether kinds on neither side hold it matters only where neither side does.
    count = (first, second, neither) if reason.outside or reason.nobody else (first, second)
    deciding = [side for side in count if side.holds is None]
    unknown = {(part.task, part.kind) for side in deciding for part in side.unknown if part.task in side.open}
    for task in reason.applies:
        if task in reason.unanswered and deciding:
            yield Missing(task, None, tuple(_ways_of_task(answers, lens, task)))
        for kind in KIND_CODES:
            if (task, kind) in unknown:
                yield Missing(task, kind, tuple(_ways_of_kind(answers, lens, task, kind)))


def _ways_of_task(answers: Answers, lens: Lens, task: str) -> Iterator[Way]:
    """Each combination of sides that may have done a task without answers; one kind speaks for its side."""
    speaker = {side: kind for side in SIDES for kind in reversed(KIND_CODES) if kind in _kinds(lens, side)}
    for sides in ((FIRST,), (FIRST, SECOND), (SECOND,), (NEITHER,)):
        if speaker.keys() >= set(sides):
            yield _way(answers, lens, task, sides, {speaker[side]: "together" for side in sides})
    yield _way(answers, lens, task, (), {speaker[FIRST]: "none"})


def _ways_of_kind(answers: Answers, lens: Lens, task: str, kind: str) -> Iterator[Way]:
    """The kind did the task, or did not."""
    levels = answers[task] or {}
    own = tuple(side for side in SIDES if kind in _kinds(lens, side))
    for sides, level in ((own, "together"), ((), "none")):
        yield _way(answers, lens, task, sides, {**levels, kind: level})


def _way(answers: Answers, lens: Lens, task: str, sides: tuple[str, ...], answer: Mapping[str, str]) -> Way:
    return Way(sides, answer, placement({**answers, task: answer}, lens))
