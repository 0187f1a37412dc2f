"""Temporary tables in which rows wait, and the few statements that move many rows at once.

They are made from the real tables: same columns, same checks, but no references, since what a row names may be waiting
too. SQLite and PostgreSQL; the values never pass through SQL text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, connections, models

from accounts.models import User
from partnerships.record.rows import Written

REFERENCE = re.compile(r' REFERENCES "\w+" \("\w+"\)(?: DEFERRABLE INITIALLY DEFERRED)?')
AT_ONCE = 500
# A field that prepares its values in a way of its own, as countries and sets of cells do, is asked for each of them.
PLAIN = {
    field.get_prep_value for field in (models.CharField, models.TextField, models.BooleanField, models.IntegerField)
}  # fmt: skip


class Stage:
    """The temporary table of one model."""

    def __init__(self, model: type[models.Model]) -> None:
        """Make the table, empty."""
        self.model = model
        self.table = model._meta.db_table
        self.name = f"staged_{self.table}"
        # A facet is never named by another row, so the database may number it.
        self.fields = [
            field for field in model._meta.concrete_fields
            if not field.generated and not (field.primary_key and not _is_named(model))
        ]  # fmt: skip
        self.columns = [field.column for field in self.fields]
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")
            cursor.execute(self._definition(cursor))
            cursor.execute(f"ALTER TABLE {self.name} ADD COLUMN staged_new boolean")

    def _definition(self, cursor: Any) -> str:
        if connection.vendor == "postgresql":
            like = f'LIKE "{self.table}" INCLUDING CONSTRAINTS INCLUDING GENERATED'
            return (
                f"CREATE TEMPORARY TABLE {self.name} ({like}{'' if _is_named(self.model) else ' INCLUDING IDENTITY'})"
            )
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [self.table])
        definition = REFERENCE.sub("", cursor.fetchone()[0])
        return re.sub(r'^CREATE TABLE "\w+"', f"CREATE TEMPORARY TABLE {self.name}", definition)

    def drop(self) -> None:
        """Take the table away."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    # ---- Filling it ---------------------------------------------------------------------------------

    def prepared(self, written: Sequence[Written]) -> list[list[Any]]:
        """Rows as the database takes them."""
        read = attrgetter(*(field.attname for field in self.fields))
        to_change = [(place, field) for place, field in enumerate(self.fields) if not _is_plain(field)]
        database = connections[connection.alias]
        rows = []
        for one in written:
            values = [*read(one.row), one.new]
            for place, field in to_change:
                values[place] = field.get_db_prep_save(field.pre_save(one.row, one.new), database)
            rows.append(values)
        return rows

    def insert(self, values: Sequence[Sequence[Any]]) -> None:
        """Put prepared rows in. Raises ``IntegrityError`` where one breaks a rule."""
        columns = ", ".join(f'"{column}"' for column in (*self.columns, "staged_new"))
        insert_many(f"INSERT INTO {self.name} ({columns}) VALUES", values)

    # ---- Emptying it into the real one ----------------------------------------------------------------

    def take_over(self) -> None:
        """Write every row into the real table: new ones are added, known ones replaced."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        replaced = ", ".join(f'"{column}" = excluded."{column}"' for column in self.columns if column != "id")
        conflict = f"ON CONFLICT (id) DO UPDATE SET {replaced}" if _is_named(self.model) else ""
        order = "ORDER BY id" if _is_named(self.model) else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{self.table}" ({columns}) SELECT {columns} FROM {self.name} '  # noqa: S608
                f"WHERE true {order} {conflict}"
            )

    def write_history(self, at: datetime, by: User | None, reason: str) -> None:
        """Write a line of history for every row, as saving it would."""
        kind = "CASE WHEN staged_new THEN '+' ELSE '~' END"
        copy_to_history(self.model, f"FROM {self.name} ORDER BY id", kind, [], at, by, reason)


def _is_plain(field: models.Field) -> bool:
    """Whether a checked value goes to the database as it is: for most columns, asking the field would cost the most."""
    return isinstance(field, models.ForeignKey | models.AutoField) or type(field).get_prep_value in PLAIN


def _is_named(model: type[models.Model]) -> bool:
    """Whether other rows, or a history, name rows of this model by their keys."""
    return model._meta.model_name != "facet"


def copy_to_history(
    model: type[models.Model], source: str, kind: str, parameters: Sequence[Any], at: datetime, by: User | None,
    reason: str,
) -> None:  # fmt: skip
    """Copy rows into the history of their model, where it has one. ``source``: what follows SELECT."""
    manager = getattr(model, "history", None)
    if manager is None:
        return
    columns = ", ".join(f'"{field.column}"' for field in manager.model.tracked_fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{manager.model._meta.db_table}" '
            f"({columns}, history_type, history_date, history_user_id, history_change_reason) "
            f"SELECT {columns}, {kind}, %s, %s, %s {source}",
            [at, by.pk if by else None, reason[:100] or None, *parameters],
        )


def insert_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run an INSERT that ends in VALUES for many rows, as fast as the driver can."""
    if not rows:
        return
    with connection.cursor() as cursor:
        marks = f"({', '.join(['%s'] * len(rows[0]))})"
        if connection.vendor == "postgresql":
            # One statement for some rows at a time: one for each would wait for the server each time.
            for start in range(0, len(rows), AT_ONCE):
                some = rows[start : start + AT_ONCE]
                values = ", ".join([marks] * len(some))
                cursor.execute(f"{statement} {values}", [value for row in some for value in row])
        else:
            cursor.executemany(f"{statement} {marks}", rows)
