"""From the record to the register: the step that makes a partnership equal to its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.models import Organisation, User
from partnerships.models import Partnership, Source
from partnerships.record.batch import Batch, broken_rule
from partnerships.record.errors import RecordError, Where
from partnerships.record.keys import Keys
from partnerships.record.planning import plan, plannable
from partnerships.record.reading import read_date
from partnerships.record.references import References
from partnerships.record.rows import faults
from partnerships.record.shape import ORGANISATION_FIELDS, SOURCE_FIELDS, Record

# One record has few rows of a kind; keys that are left over are lost.
FEW = 8


@transaction.atomic
def apply_record(
    record: Mapping[str, Any], partnership: Partnership, *, by: User | None = None, reason: str = "",
    renamed: Mapping[str, str] | None = None,
) -> Partnership:  # fmt: skip
    """Make a partnership equal to a complete record: what the record lacks goes, what differs changes.

    History is written in the name of ``by``, with the reason. ``renamed`` and ``RecordError``: see ``plan``; with an
    error nothing was written.
    """
    target = partnership
    if partnership.pk is not None:
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        target = plannable().get(pk=partnership.pk)
    made = plan(record, target, References([record]), Keys(FEW), by=by, renamed=renamed)
    with Batch(by=by, reason=reason) as batch:
        batch.add([made])
        batch.write()
    return _refreshed(partnership, target)


def _refreshed(partnership: Partnership, written: Partnership) -> Partnership:
    """Give the caller's own object what was written, and let it read its parts anew."""
    for field in Partnership._meta.concrete_fields:
        setattr(partnership, field.attname, getattr(written, field.attname))
    partnership._prefetched_objects_cache = {}
    partnership._state.adding = False
    partnership._state.fields_cache.clear()
    return partnership


@transaction.atomic
def apply_source(record: Mapping[str, Any]) -> Source:
    """Make the source of this slug equal to its record."""
    source = Source.objects.filter(slug=record["slug"]).first() or Source(slug=record["slug"])
    _put(source, source_values(record), (("source", record["slug"]),))
    return source


def source_values(record: Mapping[str, Any]) -> Record:
    """The fields of a source as its record gives them."""
    values = {name: record.get(name, Source._meta.get_field(name).get_default()) for name in SOURCE_FIELDS}
    return values | {"accessed": read_date(record.get("accessed"), (("source", record["slug"]),))}


@transaction.atomic
def apply_organisation(record: Mapping[str, Any]) -> Organisation:
    """Make the organisation of this slug equal to its record."""
    organisation = Organisation.objects.filter(slug=record["slug"]).first() or Organisation(slug=record["slug"])
    _put(organisation, organisation_values(record), (("organisation", record["slug"]),))
    return organisation


def organisation_values(record: Mapping[str, Any]) -> Record:
    """The fields of an organisation as its record gives them."""
    return {name: record.get(name, "") for name in ORGANISATION_FIELDS}


def _put(row: models.Model, values: Mapping[str, Any], where: Where) -> None:
    """Set values on a row and save it, checked, if anything differs."""
    if row.pk is not None and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
    except ValidationError as error:
        raise RecordError(where, faults(error, type(row))) from error
    except IntegrityError as error:
        raise RecordError(where, broken_rule(type(row), str(error))) from error
