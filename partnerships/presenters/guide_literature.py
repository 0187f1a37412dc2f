"""What pages of the guide show of the literature: questions by role, points for and against, definitions, figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Lesson, Partnership
from partnerships.presenters.matrix import Link
from taxonomy.citations import short
from taxonomy.figures import AMOUNTS, FIGURES, NO_SCORE, FigureTable
from taxonomy.guide import ROLES, ROLES_CITATION
from taxonomy.guide_debate import CHALLENGES, DISPUTES, OPPORTUNITIES, SCOPES, Point
from taxonomy.vocabulary import DEFINITIONS, LESSON_THEMES, RISK_CARRIERS, VEHICLES, Term

# ---- Questions by role -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RoleView:
    """A group of people, its questions, and lessons of the register that touch them."""

    code: str
    name: str
    questions: tuple[str, ...]
    lessons: tuple[Link, ...]


@dataclass(frozen=True)
class QuestionsPage:
    """Questions for each group."""

    roles: tuple[RoleView, ...]
    cited: tuple[str, ...]


def role_links() -> tuple[Link, ...]:
    """Each group and where its questions stand."""
    page = reverse("guide-page", args=["questions"])
    return tuple(Link(_(role.name), f"{page}#{role.code}") for role in ROLES)


def questions() -> QuestionsPage:
    """Questions by group, with a link to lessons where the register has any. One query."""
    published = Lesson.objects.filter(case_study__partnership__in=Partnership.objects.published().values("pk"))
    taught = set(published.order_by().values_list("theme", flat=True).distinct())
    roles = tuple(
        RoleView(
            role.code,
            _(role.name),
            tuple(_(question) for question in role.questions),
            tuple(_theme_link(theme) for theme in role.themes if theme in taught),
        )
        for role in ROLES
    )
    return QuestionsPage(roles, (ROLES_CITATION,))


def _theme_link(theme: str) -> Link:
    return Link(_(LESSON_THEMES.label(theme)), f"{reverse('lessons')}?theme={theme}")


# ---- Opportunities and challenges; definitions -----------------------------------------------------------------------


@dataclass(frozen=True)
class PointView:
    """A point with its source by short name."""

    code: str
    title: str
    text: str
    citation: str


@dataclass(frozen=True)
class PracticePage:
    """What speaks for co-production, and what makes it hard."""

    opportunities: tuple[PointView, ...]
    challenges: tuple[PointView, ...]
    cited: tuple[str, ...]


def practice() -> PracticePage:
    """Opportunities and challenges."""
    return PracticePage(_points(OPPORTUNITIES), _points(CHALLENGES), _citations(*OPPORTUNITIES, *CHALLENGES))


def _points(points: tuple[Point, ...]) -> tuple[PointView, ...]:
    return tuple(PointView(p.code, _(p.title), _(p.text), short(p.citation)) for p in points)


def _citations(*cited: Point | Term | FigureTable) -> tuple[str, ...]:
    return tuple(each.citation for each in cited)


@dataclass(frozen=True)
class DefinitionView:
    """A definition: what it says, who uses it, whom it names."""

    code: str
    name: str
    meaning: str
    used_by: str
    names: str
    third_sector: bool
    citation: str


@dataclass(frozen=True)
class DefinitionsPage:
    """The definitions in use, and what is disputed."""

    definitions: tuple[DefinitionView, ...]
    disputes: tuple[PointView, ...]
    cited: tuple[str, ...]


def definitions() -> DefinitionsPage:
    """Every definition of the vocabulary with its scope."""
    rows = tuple(
        DefinitionView(
            term.code, _(term.label), _(term.help), _(scope.used_by), _(scope.names), scope.third_sector,
            short(term.citation),
        )
        for term, scope in ((term, SCOPES[term.code]) for term in DEFINITIONS)
    )  # fmt: skip
    return DefinitionsPage(rows, _points(DISPUTES), _citations(*DEFINITIONS, *DISPUTES))


# ---- Vehicles --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CountedTerm:
    """A code of a vocabulary: what it means, how many entries bear it, and their list ("" for none)."""

    code: str
    name: str
    meaning: str
    citation: str
    count: int
    url: str


@dataclass(frozen=True)
class VehiclesPage:
    """Vehicles and who carries the risk."""

    vehicles: tuple[CountedTerm, ...]
    risks: tuple[CountedTerm, ...]
    cited: tuple[str, ...]


def vehicles() -> VehiclesPage:
    """Every vehicle and carrier of risk with the number of published entries. Two queries."""
    cited = _citations(*VEHICLES, *RISK_CARRIERS)
    return VehiclesPage(_counted("vehicle", VEHICLES.terms), _counted("risk", RISK_CARRIERS.terms), cited)


def _counted(column: str, terms: tuple[Term, ...]) -> tuple[CountedTerm, ...]:
    rows = Partnership.objects.published().order_by().values_list(column).annotate(number=Count("pk"))
    numbers = Counter(dict(rows))
    here = reverse("partnership-list")
    return tuple(
        CountedTerm(
            term.code, _(term.label), _(term.help) if term.help else "", short(term.citation), numbers[term.code],
            f"{here}?{column}={term.code}" if numbers[term.code] else "",
        )
        for term in terms
    )  # fmt: skip


# ---- Figures ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FigureTableView:
    """A table of figures: rows of (label, value as printed, width of a bar out of 100)."""

    code: str
    title: str
    about: str
    column: str
    unit: str
    rows: tuple[tuple[str, str, float], ...]
    cautions: tuple[str, ...]
    citation: str


@dataclass(frozen=True)
class FiguresPage:
    """All figures, and sums as (label, value, caution, citation)."""

    no_score: str
    tables: tuple[FigureTableView, ...]
    amounts: tuple[tuple[str, str, str, str], ...]
    cited: tuple[str, ...]


def figures() -> FiguresPage:
    """Every table of the theory."""
    return FiguresPage(
        no_score=_(NO_SCORE),
        tables=tuple(_table(table) for table in FIGURES),
        amounts=tuple((_(a.label), _(a.value), _(a.caution), short(a.citation)) for a in AMOUNTS),
        cited=(*_citations(*FIGURES), *(amount.citation for amount in AMOUNTS)),
    )


def _table(table: FigureTable) -> FigureTableView:
    return FigureTableView(
        table.code, _(table.title), _(table.about), _(table.column), table.unit,
        tuple((_(row.label), row.value, row.share) for row in table.rows),
        tuple(_(caution) for caution in table.cautions),
        short(table.citation),
    )  # fmt: skip
