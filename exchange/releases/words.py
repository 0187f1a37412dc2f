"""``README.txt`` and ``CHANGELOG.md``: a release in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.releases.about import About
from exchange.releases.changes import Changed, Changes
from exchange.releases.schema import TABLES

WIDTH = 100
COUNTED = {
    "partnerships": gettext_lazy("Partnerships and examples"),
    "phases": gettext_lazy("Phases"),
    "statements": gettext_lazy("Statements of sources"),
    "evidence": gettext_lazy("Places in sources that support a record"),
    "assessments": gettext_lazy("Assessments"),
    "checklists": gettext_lazy("Answered items of checklists"),
    "case_studies": gettext_lazy("Case studies"),
    "lessons": gettext_lazy("Lessons"),
    "partners": gettext_lazy("Partners"),
    "sources": gettext_lazy("Sources"),
    "organisations": gettext_lazy("Organisations of the register"),
}


def readme(about: About, files: Iterable[dict[str, Any]]) -> str:
    """What lies in the folder, how to read it, how to cite it."""
    parts = [
        about.title,
        _("Made on %(date)s. %(url)s") % {"date": about.date, "url": about.url},
        about.abstract,
        *([about.note] if about.note else []),
        _("THE FILES"),
        *(f"{file['name']}: {file['about']}" for file in files),
        _("HOW TO READ THEM"),
        *(str(text) for text in READING),
        _("THE TABLES OF REGISTER.SQLITE"),
        *_tables(),
        _("LICENCE AND CITATION"),
        _(
            "Free to use under %(licence)s (%(url)s): say where it comes from and what you changed. CITATION.cff has "
            "the citation. A release never changes; a later one has another number."
        )
        % {"licence": about.licence, "url": about.licence_url},
        _("To check that the files arrived whole: sha256sum -c checksums.txt"),
    ]
    return "\n\n".join(textwrap.fill(part, WIDTH) if "\n" not in part else part for part in parts) + "\n"


READING = (
    gettext_lazy("Empty means not stated or not known. Nothing is filled in by guesswork."),
    gettext_lazy(
        "partnerships.csv has one row for each statement about each phase, and one for a phase without any; what "
        "belongs to the partnership and the phase repeats. datapackage.json says what each column means and which "
        "codes it may hold; codebook.json says what the codes mean."
    ),
    gettext_lazy(
        "Lists are joined with |. A backslash stands before a |, a colon, an asterisk or a backslash that belongs to "
        "the text. A partner is written kind:name, with * in front of one that leads. In register.sqlite and "
        "partnerships.json lists are JSON."
    ),
    gettext_lazy(
        "In partnerships.csv and partnerships.xlsx an apostrophe stands in front of a text that a spreadsheet might "
        "run as a formula. It is not part of the text."
    ),
    gettext_lazy("Dates are written 2013, 2013-04 or 2013-04-01, as exactly as they are known. An end is included."),
    gettext_lazy(
        "To count as the matrix does: keep the units case, programme and component, phases that are current and have "
        "a cell, and leave out those whose certainty is inferred."
    ),
    gettext_lazy(
        "No names of people who use the register are in any file. Pictures of case studies are left out, since each "
        "has a licence of its own."
    ),
)


def _tables() -> Iterable[str]:
    yield _(
        "records holds each complete record as JSON. In the other tables columns are named as in the record; "
        "partnership_id and position join a list to its record, and true and false are 1 and 0. Besides there are:"
    )
    for table in TABLES:
        more = [column for column in table.columns if column.name in ADDED]
        if more:
            yield f"{table.name}: " + " ".join(f"{column.name}: {column.meaning}" for column in more)


ADDED = {"changed", "current", "cell", "professional_cell", "adopted_by", "adopted_on", "given", "voice"}


def changelog(about: About, changes: Changes) -> str:
    """What changed since the release before, as Markdown."""
    lines = [f"# {_('Release %(n)s, %(date)s') % {'n': about.number, 'date': about.date}}", ""]
    if about.note:
        lines += [about.note, ""]
    lines += changelog_body(about.counts, changes)
    lines.append(f"- {_('Codebook: %(version)s') % {'version': about.codebook}}")
    return "\n".join(lines) + "\n"


def changelog_body(counts: dict[str, int], changes: Changes) -> list[str]:
    """The lines about what changed and what there is."""
    lines = [_since(changes), ""]
    lines += _list(_("Added"), changes.added)
    lines += _list(_("Changed"), changes.changed)
    lines += _list(_("No longer public"), changes.withdrawn)
    return [*lines, f"## {_('What it holds')}", "", *(f"- {COUNTED[name]}: {n}" for name, n in ordered(counts))]


def ordered(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Counts in the order in which they are told."""
    return [(name, counts[name]) for name in COUNTED if name in counts]


def _since(changes: Changes) -> str:
    if changes.since is None:
        return _("The first release.")
    return _("Since release %(since)s: %(added)s added, %(changed)s changed, %(withdrawn)s no longer public.") % {
        "since": changes.since,
        "added": len(changes.added),
        "changed": len(changes.changed),
        "withdrawn": len(changes.withdrawn),
    }


def _list(heading: str, rows: Iterable[Changed]) -> list[str]:
    found = [f"- {_escaped(row.title)} (`{row.slug}`){_parts(row)}" for row in rows]
    return [f"## {heading}", "", *found, ""] if found else []


def _parts(row: Changed) -> str:
    return f": {'; '.join(row.parts)}" if row.parts else ""


def _escaped(text: str) -> str:
    """A title as text: what Markdown would read as a sign or a tag stands as it was typed."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+!|" else letter for letter in text)
