"""The public record of a partnership: its complete shape, and the step that makes the register equal to it.

Export, import, the bundled library and pending revisions all use this one shape (``docs/decisions.md``, record).
``to_record`` writes it, ``apply_record`` takes it over; applying what was written changes nothing.
"""

from partnerships.record.applying import apply_organisation, apply_record, apply_source
from partnerships.record.errors import RecordError
from partnerships.record.shape import KEYS, PARTS, Record
from partnerships.record.writing import complete, organisation_record, reference, sorted_cells, source_record, to_record

__all__ = [
    "KEYS",
    "PARTS",
    "Record",
    "RecordError",
    "apply_organisation",
    "apply_record",
    "apply_source",
    "complete",
    "organisation_record",
    "reference",
    "sorted_cells",
    "source_record",
    "to_record",
]
