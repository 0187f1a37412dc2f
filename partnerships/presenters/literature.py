"""Movements that sources describe: from which cells to which, where it says so, and in whose words of caution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Statement
from partnerships.models.claims import MOVEMENT
from partnerships.pictures.moves import Movement
from partnerships.presenters.addresses import case_url
from partnerships.presenters.matrix import Link
from partnerships.presenters.movement import Arrow, arrow, path_words
from partnerships.presenters.transitions import move_scope
from partnerships.selection import Selection
from taxonomy.cells import NUMBERS

# So many are drawn, and so many listed.
MOST_DRAWN, MOST_LISTED = 6, 60


@dataclass(frozen=True)
class Cited:
    """A movement that a source describes, with the record, the source and the place in it."""

    movement: Movement
    arrow: Arrow | None
    record: Link
    source: Link
    place: str
    hedge: str


def cited(selection: Selection) -> tuple[Cited, ...]:
    """The movements that sources describe about what is selected, under the selection's lens, in one query."""
    selected = move_scope(selection).partnerships.order_by().filter(pk=OuterRef("partnership"))
    statements = (
        Statement.objects.filter(Exists(selected), kind=MOVEMENT, lens=selection.lens.code)
        .select_related("partnership", "source")
        .order_by("partnership__search_title", "pk")
    )
    return tuple(
        _cited(row, selection)
        for row in statements[:MOST_LISTED]
        if NUMBERS & row.from_cells and NUMBERS & row.to_cells
    )


def _cited(row: Statement, selection: Selection) -> Cited:
    return Cited(
        movement=Movement(
            row.partnership.title,
            path_words(row.from_cells, row.to_cells),
            frozenset(NUMBERS & row.from_cells),
            frozenset(NUMBERS & row.to_cells),
        ),
        arrow=arrow(row.from_cells, row.to_cells),
        record=Link(row.partnership.title, case_url(row.partnership, inferred=selection.inferred)),
        source=Link(row.source.title, reverse("source", args=[row.source.slug])),
        place=row.place,
        hedge=row.hedge,
    )


def sources(found: Iterable[Cited]) -> str:
    """The sources of the movements, each once with its places."""
    places: dict[str, list[str]] = {}
    for one in found:
        places.setdefault(one.source.text, []).append(one.place)
    sources = "; ".join(", ".join(filter(None, [source, *parts])) for source, parts in places.items())
    return _("What sources describe, not counted. From: %(sources)s.") % {"sources": sources}
