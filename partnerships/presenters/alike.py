"""Likely duplicates of a draft in words: what each is, why it is shown, and what to do where it is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.duplicates import Alike
from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT
from partnerships.presenters.cards import where


@dataclass(frozen=True)
class Words:
    """What was said before there was a draft: the UUIDs of records that are others, and of those that are the same."""

    apart: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """A link to what can be done."""

    text: str
    url: str


@dataclass(frozen=True)
class AlikeRow:
    """A record that may be the same. ``status`` is "" for a published one; ``same`` says that it was said to be.

    ``advice`` and ``ways`` say what to do then.
    """

    uuid: str
    title: str
    url: str
    status: str
    where: str
    who: str
    why: str
    same: bool
    advice: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class AlikeBox:
    """All of them. ``said`` is read out, ``noted`` says what became of a word; ``url`` is where words are sent."""

    rows: tuple[AlikeRow, ...]
    url: str = ""
    words: Words = Words()
    noted: str = ""

    @property
    def said(self) -> str:
        """How many there are, for those who do not see the box appear."""
        if not self.rows:
            return ""
        number = len(self.rows)
        return ngettext(
            "%(number)s record may be the same. It is shown after the place.",
            "%(number)s records may be the same. They are shown after the place.", number,
        ) % {"number": number}  # fmt: skip


def row(alike: Alike, *, same: bool, ways: Sequence[Way] = (), advice: str = "") -> AlikeRow:
    """One of them."""
    record = alike.partnership
    leads = ", ".join(alike.leads)
    return AlikeRow(
        uuid=str(record.uuid),
        title=record.title,
        url=record.get_absolute_url(),
        status="" if record.is_published else str(record.get_status_display()),
        where=where(record),
        who=_("led by %(names)s") % {"names": leads} if leads else "",
        why=alike.why,
        same=same,
        advice=advice,
        ways=tuple(ways),
    )


def advice(record: Partnership, *, own: bool, saved: bool) -> str:
    """What to do where a record is the one that is being described, in a sentence or two."""
    if own and record.is_open:
        first = _("It is a draft already: go on with that one.")
    elif own and record.is_published:
        first = _("It is published already: edit that one instead.")
    elif own:
        first = _("It has been handed in already.")
    else:
        first = _("It is in the register, so it need not be logged again.")
    last = _("You can delete this draft.") if saved else _("Nothing on this page is saved yet, so you can leave it.")
    return f"{first} {last}"


def ways(record: Partnership, *, own: bool, view_url: str, draft: Partnership | None) -> Iterable[Way]:
    """Where to go then: ``view_url`` is where a perspective on it is given, "" where the person may not."""
    if own and record.is_published:
        yield Way(_("Edit it"), reverse("revision-edit", args=[record.slug]))
    elif own and record.is_open:
        yield Way(_("Edit it"), reverse("draft", args=[record.uuid]))
    else:
        yield Way(_("See it"), record.get_absolute_url())
    if view_url:
        yield Way(_("Give your own view of it"), view_url)
    if draft is not None and draft.status == DRAFT and not draft.submitted_at:
        yield Way(_("Delete this draft"), reverse("draft-delete", args=[draft.uuid]))
