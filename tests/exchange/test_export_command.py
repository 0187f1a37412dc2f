"""The register on standard output."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.management.commands.export_partnerships import READER_LEFT, Command
from partnerships.models import Partnership

pytestmark = pytest.mark.django_db
Log = Callable[..., Partnership]
ROOT = Path(__file__).resolve().parents[2]


def test_published_ones_only_unless_told(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    log("a", title="Città")
    log("b", published=False)
    call_command("export_partnerships", format="json")
    first = capsys.readouterr()
    assert [row["title"] for row in json.loads(first.out)["partnerships"]] == ["Città"]
    assert first.err == ""
    call_command("export_partnerships", format="json", all=True)
    second = capsys.readouterr()
    assert [row["partnership_id"] for row in json.loads(second.out)["partnerships"]] == ["a", "b"]
    assert "Do not publish it." in second.err


def test_a_format_is_asked_for() -> None:
    with pytest.raises(CommandError, match="--format"):
        call_command("export_partnerships")


def test_a_reader_who_leaves_is_no_fault(log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log("a")
    nowhere = (tmp_path / "nowhere").open("w")

    class Closed(StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", nowhere)
    with pytest.raises(SystemExit) as left:
        Command(stdout=Closed()).handle(format="csv", all=False)
    assert left.value.code == READER_LEFT
    nowhere.close()


PROGRAM = """
import django
django.setup()
from django.core.management import call_command
from exchange.management.commands import export_partnerships
export_partnerships.STREAMS = {"csv": lambda *args, **options: iter(["x" * 100_000] * 9)}
call_command("export_partnerships", format="csv")
"""


def test_a_closed_pipe_ends_the_program_without_a_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (READER_LEFT, b"")
