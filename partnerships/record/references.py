"""What records name by a slug: sources, organisations, the partnership that one is part of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Organisation
from partnerships.models import Partnership, Source
from partnerships.record.errors import Where
from partnerships.record.reading import missing

NOTHING: Mapping[tuple[type, str], Any] = {}
CITING = ("statements", "evidence", "checklists")


class References:
    """The rows that some records name, read from the register in three queries.

    ``promised`` are slugs of partnerships that the register gets along with these records, ``coming`` the sources
    and organisations that it gets with them, by model and slug; they have a key already.
    """

    def __init__(
        self, records: Iterable[Mapping[str, Any]], *, promised: Collection[str] = (),
        coming: Mapping[tuple[type, str], Any] = NOTHING,
    ) -> None:  # fmt: skip
        """Read what the records name."""
        records = list(records)
        self.promised = promised
        self.sources = _by_slug(Source, coming, (slug for record in records for slug in sources_named(record)))
        partners = (row for record in records for row in record.get("partners", []))
        self.organisations = _by_slug(Organisation, coming, (row.get("organisation") for row in partners))
        self.parents = parents_named({record["part_of"] for record in records if record.get("part_of")})

    def source(self, slug: str, where: Where) -> Source:
        """The source of this slug. Raises ``RecordError``."""
        if slug not in self.sources:
            raise missing(Source, slug, where)
        return self.sources[slug]

    def organisation(self, slug: str, where: Where) -> Organisation:
        """The organisation of this slug. Raises ``RecordError``."""
        if slug not in self.organisations:
            raise missing(Organisation, slug, where)
        return self.organisations[slug]

    def parent(self, slug: str, where: Where) -> Partnership | None:
        """The partnership of this slug; None for one that is promised. Raises ``RecordError``."""
        if slug not in self.parents and slug not in self.promised:
            raise missing(Partnership, slug, where)
        return self.parents.get(slug)


def parents_named(names: Iterable[str], among: QuerySet[Partnership] | None = None) -> dict[str, Partnership]:
    """The partnerships of these names, a slug or the UUID of a draft; ``among`` narrows where to look."""
    names = set(names)
    uuids = {name for name in names if is_uuid(name)}
    rows = (Partnership.objects.all() if among is None else among).filter(revises__isnull=True)
    found = {row.slug: row for row in rows.filter(slug__in=names - uuids)} if names - uuids else {}
    return found | ({str(row.uuid): row for row in rows.filter(uuid__in=uuids)} if uuids else {})


def is_uuid(name: str) -> bool:
    """Whether a name is the UUID of a draft rather than a slug."""
    try:
        return len(name) == 36 and bool(UUID(name))
    except ValueError:
        return False


def sources_named(record: Mapping[str, Any]) -> set[str]:
    """The slugs of the sources that a record names."""
    return {row["source"] for part in CITING for row in record.get(part, []) if row.get("source")}


def _by_slug(model: Any, coming: Mapping[tuple[type, str], Any], slugs: Iterable[str | None]) -> dict[str, Any]:
    wanted = {slug for slug in slugs if slug}
    found = {slug: coming[model, slug] for slug in wanted if (model, slug) in coming}
    wanted -= found.keys()
    return found | ({row.slug: row for row in model._default_manager.filter(slug__in=wanted)} if wanted else {})
