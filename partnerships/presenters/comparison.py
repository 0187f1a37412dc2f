"""What sources say beside what was assessed: the same cell, another one, or nothing to compare, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import Phase, Statement
from partnerships.positions import LensPosition, Position, of_statement
from partnerships.presenters import words
from partnerships.presenters.movement import path_words
from partnerships.presenters.perspectives import Assessed, axes_compared, resting_on
from taxonomy.agreement import SET_VERDICTS, compare_sets
from taxonomy.lenses import LENSES, SECTOR, Lens


@dataclass(frozen=True)
class Comparison:
    """A verdict in two or three words, and the reason in a sentence."""

    verdict: str
    why: str


@dataclass(frozen=True)
class ComparisonView:
    """A statement beside what was assessed.

    ``place`` also tells whose view and which reading it is. ``lens`` is "" for the sector's, and ``about`` says so
    where the source speaks of more than the phase.
    """

    source: str
    url: str
    place: str
    lens: str
    about: str
    verdict: str
    why: str


@dataclass(frozen=True)
class PhaseComparison:
    """The statements about a phase beside one assessment of it, which ``assessed`` names.

    ``phase`` is "" where there is only one; ``open`` says whether it is unfolded among others.
    """

    phase: str
    open: bool
    assessed: str
    rows: tuple[ComparisonView, ...]


def comparisons(
    phases: Sequence[Phase], assessed: Sequence[Assessed], statements: Sequence[Statement]
) -> tuple[PhaseComparison, ...]:
    """For each assessed phase, what sources say of it; what they say of the whole stands beside the current phase."""
    beside = {phase.pk: one for phase in phases if (one := resting_on(phase, assessed))}
    whole = _stands_for_the_whole([phase for phase in phases if phase.pk in beside])
    about = {
        phase: [row for row in statements if row.phase_id == phase.pk or (row.phase_id is None and phase == whole)]
        for phase in phases
        if phase.pk in beside
    }
    shown = [(phase, rows) for phase, rows in about.items() if rows]
    several = len(phases) > 1
    return tuple(
        PhaseComparison(
            phase=phase.name if several else "",
            open=phase.current or len(shown) == 1,
            assessed=beside[phase.pk].name,
            rows=tuple(_view(row, beside[phase.pk], several=several) for row in rows),
        )
        for phase, rows in shown
    )


def _stands_for_the_whole(phases: Sequence[Phase]) -> Phase | None:
    """The current phase where it was assessed, else the last one that was."""
    return next((phase for phase in phases if phase.current), phases[-1] if phases else None)


def _view(row: Statement, assessed: Assessed, *, several: bool) -> ComparisonView:
    found = compare_statement(row, assessed.position)
    return ComparisonView(
        source=row.source.title,
        url=row.source.get_absolute_url(),
        place=", ".join(filter(None, [row.place, row.perspective, _reading(row)])),
        lens="" if row.lens == SECTOR.code else _(LENSES[row.lens].name),
        about=_("It speaks of the whole, not of this phase.") if several and row.phase_id is None else "",
        verdict=found.verdict,
        why=found.why,
    )


def _reading(row: Statement) -> str:
    return _("reading %(reading)s") % {"reading": row.reading} if row.reading else ""


def compare_statement(statement: Statement, found: Position) -> Comparison:
    """Compare what a source states with what an assessment comes out at, under the statement's own lens."""
    lens = LENSES[statement.lens]
    silent = _silent(statement)
    if silent:
        return _incomparable(silent)
    stated = of_statement(statement)
    one, other = (getattr(position, lens.code) or LensPosition() for position in (stated, found))
    if not other.placed:
        return _incomparable(_unplaced(found, lens))
    return _compared(one, other, lens)


def _incomparable(why: str) -> Comparison:
    return Comparison(_(SET_VERDICTS.label("unknown")), why)


def _silent(statement: Statement) -> str:
    """Why a statement cannot be compared with anything; "" where it can."""
    if statement.kind == "movement":
        path = {"path": path_words(statement.from_cells, statement.to_cells)}
        return _("The source describes a movement %(path)s, not where one phase stands.") % path
    if statement.kind == "inherited":
        return _("The source places its type of scheme, not this one.")
    if not (statement.cells or statement.design or statement.delivery):
        return _("The source names no cell and does not say who is responsible.")
    if len(statement.cells) >= 9:
        return _("The source leaves every cell open.")
    return ""


def _unplaced(found: Position, lens: Lens) -> str:
    """Why what was assessed has no position under a lens."""
    if found.certainty == "self_reported" and lens is not SECTOR:
        return _("The source asks about paid staff and users, and what was stated directly says nothing about them.")
    if found.certainty == "self_reported":
        return _("What was stated directly leaves both responsibilities open.")
    return _("The answers leave open where it stands.")


def _compared(stated: LensPosition, found: LensPosition, lens: Lens) -> Comparison:
    verdict = compare_sets(stated.possible, found.possible)
    label = _(SET_VERDICTS.label(verdict))
    says = {"stated": words.cells(stated.possible), "found": words.cells(found.possible)}
    if verdict == "same":
        if len(stated.possible) == 1:
            return Comparison(label, _("Both say %(stated)s.") % says)
        return Comparison(_("Same cells"), _("Both leave open %(stated)s.") % says)
    if verdict == "different":
        why = _("The source says %(stated)s, the assessment %(found)s.") % says
        return Comparison(label, f"{why} {axes_compared([stated, found], lens)}")
    return Comparison(
        label, _overlap(stated, found) % {**says, "both": words.cells(stated.possible & found.possible, last=_("and"))}
    )


def _overlap(stated: LensPosition, found: LensPosition) -> str:
    """How two sets that share something, and not all, lie to each other."""
    if found.possible < stated.possible:
        return _("The source allows %(stated)s. The assessment says %(found)s, which is among them.")
    if stated.possible < found.possible:
        return _("The source says %(stated)s. The assessment allows %(found)s, so it may be the same.")
    return _("The source allows %(stated)s, the assessment %(found)s. In both: %(both)s.")
