"""Where a record stands, as its case page says it: the position in both lenses, and with which caution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from partnerships.models import Partnership, Phase, Statement
from partnerships.presenters import words
from partnerships.presenters.careful import left_between
from partnerships.presenters.glance import Fact
from partnerships.presenters.movement import Arrow, arrow, path_words
from partnerships.presenters.perspectives import Assessed, assessed, disputed
from partnerships.presenters.phases import never_came, undivided
from partnerships.presenters.position import PositionView, lens_position, position_view
from partnerships.presenters.why import WhyView, why
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.vocabulary import COUNTED_UNITS


@dataclass(frozen=True)
class Reading:
    """A partnership fetched with ``case.case_queryset``, with what several parts of its page work out from it."""

    partnership: Partnership
    phases: list[Phase]
    now: Phase | None
    found: tuple[Assessed, ...]
    statements: list[Statement]
    undated: bool
    inferred: bool
    today: date

    @classmethod
    def of(cls, partnership: Partnership, *, inferred: bool, today: date) -> Reading:
        """Read it once; ``inferred`` says whether inferred positions are shown."""
        phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
        return cls(
            partnership=partnership,
            phases=phases,
            now=next((phase for phase in phases if phase.current), None),
            found=assessed(phases),
            statements=sorted(partnership.statements.all(), key=lambda row: row.pk),
            undated=undivided(phases),
            inferred=inferred,
            today=today,
        )


@dataclass(frozen=True)
class Standing:
    """Where it stands and why, under both lenses; ``hidden_inference`` says that an inferred position is held back."""

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


def standing(read: Reading) -> Standing:
    """Put the position of the current phase into words and a drawing."""
    position = lens_position(read.now, SECTOR, inferred=read.inferred)
    professional = lens_position(read.now, PROFESSIONAL, inferred=read.inferred)
    view = position_view(position, was=_earlier(read))
    guessed = bool(read.now and read.now.is_inferred)
    return Standing(
        counted=read.partnership.unit in COUNTED_UNITS,
        placed=position.placed,
        position=view if position.placed else replace(view, sentence=_unplaced(read) or view.sentence),
        disputed=_disputed(read, SECTOR),
        caution=_caution(read),
        reason=_reason(read) if position.placed else "",
        why=why(read.now, read.found),
        arrow=next((arrow(row.from_cells, row.to_cells) for row in _of_sectors(read, "movement")), None),
        professional=position_view(professional, PROFESSIONAL) if professional.placed else None,
        professional_disputed=_disputed(read, PROFESSIONAL),
        hidden_inference=guessed and not read.inferred,
        inferred=_inference(read.now) if read.now and guessed and read.inferred else None,
    )


def _disputed(read: Reading, lens: Lens) -> bool:
    return disputed([one for one in read.found if one.phase == read.now], lens)


def _earlier(read: Reading) -> frozenset[int]:
    """Cells of earlier actual phases, to be drawn dashed."""
    cells: set[int] = set()
    for phase in read.phases:
        if phase != read.now and not phase.planned and read.now and phase.order < read.now.order:
            cells.update(lens_position(phase, SECTOR, inferred=read.inferred).cells)
    return frozenset(cells)


def _reason(read: Reading) -> str:
    """Why it stands there, of a record without a list of phases that would say so."""
    return read.phases[0].rationale if read.undated and not read.phases[0].is_inferred else ""


def _unplaced(read: Reading) -> str:
    """What sources do say about something that stands nowhere: a plan, a movement, or the place of its class."""
    if read.phases and all(phase.planned for phase in read.phases):
        return never_came(read.phases[-1], read.phases, read.today) or _("It is only planned so far.")
    for row in _of_sectors(read, "movement"):
        path = {"path": path_words(row.from_cells, row.to_cells)}
        return _("A source describes a movement %(path)s, not one place.") % path
    for row in _of_sectors(read, "inherited"):
        cells = {"cells": words.cells(row.cells)}
        return _("Its type of scheme is placed in %(cells)s; nothing is said of this one.") % cells
    return ""


def _of_sectors(read: Reading, kind: str) -> list[Statement]:
    """Statements of a kind under the sector lens, the one that the page draws first."""
    return [row for row in read.statements if row.kind == kind and row.lens == SECTOR.code]


def _caution(read: Reading) -> str:
    """The hedge of the statement that the position rests on, and between which cells that leaves it."""
    adopted = read.now.adopted_statement_id if read.now else None
    row = next((row for row in read.statements if row.pk == adopted), None)
    if row is None:
        return ""
    said = {"hedge": row.hedge, "cells": left_between(row)}
    if said["cells"] and row.hedge:
        return _("The source leaves it between %(cells)s: it says “%(hedge)s”.") % said
    if said["cells"]:
        return _("The source leaves it between %(cells)s.") % said
    return _("Closest fit: the source says “%(hedge)s”.") % said if row.hedge else ""


def _inference(phase: Phase) -> Fact:
    return Fact(
        _("Inferred by a coder, %(confidence)s confidence")
        % {"confidence": words.term("CONFIDENCES", phase.confidence).lower()},
        phase.reason,
    )
