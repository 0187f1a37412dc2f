"""Phases in words: when, where each stands, and plans of which nothing more is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from partnerships import dates
from partnerships.models import Phase
from partnerships.models.phase import UNNAMED
from partnerships.presenters import words
from partnerships.presenters.position import lens_position, tag
from taxonomy.lenses import SECTOR


@dataclass(frozen=True)
class PhaseView:
    """A stretch of time with its position under the sector lens, and why.

    ``never_came`` is for a plan whose time has passed. ``assess_url`` leads whoever may give their view to the
    questions, and is "" for everybody else.
    """

    name: str
    span: str
    planned: bool
    ended: bool
    tag: str
    open: bool
    text: str
    certainty: str
    inferred: bool
    never_came: str = ""
    assess_url: str = ""


def phase_view(
    phase: Phase, phases: Sequence[Phase] = (), *, inferred: bool, today: date, assess_url: str = ""
) -> PhaseView:
    """One phase in words; ``phases`` are all of its record."""
    position = lens_position(phase, SECTOR, inferred=inferred)
    shown = not phase.is_inferred or inferred
    return PhaseView(
        name=phase.name,
        span=_span(phase),
        planned=phase.planned,
        ended=bool(phase.ends and phase.ends < today) and not phase.planned,
        tag=tag(position),
        open=not position.settled,
        text=(phase.reason if phase.is_inferred else phase.rationale) if shown else "",
        certainty=words.term("CERTAINTIES", phase.certainty) if shown else "",
        inferred=phase.is_inferred and inferred,
        never_came=never_came(phase, phases, today),
        assess_url=assess_url,
    )


def undivided(phases: Sequence[Phase]) -> bool:
    """Whether the record has one phase that nobody named or dated, which is no list of phases."""
    return len(phases) == 1 and phases[0].name == UNNAMED and not phases[0].starts


def never_came(phase: Phase, phases: Sequence[Phase], today: date) -> str:
    """That a plan's time has passed and nothing actual followed it; "" for all others."""
    if not phase.planned or not _passed(phase, today) or any(_follows(other, phase) for other in phases):
        return ""
    if phase.starts is None:
        return _("It was planned %(until)s; nothing here says that it came.") % {"until": _span(phase)}
    when = _span(phase) if phase.ends else dates.write(phase.starts, phase.starts_precision)
    return _("It was planned for %(when)s; nothing here says that it came.") % {"when": when}


def _span(phase: Phase) -> str:
    return dates.span(dates.write(phase.starts, phase.starts_precision), dates.write(phase.ends, phase.ends_precision))


def _passed(plan: Phase, today: date) -> bool:
    """Whether the last day on which a plan could have begun lies behind; an undated plan has no such day."""
    if plan.starts is None:
        return bool(plan.ends and plan.ends < today)
    latest = dates.parse(dates.write(plan.starts, plan.starts_precision), end=True)[0]
    return (min(latest, plan.ends) if plan.ends else latest) < today


def _follows(other: Phase, plan: Phase) -> bool:
    """Whether something actual comes after a plan, by order or by date."""
    if other.planned:
        return False
    return other.order > plan.order or bool(other.starts and plan.starts and other.starts >= plan.starts)
