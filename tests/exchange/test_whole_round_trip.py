"""What was taken along comes back: the bundled library as the loader brings it, and any register in each form."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction

from exchange import export, synthetic
from exchange.files import open_table
from exchange.importing import import_file
from exchange.load import LIBRARY, load_library
from partnerships.models import Partnership, Source
from tests.exchange.importing_files import exported


@pytest.mark.django_db
def test_importing_the_library_equals_loading_it() -> None:
    with transaction.atomic():
        load_library()
        loaded = exported("json"), exported("csv"), list(Source.objects.order_by("slug").values_list("slug", "title"))
        transaction.set_rollback(True)

    with LIBRARY.open("rb") as file:
        _batch, counts, faults = import_file(file, LIBRARY.name, publish=True)

    assert not faults
    assert counts == {"new": 71}
    imported = exported("json"), exported("csv"), list(Source.objects.order_by("slug").values_list("slug", "title"))
    assert imported == loaded


def whole(form: str) -> bytes:
    """All that is public, as a file of this form."""
    pieces = export.STREAMS[form](Partnership.objects.all())
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def value_of(form: str, content: bytes) -> Any:
    """What a file says: the bytes of a CSV, the cells of an XLSX, the JSON."""
    if form == "json":
        return json.loads(content)
    if form == "csv":
        return content
    return [row.cells for row in open_table(BytesIO(content), "x.xlsx", max_rows=10_000).rows]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_register_that_was_taken_along_comes_back_as_it_was(form: str) -> None:
    with transaction.atomic():
        synthetic.generate(25, 4)
        taken = whole(form)
        transaction.set_rollback(True)

    _batch, counts, faults = import_file(BytesIO(taken), f"register.{form}", publish=True)

    assert not faults
    assert counts["new"] == Partnership.objects.count() > 15
    assert value_of(form, whole(form)) == value_of(form, taken)
