"""Choosing partnerships to compare: what is chosen, what a search finds, and what is near to the first one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Partnership
from partnerships.presenters.addresses import case_url
from partnerships.presenters.cards import caption
from partnerships.presenters.compare import pick_url
from partnerships.presenters.compare_cases import MOST
from partnerships.presenters.facets import Chip
from partnerships.presenters.matrix import Link
from partnerships.presenters.related import neighbours
from partnerships.presenters.toggle import Toggle
from partnerships.selection import select_values

MOST_HITS = 10
SHOWN_AT_FIRST = 5
LONGEST = 60


@dataclass(frozen=True)
class Candidate:
    """A partnership that may be added: what it is, or what it shares with the first one."""

    title: str
    url: str
    note: str
    add_url: str


@dataclass(frozen=True)
class Candidates:
    """Partnerships that may be added, under a heading; ``more`` leads to all that were found."""

    heading: str
    rows: tuple[Candidate, ...]
    more: Link | None = None


@dataclass(frozen=True)
class Picker:
    """All above the table. ``problems`` are sentences on what was asked for and is not shown."""

    chosen: tuple[Chip, ...]
    problems: tuple[str, ...]
    full: bool
    hits: Candidates | None
    offers: Candidates | None
    inferred: Toggle


@dataclass(frozen=True)
class Picked:
    """What the address asks for: addresses of partnerships as typed, and the published ones among the first four."""

    asked: tuple[str, ...]
    partnerships: tuple[Partnership, ...]
    query: str = ""
    inferred: bool = False

    @property
    def slugs(self) -> list[str]:
        """The addresses of those that are shown."""
        return [partnership.slug for partnership in self.partnerships]

    def url(self, slugs: Iterable[str], *, query: str = "") -> str:
        """The comparison of others instead."""
        return pick_url(slugs, query=query, inferred=self.inferred)


def picker(picked: Picked) -> Picker:
    """What is chosen and what may be added."""
    full = len(picked.partnerships) == MOST
    return Picker(
        chosen=tuple(_chosen(picked, partnership) for partnership in picked.partnerships),
        problems=tuple(_problems(picked)),
        full=full,
        hits=_hits(picked) if picked.query and not full else None,
        offers=None if full else _near(picked) if picked.partnerships else _newest(picked),
        inferred=Toggle(
            _("Hide inferred positions") if picked.inferred else _("Show inferred positions"),
            pick_url(picked.slugs, query=picked.query, inferred=not picked.inferred),
            picked.inferred,
        ),
    )


def _chosen(picked: Picked, partnership: Partnership) -> Chip:
    left = [slug for slug in picked.slugs if slug != partnership.slug]
    label = _("Remove: %(title)s") % {"title": partnership.title}
    return Chip(partnership.title, picked.url(left, query=picked.query), label)


def _problems(picked: Picked) -> Iterable[str]:
    """The same words for what never was, what is a draft and what was withdrawn."""
    for slug in picked.asked[:MOST]:
        if slug not in picked.slugs:
            short = slug if len(slug) <= LONGEST else f"{slug[:LONGEST]}…"
            yield _("The register has no published partnership at “%(slug)s”.") % {"slug": short}
    if (more := len(picked.asked) - MOST) > 0:
        yield ngettext(
            "Four fit side by side: %(number)s more was left out.",
            "Four fit side by side: %(number)s more were left out.",
            more,
        ) % {"number": more}


def _hits(picked: Picked) -> Candidates:
    """The first that the search of the list finds, less those that are chosen."""
    found = select_values({"q": (picked.query,)}).ordered().exclude(slug__in=picked.slugs)
    rows = list(found[: MOST_HITS + 1])
    everything = Link(_("All that are found"), reverse("partnership-list") + "?" + urlencode({"q": picked.query}))
    words = {"words": picked.query}
    return Candidates(
        (_("Found for “%(words)s”") if rows else _("Nothing else is found for “%(words)s”")) % words,
        tuple(_candidate(picked, row, caption(row)) for row in rows[:MOST_HITS]),
        everything if len(rows) > MOST_HITS else None,
    )


def _near(picked: Picked) -> Candidates | None:
    """What is near to the first one that was chosen."""
    first = picked.partnerships[0]
    now = next((phase for phase in first.phases.all() if phase.current), None)
    _parts, related = neighbours(first, now, inferred=picked.inferred)
    rows = tuple(
        Candidate(
            near.title, near.url, _("In common: %(what)s") % {"what": " · ".join(near.shared)},
            picked.url([*picked.slugs, near.slug]),
        )
        for near in related
        if near.slug not in picked.slugs
    )  # fmt: skip
    return Candidates(_("Near to %(title)s") % {"title": first.title}, rows) if rows else None


def _newest(picked: Picked) -> Candidates | None:
    """Something to begin with where nothing is chosen yet."""
    newest: Sequence[Partnership] = Partnership.objects.published().counted().order_by("-published_at", "-pk")
    rows = tuple(_candidate(picked, row, caption(row)) for row in newest[:SHOWN_AT_FIRST])
    return Candidates(_("Newest in the register"), rows) if rows else None


def _candidate(picked: Picked, partnership: Partnership, note: str) -> Candidate:
    url = case_url(partnership, inferred=picked.inferred)
    return Candidate(partnership.title, url, note, picked.url([*picked.slugs, partnership.slug]))
