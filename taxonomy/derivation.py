"""The rule of codebook 1.0: from answers about who did what to responsibilities and cells.

Each completion of the answers (every `unknown` and every missing answer filled in) gives one
outcome on an axis: one of the three levels, `outside` (only kinds on neither side hold it) or
`nobody`. A party kind stands on one side only and every kind's answer to every task is free of
the others, so three questions per axis can be put apart: may the first side hold it, may the
second, may a kind on neither side? Their combinations are exactly the outcomes of all
completions, and no completion has to be listed. Rule numbers are those of `codebook.RULES`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from .answers import KIND_CODES, Answers, AnswersError, read_answers
from .axes import Axis
from .cells import cell_number, cells_of
from .lenses import PROFESSIONAL, SECTOR, Lens
from .questions import DECIDING

__all__ = [
    "NOBODY",
    "OUTSIDE",
    "AnswersError",
    "AxisOutcomes",
    "Derivation",
    "Hinge",
    "LensResult",
    "Placement",
    "axis_outcomes",
    "derive",
    "may_do",
    "may_hold",
    "needed",
    "placement",
    "possible_cells",
    "responsibilities",
]

RULE_VERSION = "1.0"
OUTSIDE = "outside"
NOBODY = "nobody"

_DOES = frozenset({"together", "led"})
_FLIPS = {"asked": "together", "together": "asked"}


@dataclass(frozen=True, slots=True)
class Hinge:
    """One answer on which the cells depend: flipped, it would give `cells` (rule 6)."""

    task: str
    kind: str
    from_level: str
    to_level: str
    cells: tuple[int, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the hinge as it is exchanged."""
        return {
            "task": self.task,
            "kind": self.kind,
            "from": self.from_level,
            "to": self.to_level,
            "cells": list(self.cells),
        }


@dataclass(frozen=True, slots=True)
class LensResult:
    """What the answers say in one lens; every list is in matrix order.

    `outside` and `nobody`: some completion has an axis that only kinds on neither side hold,
    or none at all holds. Where both occur in one completion it counts as `outside`.
    `design_settled` and `delivery_settled`: one level is left and a side holds the axis in
    every completion. `settled` is both, and only then is there a position (rule 5).
    """

    design: tuple[str, ...]
    delivery: tuple[str, ...]
    cells: tuple[int, ...]
    settled: bool
    outside: bool
    nobody: bool
    hinges: tuple[Hinge, ...]
    design_settled: bool
    delivery_settled: bool

    def as_dict(self) -> dict[str, object]:
        """Return the result as it is exchanged (the axis flags and `nobody` stay out)."""
        return {
            "design": list(self.design),
            "delivery": list(self.delivery),
            "cells": list(self.cells),
            "settled": self.settled,
            "outside": self.outside,
            "hinges": [hinge.as_dict() for hinge in self.hinges],
        }


@dataclass(frozen=True, slots=True)
class Derivation:
    """The results in both lenses, with the version of the codebook whose rule gave them."""

    codebook: str
    sector: LensResult
    professional: LensResult

    def as_dict(self) -> dict[str, object]:
        """Return the derivation as `python -m taxonomy derive` writes it."""
        return {
            "codebook": self.codebook,
            "sector": self.sector.as_dict(),
            "professional": self.professional.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class AxisOutcomes:
    """What the completions of checked answers give on one axis of a lens."""

    levels: tuple[str, ...]
    outside: bool
    nobody: bool

    @property
    def settled(self) -> bool:
        """Whether one level is left and a side holds the axis in every completion."""
        return len(self.levels) == 1 and not self.outside and not self.nobody


@dataclass(frozen=True, slots=True)
class Placement:
    """Both axes of a lens and the cells, which are every pair of levels still possible."""

    lens: Lens
    design: AxisOutcomes
    delivery: AxisOutcomes
    cells: tuple[int, ...]

    @property
    def outside(self) -> bool:
        """Whether some completion has an axis that only kinds on neither side hold."""
        return self.design.outside or self.delivery.outside

    @property
    def nobody(self) -> bool:
        """Whether some completion leaves an axis with nobody and neither axis outside."""
        design, delivery = self.design, self.delivery
        design_inside = bool(design.levels) or design.nobody
        delivery_inside = bool(delivery.levels) or delivery.nobody
        return (design.nobody and delivery_inside) or (delivery.nobody and design_inside)

    @property
    def possible(self) -> frozenset[int | str]:
        """The outcomes of all completions: cells, `outside`, `nobody`; never empty."""
        beyond = {word for word, may in ((OUTSIDE, self.outside), (NOBODY, self.nobody)) if may}
        return frozenset[int | str](self.cells) | beyond

    @property
    def telling(self) -> frozenset[int | str]:
        """The outcomes that are worth a word.

        Where nothing is known about an axis, `outside` and `nobody` cannot be excluded either;
        to say so would say nothing, and they are left out.
        """
        design = self.design.levels[0] if self.design.settled else None
        delivery = self.delivery.levels[0] if self.delivery.settled else None
        product = cells_of(design, delivery, self.lens)
        return self.possible - {OUTSIDE, NOBODY} if product <= self.possible else self.possible


def derive(answers: Mapping[str, object]) -> Derivation:
    """Apply the rule to answers, which map a task to "na" or to kinds and their levels.

    Raises AnswersError for an unknown task, kind or level, or a wrong type.
    """
    checked = read_answers(answers)
    return Derivation(
        codebook=RULE_VERSION,
        sector=_lens_result(checked, SECTOR),
        professional=_lens_result(checked, PROFESSIONAL),
    )


def possible_cells(result: LensResult) -> frozenset[int | str]:
    """Return the outcomes of all completions: cells, `outside`, `nobody`; never empty.

    Examples: {4} when settled; {7, "nobody"} when the only party to delivery may have done
    nothing; {"outside"} for a service that firms alone deliver.
    """
    members: set[int | str] = set(result.cells)
    if result.outside:
        members.add(OUTSIDE)
    if result.nobody:
        members.add(NOBODY)
    return frozenset(members)


def responsibilities(result: LensResult) -> tuple[str | None, str | None]:
    """Return design and delivery, each only where its axis is settled, else None (rule 5)."""
    return (
        result.design[0] if result.design_settled else None,
        result.delivery[0] if result.delivery_settled else None,
    )


def _lens_result(answers: Answers, lens: Lens) -> LensResult:
    """Derive one lens, hinges included."""
    here = placement(answers, lens)
    design, delivery = here.design, here.delivery
    return LensResult(
        design=design.levels,
        delivery=delivery.levels,
        cells=here.cells,
        settled=design.settled and delivery.settled,
        outside=here.outside,
        nobody=here.nobody,
        hinges=tuple(_hinges(answers, lens, here.cells)),
        design_settled=design.settled,
        delivery_settled=delivery.settled,
    )


def placement(answers: Answers, lens: Lens) -> Placement:
    """Derive both axes and the cells of checked answers, without looking for hinges."""
    design = axis_outcomes(answers, Axis.DESIGN, lens)
    delivery = axis_outcomes(answers, Axis.DELIVERY, lens)
    cells = (cell_number(d, v, lens) for v, d in product(delivery.levels, design.levels))
    return Placement(lens, design, delivery, tuple(cells))


def axis_outcomes(answers: Answers, axis: Axis, lens: Lens) -> AxisOutcomes:
    """Combine what each side may do into the outcomes on an axis (rules 1 to 4)."""
    others = frozenset(KIND_CODES) - lens.first_kinds - lens.second_kinds
    first = may_hold(answers, axis, lens.first_kinds)
    second = may_hold(answers, axis, lens.second_kinds)
    possible = [
        True in first and False in second,
        True in first and True in second,
        False in first and True in second,
    ]
    neither = False in first and False in second
    other = may_hold(answers, axis, others)
    return AxisOutcomes(
        levels=tuple(level.code for level, may in zip(lens.levels, possible, strict=True) if may),
        outside=neither and True in other,
        nobody=neither and False in other,
    )


def may_hold(answers: Answers, axis: Axis, side: frozenset[str]) -> frozenset[bool]:
    """Return whether the side holds the axis: {True}, {False}, or both if left open.

    A side holds an axis when it does at least half of the deciding tasks that apply, and
    never where none applies (rule 2).
    """
    states = [may_do(answers.get(task, {}), side) for task in DECIDING[axis] if answers.get(task, {}) is not None]
    enough = needed(len(states))
    surely = sum(False not in state for state in states)
    at_most = sum(True in state for state in states)
    if not states or at_most < enough:
        return frozenset({False})
    return frozenset({True}) if surely >= enough else frozenset({True, False})


def needed(applying: int) -> int:
    """Return how many of so many applying tasks a side must do: at least half (rule 2)."""
    return (applying + 1) // 2


def may_do(task: Mapping[str, str] | None, side: frozenset[str]) -> frozenset[bool]:
    """Return whether any kind on the side does the task: {True}, {False}, or both (rule 4).

    A task without an answer leaves it open for every side that has a kind at all.
    """
    if not side:
        return frozenset({False})
    if not task:
        return frozenset({True, False})
    levels = {level for kind, level in task.items() if kind in side}
    if levels & _DOES:
        return frozenset({True})
    return frozenset({True, False}) if "unknown" in levels else frozenset({False})


def _hinges(answers: Answers, lens: Lens, cells: tuple[int, ...]) -> Iterator[Hinge]:
    """Flip each `asked` and `together` that counts; yield the flips that change the cells."""
    deciding = DECIDING[Axis.DESIGN] + DECIDING[Axis.DELIVERY]
    for task, kind in product(deciding, KIND_CODES):
        levels = answers.get(task) or {}
        level = levels.get(kind, "none")
        if level not in _FLIPS:
            continue
        flipped = {**answers, task: {**levels, kind: _FLIPS[level]}}
        found = placement(flipped, lens).cells
        if found != cells:
            yield Hinge(task, kind, level, _FLIPS[level], found)
