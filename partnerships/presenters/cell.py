"""A cell page: what the cell means in both lenses, what tells it from its neighbours, and what may stand there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import querysets as conditions
from partnerships.filters import Selection
from partnerships.presenters import words
from partnerships.presenters.cards import Card, cards
from partnerships.presenters.matrix import Link, cell_name
from partnerships.presenters.position import MiniMatrix, mini_matrix
from partnerships.presenters.words import joined
from taxonomy.cells import cell as cell_of
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.neighbours import neighbours

MOST_SETS = 50


@dataclass(frozen=True)
class LensMeaning:
    """What a cell means under one lens: the source's label, a plain sentence, and where that stands."""

    lens: str
    label: str
    note: str
    plain: str
    citation: str
    numbering: str


@dataclass(frozen=True)
class CellPage:
    """All that a page says about a cell apart from its partnerships."""

    number: int
    name: str
    plain: str
    gloss: str
    design: str
    delivery: str
    mini: MiniMatrix
    meanings: tuple[LensMeaning, ...]
    namesakes: str
    neighbours: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    matrix_url: str


def cell_page(number: int, selection: Selection) -> CellPage:
    """Describe cell 1 to 9; links keep the selection."""
    cell, lens = cell_of(number), selection.lens
    return CellPage(
        number=number,
        name=cell_name(cell, lens),
        plain=_(cell.plain_in(lens)),
        gloss=_(cell.gloss) if cell.gloss and lens is SECTOR else "",
        design=_(lens.levels[cell.column].design_words),
        delivery=_(lens.levels[cell.row].delivery_words),
        mini=mini_matrix({number}, settled=True),
        meanings=tuple(_meaning(number, each) for each in (SECTOR, PROFESSIONAL)),
        namesakes=joined(cell.namesakes, last=_("and")) if lens is SECTOR else "",
        neighbours=tuple(_link(n.number, selection, _(n.difference)) for n in neighbours(number, lens)),
        previous=_link(number - 1, selection) if number > 1 else None,
        next=_link(number + 1, selection) if number < 9 else None,
        matrix_url=reverse("matrix") + selection.query(),
    )


def _meaning(number: int, lens: Lens) -> LensMeaning:
    label = lens.label(number)
    cell = cell_of(number)
    note = _(label.note) if label.note else ""
    return LensMeaning(_(lens.name), label.text, note, _(cell.plain_in(lens)), lens.citation, _(lens.numbering))


def _link(number: int, selection: Selection, note: str = "") -> Link:
    text = _("Cell %(number)s, %(name)s") % {"number": number, "name": cell_name(cell_of(number), selection.lens)}
    return Link(text, reverse("cell", args=[number]) + selection.query(), note)


def perhaps(number: int, selection: Selection) -> tuple[Card, ...]:
    """Counted units that may stand in this cell."""
    where = conditions.perhaps_in(number, selection.lens, inferred=selection.inferred)
    rows = selection.ordered().standing(where).with_current_phase()[: MOST_SETS + 1]
    return cards(rows, selection.lens, inferred=selection.inferred)


def others_in(number: int, selection: Selection) -> tuple[Link, ...]:
    """Units that are never counted but stand in this cell, each with its kind and the source's caution."""
    where = conditions.placed_in([number], selection.lens, inferred=selection.inferred)
    rows = (
        selection.partnerships.listed_only()
        .at_current_phase()
        .filter(where)
        .order_by("search_title", "pk")
        .values_list("title", "slug", "unit", "now__adopted_statement__hedge")
    )
    return tuple(
        Link(title, reverse("partnership", args=[slug]), _caution(words.unit(unit), hedge))
        for title, slug, unit, hedge in rows
    )


def _caution(unit: str, hedge: str | None) -> str:
    return _("%(unit)s; the source says “%(hedge)s”") % {"unit": unit, "hedge": hedge} if hedge else unit
