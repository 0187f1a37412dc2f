"""The house: commands, settings, locked packages and the test base are what they claim to be."""

import ast
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_socket import SocketBlockedError

from tests.test_guardrails import ROOT, tracked

COMMANDS = {"help", "setup", "run", "test", "test-postgres", "system", "check", "fix", "bench", "doors", "lock"}
LOCKS = [ROOT / "requirements" / name for name in ("base.txt", "dev.txt", "bench.txt")]
SCRIPTS = sorted(path for path in (ROOT / ".ci").iterdir() if path.is_file())
# Put together here, so that this file does not name what it forbids.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "index" + "-url", "find" + "-links"]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in a bare environment, as on somebody else's machine."""
    environment = {"PATH": "/usr/bin:/bin", **environment}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", lock.read_text(), re.MULTILINE))


# ---- Commands ----------------------------------------------------------------------------------


def test_make_alone_lists_every_command() -> None:
    listed = re.findall(r"^  make ([a-z-]+) +\S", run("make").stdout, re.MULTILINE)
    assert set(listed) == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_can_be_planned(command: str) -> None:
    assert run("make", "--dry-run", command).returncode == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_executable_and_stop_at_the_first_error(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    assert "\nset -euo pipefail\n" in script.read_text()
    assert run("bash", "-n", str(script)).stderr == ""


def test_an_old_python_is_refused_in_one_line(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / ".ci").mkdir(parents=True)
    (house / ".ci" / "environment").write_text((ROOT / ".ci" / "environment").read_text())
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    result = run("bash", str(house / ".ci" / "environment"), "base", PYTHON=str(old))
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "Python 3.9.2 is too old: 3.11 or newer is needed. Name another one: PYTHON=/path"
    ]


@pytest.mark.enable_socket
def test_a_port_in_use_is_named_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run(str(ROOT / ".ci" / "serve"), PORT=str(port), PYTHON=sys.executable)
    assert result.returncode == 1
    assert result.stderr == f"Port {port} is not free. Type: make run PORT={port + 1 if port < 65535 else 8000}\n"


def test_a_port_that_is_none_is_refused() -> None:
    assert (
        run(str(ROOT / ".ci" / "serve"), PORT="80a").stderr == "PORT=80a is no port number. Type: make run PORT=8001\n"
    )


# ---- Settings ----------------------------------------------------------------------------------


def test_env_example_lists_just_what_settings_read() -> None:
    settings = ast.parse((ROOT / "config" / "settings.py").read_text())
    read = {
        call.args[0].value
        for call in ast.walk(settings)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    example = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(example) == sorted(read)


def test_nothing_else_reads_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in tracked("*.py")
        if re.search(r"os\.environ\[|os\.environ\.get|os\.getenv|environ\.Env", path.read_text())
        and not path.is_relative_to(ROOT / "tests")
    }
    assert readers <= {"config/settings.py"}


# ---- Packages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_locked_with_hashes_and_from_nowhere(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^ *#.*\n", "", lock.read_text(), flags=re.MULTILINE).strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry), (
            entry.splitlines()[0]
        )


def test_the_tools_run_with_the_packages_of_the_site() -> None:
    base, dev, _bench = map(pins, LOCKS)
    assert base.items() < dev.items()


def test_each_dependency_is_locked_and_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    groups = project["dependency-groups"]
    declared = {
        "base.txt": project["project"]["dependencies"], "dev.txt": groups["dev"], "bench.txt": groups["bench"],
    }  # fmt: skip
    for lock in LOCKS:
        for requirement in declared[lock.name]:
            assert re.match(r"[\w-]+", requirement)[0].lower() in pins(lock)
            assert re.search(rf'^    "{re.escape(requirement)}",  # \w', text, re.MULTILINE), requirement


def test_the_version_is_the_same_everywhere(settings) -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == settings.VERSION


def test_no_tracked_file_names_a_registry() -> None:
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if path != ROOT / ".ci" / "lock":  # which has to say that it leaves them out
            assert not [name for name in REGISTRIES if name in text], path
    names = {path.name for path in tracked()}
    assert not names & {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"}


# ---- The base of the tests -----------------------------------------------------------------------


def test_no_test_reaches_the_network() -> None:
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(SocketBlockedError):
        socket.getaddrinfo("matrix.example", 443)


def test_static_files_get_lasting_names(settings, tmp_path: Path) -> None:
    """The storage of production fails on a file that refers to one which is not there."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()
