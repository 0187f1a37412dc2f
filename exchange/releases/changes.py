"""What differs between two releases, by reading their records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from partnerships.presenters.record_diff import differences
from partnerships.record import Record


@dataclass(frozen=True)
class Changed:
    """A partnership; ``parts`` are in words what of it changed, where it was there before and still is."""

    slug: str
    title: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What came, changed and went since release ``since``; None for the first one, of which all is new."""

    since: int | None = None
    added: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()
    withdrawn: tuple[Changed, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the row of the release."""
        return asdict(self)

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> Changes:
        """The reverse."""
        lists = {
            name: tuple(Changed(row["slug"], row["title"], tuple(row["parts"])) for row in found.get(name, []))
            for name in ("added", "changed", "withdrawn")
        }
        return cls(since=found.get("since"), **lists)


ADDED = """SELECT slug, record FROM main.records WHERE slug NOT IN (SELECT slug FROM last.records) ORDER BY slug"""
WITHDRAWN = """SELECT slug, record FROM last.records WHERE slug NOT IN (SELECT slug FROM main.records) ORDER BY slug"""
CHANGED = """SELECT now.slug, was.record, now.record FROM main.records AS now JOIN last.records AS was
             ON was.slug = now.slug WHERE was.record <> now.record ORDER BY now.slug"""


def between(number: int | None, last: Path | None, now: Path) -> Changes:
    """Compare two files ``register.sqlite``; without a ``last`` one everything is new, and not listed."""
    if last is None:
        return Changes()
    with closing(sqlite3.connect(now)) as base:
        base.execute("ATTACH ? AS last", (str(last),))
        return Changes(
            since=number,
            added=tuple(_titled(*row) for row in base.execute(ADDED)),
            changed=tuple(_changed(base.execute(CHANGED))),
            withdrawn=tuple(_titled(*row) for row in base.execute(WITHDRAWN)),
        )


def _titled(slug: str, record: str) -> Changed:
    return Changed(slug, json.loads(record)["title"])


def _changed(rows: Iterator[tuple[str, str, str]]) -> Iterator[Changed]:
    for slug, was, now in rows:
        before, after = json.loads(was), json.loads(now)
        if pruned(before) != pruned(after):
            yield Changed(slug, after["title"], _parts(before, after))


def _parts(before: Record, after: Record) -> tuple[str, ...]:
    """What changed, in words; the fields themselves where the words know of no difference."""
    found = tuple(dict.fromkeys(str(difference.part) for difference in differences(before, after)))
    return found or tuple(name for name in after if pruned(before.get(name)) != pruned(after[name]))


def pruned(value: Any) -> Any:
    """A value without its empty parts: a field that a newer form of the record adds, empty, is no change."""
    if isinstance(value, dict):
        parts = {name: pruned(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part is not None} or None
    if isinstance(value, list):
        return [pruned(part) for part in value] or None
    return value or None
