"""The small steps of applying a record: find, read, compare, save with every check."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from partnerships.models import Phase
from partnerships.models.fields import bits_of, members_of
from partnerships.record.shape import Record


class RecordError(ValueError):
    """A record that cannot be applied: ``where`` names the part, the message the fault."""

    def __init__(self, where: str, message: str) -> None:
        """``where`` is a path such as ``brescia / phase / Pilot``."""
        super().__init__(f"{where}: {message}")


def find(model: type[models.Model], slug: str, where: str) -> Any:
    """The row of this slug. Raises ``RecordError``."""
    found = model._default_manager.filter(slug=slug).first()
    if found is None:
        raise missing(model, slug, where)
    return found


def find_all(model: type[models.Model], slugs: Iterable[str], where: str) -> dict[str, Any]:
    """The rows of these slugs, in one query. Raises ``RecordError`` for the first that is not there."""
    wanted = list(dict.fromkeys(slugs))
    rows = {row.slug: row for row in model._default_manager.filter(slug__in=wanted)} if wanted else {}
    for slug in wanted:
        if slug not in rows:
            raise missing(model, slug, where)
    return rows


def missing(model: type[models.Model], slug: str, where: str) -> RecordError:
    """The error for a reference to something that the register lacks."""
    values = {"model": model._meta.verbose_name, "slug": slug}
    return RecordError(where, _("%(model)s “%(slug)s” is not in the register") % values)


def phase_named(row: Mapping[str, Any], phases: dict[str, Phase], where: str) -> Phase | None:
    """The phase that a statement, a piece of evidence or an assessment names; "" names none."""
    name = row.get("phase", "")
    if name and name not in phases:
        raise RecordError(where, _("there is no phase “%(name)s”") % {"name": name})
    return phases[name] if name else None


def read_date(text: str | None, where: str) -> date | None:
    """A day written as 2013-04-01; empty is None."""
    try:
        found = parse_date(text or "")
    except ValueError:
        found = None
    if text and found is None:
        raise RecordError(where, _("“%(date)s” is not a date in the calendar.") % {"date": text})
    return found


def read_cells(members: Iterable[int | str] | None, where: str) -> frozenset[int | str]:
    """A set of cells from its members."""
    try:
        return members_of(bits_of(members or ()))
    except (TypeError, ValueError) as error:
        raise RecordError(where, _("A set of cells has the members 1 to 9, outside and nobody.")) from error


def no_repetition(keys: Iterable[Any], where: str) -> None:
    """Refuse a key (a text or a pair of texts) that comes twice."""
    for key, times in Counter(keys).items():
        if times > 1:
            name = key if isinstance(key, str) else ": ".join(key)
            raise RecordError(where, _("“%(key)s” is there twice") % {"key": name})


def sync_list(
    manager: Any, model: type[models.Model], wanted: list[tuple[Any, Record]], key_of: Callable[[Any], Any],
    parent: Record, where: str,
) -> list[Any]:  # fmt: skip
    """As ``_sync``, for rows whose key may repeat: the first of that key is matched with the first, and so on."""
    seen: Counter[Any] = Counter()

    def numbered(key: Any) -> tuple[Any, int]:
        seen[key] += 1
        return key, seen[key]

    keyed = {numbered(key): values for key, values in wanted}
    seen.clear()
    by_key = {row.pk: numbered(key_of(row)) for row in manager.order_by("pk")}
    saved = sync(manager, model, keyed, lambda row: by_key[row.pk], parent, where)
    return [saved[key] for key in keyed]


def sync(
    manager: Any, model: type[models.Model], wanted: Mapping[Any, Record], key_of: Callable[[Any], Any],
    parent: Record, where: str,
) -> dict[Any, Any]:  # fmt: skip
    """Make the rows of ``manager`` equal to ``wanted``; rows keep their identity by key. Returns rows by key."""
    rows = {key_of(row): row for row in manager.order_by("pk")}
    for key in rows.keys() - wanted.keys():
        rows.pop(key).delete()
    for key, values in wanted.items():
        rows[key] = rows.get(key) or model(**parent)
        put(rows[key], values, f"{where} / {model._meta.verbose_name}")
    return rows


def put(row: models.Model, values: Mapping[str, Any], where: str) -> None:
    """Set values on a row and save it, checked, if anything differs."""
    if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        save(row, where)


def save(row: models.Model, where: str) -> None:
    """Save a row, checked by its fields and then by the database; a fault names the field or says the broken rule.

    The constraints are left to the database: asking it beforehand about each would double the time of a load.
    """
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
    except ValidationError as error:
        raise RecordError(where, "; ".join(_faults(error))) from error
    except IntegrityError as error:
        raise RecordError(where, _broken_rule(type(row), str(error))) from error


def _faults(error: ValidationError) -> list[str]:
    return [
        message if field == NON_FIELD_ERRORS else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def _broken_rule(model: type[models.Model], fault: str) -> str:
    """The message of the constraint that the database complains about: PostgreSQL names it, SQLite its columns."""
    meta = model._meta
    for constraint in meta.constraints:
        names = getattr(constraint, "fields", ())
        columns = ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in names)
        if constraint.name in fault or (columns and fault.endswith(columns)):
            return str(constraint.violation_error_message)
    return fault
