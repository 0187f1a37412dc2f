"""How careful the source is on whose words a position rests, in a few words beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import Statement
from partnerships.presenters import words

AMBIGUOUS = "ambiguous"
# How a statement reads that names no cell or model: who is responsible was read from what it describes.
READ, IN_WORDS = "none", "words"


def careful(statement: Statement | None) -> str:
    """The caution of an adopted statement; "" for one that says plainly where something stands, and for none.

    One that can be read in two ways says so whatever else it says: what it leaves open is the position itself.
    """
    if statement is None:
        return ""
    if statement.kind == AMBIGUOUS:
        cells = left_between(statement)
        return _("the source leaves it between %(cells)s") % {"cells": cells} if cells else _("can be read in two ways")
    if statement.hedge:
        return _("closest fit, says the source")
    return read_from_words(statement.kind, statement.basis)


def left_between(statement: Statement) -> str:
    """The cells between which an ambiguous statement leaves it, such as "6 and 9"; "" for every other."""
    several = statement.kind == AMBIGUOUS and len(statement.cells) > 1
    return words.cells(statement.cells, last=_("and")) if several else ""


def read_from_words(kind: str | None, basis: str | None) -> str:
    """Said of a statement that places nothing itself; "" for one that does."""
    return _("read from the source’s words") if (kind, basis) == (READ, IN_WORDS) else ""
