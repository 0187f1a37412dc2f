"""What stands in the way of undoing an import: the records, what they are now, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.importing import undoing
from exchange.models import Import, StagedRecord
from exchange.models.imports import CHANGED, NEW
from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN


@dataclass(frozen=True)
class InTheWay:
    """One record. ``advice`` says what can be done; ``act`` and ``act_url`` are a link for it, or both ""."""

    title: str
    url: str
    status: str
    advice: str
    act: str = ""
    act_url: str = ""


def in_the_way(batch: Import) -> tuple[InTheWay, ...]:
    """The records that were edited, handed in, built upon or decided since, by the names that the undo has for them."""
    titles = undoing.edited_since(batch)[: undoing.NAMES]
    if not titles:
        return ()
    named = Q(title__in=titles) | Q(partnership__title__in=titles)
    staged = StagedRecord.objects.filter(named, batch=batch, outcome__in=(NEW, CHANGED), partnership__isnull=False)
    return tuple(_row(one) for one in staged.select_related("partnership", "revision").order_by("position"))


def _row(staged: StagedRecord) -> InTheWay:
    record = staged.partnership
    if staged.revision is not None:
        status = _("proposed change, %(state)s") % {"state": staged.revision.get_status_display()}
        url, advice = reverse("revision", args=[staged.revision.uuid]), _("Take the change back, or propose another.")
        return InTheWay(record.title, url, status, advice)
    advice, act, act_url = _to_do(staged, record)
    return InTheWay(record.title, record.get_absolute_url(), record.get_status_display(), advice, act, act_url)


def _to_do(staged: StagedRecord, record: Partnership) -> tuple[str, str, str]:
    if staged.outcome == CHANGED:
        return _("Change it back by hand."), "", ""
    if record.status == DRAFT and record.submitted_at is None:
        return _("If nobody needs it, delete this draft."), _("Delete it"), reverse("draft-delete", args=[record.uuid])
    if record.status == SUBMITTED:
        return _("Ask a curator to send it back."), "", ""
    if record.status == PUBLISHED:
        return _("Ask a curator to withdraw it."), "", ""
    if record.status == WITHDRAWN:
        return _("It is no longer public. Nothing is left to do."), "", ""
    return _("A curator sent it back. Correct it, or ask for it to be taken out."), "", ""
