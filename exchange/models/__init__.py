"""Tables of the doors for data: what the library brought, imports on their way, releases."""

from exchange.models.imports import Import, StagedRecord, StagedRow
from exchange.models.library import PARTNERSHIP, SOURCE, LibraryEntry
from exchange.models.release import Release

__all__ = ["PARTNERSHIP", "SOURCE", "Import", "LibraryEntry", "Release", "StagedRecord", "StagedRow"]
