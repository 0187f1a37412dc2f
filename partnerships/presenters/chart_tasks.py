"""Who really decides and does what: kinds of party by task, across all partnerships with adopted answers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.pictures.drawing import FULL, HALF, Drawing, nothing
from partnerships.pictures.heat import Entry, Group, heat
from partnerships.presenters.chart_counts import Counts, list_url
from partnerships.presenters.chart_parts import Cell, Chart, Row, partnerships, sentences
from partnerships.presenters.matrix import share
from partnerships.selection import Selection
from taxonomy.axes import Axis
from taxonomy.questions import PARTY_KINDS, TASKS, PartyKind, Task

# As in a comparison of two selections: below this a single partnership moves a share by more than three points.
FEW = 30


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
        rows = tuple((_(task.question), tuple(_entry(counts, task, kind) for kind in PARTY_KINDS)) for task in chosen)
        groups.append(Group(str(heading), rows))
    return groups


def _entry(counts: Counts, task: Task, kind: PartyKind) -> Entry:
    code = f"{task.code}:{kind.code}"
    number, assessed = counts.tasks["does"][code], counts.tasks["answered"].total()
    part = share(number, assessed)
    name = f"{_(task.question)} {_(kind.name)}: {partnerships(number)}"
    return Entry(
        number,
        part,
        list_url(counts.selection, does=code) if number else "",
        f"{name}, {part}" if part else name,
        marked=code in counts.selection.values.get("does", ()),
    )


def _task_drawing(counts: Counts, width: int) -> Drawing:
    assessed = counts.tasks["answered"].total()
    title = _("Who really decides and does what")
    count = ngettext(
        "%(count)s partnership with adopted answers", "%(count)s partnerships with adopted answers", assessed
    ) % {"count": assessed}
    notes = _task_notes(counts.selection, assessed)
    if not assessed:
        why = _("No register entry here has answers by task and kind of party that a curator has adopted.")
        return nothing("by-task", title, count, width, why, notes)
    view, links, height = heat(_kinds(width), _task_groups(counts), assessed, width)
    return Drawing("by-task", title, count, width, height, "pictures/_heat.svg", view, notes, links)


def _task_notes(selection: Selection, assessed: int) -> tuple[str, ...]:
    few = ngettext(
        "Only %(count)s partnership has adopted answers: shares of so few say little.",
        "Only %(count)s partnerships have adopted answers: shares of so few say little.", assessed,
    ) % {"count": assessed}  # fmt: skip
    return sentences(
        few if 0 < assessed < FEW else "",
        _("Counted is who decides or works alone or with others. Shares are of all with adopted answers."),
        _("The answers are those about the latest phase, whatever the year.") if selection.year else "",
        _("All answers are shown; those chosen in the filters are outlined.") if selection.values.get("does") else "",
    )


def tasks(counts: Counts) -> Chart:
    """The chart for the page."""
    kinds = _kinds(FULL)
    rows = tuple(
        Row(text, tuple(Cell(str(e.number), e.url, e.share, kind) for e, kind in zip(entries, kinds, strict=True)))
        for group in _task_groups(counts) for text, entries in group.rows
    )  # fmt: skip
    drawn = _task_drawing(counts, FULL), _task_drawing(counts, HALF)
    return Chart(*drawn, (_("Question"), *kinds), rows if counts.tasks["answered"] else ())
