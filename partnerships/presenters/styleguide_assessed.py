"""Made-up assessments for the style guide: why something stands where it stands, and how it looks to several people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from partnerships.models import Assessment, Phase
from partnerships.positions import of_assessment
from partnerships.presenters.checklists import AnswerGroup, ItemView, ListView, PhaseChecklists
from partnerships.presenters.comparison import ComparisonView, PhaseComparison
from partnerships.presenters.explanation import ExplanationView, explanation_view
from partnerships.presenters.matrix import Link
from partnerships.presenters.perspectives import Assessed, PhasePerspectives, perspectives
from partnerships.presenters.record_diff import Difference
from partnerships.presenters.record_pairs import Fold
from partnerships.presenters.sites import SiteCell, SiteGroup, Sites

NO_LINK = "#"
NAMES = {"public": ["Utrecht"], "third_sector": ["The Old Mill"], "citizens": []}
PUBLIC = {
    "outcomes": {"public": "led", "third_sector": "asked", "citizens": "asked"},
    "model": {"public": "led", "third_sector": "together"},
    "detail": {"public": "led", "third_sector": "unknown"},
    "signoff": {"public": "led", "third_sector": "together"},
    "run": {"third_sector": "led"},
    "front": {"third_sector": "together", "citizens": "together"},
    "check": {"public": "led"},
}
USERS = {
    **PUBLIC,
    "outcomes": {"public": "together", "third_sector": "together", "citizens": "together"},
    "detail": "na",
    "run": {"public": "together", "third_sector": "led"},
}


@dataclass(frozen=True)
class AssessedGuide:
    """The examples."""

    explanation: ExplanationView
    alone: PhasePerspectives
    several: PhasePerspectives
    crowd: PhasePerspectives
    comparison: PhaseComparison
    checklists: PhaseChecklists
    sites: Sites
    many_sites: Sites
    differences: tuple[Difference, ...]


def assessed_guide() -> AssessedGuide:
    """Build the examples."""
    public = _assessed(1, _("Public body"), method="guided", answers=PUBLIC)
    users = _assessed(2, _("Users or community"), method="guided", answers=USERS, by_invitation=True)
    stated = _assessed(3, _("Researcher"), method="direct", design="shared", reason=_("The plan names both."))
    third = _assessed(4, _("Third sector"), method="guided", answers=PUBLIC)
    other = _assessed(5, _("Curator of this register"), method="guided", answers=USERS)
    return AssessedGuide(
        explanation=explanation_view(PUBLIC, NAMES),
        alone=_seen(public),
        several=_seen(public, users, stated),
        crowd=_seen(public, users, third, other),
        comparison=_comparison(),
        checklists=_checklists(),
        sites=_sites(("5 · Full Co-Production", 2), ("7 · Co-Management", 1)),
        many_sites=_sites(("5 · Full Co-Production", 9), ("7 · Co-Management", 7)),
        differences=(
            Difference(_("The partnership"), _("Title"), _("Walks"), _("Walks in the park")),
            Difference(_("The partnership"), _("Tags"), "", _("Added: health")),
            Difference(_("Phase “First year”"), _("Design"), _("Public sector"), _("Shared")),
            Difference(
                _("Assessments"),
                _("Public body, 3 March 2026"),
                "7 · Co-Management",
                "4 · Co-Management",
                Fold(
                    _("The answer that differs"),
                    (Difference("", _("Who runs it day to day?"), _("The charity leads"), _("Both lead")),),
                ),
            ),
        ),
    )


PHASE = Phase(pk=1, name="Pilot", current=True, adopted_assessment_id=1)


def _assessed(number: int, name: str, **fields: object) -> Assessed:
    signed = datetime(2026, 3, number, 12, tzinfo=UTC)
    row = Assessment(pk=number, phase=PHASE, codebook="1.0", submitted_at=signed, **fields)
    return Assessed(row, PHASE, of_assessment(row), name)


def _seen(*found: Assessed) -> PhasePerspectives:
    [view] = perspectives([PHASE], found)
    return view


def _comparison() -> PhaseComparison:
    rows = (
        (_("Same cell"), _("Both say 4."), "", _("By profession")),
        (
            _("Different cell"),
            _("The source says 8, the assessment 5. They differ on delivery."),
            _("It speaks of the whole, not of this phase."),
            "",
        ),
        (_("Not comparable"), _("The source places its type of scheme, not this one."), "", ""),
    )
    source = (_("Evaluation of the first year"), NO_LINK, _("page 12"))
    views = (ComparisonView(*source, lens, about, verdict, why) for verdict, why, about, lens in rows)
    return PhaseComparison("", True, _("Public body"), tuple(views))


def _checklists() -> PhaseChecklists:
    source = (_("Evaluation of the first year"), NO_LINK, _("page 5"), _("A survey of 300 residents."))
    steps = ListView(
        _("Steps of designing together"),
        _("Steps may overlap, and few partnerships take all of them."),
        _("An evaluation, paras 5.8 and 5.9"),
        (
            AnswerGroup(
                _("Done"),
                (
                    ItemView(_("A timetable with milestones was drawn up"), "2012-02", "", "", "", ""),
                    ItemView(_("Facts were gathered and users were consulted"), "2012-01 to 2012-09", *source),
                ),
            ),
            AnswerGroup(_("Not done"), (ItemView(_("Groups worked on single themes"), "", "", "", "", ""),)),
            AnswerGroup(_("Not known"), (ItemView(_("Partners met in design workshops"), "", "", "", "", ""),)),
        ),
        _("The plan was worked out in detail"),
    )
    return PhaseChecklists("", True, (steps,), _("Six features; Four principles"))


def _sites(*cells: tuple[str, int]) -> Sites:
    counts = {int(place[0]): count for place, count in cells}
    return Sites(
        rows=tuple(tuple(SiteCell(n, counts.get(n, 0)) for n in range(row * 3 + 1, row * 3 + 4)) for row in range(3)),
        placed=tuple(
            SiteGroup(place, tuple(Link(_("Site %(number)s") % {"number": n + 1}, NO_LINK) for n in range(count)))
            for place, count in cells
        ),
        others=(SiteGroup(_("In no single cell"), (Link(_("Kitchen at the Old Mill"), NO_LINK, "2, 5 or 8"),)),),
        own=_("The whole stands where its source puts it, whatever its parts do."),
    )
