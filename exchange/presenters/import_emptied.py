"""Answers that a file would empty: what the register holds now and the file leaves blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Import, StagedRecord
from exchange.models.imports import CHANGED
from exchange.presenters.imports import grouped
from partnerships.record import Record

# So many records are linked by name.
NAMED = 10
# What follows from the responsibilities is no answer of its own.
FOLLOWING = {
    "possible_cells": ("design", "delivery"),
    "professional_possible_cells": ("professional_design", "professional_delivery"),
}


@dataclass(frozen=True)
class Named:
    """A record that loses answers: its title, how many, and where the preview shows it."""

    title: str
    answers: str
    url: str


@dataclass(frozen=True)
class Emptying:
    """How many answers would go in how many records, in a sentence; the first of these, and how many there are more."""

    text: str
    records: tuple[Named, ...]
    more: int


def emptied(before: Record | None, after: Record | None) -> int:
    """How many answers have something before and nothing afterwards, in the record and in all that belongs to it."""
    return sum(_lost(before or {}, after or {})) if before and after else 0


def _lost(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[int]:
    for name, old in before.items():
        new = after.get(name)
        if any(before.get(axis) for axis in FOLLOWING.get(name, ())):
            continue
        if isinstance(old, list) and old and isinstance(old[0], dict):
            yield from _lost_rows(old, new or [])
        elif isinstance(old, Mapping):
            yield from _lost(old, new or {})
        elif _is_answer(old) and not _is_answer(new):
            yield 1


def _lost_rows(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[int]:
    """Of what has a name, the row of that name; of a list that went altogether, one answer."""
    if not new:
        yield 1
        return
    rows = {row["name"]: row for row in new if "name" in row}
    for row in old:
        if "name" in row and "kind" not in row:  # a phase; partners have a kind, and one that goes empties nothing
            yield from _lost(row, rows.get(row["name"], {}))


def _is_answer(value: Any) -> bool:
    """Whether something stands there. Yes and no are both an answer, and 0 is one."""
    return value not in (None, "", [])


def emptying(batch: Import) -> Emptying | None:
    """What confirming would empty; None where that is nothing. Records are read little by little."""
    changed = StagedRecord.objects.filter(batch=batch, outcome=CHANGED).order_by("position")
    rows = changed.values_list("position", "title", "before", "after").iterator(chunk_size=200)
    answers, records, named = 0, 0, []
    for place, (position, title, before, after) in enumerate(rows):
        if lost := emptied(before, after):
            answers, records = answers + lost, records + 1
            if len(named) < NAMED:
                named.append(Named(title or _("without a title"), in_words(lost), _url(place, position)))
    if not answers:
        return None
    text = _("This would empty %(answers)s in %(records)s.") % {
        "answers": in_words(answers),
        "records": ngettext("%(count)s record", "%(count)s records", records) % {"count": grouped(records)},
    }
    return Emptying(text, tuple(named), records - len(named))


def in_words(answers: int) -> str:
    """“3 answers”."""
    return ngettext("%(count)s answer", "%(count)s answers", answers) % {"count": grouped(answers)}


def _url(place: int, position: int) -> str:
    """Where the preview shows the record: ``place`` is its number among those that change."""
    page = place // settings.PAGE_SIZE + 1
    query = {"show": CHANGED, **({"page": page} if page > 1 else {})}
    return f"?{urlencode(query)}#record-{position}"
