"""What pages say to machines in the words of schema.org: data sets, their parts, and terms with their definitions.

Each function gives a dictionary for JSON-LD; ``partials/metadata.html`` prints it. Types and properties are those of
https://schema.org (Dataset, DataDownload, CreativeWork, DefinedTermSet, DefinedTerm). Nothing here asks the database.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters import words
from partnerships.presenters.cards import where
from partnerships.presenters.citation import Citation, one_line, register_name
from partnerships.presenters.glossary import letters
from partnerships.selection import Selection
from taxonomy.cells import CELLS, cell
from taxonomy.codebook import CURRENT, Codebook

Data = dict[str, Any]
CONTEXT = "https://schema.org"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# The files of a selection, by the ending of their address.
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def whole(path: str) -> str:
    """The whole address of a path, by the address in the settings: a forged Host header must not get in."""
    return settings.SITE_URL + path


def page(name: str, *arguments: str | int) -> str:
    """The whole address of a page by its name."""
    return whole(reverse(name, args=arguments))


def publisher() -> Data:
    """The register as the body that publishes itself."""
    return {
        "@type": "Organization",
        "@id": f"{page('matrix')}#register",
        "name": register_name(),
        "url": page("matrix"),
    }


# ---- Data sets -----------------------------------------------------------------------------------------------------


def register() -> Data:
    """The register as one data set."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": page("data"),
        "url": page("data"),
        "name": _("Co-production Matrix: a register of public-service partnerships"),
        "description": _(
            "Public-service partnerships and examples of them from the literature, each placed on a matrix of nine "
            "cells by who designs the service and who delivers it, with sources, claims and phases."
        ),
        "keywords": [_("co-production"), _("public services"), _("partnerships"), _("third sector"), _("co-design")],
        "measurementTechnique": page("codebook"),
        **with_rights(),
        "distribution": downloads(""),
    }


def subset(selection: Selection, citation: Citation) -> Data:
    """The part of the register that a selection holds; the register itself where nothing is selected."""
    if not selection.own_query:
        return register()
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": citation.url,
        "url": citation.url,
        "name": citation.title,
        "description": _("%(title)s. A part of the Co-production Matrix, %(version)s: %(count)s.")
        % {"title": citation.title, "version": citation.version, "count": citation.detail},
        "version": citation.version,
        **with_rights(),
        "isPartOf": part_of_register(),
        "distribution": downloads(selection.own_query),
    }


def part_of_register() -> Data:
    """The register, as that which something is a part of."""
    return {"@type": "Dataset", "@id": page("data"), "name": register_name(), "url": page("data")}


def downloads(query: str) -> list[Data]:
    """The files of a selection."""
    return [
        {
            "@type": "DataDownload",
            "encodingFormat": media_type,
            "contentUrl": page("data-partnerships", ending) + query,
        }
        for ending, media_type in MEDIA_TYPES.items()
    ]


def with_rights() -> Data:
    """What holds for all that the register publishes."""
    return {
        "creator": publisher(),
        "publisher": publisher(),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }


# ---- Cases ---------------------------------------------------------------------------------------------------------


def case(partnership: Partnership, citation: Citation) -> Data:
    """One published partnership: a work that is part of the data set, about a service somewhere.

    Its cell is named where the current phase has one that a source or an assessment gives; inferred ones show on
    request only. Reads ``phases``: fetch them along with it.
    """
    areas = [words.area(code) for code in partnership.service_areas]
    data = {
        "@context": CONTEXT,
        "@type": "CreativeWork",
        "@id": citation.url,
        "url": citation.url,
        "name": citation.title,
        "alternateName": [one_line(name) for name in partnership.aliases],
        "abstract": citation.abstract,
        "datePublished": citation.issued.isoformat(),
        "dateModified": partnership.updated_at.isoformat(timespec="seconds"),
        "version": citation.version,
        **with_rights(),
        "isPartOf": part_of_register(),
        "about": [_service(partnership, citation, areas), *_stands(partnership)],
        "spatialCoverage": _place(partnership),
        "keywords": [*areas, *(one_line(tag) for tag in partnership.tags)],
    }
    return {name: value for name, value in data.items() if value or value is True}


def _service(partnership: Partnership, citation: Citation, areas: list[str]) -> Data:
    service = {"@type": "Service", "name": citation.title, "serviceType": areas, "areaServed": _place(partnership)}
    return {name: value for name, value in service.items() if value}


def _stands(partnership: Partnership) -> list[Data]:
    now = next((phase for phase in partnership.phases.all() if phase.current), None)
    return [cell_term(now.cell)] if now and now.cell and not now.is_inferred else []


def _place(partnership: Partnership) -> Data:
    """Place and countries as far as they are stated."""
    named = one_line(where(partnership))
    countries = [
        {"@type": "Country", "name": words.country(code), "identifier": code} for code in partnership.countries
    ]
    return {"@type": "Place", "name": named, **({"containedInPlace": countries} if countries else {})} if named else {}


# ---- Terms ---------------------------------------------------------------------------------------------------------


def cell_term(number: int) -> Data:
    """A cell of the matrix as a term that the codebook defines."""
    one = cell(number)
    return {
        "@type": "DefinedTerm",
        "@id": page("cell", number),
        "url": page("cell", number),
        "termCode": str(number),
        "name": _("Cell %(number)s: %(model)s") % {"number": number, "model": _(one.model.label)},
        "description": _(one.plain),
        "inDefinedTermSet": page("codebook"),
    }


def cell_page(number: int) -> Data:
    """The page of a cell."""
    return {"@context": CONTEXT, **cell_term(number)}


def codebook(book: Codebook) -> Data:
    """A version of the codebook: its cells and kinds of party as terms."""
    url = page("codebook") if book is CURRENT else page("codebook-version", book.version)
    kinds = (
        {"@type": "DefinedTerm", "termCode": kind.code, "name": _(kind.name), "description": _(kind.help)}
        for kind in book.party_kinds
    )
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": _("Codebook of the Co-production Matrix, version %(version)s, %(date)s")
        % {"version": book.version, "date": date_format(book.date, "j F Y")},
        "description": _(book.summary),
        "version": book.version,
        "datePublished": book.date.isoformat(),
        **with_rights(),
        "hasDefinedTerm": [*(cell_term(one.number) for one in CELLS), *kinds],
    }


def glossary() -> Data:
    """The words of the glossary."""
    url = page("glossary")
    entries = (entry for letter in letters() for entry in letter.entries)
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "@id": url,
        "url": url,
        "name": _("Glossary of the Co-production Matrix"),
        **with_rights(),
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{url}#{entry.code}",
                "url": f"{url}#{entry.code}",
                "termCode": entry.code,
                "name": entry.name,
                "description": entry.meaning,
            }
            for entry in entries
        ],
    }
