"""Counts of a selection: the matrix and the moves, from the very functions that the pages are made with."""

from __future__ import annotations

from partnerships.presenters.explore import undated
from partnerships.presenters.matrix import Matrix, Tally, matrix, tally
from partnerships.presenters.movers import movers
from partnerships.presenters.transitions import MoveCount, move_counts
from partnerships.record import Record
from partnerships.selection import Selection
from taxonomy.cells import CELLS
from taxonomy.vocabulary import COUNTED_UNITS, UNITS

LISTED_UNITS = tuple(code for code in UNITS.codes if code not in COUNTED_UNITS)


def matrix_counts(selection: Selection) -> Record:
    """What the home page shows of a selection, in numbers. The groups together are all that is selected."""
    found = tally(selection)
    table = matrix(selection, found, titled=False)
    return {
        "lens": selection.lens.code,
        "year": selection.year,
        "inferred": selection.inferred,
        "total": found.total,
        "placed": table.placed,
        "placed_inferred": found.inferred_cells,
        "cells": _cells(table, selection),
        "partly_placed": table.possible,
        "partly_placed_inferred": found.inferred_sets,
        **_left_out(found),
        "undated": undated(selection),
    }


def _cells(table: Matrix, selection: Selection) -> list[Record]:
    counts = {cell.number: cell for row in table.rows for cell in row.cells}
    levels = selection.lens.levels
    return [
        {
            "cell": cell.number,
            "model": cell.model.code,
            "design": levels[cell.column].code,
            "delivery": levels[cell.row].code,
            "count": counts[cell.number].count,
            "possible": counts[cell.number].possible,
        }
        for cell in CELLS
    ]


def _left_out(found: Tally) -> Record:
    return {
        "outside": found.outside,
        "not_placed": found.unplaced,
        "inferred_only": found.inferred,
        "planned_only": found.planned_only,
        "listed": {unit: found.listed[unit] for unit in LISTED_UNITS},
    }


def transition_counts(selection: Selection) -> Record:
    """What the page of trajectories counts: partnerships by what they did, and each move, the most frequent first."""
    moves = move_counts(selection)
    who = movers(selection, moves)
    return {
        "lens": selection.lens.code,
        "inferred": selection.inferred,
        "moved": who.moved,
        "plan_to": who.plan,
        "may_have_moved": who.perhaps,
        "described_only": who.described,
        "moves": [_move(one) for one in moves],
    }


def _move(one: MoveCount) -> Record:
    move = one.move
    return {
        "move": move.notation,
        "from_cells": sorted(move.from_cells),
        "from_open": move.from_open,
        "to_cells": sorted(move.to_cells),
        "to_open": move.to_open,
        "planned": move.planned,
        "certain": move.certain,
        "count": one.number,
        "inferred": one.inferred,
    }
