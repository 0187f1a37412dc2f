"""Registers to measure: synthetic ones of given sizes, on SQLite in a temporary folder or in a PostgreSQL cluster."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from targets import SEED

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
SETTINGS = """from config.settings import *

STATIC_ROOT = {static!r}
MEDIA_ROOT = {media!r}
LOGGING_CONFIG = None
"""


@dataclass(frozen=True)
class Register:
    """A database with this many synthetic partnerships."""

    database: str
    size: int
    url: str
    folder: Path

    @property
    def key(self) -> str:
        """A name for files and headings."""
        return f"{self.database}-{self.size}".lower()

    @property
    def file(self) -> Path:
        """Where SQLite keeps it. Datasette takes the name of the database from the file."""
        return Path(urlsplit(self.url).path[1:])

    @property
    def environment(self) -> dict[str, str]:
        """The environment of production, but for HTTPS, which ends at a proxy that is not measured here."""
        return {
            **os.environ,
            "DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "benchmark_settings",
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
            "DEBUG": "off", "HTTPS_ONLY": "off", "BEHIND_PROXY": "off", "STATIC_MANIFEST": "on",
            "ALLOWED_HOSTS": "127.0.0.1", "SECRET_KEY": "of-a-server-that-lives-for-minutes-and-keeps-nothing-secret",
            "EMAIL_URL": "dummymail://",
        }  # fmt: skip

    def manage(self, *command: str) -> None:
        """Run a command of the project on this register."""
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, check=True)

    def run(self, script: str, *arguments: str) -> str:
        """Run a script that stands beside this one inside the project's Django; returns what it prints."""
        command = [sys.executable, str(HERE / script), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout


def write_settings(folder: Path) -> Path:
    """Settings of production with static files in the folder; returns where those go."""
    static = folder / "static"
    text = SETTINGS.format(static=str(static), media=str(folder / "media"))
    (folder / "benchmark_settings.py").write_text(text)
    return static


def make(database: str, size: int, folder: Path, cluster: str) -> Register:
    """An empty database, its tables, and the synthetic partnerships. ``cluster`` is the address of PostgreSQL."""
    if database == POSTGRES:
        url = create(cluster, f"register_{size}")
    else:
        (folder / str(size)).mkdir()
        url = f"sqlite:///{folder / str(size) / 'register.sqlite3'}"
    made = Register(database, size, url, folder)
    made.manage("migrate", "--verbosity", "0")
    made.manage("generate_partnerships", str(size), "--seed", str(SEED))
    if database == POSTGRES:
        settle(url)
    return made


def create(cluster: str, name: str) -> str:
    """Make a database in the cluster; returns its address."""
    with_connection(cluster, f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(cluster)._replace(path=f"/{name}"))


def settle(url: str) -> None:
    """What autovacuum does within a minute of such a load: dead rows out, statistics and visibility up to date."""
    with_connection(url, "VACUUM ANALYZE")


def with_connection(url: str, statement: str) -> list[tuple]:
    """Run one statement outside a transaction; returns its rows, if it has any."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
