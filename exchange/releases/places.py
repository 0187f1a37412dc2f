"""Where releases lie, and how a new one gets there: whole, or not at all.

A release is built in a folder of its own beside the others, whose name no address leads to, and moved to its number in
one step. Before the move the number is noted in the lock's file and taken out again once the row of the release is
written: so the next run can tell a folder that a crash left behind from a release.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from exchange.models import Release

UNFINISHED = ".making"
LOCK = ".lock"


class Refused(ValueError):
    """A release that is not made; the message says why and what to do."""


def root() -> Path:
    """The folder of all releases."""
    return Path(settings.MEDIA_ROOT) / "releases"


def folder(number: int) -> Path:
    """The folder of one release."""
    return root() / str(number)


def next_number() -> int:
    """One more than any number in use, by a release or by a folder: what was a release once is never written over."""
    last = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    folders = (int(path.name) for path in root().glob("*") if path.name.isascii() and path.name.isdigit())
    return 1 + max(last, *folders, 0)


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A fresh folder to build a release in; gone afterwards, unless it has become one. One at a time.

    Raises ``Refused`` while somebody else makes a release.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / LOCK).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(_("Somebody else is making a release just now. Try again when it is done.")) from error
        _clean(lock)
        place = root() / UNFINISHED
        place.mkdir()
        try:
            yield Workshop(place, lock)
        finally:
            _clean(lock)


class Workshop:
    """The folder in which a release is built, and the step that makes it one."""

    def __init__(self, path: Path, lock: IO[str]) -> None:
        """``lock`` is held, and takes the note."""
        self.path = path
        self._lock = lock

    @contextmanager
    def moved_to(self, number: int) -> Iterator[None]:
        """Move the folder to its number; what happens inside makes it a release, or the folder goes again."""
        for file in self.path.iterdir():
            file.chmod(0o444)
        _note(self._lock, str(number))
        sync(self.path)
        self.path.rename(folder(number))
        sync(root())
        yield
        _note(self._lock, "")


def _clean(lock: IO[str]) -> None:
    """Remove what a crash left: a folder that was being built, and one that got its number and no row."""
    shutil.rmtree(root() / UNFINISHED, ignore_errors=True)
    lock.seek(0)
    number = lock.read().strip()
    if number and not Release.objects.filter(number=int(number)).exists():
        shutil.rmtree(folder(int(number)), ignore_errors=True)
    _note(lock, "")


def _note(lock: IO[str], text: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(text)
    lock.flush()
    os.fsync(lock.fileno())


def sync(path: Path) -> None:
    """Have the disk keep what a file or a folder holds by now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
