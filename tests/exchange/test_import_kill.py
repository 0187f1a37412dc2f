"""A process that dies while it imports leaves all of the file in the register, or nothing of it."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from exchange import importing
from exchange.models import Import
from partnerships.integrity import violations
from partnerships.models import Partnership

ROWS = 60
KILLS = 5
HEADER = "partnership_id,title,unit,partners,phase,design,delivery,source_title,statement_kind,stated_cells"
# Says when it writes, so that it is not the time of starting Python or of reading that is interrupted.
PROGRAM = """
import sys, time, django
django.setup()
from exchange.importing import import_file
from partnerships.record.tables import Stage
take_over = Stage.take_over
def slowly(stage):
    # Between two tables, where a kill would leave one without the other if they were not one transaction.
    take_over(stage)
    print("writing", flush=True)
    time.sleep(0.1)
Stage.take_over = slowly
with open(sys.argv[1], "rb") as file:
    import_file(file, "rows.csv", publish=True)
print("done", flush=True)
"""


def environment() -> dict[str, str]:
    """The database of this test, for another process."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{now['NAME']}"
    else:
        url = f"postgres://{now['USER']}:{now['PASSWORD']}@{now['HOST']}:{now['PORT']}/{now['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings", "LOGGING_CONFIG": ""}


def write(path: Path, mark: str) -> Path:
    rows = (
        f"{mark}-{n},Garden {mark} {n},case,*public:Council|citizens:Residents,Run,shared,public,Report,explicit,2"
        for n in range(ROWS)
    )
    path.write_text("\n".join([HEADER, *rows]))
    return path


@pytest.mark.django_db(transaction=True)
def test_a_kill_at_any_moment_leaves_all_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311  moments, not secrets
    seen = []
    for kill in range(KILLS):
        path = write(tmp_path / f"{kill}.csv", f"k{kill}")
        command = [sys.executable, "-c", PROGRAM, str(path)]
        with subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as running:
            assert running.stdout.readline() == "writing\n"
            # The last one is let be: a test in which nothing ever came in would say nothing.
            if kill < KILLS - 1:
                time.sleep(chance.uniform(0, 0.4))
                running.kill()
            running.wait(60)
        seen.append(Partnership.objects.filter(slug__startswith=f"k{kill}-").count())
        assert seen[-1] in (0, ROWS)
        assert not list(violations())
    assert seen[-1] == ROWS
    assert 0 in seen
    # What was cut off can be thrown away, and the same file comes in afterwards.
    for batch in Import.objects.exclude(state="applied"):
        importing.forget(batch, by=None)
    with (tmp_path / "0.csv").open("rb") as file:
        _batch, counts, faults = importing.import_file(file, "rows.csv", publish=True)
    assert not faults
    assert sum(counts.values()) == ROWS
    assert Partnership.objects.filter(slug__startswith="k0-").count() == ROWS
