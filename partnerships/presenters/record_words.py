"""Values of a complete record in words: labels for codes, dates and cells that can be read, titles for addresses.

A record may come from a file, so nothing here takes its codes for granted: what nobody knows stands as it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from partnerships import dates
from partnerships.models import Partnership, Source
from partnerships.models.fields import CodeField, CodesField, LinesField, vocabulary_choices
from partnerships.models.phase import UNNAMED
from partnerships.presenters import words
from partnerships.record import Record
from taxonomy.cells import cells_of
from taxonomy.lenses import Lens

Titles = Mapping[str, str]
DAYS = {"year": "Y", "month": "F Y", "day": "j F Y"}


def titles_of(*records: Record | None) -> dict[str, str]:
    """What the sources, organisations and published partnerships that the records name are called: three queries."""
    rows = [row for record in records if record for part in WITH_SOURCE for row in record.get(part) or ()]
    partners = [row for record in records if record for row in record.get("partners") or ()]
    parents = [record.get("part_of") for record in records if record]
    wanted = (
        (Source.objects.all(), "title", {row.get("source") for row in rows}),
        (Organisation.objects.all(), "name", {row.get("organisation") for row in partners}),
        (Partnership.objects.published(), "title", set(parents)),
    )
    return {
        slug: title
        for queryset, name, slugs in wanted
        for slug, title in queryset.filter(slug__in=slugs - {"", None}).values_list("slug", name)
    }


WITH_SOURCE = ("statements", "evidence", "checklists")


def label(model: type[models.Model], name: str) -> str:
    """What a field is called."""
    return capfirst(str(model._meta.get_field(name).verbose_name))


def items(model: type[models.Model], name: str, value: Any) -> list[str] | None:
    """The entries of a field that holds a list, in words; None for any other field."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(field, LinesField):
        return [str(line) for line in value or []]
    if isinstance(field, CodesField):
        return [term(field.vocabulary, code) for code in value or []]
    return None


def text(model: type[models.Model], name: str, value: Any) -> str:
    """A field's value in words; "" where nothing is stated."""
    listed = items(model, name, value)
    if listed is not None:
        return "; ".join(listed)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = model._meta.get_field(name)
    return term(field.vocabulary, value) if isinstance(field, CodeField) else str(value)


def term(vocabulary: str, code: Any) -> str:
    """The label of a code; the code itself where the vocabulary does not know it."""
    return str(dict(vocabulary_choices(vocabulary)).get(code, code))


def level(lens: Lens, code: str) -> str:
    """A responsibility in words; "Not known" for ""."""
    try:
        return words.level(lens, code)
    except KeyError:
        return code


def day(written: str) -> str:
    """A date known to the year, the month or the day, as people write it."""
    try:
        found, precision = dates.parse(written or "")
    except ValueError:
        return written
    return date_format(found, DAYS[precision]) if found else ""


def span(row: Record) -> str:
    """From when to when."""
    return dates.span(day(row.get("starts", "")), day(row.get("ends", "")))


def beyond(row: Record, prefix: str, lens: Lens) -> str:
    """The possible cells of a phase, where the two responsibilities do not say the same; "" otherwise."""
    possible = row.get(f"{prefix}possible_cells") or []
    try:
        product = cells_of(row.get(f"{prefix}design") or None, row.get(f"{prefix}delivery") or None, lens)
    except KeyError:
        product = frozenset()
    return "" if not possible or set(possible) == product else cells(possible)


def cells(members: Iterable[Any]) -> str:
    """A set of cells: "6 or 9"."""
    try:
        return words.cells(members)
    except ValueError:
        return words.joined(members)


@dataclass(frozen=True)
class PhaseWords:
    """What the phases of a record are called. ``unnamed``: the word for one that nobody named; "" keeps its own."""

    one: Any
    several: Any
    unnamed: Any = ""

    def name(self, name: str) -> str:
        """A phase by its name."""
        return str(self.unnamed) if self.unnamed and name == UNNAMED else name

    def heading(self, name: str) -> str:
        """A phase as a heading."""
        return self.name(name) if self.unnamed and name == UNNAMED else str(self.one) % {"name": name}


# The register's own word, and that of the forms in which officers write.
PHASES = PhaseWords(gettext_lazy("Phase “%(name)s”"), gettext_lazy("Phases"))
STAGES = PhaseWords(gettext_lazy("Stage “%(name)s”"), gettext_lazy("Stages"), gettext_lazy("First stage"))
