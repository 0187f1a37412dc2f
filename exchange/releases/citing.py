"""``CITATION.cff`` and ``datacite.json``: how to cite a release, for tools and for whoever registers a DOI for it.

Citation File Format 1.2.0 (https://doi.org/10.5281/zenodo.5171937) and DataCite Metadata Schema 4.5
(https://schema.datacite.org/meta/kernel-4.5/). Neither has a DOI in it: an archive gives one later, and the files never
change.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from exchange.releases.about import About


def citation_file(about: About) -> str:
    """The text of ``CITATION.cff``. A text in JSON's quotes is a text in YAML too."""
    lines: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": _("If you use this data, please cite it as below."),
        "type": "dataset",
        "title": about.title,
        "abstract": about.abstract,
        "authors": [{"name": about.author}],
        "version": str(about.number),
        "date-released": about.date,
        "license": about.licence_code,
        "url": about.url,
        "repository": about.site,
        "keywords": list(about.keywords),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())


def datacite(about: About, files: list[dict[str, Any]]) -> dict[str, Any]:
    """The metadata that DataCite asks for. ``files`` are those that hold the data."""
    return {
        "url": about.url,
        "types": {"resourceType": "Dataset", "resourceTypeGeneral": "Dataset"},
        "creators": [{"name": about.author, "nameType": "Organizational"}],
        "titles": [{"title": about.title, "lang": "en"}],
        "publisher": {"name": about.register, "lang": "en"},
        "publicationYear": about.year,
        "subjects": [{"subject": word, "lang": "en"} for word in about.keywords],
        "dates": [{"date": about.date, "dateType": "Issued"}],
        "language": "en",
        "alternateIdentifiers": [{"alternateIdentifier": about.url, "alternateIdentifierType": "URL"}],
        "relatedIdentifiers": _related(about),
        "sizes": [f"{file['name']}: {file['bytes']} bytes" for file in files],
        "formats": sorted({file["name"].rsplit(".", 1)[1].upper() for file in files}),
        "version": str(about.number),
        "rightsList": [
            {
                "rights": about.licence,
                "rightsUri": about.licence_url,
                "rightsIdentifier": about.licence_code,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
                "lang": "en",
            }
        ],
        "descriptions": [{"description": about.abstract, "descriptionType": "Abstract", "lang": "en"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


def _related(about: About) -> list[dict[str, str]]:
    """The register that it is a version of, and the release before."""
    found = [("IsVersionOf", about.site)]
    if about.previous is not None:
        found.append(("IsNewVersionOf", about.url_of(about.previous)))
    return [
        {"relatedIdentifier": url, "relatedIdentifierType": "URL", "relationType": relation} for relation, url in found
    ]
