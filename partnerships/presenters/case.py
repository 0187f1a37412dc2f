"""The case page: where a partnership stands and why, who takes part, its phases, and what is claimed by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import ChecklistItem, Evidence, Partner, Partnership, Phase, Statement
from partnerships.presenters import words
from partnerships.presenters.cards import caption
from partnerships.presenters.checklists import PhaseChecklists, checklists
from partnerships.presenters.claims import ClaimGroup, EvidenceGroup, by_source, claims, evidence
from partnerships.presenters.comparison import PhaseComparison, comparisons
from partnerships.presenters.glance import Fact, facts
from partnerships.presenters.matrix import Link
from partnerships.presenters.movement import Arrow, arrow, path_words
from partnerships.presenters.partners import PartnerGroup, partner_groups
from partnerships.presenters.perspectives import Assessed, PhasePerspectives, assessed, disputed, perspectives
from partnerships.presenters.phases import PhaseView, never_came, phase_view, undivided
from partnerships.presenters.position import PositionView, lens_position, position_view
from partnerships.presenters.sites import Sites, sites, with_sites
from partnerships.presenters.study import StudyView, study_view
from partnerships.presenters.why import WhyView, why
from taxonomy import codebook
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.vocabulary import COUNTED_UNITS


@dataclass(frozen=True)
class CasePage:
    """All that the case page shows."""

    title: str
    caption: str
    summary: str
    narrative: str
    aliases: str
    counted: bool
    placed: bool
    position: PositionView
    disputed: bool
    caution: str
    reason: str
    why: WhyView | None
    arrow: Arrow | None
    professional: PositionView | None
    professional_disputed: bool
    hidden_inference: bool
    inferred: Fact | None
    movements: tuple[ClaimGroup, ...]
    partners: tuple[PartnerGroup, ...]
    phases: tuple[PhaseView, ...]
    perspectives: tuple[PhasePerspectives, ...]
    comparisons: tuple[PhaseComparison, ...]
    checklists: tuple[PhaseChecklists, ...]
    sites: Sites | None
    claims: tuple[ClaimGroup, ...]
    evidence: tuple[EvidenceGroup, ...]
    study: StudyView | None
    facts: tuple[Fact, ...]
    assess_url: str
    citation: str
    report_url: str

    @property
    def has_roles(self) -> bool:
        """Whether somebody has a role that is shown and never counted."""
        return any(partner.roles for group in self.partners for partner in group.partners)

    @property
    def contents(self) -> tuple[Link, ...]:
        """Links to the sections of a page that is long enough to need them."""
        if not (self.perspectives or self.comparisons or self.checklists or self.sites):
            return ()
        sections = (
            ("why", _("Why it stands here"), self.why),
            ("partners", _("Who takes part"), True),
            ("phases", _("Phases"), self.phases),
            ("parts", _("Parts of it in the register"), self.sites),
            ("study", _("Case study"), self.study),
            ("views", _("Who sees it how"), self.perspectives),
            ("beside", _("Sources beside assessments"), self.comparisons),
            ("done", _("What was done"), self.checklists),
            ("claims", _("What is claimed, and by whom"), True),
            ("evidence", _("Evidence"), True),
        )
        return tuple(Link(text, f"#{anchor}") for anchor, text, there in sections if there)


def case_page(
    partnership: Partnership, *, inferred: bool, may_assess: bool = False, today: date | None = None
) -> CasePage:
    """Shape a partnership fetched with ``case_queryset``. Inferred positions show only when asked for.

    ``may_assess`` says whether whoever reads it may give their view of its phases.
    """
    today = today or timezone.localdate()
    phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
    now = next((phase for phase in phases if phase.current), None)
    found = assessed(phases)
    statements = sorted(partnership.statements.all(), key=lambda row: row.pk)
    position = lens_position(now, SECTOR, inferred=inferred)
    professional = lens_position(now, PROFESSIONAL, inferred=inferred)
    view = position_view(position, was=_earlier(phases, now, inferred))
    urls = _assess_urls(partnership, phases) if may_assess else {}
    undated = undivided(phases)
    return CasePage(
        title=partnership.title,
        caption=caption(partnership),
        summary=partnership.summary,
        narrative=partnership.narrative,
        aliases=", ".join(partnership.aliases),
        counted=partnership.unit in COUNTED_UNITS,
        placed=position.placed,
        position=view
        if position.placed
        else replace(view, sentence=_unplaced(statements, phases, today) or view.sentence),
        disputed=_disputed(found, now, SECTOR),
        caution=_caution(statements, now),
        reason=phases[0].rationale if undated and position.placed and not phases[0].is_inferred else "",
        why=why(now, found),
        arrow=next((arrow(row.from_cells, row.to_cells) for row in _of_sectors(statements, "movement")), None),
        professional=position_view(professional, PROFESSIONAL) if professional.placed else None,
        professional_disputed=_disputed(found, now, PROFESSIONAL),
        hidden_inference=bool(now and now.is_inferred and not inferred),
        inferred=_inference(now) if now and now.is_inferred and inferred else None,
        movements=by_source([row for row in statements if row.kind == "movement"], phases),
        partners=partner_groups(partnership),
        phases=tuple(
            phase_view(phase, phases, inferred=inferred, today=today, assess_url=urls.get(phase.pk, ""))
            for phase in (() if undated else phases)
        ),
        perspectives=perspectives(phases, found),
        comparisons=comparisons(phases, found, statements),
        checklists=checklists(phases),
        sites=sites(partnership.sites, now, inferred=inferred),
        claims=claims(statements, phases, found, inferred=inferred),
        evidence=evidence(partnership),
        study=study_view(partnership),
        facts=(*facts(partnership), Fact(_("Last change"), _day(partnership.updated_at))),
        assess_url=urls.get(phases[0].pk, "") if undated else "",
        citation=citation(partnership, _placed_under(now, found), today),
        report_url=reverse("report") + f"?about={partnership.slug}",
    )


def case_queryset() -> QuerySet:
    """Published partnerships with all that the case page reads, in a fixed number of queries."""
    return (
        Partnership.objects.published()
        .select_related("part_of", "case_study", "organisation")
        .prefetch_related(
            Prefetch("partners", Partner.objects.select_related("organisation")),
            Prefetch("statements", Statement.objects.select_related("source")),
            Prefetch("evidence", Evidence.objects.select_related("source")),
            Prefetch("phases__checklist", ChecklistItem.objects.select_related("source")),
            "phases__assessments", with_sites(), "case_study__lessons", "case_study__images",
        )
    )  # fmt: skip


def _assess_urls(partnership: Partnership, phases: list[Phase]) -> dict[int, str]:
    """Where to give a view of each phase; what no assessment can place has no questions."""
    if partnership.unit not in COUNTED_UNITS:
        return {}
    return {phase.pk: reverse("assess-start", args=[partnership.slug, phase.pk]) for phase in phases}


def _disputed(found: tuple[Assessed, ...], phase: Phase | None, lens: Lens) -> bool:
    return disputed([one for one in found if one.phase == phase], lens)


def _placed_under(phase: Phase | None, found: tuple[Assessed, ...]) -> str:
    """The version of the codebook that the position rests on, else the one in use."""
    versions = (one.row.codebook for one in found if one.phase == phase and one.adopted)
    return next(versions, codebook.CURRENT.version)


def _earlier(phases: list[Phase], now: Phase | None, inferred: bool) -> frozenset[int]:
    """Cells of earlier actual phases, to be drawn dashed."""
    cells: set[int] = set()
    for phase in phases:
        if phase != now and not phase.planned and now and phase.order < now.order:
            cells.update(lens_position(phase, SECTOR, inferred=inferred).cells)
    return frozenset(cells)


def _unplaced(statements: list[Statement], phases: list[Phase], today: date) -> str:
    """What sources do say about something that stands nowhere: a plan, a movement, or the place of its class."""
    if phases and all(phase.planned for phase in phases):
        return never_came(phases[-1], phases, today) or _("It is only planned so far.")
    for row in _of_sectors(statements, "movement"):
        path = {"path": path_words(row.from_cells, row.to_cells)}
        return _("A source describes a movement %(path)s, not one place.") % path
    for row in _of_sectors(statements, "inherited"):
        cells = {"cells": words.cells(row.cells)}
        return _("Its type of scheme is placed in %(cells)s; nothing is said of this one.") % cells
    return ""


def _of_sectors(statements: list[Statement], kind: str) -> list[Statement]:
    """Statements of a kind under the sector lens, the one that the page draws first."""
    return [row for row in statements if row.kind == kind and row.lens == SECTOR.code]


def _caution(statements: list[Statement], phase: Phase | None) -> str:
    """The hedge of the statement that the position rests on."""
    adopted = phase.adopted_statement_id if phase else None
    hedge = next((row.hedge for row in statements if row.pk == adopted), "")
    return _("Closest fit: the source says “%(hedge)s”.") % {"hedge": hedge} if hedge else ""


def _inference(phase: Phase) -> Fact:
    return Fact(
        _("Inferred by a coder, %(confidence)s confidence")
        % {"confidence": words.term("CONFIDENCES", phase.confidence).lower()},
        phase.reason,
    )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def citation(partnership: Partnership, version: str, today: date) -> str:
    """How to cite the page: title, register, last change, codebook, address and day."""
    return _(
        "“%(title)s”. Co-production Matrix, a register of public-service partnerships, "
        "record of %(changed)s, codebook %(codebook)s. %(url)s (seen %(date)s)."
    ) % {
        "title": partnership.title,
        "changed": _day(partnership.updated_at),
        "codebook": version,
        "url": settings.SITE_URL + partnership.get_absolute_url(),
        "date": date_format(today, "j F Y"),
    }
