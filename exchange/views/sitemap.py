"""The map of the site for search engines: an index, and the public pages by kind (https://www.sitemaps.org/protocol.html).

Every address begins as the settings say, whatever host a request names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from exchange.models import Release
from partnerships.models import Partner, Partnership, Source
from partnerships.presenters.guide import PAGES as GUIDE
from partnerships.querysets import PUBLISHED
from taxonomy.cells import CELLS
from taxonomy.codebook import CODEBOOKS

XML = "application/xml"
NAMED = (
    "matrix", "partnership-list", "charts", "trajectories", "lessons", "compare", "guide", "codebook", "data", "about",
    "accessibility", "privacy",
)  # fmt: skip


class Section(Sitemap):
    """A kind of pages. What has no date of change names none."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """That of the settings, never of the request."""
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        """Host, and path if any, of the settings."""
        return settings.SITE_URL.partition("://")[2]

    def get_latest_lastmod(self) -> datetime | None:
        """The newest change of them all, without reading each."""
        return None


class Pages(Section):
    """Pages that are there whatever the register holds."""

    def items(self) -> Sequence[str]:
        """Their paths."""
        return (
            *(reverse(name) for name in NAMED),
            *(reverse("cell", args=[cell.number]) for cell in CELLS),
            *(page.url for page in GUIDE),
            *(reverse("codebook-version", args=[version]) for version in CODEBOOKS),
        )

    def location(self, item: str) -> str:
        """The path itself."""
        return item


class Cases(Section):
    """Published partnerships."""

    def items(self) -> QuerySet:
        """In an order that new ones do not change."""
        return Partnership.objects.published().order_by("published_at", "pk").only("slug", "status", "updated_at")

    def lastmod(self, item: Partnership) -> datetime:
        """The last change."""
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """That of the one changed last."""
        return Partnership.objects.published().aggregate(last=Max("updated_at"))["last"]


class Organisations(Section):
    """Organisations that take part in something published."""

    def items(self) -> QuerySet:
        """By the order in which they came."""
        seen = Partner.objects.filter(organisation=OuterRef("pk"), partnership__status=PUBLISHED)
        return Organisation.objects.filter(Exists(seen)).order_by("pk").only("slug")


class Sources(Section):
    """Sources that visitors may see."""

    def items(self) -> QuerySet:
        """By the order in which they came."""
        return Source.objects.public().order_by("pk").only("slug")


class Releases(Section):
    """Releases, which never change."""

    def items(self) -> QuerySet:
        """By number."""
        return Release.objects.order_by("number").only("number", "made_at")

    def location(self, item: Release) -> str:
        """The page of the release."""
        return reverse("release", args=[item.number])

    def lastmod(self, item: Release) -> datetime:
        """The moment when it was made."""
        return item.made_at

    def get_latest_lastmod(self) -> datetime | None:
        """That of the newest."""
        return Release.objects.aggregate(last=Max("made_at"))["last"]


SECTIONS: dict[str, type[Section]] = {
    "pages": Pages,
    "partnerships": Cases,
    "organisations": Organisations,
    "sources": Sources,
    "releases": Releases,
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where the parts of the map are; one with more than 50,000 pages comes in several."""
    return render(request, "sitemap/index.xml", {"parts": list(_parts())}, content_type=XML)


def _parts() -> Iterator[dict[str, Any]]:
    for name, kind in SECTIONS.items():
        pages = kind()
        url, last = settings.SITE_URL + reverse("sitemap-section", args=[name]), pages.get_latest_lastmod()
        leaves = pages.paginator
        for number in leaves.page_range if leaves.count else ():
            yield {"url": f"{url}?p={number}" if number > 1 else url, "last": last}


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """The pages of one kind; ``?p=2`` is the second part of them."""
    if section not in SECTIONS:
        raise Http404
    try:
        urls = SECTIONS[section]().get_urls(page=request.GET.get("p", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    return render(request, "sitemap/section.xml", {"urls": urls}, content_type=XML)
