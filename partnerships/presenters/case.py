"""The case page: where a partnership stands, who takes part, its phases, what is claimed by whom, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships import dates
from partnerships.models import CaseStudy, Evidence, Partner, Partnership, Phase, Statement
from partnerships.presenters import words
from partnerships.presenters.cards import caption, where
from partnerships.presenters.claims import ClaimGroup, EvidenceGroup, by_source, claims, evidence
from partnerships.presenters.matrix import Link
from partnerships.presenters.movement import Arrow, arrow, path_words
from partnerships.presenters.position import PositionView, lens_position, position_view, tag
from taxonomy.codebook import CURRENT
from taxonomy.lenses import PROFESSIONAL, SECTOR
from taxonomy.questions import PARTY_KINDS


@dataclass(frozen=True)
class PartnerView:
    """One who takes part: what it does besides (never counted), and a note such as "consulted"."""

    name: str
    url: str
    lead: bool
    roles: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class PartnerGroup:
    """The partners of one kind."""

    kind: str
    partners: tuple[PartnerView, ...]


@dataclass(frozen=True)
class PhaseView:
    """A stretch of time with its position under the sector lens, and why."""

    name: str
    span: str
    planned: bool
    ended: bool
    tag: str
    open: bool
    text: str
    certainty: str
    inferred: bool


@dataclass(frozen=True)
class Fact:
    """A line of "at a glance"; no value is shown as "not stated"."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class PictureView:
    """A picture of the case study."""

    url: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True)
class StudyView:
    """The curated story."""

    headline: str
    body: str
    lessons: tuple[tuple[str, str], ...]
    pictures: tuple[PictureView, ...]


@dataclass(frozen=True)
class CasePage:
    """All that the case page shows."""

    title: str
    caption: str
    summary: str
    narrative: str
    aliases: str
    counted: bool
    position: PositionView
    caution: str
    why: str
    arrow: Arrow | None
    professional: PositionView | None
    hidden_inference: bool
    inferred: Fact | None
    movements: tuple[ClaimGroup, ...]
    partners: tuple[PartnerGroup, ...]
    phases: tuple[PhaseView, ...]
    claims: tuple[ClaimGroup, ...]
    evidence: tuple[EvidenceGroup, ...]
    study: StudyView | None
    facts: tuple[Fact, ...]
    parts: tuple[Link, ...]
    citation: str
    report_url: str

    @property
    def has_roles(self) -> bool:
        """Whether somebody has a role that is shown and never counted."""
        return any(partner.roles for group in self.partners for partner in group.partners)


# What a phase is called where a source divides nothing and names no time.
UNNAMED = "As described"


def case_page(partnership: Partnership, *, inferred: bool, today: date | None = None) -> CasePage:
    """Shape a partnership fetched with ``case_queryset``. Inferred positions show only when asked for."""
    phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
    now = next((phase for phase in phases if phase.current), None)
    position = lens_position(now, SECTOR, inferred=inferred)
    professional = lens_position(now, PROFESSIONAL, inferred=inferred)
    statements = sorted(partnership.statements.all(), key=lambda row: row.pk)
    view = position_view(position, was=_earlier(phases, now, inferred))
    undivided = len(phases) == 1 and phases[0].name == UNNAMED and not phases[0].starts
    return CasePage(
        title=partnership.title,
        caption=caption(partnership),
        summary=partnership.summary,
        narrative=partnership.narrative,
        aliases=", ".join(partnership.aliases),
        counted=partnership.unit in ("case", "programme", "component"),
        position=view if position.placed else replace(view, sentence=_unplaced(statements, phases) or view.sentence),
        caution=_caution(statements, now),
        why=phases[0].rationale if undivided and position.placed and not phases[0].is_inferred else "",
        arrow=next((arrow(row.from_cells, row.to_cells) for row in _of_sectors(statements, "movement")), None),
        professional=position_view(professional, PROFESSIONAL) if professional.placed else None,
        hidden_inference=bool(now and now.is_inferred and not inferred),
        inferred=_inference(now) if now and now.is_inferred and inferred else None,
        movements=by_source([row for row in statements if row.kind == "movement"], phases),
        partners=partner_groups(partnership),
        phases=tuple(
            phase_view(phase, inferred=inferred, today=today or timezone.localdate())
            for phase in (() if undivided else phases)
        ),
        claims=claims(statements, phases, inferred=inferred),
        evidence=evidence(partnership),
        study=study_view(partnership),
        facts=(*facts(partnership), Fact(_("Last change"), _day(partnership.updated_at))),
        parts=tuple(Link(part.title, part.get_absolute_url()) for part in _published_parts(partnership)),
        citation=citation(partnership, today or timezone.localdate()),
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
            "phases__assessments", "parts", "case_study__lessons", "case_study__images",
        )
    )  # fmt: skip


def _published_parts(partnership: Partnership) -> list[Partnership]:
    return sorted((part for part in partnership.parts.all() if part.is_published), key=lambda part: part.search_title)


def _earlier(phases: list[Phase], now: Phase | None, inferred: bool) -> frozenset[int]:
    """Cells of earlier actual phases, to be drawn dashed."""
    cells: set[int] = set()
    for phase in phases:
        if phase != now and not phase.planned and now and phase.order < now.order:
            cells.update(lens_position(phase, SECTOR, inferred=inferred).cells)
    return frozenset(cells)


def _unplaced(statements: list[Statement], phases: list[Phase]) -> str:
    """What sources do say about something that stands nowhere: a movement, or the place of its class."""
    if phases and all(phase.planned for phase in phases):
        return _("It is only planned so far.")
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


def partner_groups(partnership: Partnership) -> tuple[PartnerGroup, ...]:
    """Partners by kind, leads first."""
    partners = sorted(partnership.partners.all(), key=lambda partner: (not partner.lead, partner.pk))
    groups = []
    for kind in PARTY_KINDS:
        members = tuple(
            PartnerView(
                name=partner.name,
                url=partner.organisation.get_absolute_url() if partner.organisation else "",
                lead=partner.lead,
                roles=tuple(str(words.ROLES[code]) for code in partner.roles),
                note=partner.note,
            )
            for partner in partners
            if partner.kind == kind.code
        )
        if members:
            groups.append(PartnerGroup(_(kind.plural), members))
    return tuple(groups)


def phase_view(phase: Phase, *, inferred: bool, today: date) -> PhaseView:
    """One phase in words."""
    position = lens_position(phase, SECTOR, inferred=inferred)
    shown = not phase.is_inferred or inferred
    return PhaseView(
        name=phase.name,
        span=dates.span(
            dates.write(phase.starts, phase.starts_precision), dates.write(phase.ends, phase.ends_precision)
        ),
        planned=phase.planned,
        ended=bool(phase.ends and phase.ends < today),
        tag=tag(position),
        open=not position.settled,
        text=(phase.reason if phase.is_inferred else phase.rationale) if shown else "",
        certainty=words.term("CERTAINTIES", phase.certainty) if shown else "",
        inferred=phase.is_inferred and inferred,
    )


def study_view(partnership: Partnership) -> StudyView | None:
    """The case study, if there is one."""
    study: CaseStudy | None = getattr(partnership, "case_study", None)
    if study is None:
        return None
    return StudyView(
        headline=study.headline,
        body=study.body,
        lessons=tuple((words.term("LESSON_THEMES", lesson.theme), lesson.text) for lesson in study.lessons.all()),
        pictures=tuple(
            PictureView(
                reverse("case-image", args=[partnership.slug, image.pk]),
                image.alt, image.caption, image.credit, image.width, image.height,
            )
            for image in study.images.all()
        ),
    )  # fmt: skip


def facts(partnership: Partnership) -> tuple[Fact, ...]:
    """At a glance. The first lines always stand, so that a gap shows; the optional dimensions only where stated."""
    parent = partnership.part_of
    always = [
        Fact(_("Unit"), words.unit(partnership.unit)),
        Fact(_("Where"), where(partnership)),
        Fact(_("Service area"), ", ".join(words.area(code) for code in partnership.service_areas)),
    ]
    stated = [
        Fact(_("Part of"), parent.title, parent.get_absolute_url()) if parent and parent.is_published else None,
        Fact(_("Vehicle"), words.term("VEHICLES", partnership.vehicle)),
        Fact(_("Risk carried by"), words.term("RISK_CARRIERS", partnership.risk)),
        Fact(_("Reaches"), words.term("REACHED", partnership.reached)),
        Fact(_("Level"), words.term("LEVELS_OF_POWER", partnership.level)),
        Fact(_("Nature"), ", ".join(words.term("NATURES", code) for code in partnership.nature)),
        Fact(_("Nature judged by"), words.term("NATURE_BASES", partnership.nature_basis)),
        Fact(_("Effect"), words.term("EFFECTS", partnership.effect)),
        Fact(_("Interaction"), words.term("INTERACTIONS", partnership.interaction)),
        Fact(_("Stages"), ", ".join(words.term("STAGES", code) for code in partnership.stages)),
        Fact(_("Design began"), words.term("DESIGN_APPROACHES", partnership.design_approach)),
        Fact(_("Definition used"), words.term("DEFINITIONS", partnership.definition)),
        Fact(_("Tags"), ", ".join(partnership.tags)),
        Fact(
            _("Last confirmed"), date_format(partnership.last_confirmed, "j F Y") if partnership.last_confirmed else ""
        ),
    ]
    return (*always, *(fact for fact in stated if fact and fact.value))


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def citation(partnership: Partnership, today: date) -> str:
    """How to cite the page: title, register, last change, codebook, address and day."""
    return _(
        "“%(title)s”. Co-production Matrix, a register of public-service partnerships, "
        "record of %(changed)s, codebook %(codebook)s. %(url)s (seen %(date)s)."
    ) % {
        "title": partnership.title,
        "changed": _day(partnership.updated_at),
        "codebook": CURRENT.version,
        "url": settings.SITE_URL + partnership.get_absolute_url(),
        "date": date_format(today, "j F Y"),
    }
