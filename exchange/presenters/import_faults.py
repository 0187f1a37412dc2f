"""The faults of an import: the first of them for its page, all of them for a file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.db.models import Func, IntegerField, Sum
from django.db.models.expressions import Combinable

from exchange.faults import Fault
from exchange.models import Import, StagedRecord
from exchange.models.imports import ERROR
from exchange.presenters.faults import SHOWN, FaultTable, fault_table, unit_of


class _Length(Func):
    """How many entries a list in a JSON field has."""

    function = "json_array_length"
    output_field = IntegerField()

    def as_postgresql(self, compiler: object, connection: object, **context: object) -> tuple[str, list[Combinable]]:
        return self.as_sql(compiler, connection, function="jsonb_array_length", **context)


def table(batch: Import) -> FaultTable:
    """The first faults of an import, and how many there are."""
    count = StagedRecord.objects.filter(batch=batch, outcome=ERROR).aggregate(number=Sum(_Length("faults")))["number"]
    return fault_table(islice(all_faults(batch), SHOWN), unit_of(batch.form), count or 0)


def all_faults(batch: Import) -> Iterable[tuple[str, Fault]]:
    """Every fault of an import with the title of its record, read little by little."""
    records = StagedRecord.objects.filter(batch=batch).exclude(faults=[]).order_by("position")
    for title, key, faults in records.values_list("title", "key", "faults").iterator(chunk_size=500):
        for kept in faults:
            yield title or key, Fault.from_list(kept)
