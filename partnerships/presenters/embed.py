"""The matrix for the page of somebody else: the table, what is selected, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.presenters.frame import address, conditions
from partnerships.presenters.home import heading
from partnerships.presenters.matrix import Matrix, matrix, tally
from partnerships.selection import Selection


@dataclass(frozen=True)
class Embedded:
    """All that the frame shows. ``url`` is the address of the full page."""

    heading: str
    conditions: tuple[str, ...]
    matrix: Matrix
    url: str


def embedded(selection: Selection) -> Embedded:
    """The matrix of a selection."""
    found = tally(selection)
    table = matrix(selection, found, titled=False)
    return Embedded(
        heading(table, found, selection.year),
        tuple(conditions(selection, "matrix")),
        table,
        address("matrix", selection),
    )
