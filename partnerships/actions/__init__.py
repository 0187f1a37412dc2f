"""Writes that touch several tables: keyword-only, atomic, always in somebody's name.

``drafts``: logging a partnership and handing it in. ``phases``: its stretches of time. ``assessments``: answering about
one of them, and ``invitations`` to do so. ``moderation`` and ``checklists``: what curators do. Permission is the
caller's to check for a page; what may happen to a record in which status is checked here.
"""

from partnerships.actions.assessments import KindNotThere, Overtaken, save_assessment, submit_assessment
from partnerships.actions.base import NotAllowed, StaleVersion, locked
from partnerships.actions.checklists import save_checklists
from partnerships.actions.drafts import delete_draft, save_draft, seen_of, submit
from partnerships.actions.invitations import invite, withdraw_invitation
from partnerships.actions.moderation import adopt, free_slug, is_unfinished, publish, request_changes, withdraw
from partnerships.actions.phases import Overlap, delete_phase, move_phase, save_phase

__all__ = [
    "KindNotThere",
    "NotAllowed",
    "Overlap",
    "Overtaken",
    "StaleVersion",
    "adopt",
    "delete_draft",
    "delete_phase",
    "free_slug",
    "invite",
    "is_unfinished",
    "locked",
    "move_phase",
    "publish",
    "request_changes",
    "save_assessment",
    "save_checklists",
    "save_draft",
    "save_phase",
    "seen_of",
    "submit",
    "submit_assessment",
    "withdraw",
    "withdraw_invitation",
]
