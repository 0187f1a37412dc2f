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
from partnerships.presenters.record_diff import Difference
from partnerships.presenters.record_outcome import CORRECTED, IN_PART, Outcome, compared
from partnerships.proposals import proposed, three_way, workspace_of
from partnerships.three_way import ThreeWay, Version

# In a tag beside the record's name while it is pending; as the heading of its page.
TAGS: Mapping[str, object] = {
    OPEN: gettext_lazy("Changes being written"),
    SUBMITTED: gettext_lazy("Changes with the curators"),
    CHANGES_REQUESTED: gettext_lazy("Changes sent back"),
    ACCEPTED: gettext_lazy("Changes accepted"),
    IN_PART: gettext_lazy("Changes accepted in part"),
    CORRECTED: gettext_lazy("Changes accepted with corrections"),
    DECLINED: gettext_lazy("Changes declined"),
    WITHDRAWN: gettext_lazy("Changes thrown away"),
}
EXPLANATIONS: Mapping[str, object] = {
    OPEN: gettext_lazy("Your organisation is writing these changes. The public record stays as it is until then."),
    SUBMITTED: gettext_lazy(
        "The curators have these changes. The public record stays as it is until they accept them."
    ),
    CHANGES_REQUESTED: gettext_lazy("A curator sent these changes back. Go on with them and hand them in again."),
    ACCEPTED: gettext_lazy("A curator accepted these changes. They are part of the public record."),
    IN_PART: gettext_lazy(
        "A curator accepted a part of these changes, and that is in the public record now. The rest was not taken over."
    ),
    CORRECTED: gettext_lazy("A curator accepted these changes and put some of it otherwise in the public record."),
    DECLINED: gettext_lazy("A curator declined these changes. The public record stayed as it was."),
    WITHDRAWN: gettext_lazy("Your organisation threw these changes away. The public record stayed as it was."),
}


@dataclass(frozen=True)
class Part:
    """Differences under a heading; ``before`` and ``after`` are what the two sides are called."""

    title: str
    before: str
    after: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class RevisionPage:
    """A proposed change. ``withdrawn``: the record is not public any more, so nothing can be handed in or accepted."""

    title: str
    status: str
    explanation: str
    note: str
    curator_note: str
    when: str
    parts: tuple[Part, ...]
    withdrawn: bool
    edit_url: str
    edit_text: str
    check_url: str
    throw_away_url: str
    record_url: str


def revision_page(revision: Revision) -> RevisionPage:
    """The page of a change, whatever has become of it."""
    record, pending, public = revision.partnership, revision.is_pending, revision.partnership.is_published
    outcome = Outcome.of(revision) if revision.accepted else None
    status = outcome.status if outcome else revision.status
    # One that came from a file has no draft to check until somebody goes on with it.
    written = revision.status in (OPEN, CHANGES_REQUESTED) and workspace_of(revision) is not None
    return RevisionPage(
        title=record.title,
        status=str(TAGS[status]),
        explanation=str(EXPLANATIONS[status]),
        note=revision.note,
        curator_note=revision.curator_note if revision.status in (CHANGES_REQUESTED, DECLINED, ACCEPTED) else "",
        when=_when(revision),
        parts=_outcome(outcome) if outcome else _proposal(revision),
        withdrawn=pending and not public,
        edit_url=reverse("revision-edit", args=[record.slug]) if pending and public else "",
        edit_text=_("Edit them once more") if revision.status == SUBMITTED else _("Go on editing"),
        check_url=reverse("revision-check", args=[revision.uuid]) if written and public else "",
        throw_away_url=reverse("revision-take-back", args=[revision.uuid]) if pending else "",
        record_url=reverse("draft", args=[record.uuid]),
    )


def told(ways: ThreeWay) -> tuple[Difference, ...]:
    """All that a change would make different in the public record, in words."""
    everything = ways.merged({one.code for one in ways.changes})
    return compared(ways.theirs, everything)


def _proposal(revision: Revision) -> tuple[Part, ...]:
    """What a change says that is pending, or of which nothing was taken over."""
    if revision.is_pending:
        return (Part(_("What changes"), _("Public now"), _("Proposed"), told(three_way(revision))),)
    base = Version.first(revision.base)
    return (Part(_("What was proposed"), _("Before"), _("Proposed"), told(ThreeWay(base, proposed(revision), base))),)


def _outcome(outcome: Outcome) -> tuple[Part, ...]:
    """What was taken over of an accepted change, then what was not."""
    parts = (
        Part(_("What was taken over"), _("Before"), _("Accepted"), outcome.taken),
        Part(_("What is put otherwise in public"), _("You proposed"), _("Public since"), outcome.otherwise),
        Part(_("What was not taken over"), _("Public as before"), _("You proposed"), outcome.left_out),
    )
    return tuple(part for part in parts if part.differences)


def _when(revision: Revision) -> str:
    moment = revision.decided_at or (revision.submitted_at if revision.status == SUBMITTED else revision.updated_at)
    day = {"date": date_format(localtime(moment), "j F Y, H:i")}
    if revision.decided_at:
        return _("Thrown away on %(date)s") % day if revision.status == WITHDRAWN else _("Decided on %(date)s") % day
    return _("Handed in on %(date)s") % day if revision.status == SUBMITTED else _("Last change on %(date)s") % day
