"""The case page: where a partnership stands and why, who takes part, its phases, and what is claimed by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import ChecklistItem, Evidence, Partner, Partnership, Phase, Statement
from partnerships.presenters.cards import caption
from partnerships.presenters.checklists import PhaseChecklists, checklists
from partnerships.presenters.citation import CiteThis, cite_case
from partnerships.presenters.claims import ClaimGroup, EvidenceGroup, by_source, claims, evidence
from partnerships.presenters.compare import pick_url
from partnerships.presenters.comparison import PhaseComparison, comparisons
from partnerships.presenters.glance import Fact, facts
from partnerships.presenters.matrix import Link
from partnerships.presenters.partners import PartnerGroup, partner_groups
from partnerships.presenters.path import PathView, path
from partnerships.presenters.perspectives import PhasePerspectives, perspectives
from partnerships.presenters.phases import PhaseView, phase_view
from partnerships.presenters.related import Related, neighbours
from partnerships.presenters.sites import Sites, sites
from partnerships.presenters.standing import Reading, Standing, standing
from partnerships.presenters.study import StudyView, study_view
from taxonomy.vocabulary import COUNTED_UNITS

Around = tuple[list[Partnership], tuple[Related, ...]]


@dataclass(frozen=True)
class CasePage(Standing):
    """All that the case page shows."""

    title: str
    caption: str
    summary: str
    narrative: str
    aliases: str
    movements: tuple[ClaimGroup, ...]
    partners: tuple[PartnerGroup, ...]
    phases: tuple[PhaseView, ...]
    path: PathView | None
    perspectives: tuple[PhasePerspectives, ...]
    comparisons: tuple[PhaseComparison, ...]
    checklists: tuple[PhaseChecklists, ...]
    sites: Sites | None
    claims: tuple[ClaimGroup, ...]
    evidence: tuple[EvidenceGroup, ...]
    study: StudyView | None
    facts: tuple[Fact, ...]
    related: tuple[Related, ...]
    compare_url: str
    assess_url: str
    cite: CiteThis
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
            ("related", _("Related records"), self.related),
        )
        return tuple(Link(text, f"#{anchor}") for anchor, text, there in sections if there)


def case_page(
    partnership: Partnership, *, inferred: bool, may_assess: bool = False, today: date | None = None,
    around: Around | None = None,
) -> CasePage:  # fmt: skip
    """Shape a partnership fetched with ``case_queryset``. Inferred positions show only when asked for.

    ``may_assess`` says whether whoever reads it may give their view of its phases. ``around`` are its parts and the
    records near to it, where they are not those of the register of today.
    """
    read = Reading.of(partnership, inferred=inferred, today=today or timezone.localdate())
    urls = _assess_urls(partnership, read.phases) if may_assess else {}
    parts, related = around or neighbours(partnership, read.now, inferred=inferred)
    return CasePage(
        **vars(standing(read)),
        title=partnership.title,
        caption=caption(partnership),
        summary=partnership.summary,
        narrative=partnership.narrative,
        aliases=", ".join(partnership.aliases),
        movements=by_source([row for row in read.statements if row.kind == "movement"], read.phases),
        partners=partner_groups(partnership),
        phases=_phases(read, urls),
        path=path(read.phases, inferred=inferred),
        perspectives=perspectives(read.phases, read.found),
        comparisons=comparisons(read.phases, read.found, read.statements),
        checklists=checklists(read.phases),
        sites=sites(parts, read.now, inferred=inferred),
        claims=claims(read.statements, read.phases, read.found, inferred=inferred),
        evidence=evidence(partnership),
        study=study_view(partnership),
        facts=(*facts(partnership), Fact(_("Last change"), _day(partnership.updated_at))),
        related=related,
        compare_url=pick_url([partnership.slug], inferred=inferred),
        assess_url=urls.get(read.phases[0].pk, "") if read.undated else "",
        cite=cite_case(partnership, read.today),
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
            "phases__assessments", "case_study__lessons", "case_study__images",
        )
    )  # fmt: skip


def _assess_urls(partnership: Partnership, phases: list[Phase]) -> dict[int, str]:
    """Where to give a view of each phase; what no assessment can place has no questions."""
    if partnership.unit not in COUNTED_UNITS:
        return {}
    return {phase.pk: reverse("assess-start", args=[partnership.slug, phase.pk]) for phase in phases}


def _phases(read: Reading, urls: dict[int, str]) -> tuple[PhaseView, ...]:
    """The phases in words; none where the record has one only that nobody named or dated."""
    return tuple(
        phase_view(
            phase, read.phases, inferred=read.inferred, today=read.today, assess_url=urls.get(phase.pk, "")
        )
        for phase in (() if read.undated else read.phases)
    )  # fmt: skip


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
