"""Asking the servers, all targets in turn, so that what else the machine does meets all of them alike."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median

from servers import THREADS, WORKERS, Server

# A batch ends after so many answers, or after so many seconds once it has a few.
BATCH, SECONDS, LEAST = 50, 1.0, 4


@dataclass
class Asked:
    """One target on one register: where it is, what it is like, and how long each answer took in milliseconds."""

    name: str
    key: str
    server: Server
    path: str
    queries: int | None = None
    times: list[float] = field(default_factory=list)
    busy: float = 0
    bytes: int = 0

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """What one answer in twenty takes longer than."""
        return sorted(self.times)[int(0.95 * (len(self.times) - 1))]

    @property
    def cpu(self) -> float:
        """Milliseconds of processor for one answer, of the server and of its database."""
        return self.busy / len(self.times)


def measure(asked: list[Asked], rounds: int) -> None:
    """Warm up, then go round; each round begins with another target."""
    servers = set()
    for each in asked:
        # Every worker and thread of a server has its turn before anything counts, and each target its own first times.
        warm_up(each, connections=WORKERS if each.server.port in servers else 2 * WORKERS * THREADS)
        servers.add(each.server.port)
    for number in range(rounds):
        first = number * len(asked) // rounds
        for each in asked[first:] + asked[:first]:
            batch(each)


def warm_up(asked: Asked, connections: int) -> None:
    """Two answers over each of some connections."""
    for _ in range(connections):
        list(answers(asked, 2))


def batch(asked: Asked) -> None:
    """Some answers one after another over one connection; the first of them does not count."""
    replies = answers(asked, BATCH + 1)
    next(replies)
    before, begun = asked.server.busy(), time.perf_counter()
    times: list[float] = []
    for took in replies:
        times.append(took)
        if len(times) >= LEAST and time.perf_counter() - begun > SECONDS:
            break
    asked.busy += (asked.server.busy() - before) / 1e6
    asked.times += times


def answers(asked: Asked, number: int) -> Iterator[float]:
    """How many milliseconds each answer took, to its last byte. Raises ``SystemExit`` for a fault."""
    connection = HTTPConnection("127.0.0.1", asked.server.port, timeout=60)
    try:
        for _ in range(number):
            begun = time.perf_counter()
            connection.request("GET", asked.path)
            answer = connection.getresponse()
            asked.bytes = len(answer.read())
            took = (time.perf_counter() - begun) * 1000
            if answer.status != 200:
                raise SystemExit(f"{asked.name} on {asked.key}: {asked.path} gave {answer.status}")
            yield took
    finally:
        connection.close()
