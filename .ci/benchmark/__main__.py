"""``make bench``: how fast the explore pages are in a small and in a larger register, on both databases.

Makes registers in a temporary folder, starts the servers, asks, writes the report and leaves nothing behind. It
measures and judges nothing by the clock: whether goals hold stands in the report.
"""

import json
import os
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from measuring import Asked, measure
from registers import POSTGRES, SQLITE, Register, make, write_settings
from report import Report, write
from servers import datasette, register_server
from targets import FILE, PAGES, PEERS


def options() -> Namespace:
    """What .ci/bench passes on."""
    parser = ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--postgres", default="", help="address of a cluster; without one only SQLite is measured")
    parser.add_argument("--datasette", type=Path, help="the program; without it Datasette is left out")
    parser.add_argument("--datasette-version", default="")
    parser.add_argument("--report", type=Path, help="where to write the report; it is always printed")
    return parser.parse_args()


def main(chosen: Namespace) -> None:
    """From nothing to a report."""
    load = os.getloadavg()[0]
    databases = [SQLITE, POSTGRES] if chosen.postgres else [SQLITE]
    with tempfile.TemporaryDirectory(prefix="register-bench.") as name, ExitStack() as running:
        folder = Path(name)
        static = write_settings(folder)
        registers = [make(each, size, folder, chosen.postgres) for size in sorted(chosen.sizes) for each in databases]
        registers[0].manage("collectstatic", "--noinput", "--verbosity", "0")
        pages = {register.key: look_at(register, static) for register in registers}
        report = Report(registers, [], chosen.rounds, chosen.datasette_version if chosen.datasette else "", load)
        for register in registers:
            report.asked += pages_of(register, pages[register.key], running)
            if chosen.datasette and register.database == SQLITE:
                report.asked += peers_of(register, chosen.datasette, running)
        report.missing = sorted(
            {f"{name}: left out, answers {page['status']}"
             for seen in pages.values() for name, page in seen.items() if page["status"] != 200}
        )  # fmt: skip
        measure(report.asked, chosen.rounds)
        show(write(report), chosen.report)


def look_at(register: Register, static: Path) -> dict[str, Any]:
    """What its pages are like; leaves the bytes of its matrix among the static files."""
    return json.loads(register.run("pages.py", str(static / f"matrix-{register.key}.html")))


def pages_of(register: Register, seen: dict[str, Any], running: ExitStack) -> Iterator[Asked]:
    """Its pages and the static file, from a server that runs until the end."""
    server = running.enter_context(register_server(register))
    for target in PAGES:
        page = seen[target.name]
        if page["status"] == 200:
            yield Asked(target.name, register.key, server, page["path"], page["queries"])
    yield Asked(FILE.name, register.key, server, FILE.path.format(register=register.key))


def peers_of(register: Register, program: Path, running: ExitStack) -> Iterator[Asked]:
    """What Datasette shows of the same file."""
    server = running.enter_context(datasette(program, register))
    for target in PEERS:
        yield Asked(target.name, register.key, server, target.path)


def show(text: str, file: Path | None) -> None:
    """Print the report, and keep it where asked."""
    sys.stdout.write(text)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def stop(*_signal: object) -> None:
    """End as after Ctrl-C, so that servers stop and folders go."""
    raise SystemExit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    main(options())
