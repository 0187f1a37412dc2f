"""One view of the register for many queries: what others write meanwhile is not seen."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_view() -> Iterator[None]:
    """Whatever is read inside is of one moment. Nothing may be written inside.

    Inside a transaction of the caller that transaction decides, since it cannot be changed any more.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        yield from _sqlite()
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _sqlite() -> Iterator[None]:
    """By hand: Django's own transactions take the write lock of SQLite, and would hold up everybody for seconds."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
