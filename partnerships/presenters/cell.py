"""A cell page: what the cell means in both lenses, what tells it from its neighbours, and what may stand there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Window
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import querysets as conditions
from partnerships.filters import FILTERS, PARTLY
from partnerships.models import Facet
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.cards import Card, cards
from partnerships.presenters.careful import read_from_words
from partnerships.presenters.matrix import Link, cell_name
from partnerships.presenters.position import MiniMatrix, mini_matrix
from partnerships.presenters.transitions import MoveCount, list_url, move_counts, who
from partnerships.presenters.words import joined
from partnerships.selection import Selection
from taxonomy.cells import cell as cell_of
from taxonomy.examples import Example, change, examples
from taxonomy.lenses import PROFESSIONAL, SECTOR, Lens
from taxonomy.neighbours import Neighbour, neighbours
from taxonomy.questions import answer_level, task

# So many of a kind are shown before the page goes on to what the cell means.
MOST_CARDS, MOST_SETS, MOST_OTHERS = 8, 5, 12
# How many rows there are, of which a query fetches the first.
IN_ALL = Window(Count("pk"))
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


# ---- What stands here ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Some:
    """The first of what is in a cell, and how many there are; ``url`` lists them all ("" where no list is the same)."""

    first: tuple[Card | Link, ...]
    count: int
    url: str = ""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.first)


def placed_here(number: int, selection: Selection) -> Some:
    """What the matrix counts in this cell, the first eight, and the list that holds exactly these."""
    where = conditions.placed_in([number], selection.lens, inferred=selection.inferred)
    return _cards(selection, where, MOST_CARDS, _list(selection, str(number)))


def perhaps(number: int, selection: Selection) -> Some:
    """Counted units that may stand in this cell, the first five; the list is that of all that are partly placed."""
    where = conditions.perhaps_in(number, selection.lens, inferred=selection.inferred)
    return _cards(selection, where, MOST_SETS, _list(selection, PARTLY))


def _cards(selection: Selection, where: Q, most: int, url: str) -> Some:
    rows = selection.ordered().standing(where).annotate(number=IN_ALL)
    found = list(rows.without_texts().with_current_phase(selection.year)[:most])
    first = cards(found, selection.lens, inferred=selection.inferred)
    return Some(first, found[0].number if found else 0, url)


def _list(selection: Selection, code: str) -> str:
    """The list of those of a selection that stand so; "" where a filter by cell asks for another group."""
    chosen = selection.values.get("cell", ())
    return "" if chosen and code not in chosen else reverse("partnership-list") + selection.query(cell=code)


def others_in(number: int, selection: Selection) -> Some:
    """Units that are never counted but stand in this cell, the first twelve, each with its kind and the caution.

    No list holds the same: the filter by cell is about what is counted.
    """
    where = conditions.placed_in([number], selection.lens, inferred=selection.inferred)
    rows = selection.partnerships.listed_only().at_current_phase().filter(where).order_by("search_title", "pk")
    said = (f"now__adopted_statement__{name}" for name in ("kind", "basis", "hedge"))
    found = list(rows.annotate(number=IN_ALL).values_list("number", "title", "slug", "unit", *said)[:MOST_OTHERS])
    links = (
        Link(title, case_url(slug, inferred=selection.inferred), _caution(words.unit(unit), *claim))
        for _all, title, slug, unit, *claim in found
    )
    return Some(tuple(links), found[0][0] if found else 0)


def _caution(unit: str, kind: str | None, basis: str | None, hedge: str | None) -> str:
    """The unit with what its source says in caution, or that its place was read from what the source describes."""
    if hedge:
        return _("%(unit)s; the source says “%(hedge)s”") % {"unit": unit, "hedge": hedge}
    return "; ".join(filter(None, (unit, read_from_words(kind, basis))))


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
    found = [one for one in move_counts(selection) if number in one.move.from_cells | one.move.to_cells]
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


def _move(one: MoveCount, words_: str, selection: Selection) -> Link:
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
