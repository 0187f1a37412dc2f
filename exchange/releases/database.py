"""``register.sqlite``: the release as tables, and as the complete records from which its pages are drawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.utils import timezone

from exchange.formats.complete import CHUNK, in_order, lists_of
from exchange.releases.schema import ABOUT, RECORDS, TABLES, Table
from partnerships.index import current_phase
from partnerships.models import Partnership, Phase
from partnerships.querysets import PartnershipQuerySet
from partnerships.record import Record, complete, to_record
from taxonomy.cells import cell_number
from taxonomy.lenses import PROFESSIONAL, SECTOR

BY_NAME = {table.name: table for table in TABLES}
PARTS = tuple(table for table in TABLES if table.part)


def write(path: Path, published: PartnershipQuerySet, about: tuple[Any, ...]) -> dict[str, int]:
    """Write the file; returns the number of rows of each table. ``about`` is the row of the table ``release``.

    Raises ``sqlite3.IntegrityError`` where something named is not there: then the register itself is at fault.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        # Nobody else reads it before it is done, and the caller has the disk keep it.
        base.execute("PRAGMA journal_mode = MEMORY")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("BEGIN")
        for ddl in (*(table.ddl for table in TABLES), RECORDS, ABOUT):
            base.execute(ddl)
        base.execute("INSERT INTO release VALUES (?, ?, ?, ?, ?)", about)
        _fill(base, published)
        base.execute("COMMIT")
        return {table.name: base.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0] for table in TABLES}  # noqa: S608


def _fill(base: sqlite3.Connection, published: PartnershipQuerySet) -> None:
    lists = lists_of(published)
    for name in ("sources", "organisations"):
        base.executemany(BY_NAME[name].insert, (BY_NAME[name].row(record) for record in lists[name]))
    for partnership in complete(in_order(published)).iterator(chunk_size=CHUNK):
        _add(base, partnership)


def _add(base: sqlite3.Connection, partnership: Partnership) -> None:
    record = to_record(partnership)
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    base.execute("INSERT INTO records VALUES (?, ?)", (partnership.slug, text))
    own = {**record, "changed": _day(partnership.updated_at)}
    base.execute(BY_NAME["partnerships"].insert, BY_NAME["partnerships"].row(own))
    beside = _beside(partnership)
    for table in PARTS:
        base.executemany(table.insert, _rows(table, record, beside.get(table.name, [])))
    lessons = (record["case_study"] or {}).get("lessons", [])
    base.executemany(BY_NAME["lessons"].insert, _numbered(BY_NAME["lessons"], partnership.slug, lessons))


def _rows(table: Table, record: Record, beside: list[Record]) -> Iterator[list[Any]]:
    found = record[table.part]
    rows = found if isinstance(found, list) else [found] if found else []
    if beside:
        rows = [{**row, **more} for row, more in zip(rows, beside, strict=True)]
    return _numbered(table, record["partnership_id"], rows)


def _numbered(table: Table, slug: str, rows: list[Record]) -> Iterator[list[Any]]:
    for position, row in enumerate(rows, start=1):
        yield table.row({**row, "partnership_id": slug, "position": position})


# ---- What a case page shows beside the record ------------------------------------------------------------------------


def _beside(partnership: Partnership) -> dict[str, list[Record]]:
    """What the rows of phases and assessments say besides, in the order of the record."""
    phases = sorted(partnership.phases.all(), key=lambda phase: phase.order)
    current = current_phase(phases)
    return {
        "phases": [_of_phase(phase, is_current=phase == current) for phase in phases],
        "assessments": _of_assessments(phases),
    }


def _of_phase(phase: Phase, *, is_current: bool) -> Record:
    adopted = phase.adopted_at is not None
    return {
        "current": is_current,
        "cell": cell_number(phase.design, phase.delivery, SECTOR) if phase.design and phase.delivery else None,
        "professional_cell": cell_number(phase.professional_design, phase.professional_delivery, PROFESSIONAL)
        if phase.professional_design and phase.professional_delivery
        else None,
        "adopted_by": ("curator" if phase.adopted_by_id else "library") if adopted else None,
        "adopted_on": _day(phase.adopted_at) if adopted else None,
    }


def _of_assessments(phases: list[Phase]) -> list[Record]:
    """In which order they were begun, and which of a phase are the word of one assessor: by numbers, never by names."""
    by_phase = [
        sorted((row for row in phase.assessments.all() if row.submitted_at), key=lambda row: row.pk) for phase in phases
    ]
    given = sorted(row.pk for rows in by_phase for row in rows)
    found = []
    for rows in by_phase:
        voices = list(dict.fromkeys(row.voice for row in rows))
        found += [{"given": given.index(row.pk) + 1, "voice": voices.index(row.voice) + 1} for row in rows]
    return found


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat()
