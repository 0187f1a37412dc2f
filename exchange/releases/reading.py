"""Reading a release: from its own ``register.sqlite`` and from nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from exchange.models import Release
from exchange.releases import places
from exchange.releases.files import DATABASE
from partnerships.record import Record
from partnerships.search import fold, words_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Frozen:
    """All that a release holds of one case: its record, and what its page shows beside it."""

    record: Record
    changed: str
    parent: Row | None
    parts: tuple[Row, ...]
    phases: tuple[Row, ...]
    assessments: tuple[Row, ...]
    sources: dict[str, Row]


class Lost(LookupError):
    """The files of a release are not where they should be."""


@contextmanager
def opened(release: Release) -> Iterator[sqlite3.Connection]:
    """The database of a release, read-only. Raises ``Lost``."""
    path = places.folder(release.number) / DATABASE
    if not path.is_file():
        raise Lost(str(path))
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        base.row_factory = sqlite3.Row
        base.create_function("fold", 1, fold, deterministic=True)
        yield base


def title_of(release: Release, slug: str) -> str | None:
    """What a case is called in a release; None where the release does not hold it."""
    with opened(release) as base:
        found = base.execute("SELECT title FROM partnerships WHERE partnership_id = ?", (slug,)).fetchone()
        return found["title"] if found else None


def case(release: Release, slug: str) -> Frozen | None:
    """A case as of the release; None where the release does not hold it."""
    with opened(release) as base:
        found = base.execute("SELECT record FROM records WHERE slug = ?", (slug,)).fetchone()
        if found is None:
            return None
        record = json.loads(found["record"])
        own = _rows(base, "SELECT changed FROM partnerships WHERE partnership_id = ?", slug)[0]
        parent = _rows(base, PARENT, record["part_of"])
        return Frozen(
            record=record,
            changed=own["changed"],
            parent=parent[0] if parent else None,
            parts=_rows(base, CHILDREN, slug),
            phases=_rows(base, PHASES, slug),
            assessments=_rows(base, ASSESSMENTS, slug),
            sources={row["slug"]: row for row in _rows(base, SOURCES, *[slug] * 3)},
        )


def count_titles(release: Release, search: str) -> int:
    """How many cases there are whose title has every word of a search."""
    where, words = _searched(search)
    with opened(release) as base:
        return base.execute(f"SELECT count(*) FROM partnerships WHERE {where}", words).fetchone()[0]  # noqa: S608


def titles(release: Release, search: str, *, first: int, at_most: int) -> tuple[Row, ...]:
    """A stretch of them by title."""
    where, words = _searched(search)
    with opened(release) as base:
        return _rows(base, LISTED.format(where=where), *words, at_most, first)


def _searched(search: str) -> tuple[str, list[str]]:
    """The condition, of question marks only, and the values for them."""
    words = [f" {word}" for word in words_of(search)]
    return " AND ".join(["instr(' ' || fold(title), ?)"] * len(words)) or "1", words


def _rows(base: sqlite3.Connection, query: str, *values: Any) -> tuple[Row, ...]:
    return tuple(dict(row) for row in base.execute(query, values))


PARENT = "SELECT partnership_id, title FROM partnerships WHERE partnership_id = ?"
CHILDREN = """SELECT p.partnership_id, p.title, p.unit, now.design, now.delivery, now.possible_cells, now.certainty
    FROM partnerships AS p LEFT JOIN phases AS now ON now.partnership_id = p.partnership_id AND now.current
    WHERE p.part_of = ? ORDER BY fold(p.title), p.partnership_id"""
PHASES = """SELECT name, current, cell, professional_cell, adopted_by, adopted_on FROM phases
    WHERE partnership_id = ? ORDER BY position"""
ASSESSMENTS = "SELECT given, voice FROM assessments WHERE partnership_id = ? ORDER BY position"
SOURCES = """SELECT * FROM sources WHERE slug IN (
    SELECT source FROM statements WHERE partnership_id = ? UNION
    SELECT source FROM evidence WHERE partnership_id = ? UNION
    SELECT source FROM checklists WHERE partnership_id = ?) ORDER BY fold(coalesce(authors, '')), title, slug"""
LISTED = """SELECT partnership_id, title, unit, place, nation, countries, summary FROM partnerships WHERE {where}
    ORDER BY fold(title), partnership_id LIMIT ? OFFSET ?"""
