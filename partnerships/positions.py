"""From a claim to a position: the responsibilities and the set of cells that a phase takes over from it."""

from dataclasses import dataclass

from partnerships.models import Assessment, Phase, Statement
from partnerships.models.fields import ALL_CELLS, Member
from taxonomy import codebook
from taxonomy.cells import cells_of, responsibilities_of
from taxonomy.derivation import LensResult, possible_cells
from taxonomy.lenses import LENSES, PROFESSIONAL


@dataclass(frozen=True)
class LensPosition:
    """Where something stands under one lens; "" is a responsibility that is not known."""

    design: str = ""
    delivery: str = ""
    possible: frozenset[Member] = ALL_CELLS

    @property
    def placed(self) -> bool:
        """Whether anything is known: all nine cells, whatever else, are "not placed"."""
        return not self.possible >= ALL_CELLS

    @property
    def cells(self) -> tuple[int, ...]:
        """The possible cells in order; none where it is not placed."""
        return tuple(sorted(member for member in self.possible if isinstance(member, int))) if self.placed else ()

    @property
    def settled(self) -> bool:
        """Whether one cell is left and nothing else is possible."""
        return len(self.possible) == 1 and len(self.cells) == 1


@dataclass(frozen=True)
class Position:
    """Where something stands under both lenses, and what that rests on."""

    certainty: str
    sector: LensPosition | None = None
    professional: LensPosition | None = None

    def would_mix_with(self, phase: Phase) -> bool:
        """Whether the phase has, by some other claim, a position in a lens on which this one is silent."""
        silent = [prefix for prefix, stated in (("", self.sector), ("professional_", self.professional)) if not stated]
        return not phase.is_inferred and any(phase.placed(prefix) for prefix in silent)

    def put_on(self, phase: Phase) -> None:
        """Write the position into a phase (without saving it).

        A lens on which the claim is silent (None) becomes "not placed": all that a position says rests on its claim.
        """
        for prefix, stated in (("", self.sector), ("professional_", self.professional)):
            position = stated or LensPosition()
            setattr(phase, f"{prefix}design", position.design)
            setattr(phase, f"{prefix}delivery", position.delivery)
            setattr(phase, f"{prefix}possible_cells", position.possible)
        phase.certainty = self.certainty if phase.placed() or phase.placed("professional_") else ""
        phase.confidence = phase.reason = ""


def of_direct(design: str, delivery: str) -> Position:
    """Two responsibilities stated directly. They say nothing about the professional lens, which stays not known."""
    cells = cells_of(design or None, delivery or None)
    return Position("self_reported", LensPosition(design, delivery, cells), LensPosition())


def of_assessment(assessment: Assessment) -> Position:
    """What an assessment comes out at, under the codebook version it was made with."""
    if assessment.method == "direct":
        return of_direct(assessment.design, assessment.delivery)
    result = codebook.CODEBOOKS[assessment.codebook].derive(assessment.answers)
    return Position("assessed", _of_result(result.sector), _of_result(result.professional))


def _of_result(result: LensResult) -> LensPosition:
    possible = possible_cells(result)
    return LensPosition(
        result.design[0] if result.design_settled else "",
        result.delivery[0] if result.delivery_settled else "",
        possible,
    )


def of_statement(statement: Statement) -> Position:
    """What a source states: its cells, else the product of the responsibilities it gives, under its own lens."""
    lens = LENSES[statement.lens]
    cells = statement.cells or cells_of(statement.design or None, statement.delivery or None, lens)
    design, delivery = responsibilities_of(cells, lens) if cells != ALL_CELLS else (None, None)
    position = LensPosition(design or "", delivery or "", cells)
    if lens is PROFESSIONAL:
        return Position("source_stated", professional=position)
    return Position("source_stated", sector=position)
