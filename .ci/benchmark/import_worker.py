"""Runs inside the project's Django, once for each measurement, and prints what it took as JSON.

``shell FILE``: ``import_partnerships --publish``. ``web FILE``: the steps of a browser, each timed, then the undo.
``floor DATABASE``: the rows of another register, as they are, by ``executemany`` into the same tables: no import can
do with less. ``waits SECONDS``: small saves of somebody else, one after the other, until the file ``stop`` is there.
"""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

django.setup()

import psycopg2  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from accounts.models import Organisation, User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from exchange import importing  # noqa: E402
from exchange.importing import import_file  # noqa: E402
from partnerships.models import Facet  # noqa: E402
from partnerships.record.batch import MODELS  # noqa: E402

TABLES = [
    table
    for model in (*MODELS, Facet)
    for table in (model._meta.db_table, *([model.history.model._meta.db_table] if hasattr(model, "history") else []))
]
CHUNK = 1000


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a call takes, and what it returns."""
    start = time.perf_counter()
    value = call()
    return time.perf_counter() - start, value


def shell(path: str) -> dict[str, Any]:
    """The whole import, reading the file included."""
    with Path(path).open("rb") as file:
        seconds, (_batch, counts, faults) = timed(lambda: import_file(file, "rows.csv", publish=True))
    if faults:
        raise SystemExit(str(faults[:3]))
    return {"seconds": seconds, "counts": counts, "memory": memory(), "written": written()}


def web(path: str) -> dict[str, Any]:
    """What the requests of a browser do, without the browser."""
    by = User.objects.create_user("curator@example.org", role=Role.CURATOR)
    with Path(path).open("rb") as file:
        reading, batch = timed(lambda: importing.stage(file, "rows.csv", by=by, own_only=False, publish=True))
    steps = []
    while batch.state == "read":
        step, batch = timed(lambda batch=batch: importing.check(batch))
        steps.append(step)
    applying, batch = timed(lambda: importing.apply(batch, by=by))
    undoing, _batch = timed(lambda: importing.undo(batch, by=by))
    return {
        "reading": reading, "steps": len(steps), "longest": max(steps), "applying": applying, "undoing": undoing,
        "memory": memory(),
    }  # fmt: skip


def floor(url: str) -> dict[str, Any]:
    """Rows that are ready, written with the database's own driver in one transaction."""
    total, rows = 0.0, 0
    source = psycopg2.connect(url) if url.startswith("postgres") else sqlite3.connect(urlsplit(url).path[1:])
    with transaction.atomic():
        for table in TABLES:
            for statement, some in chunks(source, table):
                seconds, _none = timed(lambda statement=statement, some=some: many(statement, some))
                total, rows = total + seconds, rows + len(some)
        start = time.perf_counter()
    return {"seconds": total + time.perf_counter() - start, "rows": rows}


def chunks(source: Any, table: str) -> Any:
    """Statements and rows of a table, without the columns that the database works out itself."""
    cursor = source.cursor()
    columns = [column for column in columns_of(table) if column not in ("cell", "professional_cell")]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY 1')  # noqa: S608
    marks = ", ".join(["%s"] * len(columns))
    while some := cursor.fetchmany(CHUNK):
        yield f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [tuple(map(plain, row)) for row in some]  # noqa: S608


def plain(value: Any) -> Any:
    """What psycopg2 reads from a JSON column is an object; the driver takes it back as text."""
    return json.dumps(value) if isinstance(value, list | dict) else value


def columns_of(table: str) -> list[str]:
    """The columns of a table."""
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def many(statement: str, rows: list[tuple]) -> None:
    """The driver's own ``executemany``."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def waits(stop: str) -> dict[str, Any]:
    """How long somebody else's saves take meanwhile."""
    organisation = Organisation.objects.create(name="Somebody else", slug="somebody-else", kind="public")
    took = []
    while not Path(stop).exists():
        took.append(timed(lambda: save(organisation))[0])
        time.sleep(0.01)
    took.sort()
    return {"saves": len(took), "p95": took[int(len(took) * 0.95)], "longest": took[-1]}


def save(organisation: Organisation) -> None:
    """One short transaction, as a form makes it."""
    with transaction.atomic():
        organisation.save()


def memory() -> float:
    """The most that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def written() -> int:
    """How many rows stand in the tables that an import touches."""
    with connection.cursor() as cursor:
        total = 0
        for table in TABLES:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            total += cursor.fetchone()[0]
    return total


if __name__ == "__main__":
    what, argument = sys.argv[1:]
    print(json.dumps({"shell": shell, "web": web, "floor": floor, "waits": waits}[what](argument)))  # noqa: T201
