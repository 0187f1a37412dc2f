"""The tables of ``register.sqlite``, made from the shape of the complete record.

Each list of the record is a table of its own, each plain field a column. A list of codes or texts stays JSON, for which
SQLite has functions. What names another row and is empty in the record is NULL, so that foreign keys hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange import meanings
from exchange.formats import shape
from exchange.formats.shape import FLAG, NUMBER, YEAR, Fields, Kind

Value = str | int | None


@dataclass(frozen=True)
class Column:
    """One column. ``refers`` is the rest of its foreign key, such as ``sources(slug)``.

    ``names`` says that it names another row, and so is NULL where the record has an empty text.
    """

    name: str
    type: str
    meaning: str | Promise
    refers: str = ""
    names: bool = False

    def value(self, found: Any) -> Value:
        """A value of the record as the table holds it."""
        if isinstance(found, list | dict):
            return json.dumps(found, ensure_ascii=False, sort_keys=True)
        if self.names:
            return found or None
        return int(found) if isinstance(found, bool) else found


@dataclass(frozen=True)
class Table:
    """One table. ``part`` is the list of the record that it holds; ``key`` are the columns of its primary key."""

    name: str
    part: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[str, ...] = ()

    @property
    def ddl(self) -> str:
        """The statement that makes it."""
        lines = [f'"{column.name}" {column.type}' for column in self.columns]
        lines.append(f"PRIMARY KEY ({_names(self.key)})")
        lines += [
            f'FOREIGN KEY ("{column.name}") REFERENCES {column.refers} DEFERRABLE INITIALLY DEFERRED'
            for column in self.columns
            if column.refers
        ]
        lines += [f"FOREIGN KEY {foreign} DEFERRABLE INITIALLY DEFERRED" for foreign in self.foreign]
        return f'CREATE TABLE "{self.name}" ({", ".join(lines)})'

    @property
    def insert(self) -> str:
        """The statement that adds a row."""
        names = _names(column.name for column in self.columns)
        return f'INSERT INTO "{self.name}" ({names}) VALUES ({", ".join("?" * len(self.columns))})'  # noqa: S608

    def row(self, values: Mapping[str, Any]) -> list[Value]:
        """The values of a row in the order of its columns."""
        return [column.value(values.get(column.name)) for column in self.columns]


def _names(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names)


OF_PARTNERSHIP = "partnerships(partnership_id)"
REFERS = {"source": "sources(slug)", "organisation": "organisations(slug)", "part_of": OF_PARTNERSHIP}
# Of these lists each row bears the name of a phase, or none.
OF_PHASE = '("partnership_id", "phase") REFERENCES phases("partnership_id", "name")'
NOT_COLUMNS = {"seed_rows", "case_study"}


def _columns(fields: Fields, meaning: meanings.Meanings) -> tuple[Column, ...]:
    """A column for each field that is no list of objects."""
    return tuple(
        Column(name, _type(kind), meaning[name], REFERS.get(name, ""), names=name in REFERS or name == "phase")
        for name, kind in fields.of.items()
        if name not in NOT_COLUMNS and not isinstance(getattr(kind, "item", None), Fields)
    )


def _type(kind: Any) -> str:
    return "INTEGER" if isinstance(kind, Kind) and kind in (NUMBER, YEAR, FLAG) else "TEXT"


def _part(
    name: str, part: str, fields: Fields, meaning: meanings.Meanings, *more: Column,
    key: tuple[str, ...] = ("position",),
) -> Table:  # fmt: skip
    """The table of a list of the record; its rows belong to a partnership and keep their order."""
    foreign = (OF_PHASE,) if "phase" in fields.of else ()
    columns = (BELONGS, POSITION, *_columns(fields, meaning), *more)
    return Table(name, part, columns, ("partnership_id", *key), foreign)


BELONGS = Column(
    "partnership_id", "TEXT", _("The code of the partnership that the row belongs to."), OF_PARTNERSHIP, names=True
)
POSITION = Column("position", "INTEGER", _("The place of the row in the record’s own list, from 1."))
CHANGED = Column("changed", "TEXT", _("The day of the last change before the release."))
# What the register works out, and what a case page shows beside the record.
OF_PHASES = (
    Column("current", "INTEGER", _("Whether it is the latest phase that is no plan: the one the matrix shows.")),
    Column("cell", "INTEGER", _("The cell, where both responsibilities are known.")),
    Column("professional_cell", "INTEGER", _("The cell in the professional lens, where both are known.")),
    Column("adopted_by", "TEXT", _("Who adopted the claim that the position rests on: “curator” or “library”.")),
    Column("adopted_on", "TEXT", _("The day on which it was adopted.")),
)
OF_ASSESSMENTS = (
    Column("given", "INTEGER", _("The place in the order in which the assessments of the partnership were begun.")),
    Column(
        "voice",
        "INTEGER",
        _("Within a phase: rows with the same number are one assessor’s, and the later one counts."),
    ),
)
CASE_STUDIES = Table(
    "case_studies", "case_study", (BELONGS, *_columns(shape.CASE_STUDY, meanings.CASE_STUDY)), ("partnership_id",)
)
TABLES = (
    Table("sources", "", _columns(shape.SOURCE, meanings.SOURCE), ("slug",)),
    Table("organisations", "", _columns(shape.ORGANISATION, meanings.ORGANISATION), ("slug",)),
    Table("partnerships", "", (*_columns(shape.PARTNERSHIP, meanings.PARTNERSHIP), CHANGED), ("partnership_id",)),
    _part("partners", "partners", shape.PARTNER, meanings.PARTNER),
    _part("phases", "phases", shape.PHASE, meanings.PHASE, *OF_PHASES, key=("name",)),
    _part("statements", "statements", shape.STATEMENT, meanings.STATEMENT),
    _part("evidence", "evidence", shape.EVIDENCE, meanings.EVIDENCE),
    _part("assessments", "assessments", shape.ASSESSMENT, meanings.ASSESSMENT, *OF_ASSESSMENTS),
    _part("checklists", "checklists", shape.CHECKLIST_ITEM, meanings.CHECKLIST_ITEM),
    CASE_STUDIES,
    _part("lessons", "", shape.LESSON, meanings.LESSON),
)
# The whole record as it stands in partnerships.json, by its code.
RECORDS = "CREATE TABLE records (slug TEXT PRIMARY KEY, record TEXT NOT NULL)"
ABOUT = "CREATE TABLE release (number INTEGER, made TEXT, licence TEXT, codebook TEXT, address TEXT)"
