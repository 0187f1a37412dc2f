"""The published parts of a programme: how many stand in which cell. The whole is never worked out from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import Partnership, Phase
from partnerships.positions import LensPosition
from partnerships.presenters.matrix import Link
from partnerships.presenters.position import tag
from partnerships.querysets import FIRM
from taxonomy.cells import CELLS
from taxonomy.vocabulary import COUNTED_UNITS

# More names than this are folded.
MOST = 12


@dataclass(frozen=True)
class SiteCell:
    """A cell of the small matrix and how many parts stand in it."""

    number: int
    count: int


@dataclass(frozen=True)
class SiteGroup:
    """Parts that stand alike; ``words`` heads the list."""

    words: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Sites:
    """The parts under a record. ``own`` says what the position of the whole rests on, and on what it does not."""

    rows: tuple[tuple[SiteCell, ...], ...]
    placed: tuple[SiteGroup, ...]
    others: tuple[SiteGroup, ...]
    own: str

    @property
    def groups(self) -> tuple[SiteGroup, ...]:
        """Every part by name, those in a cell first."""
        return (*self.placed, *self.others)

    @property
    def is_long(self) -> bool:
        """Whether the names are folded."""
        return sum(len(group.links) for group in self.groups) > MOST


def sites(parts: Sequence[Partnership], whole: Phase | None, *, inferred: bool) -> Sites | None:
    """Shape the parts as ``related.neighbours`` fetches them; None for none. ``whole`` is the record's own phase."""
    if not parts:
        return None
    counted = [part for part in parts if part.unit in COUNTED_UNITS]
    placed = [(part, stands(part, inferred=inferred)) for part in counted if part.now_cells is not None]
    by_cell = {c.number: [pair for pair in placed if pair[1].settled and pair[1].cells[0] == c.number] for c in CELLS}
    others = (
        (_("In no single cell"), [(part, tag(p)) for part, p in placed if p.placed and not p.settled]),
        (_("Not placed"), [(part, "") for part, position in placed if not position.placed]),
        (_("Only planned so far"), [(part, "") for part in counted if part.now_cells is None]),
        (_("Listed, not counted"), [(part, "") for part in parts if part.unit not in COUNTED_UNITS]),
    )
    return Sites(
        rows=tuple(
            tuple(SiteCell(c.number, len(by_cell[c.number])) for c in CELLS if c.row == row) for row in range(3)
        ),
        placed=tuple(
            SiteGroup(tag(found[0][1]), _links((part, "") for part, _place in found))
            for found in by_cell.values()
            if found
        ),
        others=tuple(SiteGroup(words, _links(found)) for words, found in others if found),
        own=_own(whole, inferred),
    )


def stands(row: Partnership, *, inferred: bool) -> LensPosition:
    """Where such a row stands now; "not placed" for none and for an inferred position that is not to be shown."""
    if row.now_cells is None or (row.now_certainty not in FIRM and not inferred):
        return LensPosition()
    return LensPosition(row.now_design, row.now_delivery, row.now_cells)


def _links(parts: Iterable[tuple[Partnership, str]]) -> tuple[Link, ...]:
    return tuple(Link(part.title, part.get_absolute_url(), note) for part, note in parts)


def _own(phase: Phase | None, inferred: bool) -> str:
    """What the position of the whole rests on."""
    if phase is None or not phase.placed() or (phase.is_inferred and not inferred):
        return _("The whole has no position of its own, and none is worked out from its parts.")
    if phase.adopted_statement_id:
        return _("The whole stands where its source puts it, whatever its parts do.")
    if phase.adopted_assessment_id:
        return _("The whole stands where it was assessed as a whole, whatever its parts do.")
    return _("The whole has a position of its own, whatever its parts do.")
