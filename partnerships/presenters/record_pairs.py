"""One difference between two records: two texts, two lists, two values of a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from partnerships.presenters import record_words as say

# Texts up to this length are shown whole; of longer ones the paragraphs that differ.
SHORT = 400
LEFT_OUT = "[…]"


@dataclass(frozen=True)
class Fold:
    """What belongs to a difference and is read by whoever wants to know more, under a title that opens it."""

    title: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Difference:
    """One thing that differs. ``part`` is the heading it stands under; an empty side has nothing there.

    Where two lists differ, ``before`` has what was taken away and ``after`` what was added, and both say so.
    """

    part: str
    label: str
    before: str
    after: str
    fold: Fold | None = None


def pair(part: Any, label: str, before: str, after: str) -> tuple[Difference, ...]:
    """One difference, or none; of long texts what differs."""
    if before == after:
        return ()
    if max(len(before), len(after)) > SHORT:
        before, after = _paragraphs(before, after)
    return (Difference(str(part), label, before, after),)


def _paragraphs(before: str, after: str) -> tuple[str, str]:
    """The lines in which two long texts differ, with a mark for those in between."""
    old, new = before.splitlines(), after.splitlines()
    kept: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, lines in zip(kept, (old[a:b], new[c:d]), strict=True):
            side += [LEFT_OUT] if kind == "equal" and any(lines) else lines if kind != "equal" else []
    return "\n".join(kept[0]).strip(), "\n".join(kept[1]).strip()


def field(part: Any, model: type[models.Model], name: str, before: Any, after: Any) -> tuple[Difference, ...]:
    lists = say.items(model, name, before), say.items(model, name, after)
    if lists[0] is not None and lists[1] is not None:
        return listed(part, say.label(model, name), lists[0], lists[1])
    return pair(part, say.label(model, name), say.text(model, name, before), say.text(model, name, after))


def listed(part: Any, label: str, before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """The entries that went and those that came; both lists where only their order differs, or one is empty."""
    gone, come = [x for x in before if x not in after], [x for x in after if x not in before]
    if not (before and after and (gone or come)):
        return pair(part, label, "; ".join(before), "; ".join(after))
    return pair(
        part, label,
        _("Taken away: %(items)s") % {"items": "; ".join(gone)} if gone else "",
        _("Added: %(items)s") % {"items": "; ".join(come)} if come else "",
    )  # fmt: skip
