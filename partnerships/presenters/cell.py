"""A cell page: what the cell means in both lenses, what tells it from its neighbours, and what may stand there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import querysets as conditions
from partnerships.filters import FILTERS
from partnerships.models import Facet
from partnerships.presenters import words
from partnerships.presenters.cards import Card, cards
from partnerships.presenters.matrix import Link, cell_name
from partnerships.presenters.position import MiniMatrix, mini_matrix
from partnerships.presenters.transitions import Counted, counted, list_url, who
from partnerships.presenters.words import joined
from partnerships.selection import Selection
from taxonomy.cells import cell as cell_of
from taxonomy.examples import Example, change, examples
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.neighbours import Neighbour, neighbours
from taxonomy.questions import answer_level, task

MOST_SETS = 50
MOST_MOVES = 8
MOST_AREAS = 5


@dataclass(frozen=True)
class LensMeaning:
    """What a cell means under one lens: the source's label, a plain sentence, and where that stands."""

    lens: str
    label: str
    note: str
    plain: str
    citation: str
    numbering: str


@dataclass(frozen=True)
class Answer:
    """A question that decides, and the answers of the two sides that lead to this cell."""

    question: str
    first: str
    second: str


@dataclass(frozen=True)
class Beside:
    """A cell beside this one: what tells them apart, and what would move something over there."""

    link: Link
    change: str


@dataclass(frozen=True)
class CellPage:
    """All that a page says about a cell apart from its partnerships."""

    number: int
    name: str
    plain: str
    gloss: str
    design: str
    delivery: str
    mini: MiniMatrix
    meanings: tuple[LensMeaning, ...]
    namesakes: str
    sides: tuple[str, str]
    answers: tuple[Answer, ...]
    neighbours: tuple[Beside, ...]
    previous: Link | None
    next: Link | None
    matrix_url: str
    clear_url: str


def cell_page(number: int, selection: Selection) -> CellPage:
    """Describe cell 1 to 9; links keep the selection."""
    cell, lens = cell_of(number), selection.lens
    return CellPage(
        number=number,
        name=cell_name(cell, lens),
        plain=_(cell.plain_in(lens)),
        gloss=_(cell.gloss) if cell.gloss and lens is SECTOR else "",
        design=_(lens.levels[cell.column].design_words),
        delivery=_(lens.levels[cell.row].delivery_words),
        mini=mini_matrix({number}, settled=True),
        meanings=tuple(_meaning(number, each) for each in (SECTOR, PROFESSIONAL)),
        namesakes=joined(cell.namesakes, last=_("and")) if lens is SECTOR else "",
        sides=(_(lens.levels[0].name), _(lens.levels[2].name)),
        answers=tuple(_answer(example) for example in examples(number)),
        neighbours=tuple(_beside(number, neighbour, selection) for neighbour in neighbours(number, lens)),
        previous=_link(number - 1, selection) if number > 1 else None,
        next=_link(number + 1, selection) if number < 9 else None,
        matrix_url=reverse("matrix") + selection.query(),
        clear_url=selection.query(**dict.fromkeys(FILTERS)) or "?",
    )


def _meaning(number: int, lens: Lens) -> LensMeaning:
    label = lens.label(number)
    cell = cell_of(number)
    note = _(label.note) if label.note else ""
    return LensMeaning(_(lens.name), label.text, note, _(cell.plain_in(lens)), lens.citation, _(lens.numbering))


def _answer(example: Example) -> Answer:
    first, second = (_(answer_level(code).words(example.axis)) for code in (example.first, example.second))
    return Answer(_(task(example.task).question), first, second)


def _beside(number: int, neighbour: Neighbour, selection: Selection) -> Beside:
    move = change(number, neighbour.number, selection.lens)
    return Beside(_link(neighbour.number, selection, _(neighbour.difference)), _(move.text) % {"side": _(move.side)})


def _link(number: int, selection: Selection, note: str = "") -> Link:
    text = _("Cell %(number)s, %(name)s") % {"number": number, "name": cell_name(cell_of(number), selection.lens)}
    return Link(text, reverse("cell", args=[number]) + selection.query(), note)


def perhaps(number: int, selection: Selection) -> tuple[Card, ...]:
    """Counted units that may stand in this cell."""
    where = conditions.perhaps_in(number, selection.lens, inferred=selection.inferred)
    rows = selection.ordered().standing(where).with_current_phase(selection.year)[: MOST_SETS + 1]
    return cards(rows, selection.lens, inferred=selection.inferred)


def others_in(number: int, selection: Selection) -> tuple[Link, ...]:
    """Units that are never counted but stand in this cell, each with its kind and the source's caution."""
    where = conditions.placed_in([number], selection.lens, inferred=selection.inferred)
    rows = (
        selection.partnerships.listed_only()
        .at_current_phase()
        .filter(where)
        .order_by("search_title", "pk")
        .values_list("title", "slug", "unit", "now__adopted_statement__hedge")
    )
    return tuple(
        Link(title, reverse("partnership", args=[slug]), _caution(words.unit(unit), hedge))
        for title, slug, unit, hedge in rows
    )


def _caution(unit: str, hedge: str | None) -> str:
    return _("%(unit)s; the source says “%(hedge)s”") % {"unit": unit, "hedge": hedge} if hedge else unit


# ---- What happened here, and what is done here ---------------------------------------------------------------------


@dataclass(frozen=True)
class MovesHere:
    """Where partnerships came from and where they went, with the lists behind, most frequent first.

    ``more`` is how many other moves have this cell as one of several possible ones, before or after.
    """

    into: tuple[Link, ...]
    out: tuple[Link, ...]
    more: int
    url: str


def moves_here(number: int, selection: Selection) -> MovesHere | None:
    """The moves into and out of a cell, whatever the year; None where there are none. One query."""
    here = frozenset({number})
    found = [one for one in counted(selection) if number in one.move.from_cells | one.move.to_cells]
    into = [one for one in found if one.move.to_cells == here and one.move.certain and not one.move.to_open]
    out = [one for one in found if one.move.from_cells == here and one.move.certain and not one.move.from_open]
    if not found:
        return None
    return MovesHere(
        into=tuple(_move(one, _("from %(before)s"), selection) for one in into[:MOST_MOVES]),
        out=tuple(_move(one, _("to %(after)s"), selection) for one in out[:MOST_MOVES]),
        more=len(found) - len(into[:MOST_MOVES]) - len(out[:MOST_MOVES]),
        url=reverse("trajectories") + selection.query(year=None, cell=None),
    )


def _move(one: Counted, words_: str, selection: Selection) -> Link:
    return Link(words_ % words.ends(one.move), list_url(selection, one.move), who(one))


def areas_here(number: int, selection: Selection) -> tuple[Link, ...]:
    """The commonest service areas of what stands in a cell, each with its number and list. One query."""
    stands = conditions.placed_in([number], selection.lens, inferred=selection.inferred)
    within = selection.without("area").without("cell").partnerships.standing(stands).order_by().values("pk")
    rows = (
        Facet.objects.filter(facet="area", partnership__in=within)
        .annotate(size=Length("value"))
        .filter(size=2)
        .order_by()
        .values_list("value")
        .annotate(number=Count("pk"))
        .order_by("-number", "value")[:MOST_AREAS]
    )
    list_ = reverse("partnership-list")
    return tuple(
        Link(words.area(code), list_ + selection.query(cell=str(number), area=code), str(count)) for code, count in rows
    )
