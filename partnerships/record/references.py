"""What records name by a slug: sources, organisations, the partnership that one is part of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

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
        self.parents = _by_slug(Partnership, NOTHING, (record.get("part_of") for record in records))

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


def sources_named(record: Mapping[str, Any]) -> set[str]:
    """The slugs of the sources that a record names."""
    return {row["source"] for part in CITING for row in record.get(part, []) if row.get("source")}


def _by_slug(model: Any, coming: Mapping[tuple[type, str], Any], slugs: Iterable[str | None]) -> dict[str, Any]:
    wanted = {slug for slug in slugs if slug}
    found = {slug: coming[model, slug] for slug in wanted if (model, slug) in coming}
    wanted -= found.keys()
    return found | ({row.slug: row for row in model._default_manager.filter(slug__in=wanted)} if wanted else {})
