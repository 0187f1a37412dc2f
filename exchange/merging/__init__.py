"""From the rows of a table to the complete record that they ask for.

Pure functions: they get the rows of one partnership and its current complete record, and give back the record as it
should be, with the faults of the rows. Only ``SourceBook.load`` asks the database. The rules are those of design.md,
section 7: an absent column leaves things as they are, an empty cell clears, an absent row is kept; a phase is matched
by its name, a statement by its source, place, kind, perspective, reading and lens.

One file has one header: ``Reader(columns)`` prepares what reads its cells once, ``reader.merge(…)`` then does one
partnership after the other. ``merge`` does both in one call.
"""

from exchange.merging.reader import Merged, Reader, Row, merge
from exchange.merging.sources import SourceBook

__all__ = ["Merged", "Reader", "Row", "SourceBook", "merge"]
