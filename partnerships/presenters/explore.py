"""What the pages that explore a selection have in common: other views of the same selection, and the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.filters import FIRST_YEAR, this_year
from partnerships.presenters.matrix import Link
from partnerships.presenters.toggle import Toggle
from partnerships.selection import Selection
from taxonomy.lenses import LENSES, SECTOR

# Names of addresses, in the order of the tabs.
VIEWS = {
    "matrix": gettext_lazy("Matrix"),
    "partnership-list": gettext_lazy("List"),
    "charts": gettext_lazy("Charts"),
    "trajectories": gettext_lazy("Movement"),
    "lessons": gettext_lazy("Lessons"),
}


def views(selection: Selection, current: str) -> tuple[Toggle, ...]:
    """The same selection, seen otherwise; ``current`` is the name of the address of this page."""
    kept = selection.query(sort=None)
    return tuple(Toggle(str(text), reverse(name) + kept, name == current) for name, text in VIEWS.items())


def lenses(selection: Selection) -> tuple[Toggle, ...]:
    """The same page under the one lens and the other."""
    return tuple(
        Toggle(_(lens.name), selection.query(lens=None if lens is SECTOR else code) or "?", lens is selection.lens)
        for code, lens in LENSES.items()
    )


def inferred(selection: Selection) -> Toggle:
    """The same page with the positions that coders inferred, or without them."""
    return Toggle(
        _("Hide inferred positions") if selection.inferred else _("Show inferred positions"),
        selection.query(inferred=None if selection.inferred else "1") or "?",
        selection.inferred,
    )


@dataclass(frozen=True)
class YearControl:
    """The slider and the number field for the year, with what the form must keep of the other parameters.

    The ``slider`` begins where there is something to see; any year from ``first`` on can be typed.
    """

    year: int | None
    first: int
    slider: int
    last: int
    hidden: tuple[tuple[str, str], ...]
    previous: Link | None
    next: Link | None
    now_url: str
    undated: str = ""


def year_control(selection: Selection, years: Sequence[int], undated: int = 0) -> YearControl | None:
    """The control for a selection, or None where no year would show anything.

    ``years`` are those in which it has anything, ``undated`` is how many counted partnerships no year can show.
    """
    year, last = selection.year, this_year()
    if not years and year is None:
        return None
    hidden = tuple((name, v) for name, several in selection.values.items() if name != "year" for v in several)
    return YearControl(
        year=year,
        first=FIRST_YEAR,
        slider=min([*years[:1], year or last]),
        last=last,
        hidden=hidden,
        previous=_step(selection, year - 1) if year and year > FIRST_YEAR else None,
        next=_step(selection, year + 1) if year and year < last else None,
        now_url=selection.query(year=None) or "?",
        undated=_undated(undated) if year and undated else "",
    )


def _step(selection: Selection, year: int) -> Link:
    return Link(str(year), selection.query(year=str(year)))


def _undated(number: int) -> str:
    return ngettext(
        "%(count)s more has no dates in the sources, so no year shows it.",
        "%(count)s more have no dates in the sources, so no year shows them.",
        number,
    ) % {"count": number}


def undated(selection: Selection) -> int:
    """How many counted partnerships of the selection, whatever the year, have no dated actual phase."""
    if selection.year is None:
        return 0
    counted = selection.without("year").partnerships.counted()
    return counted.undated().order_by().count()
