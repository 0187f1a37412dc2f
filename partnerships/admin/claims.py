"""The claims about a phase as the workplace shows them: who says what, where it would place it, what stands adopted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.fields import ALL_CELLS
from partnerships.positions import Position, of_assessment, of_statement
from partnerships.presenters import words
from partnerships.presenters.position import PositionView, lens_position, position_view, tag
from taxonomy.answers import AnswersError
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR
from taxonomy.questions import LEVELS, NOT_APPLICABLE, PARTY_KINDS, TASKS


@dataclass(frozen=True)
class LensView:
    """Where something stands under one lens."""

    name: str
    position: PositionView


@dataclass(frozen=True)
class ClaimView:
    """One claim. ``key`` names it in forms and addresses; ``refusal`` says why it cannot be adopted ("" if it can).

    ``handed_in`` is when an assessment was signed; statements have no such time.
    """

    key: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    result: tuple[LensView, ...]
    adopted: bool
    refusal: str
    handed_in: datetime | None


@dataclass(frozen=True)
class PhaseView:
    """A phase with its position and every claim about it."""

    pk: int
    name: str
    planned: bool
    stands: tuple[LensView, ...]
    basis: str
    adopted_at: datetime | None
    claims: tuple[ClaimView, ...]

    @property
    def adoptable(self) -> tuple[ClaimView, ...]:
        """The claims that can become the position."""
        return tuple(claim for claim in self.claims if not claim.refusal)

    @property
    def proposed(self) -> ClaimView | None:
        """The claim to choose beforehand: the first where nothing is settled, else an assessment that came later."""
        first = next(iter(self.adoptable), None)
        if first is None or not (self.basis or any(claim.adopted for claim in self.claims)):
            return first
        is_newer = first.handed_in and self.adopted_at and first.handed_in > self.adopted_at
        return first if is_newer and not first.adopted else None


def phase_views(partnership: Partnership) -> tuple[PhaseView, ...]:
    """The phases of a record in order, each with its claims, in four queries."""
    phases = partnership.phases.select_related("adopted_by").prefetch_related("assessments__assessor__organisation")
    statements = list(partnership.statements.select_related("source"))
    return tuple(phase_view(phase, statements) for phase in phases.order_by("order"))


def phase_view(phase: Phase, statements: list[Statement]) -> PhaseView:
    """One phase with its submitted assessments and the statements about it or about the whole partnership."""
    return PhaseView(
        pk=phase.pk,
        name=phase.name,
        planned=phase.planned,
        stands=tuple(_stands(phase)),
        basis=_basis(phase),
        adopted_at=phase.adopted_at,
        claims=tuple(claim_view(phase, claim) for claim in claims_about(phase, statements)),
    )


def claims_about(phase: Phase, statements: list[Statement]) -> Iterator[Assessment | Statement]:
    """Submitted assessments, newest first, then statements. Movements belong to no phase."""
    submitted = [claim for claim in phase.assessments.all() if claim.submitted_at]
    yield from sorted(submitted, key=lambda claim: claim.submitted_at, reverse=True)
    yield from (row for row in statements if row.phase_id in (None, phase.pk) and row.kind != "movement")


def key_of(claim: Assessment | Statement) -> str:
    """A claim's name in forms and addresses: "assessment-3"."""
    return f"{claim._meta.model_name}-{claim.pk}"


def claim_view(phase: Phase, claim: Assessment | Statement) -> ClaimView:
    """Show a claim against the phase that it is about."""
    is_assessment = isinstance(claim, Assessment)
    position, fault = _position(claim)
    return ClaimView(
        key=key_of(claim),
        heading=_heading(claim),
        facts=tuple((str(name), str(value)) for name, value in (_answers if is_assessment else _says)(claim) if value),
        result=tuple(_lens_views(position)) if position else (),
        adopted=claim.pk == (phase.adopted_assessment_id if is_assessment else phase.adopted_statement_id),
        refusal=fault or refusal(phase, claim),
        handed_in=claim.submitted_at if is_assessment else None,
    )


def refusal(phase: Phase, claim: Assessment | Statement) -> str:
    """Why a claim that can be read cannot be adopted for this phase; "" if it can. Assessments always can."""
    if isinstance(claim, Assessment):
        return ""
    if claim.phase_id not in (None, phase.pk):
        return _("It is about another phase.")
    if claim.kind == "movement":
        return _("A movement gives no position of its own.")
    if claim.kind == "inherited":
        return _("It is about the type of scheme, so it gives no position of its own.")
    position = of_statement(claim)
    if not any(place and place.placed for place in (position.sector, position.professional)):
        return _("It says nothing about the position.")
    if position.would_mix_with(phase):
        return _("It speaks in one lens only, and in the other the phase stands by another claim already.")
    return ""


def _heading(claim: Assessment | Statement) -> str:
    if isinstance(claim, Statement):
        return f"{claim.source}, {claim.place}" if claim.place else str(claim.source)
    return _("Assessment by %(who)s") % {"who": claim.assessor or _("a person without an account")}


def _position(claim: Assessment | Statement) -> tuple[Position | None, str]:
    """Where a claim would place its phase (None where it places nothing), and why it cannot be read."""
    if isinstance(claim, Assessment):
        try:
            return of_assessment(claim), ""
        except (AnswersError, KeyError) as error:  # answers or a codebook version that nobody knows
            return None, _("Its answers cannot be read: %(fault)s") % {"fault": error}
    return of_statement(claim), ""


def follows(phase: Phase, statement: Statement) -> bool:
    """Whether the phase stands where the statement says, in the lens in which it speaks."""
    position = of_statement(statement)
    lenses = ((SECTOR, position.sector), (PROFESSIONAL, position.professional))
    return all(lens_position(phase, lens) == said for lens, said in lenses if said)


def _lens_views(position: Position) -> Iterator[LensView]:
    """The lenses under which something is known; for an assessment that knows nothing, the sector lens."""
    for lens, place in ((SECTOR, position.sector), (PROFESSIONAL, position.professional)):
        if place is None:
            continue
        if not place.possible >= ALL_CELLS or (lens is SECTOR and position.certainty != "source_stated"):
            yield LensView(_(lens.name), position_view(place, lens))


def _stands(phase: Phase) -> Iterator[LensView]:
    yield LensView(_(SECTOR.name), position_view(lens_position(phase)))
    if phase.placed("professional_"):
        yield LensView(_(PROFESSIONAL.name), position_view(lens_position(phase, PROFESSIONAL), PROFESSIONAL))


def _basis(phase: Phase) -> str:
    """What the position rests on and who adopted it, in one line."""
    parts = [words.term("CERTAINTIES", phase.certainty)]
    if phase.adopted_at:
        parts.append(
            _("adopted by %(who)s on %(day)s")
            % {"who": phase.adopted_by or _("the library"), "day": date_format(localtime(phase.adopted_at), "j F Y")}
        )
    return ", ".join(part for part in parts if part)


def _answers(claim: Assessment) -> Iterator[tuple[Any, Any]]:
    """What an assessor said, and as whom."""
    organisation = claim.assessor.organisation if claim.assessor else None
    yield _("Organisation"), organisation or ""
    yield _("Handed in"), date_format(localtime(claim.submitted_at), "j F Y, H:i")
    yield _("Speaks for"), words.term("PERSPECTIVES", claim.perspective)
    if claim.method == "direct":
        yield _("Design"), words.level(SECTOR, claim.design)
        yield _("Delivery"), words.level(SECTOR, claim.delivery)
    else:
        yield from _guided(claim.answers)
    yield _("What it rests on"), claim.reason
    yield _("Comment"), claim.comment
    yield _("Codebook"), claim.codebook


def _guided(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The answers to the questions, one line for each task."""
    kinds = {kind.code: _(kind.name) for kind in PARTY_KINDS}
    for task in TASKS:
        given = answers.get(task.code)
        if given == NOT_APPLICABLE:
            yield _(task.question), _("does not apply")
        elif given:
            side = "design_words" if task.axis == "design" else "delivery_words"
            levels = {level.code: _(getattr(level, side)) for level in LEVELS}
            said = given.items() if isinstance(given, dict) else []
            # Codes that no codebook knows are shown as they are: this page is where such answers are looked at.
            yield _(task.question), "; ".join(f"{kinds.get(k, k)}: {levels.get(level, level)}" for k, level in said)


def _says(claim: Statement) -> Iterator[tuple[Any, Any]]:
    """What a source says, and how."""
    lens = LENSES[claim.lens]
    yield _("Kind"), words.term("STATEMENT_KINDS", claim.kind)
    yield _("Basis"), words.term("STATEMENT_BASES", claim.basis)
    yield _("Names"), claim.label
    yield _("Cells"), words.cells(claim.cells)
    yield _("Design"), words.level(lens, claim.design) if claim.design else ""
    yield _("Delivery"), words.level(lens, claim.delivery) if claim.delivery else ""
    yield _("Hedge"), claim.hedge
    yield _("Whose view"), claim.perspective
    yield _("Reading"), claim.reading
    yield _("In our words"), claim.paraphrase


def place(phase: Phase | None) -> str:
    """The cell or the set of a phase in a few words, for lists."""
    short = tag(lens_position(phase))
    return _("%(place)s (inferred)") % {"place": short} if phase and phase.is_inferred else short


def missing(partnership: Partnership, phases: tuple[PhaseView, ...]) -> list[str]:
    """What a reader would look for and not find. Only the lack of a phase stops a publication."""
    checks = [
        (phases, _("There is no phase. A published partnership has at least one.")),
        (partnership.summary, _("There is no summary.")),
        (partnership.countries, _("No country is stated.")),
        (partnership.service_areas, _("No service area is stated.")),
        (partnership.partners.exists(), _("Nobody is named who takes part.")),
        (partnership.evidence.exists() or partnership.statements.exists(), _("No source or evidence is named.")),
    ]
    return [text for there, text in checks if not there]
