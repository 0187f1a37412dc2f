"""Brings the bundled case library into the register, and keeps what people changed there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from exchange.formats.complete import Document, read
from exchange.models import PARTNERSHIP, SOURCE, LibraryEntry
from partnerships import actions
from partnerships.models import Partnership, Source
from partnerships.models.partnership import PUBLISHED
from partnerships.record import (
    KEYS,
    Record,
    apply_organisation,
    apply_record,
    apply_source,
    complete,
    source_record,
    to_record,
)
from partnerships.record.batch import Batch
from partnerships.record.keys import Keys
from partnerships.record.planning import plan
from partnerships.record.references import References, sources_named

LIBRARY = Path(__file__).parent / "library" / "cases.json"
# These name each other (a statement its phase, a phase its statement), so they change together or not at all.
TOGETHER = ("phases", "statements", "evidence", "assessments", "checklists")


@dataclass
class Report:
    """What a load did, by title."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[tuple[str, list[str]]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    in_the_way: list[str] = field(default_factory=list)


@dataclass
class Item:
    """One record of the library beside what the register has under its key."""

    kind: str
    key: str
    record: Record
    current: Record | None
    entry: LibraryEntry | None
    write: Callable[[Record], Record]


def library() -> Document:
    """The bundled library. Raises ``FormatError`` if the file is broken."""
    return read(LIBRARY.read_text(encoding="utf-8"))


@transaction.atomic
def load_library(content: Document | None = None) -> Report:
    """Bring the library (or ``content``) into the register, all of it or nothing.

    A record that the register lacks is added and published. One that the library brought before takes over, part by
    part, what is new in the library where nobody has changed that part here. What people deleted or withdrew stays so,
    and a record of their own with the same address is left alone.
    """
    content = content or library()
    report = Report()
    entries = {(entry.kind, entry.key): entry for entry in LibraryEntry.objects.all()}
    _organisations(content)
    for item in _sources(content, entries):
        _load(item, report)
    items = list(_partnerships(content, entries))
    new = [item for item in items if item.entry is None and item.current is None]
    _restore_sources([item.record for item in new], content)
    # First, since what is updated may have become a part of one of them.
    _add(new, report)
    for item in items:
        if item not in new:
            _load(item, report)
    return report


def _restore_sources(records: Iterable[Record], content: Document) -> None:
    """Add again what somebody deleted while nothing used it."""
    used = {slug for record in records for slug in sources_named(record)}
    there = set(Source.objects.filter(slug__in=used).values_list("slug", flat=True))
    for record in content["sources"]:
        if record["slug"] in used - there:
            apply_source(record)


def _add(items: Sequence[Item], report: Report) -> None:
    """Publish the partnerships that the register lacks, all in one writing."""
    if not items:
        return
    records = [item.record for item in items]
    references, keys = References(records, promised={item.key for item in items}), Keys()
    plans = []
    for item in items:
        partnership = Partnership(slug=item.key, status=PUBLISHED, published_at=timezone.now())
        plans.append(plan(item.record, partnership, references, keys))
        actions.refuse_unpublishable(partnership.phases.all())
    with Batch(reason=_("Published")) as batch:
        batch.add(plans)
        batch.write()
    loaded = {row.slug: to_record(row) for row in complete().filter(slug__in=[item.key for item in items])}
    LibraryEntry.objects.bulk_create(
        LibraryEntry(kind=item.kind, key=item.key, record=item.record, loaded=loaded[item.key]) for item in items
    )
    report.new += [item.record["title"] for item in items]


def _organisations(content: Document) -> None:
    """Add the organisations that the register lacks; people keep the rest, since organisations have users."""
    for record in content.get("organisations", []):
        if not Organisation.objects.filter(slug=record["slug"]).exists():
            apply_organisation(record)


def _sources(content: Document, entries: Mapping[Any, LibraryEntry]) -> Iterator[Item]:
    records = {record["slug"]: record for record in content["sources"]}
    existing = {source.slug: source_record(source) for source in Source.objects.filter(slug__in=records)}
    for slug, record in records.items():
        entry = entries.get((SOURCE, slug))
        yield Item(SOURCE, slug, record, existing.get(slug), entry, _put_source)


def _put_source(record: Record) -> Record:
    return source_record(apply_source(record))


def _partnerships(content: Document, entries: Mapping[Any, LibraryEntry]) -> Iterator[Item]:
    records = {record["partnership_id"]: _known(record) for record in content["partnerships"]}
    # Held until the load is through: what is compared here is what is written over later.
    list(Partnership.objects.select_for_update().filter(slug__in=records).order_by("pk"))
    existing = {row.slug: row for row in complete().filter(slug__in=records)}
    for slug in parents_first(records):
        current = to_record(existing[slug]) if slug in existing else None
        yield Item(PARTNERSHIP, slug, records[slug], current, entries.get((PARTNERSHIP, slug)), _updater(slug, content))


def _known(record: Record) -> Record:
    return {key: value for key, value in record.items() if key in KEYS}


def parents_first(records: Mapping[str, Record]) -> list[str]:
    """The ids in an order in which each comes after the one it is part of. Raises ``ValueError`` for a circle."""
    order: dict[str, None] = {}

    def visit(key: str, path: tuple[str, ...]) -> None:
        if key in path:
            raise ValueError(f"part_of goes round in a circle: {' > '.join((*path, key))}")
        if key in records and key not in order:
            visit(records[key].get("part_of") or "", (*path, key))
            order[key] = None

    for key in records:
        visit(key, ())
    return list(order)


def _updater(slug: str, content: Document) -> Callable[[Record], Record]:
    def update(record: Record) -> Record:
        partnership = Partnership.objects.select_for_update().get(slug=slug)
        _restore_sources([record], content)
        apply_record(record, partnership, reason=_("Updated from the library"))
        return to_record(complete().get(pk=partnership.pk))

    return update


def _load(item: Item, report: Report) -> None:
    title = item.record["title"]
    if item.entry is None:
        if item.current is not None:
            report.in_the_way.append(title)
            return
        loaded = item.write(item.record)
        LibraryEntry.objects.create(kind=item.kind, key=item.key, record=item.record, loaded=loaded)
        report.new.append(title)
    elif item.current is None:
        report.deleted.append(title)
    else:
        _update(item, item.entry, item.current, report)


def _update(item: Item, entry: LibraryEntry, current: Record, report: Report) -> None:
    kept, agreed, taken = _compare(item.record, entry, current)
    after = current
    if taken:
        after = item.write({**current, **{name: item.record[name] for name in taken if name in item.record}})
    settled = {name: after[name] for name in (*agreed, *taken) if name in after}
    if settled or item.record != entry.record:
        entry.loaded = {**entry.loaded, **settled}
        entry.record = item.record
        entry.save()
    if kept:
        report.kept.append((item.record["title"], kept))
    if taken:
        report.updated.append(item.record["title"])
    elif not kept:
        report.unchanged.append(item.record["title"])


def _compare(record: Record, entry: LibraryEntry, current: Record) -> tuple[list[str], list[str], list[str]]:
    """The keys that people changed, those that they changed to what the library says too, and those to take over."""
    kept, agreed, taken = [], [], []
    for group in _groups(current.keys() | record.keys()):
        if not _differs(current, entry.loaded, group):
            taken += group if _differs(record, entry.record, group) else []
        elif _differs(current, record, group):
            kept += [name for name in group if _differs(current, entry.loaded, [name])]
        else:
            agreed += group
    return kept, agreed, taken


def _groups(names: Iterable[str]) -> list[list[str]]:
    """The keys of a record in order, those that change together in one list."""
    names = sorted(names)
    together = [name for name in TOGETHER if name in names]
    return [*([together] if together else []), *([name] for name in names if name not in TOGETHER)]


def _differs(one: Record, other: Record, names: Iterable[str]) -> bool:
    return any(_pruned(one.get(name)) != _pruned(other.get(name)) for name in names)


def _pruned(value: Any) -> Any:
    """A value without its empty parts: a field that a newer version of the record adds, empty, is no change."""
    if isinstance(value, dict):
        parts = {name: _pruned(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part is not None} or None
    if isinstance(value, list):
        return [_pruned(part) for part in value] or None
    return value or None
