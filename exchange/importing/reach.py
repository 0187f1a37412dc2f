"""Whose records an import reaches, and what it may do with one in which state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from exchange.models import Import, StagedRecord
from partnerships.models import Partnership, Revision
from partnerships.models.partnership import SUBMITTED, WITHDRAWN
from partnerships.models.revision import SUBMITTED as HANDED_IN
from partnerships.record.references import is_uuid

CHUNK = 200


class Refused(ValidationError):
    """An import that cannot go on as asked. The message says what to do instead."""


def in_reach(batch: Import) -> QuerySet[Partnership]:
    """The records that an import may change: those of its organisation, or all."""
    records = Partnership.objects.filter(revises__isnull=True)
    return records.filter(organisation=batch.organisation_id) if batch.own_only else records


def found(batch: Import, keys: Iterable[str]) -> dict[str, Partnership]:
    """The partnerships that these keys of a file name, a slug or the UUID of a draft, as far as they are in reach."""
    keys = [key for key in keys if key]
    uuids = {key: UUID(key) for key in keys if is_uuid(key)}
    rows = in_reach(batch)
    by_slug = {row.slug: row for row in rows.filter(slug__in=[key for key in keys if key not in uuids])}
    by_uuid = {row.uuid: row for row in rows.filter(uuid__in=uuids.values())} if uuids else {}
    return by_slug | {key: by_uuid[uuid] for key, uuid in uuids.items() if uuid in by_uuid}


def in_chunks(staged: QuerySet[StagedRecord]) -> Iterator[list[StagedRecord]]:
    """Staged records in the order of the file, some at a time.

    Each time by a query of its own: SQLite lets nobody write who still has a query open from before another's write.
    """
    last = -1
    while some := list(staged.filter(position__gt=last).order_by("position")[:CHUNK]):
        yield some
        last = some[-1].position


def why_not(batch: Import, key: str, partnership: Partnership | None, proposed: Revision | None) -> str:
    """Why the record of this key cannot be taken over; "" where it can. "" as a key is a new record.

    ``proposed`` is the change of it that its keepers have proposed already.
    """
    if partnership is None:
        if key and batch.own_only:
            # The same words whether it belongs to others or to nobody.
            return _("Your organisation keeps no partnership with this id. Leave the id empty to add a new one.")
        if is_uuid(key):
            return _("There is no draft with this id. Leave the id empty to add a new partnership.")
        return ""
    if partnership.status == WITHDRAWN:
        return _("This partnership was withdrawn from the register, so it cannot be changed.")
    if partnership.status == SUBMITTED and batch.own_only:
        return _("This partnership is with the curators now. Bring it in again when they have decided.")
    if proposed is not None and proposed.status != HANDED_IN:
        return _("Your organisation is writing changes of it on the site. Hand them in or take them back first.")
    return ""
