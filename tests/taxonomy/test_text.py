"""Marking leaves a string as it is, and everything that users read is marked."""

import ast
from pathlib import Path

import pytest

import taxonomy
from taxonomy.text import gettext_noop

FOLDER = Path(taxonomy.__file__).parent

# For each constructor: the positional arguments that users read. Names of sources and codes are not among them.
READ_BY_USERS = {
    "Term": (1, 2),
    "PartyKind": (1, 2, 3),
    "Task": (2, 3),
    "AnswerLevel": (1, 2),
    "Model": (1,),
    "Cell": (2, 3, 4),
    "Rule": (1, 2),
    "SourceLabel": (2,),
}


def test_marking_changes_nothing() -> None:
    assert gettext_noop("Co-Governance") == "Co-Governance"


def _is_marked(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant) and node.value == "":
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_every_text_for_users_is_marked(path: Path) -> None:
    unmarked = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        for place in READ_BY_USERS.get(node.func.id, ()):
            if place < len(node.args) and not isinstance(node.args[place], ast.Name):
                unmarked += [] if _is_marked(node.args[place]) else [ast.unparse(node.args[place])]
    assert unmarked == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_only_literals_are_marked_so_that_makemessages_finds_them(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            assert [type(argument) for argument in node.args] == [ast.Constant]
