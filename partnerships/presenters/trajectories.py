"""How partnerships moved between cells: the drawing, the tables, who is behind, and what the literature says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.index import move_facet
from partnerships.models import Facet
from partnerships.pictures.drawing import FULL, HALF, Area, Drawing, nothing
from partnerships.pictures.flow import Flow, FlowArrow, Layout
from partnerships.pictures.moves import WIDTHS, arranged, moves_view, panels_view, step
from partnerships.presenters import literature
from partnerships.presenters.behind import MOST_BEHIND, Behind, behind
from partnerships.presenters.facets import Filters, filters
from partnerships.presenters.literature import Cited, cited, sources
from partnerships.presenters.transitions import (
    CellTable,
    Counted,
    SetRow,
    cell_table,
    concerned,
    counted,
    label,
    list_url,
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

    ``total`` is how many partnerships the page is about, ``moving`` how many of them have a move of any sort, ``sure``
    how many have one that was made and is certain. ``most`` is the number of the most frequent arrow.
    """

    moves: tuple[Counted, ...]
    total: int
    moving: int
    sure: int
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
        heading=_heading(found),
        summary=_summary(found),
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
    moves = counted(selection)
    drawn = _drawable(moves)
    most = max((one.number for one in drawn), default=1)
    layout = arranged([_flow(one, most) for one in drawn], cells_in_words)
    return _Found(moves, *numbers(selection, moves), cited(selection), layout, most)


def numbers(selection: Selection, moves: Iterable[Counted]) -> tuple[int, int, int]:
    """How many partnerships the page is about, how many have a move, and how many a certain one that was made."""
    made = [one.move.notation for one in moves if one.move.certain and not one.move.planned]
    facet = Facet.objects.filter(facet=move_facet(selection.lens, selection.inferred))
    moving = Count("pk", filter=Q(pk__in=facet.values("partnership")))
    sure = Count("pk", filter=Q(pk__in=facet.filter(value__in=made).values("partnership")))
    found = concerned(selection).order_by().aggregate(total=Count("pk"), moving=moving, sure=sure)
    return found["total"], found["moving"], found["sure"]


# ---- In words ------------------------------------------------------------------------------------------------------


def _heading(found: _Found) -> str:
    """How many partnerships the page is about; the two numbers together are what the filters count."""
    described = found.total - found.moving
    if not found.moving:
        nobody = _("No partnership moved, %(count)s in the literature") if described else _("No partnership moved")
        return nobody % {"count": described}
    if found.sure:
        words = ngettext("%(count)s partnership with moves", "%(count)s partnerships with moves", found.moving)
    else:
        words = ngettext(
            "%(count)s partnership with planned or possible moves",
            "%(count)s partnerships with planned or possible moves",
            found.moving,
        )
    words = words % {"count": found.moving}
    if not described:
        return words
    return _("%(words)s, %(count)s more in the literature") % {"words": words, "count": described}


def _summary(found: _Found) -> str:
    """What the counts are made of, as far as there is more than plain moves from one cell to another."""
    numbers: dict[str, int] = defaultdict(int)
    for one in found.moves:
        kind = "open" if not one.move.certain else "planned" if one.move.planned else "cell" if one.single else "set"
        numbers[kind] += one.number
    parts = [
        ngettext(
            "%(count)s move from one cell to another", "%(count)s moves from one cell to another", numbers["cell"]
        ),
        ngettext("%(count)s from or to a set of cells", "%(count)s from or to a set of cells", numbers["set"]),
        ngettext("%(count)s planned", "%(count)s planned", numbers["planned"]),
        ngettext(
            "%(count)s that may be none, since a cell is possible before and after",
            "%(count)s that may be none, since a cell is possible before and after",
            numbers["open"],
        ),
    ]
    counts = [numbers[kind] for kind in ("cell", "set", "planned", "open")]
    said = [text % {"count": count} for text, count in zip(parts, counts, strict=True) if count]
    if not said:
        return ""
    words = _("In all: %(parts)s.") % {"parts": ", ".join(said)}
    if not found.sure:
        return words
    sure = ngettext("%(count)s surely moved.", "%(count)s surely moved.", found.sure) % {"count": found.sure}
    return f"{sure} {words}"


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


def _drawable(moves: Iterable[Counted]) -> list[Counted]:
    """The most frequent moves that are certain, as many as nine cells can bear."""
    chosen: list[Counted] = []
    for one in moves:
        sets = sum(not each.single for each in chosen)
        off_grid = one.move.from_open or one.move.to_open
        if one.move.certain and not off_grid and len(chosen) < MOST_DRAWN and (one.single or sets < MOST_SETS):
            chosen.append(one)
    return chosen


def _flow(one: Counted, most: int) -> Flow:
    width = WIDTHS[step(one.number, most)]
    return Flow(one.move.from_cells, one.move.to_cells, str(one.number), width, one.move.planned, label(one))


def _drawing(found: _Found, selection: Selection, *, narrow: bool) -> Drawing:
    title, count = _("Moves between cells"), _heading(found)
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
    notes = [_ignored(selection)] if _ignored(selection) else []
    drawn, different = len(found.layout.arrows), len(found.moves)
    if found.cited and not drawn:
        notes.append(sources(found.cited[: literature.MOST_DRAWN]))
    if 0 < drawn < different:
        notes.append(
            ngettext(
                "Drawn: %(drawn)s of %(count)s move, the most frequent first; all are in the tables.",
                "Drawn: %(drawn)s of %(count)s different moves, the most frequent first; all are in the tables.",
                different,
            )
            % {"drawn": drawn, "count": different}
        )
    open_ones = sum(one.number for one in found.moves if not one.move.certain)
    if open_ones:
        notes.append(
            ngettext(
                "%(count)s may not have moved: a cell is possible before and after. It is not drawn.",
                "%(count)s may not have moved: a cell is possible before and after. They are not drawn.",
                open_ones,
            )
            % {"count": open_ones}
        )
    return tuple(notes)
