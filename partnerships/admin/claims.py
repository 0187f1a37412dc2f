"""The claims about a phase as the workplace shows them: who says what, where it would place it, what stands adopted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partnerships.admin.claim_words import answers_by_task, heading, signed, stated
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.fields import ALL_CELLS
from partnerships.positions import LensPosition, Position, of_assessment, of_statement
from partnerships.presenters import words
from partnerships.presenters.explanation import ExplanationView, explanation_view
from partnerships.presenters.perspectives import axes_compared
from partnerships.presenters.position import PositionView, lens_position, position_view, tag
from taxonomy.agreement import compare, compare_sets
from taxonomy.answers import AnswersError
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens
from taxonomy.questions import TASKS


@dataclass(frozen=True)
class LensView:
    """Where something stands under one lens."""

    name: str
    position: PositionView


@dataclass(frozen=True)
class ClaimView:
    """One claim. ``key`` names it in forms and addresses; ``refusal`` says why it cannot be adopted ("" if it can).

    ``handed_in`` is when an assessment was signed; statements have no such time. ``answers`` and ``explanation`` belong
    to guided ones. ``against`` has a sentence for each other assessment that comes out elsewhere, ``is_new`` says that
    it came after the position was adopted.
    """

    key: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    result: tuple[LensView, ...]
    explanation: ExplanationView | None
    adopted: bool
    invited: bool
    refusal: str
    handed_in: datetime | None
    against: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True)
class PhaseView:
    """A phase with its position and every claim about it.

    ``contradicted`` lists the questions to which assessments give answers that cannot both be true.
    """

    pk: int
    name: str
    planned: bool
    stands: tuple[LensView, ...]
    basis: str
    adopted_at: datetime | None
    claims: tuple[ClaimView, ...]
    contradicted: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        """Whether assessments of the phase come out in different cells."""
        return any(claim.against and claim.handed_in for claim in self.claims)

    @property
    def has_news(self) -> bool:
        """Whether an assessment came after the position was adopted."""
        return any(claim.is_new for claim in self.claims)

    @property
    def adoptable(self) -> tuple[ClaimView, ...]:
        """The claims that can become the position."""
        return tuple(claim for claim in self.claims if not claim.refusal)

    @property
    def proposed(self) -> ClaimView | None:
        """The claim to choose beforehand: the first where nothing is settled, else an assessment that came later.

        None where assessments come out elsewhere: which of them is adopted is for a curator to decide.
        """
        first = next(iter(self.adoptable), None)
        if first is None or first.against:
            return None
        if not (self.basis or any(claim.adopted for claim in self.claims)):
            return first
        return first if first.is_new else None


def phase_views(partnership: Partnership) -> tuple[PhaseView, ...]:
    """The phases of a record in order, each with its claims, in seven queries."""
    statements = list(partnership.statements.select_related("source"))
    return tuple(phase_view(phase, statements) for phase in with_claims(partnership))


def with_claims(partnership: Partnership) -> Any:
    """The phases of a record, fetched with what ``phase_view`` reads."""
    prefetch_related_objects([partnership], "partners")
    phases = partnership.phases.select_related("adopted_by").prefetch_related(
        "assessments__assessor__organisation", "assessments__invitation__invited_by"
    )
    return phases.order_by("order")


def phase_view(phase: Phase, statements: Sequence[Statement]) -> PhaseView:
    """One phase with its submitted assessments and the statements about it or about the whole partnership."""
    claims = tuple(claims_about(phase, statements))
    return PhaseView(
        pk=phase.pk,
        name=phase.name,
        planned=phase.planned,
        stands=tuple(_stands(phase)),
        basis=_basis(phase),
        adopted_at=phase.adopted_at,
        claims=tuple(claim_view(phase, claim, claims) for claim in claims),
        contradicted=tuple(_contradicted(claims)),
    )


def claims_about(phase: Phase, statements: Sequence[Statement]) -> Iterator[Assessment | Statement]:
    """Submitted assessments, newest first, then statements. Movements belong to no phase."""
    submitted = [claim for claim in phase.assessments.all() if claim.submitted_at]
    yield from sorted(submitted, key=lambda claim: claim.submitted_at, reverse=True)
    yield from (row for row in statements if row.phase_id in (None, phase.pk) and row.kind != "movement")


def key_of(claim: Assessment | Statement) -> str:
    """A claim's name in forms and addresses: "assessment-3"."""
    return f"{claim._meta.model_name}-{claim.pk}"


def claim_view(phase: Phase, claim: Assessment | Statement, claims: Sequence[Assessment | Statement]) -> ClaimView:
    """Show a claim against the phase that it is about; ``claims`` are all those about it, see ``claims_about``."""
    is_assessment = isinstance(claim, Assessment)
    position, fault = _position(claim)
    adopted = claim.pk == (phase.adopted_assessment_id if is_assessment else phase.adopted_statement_id)
    handed_in = claim.submitted_at if is_assessment else None
    return ClaimView(
        key=key_of(claim),
        heading=heading(claim),
        facts=_written(signed(claim) if is_assessment else stated(claim)),
        answers=_written(answers_by_task(claim.answers)) if _is_guided(claim) else (),
        result=tuple(_lens_views(position)) if position else (),
        explanation=_explanation(phase, claim) if position and _is_guided(claim) else None,
        adopted=adopted,
        invited=is_assessment and claim.by_invitation,
        refusal=fault or refusal(phase, claim),
        handed_in=handed_in,
        against=tuple(_against(claim, position, claims)) if position else (),
        is_new=bool(handed_in and phase.adopted_at and handed_in > phase.adopted_at and not adopted),
    )


def _written(pairs: Iterator[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in pairs if value)


def _is_guided(claim: Assessment | Statement) -> bool:
    return isinstance(claim, Assessment) and claim.method == "guided"


def _explanation(phase: Phase, claim: Assessment) -> ExplanationView:
    return explanation_view(claim.answers, Assessor(phase).names, claim.codebook)


# ---- Where claims contradict each other --------------------------------------------------------------


def last_words(claims: Sequence[Assessment | Statement]) -> list[Assessment]:
    """The newest assessment of each voice; what bears nobody's name stands for itself."""
    found: dict[tuple[object, str], Assessment] = {}
    for claim in claims:
        if isinstance(claim, Assessment):
            found.setdefault(claim.voice, claim)
    return list(found.values())


def _against(
    claim: Assessment | Statement, position: Position, claims: Sequence[Assessment | Statement]
) -> Iterator[str]:
    """A sentence for each assessment by somebody else that comes out in other cells, in either lens."""
    for other in last_words(claims):
        found = _position(other)[0]
        if other == claim or found is None or _replaced(claim, other):
            continue
        for lens in LENSES.values():
            one, two = (getattr(each, lens.code) or LensPosition() for each in (position, found))
            if compare_sets(one.possible, two.possible) == "different":
                yield _elsewhere(other, one, two, lens)


def _replaced(claim: Assessment | Statement, other: Assessment) -> bool:
    """Whether the other one corrects this claim in the same voice."""
    return isinstance(claim, Assessment) and claim.voice == other.voice


def _elsewhere(other: Assessment, one: LensPosition, two: LensPosition, lens: Lens) -> str:
    words = {"who": heading(other), "lens": _(lens.name), "place": tag(two, lens)}
    sentence = _("%(who)s comes out at %(place)s (%(lens)s).") % words
    return f"{sentence} {axes_compared([one, two], lens)}"


def _contradicted(claims: Sequence[Assessment | Statement]) -> Iterator[str]:
    """The questions about which answers cannot both be true, of guided assessments that can be read."""
    answers = [one.answers for one in last_words(claims) if _is_guided(one) and _position(one)[0]]
    questions = {task.code: task.question for task in TASKS if task.decides}
    for row in compare(answers):
        if row.verdict == "differ" and row.task in questions:
            yield _(questions[row.task])


# ---- What can be adopted -------------------------------------------------------------------------------


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
