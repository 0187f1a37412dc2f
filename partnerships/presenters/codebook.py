"""The codebook for readers: the grid under both lenses, the questions, the rule, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taxonomy.axes import Axis
from taxonomy.cells import LABELS_REPEAT
from taxonomy.citations import COFOG, RRCF_TASKS
from taxonomy.codebook import CODEBOOKS, Codebook
from taxonomy.lenses import Lens


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
    """A question an assessor is asked."""

    text: str
    help: str
    decides: bool


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
    levels: tuple[tuple[str, str], ...]
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
        meanings=tuple((c.number, _(c.model.label), _(c.plain), _(c.gloss) if c.gloss else "") for c in book.cells),
        kinds=tuple((_(kind.name), _(kind.help)) for kind in book.party_kinds),
        design=_questions(book, Axis.DESIGN),
        delivery=_questions(book, Axis.DELIVERY),
        levels=tuple((_(level.design_words), _(level.delivery_words)) for level in book.levels),
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
        return tuple((x.cell, x.text, _(x.note) if x.note else "") for x in lens.labels if (x.cell - 1) // 3 == row)

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
    return tuple(Question(_(t.question), _(t.help), t.decides) for t in book.tasks if t.axis is axis)
