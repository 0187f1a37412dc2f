"""Answers to the guided questions, as somebody might have given them who had a cell of the matrix before their eyes.

What they come out at is for the rule of the codebook to say: some miss the cell, and some leave several open.
"""

from collections.abc import Iterable
from typing import Any

from exchange.synthetic.chance import Chance
from taxonomy.axes import Axis
from taxonomy.cells import cell
from taxonomy.lenses import SECTOR
from taxonomy.questions import NOT_APPLICABLE, PARTY_KINDS, TASKS

# How often somebody who is wanted at a task took less part, or more, than the cell would have it.
STRAYS, DOUBTS, DROPS = 0.06, 0.12, 0.05
PUBLIC, SHARED, _SECOND = (level.code for level in SECTOR.levels)


def answers(chance: Chance, kinds: Iterable[str], target: int) -> dict[str, Any]:
    """For each task what each kind taking part did; tasks that decide nothing are left out by some."""
    taking_part = [kind.code for kind in PARTY_KINDS if kind.code in set(kinds)]
    second = [kind for kind in taking_part if kind in SECTOR.second_kinds]
    partner = chance.skewed(second) if second else ""
    levels = dict(zip(Axis, cell(target).responsibilities(), strict=True))
    given: dict[str, Any] = {
        task.code: {kind: _level(chance, kind, partner, levels[task.axis]) for kind in taking_part}
        for task in TASKS
        if task.decides or chance.sometimes(0.5)
    }
    if chance.share() < DOUBTS:
        task = chance.one_of(("model", "signoff", "run", "front"))
        given[task][partner or taking_part[0]] = "unknown"
    if chance.share() < DROPS:
        given["signoff"] = NOT_APPLICABLE
    return given


def _level(chance: Chance, kind: str, partner: str, wanted: str) -> str:
    """How far a kind took part in a task whose responsibility is ``wanted``; ``partner`` stands for its whole side."""
    if kind not in ("public", partner):
        return chance.weighted({"none": 60, "asked": 35, "together": 5 if kind in SECTOR.second_kinds else 1})
    if chance.share() < STRAYS:
        return chance.one_of(("none", "asked", "together"))
    if wanted == SHARED:
        return chance.weighted({"together": 80, "led": 20})
    holds = (wanted == PUBLIC) == (kind == "public")
    return chance.weighted({"led": 80, "together": 20}) if holds else chance.weighted({"none": 50, "asked": 50})
