"""The guide: its pages and their order, and what each of them shows of the theory and the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Lesson, Partnership, Source
from partnerships.presenters.matrix import Link
from taxonomy import citations
from taxonomy.citations import short
from taxonomy.figures import AMOUNTS, FIGURES, NO_SCORE, FigureTable
from taxonomy.guide import ROLES, ROLES_CITATION
from taxonomy.guide_debate import CHALLENGES, DISPUTES, OPPORTUNITIES, SCOPES, Point
from taxonomy.vocabulary import DEFINITIONS, LESSON_THEMES, RISK_CARRIERS, VEHICLES, Term

# ---- The pages -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide: the last part of its address, its title, and a line about it."""

    slug: str
    title: str | Promise
    teaser: str | Promise

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("glossary") if self.slug == "glossary" else reverse("guide-page", args=[self.slug])


PAGES = (
    GuidePage(
        "reading",
        gettext_lazy("How to read the matrix"),
        gettext_lazy("Two questions, nine cells, and entries of the register to practise on."),
    ),
    GuidePage(
        "questions",
        gettext_lazy("Questions to ask in your role"),
        gettext_lazy("For front-line staff, managers, chief executives and councillors."),
    ),
    GuidePage(
        "practice",
        gettext_lazy("Opportunities and challenges"),
        gettext_lazy("What there is to gain, and what can go wrong."),
    ),
    GuidePage(
        "vehicles",
        gettext_lazy("Ways of buying, funding and planning"),
        gettext_lazy("From alliance contracts to social impact bonds, and who carries the risk."),
    ),
    GuidePage(
        "definitions",
        gettext_lazy("What people mean by co-production"),
        gettext_lazy("Definitions in use, who uses them, and where they disagree."),
    ),
    GuidePage(
        "figures",
        gettext_lazy("Figures from surveys"),
        gettext_lazy("Numbers that are often quoted, and how far they carry."),
    ),
    GuidePage(
        "glossary",
        gettext_lazy("Glossary"),
        gettext_lazy("The words of the register and of its literature."),
    ),
)
SLUGS = tuple(page.slug for page in PAGES)


@dataclass(frozen=True)
class Work:
    """A publication by its short name, with its page in the register if it has one."""

    name: str
    full: str
    url: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page of the guide."""

    title: str
    teaser: str
    previous: Link | None
    next: Link | None
    works: tuple[Work, ...]


def contents() -> tuple[Link, ...]:
    """The pages in their order."""
    return tuple(Link(str(page.title), page.url, str(page.teaser)) for page in PAGES)


def frame(slug: str, cited: Iterable[str]) -> Frame:
    """The frame of a page and the publications that it cites. One query, and none where nothing is cited."""
    here, pages = SLUGS.index(slug), contents()
    return Frame(
        title=pages[here].text,
        teaser=pages[here].note,
        previous=pages[here - 1] if here else None,
        next=pages[here + 1] if here + 1 < len(pages) else None,
        works=works(cited),
    )


# Where the register keeps the publications that the theory cites.
SOURCES = {
    citations.TABLE_2: "strategic-psp-model-chapter-2",
    citations.STRATEGIC_PSP: "strategic-psp-model-chapter-2",
    citations.RRCF: "reducing-reoffending-change-fund-evaluation-year-1",
    citations.LOFFLER: "loeffler-why-co-production-local-government",
    citations.HAND_OUT: "hand-out-co-production-levels-types-models",
    citations.HAND_OUT_GRID: "hand-out-co-production-levels-types-models",
    citations.BLOG_POST: "blog-i-should-co-pro",
}


def works(cited: Iterable[str]) -> tuple[Work, ...]:
    """The publications behind short names, each linked to its source where visitors may see one."""
    named = citations.works(cited)
    wanted = {SOURCES[full] for full in named.values()}
    found = set(Source.objects.public().filter(slug__in=wanted).values_list("slug", flat=True)) if wanted else set()
    return tuple(
        Work(name, full, reverse("source", args=[SOURCES[full]]) if SOURCES[full] in found else "")
        for name, full in named.items()
    )


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
