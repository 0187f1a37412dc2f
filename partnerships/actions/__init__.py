"""Writes that touch several tables: keyword-only, atomic, always in somebody's name.

``drafts``: logging a partnership and handing it in. ``phases``: its stretches of time. ``assessments``: answering about
one of them, and ``invitations`` to do so. ``moderation`` and ``checklists``: what curators do.
``revisions``: changes of what is published. ``duplicates``: whether two records are one partnership. Permission is the
caller's to check for a page; what may happen to a record in which status is checked here.
"""

from partnerships.actions.assessments import KindNotThere, Overtaken, save_assessment, submit_assessment
from partnerships.actions.base import NotAllowed, StaleVersion, locked
from partnerships.actions.checklists import save_checklists
from partnerships.actions.drafts import delete_draft, save_draft, seen_of, submit
from partnerships.actions.duplicates import keep_apart, say_alike
from partnerships.actions.invitations import invite, withdraw_invitation
from partnerships.actions.moderation import (
    adopt,
    free_slug,
    is_unfinished,
    publish,
    refuse_unpublishable,
    request_changes,
    withdraw,
)
from partnerships.actions.phases import Overlap, delete_phase, move_phase, save_phase
from partnerships.actions.revisions import (
    accept_revision,
    decline_revision,
    hand_in_revision,
    open_revision,
    proposal,
    propose_again,
    seen_of_revision,
    send_revision_back,
    start_revision,
    take_back_revision,
)

__all__ = [
    "KindNotThere",
    "NotAllowed",
    "Overlap",
    "Overtaken",
    "StaleVersion",
    "accept_revision",
    "adopt",
    "decline_revision",
    "delete_draft",
    "delete_phase",
    "free_slug",
    "hand_in_revision",
    "invite",
    "is_unfinished",
    "keep_apart",
    "locked",
    "move_phase",
    "open_revision",
    "proposal",
    "propose_again",
    "publish",
    "refuse_unpublishable",
    "request_changes",
    "save_assessment",
    "save_checklists",
    "save_draft",
    "save_phase",
    "say_alike",
    "seen_of",
    "seen_of_revision",
    "send_revision_back",
    "start_revision",
    "submit",
    "submit_assessment",
    "take_back_revision",
    "withdraw",
    "withdraw_invitation",
]
