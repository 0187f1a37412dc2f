"""What was done in each phase, list by list: never a score, and what nobody looked for is named too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import dates
from partnerships.models import ChecklistItem, Phase
from taxonomy.checklists import CHECKLISTS, Checklist


@dataclass(frozen=True)
class ItemView:
    """An item somebody looked for: when it was, and who says so."""

    text: str
    dates: str
    source: str
    url: str
    place: str
    note: str


@dataclass(frozen=True)
class AnswerGroup:
    """The items of a list with one answer."""

    words: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class ListView:
    """One checklist of which something is recorded; ``silent`` are its items without a record."""

    name: str
    help: str
    citation: str
    groups: tuple[AnswerGroup, ...]
    silent: str


@dataclass(frozen=True)
class PhaseChecklists:
    """What is recorded of a phase; ``silent`` names the lists without any record.

    ``phase`` is "" where there is only one; ``open`` says whether it is unfolded among others.
    """

    phase: str
    open: bool
    lists: tuple[ListView, ...]
    silent: str


# In the order in which they are shown.
ANSWERS = {
    "yes": gettext_lazy("Done"),
    "no": gettext_lazy("Not done"),
    "not_known": gettext_lazy("Not known"),
}


def checklists(phases: Iterable[Phase]) -> tuple[PhaseChecklists, ...]:
    """The checklists of phases fetched with their items, for the phases that have any."""
    phases = list(phases)
    found = [(phase, rows) for phase in phases if (rows := {row.item: row for row in phase.checklist.all()})]
    return tuple(
        _phase(phase.name if len(phases) > 1 else "", rows, is_open=phase.current or len(found) == 1)
        for phase, rows in found
    )


def _phase(name: str, rows: dict[str, ChecklistItem], *, is_open: bool) -> PhaseChecklists:
    looked_at = [one for one in CHECKLISTS.values() if any(item.code in rows for item in one.items)]
    silent = [_(one.name) for one in CHECKLISTS.values() if one not in looked_at]
    return PhaseChecklists(name, is_open, tuple(_list(one, rows) for one in looked_at), "; ".join(silent))


def _list(checklist: Checklist, rows: dict[str, ChecklistItem]) -> ListView:
    groups = []
    for answer, words in ANSWERS.items():
        items = [rows[i.code] for i in checklist.items if i.code in rows and rows[i.code].answer == answer]
        if items:
            groups.append(AnswerGroup(str(words), tuple(_item(row, checklist) for row in items)))
    return ListView(
        name=_(checklist.name),
        help=_(checklist.help),
        citation=checklist.citation,
        groups=tuple(groups),
        silent="; ".join(_(item.label) for item in checklist.items if item.code not in rows),
    )


def _item(row: ChecklistItem, checklist: Checklist) -> ItemView:
    label = next(item.label for item in checklist.items if item.code == row.item)
    return ItemView(
        text=_(label),
        dates=dates.span(dates.write(row.starts, row.starts_precision), dates.write(row.ends, row.ends_precision)),
        source=row.source.title if row.source else "",
        url=row.source.get_absolute_url() if row.source else "",
        place=row.place,
        note=row.note,
    )
