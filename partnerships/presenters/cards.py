"""Partnerships in a list: title, where and about what, one line, position; and the links to other pages of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.careful import careful
from partnerships.presenters.hits import Hit, hits
from partnerships.presenters.position import MiniMatrix, lens_position, mini_matrix, tag, telling
from partnerships.selection import Selection
from taxonomy.lenses import SECTOR, Lens


@dataclass(frozen=True)
class Card:
    """One partnership in a list. ``open`` marks a set or an unknown position.

    ``careful`` is how careful the source is on whose words the position rests, or "".
    """

    title: str
    url: str
    caption: str
    summary: str
    tag: str
    open: bool
    inferred: bool
    careful: str
    mini: MiniMatrix
    hits: tuple[Hit, ...] = ()


def cards(
    partnerships: Iterable[Partnership], lens: Lens = SECTOR, *, inferred: bool = False, search: str = ""
) -> tuple[Card, ...]:
    """Cards for partnerships fetched ``with_current_phase``; with a search they show where it hit."""
    rows = list(partnerships)
    found = hits(rows, search) if search else {}
    return tuple(card(row, lens, inferred=inferred, where_found=found.get(row.pk, ())) for row in rows)


def card(partnership: Partnership, lens: Lens, *, inferred: bool, where_found: tuple[Hit, ...] = ()) -> Card:
    """One card."""
    phase = next(iter(partnership.current_phases), None)
    position = lens_position(phase, lens, inferred=inferred)
    return Card(
        title=partnership.title,
        url=case_url(partnership, inferred=inferred),
        caption=caption(partnership),
        summary=partnership.summary,
        tag=tag(position, lens),
        open=not position.settled,
        inferred=bool(phase and phase.is_inferred and position.placed),
        careful=careful(phase.adopted_statement) if phase and position.placed else "",
        mini=mini_matrix(telling(position, lens), settled=position.settled),
        hits=where_found,
    )


def caption(partnership: Partnership) -> str:
    """Unit, service areas and place in one line."""
    parts = [
        words.unit(partnership.unit),
        *(words.area(code) for code in partnership.service_areas[:2]),
        where(partnership),
    ]
    return " · ".join(part for part in parts if part)


def where(partnership: Partnership) -> str:
    """Place, nation and country, as far as they are stated."""
    named = [partnership.place, partnership.nation, *(words.country(code) for code in partnership.countries)]
    return ", ".join(dict.fromkeys(part for part in named if part))


@dataclass(frozen=True)
class PageLink:
    """A link to a page of a list; no ``url`` stands for a gap."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class PageLinks:
    """Links to the pages around the one that is shown."""

    previous: str
    next: str
    items: tuple[PageLink, ...]


def page_links(page: Page, selection: Selection) -> PageLinks | None:
    """Links under a list, or None where one page holds it all."""
    if page.paginator.num_pages < 2:
        return None

    def url(number: int) -> str:
        return selection.query(page=str(number) if number > 1 else None) or "?"

    items = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        is_gap = not isinstance(number, int)
        items.append(PageLink(str(number), "" if is_gap else url(number), number == page.number))
    return PageLinks(
        url(page.previous_page_number()) if page.has_previous() else "",
        url(page.next_page_number()) if page.has_next() else "",
        tuple(items),
    )


def found(count: int) -> str:
    """How many, in words."""
    return _("1 partnership or example") if count == 1 else _("%(count)s partnerships and examples") % {"count": count}
