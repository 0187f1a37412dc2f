"""Keys for rows that are not written yet, so that rows can name each other before the database has seen any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from django.db import connection, models, transaction

SOME = 500


class Keys:
    """Hands out primary keys that the database will give to nobody else.

    They are reserved ``SOME`` at a time and those that stay unused are lost, as after a transaction that was rolled
    back.
    """

    def __init__(self, some: int = SOME) -> None:
        """``some``: how many to reserve at once."""
        self._some = some
        self._free: dict[type[models.Model], list[int]] = defaultdict(list)

    def next(self, model: type[models.Model]) -> int:
        """A key for a new row of this model."""
        free = self._free[model]
        if not free:
            free.extend(reversed(reserve(model, self._some)))
        return free.pop()


class Placeholders(Keys):
    """Keys of rows that will never be written: below zero, where no real one is."""

    def __init__(self) -> None:
        """Nothing to reserve."""
        super().__init__()
        self._below: Iterator[int] = count(-1, -1)

    def next(self, model: type[models.Model]) -> int:
        """The next lower number."""
        return next(self._below)


def reserve(model: type[models.Model], number: int) -> list[int]:
    """So many keys of this model's table, taken out of its sequence."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', number]
            )
            return [key for (key,) in cursor.fetchall()]
        # Tables of Django on SQLite count on from here; the temporary ones of a batch have such a table of their own.
        cursor.execute("SELECT seq FROM main.sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        if row:
            cursor.execute("UPDATE main.sqlite_sequence SET seq = %s WHERE name = %s", [last + number, table])
        else:
            cursor.execute("INSERT INTO main.sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last + number])
        return list(range(last + 1, last + number + 1))
