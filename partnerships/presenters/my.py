"""What a person's organisation keeps: one row a partnership, by what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from partnerships.models import Assessment, Partnership, Revision
from partnerships.models.revision import CHANGES_REQUESTED, PENDING
from partnerships.positions import LensPosition
from partnerships.presenters import words
from partnerships.presenters.cards import PageLink, PageLinks
from partnerships.presenters.position import MiniMatrix, position_view
from partnerships.presenters.record_outcome import LastChange, last_changes
from partnerships.presenters.revisions import TAGS
from partnerships.presenters.stages import position_now

# Headings of the statuses, in the order in which somebody has to do something about them.
GROUPS = {
    "changes_requested": gettext_lazy("Sent back to you"),
    "draft": gettext_lazy("Drafts"),
    "submitted": gettext_lazy("With the curators"),
    "published": gettext_lazy("Published"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


# What an assessment is placed by.
CLAIM = ("method", "design", "delivery", "answers", "codebook", "submitted_at")


@dataclass(frozen=True)
class Item:
    """One partnership: where to go on with it, where it stands, and what a curator asks.

    ``change`` says what has become of a proposed change that is pending, and ``edit_url`` where to go on with it, or
    begin one; both are "" where there is none. ``last_change`` is the last one that was decided about.
    """

    title: str
    url: str
    caption: str
    tag: str
    open: bool
    mini: MiniMatrix
    note: str
    changed: datetime
    change: str = ""
    edit_url: str = ""
    last_change: LastChange | None = None


@dataclass(frozen=True)
class Group:
    """Partnerships of one status on this page of the list; ``count`` is how many there are on all pages."""

    code: str
    heading: str
    count: int
    items: tuple[Item, ...]


def kept_by(user: User) -> QuerySet[Partnership]:
    """The partnerships of the person's organisation; without an organisation, what the person logged.

    Narrower than ``editable_by`` for curators, who may work on everything and keep little of it themselves.
    """
    records = Partnership.objects.filter(revises__isnull=True)
    if user.organisation_id is None:
        return records.filter(created_by=user)
    return records.filter(organisation=user.organisation_id)


def counts(user: User) -> dict[str, int]:
    """How many partnerships there are of each status."""
    return dict(kept_by(user).order_by().values_list("status").annotate(Count("pk")))


def rows(user: User) -> QuerySet[Partnership]:
    """The partnerships in the order of ``GROUPS``, each with what places it, in two queries."""
    rank = Case(*(When(status=code, then=Value(n)) for n, code in enumerate(GROUPS)), output_field=IntegerField())
    pending = Revision.objects.filter(partnership=OuterRef("pk"), status__in=PENDING)
    latest = Assessment.objects.of_keepers().filter(phase__partnership=OuterRef("pk")).order_by("-pk")
    return (
        kept_by(user)
        .at_current_phase()
        .annotate(
            rank=rank,
            change=Subquery(pending.values("status")),
            change_note=Subquery(pending.values("curator_note")),
            certainty=F("now__certainty"),
            adopted_design=F("now__design"),
            adopted_delivery=F("now__delivery"),
            adopted_possible=F("now__possible_cells"),
            **{f"claim_{name}": Subquery(latest.values(name)[:1]) for name in CLAIM},
        )
        .prefetch_related("partners")
        .order_by("rank", "-updated_at", "-pk")
    )


def groups(partnerships: Iterable[Partnership], numbers: dict[str, int]) -> tuple[Group, ...]:
    """Rows of one page under the headings of their status."""
    found: dict[str, list[Item]] = {}
    partnerships = list(partnerships)
    last = last_changes(partnerships)
    for partnership in partnerships:
        found.setdefault(partnership.status, []).append(_item(partnership, last.get(partnership.pk)))
    return tuple(
        Group(code, str(heading), numbers[code], tuple(found[code]))
        for code, heading in GROUPS.items()
        if code in found
    )


def _item(partnership: Partnership, last_change: LastChange | None) -> Item:
    view = position_view(_position(partnership))
    change = partnership.change or ""
    return Item(
        title=partnership.title,
        url=reverse("draft", args=[partnership.uuid]),
        caption=words.unit(partnership.unit),
        tag=view.tag,
        open=view.open,
        mini=view.mini,
        note=partnership.change_note if change == CHANGES_REQUESTED else partnership.curator_note,
        changed=partnership.updated_at,
        change=str(TAGS[change]) if change else "",
        edit_url=reverse("revision-edit", args=[partnership.slug]) if partnership.is_published else "",
        last_change=last_change,
    )


def _position(partnership: Partnership) -> LensPosition:
    """The adopted position; before there is one, what the keepers' latest assessment says, finished or not."""
    if partnership.certainty:
        return LensPosition(partnership.adopted_design, partnership.adopted_delivery, partnership.adopted_possible)
    if partnership.claim_method is None:
        return LensPosition()
    claim = Assessment(**{name: getattr(partnership, f"claim_{name}") for name in CLAIM})
    return position_now(claim, {partner.kind for partner in partnership.partners.all()})


def page_links(page: Page) -> PageLinks | None:
    """Links under the list, or None where one page holds it all."""
    if page.paginator.num_pages < 2:
        return None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = tuple(
        PageLink(str(number), _url(number) if isinstance(number, int) else "", number == page.number)
        for number in numbers
    )
    return PageLinks(
        _url(page.previous_page_number()) if page.has_previous() else "",
        _url(page.next_page_number()) if page.has_next() else "",
        items,
    )


def _url(number: int) -> str:
    return f"?page={number}" if number > 1 else "?"


def summary(numbers: dict[str, int]) -> str:
    """How many there are in all, in words."""
    total = sum(numbers.values())
    return _("1 partnership") if total == 1 else _("%(count)s partnerships") % {"count": total}
