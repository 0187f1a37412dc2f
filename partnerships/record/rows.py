"""The rows that a record asks for: new ones, changed ones, and those that go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from partnerships.record.errors import RecordError, Where
from partnerships.record.keys import Keys
from partnerships.record.shape import Record
from partnerships.sentences import sentences


@dataclass
class Written:
    """A row to be written; ``where`` says of which part of which record, for messages."""

    row: models.Model
    where: Where
    new: bool


class Rows:
    """Collects what one record changes, without touching the database."""

    def __init__(self, keys: Keys) -> None:
        """``keys`` gives new rows their primary keys."""
        self.keys = keys
        self.written: dict[tuple[type[models.Model], int], Written] = {}
        self.gone: list[models.Model] = []
        # Rows that name a partnership which the register gets only now: (the row's key, the slug).
        self.parents: list[tuple[int, str]] = []

    @property
    def any(self) -> bool:
        """Whether anything is to be written or goes."""
        return bool(self.written or self.gone or self.parents)

    def add(self, model: type[models.Model], values: Mapping[str, Any], where: Where) -> Any:
        """A new row."""
        row = model(pk=self.keys.next(model), **values)
        self.mark(row, where, new=True)
        return row

    def put(self, row: models.Model, values: Mapping[str, Any], where: Where) -> None:
        """Set values on a row, which is written if it is new or any of them differs. Rows come and go by attname."""
        new = row.pk is None
        if new:
            row.pk = self.keys.next(type(row))
        elif all(getattr(row, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(row, name, value)
        self.mark(row, where, new=new)

    def mark(self, row: models.Model, where: Where, *, new: bool = False) -> None:
        """Have a row written whose values were set already."""
        key = (type(row), row.pk)
        if key not in self.written:
            self.written[key] = Written(row, where, new)

    def drop(self, row: models.Model) -> None:
        """Let a row go."""
        self.gone.append(row)

    def sync(
        self, rows: Iterable[Any], model: type[models.Model], wanted: Mapping[Any, Record],
        key_of: Callable[[Any], Any], parent: Record, where: Where,
    ) -> dict[Any, Any]:  # fmt: skip
        """Make rows equal to ``wanted``; they keep their identity by key. Returns rows by key, in the order wanted."""
        known = {key_of(row): row for row in rows}
        for key in known.keys() - wanted.keys():
            self.drop(known[key])
        found = {}
        there = (*where, model._meta.verbose_name)
        for key, values in wanted.items():
            if row := known.get(key):
                self.put(row, values, there)
            else:
                row = self.add(model, {**parent, **values}, there)
            found[key] = row
        return found

    def sync_list(
        self, rows: Iterable[Any], model: type[models.Model], wanted: list[tuple[Any, Record]],
        key_of: Callable[[Any], Any], parent: Record, where: Where,
    ) -> list[Any]:  # fmt: skip
        """As ``sync``, for rows whose key may repeat: the first of that key is matched with the first, and so on."""
        seen: Counter[Any] = Counter()

        def numbered(key: Any) -> tuple[Any, int]:
            seen[key] += 1
            return key, seen[key]

        keyed = {numbered(key): values for key, values in wanted}
        seen.clear()
        by_row = {row.pk: numbered(key_of(row)) for row in rows}
        found = self.sync(rows, model, keyed, lambda row: by_row[row.pk], parent, where)
        return [found[key] for key in keyed]

    def check(self) -> None:
        """Check each row to be written by its fields, as a form would. Raises ``RecordError`` for the first fault.

        The constraints are left to the database: asking it beforehand about each would double the time of a load.
        """
        for written in self.written.values():
            try:
                written.row.full_clean(
                    exclude=_relations(type(written.row)), validate_unique=False, validate_constraints=False
                )
            except ValidationError as error:
                raise RecordError(written.where, faults(error, type(written.row))) from error


@cache
def _relations(model: type[models.Model]) -> frozenset[str]:
    """The fields that name other rows: these were looked up already."""
    return frozenset(field.name for field in model._meta.concrete_fields if field.is_relation or field.generated)


def faults(error: ValidationError, model: type[models.Model]) -> str:
    """The sentences of an error, each with the name of its field, in one line."""
    return "; ".join(f"{field}: {text}" if field else text for field, text in sentences(error, model))
