"""`python -m taxonomy` as others call it: without Django, without anything installed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import taxonomy
from taxonomy.cli import LineError, cells_as_dict, cells_as_table, derive_lines, main

ROOT = Path(taxonomy.__file__).parents[1]
VECTORS = json.loads((Path(__file__).parent / "derivation_vectors.json").read_text())


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command; -S keeps every installed package out of reach."""
    command = [sys.executable, "-S", "-m", "taxonomy", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False)


def test_derive_writes_a_line_for_each_line() -> None:
    given = "".join(json.dumps(vector) + "\n" for vector in VECTORS)
    done = run("derive", given=given.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [vector["expected"] for vector in VECTORS]


def test_derive_stops_at_bad_input_with_one_line() -> None:
    done = run("derive", given=b'{"answers": {}}\n{"answers": {"modl": {}}}\n{"answers": {}}\n')
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.startswith(b"line 2: unknown task 'modl'")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"{", "no JSON: "),
        (b"[]", 'expected an object with the key "answers"'),
        (b"{}", 'expected an object with the key "answers"'),
        (b'{"answers": null}', "expected tasks with their answers, not None"),
        (b'{"answers": {"run": {"public": "\\ud800"}}}', "unknown level '\\ud800'"),
        (b'{"answers": {"run": {"public": "led", "public": "none"}}}', "a key stands twice in one object"),
        (b'{"answers": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"answers": ' + b"9" * 5000 + b"}", "integer"),
        (b"\xff", "no UTF-8: "),
        (b"\xef\xbb\xbf{}", "no JSON: "),
    ],
    ids=["broken", "list", "no answers", "null", "surrogate", "twice", "deep", "long number", "latin", "mark"],
)
def test_every_fault_names_its_line(line: bytes, fault: str) -> None:
    with pytest.raises(LineError) as caught:
        list(derive_lines([b'{"answers": {}}', b"  \n", line]))
    message = str(caught.value)
    assert message.startswith("line 3: ")
    assert fault in message
    assert "\n" not in message


def test_empty_lines_and_other_keys_are_passed_over() -> None:
    lines = list(derive_lines([b"\n", b'{"name": "x", "answers": {}}\r\n', b""]))
    assert len(lines) == 1


def test_nothing_in_nothing_out() -> None:
    done = run("derive")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_cells_as_json() -> None:
    done = run("cells", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == cells_as_dict()


def test_cells_as_dict_has_both_lenses() -> None:
    found = json.loads(json.dumps(cells_as_dict()))
    assert found["codebook"] == "1.0"
    assert [cell["number"] for cell in found["cells"]] == list(range(1, 10))
    assert found["cells"][5]["professional"]["note"] == "text cut off in source"
    assert found["cells"][6]["model"] == "co_management"
    assert found["cells"][6]["sector"] == {
        "design": "public",
        "delivery": "citizens_or_third_sector",
        "label": "Co-Management",
        "note": "",
        "meaning": "The public sector decides what the service is, and citizens or the third sector deliver it.",
    }
    assert "convention" in found["lenses"]["professional"]["numbering"]


def test_cells_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cells"]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines() == list(cells_as_table())
    assert "  3  Professionals as sole service deliverers [repeats the row header]" in printed.splitlines()


def test_wrong_usage_is_exit_2() -> None:
    done = run("place")
    assert done.returncode == 2
    assert b"invalid choice" in done.stderr
