"""The codebook for readers: the grid under both lenses, the questions, the rule, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taxonomy.axes import Axis
from taxonomy.cells import LABELS_REPEAT
from taxonomy.checklists import CHECKLISTS, NEVER_COUNTED, Checklist
from taxonomy.citations import COFOG, RRCF_TASKS
from taxonomy.codebook import CODEBOOKS, Codebook
from taxonomy.lenses import Lens
from taxonomy.questions import AnswerLevel


@dataclass(frozen=True)
class GridRow:
    """A row of a grid: its header and three (number, label, note) cells."""

    header: str
    cells: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A lens as its source prints it."""

    name: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    citation: str
    numbering: str
    sides: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """A question an assessor is asked, with an example of what counts and its contrast where it decides."""

    text: str
    help: str
    decides: bool
    counts: str
    does_not_count: str


@dataclass(frozen=True)
class LevelWords:
    """How far a party took part, in the words for each axis; a help is empty where the words say it all."""

    design: str
    design_help: str
    delivery: str
    delivery_help: str


@dataclass(frozen=True)
class ChecklistWords:
    """A checklist and its items as (label, help)."""

    name: str
    help: str
    citation: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CodebookPage:
    """All that the codebook page shows."""

    version: str
    date: str
    summary: str
    grids: tuple[Grid, ...]
    labels_repeat: str
    meanings: tuple[tuple[int, str, str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    design: tuple[Question, ...]
    delivery: tuple[Question, ...]
    levels: tuple[LevelWords, ...]
    checklists: tuple[ChecklistWords, ...]
    never_counted: str
    rules: tuple[tuple[int, str, str], ...]
    changes: tuple[str, ...]
    versions: tuple[str, ...]
    tasks_citation: str
    areas_citation: str


def codebook_page(book: Codebook) -> CodebookPage:
    """Translate and shape one version."""
    return CodebookPage(
        version=book.version,
        date=date_format(book.date, "j F Y"),
        summary=_(book.summary),
        grids=tuple(_grid(lens, book) for lens in book.lenses),
        labels_repeat=_(LABELS_REPEAT),
        meanings=tuple((c.number, _(c.model.label), _(c.plain), _said(c.gloss)) for c in book.cells),
        kinds=tuple((_(kind.name), _(kind.help)) for kind in book.party_kinds),
        design=_questions(book, Axis.DESIGN),
        delivery=_questions(book, Axis.DELIVERY),
        levels=tuple(_level(level) for level in book.levels),
        checklists=tuple(_checklist(checklist) for checklist in CHECKLISTS.values()),
        never_counted=_(NEVER_COUNTED),
        rules=tuple((rule.number, _(rule.title), _(rule.text)) for rule in book.rules),
        changes=tuple(_(change) for change in book.changes),
        versions=tuple(CODEBOOKS),
        tasks_citation=RRCF_TASKS,
        areas_citation=COFOG,
    )


def _grid(lens: Lens, book: Codebook) -> Grid:
    names = {kind.code: _(kind.plural).lower() for kind in book.party_kinds}

    def side(kinds: frozenset[str]) -> str:
        return ", ".join(name for code, name in names.items() if code in kinds)

    def cells(row: int) -> tuple[tuple[int, str, str], ...]:
        return tuple((x.cell, x.text, _said(x.note)) for x in lens.labels if (x.cell - 1) // 3 == row)

    return Grid(
        name=_(lens.name),
        question=_(lens.question),
        columns=tuple(level.design_header for level in lens.levels),
        rows=tuple(GridRow(level.delivery_header, cells(row)) for row, level in enumerate(lens.levels)),
        citation=lens.citation,
        numbering=_(lens.numbering),
        sides=((_(lens.levels[0].name), side(lens.first_kinds)), (_(lens.levels[2].name), side(lens.second_kinds))),
    )


def _questions(book: Codebook, axis: Axis) -> tuple[Question, ...]:
    return tuple(
        Question(_(t.question), _(t.help), t.decides, _said(t.counts), _said(t.does_not_count))
        for t in book.tasks
        if t.axis is axis
    )


def _level(level: AnswerLevel) -> LevelWords:
    return LevelWords(
        _(level.design_words), _said(level.design_help), _(level.delivery_words), _said(level.delivery_help)
    )


def _checklist(checklist: Checklist) -> ChecklistWords:
    items = tuple((_(item.label), _said(item.help)) for item in checklist.items)
    return ChecklistWords(_(checklist.name), _(checklist.help), checklist.citation, items)


def _said(text: str) -> str:
    """Translate a text; the empty one stands for nothing, not for the head of a catalogue."""
    return _(text) if text else ""
