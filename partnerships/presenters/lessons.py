"""Lessons of case studies: by theme across the cells, and those of one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.filters import PARTLY
from partnerships.models import Lesson, Partnership, Phase
from partnerships.presenters import words
from partnerships.presenters.addresses import case_url
from partnerships.presenters.facets import Filters, Way
from partnerships.presenters.lesson_filters import LessonSelection, lesson_filters, lesson_ways_out, taught
from partnerships.presenters.matrix import cell_name
from partnerships.presenters.position import lens_position, tag
from partnerships.querysets import FIRM, placed_in
from partnerships.selection import Selection
from taxonomy.cells import cell as cell_of
from taxonomy.vocabulary import COUNTED_UNITS, LESSON_THEMES

# From so many lessons on, a page of all themes shows the first few of each.
MANY, FIRST = 60, 3
MOST_IN_A_CELL = 6
# What a lesson in a list needs: none of the texts of its case.
NEEDED = (
    "theme", "text", "case_study__partnership__title", "case_study__partnership__slug",
    "case_study__partnership__status",
)  # fmt: skip
# Where a lesson's case stands if in no single cell; the first is also a value of the filter by cell.
NO_CELL = "nowhere"


@dataclass(frozen=True)
class LessonView:
    """A lesson: its theme and text, its case, and where that stands.

    ``tag`` is "" where the page is about one cell anyway, ``unit`` for what the matrix counts.
    """

    theme: str
    text: str
    case: str
    url: str
    tag: str = ""
    open: bool = False
    inferred: bool = False
    unit: str = ""


def _study_url(partnership: Partnership, selection: Selection) -> str:
    return case_url(partnership.slug, inferred=selection.inferred) + "#study"


# ---- Of one cell ---------------------------------------------------------------------------------------------------


def lessons_in(selection: Selection, cell: int) -> tuple[LessonView, ...]:
    """The lessons of partnerships that stand in a cell, at most six, from as many cases as possible. One query."""
    here = placed_in([cell], selection.lens, inferred=selection.inferred)
    phases = Phase.objects.current() if selection.year is None else Phase.objects.in_year(selection.year)
    certainty = phases.filter(partnership=OuterRef("case_study__partnership")).values("certainty")[:1]
    rows = (
        Lesson.objects.filter(case_study__partnership__in=selection.partnerships.standing(here).order_by().values("pk"))
        .annotate(nth=Window(RowNumber(), partition_by=F("case_study"), order_by="pk"), certainty=Subquery(certainty))
        .order_by("nth", "case_study__partnership__search_title", "pk")
        .select_related("case_study__partnership")
        .only(*NEEDED)[:MOST_IN_A_CELL]
    )
    return tuple(
        LessonView(
            words.term("LESSON_THEMES", row.theme),
            row.text,
            row.case_study.partnership.title,
            _study_url(row.case_study.partnership, selection),
            inferred=row.certainty not in FIRM,
        )
        for row in rows
    )


def all_in(selection: Selection, cell: int) -> str:
    """The address of all the lessons of a cell."""
    return reverse("lessons") + selection.query(cell=str(cell))


# ---- By theme ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A place: a cell, partly placed, or none. ``url`` lists the lessons of that place alone ("" for none)."""

    code: str
    name: str
    help: str
    url: str


@dataclass(frozen=True)
class Number:
    """How many lessons of a theme come from a place, and where on the page they stand; ``about`` says it in words."""

    count: int
    url: str
    about: str


@dataclass(frozen=True)
class Group:
    """The lessons of a theme from one place."""

    id: str
    lessons: tuple[LessonView, ...]


@dataclass(frozen=True)
class Theme:
    """A theme with its lessons by place, its row of numbers, and their sum.

    Where there are many lessons it shows the first few of them, how many ``more`` there are, and at which ``url``.
    """

    code: str
    name: str
    help: str
    count: int
    numbers: tuple[Number, ...]
    groups: tuple[Group, ...]
    more: int = 0
    url: str = ""


@dataclass(frozen=True)
class LessonsPage:
    """All that the page shows."""

    heading: str
    columns: tuple[Column, ...]
    themes: tuple[Theme, ...]
    has_nowhere: bool
    filters: Filters
    ways_out: tuple[Way, ...]


@dataclass(frozen=True)
class _Found:
    """A lesson with the code of its theme, of its place and of its case."""

    theme: str
    place: str
    case: int
    view: LessonView


def lessons_page(selection: LessonSelection) -> LessonsPage:
    """Group the lessons of a selection. Four queries: the filters, the cases, their phases, their lessons."""
    every = _found(selection)
    listed = [each for each in every if not selection.themes or each.theme in selection.themes]
    places = sorted({each.place for each in listed}, key=_order)
    columns = tuple(_column(place, selection) for place in places)
    return LessonsPage(
        heading=heading(len(listed), len({each.case for each in listed})),
        columns=columns,
        themes=tuple(_theme(code, listed, columns, selection) for code in LESSON_THEMES.codes if _of(code, listed)),
        has_nowhere=NO_CELL in places,
        filters=lesson_filters(selection, (each.theme for each in every)),
        ways_out=() if listed else lesson_ways_out(selection, len({each.case for each in every})),
    )


def heading(lessons: int, cases: int) -> str:
    """How many, in words: "22 lessons from 6 case studies"."""
    taught = ngettext("%(count)s lesson", "%(count)s lessons", lessons) % {"count": lessons}
    if not lessons:
        return taught
    studies = ngettext("%(count)s case study", "%(count)s case studies", cases) % {"count": cases}
    return _("%(lessons)s from %(studies)s") % {"lessons": taught, "studies": studies}


def _found(selection: Selection) -> list[_Found]:
    cases = selection.ordered().filter(pk__in=taught())
    # A title, an address and a place are all that is shown of a case: its texts and its story stay where they are.
    brief = cases.select_related("case_study").only("title", "slug", "status", "unit", "case_study__partnership")
    rows = brief.with_current_phase(selection.year).prefetch_related("case_study__lessons")
    return [each for partnership in rows for each in _of_case(partnership, selection)]


def _of_case(partnership: Partnership, selection: Selection) -> list[_Found]:
    phase = next(iter(partnership.current_phases), None)
    position = lens_position(phase, selection.lens, inferred=selection.inferred)
    counted = partnership.unit in COUNTED_UNITS
    place = NO_CELL
    if counted and position.cells:
        place = str(position.cells[0]) if position.settled else PARTLY
    return [
        _Found(
            lesson.theme, place, partnership.pk,
            LessonView(
                theme=words.term("LESSON_THEMES", lesson.theme),
                text=lesson.text,
                case=partnership.title,
                url=_study_url(partnership, selection),
                tag=tag(position, selection.lens),
                open=not position.settled,
                inferred=bool(phase and phase.is_inferred and position.placed),
                unit="" if counted else words.unit(partnership.unit),
            ),
        )
        for lesson in partnership.case_study.lessons.all()
    ]  # fmt: skip


def _order(place: str) -> tuple[int, str]:
    return ((PARTLY, NO_CELL).index(place) + 1 if not place.isdigit() else 0, place)


def _of(code: str, found: Iterable[_Found]) -> list[_Found]:
    return [each for each in found if each.theme == code]


def _column(place: str, selection: LessonSelection) -> Column:
    if place == NO_CELL:
        return Column(place, _("No cell"), "", "")
    url = selection.query(cell=place)
    if place == PARTLY:
        return Column(place, _("Partly placed"), "", url)
    return Column(place, _("Cell %(number)s") % {"number": place}, cell_name(cell_of(int(place)), selection.lens), url)


def _theme(code: str, listed: Collection[_Found], columns: tuple[Column, ...], selection: LessonSelection) -> Theme:
    lessons, name = _of(code, listed), words.term("LESSON_THEMES", code)
    by_place = Counter(each.place for each in lessons)
    brief = len(listed) > MANY and not selection.themes
    shown = lessons[:FIRST] if brief else lessons
    places = [column.code for column in columns if any(each.place == column.code for each in shown)]
    help_ = LESSON_THEMES.term(code).help
    return Theme(
        code, name, _(help_) if help_ else "", len(lessons),
        numbers=tuple(
            Number(by_place[place], _address(code, place, selection, brief=brief), f"{name}, {column.name}")
            for column in columns for place in [column.code]
        ),
        groups=tuple(
            Group(f"{code}-{place}", tuple(each.view for each in shown if each.place == place)) for place in places
        ),
        more=len(lessons) - len(shown),
        url=selection.query(theme=code),
    )  # fmt: skip


def _address(code: str, place: str, selection: LessonSelection, *, brief: bool) -> str:
    """Where the lessons of a theme from a place stand: on this page, or on one of that theme."""
    return (selection.query(theme=code) if brief else "") + f"#{code}-{place}"
