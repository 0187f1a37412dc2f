"""An import from the shell: the same steps in one go, each record planned once."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from exchange.faults import Fault
from exchange.importing.checking import keep
from exchange.importing.comparing import compare
from exchange.importing.staging import stage
from exchange.importing.writing import Writing
from exchange.models import Import, StagedRow
from exchange.models.imports import READ
from partnerships.record.keys import Keys, Placeholders

MOST_ROWS = 1_000_000
MOST_BYTES = 2_000_000_000
CHUNK = 500
Told = Callable[[int, int], None]


def import_file(
    file: BinaryIO, name: str, *, publish: bool, dry_run: bool = False, told: Told = lambda done, records: None
) -> tuple[Import | None, dict[str, int], list[Fault]]:
    """Bring a whole file in, or nothing where any record has a fault.

    Returns the import (None where nothing was written), how many records have which outcome, and every fault. ``told``
    is called with how many records are done, and of how many. Raises ``FileError`` and ``Refused``.
    """
    batch = stage(file, name, by=None, own_only=False, publish=publish, max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    try:
        done, counts, faults = _import(batch, dry_run, told)
    except BaseException:
        batch.delete()
        raise
    if done is None:
        batch.delete()
    else:
        # What was read is in the register now.
        StagedRow.objects.filter(batch=batch).delete()
    return done, counts, faults


def _import(batch: Import, dry_run: bool, told: Told) -> tuple[Import | None, dict[str, int], list[Fault]]:
    counts: dict[str, int] = {}
    faults: list[Fault] = []
    with Writing(batch, by=None, keys=Placeholders() if dry_run else Keys(5000)) as writing:
        for first in range(0, batch.records, CHUNK):
            cases, sources = compare(batch, range(first, min(first + CHUNK, batch.records)))
            batch.sources = [*batch.sources, *sources]
            writing.add(cases, sources)
            for case in cases:
                counts[case.outcome] = counts.get(case.outcome, 0) + 1
                faults += case.faults
            if not dry_run:
                keep(batch, cases, whole=False)
            told(min(first + CHUNK, batch.records), batch.records)
        if faults or dry_run:
            return None, counts, faults
        return writing.finish(READ), counts, faults
