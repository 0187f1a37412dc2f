"""How to read the matrix: the two questions, the nine cells, and entries of the register to practise on.

Which entry shows a situation is looked up, not asserted: a candidate is shown only while the register has it in that
situation, and its words and drawing come from its record. Without one the situation is explained all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Partnership, Phase, Statement
from partnerships.models.claims import MOVEMENT
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.matrix import Link
from partnerships.presenters.movement import Arrow, arrow
from partnerships.presenters.position import MiniMatrix, PositionView, lens_position, mini_matrix, position_view
from taxonomy.cells import CELLS, cell_number, cells_of
from taxonomy.citations import TABLE_2
from taxonomy.glossary import GLOSSARY
from taxonomy.guide import READINGS, Reading
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR
from taxonomy.vocabulary import COUNTED_UNITS


@dataclass(frozen=True)
class Step:
    """One answer, and the cells that it leaves."""

    words: str
    mini: MiniMatrix


@dataclass(frozen=True)
class CellLine:
    """A cell in a line: number, model, meaning under the sector lens, and its page."""

    number: int
    model: str
    plain: str
    url: str


@dataclass(frozen=True)
class Example:
    """A situation, and the entry that shows it: "" and empty where the register has none.

    ``positions`` are pairs of the lens's name and the position; the name is "" where one lens is enough.
    """

    code: str
    title: str
    text: str
    term: Link
    case: str = ""
    url: str = ""
    positions: tuple[tuple[str, PositionView], ...] = ()
    arrow: Arrow | None = None
    hedge: str = ""
    inferred: bool = False
    reason: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class ReadingPage:
    """All that the page shows."""

    steps: tuple[Step, ...]
    cells: tuple[CellLine, ...]
    examples: tuple[Example, ...]
    cited: tuple[str, ...]


def reading() -> ReadingPage:
    """The page, with its examples from the register. Three queries."""
    return ReadingPage(
        steps=steps(),
        cells=tuple(CellLine(c.number, _(c.model.label), _(c.plain), reverse("cell", args=[c.number])) for c in CELLS),
        examples=examples(),
        cited=(TABLE_2,),
    )


# The cell in which the steps end. Not the one in the middle, which would look like a goal.
DESIGN, DELIVERY = SECTOR.levels[1], SECTOR.levels[2]


def steps() -> tuple[Step, ...]:
    """Two answers and what follows from them: a column, a row, and the cell where they cross."""
    number = cell_number(DESIGN.code, DELIVERY.code)
    return (
        Step(_(DESIGN.design_words), mini_matrix(cells_of(DESIGN.code, None), settled=False)),
        Step(_(DELIVERY.delivery_words), mini_matrix(cells_of(None, DELIVERY.code), settled=False)),
        Step(_("Both together: cell %(number)s") % {"number": number}, mini_matrix({number}, settled=True)),
    )


# ---- Situations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A published partnership with what decides which situation it shows."""

    partnership: Partnership
    phase: Phase | None
    statement: Statement | None
    movement: Statement | None

    @property
    def firm(self) -> bool:
        """Whether a source or an assessor gives the position."""
        return self.phase is not None and not self.phase.is_inferred

    @property
    def counts(self) -> bool:
        """Whether the matrix counts it in one cell."""
        return self.firm and self.partnership.unit in COUNTED_UNITS and lens_position(self.phase).settled

    @property
    def open(self) -> bool:
        """Whether it may stand in several cells, by what a source says."""
        position = lens_position(self.phase)
        return self.firm and position.placed and not position.settled

    def stated_as(self, kind: str) -> bool:
        """Whether the adopted statement is of this kind."""
        return self.statement is not None and self.statement.kind == kind


def _one_axis(entry: Entry) -> bool:
    position = lens_position(entry.phase)
    known = cells_of(position.design or None, position.delivery or None)
    return entry.open and bool(entry.statement) and entry.statement.basis == "words" and position.possible == known


def _unknown(entry: Entry) -> bool:
    return entry.phase is not None and not any(lens_position(entry.phase, lens).placed for lens in LENSES.values())


def _lenses(entry: Entry) -> bool:
    sector, professional = lens_position(entry.phase), lens_position(entry.phase, PROFESSIONAL)
    return sector.placed and professional.placed and not sector.possible & professional.possible


def _moved(entry: Entry) -> bool:
    return entry.movement is not None and arrow(entry.movement.from_cells, entry.movement.to_cells) is not None


# For each situation: how to tell it, and entries of the library that showed it, the best first.
SHOWN_BY: Mapping[str, tuple[Callable[[Entry], bool], tuple[str, ...]]] = {
    "stated": (
        lambda e: e.counts and e.stated_as("explicit") and not e.statement.hedge,
        ("brescia-citta-del-noi", "social-impact-factory", "recovery-college", "bollate-prison"),
    ),
    "hedged": (lambda e: e.counts and bool(e.statement and e.statement.hedge), ("safe-families-for-children",)),
    "label_only": (lambda e: e.open and e.stated_as("label_only"), ("welkom-in-utrecht", "netherlands")),
    "ambiguous": (lambda e: e.open and e.stated_as("ambiguous"), ("bounceback", "connected-care")),
    "one_axis": (_one_axis, ("reducing-reoffending-change-fund-partnerships",)),
    "unknown": (_unknown, ("cycling-without-age", "sports-village", "family-intervention-projects")),
    "inferred": (
        lambda e: e.phase is not None and e.phase.is_inferred and lens_position(e.phase).placed,
        ("hmp-peterborough-social-investment-bond", "lambeth-alliance", "national-partnership-one-glasgow-approach"),
    ),
    "lenses": (_lenses, ("parent-run-nursery",)),
    "movement": (_moved, ("italy", "finland-sweden-denmark")),
}


def examples() -> tuple[Example, ...]:
    """Each situation with the first candidate that is in it."""
    entries = _entries(slug for _tells, slugs in SHOWN_BY.values() for slug in slugs)
    found = []
    for each in READINGS:
        tells, slugs = SHOWN_BY[each.code]
        shown = next((entries[slug] for slug in slugs if slug in entries and tells(entries[slug])), None)
        found.append(_example(each, shown))
    return tuple(found)


def _entries(slugs: Iterable[str]) -> dict[str, Entry]:
    moves = Prefetch("statements", Statement.objects.filter(kind=MOVEMENT, lens=SECTOR.code), "movements")
    rows = Partnership.objects.published().filter(slug__in=list(slugs)).with_current_phase().prefetch_related(moves)
    entries = {}
    for row in rows:
        phase = next(iter(row.current_phases), None)
        statement = phase.adopted_statement if phase else None
        entries[row.slug] = Entry(row, phase, statement, next(iter(row.movements), None))
    return entries


def _example(each: Reading, entry: Entry | None) -> Example:
    term = Link(_(GLOSSARY[each.term].name), f"{reverse('glossary')}#{each.term}")
    plain = Example(each.code, _(each.title), _(each.text), term)
    if entry is None:
        return plain
    moved, inferred = each.code == "movement", entry.phase is not None and entry.phase.is_inferred
    return Example(
        plain.code, plain.title, plain.text, plain.term,
        case=entry.partnership.title,
        url=case_url(entry.partnership, inferred=inferred and not moved),
        positions=() if moved else _positions(entry.phase, both=each.code == "lenses"),
        arrow=arrow(entry.movement.from_cells, entry.movement.to_cells) if moved and entry.movement else None,
        hedge=entry.statement.hedge if entry.statement else "",
        inferred=inferred and not moved,
        reason=entry.phase.reason if inferred else "",
        confidence=words.term("CONFIDENCES", entry.phase.confidence) if inferred else "",
    )  # fmt: skip


def _positions(phase: Phase, *, both: bool) -> tuple[tuple[str, PositionView], ...]:
    lenses = LENSES.values() if both else (SECTOR,)
    return tuple((_(lens.name) if both else "", position_view(lens_position(phase, lens), lens)) for lens in lenses)
