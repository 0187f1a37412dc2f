"""What an import will do and what it did, in sentences."""

from __future__ import annotations

from django.utils.translation import ngettext

from exchange.models import Import
from exchange.presenters.imports import Totals, grouped


def outlook(batch: Import, numbers: Totals) -> tuple[str, ...]:
    """What confirming will do, a sentence for each kind."""
    new = _will_publish if batch.publish else _will_be_own_draft if batch.own_only else _will_be_draft
    kinds = (
        (numbers.new, new),
        (numbers.changed, _will_change),
        (numbers.proposed, _will_propose),
        (numbers.unchanged, _will_stay),
    )
    return tuple(words(number) % {"count": grouped(number)} for number, words in kinds if number)


def still_to_do(batch: Import, drafts: int) -> str:
    """That drafts are not handed in by bringing in a file; ``drafts`` are those that are, or will be, left open."""
    if not (batch.own_only and drafts):
        return ""
    words = ngettext(
        "%(count)s draft still has to be handed in. Nobody but your organisation and the curators sees it until then.",
        "%(count)s drafts still have to be handed in. Nobody but your organisation and the curators sees them until"
        " then.",
        drafts,
    )
    return words % {"count": grouped(drafts)}


def hand_in(complete: int) -> str:
    """What the button says that hands in the drafts that lack nothing; "" where there are none."""
    words = ngettext("Hand in the %(count)s that is complete", "Hand in the %(count)s that are complete", complete)
    return words % {"count": grouped(complete)} if complete else ""


def handed_in(number: int) -> str:
    """What the button did."""
    words = ngettext(
        "%(count)s draft is handed in. It waits for a curator now.",
        "%(count)s drafts are handed in. They wait for a curator now.",
        number,
    )
    return words % {"count": grouped(number)}


def _will_publish(number: int) -> str:
    return ngettext(
        "%(count)s new partnership is published at once.", "%(count)s new partnerships are published at once.", number
    )


def _will_be_draft(number: int) -> str:
    return ngettext("%(count)s new partnership becomes a draft.", "%(count)s new partnerships become drafts.", number)


def _will_be_own_draft(number: int) -> str:
    return ngettext(
        "%(count)s new partnership becomes a draft. Only your organisation and the curators see it.",
        "%(count)s new partnerships become drafts. Only your organisation and the curators see them.",
        number,
    )


def _will_change(number: int) -> str:
    return ngettext("%(count)s partnership changes at once.", "%(count)s partnerships change at once.", number)


def _will_propose(number: int) -> str:
    return ngettext(
        "Your change of %(count)s published partnership becomes a proposed change: the public sees it once a curator"
        " has accepted it.",
        "Your changes of %(count)s published partnerships become proposed changes: the public sees them once a curator"
        " has accepted them.",
        number,
    )


def _will_stay(number: int) -> str:
    return ngettext(
        "%(count)s partnership is the same as in the register. Nothing happens to it.",
        "%(count)s partnerships are the same as in the register. Nothing happens to them.",
        number,
    )


def outcome(batch: Import, numbers: Totals) -> tuple[str, ...]:
    """What taking over did, a sentence for each kind."""
    new = _published if batch.publish else _drafted
    kinds = (
        (numbers.new, new),
        (numbers.changed, _changed),
        (numbers.proposed, _proposed),
        (numbers.unchanged, _stayed),
    )
    return tuple(words(number) % {"count": grouped(number)} for number, words in kinds if number)


def _published(number: int) -> str:
    return ngettext("%(count)s new partnership was published.", "%(count)s new partnerships were published.", number)


def _drafted(number: int) -> str:
    return ngettext("%(count)s new draft was made.", "%(count)s new drafts were made.", number)


def _changed(number: int) -> str:
    return ngettext("%(count)s partnership changed.", "%(count)s partnerships changed.", number)


def _proposed(number: int) -> str:
    return ngettext(
        "%(count)s proposed change went to the curators.", "%(count)s proposed changes went to the curators.", number
    )


def _stayed(number: int) -> str:
    return ngettext("%(count)s was the same as in the register.", "%(count)s were the same as in the register.", number)
