"""Where synthetic partnerships stand, and on what that rests: answers, sources, or somebody's inference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from exchange.synthetic import words
from exchange.synthetic.answering import answers
from exchange.synthetic.chance import Chance
from partnerships.models import Assessment, Phase, Source, Statement
from partnerships.models.fields import Member
from partnerships.positions import LensPosition, Position, of_assessment, of_statement
from partnerships.results import result_of
from taxonomy import codebook
from taxonomy.cells import CELLS, MODELS, cell, responsibilities_of
from taxonomy.lenses import PROFESSIONAL, SECTOR
from taxonomy.vocabulary import CONFIDENCES

# How often a partnership stands in which cell to begin with, and how often a later phase is where the one before was.
CELL_WEIGHTS = {1: 9, 2: 9, 3: 3, 4: 16, 5: 21, 6: 6, 7: 20, 8: 11, 9: 5}
STAYS = 0.35
# Sets that sources give and that are no product of the axes, among them hands that the matrix does not hold.
ODD_SETS: tuple[frozenset[Member], ...] = (
    frozenset({6, 9}), frozenset({6, 8, 9}), frozenset({4, 5}), frozenset({3, 6, 9}), frozenset({7, "nobody"}),
    frozenset({"outside"}), frozenset({1, "outside"}), frozenset({5, 9}),
)  # fmt: skip
SETS_OF_MODELS = tuple(frozenset(model.cells) for model in MODELS if len(model.cells) > 1)


@dataclass
class Claims:
    """What was claimed about one partnership, and what a claim needs to know of it."""

    chance: Chance
    kinds: tuple[str, ...]
    sources: list[Source]
    published: datetime
    statements: list[Statement] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)

    def place(self, phases: list[Phase]) -> None:
        """Give each phase a position (or none), with the claims behind it; the first claim of a phase is adopted."""
        target = self.chance.weighted(CELL_WEIGHTS)
        for phase in phases:
            basis = _guided if self.chance.sure and phase is phases[-1] else self.chance.weighted(BASES)
            basis(self, phase, target)
            if phase.placed() or phase.placed("professional_"):
                phase.rationale = self.chance.maybe(0.3, words.PARAPHRASES)
            if not phase.is_inferred and phase.certainty:
                phase.adopted_at = self.published
            self._more(phase, target)
            target = self._next(target)

    def draft(self, phases: list[Phase], *, handed_in: bool) -> None:
        """Let the keepers of a draft answer about the last phase; nobody adopts anything before publication."""
        target = self.chance.weighted(CELL_WEIGHTS)
        if handed_in or self.chance.sometimes(0.5):
            made = self.assess(phases[-1], target, "public_body", keepers=True)
            if not handed_in:
                made.submitted_at, made.result = None, {}

    def _next(self, target: int) -> int:
        """The cell of the phase after this one: the same, or one step along one axis or both."""
        if self.chance.share() < STAYS:
            return target
        here = cell(target)
        near = [c.number for c in CELLS if max(abs(c.row - here.row), abs(c.column - here.column)) == 1]
        return self.chance.one_of(near)

    def state(self, phase: Phase | None, kind: str, **fields: object) -> Statement:
        """A statement in one of the sources, with a place, and hedged or in somebody's view where chance has it."""
        chance = self.chance
        made = Statement(
            phase=phase, source=chance.leaning(self.sources), kind=kind,
            place=chance.one_of(words.PLACES_IN_SOURCES).format(number=chance.number(1, 90)),
            hedge=chance.one_of(words.HEDGES) if kind == "hedged" else "",
            perspective=chance.maybe(0.3, ("report authors", "the council", "interviewed users")),
            paraphrase=chance.maybe(0.6, words.PARAPHRASES), **fields,
        )  # fmt: skip
        self.statements.append(made)
        return made

    def assess(self, phase: Phase, target: int, perspective: str, *, keepers: bool = False) -> Assessment:
        """Guided answers about a phase, handed in some days before publication or, by others, after it."""
        chance = self.chance
        made = Assessment(
            phase=phase, perspective=perspective, method="guided", codebook=codebook.CURRENT.version,
            answers=answers(chance, self.kinds, target), by_keepers=keepers,
            by_invitation=not keepers and perspective == "users_or_community",
            submitted_at=self.published + timedelta(days=chance.number(-40, -1) if keepers else chance.number(1, 90)),
        )  # fmt: skip
        made.result = result_of(made)
        self.assessments.append(made)
        return made

    def movement(self, target: int) -> None:
        """What a source tells of a move from one set of cells to another; it belongs to no phase."""
        sets = [frozenset({target}), *SETS_OF_MODELS]
        before = self.chance.one_of(sets)
        after = self.chance.one_of([cells for cells in sets if cells != before])
        self.state(None, "movement", basis="label", from_cells=before, to_cells=after)

    def _more(self, phase: Phase, target: int) -> None:
        """What others say about the phase, whatever its position rests on."""
        chance = self.chance
        if chance.sometimes(0.25):
            self.state(phase, "none", basis="words")
        if chance.sometimes(0.05):
            near = self._next(target)
            self.state(phase, "hedged", basis="cell", **_as_said(frozenset({near})))
        if chance.sometimes(0.08):
            self.assess(phase, target, chance.one_of(("users_or_community", "researcher", "third_sector")))


# ---- What a position may rest on -----------------------------------------------------------------------------------


def _guided(claims: Claims, phase: Phase, target: int) -> None:
    perspective = claims.chance.weighted({"public_body": 70, "third_sector": 30})
    of_assessment(claims.assess(phase, target, perspective, keepers=True)).put_on(phase)


def _direct(claims: Claims, phase: Phase, target: int) -> None:
    design, delivery = cell(target).responsibilities()
    made = Assessment(
        phase=phase, perspective="public_body", method="direct", codebook=codebook.CURRENT.version, design=design,
        delivery=delivery if claims.chance.share() < 0.85 else "", by_keepers=True,
        reason=claims.chance.one_of(words.DIRECT_REASONS), submitted_at=claims.published - timedelta(days=3),
    )  # fmt: skip
    claims.assessments.append(made)
    of_assessment(made).put_on(phase)


def _stated(claims: Claims, phase: Phase, target: int) -> None:
    kind = claims.chance.weighted({"explicit": 75, "hedged": 25})
    of_statement(claims.state(phase, kind, basis="cell", **_as_said(frozenset({target})))).put_on(phase)


def _labelled(claims: Claims, phase: Phase, target: int) -> None:
    model = cell(target).model
    said = _as_said(frozenset(model.cells))
    of_statement(claims.state(phase, "label_only", basis="label", label=model.label, **said)).put_on(phase)


def _odd(claims: Claims, phase: Phase, target: int) -> None:
    cells = claims.chance.skewed(ODD_SETS)
    statement = claims.state(phase, "ambiguous", basis="words", cells=cells, reading="both readings")
    of_statement(statement).put_on(phase)


def _half(claims: Claims, phase: Phase, target: int) -> None:
    design, delivery = cell(target).responsibilities()
    known = {"design": design} if claims.chance.share() < 0.5 else {"delivery": delivery}
    of_statement(claims.state(phase, "none", basis="words", **known)).put_on(phase)


def _professional(claims: Claims, phase: Phase, target: int) -> None:
    design, delivery = cell(target).responsibilities(PROFESSIONAL)
    said = {"lens": PROFESSIONAL.code, "cells": frozenset({target}), "design": design, "delivery": delivery}
    of_statement(claims.state(phase, "explicit", basis="cell", **said)).put_on(phase)


def _inferred(claims: Claims, phase: Phase, target: int) -> None:
    chance = claims.chance
    cells = frozenset({target}) if chance.share() < 0.7 else chance.skewed(SETS_OF_MODELS)
    design, delivery = responsibilities_of(cells)
    Position("inferred", LensPosition(design or "", delivery or "", cells)).put_on(phase)
    phase.confidence, phase.reason = chance.one_of(CONFIDENCES.codes), chance.one_of(words.REASONS)
    if chance.sometimes(0.2):
        claims.state(phase, "inherited", basis="class", **_as_said(cells))


def _nothing(claims: Claims, phase: Phase, target: int) -> None:
    """Nobody says enough: the phase stays not placed."""


def _as_said(cells: frozenset[int]) -> dict[str, object]:
    """The fields of a statement that names these cells: the responsibilities only where all of them agree."""
    design, delivery = responsibilities_of(cells, SECTOR)
    return {"cells": cells, "design": design or "", "delivery": delivery or ""}


BASES: dict[Callable[[Claims, Phase, int], None], float] = {
    _guided: 36, _stated: 23, _direct: 10, _labelled: 6, _odd: 5, _half: 4, _professional: 2, _inferred: 8, _nothing: 6,
}  # fmt: skip
