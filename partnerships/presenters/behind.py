"""Who is behind a move: a few partnerships, those longest in the register, with their dates, and the list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils.translation import ngettext

from partnerships.index import move_facet
from partnerships.models import Facet, Phase
from partnerships.presenters.addresses import case_url
from partnerships.presenters.matrix import Link
from partnerships.presenters.path import stretches
from partnerships.presenters.transitions import MoveCount, doubt, headline, list_url, move_scope, who
from partnerships.querysets import TEXTS
from partnerships.selection import Selection

MOST_BEHIND, TITLES = 20, 10


@dataclass(frozen=True)
class Behind:
    """The partnerships behind a move: the first titles with their phases, and where to find all of them."""

    title: str
    who: str
    doubt: str
    links: tuple[Link, ...]
    more: Link | None


def behind(moves: Sequence[MoveCount], selection: Selection) -> tuple[Behind, ...]:
    """The first partnerships of the most frequent moves with the dates of their phases, in two queries."""
    shown = moves[:MOST_BEHIND]
    titles = _titles([one.move.notation for one in shown], selection)
    return tuple(
        Behind(
            title=headline(one.move),
            who=who(one),
            doubt=doubt(one.move),
            links=titles[one.move.notation],
            more=Link(_all(one.number), list_url(selection, one.move)),
        )
        for one in shown
    )


def _all(number: int) -> str:
    return ngettext("The list of %(count)s", "The list of all %(count)s", number) % {"count": number}


def _titles(notations: Sequence[str], selection: Selection) -> dict[str, tuple[Link, ...]]:
    if not notations:
        return {}
    # Those longest in the register: their order is that of the index, so that nothing is sorted.
    rank = Window(RowNumber(), partition_by=F("value"), order_by="partnership")
    # Asked of each row: a list of all that is selected would be looked up for every one of the moves.
    selected = Exists(move_scope(selection).partnerships.order_by().filter(pk=OuterRef("partnership")))
    moved = Facet.objects.filter(selected, facet=move_facet(selection.lens, selection.inferred), value__in=notations)
    first = moved.annotate(nth=rank).filter(nth__lte=TITLES)
    pairs = list(first.order_by("nth").values_list("value", "partnership"))
    found: dict[int, list[Phase]] = defaultdict(list)
    phases = Phase.objects.filter(partnership__in={key for _value, key in pairs}).select_related("partnership")
    for phase in phases.defer(
        "reason", "rationale", "partnership__summary", *(f"partnership__{name}" for name in TEXTS)
    ):
        found[phase.partnership_id].append(phase)
    spans = {key: stretches(several, selection.lens, inferred=selection.inferred) for key, several in found.items()}
    firm = {key: stretches(several, selection.lens, inferred=False) for key, several in found.items()}
    links: dict[str, list[Link]] = defaultdict(list)
    for value, key in sorted(pairs, key=lambda pair: found[pair[1]][0].partnership.search_title):
        record = found[key][0].partnership
        url = case_url(record, inferred=selection.inferred)
        links[value].append(Link(record.title, url, spans[key].get(value, ""), inferred=value not in firm[key]))
    return {value: tuple(several) for value, several in links.items()}
