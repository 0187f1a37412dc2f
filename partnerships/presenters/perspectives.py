"""Several people's assessments of one phase, side by side and never averaged: where they agree, and where not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Assessment, Phase
from partnerships.models.fields import Member
from partnerships.positions import LensPosition, Position, of_assessment
from partnerships.presenters import words
from partnerships.presenters.position import tag
from taxonomy.agreement import VERDICTS, compare, compare_sets
from taxonomy.axes import Axis
from taxonomy.cells import cell as cell_of
from taxonomy.derivation import NOBODY, OUTSIDE
from taxonomy.lenses import LENSES, SECTOR, Lens
from taxonomy.questions import NOT_APPLICABLE, NOT_APPLICABLE_WORDS, TASKS, Task, answer_level

# More assessors than this do not fit beside each other.
MOST_COLUMNS = 3
# A kind in a cell of a table; the full names are those of the codebook.
KINDS = {
    "public": gettext_lazy("Public body"),
    "third_sector": gettext_lazy("Third sector"),
    "community": gettext_lazy("Community group"),
    "citizens": gettext_lazy("Citizens"),
    "private": gettext_lazy("Private firm"),
    "other": gettext_lazy("Other"),
}
AXES = {Axis.DESIGN: gettext_lazy("design"), Axis.DELIVERY: gettext_lazy("delivery")}


@dataclass(frozen=True)
class Assessed:
    """A submitted assessment with what it comes out at, and a name that tells it from the others of its phase."""

    row: Assessment
    phase: Phase
    position: Position
    name: str

    @property
    def adopted(self) -> bool:
        """Whether the phase stands where this assessment puts it."""
        return self.phase.adopted_assessment_id == self.row.pk

    @property
    def direct(self) -> bool:
        """Whether both responsibilities were stated at once, without answers by task."""
        return self.row.method == "direct"

    @property
    def date(self) -> str:
        """The day on which it was signed; "" where the name has it."""
        day = _day(self.row)
        return "" if day in self.name else day

    def under(self, lens: Lens) -> LensPosition:
        """Its position under a lens."""
        return getattr(self.position, lens.code) or LensPosition()


@dataclass(frozen=True)
class AssessorView:
    """Who assessed: whose view, when and how; never a person's name. ``date`` is "" where ``name`` has it.

    A direct assessment has its two responsibilities and its reason here, in place of answers by task.
    """

    name: str
    date: str
    method: str
    invited: bool
    adopted: bool
    design: str = ""
    delivery: str = ""
    reason: str = ""


@dataclass(frozen=True)
class AnswerView:
    """What one assessor answered about a task: a line for each kind, or ``words`` where there are none."""

    name: str
    lines: tuple[tuple[str, str], ...]
    words: str = ""


@dataclass(frozen=True)
class TaskRow:
    """A task, everybody's answer, and how the answers compare."""

    question: str
    answers: tuple[AnswerView, ...]
    verdict: str


@dataclass(frozen=True)
class LensLine:
    """What each assessor comes out at under one lens, and on which axis they differ; ``verdict`` is "" for one."""

    lens: str
    places: tuple[tuple[str, str], ...]
    verdict: str


@dataclass(frozen=True)
class PhasePerspectives:
    """One phase as its assessors see it; ``phase`` is "" where there is only one.

    ``columns`` are those who answered by task. ``rows`` decide, ``more`` never count. ``open`` says whether the phase
    is unfolded among others.
    """

    phase: str
    open: bool
    assessors: tuple[AssessorView, ...]
    lines: tuple[LensLine, ...]
    columns: tuple[str, ...]
    rows: tuple[TaskRow, ...]
    more: tuple[TaskRow, ...]

    @property
    def compared(self) -> bool:
        """Whether there are answers of several people to lay side by side."""
        return len(self.columns) > 1

    @property
    def crowded(self) -> bool:
        """Whether the columns are too many to stand side by side."""
        return len(self.columns) > MOST_COLUMNS


# ---- Which assessments stand side by side --------------------------------------------------------


def assessed(phases: Iterable[Phase]) -> tuple[Assessed, ...]:
    """Every submitted assessment of the phases, oldest first."""
    found = []
    for phase in phases:
        rows = sorted((row for row in phase.assessments.all() if row.submitted_at), key=lambda row: row.pk)
        found += [Assessed(row, phase, of_assessment(row), name) for row, name in zip(rows, _names(rows), strict=True)]
    return tuple(sorted(found, key=lambda one: one.row.pk))


def _names(rows: Sequence[Assessment]) -> list[str]:
    """Whose view each is; with the date, and then a number, where that does not tell them apart."""
    views = [words.term("PERSPECTIVES", row.perspective) or _("Assessor") for row in rows]
    times = Counter(views)
    names = [
        _("%(view)s, %(date)s") % {"view": view, "date": _day(row)} if times[view] > 1 else view
        for row, view in zip(rows, views, strict=True)
    ]
    times = Counter(names)
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        if times[name] > 1:
            names[place] = f"{name} ({seen[name]})"
    return names


def _day(row: Assessment) -> str:
    return date_format(timezone.localtime(row.submitted_at), "j F Y")


def latest(found: Iterable[Assessed]) -> tuple[Assessed, ...]:
    """The last word of each voice; what bears nobody's account stands for itself."""
    last = {one.row.voice: one for one in found}
    return tuple(sorted(last.values(), key=lambda one: one.row.pk))


def resting_on(phase: Phase, found: Iterable[Assessed]) -> Assessed | None:
    """The assessment that the phase rests on, else the latest one of it."""
    own = [one for one in found if one.phase == phase]
    return next((one for one in own if one.adopted), own[-1] if own else None)


def disputed(found: Iterable[Assessed], lens: Lens) -> bool:
    """Whether the last words of two assessors put one phase in different cells."""
    sets = [one.under(lens).possible for one in latest(found)]
    return any(compare_sets(one, other) == "different" for one, other in combinations(sets, 2))


# ---- One phase -----------------------------------------------------------------------------------


def perspectives(phases: Sequence[Phase], found: Sequence[Assessed]) -> tuple[PhasePerspectives, ...]:
    """The assessed phases in their order, but for those of which one person stated the responsibilities only."""
    by_phase = [(phase, side_by_side([one for one in found if one.phase == phase])) for phase in phases]
    by_phase = [(phase, beside) for phase, beside in by_phase if len(beside) > 1 or any(not b.direct for b in beside)]
    return tuple(
        _phase(beside, phase.name if len(phases) > 1 else "", is_open=phase.current or len(by_phase) == 1)
        for phase, beside in by_phase
    )


def side_by_side(own: Sequence[Assessed]) -> list[Assessed]:
    """The last word of everybody about one phase, and the one that was adopted."""
    last = latest(own)
    return [one for one in own if one in last or one.adopted]


def _phase(beside: Sequence[Assessed], name: str, *, is_open: bool) -> PhasePerspectives:
    guided = [one for one in beside if not one.direct]
    return PhasePerspectives(
        phase=name,
        open=is_open,
        assessors=tuple(assessor_view(one) for one in beside),
        lines=tuple(filter(None, (_line(beside, lens) for lens in LENSES.values()))),
        columns=tuple(one.name for one in guided),
        rows=_rows(guided, decides=True),
        more=_rows(guided, decides=False),
    )


def assessor_view(one: Assessed) -> AssessorView:
    """Whose view, when and how."""
    row = one.row
    return AssessorView(
        name=one.name,
        date=one.date,
        method=words.term("METHODS", row.method),
        invited=row.by_invitation,
        adopted=one.adopted,
        design=words.level(SECTOR, row.design) if one.direct else "",
        delivery=words.level(SECTOR, row.delivery) if one.direct else "",
        reason=row.reason if one.direct else "",
    )


def _rows(guided: Sequence[Assessed], *, decides: bool) -> tuple[TaskRow, ...]:
    """The tasks that somebody answered; those that decide stand in any case."""
    if not guided:
        return ()
    compared = {row.task: row.verdict for row in compare([one.row.answers for one in guided])}
    return tuple(
        TaskRow(
            question=_(task.question),
            answers=tuple(_answer(one, task) for one in guided),
            verdict=_(VERDICTS.label(compared.get(task.code, "open"))) if len(guided) > 1 else "",
        )
        for task in TASKS
        if task.decides is decides and (decides or task.code in compared)
    )


def _answer(one: Assessed, task: Task) -> AnswerView:
    given = one.row.answers.get(task.code)
    if given == NOT_APPLICABLE:
        return AnswerView(one.name, (), _(NOT_APPLICABLE_WORDS))
    if not given:
        return AnswerView(one.name, (), _("Not answered"))
    return AnswerView(
        one.name,
        tuple(
            (str(words_of_kind), _(answer_level(given[kind]).words(task.axis)))
            for kind, words_of_kind in KINDS.items()
            if kind in given
        ),
    )


# ---- What each comes out at ----------------------------------------------------------------------


def _line(beside: Sequence[Assessed], lens: Lens) -> LensLine | None:
    """Where each stands under a lens; None where the lens has nothing to say."""
    positions = [(one.name, one.under(lens)) for one in beside]
    placed = [position for _name, position in positions if position.placed]
    if not placed:
        return None
    return LensLine(
        lens=_(lens.name),
        places=tuple(
            (name, tag(position, lens) if position.placed else _("Not known")) for name, position in positions
        ),
        verdict=axes_compared(placed, lens) if len(placed) > 1 else "",
    )


def axes_compared(positions: Sequence[LensPosition], lens: Lens) -> str:
    """On which axis several positions differ, in a sentence or two."""
    differ, left_open = axes_that(positions, lens, "differ"), axes_that(positions, lens, "open")
    if differ:
        sentence = _("They differ on %(axes)s.") % {"axes": differ}
        return f"{sentence} {_still_open(left_open)}" if left_open else sentence
    if any(compare_sets(one.possible, other.possible) == "different" for one, other in combinations(positions, 2)):
        return _("They differ, and on which axis is open.")
    return _still_open(left_open) if left_open else _("They agree.")


def _still_open(axes: str) -> str:
    return _("Whether they differ on %(axes)s is open.") % {"axes": axes}


def axes_that(positions: Sequence[LensPosition], lens: Lens, verdict: str) -> str:
    """The axes on which positions ``agree``, ``differ`` or are ``open``, in words: "design and delivery"."""
    found = {axis: _compared([outcomes(position, axis, lens) for position in positions]) for axis in Axis}
    return words.joined([AXES[axis] for axis in Axis if found[axis] == verdict], last=_("and"))


def outcomes(position: LensPosition, axis: Axis, lens: Lens) -> frozenset[Member]:
    """Everything that is possible on one axis: levels of the lens, ``outside`` and ``nobody``."""
    here, there = position.design, position.delivery
    if axis is Axis.DELIVERY:
        here, there = there, here
    if here:
        return frozenset({here})
    beyond = {member for member in position.possible if isinstance(member, str)}
    if beyond and not there:
        # The set does not tell on which axis that would be, so anything may still be on this one.
        return frozenset({*(level.code for level in lens.levels), OUTSIDE, NOBODY})
    levels = {cell_of(number).responsibilities(lens)[axis is Axis.DELIVERY] for number in position.cells}
    return frozenset(levels | beyond)


def _compared(outcomes: Sequence[frozenset[Member]]) -> str:
    """``agree`` where all have the one same outcome, ``differ`` where two have none in common, else ``open``."""
    if any(not one & other for one, other in combinations(outcomes, 2)):
        return "differ"
    return "agree" if len(set(outcomes)) == 1 and len(outcomes[0]) == 1 else "open"
