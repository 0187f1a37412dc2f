"""How the register is cited: one description of a case, a selection or a release, and the sentence made of it.

Pages, pictures and files all start from ``Citation``, so that one thing is said in one way. The register itself is
author and publisher: records are written and adopted in its name, and no person is named (``docs/decisions.md``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters.filter_words import in_words
from partnerships.presenters.matrix import Link
from partnerships.selection import Selection
from taxonomy import codebook
from taxonomy.lenses import SECTOR

CASE, SELECTION, RELEASE = "case", "selection", "release"
LICENCE = "CC BY 4.0"
KEY = "coproduction-matrix"
# Formats of reference managers, by the ending of the address, as people know them.
FORMATS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
# They turn the text that follows round: a title could make the rest of a line read otherwise (Unicode TR 36, 2.8).
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Numbered(Protocol):
    """What a citation reads of a release."""

    number: int
    made_at: datetime
    codebook: str
    doi: str


@dataclass(frozen=True)
class Citation:
    """What is cited, as of when, and where it stands.

    ``kind`` is "case", "selection" or "release". ``issued`` is the day since when it is public; ``state`` says in words
    which state of it is meant, ``codebook`` under which rules it was placed. ``key`` names it in bibliographies, always
    the same and in ASCII; ``doi`` is "" where none was given; ``detail`` is a remark such as how many it holds.
    """

    kind: str
    key: str
    title: str
    authors: tuple[str, ...]
    issued: date
    state: str
    codebook: str
    url: str
    accessed: date
    publisher: str
    abstract: str = ""
    detail: str = ""
    doi: str = ""
    licence: str = LICENCE

    @property
    def year(self) -> int:
        """The year of publication in the register."""
        return self.issued.year

    @property
    def version(self) -> str:
        """Which state of it, under which codebook."""
        return _("%(state)s, codebook %(codebook)s") % {"state": self.state, "codebook": self.codebook}

    @property
    def language(self) -> str:
        """The language of its labels, as in BCP 47."""
        return get_language() or settings.LANGUAGE_CODE


@dataclass(frozen=True)
class CiteThis:
    """What a page offers to whoever wants to cite it: the sentence, and links to the files of reference managers."""

    sentence: str
    links: tuple[Link, ...]


def register_name() -> str:
    """What the register is called: its author and publisher."""
    return _("Co-production Matrix")


def one_line(text: str) -> str:
    """Text in one line without control characters: in formats of one line each, a line end begins something else."""
    kept = (sign for sign in text if sign.isspace() or not _unprintable(sign))
    return " ".join("".join(kept).split())


def _unprintable(sign: str) -> bool:
    return sign in TURNING or unicodedata.category(sign) in ("Cc", "Cs") or ord(sign) & 0xFFFE == 0xFFFE


# ---- What is cited -------------------------------------------------------------------------------------------------


def of_case(partnership: Partnership, today: date, release: Numbered | None = None) -> Citation:
    """A published partnership as it is today, or as a release holds it.

    Reads ``phases`` and their ``assessments``: fetch them along with it.
    """
    if release is not None:
        return of_released(partnership.slug or "", partnership.title, partnership.summary, release, today)
    issued = timezone.localdate(partnership.published_at) if partnership.published_at else today
    return Citation(
        kind=CASE,
        key=f"{KEY}-{partnership.slug}",
        title=one_line(partnership.title),
        authors=(register_name(),),
        issued=issued,
        state=_("record of %(date)s") % {"date": day(timezone.localdate(partnership.updated_at))},
        codebook=codebook_of(partnership),
        url=settings.SITE_URL + reverse("partnership", args=[partnership.slug]),
        accessed=today,
        publisher=register_name(),
        abstract=one_line(partnership.summary),
    )


def of_released(slug: str, title: str, summary: str, release: Numbered, today: date) -> Citation:
    """A case as a release holds it; it is public since the release is."""
    return Citation(
        kind=CASE,
        key=f"{KEY}-release-{release.number}-{slug}",
        title=one_line(title),
        authors=(register_name(),),
        issued=timezone.localdate(release.made_at),
        state=state_of(release),
        codebook=release.codebook,
        url=settings.SITE_URL + reverse("released-case", args=[release.number, slug]),
        accessed=today,
        publisher=register_name(),
        abstract=one_line(summary),
    )


def of_selection(selection: Selection, count: int, today: date) -> Citation:
    """What a list of this selection shows today; ``count`` is how many entries that are."""
    chosen = _chosen(selection)
    number = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    return Citation(
        kind=SELECTION,
        key=f"{KEY}-selection-{_digest(selection.own_query)}" if selection.own_query else KEY,
        title=_("Public-service partnerships: %(filters)s") % {"filters": chosen}
        if chosen
        else _("All public-service partnerships of the register"),
        authors=(register_name(),),
        issued=today,
        state=_as_of(today),
        codebook=codebook.CURRENT.version,
        url=selection_url(selection),
        accessed=today,
        publisher=register_name(),
        abstract=number,
        detail=number,
    )


def selection_url(selection: Selection) -> str:
    """The whole address of the list of a selection."""
    return settings.SITE_URL + reverse("partnership-list") + selection.own_query


def _chosen(selection: Selection) -> str:
    """Filters, lens and inferred positions in words, as far as they are other than usual."""
    parts = [in_words(selection)]
    if selection.lens is not SECTOR:
        parts.append(_("lens: %(lens)s") % {"lens": _(selection.lens.name).lower()})
    if selection.inferred:
        parts.append(_("with inferred positions"))
    return one_line("; ".join(part for part in parts if part))


def state_of(release: Numbered) -> str:
    """Which release, of which day."""
    words = {"number": release.number, "date": day(timezone.localdate(release.made_at))}
    return _("release %(number)s of %(date)s") % words


def codebook_of(partnership: Partnership) -> str:
    """The version of the codebook that the position of the current phase rests on, else the one in use."""
    for phase in partnership.phases.all():
        if phase.current and phase.adopted_assessment_id:
            found = (row.codebook for row in phase.assessments.all() if row.pk == phase.adopted_assessment_id)
            return next(found, codebook.CURRENT.version)
    return codebook.CURRENT.version


def _digest(query: str) -> str:
    return sha256(query.encode()).hexdigest()[:10]


# ---- In words ------------------------------------------------------------------------------------------------------


def sentence(citation: Citation) -> str:
    """The citation as it stands in a paper."""
    parts = {
        "title": citation.title,
        "detail": citation.detail,
        "register": _register(),
        "version": citation.version,
        "where": f"https://doi.org/{citation.doi}" if citation.doi else citation.url,
        "date": day(citation.accessed),
    }
    if citation.kind == RELEASE:
        return _("%(register)s, %(version)s. %(where)s (seen %(date)s).") % parts
    if citation.kind == SELECTION:
        return _("“%(title)s” (%(detail)s). %(register)s, %(version)s. %(where)s") % parts
    return _("“%(title)s”. %(register)s, %(version)s. %(where)s (seen %(date)s).") % parts


def source_line(today: date) -> str:
    """Register and day, for the foot of a picture; address, licence and codebook have lines of their own there."""
    return _("Source: %(register)s, %(state)s.") % {"register": _register(), "state": _as_of(today)}


def _register() -> str:
    return _("%(name)s, a register of public-service partnerships") % {"name": register_name()}


def _as_of(today: date) -> str:
    return _("as of %(date)s") % {"date": day(today)}


def day(moment: date) -> str:
    """A day in words."""
    return date_format(moment, "j F Y")


# ---- On pages ------------------------------------------------------------------------------------------------------


def cite_case(partnership: Partnership, today: date) -> CiteThis:
    """What the case page offers."""
    return _cite(of_case(partnership, today), "cite-case", partnership.slug)


def cite_selection(selection: Selection, count: int, today: date) -> CiteThis:
    """What pages of a selection offer."""
    return _cite(of_selection(selection, count, today), "cite-selection", query=selection.own_query)


def cite_release(citation: Citation, number: int) -> CiteThis:
    """What the page of a release offers."""
    return _cite(citation, "cite-release", number)


def _cite(citation: Citation, name: str, *where: str | int | None, query: str = "") -> CiteThis:
    links = (Link(text, reverse(name, args=[*where, ending]) + query) for ending, text in FORMATS.items())
    return CiteThis(sentence(citation), tuple(links))
