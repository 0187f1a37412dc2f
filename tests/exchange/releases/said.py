"""What the page of a case says, today and as of a release, without where its links lead."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from exchange.models import Release
from exchange.releases import pages, reading
from partnerships.presenters.case import case_page, case_queryset

# What leads elsewhere, and what a release does not hold: addresses, neighbours of today, ways to go on.
ELSEWHERE = {"url", "related", "cite", "compare_url", "assess_url", "report_url", "pictures", "codebook_url"}


def said(value: Any) -> Any:
    """All that a page says, without where its links lead."""
    if is_dataclass(value):
        return {one.name: said(getattr(value, one.name)) for one in fields(value) if one.name not in ELSEWHERE}
    return [said(item) for item in value] if isinstance(value, tuple | list) else value


def live(slug: str, *, inferred: bool, today: date) -> Any:
    return said(case_page(case_queryset().get(slug=slug), inferred=inferred, today=today))


def frozen(release: Release, slug: str, *, inferred: bool) -> Any:
    found = reading.case(release, slug)
    return said(pages.released_case(release, found, inferred=inferred, is_live=False).page)
