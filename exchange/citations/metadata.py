"""What the pages of releases say to machines; the other pages have theirs in ``partnerships.presenters.metadata``."""

from __future__ import annotations

from datetime import date

from exchange.citations.releases import of_release
from exchange.models import Release
from exchange.releases.media import TYPES
from partnerships.presenters.citation import Citation, of_released
from partnerships.presenters.metadata import Metadata, citation_files, tags
from partnerships.presenters.structured import CONTEXT, Data, page, part_of_register, with_rights


def of_release_page(release: Release, today: date) -> Metadata:
    """The page of a release: a data set with its files."""
    citation = of_release(release, today)
    return Metadata(
        canonical=citation.url,
        tags=tags(citation),
        alternates=citation_files("cite-release", release.number),
        data=data_set(release, citation),
    )


def of_released_case_page(slug: str, title: str, summary: str, release: Release, today: date) -> Metadata:
    """A case as a release holds it. Search engines are led to today's page, so that there is nothing for them here."""
    return Metadata(tags=tags(of_released(slug, title, summary, release, today)))


def data_set(release: Release, citation: Citation) -> Data:
    """A release in the words of schema.org. It is a version of the register, which schema.org has no word for."""
    doi = {"identifier": f"https://doi.org/{citation.doi}"} if citation.doi else {}
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": citation.url,
        "url": citation.url,
        **doi,
        "name": citation.title,
        "description": citation.abstract,
        "version": str(release.number),
        "datePublished": citation.issued.isoformat(),
        **with_rights(),
        "isPartOf": part_of_register(),
        "distribution": [_file(release.number, file["name"], file["bytes"], file["sha256"]) for file in release.files],
    }


def _file(number: int, name: str, size: int, digest: str) -> Data:
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": TYPES[name.rsplit(".", 1)[-1]].partition(";")[0],
        "contentUrl": page("release-file", number, name),
        "contentSize": f"{size} B",
        "sha256": digest,
    }
