"""What charts have in common: their place on the page, the table of their numbers, and words for counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.pictures.drawing import Drawing
from partnerships.selection import Selection


@dataclass(frozen=True)
class Cell:
    """A number in the table under a chart; ``column`` names its column where there are several."""

    text: str
    url: str
    note: str = ""
    column: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the table under a chart; ``note`` says what its shares are of."""

    text: str
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart on the page: ``drawing`` where there is room for it, ``narrow`` elsewhere, and the same in numbers.

    ``tall`` marks the one that may stand beside two others.
    """

    drawing: Drawing
    narrow: Drawing | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    tall: bool = False


def partnerships(number: int) -> str:
    """How many partnerships."""
    return ngettext("%(count)s partnership", "%(count)s partnerships", number) % {"count": number}


def in_year(text: str, selection: Selection) -> str:
    """The same with the year that is looked at, if any."""
    return _("%(text)s in %(year)s") % {"text": text, "year": selection.year} if selection.year else text


def named(text: str, number: int) -> str:
    """A value with its count: the accessible name of its link."""
    return f"{text}: {partnerships(number)}"


def sentences(*notes: str) -> tuple[str, ...]:
    """Notes without the empty ones."""
    return tuple(note for note in notes if note)
