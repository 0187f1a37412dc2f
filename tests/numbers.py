"""How many partnerships stand behind an address, asked of the selection itself."""

from django.http import QueryDict

from partnerships.presenters.matrix import tally
from partnerships.selection import select


def listed(url: str) -> int:
    """How many partnerships a list with these parameters has (``test_lists_hold_what_their_parameters_select``)."""
    return select(QueryDict(url.partition("?")[2])).partnerships.count()


def drawn_in(query: str) -> int:
    """How many partnerships a matrix shows, in one cell or in several."""
    found = tally(select(QueryDict(query)))
    return found.cells.total() + found.sets
