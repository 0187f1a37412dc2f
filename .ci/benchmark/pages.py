"""Run by the bench inside Django: the address, size and number of queries of each page on one register, as JSON.

``pages.py FILE`` also writes the bytes of the matrix to FILE, which is then measured as a static file.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import django
from targets import PAGES, SEED, Target

django.setup()
logging.disable(logging.ERROR)  # a page that does not exist yet is reported, not logged

from django.conf import settings  # noqa: E402  Django first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from partnerships.models import Partnership  # noqa: E402


def places() -> dict[str, Any]:
    """What the gaps of the addresses stand for in this register."""
    published = Partnership.objects.published()
    # The generator gives its first record all that a record can have.
    first = published.get(slug__endswith=f"-synthetic-{SEED}-1")
    return {"last": -(-published.count() // settings.PAGE_SIZE), "case": first.slug}


def look_at(client: Client, target: Target, gaps: dict[str, Any]) -> dict[str, Any]:
    """Ask for a page twice, and count the queries of the second time."""
    path = target.path.format(**gaps)
    client.get(path)
    queries = 0

    def counted(execute: Any, *call: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*call)

    with connection.execute_wrapper(counted):
        answer = client.get(path)
    return {"path": path, "status": answer.status_code, "bytes": len(answer.content), "queries": queries}


def main() -> None:
    """Print what each page is like."""
    gaps = places()
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    Path(sys.argv[1]).write_bytes(client.get("/").content)
    json.dump({target.name: look_at(client, target, gaps) for target in PAGES}, sys.stdout)


main()
