"""The theory stands on the standard library alone; only its Django glue may know Django."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import taxonomy

FOLDER = Path(taxonomy.__file__).parent
GLUE = {FOLDER / "apps.py", *(FOLDER / "templatetags").rglob("*.py")}
THEORY = sorted(set(FOLDER.rglob("*.py")) - GLUE)
ALLOWED = sys.stdlib_module_names | {"taxonomy"}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level <= 1, f"{path.name} reaches out of the package"
            yield "taxonomy" if node.level else str(node.module).split(".")[0]


@pytest.mark.parametrize("path", THEORY, ids=lambda path: path.stem)
def test_theory_imports_only_the_standard_library_and_itself(path: Path) -> None:
    assert set(_imported(path)) <= ALLOWED


def test_glue_imports_only_django_and_the_theory() -> None:
    assert {name for path in GLUE for name in _imported(path)} <= {"django", "taxonomy"}


def test_all_of_the_theory_loads_where_nothing_is_installed() -> None:
    names = [f"taxonomy.{path.stem}" for path in THEORY if not path.stem.startswith("__")]
    code = f"import sys, {', '.join(names)}; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=FOLDER.parent, check=False)
    assert done.returncode == 0
