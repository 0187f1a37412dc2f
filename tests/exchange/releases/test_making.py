"""A release is whole or not there, is numbered once, and never changes."""

import fcntl
import hashlib
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.roles import Role
from exchange.models import Release
from exchange.releases import book, citing, database, files, package, places, words
from exchange.releases.making import Refused, make, preview
from exchange.releases.snapshot import one_view
from partnerships.models import Partnership
from tests import factories


@pytest.fixture
def one(db: None) -> Partnership:
    """The least that can be released."""
    return factories.partnership("One", design="shared", delivery="shared")


def there() -> list[str]:
    return sorted(path.name for path in places.root().iterdir())


@pytest.mark.django_db
def test_a_release_has_every_file_and_its_checksum(whole: Partnership) -> None:
    release = make(note="First of all.")

    assert (release.number, release.note, release.codebook) == (1, "First of all.", "1.0")
    assert [file["name"] for file in release.files] == list(files.ABOUT)
    lines = (places.folder(1) / files.CHECKSUMS).read_text().splitlines()
    assert sorted(line.split("  ")[1] for line in lines) == sorted(set(files.ABOUT) - {files.CHECKSUMS})
    for file in release.files:
        content = (places.folder(1) / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert file["name"] == files.CHECKSUMS or f"{file['sha256']}  {file['name']}" in lines
    assert there() == [".lock", "1"]


@pytest.mark.django_db
def test_a_later_release_leaves_the_earlier_one_as_it_is(whole: Partnership) -> None:
    make()
    before = {path.name: path.read_bytes() for path in places.folder(1).iterdir()}
    Partnership.objects.filter(pk=whole.pk).update(title="Another title")

    second = make()

    assert second.number == 2
    assert {path.name: path.read_bytes() for path in places.folder(1).iterdir()} == before
    assert all(path.stat().st_mode & 0o222 == 0 for path in places.folder(1).iterdir())


@pytest.mark.django_db
def test_the_same_data_gives_the_same_bytes(whole: Partnership) -> None:
    make()
    make()

    for name in ("partnerships.csv", "partnerships.json", "codebook.json"):
        assert (places.folder(1) / name).read_bytes() == (places.folder(2) / name).read_bytes()


STEPS: list[tuple[Any, str]] = [
    (database, "_add"),
    (files.changes, "between"),
    (book, "codebook"),
    (package, "datapackage"),
    (words, "changelog"),
    (citing, "citation_file"),
    (citing, "datacite"),
    (words, "readme"),
    (places, "folder"),
    (places, "_note"),
    (Release.objects, "create"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _place, step in STEPS])
def test_what_goes_wrong_leaves_nothing(
    one: Partnership, monkeypatch: pytest.MonkeyPatch, place: Any, step: str
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(place, step, fails)
        with pytest.raises(OSError, match="disk is full"):
            make()

    assert not Release.objects.exists()
    assert make().number == 1
    assert there() == [".lock", "1"]


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_that_breaks_off_leaves_nothing(one: Partnership, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    def breaks_off(*args: Any, **kwargs: Any) -> Any:
        yield "some"
        raise OSError("the disk is full")

    monkeypatch.setitem(files.export.STREAMS, ending, breaks_off)
    with pytest.raises(OSError, match="disk is full"):
        make()

    assert there() == [".lock"]
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_what_a_crash_left_is_cleared_away(one: Partnership) -> None:
    (places.root() / places.UNFINISHED).mkdir(parents=True)
    (places.root() / places.UNFINISHED / "partnerships.csv").write_text("half")
    # It had got its number, and no row yet.
    places.folder(1).mkdir()
    (places.root() / places.LOCK).write_text("1")

    assert make().number == 1
    assert len(list(places.folder(1).iterdir())) == len(files.ABOUT)


@pytest.mark.django_db
def test_a_crash_after_the_row_was_written_keeps_the_release(one: Partnership) -> None:
    make()
    (places.root() / places.LOCK).write_text("1")

    assert make().number == 2
    assert (places.folder(1) / files.DATABASE).is_file()


@pytest.mark.django_db
def test_a_folder_of_unknown_origin_is_left_alone_and_its_number_not_used(one: Partnership) -> None:
    places.folder(4).mkdir(parents=True)

    assert make().number == 5
    assert places.folder(4).is_dir()


@pytest.mark.django_db
def test_two_at_once_are_refused(one: Partnership) -> None:
    places.root().mkdir(parents=True)
    with (places.root() / places.LOCK).open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="Somebody else"):
            make()
    assert make().number == 1


@pytest.mark.django_db
def test_who_may_not_and_nothing_to_release(one: Partnership) -> None:
    with pytest.raises(Refused, match="Only curators"):
        make(by=factories.user())
    curator = factories.user(Role.CURATOR)
    assert make(by=curator).made_by == curator
    Partnership.objects.update(status="withdrawn")
    with pytest.raises(Refused, match="Nothing is published"):
        make()


@pytest.mark.django_db
def test_a_preview_keeps_nothing(whole: Partnership) -> None:
    counts, changes = preview()

    assert counts["partnerships"] == Partnership.objects.published().count()
    assert changes.since is None
    assert not places.root().exists()
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_not_seen() -> None:
    factories.partnership("First")

    def write() -> None:
        factories.partnership("Second")
        connection.close()

    with one_view():
        assert Partnership.objects.count() == 1
        other = threading.Thread(target=write)
        other.start()
        other.join(timeout=30)
        assert Partnership.objects.count() == 1
    assert Partnership.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_release_outside_of_any_transaction() -> None:
    factories.partnership("First", design="shared", delivery="shared")

    assert make().counts["partnerships"] == 1
    assert not connection.in_atomic_block
    factories.partnership("Second")


Run = Callable[..., str]


@pytest.fixture
def run() -> Run:
    def command(*arguments: str) -> str:
        out = StringIO()
        call_command("make_release", *arguments, stdout=out)
        return out.getvalue()

    return command


@pytest.mark.django_db
def test_the_command_makes_one_and_says_so(whole: Partnership, run: Run) -> None:
    curator = factories.user(Role.CURATOR, email="curator@example.org")

    said = run("--note", "Hello", "--by", "Curator@example.org")

    assert "The first release." in said
    assert f"Release 1 is made: {Path(places.folder(1))}" in said
    assert Release.objects.get().made_by == curator
    assert "Since release 1: 0 added, 0 changed, 0 no longer public." in run("--dry-run")
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_the_command_refuses_in_words(whole: Partnership, run: Run) -> None:
    with pytest.raises(CommandError, match=r"Nobody has an account under x@example\.org"):
        run("--by", "x@example.org")
