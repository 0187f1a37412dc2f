"""Reading a file into the database, a row at a time, so that later steps need no file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, BinaryIO

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.files import MAX_BYTES, open_document, open_table
from exchange.files.sniffing import form_of
from exchange.importing.reach import Refused
from exchange.models import Import, StagedRow
from exchange.models.imports import APPLIED, READ, UNDONE
from partnerships.search import fold

# What one request can read and compare in good time; larger files go through the shell.
MOST_ROWS = 10_000
CHUNK = 500
KEY_LENGTH = 400
# An import of which the reading broke off has no records; after this time it is thrown away.
ABANDONED = timedelta(days=1)


def stage(
    file: BinaryIO, name: str, *, by: User | None, own_only: bool, publish: bool, max_rows: int = MOST_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Import:  # fmt: skip
    """Read a file. ``own_only``: only records of the person's organisation are in reach, and nothing becomes public.

    Raises ``FileError`` for a file that cannot be read, and ``Refused`` for a person without an organisation; then
    nothing is kept.
    """
    organisation = by.organisation if by and own_only else None
    if own_only and organisation is None:
        raise Refused(_("Your account belongs to no organisation. Ask an administrator to add you to one."))
    _forget_abandoned()
    form = form_of(file, name, max_bytes=max_bytes)
    batch = Import.objects.create(
        made_by=by, organisation=organisation, own_only=own_only, publish=publish and not own_only,
        file_name=_shown(name), form=form, digest=_digest(file),
    )  # fmt: skip
    try:
        if form == "json":
            _keep(batch, _document(batch, file, name, max_bytes))
        else:
            _keep(batch, _table(batch, file, name, max_rows, max_bytes))
    except BaseException:
        batch.delete()
        raise
    return batch


def forget(batch: Import, *, by: User | None) -> None:
    """Throw away an import that was not taken over. Raises ``Refused`` for one that was."""
    if batch.state in (APPLIED, UNDONE):
        raise Refused(_("This import was taken over, so its report is kept."))
    batch.delete()


def _forget_abandoned() -> None:
    """Imports that nobody can go on with: whose reading broke off, and those of a shell that was ended."""
    old = Import.objects.filter(state=READ, created_at__lt=timezone.now() - ABANDONED)
    old.filter(Q(records=0) | Q(made_by=None)).delete()


def _shown(name: str) -> str:
    """The name of the file as it is shown: no folders, nothing that is no text. It is never used to open anything."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:255] or _("file")


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _document(batch: Import, file: BinaryIO, name: str, max_bytes: int) -> Iterator[tuple[str, int, Any]]:
    document = open_document(file, name, max_bytes=max_bytes)
    batch.sources, batch.organisations = document["sources"], document["organisations"]
    for number, record in enumerate(document["partnerships"], start=1):
        yield record.get("partnership_id") or f"#{number}", number, record


def _table(
    batch: Import, file: BinaryIO, name: str, max_rows: int, max_bytes: int
) -> Iterator[tuple[str, int, dict[str, str]]]:
    table = open_table(file, name, max_rows=max_rows, max_bytes=max_bytes)
    batch.columns, batch.ignored = list(table.columns), list(table.ignored)
    for row in table.rows:
        yield _key(row.cells) or f"#{row.line}", row.line, row.cells


def _key(cells: dict[str, str]) -> str:
    """What tells which rows belong together: the id, or without one the title."""
    if key := cells.get("partnership_id", "").strip():
        return key[:KEY_LENGTH]
    title = fold(cells.get("title", ""))
    return f"={title}"[:KEY_LENGTH] if title else ""


def _keep(batch: Import, rows: Iterable[tuple[str, int, Any]]) -> None:
    """Keep rows with the place of their record, which is that of its first row."""
    places: dict[str, int] = {}
    staged = (
        StagedRow(batch=batch, position=places.setdefault(key, len(places)), line=line, key=key, cells=cells)
        for key, line, cells in rows
    )
    while some := list(islice(staged, CHUNK)):
        StagedRow.objects.bulk_create(some)
        batch.rows += len(some)
    # Last: an import without records is one of which the reading broke off.
    batch.records = len(places)
    batch.save()
