"""The guide: its pages and their order, and the publications that they cite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from partnerships.models import Source
from partnerships.presenters.matrix import Link
from taxonomy import citations

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
