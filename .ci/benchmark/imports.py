"""``.ci/bench-imports``: how long imports take beside writing the same rows that are ready, and what others feel.

Every measurement has an empty register of its own. An import and its floor take turns, so that both meet the same
machine. It judges nothing by the clock: whether goals hold stands in the report.
"""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from registers import HERE, POSTGRES, ROOT, SQLITE, Register, create, with_connection, write_settings
from report import machine_of

COLUMNS = [
    "partnership_id",
    "title",
    "unit",
    "summary",
    "countries",
    "place",
    "service_areas",
    "tags",
    "partners",
    "phase",
    "phase_starts",
    "design",
    "delivery",
    "certainty",
    "source_title",
    "source_year",
    "source_locator",
    "statement_kind",
    "stated_model",
    "stated_cells",
]
SUMMARY = "Residents of the estate grow food together with the council, who pays for tools and soil."
SOURCES = 200


def main(chosen: Namespace) -> None:
    """From nothing to a report."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="register-bench.") as name:
        folder = Path(name)
        write_settings(folder)
        files = {size: write_rows(folder / f"{size}.csv", size) for size in {*chosen.sizes, *chosen.web}}
        databases = [SQLITE, POSTGRES] if chosen.postgres else [SQLITE]
        benches = [Bench(database, folder, chosen.postgres) for database in databases]
        text = [heading(chosen, load, [bench.first for bench in benches])]
        for bench in benches:
            text += [f"## {bench.database}", shell_table(bench, files, chosen), web_table(bench, files, chosen)]
    report = "\n\n".join(text) + "\n"
    sys.stdout.write(report)
    if chosen.report:
        chosen.report.write_text(report)


class Bench:
    """Empty registers of one kind, each a copy of a first one."""

    def __init__(self, database: str, folder: Path, cluster: str) -> None:
        """Make the first one."""
        self.database, self.folder, self.cluster, self.number = database, folder, cluster, 0
        self.first = self._register(
            create(cluster, "empty") if cluster and database == POSTGRES else self._file("empty")
        )
        self.first.manage("migrate", "--verbosity", "0")

    def fresh(self) -> Register:
        """A new empty register."""
        self.number += 1
        name = f"bench_{self.number}"
        if self.database == POSTGRES:
            with_connection(self.cluster, f"CREATE DATABASE {name} TEMPLATE empty")
            return self._register(self.first.url.replace("/empty", f"/{name}"))
        shutil.copy(self.folder / "empty.sqlite3", self.folder / f"{name}.sqlite3")
        return self._register(self._file(name))

    def _register(self, url: str) -> Register:
        return Register(self.database, 0, url, self.folder)

    def _file(self, name: str) -> str:
        return f"sqlite:///{self.folder / f'{name}.sqlite3'}"


def write_rows(path: Path, size: int) -> Path:
    """A file with one row for each of so many partnerships, each with a phase, two partners and a statement."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(
            [f"case-{n}", f"Neighbourhood garden service number {n}", "case", SUMMARY, "GB", "Brighton", "06.2", "food",
             f"*public:Council of Town {n}|citizens:Residents", "As described", "2012", "shared",
             "citizens_or_third_sector", "source_stated", f"Source {n % SOURCES}", "2010", "p. 3", "explicit",
             "Co-Governance", "8"]
            for n in range(size)
        )  # fmt: skip
    return path


def measured(register: Register, *arguments: str) -> dict[str, Any]:
    """What a worker found."""
    return json.loads(register.run("import_worker.py", *arguments))


def beside(register: Register, *arguments: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same, while somebody else saves small things into the same register."""
    stop = register.folder / f"stop-{os.urandom(4).hex()}"
    command = [sys.executable, str(HERE / "import_worker.py"), "waits", str(stop)]
    other = subprocess.Popen(command, cwd=ROOT, env=register.environment, stdout=subprocess.PIPE, text=True)
    try:
        found = measured(register, *arguments)
    finally:
        stop.touch()
        said, _none = other.communicate(timeout=120)
    return found, json.loads(said)


SHELL = (
    "rows", "rows written", "import, s", "executemany, s", "ratio", "memory, MB", "another’s save, p95 ms",
    "longest, ms",
)  # fmt: skip
WEB = (
    "rows", "reading, s", "steps", "longest step, s", "taking over, s", "undo, s", "another’s save, p95 ms",
    "longest, ms",
)  # fmt: skip


def shell_table(bench: Bench, files: dict[int, Path], chosen: Namespace) -> str:
    """Imports from the shell beside their floors."""
    lines = []
    for size in sorted(chosen.sizes):
        found, floors = [], []
        for _round in range(chosen.rounds):
            filled = bench.fresh()
            found.append(measured(filled, "shell", str(files[size])))
            floors.append(measured(bench.fresh(), "floor", filled.url)["seconds"])
        _again, other = beside(bench.fresh(), "shell", str(files[size]))
        seconds, least = statistics.median(one["seconds"] for one in found), statistics.median(floors)
        memory = max(one["memory"] for one in found)
        line = f"{size:,} {found[0]['written']:,} {seconds:.1f} {least:.2f} {seconds / least:.1f} {memory:.0f}"
        lines.append([*line.split(), *felt(other)])
    return "From the shell (`import_partnerships --publish`), with reading and comparing:\n\n" + rows(SHELL, lines)


def web_table(bench: Bench, files: dict[int, Path], chosen: Namespace) -> str:
    """The requests of a browser, and what somebody else’s saves feel of them."""
    lines = []
    for size in sorted(chosen.web):
        found, other = beside(bench.fresh(), "web", str(files[size]))
        times = [f"{found[name]:.2f}" for name in ("longest", "applying", "undoing")]
        lines.append([f"{size:,}", f"{found['reading']:.2f}", str(found["steps"]), *times, *felt(other)])
    return f"Through the pages, in the steps that a browser asks for:\n\n{rows(WEB, lines)}"


def felt(other: dict[str, Any]) -> list[str]:
    """How long somebody else’s saves took."""
    return [f"{other['p95'] * 1000:.0f}", f"{other['longest'] * 1000:.0f}"]


def rows(names: tuple[str, ...], lines: list[list[str]]) -> str:
    """A table in Markdown, all numbers."""
    return "\n".join(f"| {' | '.join(line)} |" for line in [names, ["---:"] * len(names), *lines])


METHOD = """\
Files with one row for each partnership: a phase, two partners, a statement of one of {sources} sources. “executemany” \
writes the very rows that the import wrote, read from its register and ready, with the driver’s own executemany into \
the same empty tables, history included; reading them is not counted. Import and floor took turns {rounds} times; \
medians. Memory is the most that the process held. Somebody else’s save is a short transaction every hundredth of a \
second in a process of its own: its longest wait is how long an import holds it up at most."""


def heading(chosen: Namespace, load: float, registers: list[Register]) -> str:
    """What was done, where."""
    when = f"{datetime.now(UTC):%d %B %Y}"
    method = METHOD.format(sources=SOURCES, rounds=chosen.rounds)
    about = f"`.ci/bench-imports` (a part of `make bench`), {when}. {machine_of(registers)}"
    about += f" Load at the start: {load:.1f}."
    return f"# Speed of imports\n\n{about}\n\n{method}"


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", required=True)
    parser.add_argument("--web", type=int, nargs="+", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--postgres", default="", help="address of a cluster; without one only SQLite is measured")
    parser.add_argument("--report", type=Path)
    main(parser.parse_args())
