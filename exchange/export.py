"""The register as a file: what the views, the shell and releases call.

Each function takes partnerships that are already filtered, narrows them to what the public sees, and yields text in
pieces, so that a large register needs no more memory than a small one.
"""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from exchange import complete, flat
from partnerships.models import Partnership


def stream_csv(partnerships: QuerySet[Partnership], *, hidden: bool = False) -> Iterator[str]:
    """The flat record. ``hidden`` takes in drafts and withdrawn records: for a private copy, never for a page."""
    return flat.stream(_visible(partnerships, hidden), hidden=hidden)


def stream_json(partnerships: QuerySet[Partnership], *, hidden: bool = False) -> Iterator[str]:
    """The complete record. ``hidden`` as for ``stream_csv``."""
    return complete.stream(_visible(partnerships, hidden), hidden=hidden)


def _visible(partnerships: QuerySet[Partnership], hidden: bool) -> QuerySet[Partnership]:
    return partnerships if hidden else partnerships.published()


STREAMS: dict[str, Callable[..., Iterator[str]]] = {"csv": stream_csv, "json": stream_json}
