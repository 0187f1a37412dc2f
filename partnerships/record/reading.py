"""How single values of a record are read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from partnerships import dates
from partnerships.models import Phase
from partnerships.models.fields import bits_of, members_of
from partnerships.record.errors import RecordError, Where
from partnerships.record.shape import Record
from taxonomy.lenses import Lens


def missing(model: type[models.Model], slug: str, where: Where) -> RecordError:
    """The error for a reference to something that the register lacks."""
    values = {"model": model._meta.verbose_name, "slug": slug}
    return RecordError(where, _("%(model)s “%(slug)s” is not in the register") % values)


def phase_named(row: Mapping[str, Any], phases: Mapping[str, Phase], where: Where) -> Phase | None:
    """The phase that a statement, a piece of evidence or an assessment names; "" names none."""
    name = row.get("phase", "")
    if name and name not in phases:
        raise RecordError(where, _("there is no phase “%(name)s”") % {"name": name})
    return phases[name] if name else None


def read_date(text: str | None, where: Where) -> date | None:
    """A day written as 2013-04-01; empty is None."""
    try:
        found = parse_date(text or "")
    except ValueError:
        found = None
    if text and found is None:
        raise RecordError(where, _("“%(date)s” is not a date in the calendar.") % {"date": text})
    return found


def read_cells(members: Iterable[int | str] | None, where: Where) -> frozenset[int | str]:
    """A set of cells from its members."""
    try:
        return members_of(bits_of(members or ()))
    except (TypeError, ValueError) as error:
        raise RecordError(where, _("A set of cells has the members 1 to 9, outside and nobody.")) from error


def read_span(row: Mapping[str, Any], where: Where) -> Record:
    """The start and the last day of a phase or an item, each as exactly as it is known."""
    try:
        starts, starts_precision = dates.parse(row.get("starts", ""))
        ends, ends_precision = dates.parse(row.get("ends", ""), end=True)
    except ValueError as error:
        raise RecordError(where, str(error)) from error
    return {"starts": starts, "starts_precision": starts_precision, "ends": ends, "ends_precision": ends_precision}


def read_level(row: Mapping[str, Any], name: str, lens: Lens, where: Where) -> str:
    """A responsibility of the lens, or "" where it is not known."""
    level = row.get(name, "")
    if level and level not in {known.code for known in lens.levels}:
        raise RecordError(where, _("“%(code)s” is not a known code.") % {"code": level})
    return level


def no_repetition(keys: Iterable[Any], where: Where) -> None:
    """Refuse a key (a text or a pair of texts) that comes twice."""
    for key, times in Counter(keys).items():
        if times > 1:
            name = key if isinstance(key, str) else ": ".join(key)
            raise RecordError(where, _("“%(key)s” is there twice") % {"key": name})
