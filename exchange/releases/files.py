"""The files of a release: which there are, and how each is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange import export
from exchange.formats.complete import LICENCE
from exchange.releases import book, changes, citing, database, package, places, words
from exchange.releases.about import About
from exchange.releases.changes import Changes
from partnerships.models import Partnership
from taxonomy import codebook

DATABASE = "register.sqlite"
CHECKSUMS = "checksums.txt"
# In the order in which pages list them, each with what it is.
ABOUT: dict[str, str | Promise] = {
    "partnerships.csv": _("The table: one row for each statement about each phase."),
    "partnerships.xlsx": _("The same table for spreadsheets, with the dictionary."),
    "partnerships.json": _("Everything, nested: each record complete, with its sources."),
    DATABASE: _("Everything as tables of an SQLite database."),
    "codebook.json": _("The codebook of the day: axes, cells, questions, rules, and every list of codes."),
    "datapackage.json": _("What the columns mean and which values they take (Frictionless Data Package)."),
    "CHANGELOG.md": _("What changed since the release before."),
    "CITATION.cff": _("How to cite it, for programs (Citation File Format)."),
    "datacite.json": _("What an archive asks for to give it a DOI (DataCite)."),
    "README.txt": _("All of this in plain words."),
    CHECKSUMS: _("The SHA-256 of each file, to check that it arrived whole."),
}
# What holds the data itself.
DATA = ("partnerships.csv", "partnerships.xlsx", "partnerships.json", DATABASE, "codebook.json")


@dataclass
class Files:
    """The files as they are written into a folder, each with its size and its SHA-256."""

    folder: Path
    written: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self, name: str, pieces: Iterable[str]) -> None:
        """Write a file of text."""
        self.binary(name, (piece.encode() for piece in pieces))

    def json(self, name: str, content: Any) -> None:
        """Write a file of JSON."""
        self.text(name, [json.dumps(content, ensure_ascii=False, indent=1) + "\n"])

    def binary(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file."""
        with (self.folder / name).open("xb") as file:
            for piece in pieces:
                file.write(piece)
        self.keep(name)

    def keep(self, name: str) -> None:
        """Have the disk keep a file that is written, and note its size and its SHA-256."""
        path = self.folder / name
        places.sync(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.written[name] = {"name": name, "bytes": path.stat().st_size, "sha256": digest}

    def listed(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """These files as far as they are written, with what each is."""
        return [{**self.written[name], "about": ABOUT[name]} for name in names if name in self.written]


@dataclass(frozen=True)
class Built:
    """What was made: the rows of each table, what changed, and the files."""

    counts: dict[str, int]
    changes: Changes
    files: list[dict[str, Any]]


def write_database(
    folder: Path, number: int, made: str, address: str, last: int | None
) -> tuple[dict[str, int], Changes]:
    """Write the database and compare it with the last release's. This alone tells what a release would change."""
    about = (number, made, LICENCE, codebook.CURRENT.version, address)
    counts = database.write(folder / DATABASE, Partnership.objects.published(), about)
    before = places.folder(last) / DATABASE if last is not None else None
    return counts, changes.between(last, before, folder / DATABASE)


def write_all(folder: Path, about: About) -> Built:
    """Write every file into a folder. ``about.counts`` is filled on the way."""
    files = Files(folder)
    counts, changed = write_database(folder, about.number, about.made, about.url, about.previous)
    about.counts.update(counts)
    files.keep(DATABASE)
    _write_data(files)
    _write_words(files, about, changed)
    names = sorted(files.written)
    files.text(CHECKSUMS, (f"{files.written[name]['sha256']}  {name}\n" for name in names))
    return Built(counts, changed, [files.written[name] for name in ABOUT if name in files.written])


def _write_data(files: Files) -> None:
    published = Partnership.objects.published()
    for ending, stream in export.STREAMS.items():
        pieces = stream(published)
        files.binary(f"partnerships.{ending}", (p.encode() if isinstance(p, str) else p for p in pieces))
    files.json("codebook.json", book.codebook())


def _write_words(files: Files, about: About, changed: Changes) -> None:
    files.json("datapackage.json", package.datapackage(about, files.listed(DATA)))
    files.text("CHANGELOG.md", [words.changelog(about, changed)])
    files.text("CITATION.cff", [citing.citation_file(about)])
    files.json("datacite.json", citing.datacite(about, files.listed(DATA)))
    described = [{"name": name, "about": text} for name, text in ABOUT.items() if _will_be_there(name, files)]
    files.text("README.txt", [words.readme(about, described)])


def _will_be_there(name: str, files: Files) -> bool:
    return name in files.written or name in ("README.txt", CHECKSUMS)
