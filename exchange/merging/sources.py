"""The sources that the rows of a file name: those of the register, and new ones."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.text import slugify

from exchange.files.shapes import Row
from exchange.formats.notation import writable
from exchange.merging.cells import YEARS, number
from exchange.merging.codes import fold
from exchange.merging.wrong import Wrong
from partnerships.models import Source
from partnerships.record import Record

Told = tuple[str, int | None, str, str]
FIELDS = ("slug", "title", "year", "url", "doi")
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
DOI_PREFIXES = ("", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "doi: ")
AT_A_TIME = 1000


class SourceBook:
    """Finds the source that a row tells by title, year, address and DOI, or makes a new one.

    In the register a source is found by all four; else by its DOI (in any case, with or without https://doi.org/); else
    by its address; else by its title and year, where address and DOI do not say that it is another. A file is taken at
    its word: what differs in any of the four are two new sources, for several works may share a title, the chapters of
    a book its DOI, and an export tells each source in the same four words on every row.
    """

    def __init__(self, known: Iterable[Record] = (), among: QuerySet[Source] | None = None) -> None:
        """``known``: sources that earlier rows of the file made, as records. ``among``: see ``load``."""
        self._among = among
        self.new: list[Record] = []
        self._exact: dict[Told, str] = {}
        self._by_doi: dict[str, str] = {}
        self._by_url: dict[str, str] = {}
        self._by_title: dict[str, list[tuple[str, Told]]] = {}
        self._alike: dict[str, tuple[str, ...]] = {}
        self._taken: set[str] = set()
        for record in known:
            self._exact.setdefault(_told(record), record["slug"])
            self._taken.add(record["slug"])

    @classmethod
    def load(
        cls, rows: Iterable[Row], known: Iterable[Record] = (), *, among: QuerySet[Source] | None = None
    ) -> SourceBook:
        """A book for these rows: what the register has of their sources, in two queries for each thousand sources.

        ``known`` are the sources that earlier rows of the file made. ``new`` lists only those that this book makes.
        ``among``: the only ones of the register that may be found, None for all. Whoever brings the file must not learn
        of the others: a row that means one of them makes a new source, under a slug of its own.
        """
        book = cls(known, among)
        wanted = iter(dict.fromkeys(filter(None, map(_told_in, rows))))
        while some := list(islice(wanted, AT_A_TIME)):
            book._read([told for told in some if told not in book._exact])
        return book

    def find(self, title: str, year: int | None, url: str, doi: str) -> str | None:
        """The slug of a source that is there already, or None."""
        told = (title, year, url, doi)
        return (
            self._exact.get(told)
            or (self._by_doi.get(_doi(doi)) if doi else None)
            or (self._by_url.get(_url(url)) if url else None)
            or self._same_title(told)
        )

    def alike(self, slug: str) -> tuple[str, ...]:
        """This source and those of the register that no file can tell from it, since all four agree."""
        return self._alike.get(slug, (slug,))

    def slug_for(self, title: str, year: int | None, url: str, doi: str) -> str:
        """The slug of a source; one that is not there yet is made. The rows given to ``load`` have told of it."""
        told = (title, year, url, doi)
        slug = self.find(*told)
        if slug is None:
            slug = self._free_slug(told)
            self.new.append(_record(slug, told))
            self._taken.add(slug)
        self._exact.setdefault(told, slug)
        return slug

    # ---- Reading ------------------------------------------------------------------------------------

    def _read(self, wanted: list[Told]) -> None:
        """First by slug, which has an index and finds what an earlier import of the same file made."""
        if not wanted:
            return
        self._note(Q(slug__in={slug for told in wanted for slug in _slugs(told)}))
        wanted = [told for told in wanted if told not in self._exact]
        if wanted:
            self._note(_any_of(wanted))

    def _note(self, which: Q) -> None:
        sources = Source.objects.alias(small_title=Lower("title"), small_doi=Lower("doi")).filter(which).order_by("pk")
        seen = Q(pk__in=self._among.order_by().values("pk")) if self._among is not None else Q(pk__isnull=False)
        for row in sources.annotate(seen=seen).values(*FIELDS, "seen"):
            if row["slug"] in self._taken:
                continue
            told, slug = _told(row), row["slug"]
            self._taken.add(slug)
            if not row["seen"]:
                continue
            first = self._exact.setdefault(told, slug)
            if first != slug:
                self._alike[first] = (*self.alike(first), slug)
            if told[3]:
                self._by_doi.setdefault(_doi(told[3]), slug)
            if told[2]:
                self._by_url.setdefault(_url(told[2]), slug)
            self._by_title.setdefault(fold(told[0]), []).append((slug, told))

    # ---- Finding and making -------------------------------------------------------------------------

    def _same_title(self, told: Told) -> str | None:
        """The one source of this title and year; without a year, of this title. None where there are several."""
        title, year, url, doi = told
        found = [
            slug
            for slug, (_title, its_year, its_url, its_doi) in self._by_title.get(fold(title), [])
            if year in (None, its_year) and not (url and its_url) and not (doi and its_doi)
        ]
        return found[0] if len(found) == 1 else None

    def _free_slug(self, told: Told) -> str:
        """The first that nobody has; where all that were looked up are taken, one that nobody can have."""
        base = _base(told)
        return next((slug for slug in _slugs(told) if slug not in self._taken), f"{base}-{secrets.token_hex(8)}")


def _told_in(row: Row) -> Told | None:
    """What a row tells of its source; None where it names none."""
    title, year, url, doi = (row.cells.get(f"source_{name}", "") for name in ("title", "year", "url", "doi"))
    if not (title or url or doi):
        return None
    try:
        return title, number(year, *YEARS), url, doi
    except Wrong:
        return title, None, url, doi


def _told(record: Mapping[str, Any]) -> Told:
    """What an export tells of a source."""
    title, url, doi = (writable(record.get(name) or "") for name in ("title", "url", "doi"))
    return title, record.get("year"), url, doi


def _record(slug: str, told: Told) -> Record:
    title, year, url, doi = told
    return {
        "slug": slug, "authors": "", "title": title, "year": year, "publisher": "", "kind": "other", "url": url,
        "doi": doi, "archived_url": "", "reference": "", "accessed": "",
    }  # fmt: skip


def _base(told: Told) -> str:
    return slugify(told[0])[:100].strip("-") or "source"


def _slugs(told: Told) -> Iterator[str]:
    """The slugs that a source may get, in order. The same words always give the same, so that one look-up knows all."""
    base, year = _base(told), told[1]
    yield base
    if year:
        yield f"{base}-{year}"
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    yield f"{base}-{digest[:8]}"


def _any_of(wanted: Iterable[Told]) -> Q:
    """Sources that may be meant by any of these: by title, address or DOI, whatever the case."""
    titles, urls, dois = ({told[place] for told in wanted} - {""} for place in (0, 2, 3))
    return (
        Q(title__in=titles)
        | Q(small_title__in={form for title in titles for form in (title.lower(), fold(title))})
        | Q(url__in={form for url in urls for form in (url, _url(url), f"{_url(url)}/")})
        | Q(small_doi__in={f"{prefix}{_doi(doi)}" for doi in dois for prefix in DOI_PREFIXES})
    )


def _doi(doi: str) -> str:
    return DOI_PREFIX.sub("", doi.strip(), count=1).lower()


def _url(url: str) -> str:
    return url.strip().rstrip("/")
