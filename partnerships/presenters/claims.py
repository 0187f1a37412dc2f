"""What is claimed about a partnership and by whom, and the places in sources that support it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.models import Evidence, Partnership, Phase, Statement
from partnerships.positions import LensPosition
from partnerships.presenters import words
from partnerships.presenters.movement import path_words
from partnerships.presenters.perspectives import Assessed
from partnerships.presenters.position import lens_position, tag
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens


@dataclass(frozen=True)
class Beside:
    """What a claim says under another lens than the one that its row is about."""

    lens: str
    design: str
    delivery: str
    position: str


@dataclass(frozen=True)
class ClaimView:
    """One row of "who says what": a source's statement, somebody's assessment, or the register's adopted position.

    ``beside`` is the same claim under the professional lens, where it speaks under both. ``invited`` marks an
    assessment given by invitation.
    """

    who: str
    tag: str
    place: str
    phase: str
    says: str
    hedge: str
    design: str
    delivery: str
    position: str
    paraphrase: str
    adopted: bool
    invited: bool = False
    beside: Beside | None = None


@dataclass(frozen=True)
class ClaimGroup:
    """What one source says, or what was assessed and adopted (those have no source to link to).

    ``address`` is where the source itself is found, for paper.
    """

    heading: str
    url: str
    rows: tuple[ClaimView, ...]
    address: str = ""


@dataclass(frozen=True)
class EvidenceView:
    """A place in a source and what it supports."""

    place: str
    supports: str
    grade: str
    note: str


@dataclass(frozen=True)
class EvidenceGroup:
    """The places of one source; ``address`` is where it is found, for paper."""

    source: str
    url: str
    places: tuple[EvidenceView, ...]
    address: str = ""


def claims(
    statements: list[Statement], phases: list[Phase], assessed: tuple[Assessed, ...], *, inferred: bool
) -> tuple[ClaimGroup, ...]:
    """What sources say, what was assessed, and what the register adopted: separate rows, none hiding another."""
    groups = by_source([row for row in statements if row.kind != "movement"], phases, inferred=inferred)
    several = len(phases) > 1
    if assessed:
        rows = tuple(_assessment(one, several=several) for one in assessed)
        groups += (ClaimGroup(_("Assessments"), "", rows),)
    adopted = tuple(_adopted(phase, several=several) for phase in phases if _shows(phase, inferred))
    return groups + ((ClaimGroup(_("This register"), "", adopted),) if adopted else ())


def by_source(statements: list[Statement], phases: list[Phase], *, inferred: bool = False) -> tuple[ClaimGroup, ...]:
    """Statements under the source that makes them."""
    sources = {row.source_id: row.source for row in statements}
    return tuple(
        ClaimGroup(
            source.title,
            source.get_absolute_url(),
            tuple(_statement(r, phases, inferred=inferred) for r in statements if r.source_id == pk),
            source.url,
        )
        for pk, source in sources.items()
    )


def _shows(phase: Phase, inferred: bool) -> bool:
    return bool(phase.certainty) and (inferred or not phase.is_inferred)


def _statement(row: Statement, phases: list[Phase], *, inferred: bool) -> ClaimView:
    """One statement. What it inherits from its class is an inference, and shows with the others only."""
    lens = LENSES[row.lens]
    shown = inferred or row.kind != "inherited"
    names = {phase.pk: phase.name for phase in phases} if len(phases) > 1 else {}
    return ClaimView(
        who=capfirst(row.perspective) or _("The source"),
        tag=_("reading %(reading)s") % {"reading": row.reading} if row.reading else "",
        place=row.place,
        phase=names.get(row.phase_id, ""),
        says=_says(row),
        hedge=row.hedge,
        design=words.level(lens, row.design) if row.design and shown else _("Not said"),
        delivery=words.level(lens, row.delivery) if row.delivery and shown else _("Not said"),
        position=_stands(row) if shown else "",
        paraphrase=row.paraphrase,
        adopted=any(phase.adopted_statement_id == row.pk for phase in phases),
    )


def _stands(row: Statement) -> str:
    return path_words(row.from_cells, row.to_cells) if row.kind == "movement" else words.cells(row.cells)


def _says(row: Statement) -> str:
    """The model or type that the source names, and how sure it is."""
    return ". ".join(filter(None, [row.label, words.term("STATEMENT_KINDS", row.kind), _lens(LENSES[row.lens])]))


def _assessment(one: Assessed, *, several: bool) -> ClaimView:
    row, position = one.row, one.under(SECTOR)
    return ClaimView(
        who=one.name,
        tag=words.term("METHODS", row.method),
        place=one.date,
        phase=one.phase.name if several else "",
        says=_("Codebook %(version)s") % {"version": row.codebook},
        hedge="",
        design=words.level(SECTOR, position.design),
        delivery=words.level(SECTOR, position.delivery),
        position=tag(position),
        paraphrase=row.reason,
        adopted=one.adopted,
        invited=row.by_invitation,
        beside=_beside(one.under(PROFESSIONAL)),
    )


def _beside(position: LensPosition) -> Beside | None:
    """The professional lens beside the sector's, where something is known under it."""
    if not position.placed:
        return None
    return Beside(
        lens=_(PROFESSIONAL.name),
        design=words.level(PROFESSIONAL, position.design),
        delivery=words.level(PROFESSIONAL, position.delivery),
        position=tag(position, PROFESSIONAL),
    )


def _adopted(phase: Phase, *, several: bool) -> ClaimView:
    lens = SECTOR if phase.placed() else PROFESSIONAL
    position = lens_position(phase, lens)
    return ClaimView(
        who=_adopted_by(phase),
        tag=words.term("CERTAINTIES", phase.certainty),
        place="",
        phase=phase.name if several else "",
        says=_lens(lens),
        hedge="",
        design=words.level(lens, position.design),
        delivery=words.level(lens, position.delivery),
        position=tag(position, lens),
        paraphrase=phase.rationale,
        adopted=False,
        beside=_beside(lens_position(phase, PROFESSIONAL)) if lens is SECTOR else None,
    )


def _lens(lens: Lens) -> str:
    return "" if lens is SECTOR else _("Under the professional lens")


def _adopted_by(phase: Phase) -> str:
    """Who adopted and when; curators are not named in public."""
    if phase.adopted_at is None:
        return _("Not adopted from a claim")
    day = {"date": date_format(timezone.localtime(phase.adopted_at), "j F Y")}
    return (
        _("Adopted by a curator, %(date)s") % day
        if phase.adopted_by_id
        else _("Adopted by the library, %(date)s") % day
    )


def evidence(partnership: Partnership) -> tuple[EvidenceGroup, ...]:
    """Places by source, in the order in which they were added."""
    rows = sorted(partnership.evidence.all(), key=lambda row: row.pk)
    sources = {row.source_id: row.source for row in rows}
    return tuple(
        EvidenceGroup(
            source.title,
            source.get_absolute_url(),
            tuple(_evidence(row) for row in rows if row.source_id == pk),
            source.url,
        )
        for pk, source in sources.items()
    )


def _evidence(row: Evidence) -> EvidenceView:
    return EvidenceView(
        place=row.place,
        supports=words.joined([words.term("SUPPORTS", code).lower() for code in row.supports], last=_("and")),
        grade=words.term("GRADES", row.grade),
        note=row.note,
    )
