"""Drawings know shapes and words, not what is counted: presenters use them, never the other way round."""

import ast
from pathlib import Path

import pytest

import partnerships.pictures

MODULES = sorted(Path(partnerships.pictures.__file__).parent.glob("*.py"))
MAY_IMPORT = ("partnerships.pictures", "taxonomy")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_drawings_import_nothing_of_the_register(module: Path) -> None:
    tree = ast.parse(module.read_text())
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    found += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]

    assert not [
        name
        for name in found
        if name.partition(".")[0] in ("partnerships", "accounts", "exchange") and not name.startswith(MAY_IMPORT)
    ]
    assert "import_string" not in module.read_text()
