"""The register as a file: what the views, the shell and releases call.

Each function takes partnerships that are already filtered, narrows them to what the public sees, and yields the file in
pieces, so that a large register needs no more memory than a small one.
"""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from exchange.formats import complete, flat, xlsx
from exchange.formats.told import told
from partnerships.models import Partnership
from partnerships.selection import Selection


def stream_csv(
    partnerships: QuerySet[Partnership],
    *,
    hidden: bool = False,
    labels: bool = False,
    selection: Selection | None = None,
) -> Iterator[str]:
    """The flat record.

    ``hidden`` takes in drafts and withdrawn records: for a private copy, never for a page. ``labels`` puts plain words
    beside codes. ``selection`` is what the partnerships were chosen by, for the forms that tell it.
    """
    return flat.stream(_visible(partnerships, hidden), hidden=hidden, labels=labels)


def stream_json(
    partnerships: QuerySet[Partnership],
    *,
    hidden: bool = False,
    labels: bool = False,
    selection: Selection | None = None,
) -> Iterator[str]:
    """The complete record. Parameters as for ``stream_csv``; where filters are set, the document tells which."""
    visible = _visible(partnerships, hidden)
    chosen = None
    if selection and selection.active:
        chosen = told(selection, "json", visible.count(), timezone.localdate())
    return complete.stream(visible, hidden=hidden, labels=labels, selection=chosen)


def stream_xlsx(
    partnerships: QuerySet[Partnership],
    *,
    hidden: bool = False,
    labels: bool = True,
    selection: Selection | None = None,
) -> Iterator[bytes]:
    """The flat record as a workbook, which always has the labels. Parameters as for ``stream_csv``."""
    return xlsx.stream(_visible(partnerships, hidden), hidden=hidden, selection=selection)


def _visible(partnerships: QuerySet[Partnership], hidden: bool) -> QuerySet[Partnership]:
    """What may be in the file. A proposed change is written in a record of its own, which is none of the register."""
    return partnerships.filter(revises__isnull=True) if hidden else partnerships.published()


STREAMS: dict[str, Callable[..., Iterator[str] | Iterator[bytes]]] = {
    "csv": stream_csv,
    "json": stream_json,
    "xlsx": stream_xlsx,
}
