"""The rows of a comparison of partnerships, each with a cell for every one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Partnership, Phase
from partnerships.positions import LensPosition
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.careful import careful
from partnerships.presenters.glance import Fact, every_fact
from partnerships.presenters.partners import PartnerView, partner_groups
from partnerships.presenters.perspectives import axes_compared
from partnerships.presenters.phases import PhaseView, phase_view, undivided
from partnerships.presenters.position import PositionView, lens_position, position_view
from partnerships.presenters.questionnaire import task_lines
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens
from taxonomy.questions import PARTY_KINDS, TASKS, Task
from taxonomy.vocabulary import GRADES

# By which the partnerships are told apart where their titles would fill a small screen.
LETTERS = "ABCD"
# More sources than this stand on the case page only.
MOST_SOURCES = 6


@dataclass(frozen=True)
class Line:
    """A line in a cell: a text that may lead somewhere, and short words set off beside it."""

    text: str
    url: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """What one partnership has in a row. ``empty`` is said where there are no lines and no position."""

    case: str
    lines: tuple[Line, ...] = ()
    empty: str = ""
    position: PositionView | None = None


@dataclass(frozen=True)
class Row:
    """A property. ``verdict`` says in words how they compare, where that is more than "differs"."""

    label: str
    cells: tuple[Cell, ...]
    verdict: str = ""

    @property
    def lettered(self) -> tuple[tuple[str, Cell], ...]:
        """The cells, each with the letter of its partnership."""
        return tuple(zip(LETTERS, self.cells, strict=False))

    @property
    def same(self) -> bool:
        """Whether all have it, and the same."""
        return bool(self.cells[0].lines) and len({cell.lines for cell in self.cells}) == 1

    @property
    def unstated(self) -> bool:
        """Whether none has it."""
        return not any(cell.lines or cell.position for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Case:
    """One partnership as the rows read it. ``now`` is its current phase, or None for one that is only planned."""

    partnership: Partnership
    title: str
    url: str
    phases: tuple[Phase, ...]
    now: Phase | None
    inferred: bool

    @classmethod
    def of(cls, partnership: Partnership, *, inferred: bool) -> Case:
        """Read a partnership fetched by ``compare_cases.compared``."""
        phases = tuple(sorted(partnership.phases.all(), key=lambda phase: phase.order))
        url = case_url(partnership, inferred=inferred)
        now = next((phase for phase in phases if phase.current), None)
        return cls(partnership, partnership.title, url, phases, now, inferred)

    def under(self, lens: Lens) -> LensPosition:
        """Where it stands now, as far as that is shown."""
        return lens_position(self.now, lens, inferred=self.inferred)


Lines = Callable[[Case], tuple[Line, ...]]


def groups(cases: Sequence[Case]) -> tuple[Group, ...]:
    """Every row of the comparison, those without any difference as well."""
    return (
        Group(_("Where it stands"), (*_positions(cases), _row(_("What that rests on"), cases, _basis))),
        _answers(cases),
        Group(_("Who takes part"), tuple(_partners(cases))),
        Group(_("Phases"), (_row(_("Phases and dates"), cases, _phases),)),
        Group(_("What it is"), tuple(_facts(cases))),
        Group(_("Evidence"), (_row(_("Sources"), cases, _sources), _row(_("Graded evidence"), cases, _grades))),
    )


def _row(label: str, cases: Sequence[Case], lines: Lines, empty: str = "") -> Row:
    return Row(label, tuple(Cell(case.title, lines(case), empty or _("Not stated")) for case in cases))


# ---- Where it stands ------------------------------------------------------------------------------


def _positions(cases: Sequence[Case]) -> Iterator[Row]:
    """A row for each lens; the second only where somebody is placed under it."""
    for lens in LENSES.values():
        positions = [case.under(lens) for case in cases]
        if lens is SECTOR or any(position.placed for position in positions):
            cells = tuple(
                Cell(case.title, position=position_view(position, lens))
                for case, position in zip(cases, positions, strict=True)
            )
            yield Row(_("By profession") if lens is PROFESSIONAL else _("By sector"), cells, _verdict(positions, lens))


def _verdict(positions: Sequence[LensPosition], lens: Lens) -> str:
    placed = [position for position in positions if position.placed]
    if not placed:
        return _("None of them is placed.")
    missing = "" if len(placed) == len(positions) else _("Not all of them are placed.")
    compared = axes_compared(placed, lens) if len(placed) > 1 else ""
    return " ".join(filter(None, (compared, missing)))


def _basis(case: Case) -> tuple[Line, ...]:
    """What the position rests on, with the words of caution beside it."""
    phase = case.now
    if phase is None or not phase.certainty or (phase.is_inferred and not case.inferred):
        return ()
    said = careful(phase.adopted_statement)
    tags = (said,) if said else ()
    lines = [Line(words.term("CERTAINTIES", phase.certainty), tags=tags)]
    if phase.is_inferred:
        confidence = words.term("CONFIDENCES", phase.confidence)
        lines.append(Line(_("Confidence: %(confidence)s") % {"confidence": confidence.lower()}))
    return tuple(lines)


# ---- Who decides and does what --------------------------------------------------------------------


def _answers(cases: Sequence[Case]) -> Group:
    """The answers behind the current position, by task and kind of party."""
    title, none = _("Who decides and who does the work"), _("No answers by kind of party")
    given = {case: _given(case) for case in cases}
    if not any(given.values()):
        return Group(title, (_row(_("Answers by kind of party"), cases, lambda case: (), none),))
    asked = [task for task in TASKS if task.decides or any(task.code in answers for answers in given.values())]
    rows = (
        Row(
            _(task.question) if task.decides else _("%(question)s (never counted)") % {"question": _(task.question)},
            tuple(
                Cell(case.title, _task_lines(task, answers), _("Not answered") if answers else none)
                for case, answers in given.items()
            ),
        )
        for task in asked
    )
    return Group(title, tuple(rows), _("From the answers that the register adopted for the current phase."))


def _given(case: Case) -> dict:
    assessment = case.now.adopted_assessment if case.now else None
    return assessment.answers if assessment is not None and assessment.method == "guided" else {}


def _task_lines(task: Task, answers: dict) -> tuple[Line, ...]:
    return tuple(Line(line) for line in task_lines(task.code, answers.get(task.code), {}))


# ---- Who takes part -------------------------------------------------------------------------------


def _partners(cases: Sequence[Case]) -> Iterator[Row]:
    """A row for each kind that takes part in one of them."""
    groups = {case: {group.kind: group.partners for group in partner_groups(case.partnership)} for case in cases}
    for kind in PARTY_KINDS:
        label = _(kind.plural)
        if any(label in found for found in groups.values()):
            cells = (
                Cell(case.title, tuple(map(_partner, found.get(label, ()))), _("None named"))
                for case, found in groups.items()
            )
            yield Row(label, tuple(cells))


def _partner(partner: PartnerView) -> Line:
    lead = (_("lead"),) if partner.lead else ()
    hybrid = (_("between the sectors"),) if partner.hybrid else ()
    return Line(partner.name or _("Not named"), partner.url, (*lead, *hybrid, *partner.roles))


# ---- Phases ---------------------------------------------------------------------------------------


def _phases(case: Case) -> tuple[Line, ...]:
    if undivided(case.phases):
        return (Line(_("Not divided into phases, dates not stated")),)
    today = timezone.localdate()
    views = (phase_view(phase, case.phases, inferred=case.inferred, today=today) for phase in case.phases)
    return tuple(_phase(view) for view in views)


def _phase(view: PhaseView) -> Line:
    planned = (_("planned"),) if view.planned else ()
    inferred = (_("inferred"),) if view.inferred else ()
    when = view.span or _("dates not stated")
    return Line(_("%(name)s, %(when)s") % {"name": view.name, "when": when}, tags=(view.tag, *planned, *inferred))


# ---- What it is -----------------------------------------------------------------------------------


def _facts(cases: Sequence[Case]) -> Iterator[Row]:
    """The facts of the case page in its order, with country and place apart."""
    found = {case: [fact for part in every_fact(case.partnership) for fact in part] for case in cases}
    for number, fact in enumerate(found[cases[0]]):
        if fact.label == _("Where"):
            yield _row(_("Country"), cases, lambda case: _each(case.partnership.countries, words.country))
            yield _row(_("Place"), cases, _place)
        elif fact.label != _("Part of") or any(facts_of[number].value for facts_of in found.values()):
            yield _row(fact.label, cases, lambda case, number=number: _fact(found[case][number]))


def _fact(fact: Fact) -> tuple[Line, ...]:
    return (Line(fact.value, fact.url),) if fact.value else ()


def _each(codes: Iterable[str], name: Callable[[str], str]) -> tuple[Line, ...]:
    return tuple(Line(name(code)) for code in codes)


def _place(case: Case) -> tuple[Line, ...]:
    parts = dict.fromkeys(filter(None, (case.partnership.place, case.partnership.nation)))
    return (Line(", ".join(parts)),) if parts else ()


# ---- Evidence -------------------------------------------------------------------------------------


def _sources(case: Case) -> tuple[Line, ...]:
    """Everything that the record leans on, by title; of many the first ones."""
    rows = (*case.partnership.statements.all(), *case.partnership.evidence.all())
    sources = sorted({row.source_id: row.source for row in rows}.values(), key=lambda source: (source.title, source.pk))
    shown = [Line(source.title, source.get_absolute_url()) for source in sources[:MOST_SOURCES]]
    if more := len(sources) - len(shown):
        shown.append(Line(_("and %(more)s more") % {"more": more}, f"{case.url}#evidence"))
    return tuple(shown)


def _grades(case: Case) -> tuple[Line, ...]:
    """How many places of each grade support the record, the directly signed ones first."""
    counts = Counter(row.grade for row in case.partnership.evidence.all() if row.grade)
    return tuple(
        Line(_("%(grade)s, %(places)s") % {"grade": words.term("GRADES", grade), "places": _places(counts[grade])})
        for grade in GRADES.codes
        if counts[grade]
    )


def _places(number: int) -> str:
    return ngettext("%(number)s place", "%(number)s places", number) % {"number": number}
