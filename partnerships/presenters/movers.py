"""Who moved, who plans to and who may have moved, in numbers and in words; and what a drawing of it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.index import move_facet
from partnerships.models import Facet
from partnerships.presenters.transitions import MoveCount, concerned
from partnerships.selection import Selection


@dataclass(frozen=True)
class Movers:
    """How many partnerships the page is about, each in one of four groups.

    ``moved`` made a move that is certain, ``plan`` made none and plan one, ``perhaps`` have only moves that may be
    none; of ``described`` a source says how they moved, without phases that would show it. ``open_plans`` says whether
    some moves that may be none are only planned.
    """

    moved: int
    plan: int
    perhaps: int
    described: int
    open_plans: bool


def movers(selection: Selection, moves: Iterable[MoveCount]) -> Movers:
    """Count the groups, in one query."""
    moves = list(moves)
    made = [one.move.notation for one in moves if one.move.certain and not one.move.planned]
    plans = [one.move.notation for one in moves if one.move.certain and one.move.planned]
    facet = Facet.objects.filter(facet=move_facet(selection.lens, selection.inferred))
    moving = Q(pk__in=facet.values("partnership"))
    moved = Q(pk__in=facet.filter(value__in=made).values("partnership"))
    plan = Q(pk__in=facet.filter(value__in=plans).values("partnership"))
    found = concerned(selection).order_by().aggregate(
        moved=Count("pk", filter=moved),
        plan=Count("pk", filter=plan & ~moved),
        perhaps=Count("pk", filter=moving & ~plan & ~moved),
        described=Count("pk", filter=~moving),
    )  # fmt: skip
    return Movers(**found, open_plans=any(one.move.planned and not one.move.certain for one in moves))


def heading(found: Movers) -> str:
    """How many did what: the numbers together are what the filters count."""
    moved = ngettext("%(count)s partnership moved", "%(count)s partnerships moved", found.moved)
    parts = [
        moved % {"count": found.moved} if found.moved else _("No partnership moved"),
        ngettext("%(count)s plans to", "%(count)s plan to", found.plan) % {"count": found.plan} if found.plan else "",
        _may(found) % {"count": found.perhaps} if found.perhaps else "",
    ]
    words = ", ".join(filter(None, parts))
    if not found.described:
        return words
    if not (found.moved or found.plan or found.perhaps):
        return _("%(words)s. Sources describe movements of %(count)s") % {"words": words, "count": found.described}
    return _("%(words)s. Sources describe movements of %(count)s more") % {"words": words, "count": found.described}


def _may(found: Movers) -> str:
    return _("%(count)s may have moved or may yet") if found.open_plans else _("%(count)s may have moved")


def summary(moves: Iterable[MoveCount]) -> str:
    """What moves were counted, as far as there is more than plain ones from one cell to another."""
    numbers: Counter[str] = Counter()
    for one in moves:
        kind = "open" if not one.move.certain else "planned" if one.move.planned else "cell" if one.single else "set"
        numbers[kind] += one.number
        numbers["inferred"] += one.inferred
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
    return _("In all: %(parts)s.") % {"parts": ", ".join(said)} if said else ""


def inferred_note(moves: Iterable[MoveCount]) -> str:
    """How many moves there are only because inferred positions are shown; "" for none."""
    moves = list(moves)
    number, total = sum(one.inferred for one in moves), sum(one.number for one in moves)
    if not number:
        return ""
    words = ngettext(
        "Of %(total)s move, %(count)s rests on an inferred position.",
        "Of %(total)s moves, %(count)s rest on inferred positions.",
        total,
    )
    return words % {"total": total, "count": number}


def drawn_note(drawn: int, different: int) -> str:
    """How many of the different moves have an arrow; "" where all have, or none."""
    if not 0 < drawn < different:
        return ""
    return _("Drawn: %(drawn)s of %(count)s different moves, the most frequent first.") % {
        "drawn": drawn, "count": different,
    }  # fmt: skip


def undrawn_notes(moves: Sequence[MoveCount]) -> tuple[str, ...]:
    """Which moves have no arrow whatever room there is, and why."""
    doubtful = sum(one.number for one in moves if not one.move.certain)
    open_ended = sum(
        one.number for one in moves if one.move.certain and (one.move.from_open or one.move.to_open)
    )  # fmt: skip
    notes = (
        (
            doubtful,
            ngettext(
                "Not drawn: %(count)s move that may be none, since a cell is possible before and after.",
                "Not drawn: %(count)s moves that may be none, since a cell is possible before and after.",
                doubtful,
            ),
        ),
        (
            open_ended,
            ngettext(
                "Not drawn: %(count)s move that may begin or end outside of the matrix or with nobody.",
                "Not drawn: %(count)s moves that may begin or end outside of the matrix or with nobody.",
                open_ended,
            ),
        ),
    )
    return tuple(text % {"count": count} for count, text in notes if count)
