"""The path of one partnership through the cells: its phases in order of time, drawn and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships import dates
from partnerships.index import current_phase, in_time, stages
from partnerships.models import Phase
from partnerships.pictures.flow import Flow, layout
from partnerships.pictures.moves import PATH_SHEET, DrawnMove, stroke
from partnerships.pictures.outlines import Outline
from partnerships.pictures.shapes import Box
from partnerships.presenters.transitions import headline
from partnerships.presenters.words import end
from taxonomy.cells import CELLS
from taxonomy.lenses import SECTOR, Lens
from taxonomy.trajectories import Move, Stage, moves

WIDTH, HEIGHT = 364, 284
LINE = 3.5


@dataclass(frozen=True)
class Step:
    """A move of the path in words. ``doubt`` says why it may be none."""

    when: str
    path: str
    phases: str
    doubt: str


@dataclass(frozen=True)
class PathCell:
    """A cell of the drawing; ``state`` is "", "now", "maybe", "was" or "planned"."""

    number: int
    box: Box
    state: str


@dataclass(frozen=True)
class PathView:
    """A path as a drawing and as steps; ``stayed`` in place of steps where it never left its place."""

    about: str
    width: int
    height: int
    cells: tuple[PathCell, ...]
    outlines: tuple[Outline, ...]
    moves: tuple[DrawnMove, ...]
    steps: tuple[Step, ...]
    stayed: str


def path(phases: Iterable[Phase], *, inferred: bool) -> PathView | None:
    """The path under the sector lens; None with fewer than two phases that have a position."""
    ordered = in_time(phases)
    passed = stages(ordered, SECTOR, inferred=inferred)
    placed = [stage for stage in passed if stage.placed]
    if len(placed) < 2:
        return None
    made = moves(passed)
    by_name = {phase.name: phase for phase in ordered}
    steps = tuple(_step(move, by_name) for move in made)
    drawn = layout(*_flows(made, by_name), PATH_SHEET)
    now = current_phase(ordered)
    return PathView(
        about=_about(placed),
        width=WIDTH,
        height=HEIGHT,
        cells=_cells(placed, now.name if now else ""),
        outlines=drawn.outlines,
        moves=tuple(DrawnMove(arrow, stroke(arrow.flow), *arrow.label.middle) for arrow in drawn.arrows),
        steps=steps,
        stayed="" if made else _("It stayed in %(cells)s.") % {"cells": end(placed[0].grid_cells, placed[0].open)},
    )


def _about(placed: Sequence[Stage]) -> str:
    """The drawing in words: "Path through the cells: Pilot 7; Running 8; Tender 5, planned"."""
    parts = [
        (_("%(phase)s: %(cells)s, planned") if stage.planned else _("%(phase)s: %(cells)s"))
        % {"phase": stage.name, "cells": end(stage.grid_cells, stage.open)}
        for stage in placed
    ]
    return _("Path through the cells. %(parts)s") % {"parts": "; ".join(parts)}


def _cells(placed: Sequence[Stage], now: str) -> tuple[PathCell, ...]:
    states: dict[int, str] = {}
    ranked = sorted(placed, key=lambda stage: (not stage.planned, stage.name == now))
    for stage in ranked:
        state = "planned" if stage.planned else "was"
        if stage.name == now:
            state = "now" if len(stage.cells) == 1 else "maybe"
        states |= dict.fromkeys(stage.grid_cells, state)
    return tuple(PathCell(c.number, PATH_SHEET.grid.card(c.number), states.get(c.number, "")) for c in CELLS)


def _flows(
    made: Sequence[Move], by_name: dict[str, Phase]
) -> tuple[tuple[Flow, ...], tuple[tuple[frozenset[int], str], ...]]:
    """An arrow for each move, between the cells that are possible at one end only; with the sets to be outlined."""
    flows = []
    for number, move in enumerate(made, start=1):
        before, after = move.from_cells - move.to_cells, move.to_cells - move.from_cells
        if before and after and not (move.from_open or move.to_open):
            flows.append(Flow(before, after, _year(by_name[move.to_name]) or str(number), LINE, move.planned))
    sets = dict.fromkeys(cells for move in made for cells in (move.from_cells, move.to_cells) if len(cells) > 1)
    return tuple(flows), tuple((cells, "") for cells in sets)


def _step(move: Move, by_name: dict[str, Phase]) -> Step:
    both = end(move.from_cells & move.to_cells, move.from_open and move.to_open)
    return Step(
        when=dates.write(by_name[move.to_name].starts, by_name[move.to_name].starts_precision),
        path=headline(move),
        phases=_("%(first)s, then %(second)s") % {"first": move.from_name, "second": move.to_name},
        doubt=_("It may have stayed in %(cells)s.") % {"cells": both} if both else "",
    )


def _year(phase: Phase) -> str:
    return str(phase.starts.year) if phase.starts else ""


def _joint(first: Phase, second: Phase) -> str:
    return _("%(first)s, then %(second)s") % {"first": named(first), "second": named(second)}


def span(phase: Phase) -> str:
    """When a phase was, in words; "" where nothing is known."""
    return dates.span(dates.write(phase.starts, phase.starts_precision), dates.write(phase.ends, phase.ends_precision))


def named(phase: Phase) -> str:
    """A phase with its dates: "Pilot (2011 to 2013)"."""
    when = span(phase)
    return _("%(name)s (%(when)s)") % {"name": phase.name, "when": when} if when else phase.name


def stretches(phases: Iterable[Phase], lens: Lens, *, inferred: bool) -> dict[str, str]:
    """By the notation of each move of a partnership, the two phases that it joins, with their dates."""
    by_name = {phase.name: phase for phase in phases}
    found: dict[str, str] = {}
    for move in moves(stages(in_time(by_name.values()), lens, inferred=inferred)):
        found.setdefault(move.notation, _joint(by_name[move.from_name], by_name[move.to_name]))
    return found
