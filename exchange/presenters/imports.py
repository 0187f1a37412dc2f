"""An import on its pages: how far it is, how many records of each kind it has, and what becomes or became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHANGED, CHECKED, ERROR, NEW, READ, UNCHANGED, UNDONE
from partnerships.models.partnership import PUBLISHED
from partnerships.presenters.cards import PageLink, PageLinks
from partnerships.presenters.toggle import Toggle

# The parts of a preview: what became of a comparison, and records that look like one in the register.
ALIKE = "alike"
PARTS = (ERROR, ALIKE, NEW, CHANGED, UNCHANGED)


def grouped(number: int) -> str:
    """A number as people read it: 5,000."""
    return number_format(number, use_l10n=True, force_grouping=True)


# ---- The list ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ImportRow:
    """One import in the list. ``who`` is "" in a person's own list; ``waits`` says that it waits for the reader."""

    name: str
    url: str
    state: str
    waits: bool
    records: str
    at: datetime
    who: str


def rows(batches: Iterable[Import], *, with_names: bool) -> tuple[ImportRow, ...]:
    """The list, newest first; which of them have errors is asked in one query."""
    batches = list(batches)
    faulty = StagedRecord.objects.filter(batch__in=[one.pk for one in batches if one.state == CHECKED], outcome=ERROR)
    errors = dict(faulty.order_by().values_list("batch").annotate(Count("pk")))
    return tuple(_row(batch, errors.get(batch.pk, 0), with_names=with_names) for batch in batches)


def _row(batch: Import, errors: int, *, with_names: bool) -> ImportRow:
    who = (str(batch.made_by) if batch.made_by else _("on the server")) if with_names else ""
    return ImportRow(
        name=batch.file_name,
        url=reverse("import", args=[batch.uuid]),
        state=_state(batch, errors),
        waits=batch.state in (READ, CHECKED),
        records=grouped(batch.records),
        at=batch.created_at,
        who=who,
    )


def _state(batch: Import, errors: int) -> str:
    if is_broken(batch):
        return _("not read to its end")
    if batch.state == CHECKED and errors:
        return in_errors(errors)
    return batch.get_state_display()


def in_errors(records: int) -> str:
    """“5 records have errors”."""
    words = ngettext("%(count)s record has errors", "%(count)s records have errors", records)
    return words % {"count": grouped(records)}


def is_broken(batch: Import) -> bool:
    """Whether reading the file broke off."""
    return batch.state == READ and not batch.records


# ---- Being checked -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the comparison is. ``text`` says it in words."""

    checked: int
    records: int
    text: str
    done: bool


def progress(batch: Import) -> Progress:
    """How many records are compared."""
    text = ngettext(
        "%(checked)s of %(count)s record checked", "%(checked)s of %(count)s records checked", batch.records
    ) % {"checked": grouped(batch.checked), "count": grouped(batch.records)}
    return Progress(batch.checked, batch.records, text, batch.state != READ)


# ---- How many of each kind ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Totals:
    """How many records are new, changed at once, changed by a proposal, the same, faulty, and perhaps there already.

    ``alike``: those that look like one in the register and wait for a word; ``likely``: those with a word too.
    """

    new: int = 0
    changed: int = 0
    proposed: int = 0
    unchanged: int = 0
    errors: int = 0
    alike: int = 0
    likely: int = 0

    def shown(self, part: str) -> int:
        """How many a part of the page shows."""
        return max(self.alike, self.likely) if part == ALIKE else self.of(part)

    def of(self, part: str) -> int:
        """How many a part says that it has; of likely duplicates those about which somebody should say something."""
        return {
            ERROR: self.errors,
            ALIKE: self.alike,
            NEW: self.new,
            CHANGED: self.changed + self.proposed,
            UNCHANGED: self.unchanged,
        }[part]

    @property
    def to_do(self) -> int:
        """How many records taking the file over adds or changes."""
        return self.new + self.changed + self.proposed


# Likely duplicates, and those of them about which nobody has said anything yet.
LIKELY = ~Q(alike=[]) & ~Q(outcome=ERROR)
UNDECIDED = LIKELY & Q(distinct=False, same_as__isnull=True)


def totals(batch: Import) -> Totals:
    """Count the records of an import by what they do, in one query."""
    counted = (
        StagedRecord.objects.filter(batch=batch)
        .order_by()
        .values_list("outcome", "partnership__status")
        .annotate(
            number=Count("pk"), revisions=Count("revision"), undecided=Count("pk", filter=UNDECIDED),
            likely=Count("pk", filter=LIKELY),
        )
    )  # fmt: skip
    found = Counter()
    for outcome, status, number, revisions, undecided, likely in counted:
        # Before: what an officer changes of a published record is a proposal. After: what became one.
        before = number if batch.own_only and outcome == CHANGED and status == PUBLISHED else 0
        proposed = before if batch.state == CHECKED else revisions
        found["errors" if outcome == ERROR else outcome] += number - proposed
        found["proposed"] += proposed
        found["alike"] += undecided if batch.state == CHECKED else 0
        found["likely"] += likely if batch.state == CHECKED else 0
    return Totals(**found)


NAMES = {
    ERROR: lambda: _("Errors"),
    ALIKE: lambda: _("Perhaps here already"),
    NEW: lambda: _("New"),
    CHANGED: lambda: _("Changed"),
    UNCHANGED: lambda: _("Unchanged"),
}


def first_part(numbers: Totals) -> str:
    """What the page shows unless asked: the first part that has any records."""
    return next((part for part in PARTS if numbers.of(part)), NEW)


def tabs(numbers: Totals, show: str) -> tuple[Toggle, ...]:
    """A link to each part that has records, and to the one that is shown."""
    return tuple(
        Toggle(f"{NAMES[part]()} ({grouped(numbers.of(part))})", f"?show={part}", part == show)
        for part in PARTS
        if numbers.shown(part) or part == show
    )


def heading(part: str, numbers: Totals, faults: int = 0) -> str:
    """The heading of a part; of errors how many things there are to correct."""
    if part != ERROR or not faults:
        return NAMES[part]()
    return _("%(things)s in %(records)s") % {
        "things": ngettext("%(count)s thing to correct", "%(count)s things to correct", faults)
        % {"count": grouped(faults)},
        "records": ngettext("%(count)s record", "%(count)s records", numbers.errors)
        % {"count": grouped(numbers.errors)},
    }


def page_links(page: Page, **query: str) -> PageLinks | None:
    """Links under a list, or None where one page holds it all."""
    if page.paginator.num_pages < 2:
        return None

    def url(number: int) -> str:
        return "?" + urlencode({**query, **({"page": number} if number > 1 else {})})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = tuple(PageLink(str(n), url(n) if isinstance(n, int) else "", n == page.number) for n in numbers)
    return PageLinks(
        url(page.previous_page_number()) if page.has_previous() else "",
        url(page.next_page_number()) if page.has_next() else "",
        items,
    )


def is_over(batch: Import) -> bool:
    """Whether the import was taken over, be it undone since or not."""
    return batch.state in (APPLIED, UNDONE)
