"""Filters in words: what each is called, what its values are called, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from partnerships.filters import CELLS, FILTERS, NEVER, PartnershipFilter
from partnerships.presenters import words
from partnerships.selection import Selection
from taxonomy import vocabulary
from taxonomy.cells import MODELS, model
from taxonomy.questions import PARTY_KINDS, task
from taxonomy.trajectories import read_move

# The filters are called the same in the column and in messages about them.
LABELS = {name: each.label for name, each in PartnershipFilter.base_filters.items()}


def text_of(name: str, value: str) -> str:
    """A value of a filter in words: "Italy", "Cell 5", "As of 2010"."""
    return TEXTS[name](value)


def in_words(selection: Selection) -> str:
    """The filters of a selection in words: "Italy; Cell 5", or ""."""
    chosen = selection.values
    return "; ".join(text_of(name, value) for name in FILTERS for value in chosen.get(name, ()))


def of_term(name: str) -> Callable[[str], str]:
    """The label of a code of a vocabulary."""
    return lambda value: words.term(name, value)


def _cell(value: str) -> str:
    return _("Cell %(number)s") % {"number": value} if value.isdigit() else str(dict(CELLS)[value])


def _confirmation(value: str) -> str:
    return _("Never confirmed") if value == NEVER else _("Confirmed in %(year)s") % {"year": value}


def move(notation: str) -> str:
    """A move in words: "From 4 or 7 to 5", "Planned: from 5 to 7"."""
    read = read_move(notation)
    path = words.ends(read)
    if read.planned:
        return _("Planned: from %(before)s to %(after)s") % path
    return _("Moved from %(before)s to %(after)s") % path


def _kind(value: str) -> str:
    return next(_(kind.name) for kind in PARTY_KINDS if kind.code == value)


def _doing(value: str) -> str:
    code, kind = value.split(":")
    return _("%(kind)s: %(task)s") % {"kind": _kind(kind), "task": _(task(code).topic)}


TEXTS: dict[str, Callable[[str], str]] = {
    "q": lambda value: _("“%(words)s”") % {"words": value},
    "country": words.country,
    "nation": str,
    "area": words.area,
    "unit": words.unit,
    "vehicle": of_term("VEHICLES"),
    "kind": _kind,
    "reached": of_term("REACHED"),
    "model": lambda value: _(model(value).label),
    "cell": _cell,
    "level": of_term("LEVELS_OF_POWER"),
    "nature": of_term("NATURES"),
    "effect": of_term("EFFECTS"),
    "stage": of_term("STAGES"),
    "risk": of_term("RISK_CARRIERS"),
    "certainty": of_term("CERTAINTIES"),
    "confirmed": _confirmation,
    "moved": move,
    "does": _doing,
    "year": lambda value: _("As of %(year)s") % {"year": value},
}


def _in_order_of(codes: tuple[str, ...]) -> Callable[[str, int], tuple[int, str]]:
    return lambda value, number: (codes.index(value) if value in codes else len(codes), value)


def _newest(value: str, number: int) -> tuple[int, str]:
    return (-int(value) if value.isdigit() else 1), value


# Lists with an order of their own; elsewhere the fullest stands first.
ORDERS: dict[str, Callable[[str, int], tuple[int, str]]] = {
    "model": _in_order_of(tuple(each.code for each in MODELS)),
    "cell": _in_order_of(tuple(code for code, _text in CELLS)),
    "level": _in_order_of(vocabulary.LEVELS_OF_POWER.codes),
    "stage": _in_order_of(vocabulary.STAGES.codes),
    "certainty": _in_order_of(vocabulary.CERTAINTIES.codes),
    "confirmed": _newest,
    "year": _newest,
}
