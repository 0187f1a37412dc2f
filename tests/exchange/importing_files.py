"""Files for tests of imports, and what became of them."""

import csv
from io import BytesIO, StringIO
from typing import Any

from accounts.models import User
from exchange import export, importing
from exchange.models import Import, StagedRecord
from partnerships.models import Partnership

Rows = list[dict[str, str]]


def table(rows: Rows) -> BytesIO:
    """A CSV file of these rows, whose columns are those of the first."""
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode())


def exported(form: str = "csv") -> bytes:
    """All that is public, as a file."""
    return "".join(export.STREAMS[form](Partnership.objects.all())).encode()


def garden(**more: str) -> dict[str, str]:
    """A row with what most records have."""
    return {
        "partnership_id": "garden", "title": "Garden", "unit": "case", "countries": "GB",
        "partners": "*public:Council|citizens:Residents", "phase": "Run", "design": "shared",
        "delivery": "citizens_or_third_sector", **more,
    }  # fmt: skip


def staged(
    file: BytesIO, by: User | None, *, name: str = "cases.csv", publish: bool = False, steps: int = 100
) -> Import:
    """A file, read and compared to its end."""
    own_only = by is not None and not by.is_curator
    batch = importing.stage(file, name, by=by, own_only=own_only, publish=publish)
    while batch.state == "read":
        batch = importing.check(batch, steps)
    return batch


def outcomes(batch: Import) -> dict[str, str]:
    return dict(StagedRecord.objects.filter(batch=batch).values_list("title", "outcome"))


def reasons(batch: Import) -> list[str]:
    return [fault[3] for row in StagedRecord.objects.filter(batch=batch) for fault in row.faults]


def taken_over(file: BytesIO, by: User | None, **options: Any) -> Import:
    return importing.apply(staged(file, by, **options), by=by)
