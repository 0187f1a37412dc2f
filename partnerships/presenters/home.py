"""The home page: the matrix, its totals in words, and what it leaves out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from partnerships.filters import INFERRED, NOWHERE, OUTSIDE, PARTLY, PLANNED
from partnerships.models import Partnership
from partnerships.presenters.explore import YearControl, inferred, lenses, undated, year_control
from partnerships.presenters.matrix import Link, Matrix, Tally, Unplaced, matrix, partly_placed, tally
from partnerships.presenters.movement import Arrow, arrows
from partnerships.presenters.toggle import Toggle
from partnerships.selection import Selection
from taxonomy.lenses import SECTOR

# Cells of which no source behind the library gives a case (domain: the chapter's examples, ch. 2).
UNTOLD = (1, 2, 3, 4, 7)


@dataclass(frozen=True)
class HomePage:
    """All that the home page says about a selection."""

    heading: str
    matrix: Matrix
    lenses: tuple[Toggle, ...]
    partly: Unplaced
    partly_url: str
    left_out: tuple[Link, ...]
    inferred: Toggle
    sparse: str
    arrows: tuple[Arrow, ...]
    total: int
    empty: bool
    year: YearControl | None
    gap: bool


def home_page(selection: Selection, years: Sequence[int] = ()) -> HomePage:
    """Count the selection and word the result; ``years`` are those in which its matrix has anything."""
    found = tally(selection)
    table = matrix(selection, found)
    return HomePage(
        heading=heading(table, found, selection.year),
        matrix=table,
        lenses=lenses(selection),
        partly=partly_placed(selection, found),
        partly_url=_group_url(selection, cell=PARTLY),
        left_out=left_out(selection, found),
        inferred=inferred(selection),
        sparse=sparse(selection, table),
        arrows=arrows(selection),
        total=found.total,
        empty=found.total == 0,
        year=year_control(selection, years, undated(selection)),
        gap=_gap(selection, found),
    )


def _gap(selection: Selection, found: Tally) -> bool:
    """Whether the register as a whole has the same empty cells as the literature behind its library."""
    return selection.lens is SECTOR and not selection.active and not any(found.cells[cell] for cell in UNTOLD)


def _group_url(selection: Selection, **changes: str) -> str:
    """The list of a group, or "" where the selection has a filter by cell already: a list takes one group, not two."""
    return "" if selection.values.get("cell") else reverse("partnership-list") + selection.query(**changes)


def heading(table: Matrix, found: Tally, year: int | None = None) -> str:
    """How many are placed and how many may stand in several cells; how many of each are inferred, if any are shown."""
    words = ngettext("%(count)s partnership placed", "%(count)s partnerships placed", table.placed)
    placed = _with_inferred(words % {"count": table.placed}, found.inferred_cells)
    if table.possible:
        partly = _with_inferred(_("%(count)s partly") % {"count": table.possible}, found.inferred_sets)
        placed = _("%(placed)s, %(partly)s") % {"placed": placed, "partly": partly}
    return _("%(placed)s in %(year)s") % {"placed": placed, "year": year} if year else placed


def _with_inferred(words: str, inferred: int) -> str:
    return _("%(words)s (%(count)s inferred)") % {"words": words, "count": inferred} if inferred else words


def sparse(selection: Selection, table: Matrix) -> str:
    """Why the professional lens shows so little: nobody has answered by kind of party yet."""
    if selection.lens is SECTOR:
        return ""
    return _(
        "This lens asks another question: paid staff, or the people who use the service? A charity with paid staff "
        "changes sides. Only answers by kind of party can tell, so a partnership without them has no place here."
    )


def left_out(selection: Selection, found: Tally) -> tuple[Link, ...]:
    """What the matrix does not count, each group with its number and reason."""
    unplaced = (
        _("without a position: no source says enough about who designs or delivers")
        if selection.lens is SECTOR
        else _("without a position in this lens: no answers by kind of party")
    )
    rows = [
        (found.inferred, _("with an inferred position only"), _group_url(selection, cell=INFERRED, inferred="1")),
        (found.unplaced, unplaced, _group_url(selection, cell=NOWHERE)),
        (
            found.outside,
            _("in hands that this matrix does not hold, such as a company’s"),
            _group_url(selection, cell=OUTSIDE),
        ),
        (found.planned_only, _("planned only, not yet there"), _group_url(selection, cell=PLANNED)),
        *(
            (number, LISTED[unit] % {"number": number}, _group_url(selection, unit=unit))
            for unit, number in sorted(found.listed.items(), key=lambda item: -item[1])
        ),
    ]
    return tuple(Link(str(text), url, str(number)) for number, text, url in rows if number)


LISTED = {
    "class": ngettext_lazy("type of scheme", "types of scheme", "number"),
    "vehicle": ngettext_lazy("way of buying, funding or planning", "ways of buying, funding or planning", "number"),
    "country_pattern": ngettext_lazy("country pattern", "country patterns", "number"),
    "illustration": ngettext_lazy("unnamed or general example", "unnamed or general examples", "number"),
    "reference": ngettext_lazy("study or policy idea", "studies and policy ideas", "number"),
}


def featured() -> tuple[Link, ...]:
    """Case studies that curators put on the home page."""
    studies = Partnership.objects.published().filter(case_study__featured=True).order_by("search_title", "pk")
    rows = studies.values_list("case_study__headline", "slug", "title")[:3]
    return tuple(Link(headline, reverse("partnership", args=[slug]), title) for headline, slug, title in rows)
