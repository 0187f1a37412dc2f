"""Servers to ask: gunicorn as in production, and Datasette; each stopped at the end, whatever happens."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from registers import POSTGRES, ROOT, Register, with_connection

WORKERS, THREADS = 2, 4
# No limit that would end a facet early, and no suggestions that nobody asked for.
DATASETTE = ("suggest_facets", "off", "facet_time_limit_ms", "60000", "sql_time_limit_ms", "60000")
PATIENCE = 30


@dataclass
class Server:
    """A running server; ``backers`` are processes of the database that work for it."""

    port: int
    process: subprocess.Popen[bytes]
    postmaster: int = 0
    log: Path = field(default_factory=Path)

    def busy(self) -> int:
        """Nanoseconds that the server and its database have spent on a processor so far."""
        family = [self.process.pid, *children(self.process.pid)]
        family += children(self.postmaster) if self.postmaster else []
        return sum(spent(pid) for pid in family)


def children(pid: int) -> list[int]:
    """The processes that this one started, its threads included."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found


def spent(pid: int) -> int:
    """Nanoseconds on a processor of all the threads of a process."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):
            total += int(task.read_text().split()[0])
    return total


@contextmanager
def register_server(register: Register) -> Iterator[Server]:
    """The site as .ci/serve starts it."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    with started(command, port, register.folder / f"{register.key}.log", register.environment) as process:
        yield Server(port, process, postmaster(register.url) if register.database == POSTGRES else 0)


@contextmanager
def datasette(program: Path, register: Register) -> Iterator[Server]:
    """Datasette on the SQLite file of a register."""
    port = free_port()
    settings = [part for name, value in zip(DATASETTE[::2], DATASETTE[1::2], strict=True)
                for part in ("--setting", name, value)]  # fmt: skip
    command = [str(program), "serve", str(register.file), "--port", str(port), *settings]
    with started(command, port, register.folder / f"datasette-{register.key}.log", None) as process:
        yield Server(port, process)


@contextmanager
def started(
    command: list[str], port: int, log: Path, environment: dict[str, str] | None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server, wait until it answers, and stop it at the end. Raises ``SystemExit`` with what it logged."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        if not answers(port, process):
            raise SystemExit(f"A server did not start:\n{log.read_text()}")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until something answers at the port; False where the process ended before or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with suppress(OSError):
            connection.request("GET", "/")
            return bool(connection.getresponse().status)
        time.sleep(0.1)
    return False


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postmaster(url: str) -> int:
    """The process that starts PostgreSQL's backends."""
    return int(with_connection(url, "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)")[0][0])
