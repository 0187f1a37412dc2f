"""What stands in the head of a page for search engines and reference managers.

Zotero reads ``citation_…`` and ``DC.…`` (its translator "Embedded Metadata"), search engines read JSON-LD, readers of
feeds follow the links to other forms of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters import structured
from partnerships.presenters.citation import Citation, of_case, of_selection
from partnerships.presenters.structured import LICENCE_URL, Data, page, whole
from partnerships.selection import Selection
from taxonomy.codebook import Codebook

ATOM = "application/atom+xml"
# The files of a citation that browsers' extensions look for, by the ending of their address.
CITED_AS = {
    "bib": ("application/x-bibtex", "BibTeX"),
    "ris": ("application/x-research-info-systems", "RIS"),
    "json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
}


@dataclass(frozen=True)
class Tag:
    """A ``meta`` element."""

    name: str
    content: str


@dataclass(frozen=True)
class Alternate:
    """Another form of the page: its media type, where it is, and what it is called."""

    type: str
    url: str
    title: str


@dataclass(frozen=True)
class Metadata:
    """All of it. ``canonical`` is the address without the parameters that change nothing, "" where there are none."""

    canonical: str = ""
    tags: tuple[Tag, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    data: Data | None = None


def of_case_page(partnership: Partnership, today: date) -> Metadata:
    """The page of a published partnership."""
    citation = of_case(partnership, today)
    return Metadata(
        canonical=citation.url,
        tags=tags(citation),
        alternates=citation_files("cite-case", partnership.slug or ""),
        data=structured.case(partnership, citation),
    )


def of_list_page(selection: Selection, count: int, number: int, today: date) -> Metadata:
    """Page ``number`` of the list of a selection of ``count`` entries."""
    # The order matters only for what stands on a later page.
    query = selection.query(facets=None, page=str(number)) if number > 1 else selection.own_query
    return _of_selection(selection, count, today, whole(reverse("partnership-list")) + query)


def of_matrix_page(selection: Selection, count: int, today: date) -> Metadata:
    """The matrix of a selection of ``count`` entries."""
    return _of_selection(selection, count, today, whole(reverse("matrix")) + selection.own_query)


def _of_selection(selection: Selection, count: int, today: date, canonical: str) -> Metadata:
    citation = of_selection(selection, count, today)
    return Metadata(canonical, (), (feed(selection.own_query),), structured.subset(selection, citation))


def of_data_page() -> Metadata:
    """The page of the data: the register as a data set."""
    return Metadata(page("data"), (), (feed(""),), structured.register())


def of_cell_page(selection: Selection, number: int) -> Metadata:
    """The page of a cell."""
    return Metadata(page("cell", number) + selection.own_query, data=structured.cell_page(number))


def of_codebook_page(book: Codebook) -> Metadata:
    """A version of the codebook."""
    return Metadata(data=structured.codebook(book))


def of_glossary_page() -> Metadata:
    """The glossary."""
    return Metadata(data=structured.glossary())


# ---- Parts ---------------------------------------------------------------------------------------------------------


def tags(citation: Citation) -> tuple[Tag, ...]:
    """A citation for Zotero and its kin: the older names, which they look for first, and Dublin Core."""
    said = (
        ("citation_title", citation.title),
        # A comma keeps the name of a body whole: without one, Zotero takes its last word for a family name.
        *(("citation_author", f"{name},") for name in citation.authors),
        ("citation_publication_date", f"{citation.issued:%Y/%m/%d}"),
        ("citation_publisher", citation.publisher),
        ("citation_public_url", citation.url),
        ("citation_doi", citation.doi),
        ("citation_language", citation.language),
        ("DC.title", citation.title),
        *(("DC.creator", f"{name},") for name in citation.authors),
        ("DC.date", citation.issued.isoformat()),
        ("DC.publisher", citation.publisher),
        ("DC.type", "Dataset"),
        ("DC.identifier", citation.url),
        ("DC.language", citation.language),
        ("DC.rights", LICENCE_URL),
        ("DC.description", citation.abstract),
    )
    return tuple(Tag(name, content) for name, content in said if content)


def citation_files(name: str, *where: str | int) -> tuple[Alternate, ...]:
    """The same citation as files; ``name`` is that of the address, ``where`` what stands in it."""
    return tuple(
        Alternate(media_type, reverse(name, args=[*where, ending]), title)
        for ending, (media_type, title) in CITED_AS.items()
    )


def feed(query: str) -> Alternate:
    """The feed of what a selection holds."""
    return Alternate(ATOM, reverse("feed") + query, _("New and changed partnerships"))
