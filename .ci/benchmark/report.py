"""The figures as Markdown, and which goals they meet."""

import os
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from measuring import BATCH, SECONDS, Asked
from registers import POSTGRES, SQLITE, Register, with_connection
from targets import DATASETTE_LEAN, DATASETTE_PAGE, FILE, FOUR_FACETS, PAGES, PEERS, STATIC

MOST_QUERIES = {"matrix": 6, "list": 6, "case": 10}
MOST_TIMES_SLOWER = 3
METHOD = """\
{registers} synthetic partnerships (`manage.py generate_partnerships N --seed 1`) in a temporary folder or cluster. \
The site runs as `make run` starts it: gunicorn, 2 workers of 4 threads, DEBUG off, collected static files. Datasette \
{datasette} reads the same SQLite files, with no limit on facets and no suggestions. One client, one connection at a \
time, asks all targets in turn in {rounds} rounds, {requests} answers in all and at least {least} from each, in \
batches of up to {batch} answers or {seconds:.0f} second, after one that does not count.

Times are milliseconds until the last byte; CPU is that of the server with its database, for one answer; “× static” is \
p50 against a file with the bytes of the matrix; queries are the most of any size. Compare ratios: times differ from \
machine to machine. PostgreSQL was vacuumed after the load, as it would be within a minute; SQLite has no statistics, \
as on any site (with them it chooses worse plans for the filters)."""


@dataclass
class Report:
    """What was measured, and of what."""

    registers: list[Register]
    asked: list[Asked]
    rounds: int
    datasette: str
    load: float
    missing: list[str] = field(default_factory=list)

    def find(self, name: str, database: str, size: int) -> Asked | None:
        """One target on one register, where it was asked for."""
        key = f"{database}-{size}".lower()
        return next((each for each in self.asked if (each.name, each.key) == (name, key)), None)

    @property
    def databases(self) -> list[str]:
        """In the order in which they were made."""
        return list(dict.fromkeys(register.database for register in self.registers))

    @property
    def sizes(self) -> list[int]:
        """From small to large."""
        return sorted({register.size for register in self.registers})


def write(report: Report) -> str:
    """The whole document."""
    parts = ["# Speed of the explore pages", summary(report)]
    parts += [table(report, database) for database in report.databases]
    parts += [addresses(report), "## Goals", "\n".join(f"- {line}" for line in goals(report))]
    return "\n\n".join(parts) + "\n"


def summary(report: Report) -> str:
    """When, on what, how."""
    registers = " and ".join(f"{size:,}" for size in report.sizes)
    method = METHOD.format(
        registers=registers, rounds=report.rounds, requests=f"{sum(len(each.times) for each in report.asked):,}",
        least=min(len(each.times) for each in report.asked), batch=BATCH, seconds=SECONDS,
        datasette=report.datasette or "(left out)",
    )  # fmt: skip
    when = f"{datetime.now(UTC):%d %B %Y}"
    return f"`make bench`, {when}. {machine(report)} Load at the start: {report.load:.1f}.\n\n{method}"


def machine(report: Report) -> str:
    """What the figures were taken on."""
    return machine_of(report.registers)


def machine_of(registers: list[Register]) -> str:
    """What figures about these registers were taken on."""
    words = [
        f"{os.cpu_count()} cores",
        processor(),
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    clusters = [register.url for register in registers if register.database == POSTGRES]
    if clusters:
        version = with_connection(clusters[0], "SHOW server_version")[0][0].split()[0]
        words.append(f"PostgreSQL {version}")
    return ", ".join(filter(None, words)) + "."


def processor() -> str:
    """What the processor calls itself, where it says."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name") and ": " in line), "")


# ---- Tables --------------------------------------------------------------------------------------------------------


def table(report: Report, database: str) -> str:
    """The targets on one database, small and large side by side."""
    sizes = report.sizes
    heads = ["", "queries", "kB"]
    heads += [f"{kind}, {size:,}" for size in sizes for kind in ("p50", "p95", "CPU")]
    heads += [f"× static, {sizes[-1]:,}", f"{sizes[-1]:,} ÷ {sizes[0]:,}"]
    lines = [f"## {database}", "", f"| {' | '.join(heads)} |", f"|---{'|---:' * (len(heads) - 1)}|"]
    for target in (*PAGES, FILE, *PEERS):
        found = [report.find(target.name, database, size) for size in sizes]
        if all(found):
            cells = " | ".join(row(report, database, [each for each in found if each]))
            lines.append(f"| {target.name} | {cells} |")
    return "\n".join(lines)


def row(report: Report, database: str, found: list[Asked]) -> Iterator[str]:
    """The cells of one target."""
    last = found[-1]
    yield "" if last.queries is None else str(max(each.queries or 0 for each in found))
    yield f"{last.bytes / 1000:.0f}"
    for each in found:
        yield f"{each.p50:.1f}"
        yield f"{each.p95:.1f}"
        yield f"{each.cpu:.1f}"
    static = report.find(STATIC, database, report.sizes[-1])
    yield f"{last.p50 / static.p50:.0f}" if static else ""
    yield f"{last.p50 / found[0].p50:.1f}"


def addresses(report: Report) -> str:
    """What stands behind the names."""
    asked = {each.name for each in report.asked}
    lines = [
        f"- {target.name}: `{target.path}`{f', {target.what}' if target.what else ''}"
        for target in (*PAGES, FILE, *PEERS)
        if target.name in asked
    ]
    lines += [f"- {words}" for words in report.missing]
    return "\n".join(["## What was asked for", "", *lines])


# ---- Goals ---------------------------------------------------------------------------------------------------------


def goals(report: Report) -> list[str]:
    """A sentence for each goal of the page budgets and ratios: whether it holds, and by how much."""
    return [*queries(report), *flatness(report), *beside_datasette(report)]


def queries(report: Report) -> Iterator[str]:
    """How many queries the pages of each group take at most."""
    for group, most in MOST_QUERIES.items():
        names = {target.name for target in PAGES if target.group == group}
        found = max((each.queries or 0 for each in report.asked if each.name in names), default=0)
        yield f"{verdict(found <= most)}: {group} pages take at most {most} queries (they take {found})."


def flatness(report: Report) -> Iterator[str]:
    """The page that suffers most from a larger register, on each database."""
    small, large = report.sizes[0], report.sizes[-1]
    if small == large:
        return
    for database in report.databases:
        ratios = {
            target.name: (slow.p50 / fast.p50, slow.cpu / fast.cpu)
            for target in PAGES
            if (slow := report.find(target.name, database, large))
            and (fast := report.find(target.name, database, small))
        }
        if not ratios:
            continue
        worst = max(ratios, key=lambda name: ratios[name])
        times, cpu = ratios[worst]
        yield (
            f"{verdict(times <= MOST_TIMES_SLOWER)}: on {database} no page is more than {MOST_TIMES_SLOWER} times "
            f"slower at {large:,} than at {small:,} (the worst: {worst}, {times:.1f} times; by CPU {cpu:.1f} times)."
        )


def beside_datasette(report: Report) -> Iterator[str]:
    """The matrix with four facets against Datasette's page with the same four, on the same file."""
    for size in report.sizes:
        ours, page, lean = (report.find(name, SQLITE, size) for name in (FOUR_FACETS, DATASETTE_PAGE, DATASETTE_LEAN))
        if ours and page and lean:
            yield (
                f"{verdict(ours.p50 <= page.p50)}: at {size:,} the matrix with four facets is not slower than "
                f"Datasette's page with the same four ({ours.p50:.0f} ms against {page.p50:.0f} ms). Asked for 25 rows "
                f"of four columns only, Datasette takes {lean.p50:.0f} ms."
            )


def verdict(holds: bool) -> str:
    """One word to begin a sentence with."""
    return "Holds" if holds else "Does not hold"
