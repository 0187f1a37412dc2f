"""What the pages of releases show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.models import Release
from exchange.releases import reading
from exchange.releases.changes import Changed, Changes
from exchange.releases.files import ABOUT
from exchange.releases.reading import Frozen, Row
from exchange.releases.reviving import case_url, partnership_of, parts_of
from exchange.releases.words import COUNTED, ordered
from partnerships.presenters import words
from partnerships.presenters.cards import PageLink, PageLinks
from partnerships.presenters.case import CasePage
from partnerships.presenters.case import case_page as present
from partnerships.presenters.citation import CiteThis, of_case, sentence

# A page names so many of what changed; the rest is in the release's own log.
LISTED = 15
PER_PAGE = 50


@dataclass(frozen=True)
class ReleaseRow:
    """A release in a list. ``url`` is its page, or that of the case that was asked for."""

    name: str
    date: str
    url: str
    holds: str
    note: str
    doi: str


@dataclass(frozen=True)
class FileRow:
    """A file of a release."""

    name: str
    url: str
    about: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ChangeList:
    """What came, changed or went: the first of them, and how many there are besides."""

    heading: str
    rows: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True)
class ReleasePage:
    """All that the page of a release shows."""

    row: ReleaseRow
    number: int
    counts: tuple[tuple[str, int], ...]
    files: tuple[FileRow, ...]
    since: str
    changes: tuple[ChangeList, ...]
    log_url: str
    cases: int
    cases_url: str
    cite: CiteThis | None


def name_of(release: Release) -> str:
    """What a release is called."""
    return _("Release %(n)s") % {"n": release.number}


def date_of(release: Release) -> date:
    """The day on which it was made."""
    return timezone.localdate(release.made_at)


def row_of(release: Release, slug: str = "") -> ReleaseRow:
    """A release in a list; with ``slug`` its link leads to that case."""
    return ReleaseRow(
        name=name_of(release),
        date=date_format(date_of(release), "j F Y"),
        url=case_url(release.number, slug) if slug else reverse("release", args=[release.number]),
        holds=_("%(partnerships)s partnerships and examples, %(statements)s statements from %(sources)s sources")
        % release.counts,
        note=release.note,
        doi=release.doi,
    )


def release_page(release: Release, cite: CiteThis | None) -> ReleasePage:
    """The page of one release."""
    changes = Changes.from_dict(release.changes)
    return ReleasePage(
        row=row_of(release),
        number=release.number,
        counts=tuple((str(COUNTED[name]), count) for name, count in ordered(release.counts)),
        files=tuple(_file(release.number, file) for file in release.files),
        since=_("Since release %(n)s") % {"n": changes.since} if changes.since is not None else "",
        changes=tuple(_changes(changes, release.number)),
        log_url=reverse("release-file", args=[release.number, "CHANGELOG.md"]),
        cases=release.counts["partnerships"],
        cases_url=reverse("released-cases", args=[release.number]),
        cite=cite,
    )


def _file(number: int, file: dict[str, Any]) -> FileRow:
    url = reverse("release-file", args=[number, file["name"]])
    return FileRow(file["name"], url, str(ABOUT.get(file["name"], "")), file["bytes"], file["sha256"])


def _changes(changes: Changes, number: int) -> Iterable[ChangeList]:
    lists = (
        (_("Added: %(n)s"), changes.added, number),
        (_("Changed: %(n)s"), changes.changed, number),
        (_("No longer public: %(n)s"), changes.withdrawn, changes.since),
    )
    for heading, rows, where in lists:
        if rows:
            shown = tuple(_change(row, where) for row in rows[:LISTED])
            yield ChangeList(heading % {"n": len(rows)}, shown, max(0, len(rows) - LISTED))


def _change(row: Changed, number: int | None) -> tuple[str, str, str]:
    return row.title, case_url(number, row.slug) if number is not None else "", "; ".join(row.parts)


# ---- Cases of a release ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseRow:
    """A case in the list of a release."""

    title: str
    url: str
    caption: str


@dataclass(frozen=True)
class CasesPage:
    """A stretch of the cases of a release."""

    release: ReleaseRow
    heading: str
    search: str
    rows: tuple[CaseRow, ...]
    pages: PageLinks | None


def cases_page(release: Release, search: str, page: str) -> CasesPage:
    """The cases whose titles have the words of the search, a page of them."""
    count = reading.count_titles(release, search)
    here = Paginator(range(count), PER_PAGE).get_page(page)
    rows = reading.titles(release, search, first=max(here.start_index() - 1, 0), at_most=PER_PAGE)
    return CasesPage(
        release=row_of(release),
        heading=_("1 case") if count == 1 else _("%(n)s cases") % {"n": count},
        search=search,
        rows=tuple(CaseRow(r["title"], case_url(release.number, r["partnership_id"]), _caption(r)) for r in rows),
        pages=links(here, search),
    )


def _caption(row: Row) -> str:
    unit = words.UNITS.get(row["unit"], row["unit"])
    return " · ".join(str(part) for part in (unit, ", ".join(filter(None, (row["place"], row["nation"])))) if part)


def links(page: Page, search: str = "") -> PageLinks | None:
    """Links to the other pages; None where there is one."""
    if page.paginator.num_pages < 2:
        return None

    def url(number: int) -> str:
        return "?" + urlencode({**({"q": search} if search else {}), **({"page": number} if number > 1 else {})})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = (PageLink(str(n), url(n) if isinstance(n, int) else "", n == page.number) for n in numbers)
    return PageLinks(
        url(page.previous_page_number()) if page.has_previous() else "",
        url(page.next_page_number()) if page.has_next() else "",
        tuple(items),
    )


# ---- One case as of a release ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SourceRow:
    """A source as the release has it; ``url`` leads to its DOI where it has one."""

    anchor: str
    text: str
    url: str


@dataclass(frozen=True)
class ReleasedCase:
    """A case as of a release. ``live_url`` is today's page, "" where there is none any more."""

    page: CasePage
    release: ReleaseRow
    release_url: str
    live_url: str
    canonical: str
    citation: str
    sources: tuple[SourceRow, ...]


def released_case(release: Release, found: Frozen, *, inferred: bool, is_live: bool) -> ReleasedCase:
    """The case page of that day, from the release alone."""
    partnership = partnership_of(found, release.number)
    around = (parts_of(found, release.number), ())
    page = present(partnership, inferred=inferred, today=date_of(release), around=around)
    live_url = reverse("partnership", args=[partnership.slug]) if is_live else ""
    return ReleasedCase(
        page=replace(page, compare_url="", report_url=""),
        release=row_of(release),
        release_url=reverse("release", args=[release.number]),
        live_url=live_url,
        canonical=settings.SITE_URL + live_url if live_url else "",
        citation=sentence(of_case(partnership, timezone.localdate(), release)),
        sources=tuple(_source(row) for row in found.sources.values()),
    )


def _source(row: Row) -> SourceRow:
    year = f" ({row['year']})" if row["year"] else ""
    parts = (f"{row['authors']}{year}" if row["authors"] else "", row["title"], row["publisher"])
    text = row["reference"] or ". ".join(part for part in parts if part)
    return SourceRow(f"source-{row['slug']}", text, f"https://doi.org/{row['doi']}" if row["doi"] else row["url"])
