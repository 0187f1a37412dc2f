"""Addresses of the two comparisons, for the pages that lead there."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from partnerships.filters import FILTERS
from partnerships.selection import Selection

# Which side of a comparison of selections a parameter belongs to.
SIDES = ("a", "b")
# Parameters that both sides have in common.
COMMON = ("lens", "inferred")
Values = Mapping[str, tuple[str, ...]]


def pick_url(slugs: Iterable[str], *, query: str = "", inferred: bool = False) -> str:
    """The comparison of these partnerships, with a search for another one where ``query`` has words."""
    pairs = [("p", slug) for slug in slugs]
    pairs += [("q", query)] if query else []
    pairs += [("inferred", "1")] if inferred else []
    return reverse("compare") + (f"?{urlencode(pairs)}" if pairs else "")


def compare_url(selection: Selection) -> str:
    """The comparison of this selection with another one, which is still to be chosen."""
    return sides_url(selection.values)


def sides_url(*sides: Values) -> str:
    """The comparison of one or two selections by their values; lens and inferred of the first hold for both."""
    pairs = [
        (f"{side}-{name}", value)
        for side, values in zip(SIDES, sides, strict=False)
        for name in FILTERS
        for value in values.get(name, ())
    ]
    pairs += [(name, value) for name in COMMON for value in sides[0].get(name, ())]
    return reverse("compare-selections") + (f"?{urlencode(pairs)}" if pairs else "")
