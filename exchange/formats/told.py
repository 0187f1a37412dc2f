"""What a file tells of the selection that is in it, so that it says what it is when it lies in a folder years later."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.presenters.filter_words import in_words
from partnerships.selection import Selection

Told = dict[str, str | int]


def address(selection: Selection, form: str) -> str:
    """Where the file came from. ``form``: the ending of its name."""
    return f"{settings.SITE_URL}{reverse('data-partnerships', args=[form])}{selection.own_query}"


def page(selection: Selection) -> str:
    """The same selection as a page."""
    return f"{settings.SITE_URL}{reverse('partnership-list')}{selection.own_query}"


def of_a_year(selection: Selection) -> str:
    """What "current" means where the selection is that of a year; "" for any other."""
    if selection.year is None:
        return ""
    return _(
        "Chosen by how they stood in %(year)s. The records are whole and of today: “current” marks the phase of today."
    ) % {"year": selection.year}


def told(selection: Selection, form: str, count: int, today: date) -> Told:
    """The selection as a program reads it: address, filters in words, day and number of partnerships."""
    note = of_a_year(selection)
    return {
        "address": address(selection, form), "page": page(selection), "filters": in_words(selection),
        "date": today.isoformat(), "count": count, **({"note": note} if note else {}),
    }  # fmt: skip
