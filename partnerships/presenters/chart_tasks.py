"""Who really decides and does what: kinds of party by task, across all partnerships with adopted answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.index import ANSWERED
from partnerships.pictures.drawing import FULL, HALF, Drawing, nothing
from partnerships.pictures.heat import Entry, Group, Numbers, heat
from partnerships.presenters.chart_counts import Counts, list_url
from partnerships.presenters.chart_parts import Cell, Chart, Row, partnerships, sentences
from partnerships.presenters.matrix import share
from partnerships.presenters.small_numbers import FEW, few
from partnerships.selection import Selection
from taxonomy.axes import Axis
from taxonomy.questions import PARTY_KINDS, TASKS, PartyKind, Task


def by_task(selection: Selection) -> Drawing:
    """Who does what, across all partnerships with adopted answers."""
    return _task_drawing(Counts(selection), FULL)


GROUPS = (
    (gettext_lazy("Design: these decide the place on the matrix"), Axis.DESIGN, True),
    (gettext_lazy("Delivery: these decide it too"), Axis.DELIVERY, True),
    (gettext_lazy("Shown, never counted for the place"), None, False),
)


# Names of kinds for a column as narrow as a finger.
SHORT_NAMES = {
    "third_sector": gettext_lazy("Third sector"),
    "community": gettext_lazy("Community"),
}


def _kinds(width: int) -> list[str]:
    short = SHORT_NAMES if width < FULL else {}
    return [str(short.get(kind.code) or _(kind.name)) for kind in PARTY_KINDS]


def _task_groups(counts: Counts) -> list[Group]:
    groups = []
    for heading, axis, decides in GROUPS:
        chosen = [task for task in TASKS if task.decides is decides and axis in (None, task.axis)]
        groups.append(Group(str(heading), tuple(_numbers(counts, task) for task in chosen)))
    return groups


def _numbers(counts: Counts, task: Task) -> Numbers:
    """The row of a task: its shares are of those that answered it, since not every task has to be."""
    of = counts.tasks["answered"][task.code]
    words = _("of %(count)s: few") if few(of) else _("of %(count)s") if of else _("answered by none")
    entries = tuple(_entry(counts, task, kind, of) for kind in PARTY_KINDS)
    return Numbers(_(task.question), words % {"count": of} if of else words, of, entries)


def _entry(counts: Counts, task: Task, kind: PartyKind, of: int) -> Entry:
    code = f"{task.code}:{kind.code}"
    number = counts.tasks["does"][code]
    part = share(number, of)
    name = f"{_(task.question)} {_(kind.name)}: {partnerships(number) if of else _('no answers')}"
    return Entry(
        number,
        part,
        list_url(counts.selection, does=code) if number else "",
        _("%(name)s, %(share)s of %(of)s") % {"name": name, "share": part, "of": of} if part else name,
        marked=code in counts.selection.values.get("does", ()),
        known=bool(of),
    )


def _task_drawing(counts: Counts, width: int) -> Drawing:
    assessed = counts.tasks["answered"][ANSWERED]
    title = _("Who really decides and does what")
    count = ngettext(
        "%(count)s partnership with adopted answers", "%(count)s partnerships with adopted answers", assessed
    ) % {"count": assessed}
    groups = _task_groups(counts)
    notes = _task_notes(counts.selection, [row.of for group in groups for row in group.rows])
    if not assessed:
        why = _("No register entry here has answers by task and kind of party that a curator has adopted.")
        return nothing("by-task", title, count, width, why, notes)
    view, links, height = heat(_kinds(width), groups, width)
    return Drawing("by-task", title, count, width, height, "pictures/_heat.svg", view, notes, links)


def _task_notes(selection: Selection, answered: Sequence[int]) -> tuple[str, ...]:
    return sentences(
        _("Few: under %(few)s answered, and shares of so few say little.") % {"few": FEW}
        if any(few(of) for of in answered) else "",
        _("Counted is who decides or works alone or with others. Shares are of those that answered the question: "
          "not all questions have to be answered."),
        _("The answers are those about the latest phase, whatever the year.") if selection.year else "",
        _("All answers are shown; those chosen in the filters are outlined.") if selection.values.get("does") else "",
    )  # fmt: skip


def tasks(counts: Counts) -> Chart:
    """The chart for the page."""
    kinds = _kinds(FULL)
    rows = tuple(
        Row(row.text, tuple(map(_cell, row.entries, kinds)), row.note)
        for group in _task_groups(counts)
        for row in group.rows
    )
    drawn = _task_drawing(counts, FULL), _task_drawing(counts, HALF)
    return Chart(*drawn, (_("Question"), *kinds), rows if counts.tasks["answered"] else ())


def _cell(entry: Entry, kind: str) -> Cell:
    return Cell(entry.text, entry.url, entry.share, kind)
