"""The 3×3 matrix: counts, shares and first titles for each cell, and what is not placed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import querysets as conditions
from partnerships.models.fields import ALL_CELLS, Member
from partnerships.positions import LensPosition
from partnerships.presenters.addresses import case_url
from partnerships.presenters.position import tag
from partnerships.presenters.small_numbers import FEW, few
from partnerships.querysets import FIRM, placed_in, prefix_of, union
from partnerships.selection import Selection
from taxonomy.cells import CELLS, Cell
from taxonomy.lenses import SECTOR, Lens
from taxonomy.vocabulary import COUNTED_UNITS

TITLES_IN_A_CELL = 3
NAMED_BELOW = 8


@dataclass(frozen=True)
class Link:
    """A text and where it leads."""

    text: str
    url: str
    note: str = ""
    inferred: bool = False


@dataclass(frozen=True)
class Header:
    """A row or column header."""

    code: str
    name: str
    help: str


@dataclass(frozen=True)
class CellView:
    """One cell as the table shows it; ``label`` is its accessible name. ``share`` is "" among few."""

    number: int
    model: str
    count: int
    share: str
    tint: int
    titles: tuple[Link, ...]
    more: int
    possible: int
    url: str
    label: str


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    header: Header
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class Matrix:
    """The table and its totals."""

    lens: Lens
    caption: str
    columns: tuple[Header, ...]
    rows: tuple[Row, ...]
    placed: int
    possible: int

    @property
    def note(self) -> str:
        """Why cells have no shares, where somebody may miss them."""
        return _("Under %(few)s placed: shares are left out.") % {"few": FEW} if few(self.placed) else ""


@dataclass
class Tally:
    """What one grouped query found. ``cells`` counts settled positions, ``possible`` the sets that contain a cell."""

    cells: Counter[int] = field(default_factory=Counter)
    possible: Counter[int] = field(default_factory=Counter)
    sets: int = 0
    outside: int = 0
    unplaced: int = 0
    inferred: int = 0
    inferred_cells: int = 0
    inferred_sets: int = 0
    planned_only: int = 0
    listed: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Every partnership of the selection, counted or listed."""
        placed = sum(self.cells.values())
        return (
            placed + self.sets + self.outside + self.unplaced + self.inferred + self.planned_only + self.listed.total()
        )


def tally(selection: Selection) -> Tally:
    """Count a selection in one query, grouped by what decides where a partnership is counted."""
    prefix = prefix_of(selection.lens)
    groups = (
        selection.partnerships.order_by()
        .at_current_phase()
        .values_list(
            "unit", "now__certainty", f"now__{prefix}possible_cells", f"now__{prefix}cell"
        )
        .annotate(number=Count("pk"))
    )  # fmt: skip
    found = Tally()
    for unit, certainty, possible, cell, number in groups:
        if unit not in COUNTED_UNITS:
            found.listed[unit] += number
        elif certainty is None:
            found.planned_only += number
        elif certainty not in FIRM and not selection.inferred and not possible >= ALL_CELLS:
            found.inferred += number
        elif cell is not None:
            found.cells[cell] += number
            found.inferred_cells += number if certainty not in FIRM else 0
        else:
            _count_set(found, possible, number, inferred=certainty not in FIRM)
    return found


def _count_set(found: Tally, possible: frozenset[Member], number: int, *, inferred: bool) -> None:
    cells = [member for member in possible if isinstance(member, int)]
    if possible >= ALL_CELLS:
        found.unplaced += number
    elif not cells:
        found.outside += number
    else:
        found.sets += number
        found.inferred_sets += number if inferred else 0
        for cell in cells:
            found.possible[cell] += number


def matrix(selection: Selection, found: Tally, *, titled: bool = True) -> Matrix:
    """The table for a selection; ``titled`` says whether cells name their first partnerships."""
    lens = selection.lens
    placed = sum(found.cells.values())
    most = max(found.cells.values(), default=0)
    titles = first_titles(selection, sorted(found.cells)) if titled else {}
    rows = []
    for row, level in enumerate(lens.levels):
        cells = tuple(_cell(c, selection, found, placed, most, titles.get(c.number, ())) for c in CELLS if c.row == row)
        rows.append(Row(Header(level.code, _(level.name), _(level.delivery_words)), cells))
    return Matrix(
        lens=lens,
        caption=caption(selection.year),
        columns=tuple(Header(level.code, _(level.name), _(level.design_words)) for level in lens.levels),
        rows=tuple(rows),
        placed=placed,
        possible=found.sets,
    )


def caption(year: int | None) -> str:
    """What the table shows, and of which time."""
    if year:
        return _("Responsibility for design (columns) and for delivery (rows), as it was in %(year)s") % {"year": year}
    return _("Responsibility for design (columns) and for delivery (rows), at the latest known phase")


def first_titles(selection: Selection, cells: Iterable[int]) -> dict[int, tuple[Link, ...]]:
    """A few partnerships of each of these cells, those longest in the register, by title; in one query.

    Each cell takes its few from an index, so that the rest of a full cell is not even looked at.
    """
    cell = f"at_{prefix_of(selection.lens)}cell"
    rows = placed(selection)
    columns = (
        f"now__{prefix_of(selection.lens)}cell",
        "search_title",
        "title",
        "slug",
        "now__certainty",
        "now__adopted_statement__hedge",
    )
    branches = []
    for number in cells:
        first = rows.filter(**{cell: number}).order_by("at_partnership")[:TITLES_IN_A_CELL]
        branches.append(rows.filter(**{cell: number, "pk__in": first.values("pk")}).values_list(*columns))
    links: dict[int, tuple[Link, ...]] = {}
    for number, _folded, title, slug, certainty, hedge in sorted(union(branches), key=itemgetter(0, 1)):
        url = case_url(slug, inferred=selection.inferred)
        links[number] = (*links.get(number, ()), Link(title, url, mark(certainty, hedge)))
    return links


def mark(certainty: str, hedge: str | None) -> str:
    """The word of caution beside a title: inferred by a coder, or the closest fit only, says its source."""
    if certainty not in FIRM:
        return _("inferred")
    return _("closest fit") if hedge else ""


def drawn(selection: Selection) -> QuerySet:
    """All that the selection's matrix shows, in one cell or as possible in several: what its filters count."""
    return selection.partnerships.standing(conditions.drawn(selection.lens, inferred=selection.inferred))


def placed(selection: Selection) -> QuerySet:
    """What the selection's matrix counts, joined with the current phase."""
    where = placed_in(range(1, 10), selection.lens, inferred=selection.inferred)
    return selection.partnerships.order_by().standing(where)


def _cell(cell: Cell, selection: Selection, found: Tally, total: int, most: int, titles: tuple[Link, ...]) -> CellView:
    count, possible = found.cells[cell.number], found.possible[cell.number]
    name = cell_name(cell, selection.lens)
    return CellView(
        number=cell.number,
        model=name,
        count=count,
        share="" if few(total) else share(count, total),
        # Four steps of one tint, by the share of the fullest cell.
        tint=-(-4 * count // most) if count else 0,
        titles=titles,
        more=count - len(titles),
        possible=possible,
        url=reverse("cell", args=[cell.number]) + selection.query(),
        label=cell_label(cell, name, selection.lens, count, possible),
    )


def share(count: int, total: int) -> str:
    """A count as a share of all that are placed; "" for none, and never "0 %" for some."""
    if not count:
        return ""
    percent = round(100 * count / total)
    return _("%(share)s %%") % {"share": percent} if percent else _("under 1 %%") % {}


def cell_name(cell: Cell, lens: Lens) -> str:
    """What the lens calls the cell: the model of table 2, or the source's own label of the professional grid."""
    if lens is SECTOR:
        return _(cell.model.label)
    label = lens.label(cell.number)
    return f"{label.text} [{_(label.note)}]" if label.note else label.text


def cell_label(cell: Cell, name: str, lens: Lens, count: int, possible: int) -> str:
    """The accessible name of a cell: number, name, both responsibilities and the counts."""
    words = ngettext("%(count)s partnership", "%(count)s partnerships", count) % {"count": count}
    if possible:
        words += ", " + _("%(count)s more possible") % {"count": possible}
    return _("Cell %(number)s, %(name)s: %(count)s. Design: %(design)s. Delivery: %(delivery)s.") % {
        "number": cell.number,
        "name": name,
        "count": words,
        "design": _(lens.levels[cell.column].name),
        "delivery": _(lens.levels[cell.row].name),
    }


@dataclass(frozen=True)
class Unplaced:
    """Below the table: partnerships that may stand in several cells, by name as far as there is room."""

    links: tuple[Link, ...]
    more: int


def partly_placed(selection: Selection, found: Tally) -> Unplaced:
    """Counted units whose position is a set, with the set in words."""
    if not found.sets:
        return Unplaced((), 0)
    prefix = f"now__{prefix_of(selection.lens)}"
    position = (f"{prefix}design", f"{prefix}delivery", f"{prefix}possible_cells")
    rows = (
        selection.partnerships.standing(conditions.partly_placed(selection.lens, inferred=selection.inferred))
        .order_by("search_title", "pk")
        .values_list("title", "slug", "now__certainty", *position)[:NAMED_BELOW]
    )
    links = tuple(
        Link(
            title,
            case_url(slug, inferred=selection.inferred),
            tag(LensPosition(*stands), selection.lens),
            inferred=certainty not in FIRM,
        )
        for title, slug, certainty, *stands in rows
    )
    return Unplaced(links, found.sets - len(links))
