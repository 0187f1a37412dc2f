"""How partnerships moved between cells: the drawing, the tables, who is behind, and what the literature says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from partnerships.pictures.drawing import FULL, HALF, Area, Drawing, nothing
from partnerships.pictures.flow import Flow, FlowArrow, Layout
from partnerships.pictures.moves import WIDTHS, arranged, moves_view, panels_view, step
from partnerships.presenters import literature
from partnerships.presenters.behind import MOST_BEHIND, Behind, behind
from partnerships.presenters.chart_parts import sentences
from partnerships.presenters.facets import Filters, filters
from partnerships.presenters.literature import Cited, cited, sources
from partnerships.presenters.movers import (
    Movers,
    drawn_note,
    heading,
    inferred_note,
    movers,
    summary,
    undrawn_notes,
)
from partnerships.presenters.transitions import (
    CellTable,
    MoveCount,
    SetRow,
    cell_table,
    concerned,
    label,
    list_url,
    move_counts,
    rows,
    set_rows,
)
from partnerships.presenters.words import cells as cells_in_words
from partnerships.selection import Selection
from taxonomy.trajectories import Move

# More arrows than this on nine cells are a tangle; sets with their outlines take more room.
MOST_DRAWN, MOST_SETS = 12, 4
# Moves from or to sets that stand in sight; the rest is folded.
MOST_ROWS = 10


@dataclass(frozen=True)
class TrajectoriesPage:
    """All that the page says. ``why_none`` is for a selection without a move, ``cited_drawn`` where
    the drawing shows the movements of the literature."""

    heading: str
    summary: str
    why_none: str
    drawing: Drawing | None
    narrow: Drawing | None
    table: CellTable | None
    sets: tuple[SetRow, ...]
    more_sets: tuple[SetRow, ...]
    behind: tuple[Behind, ...]
    behind_left: int
    cited: tuple[Cited, ...]
    more_cited: tuple[Cited, ...]
    cited_drawn: bool
    ignored: str
    empty: bool


@dataclass(frozen=True)
class _Found:
    """What the queries gave, and the arrows.

    ``most`` is the number of the most frequent arrow.
    """

    moves: tuple[MoveCount, ...]
    movers: Movers
    cited: tuple[Cited, ...]
    layout: Layout
    most: int


def drawing(selection: Selection) -> Drawing:
    """The moves of a selection; the movements of the literature where nothing moved."""
    return _drawing(_found(selection), selection, narrow=False)


def trajectories_page(selection: Selection) -> TrajectoriesPage:
    """Count the moves of a selection, draw and list them."""
    found = _found(selection)
    sets = set_rows(found.moves, selection)
    drawable = bool(found.moves or found.cited)
    return TrajectoriesPage(
        heading=heading(found.movers),
        summary=" ".join(sentences(summary(found.moves), inferred_note(found.moves))),
        why_none="" if found.moves else _why_none(selection),
        drawing=_on_page(found, selection, narrow=False) if drawable else None,
        narrow=_on_page(found, selection, narrow=True) if drawable else None,
        table=cell_table(found.moves, selection),
        sets=sets[:MOST_ROWS],
        more_sets=sets[MOST_ROWS:],
        behind=behind(found.moves, selection),
        behind_left=max(0, len(found.moves) - MOST_BEHIND),
        cited=found.cited[: literature.MOST_DRAWN],
        more_cited=found.cited[literature.MOST_DRAWN :],
        cited_drawn=bool(found.cited and not found.layout.arrows),
        ignored=_ignored(selection),
        empty=not drawable,
    )


def filter_column(selection: Selection) -> Filters:
    """The filters, counting what this page is about; no year, which is what moves are made of."""
    found = filters(selection, concerned)
    return replace(found, facets=tuple(facet for facet in found.facets if facet.name != "year"))


# ---- Counting ------------------------------------------------------------------------------------------------------


def _found(selection: Selection) -> _Found:
    moves = move_counts(selection)
    drawn = _drawable(moves)
    most = max((one.number for one in drawn), default=1)
    layout = arranged([_flow(one, most) for one in drawn], cells_in_words)
    return _Found(moves, movers(selection, moves), cited(selection), layout, most)


# ---- In words ------------------------------------------------------------------------------------------------------


def _why_none(selection: Selection) -> str:
    words = _(
        "A move needs two phases of one partnership, each with a position. Sources mostly describe one moment, so the "
        "case library gives almost none; phases that officers log will fill this page."
    )
    if selection.inferred or not rows(selection, inferred=True).exists():
        return words
    return _("%(words)s With inferred positions shown there would be some.") % {"words": words}


def _ignored(selection: Selection) -> str:
    """Which filters are left aside here."""
    words = []
    if selection.year is not None:
        words.append(
            _("A move takes more than one year: the year %(year)s is left aside here.") % {"year": selection.year}
        )
    if selection.values.get("moved"):
        words.append(_("All moves are shown, whichever was chosen."))
    return " ".join(words)


# ---- Drawing -------------------------------------------------------------------------------------------------------


def _drawable(moves: Iterable[MoveCount]) -> list[MoveCount]:
    """The most frequent moves that are certain, as many as nine cells can bear."""
    chosen: list[MoveCount] = []
    for one in moves:
        sets = sum(not each.single for each in chosen)
        off_grid = one.move.from_open or one.move.to_open
        if one.move.certain and not off_grid and len(chosen) < MOST_DRAWN and (one.single or sets < MOST_SETS):
            chosen.append(one)
    return chosen


def _flow(one: MoveCount, most: int) -> Flow:
    width = WIDTHS[step(one.number, most)]
    return Flow(
        one.move.from_cells,
        one.move.to_cells,
        str(one.number),
        width,
        one.move.planned,
        label(one),
        one.inferred == one.number,
    )


def _drawing(found: _Found, selection: Selection, *, narrow: bool) -> Drawing:
    title, count = _("Moves between cells"), heading(found.movers)
    if found.layout.arrows:
        view, width, height = moves_view(found.layout, selection.lens, found.most, narrow=narrow)
    elif found.cited:
        title = _("Movements between cells, from the literature")
        movements = [one.movement for one in found.cited[: literature.MOST_DRAWN]]
        view, width, height = panels_view(movements, narrow=narrow)
    else:
        text = _("No move to draw.") if found.moves else _("No partnership moved between cells.")
        return nothing("trajectories", title, count, HALF if narrow else FULL, text, _notes(found, selection))
    links = () if narrow else tuple(_link(arrow, selection) for arrow in found.layout.arrows)
    template = "pictures/_trajectories.svg"
    return Drawing("trajectories", title, count, width, height, template, view, _notes(found, selection), links)


def _link(arrow: FlowArrow, selection: Selection) -> Area:
    """The number beside an arrow leads to the list behind it."""
    flow, box = arrow.flow, arrow.label
    url = list_url(selection, Move(flow.before, flow.after, flow.planned))
    return Area(round(box.x), round(box.y), round(box.width), round(box.height), url, flow.title)


def _on_page(found: _Found, selection: Selection, *, narrow: bool) -> Drawing:
    """The drawing with the notes that the page does not give elsewhere."""
    drawn = _drawing(found, selection, narrow=narrow)
    return drawn if found.moves else replace(drawn, notes=())


def _notes(found: _Found, selection: Selection) -> tuple[str, ...]:
    """What the drawing leaves out, and what its movements rest on."""
    drawn = len(found.layout.arrows)
    from_literature = found.cited and not drawn
    return sentences(
        _ignored(selection),
        sources(found.cited[: literature.MOST_DRAWN]) if from_literature else "",
        drawn_note(drawn, len(found.moves)),
        *undrawn_notes(found.moves),
        inferred_note(found.moves),
    )
