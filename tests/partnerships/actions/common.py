"""What tests of the acts do again and again."""

from typing import Any

from django.db import models

from accounts.models import User
from partnerships import actions
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase

# The council led, the charity was asked; the charity delivers: cell 7 (the first of the worked examples).
ANSWERS: dict[str, Any] = {
    "outcomes": {"public": "led", "third_sector": "none"},
    "model": {"public": "led", "third_sector": "asked"},
    "detail": {"public": "led", "third_sector": "asked"},
    "signoff": {"public": "led", "third_sector": "none"},
    "run": {"public": "none", "third_sector": "led"},
    "front": {"public": "none", "third_sector": "led"},
}


def save(officer: User, draft: Partnership | None = None, **changes: Any) -> Partnership:
    """Save a draft as the officer's form does; ``changes`` replaces whole arguments of the action."""
    arguments = {
        "version": draft.version if draft else None,
        "fields": {"title": "Recovery college", "unit": "case", "countries": ["GB"]},
        "partners": [
            {"kind": "public", "name": "Leith Council", "lead": True},
            {"kind": "third_sector", "name": "Hill Trust"},
        ],
        "phase": {"name": "Pilot"},
    }
    return actions.save_draft(by=officer, partnership=draft, **{**arguments, **changes})


def answer(
    assessor: Assessor, *, opened: str | None = None, method: str | None = "guided", **values: Any
) -> Assessment:
    """Save answers as a page does that was made a moment ago."""
    opened = assessor.again().opened(values) if opened is None else opened
    return actions.save_assessment(assessor=assessor, values=values, opened=opened, method=method)


def answer_all(phase: Phase, by: User) -> Assessment:
    """Answer the six questions about a phase of a draft."""
    return answer(Assessor(phase, user=by), **ANSWERS, perspective="public_body")


def state_directly(phase: Phase, by: User, **changes: str) -> Assessment:
    """State both responsibilities about a phase of a draft."""
    claim = {"perspective": "public_body", "design": "shared", "delivery": "", "reason": "The contract of 2013"}
    return answer(Assessor(phase, user=by), method="direct", **{**claim, **changes})


def values_of(row: models.Model) -> dict[str, Any]:
    """Every column of a row as the database has it."""
    return type(row)._default_manager.filter(pk=row.pk).values().get()


def last_change(row: models.Model) -> tuple[str, User | None]:
    """What the newest row of history says: why, and who."""
    entry = row.history.first()
    return entry.history_change_reason or "", entry.history_user
