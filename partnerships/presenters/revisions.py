"""A proposed change for those who write it: what it changes, what became of it, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Revision
from partnerships.models.revision import ACCEPTED, CHANGES_REQUESTED, DECLINED, OPEN, SUBMITTED, WITHDRAWN
from partnerships.presenters.record_diff import Difference, differences, titles_of
from partnerships.presenters.record_words import Titles
from partnerships.proposals import first_names, proposed, three_way
from partnerships.three_way import ThreeWay, Version

# In a tag beside the record's name.
TAGS: Mapping[str, object] = {
    OPEN: gettext_lazy("Changes being written"),
    SUBMITTED: gettext_lazy("Changes with the curators"),
    CHANGES_REQUESTED: gettext_lazy("Changes sent back"),
}
EXPLANATIONS: Mapping[str, object] = {
    OPEN: gettext_lazy("Your organisation is writing these changes. The public record stays as it is until then."),
    SUBMITTED: gettext_lazy(
        "The curators have these changes. The public record stays as it is until they accept them."
    ),
    CHANGES_REQUESTED: gettext_lazy("A curator sent these changes back. Go on with them and hand them in again."),
    ACCEPTED: gettext_lazy("A curator accepted these changes. They are part of the public record."),
    DECLINED: gettext_lazy("A curator declined these changes. The public record stayed as it was."),
    WITHDRAWN: gettext_lazy("Your organisation took these changes back. The public record stayed as it was."),
}


@dataclass(frozen=True)
class RevisionPage:
    """A proposed change. ``left_out``: what a curator who accepted the rest did not take over.

    ``withdrawn``: the record is not public any more, so that nothing can be handed in or accepted.
    """

    title: str
    status: str
    explanation: str
    note: str
    curator_note: str
    when: str
    differences: tuple[Difference, ...]
    left_out: tuple[Difference, ...]
    withdrawn: bool
    edit_url: str
    edit_text: str
    check_url: str
    take_back_url: str
    record_url: str


def revision_page(revision: Revision) -> RevisionPage:
    """The page of a change, whatever has become of it."""
    record, pending = revision.partnership, revision.is_pending
    ways = three_way(revision) if pending else _as_decided(revision)
    public = record.is_published
    written = revision.status in (OPEN, CHANGES_REQUESTED)
    return RevisionPage(
        title=record.title,
        status=str(TAGS.get(revision.status) or _("Changes %(status)s") % {"status": revision.get_status_display()}),
        explanation=str(EXPLANATIONS[revision.status]),
        note=revision.note,
        curator_note=revision.curator_note if revision.status in (CHANGES_REQUESTED, DECLINED, ACCEPTED) else "",
        when=_when(revision),
        differences=told(ways),
        left_out=_left_out(revision),
        withdrawn=pending and not public,
        edit_url=reverse("revision-edit", args=[record.slug]) if pending and public else "",
        edit_text=_("Go on editing") if written else _("Edit them once more"),
        check_url=reverse("revision-check", args=[revision.uuid]) if written and public else "",
        take_back_url=reverse("revision-take-back", args=[revision.uuid]) if pending else "",
        record_url=reverse("draft", args=[record.uuid]),
    )


def told(ways: ThreeWay) -> tuple[Difference, ...]:
    """All that a change would make different in the public record, in words."""
    everything = ways.merged({one.code for one in ways.changes})
    return in_words(ways.theirs, everything)


def in_words(before: Version, after: Version, titles: Titles | None = None) -> tuple[Difference, ...]:
    """Two versions compared. A phase that is called otherwise is the same phase."""
    renamed = {name: before.names[one] for one, name in after.names.items() if before.names.get(one, name) != name}
    titles = titles_of(before.record, after.record) if titles is None else titles
    return differences(before.record, after.record, renamed=renamed, titles=titles)


def _as_decided(revision: Revision) -> ThreeWay:
    base = Version.first(revision.base)
    return ThreeWay(base, proposed(revision), base)


def _left_out(revision: Revision) -> tuple[Difference, ...]:
    if revision.accepted is None:
        return ()
    names = first_names(revision.accepted, revision.base, _still_renamed(revision))
    return told(ThreeWay(Version.first(revision.base), proposed(revision), Version(revision.accepted, names)))


def _still_renamed(revision: Revision) -> dict[str, str]:
    """The new names that were taken over."""
    published = {phase["name"] for phase in revision.accepted["phases"]}
    return {name: was for name, was in revision.renamed.items() if name in published}


def _when(revision: Revision) -> str:
    moment = revision.decided_at or (revision.submitted_at if revision.status == SUBMITTED else revision.updated_at)
    day = {"date": date_format(localtime(moment), "j F Y, H:i")}
    if revision.decided_at:
        return _("Decided on %(date)s") % day if revision.status != WITHDRAWN else _("Taken back on %(date)s") % day
    return _("Handed in on %(date)s") % day if revision.status == SUBMITTED else _("Last change on %(date)s") % day
