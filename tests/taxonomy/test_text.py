"""Marking leaves a string as it is, and everything that users read is marked."""

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import taxonomy
from taxonomy.cells import Cell, Model
from taxonomy.checklists import Checklist
from taxonomy.codebook import Rule
from taxonomy.figures import Amount, Figure, FigureTable
from taxonomy.guide import Reading, RoleQuestions
from taxonomy.guide_debate import Point, Scope
from taxonomy.lenses import Lens, Level, SourceLabel
from taxonomy.questions import AnswerLevel, PartyKind, Task
from taxonomy.terms import GlossaryTerm, Term
from taxonomy.text import gettext_noop

FOLDER = Path(taxonomy.__file__).parent

# For each class: the fields that users read. Names of sources and codes are not among them.
READ_BY_USERS = {
    Term: ("label", "help"),
    PartyKind: ("name", "plural", "help"),
    Task: ("question", "topic", "help", "counts", "does_not_count"),
    AnswerLevel: ("design_words", "delivery_words", "design_help", "delivery_help"),
    Model: ("label",),
    Cell: ("gloss", "plain", "plain_professional"),
    Rule: ("title", "text"),
    SourceLabel: ("note",),
    Level: ("name", "design_words", "delivery_words"),
    Lens: ("name", "question", "numbering"),
    Checklist: ("name", "help"),
    GlossaryTerm: ("name", "meaning"),
    Reading: ("title", "text"),
    RoleQuestions: ("name",),
    Point: ("title", "text"),
    Scope: ("used_by", "names"),
    Figure: ("label",),
    FigureTable: ("title", "about", "column"),
    Amount: ("label", "value", "caution"),
}
CLASSES = {cls.__name__: cls for cls in READ_BY_USERS}


def test_marking_changes_nothing() -> None:
    assert gettext_noop("Co-Governance") == "Co-Governance"


def _is_marked(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant) and node.value == "":
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def _texts_for_users(path: Path) -> Iterator[ast.expr]:
    """What is written out as a text for users, by place or by name."""
    for node in ast.walk(ast.parse(path.read_text())):
        cls = CLASSES.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        if cls is None or not isinstance(node, ast.Call):
            continue
        names = [field.name for field in dataclasses.fields(cls)]
        given = dict(zip(names, node.args, strict=False)) | {word.arg: word.value for word in node.keywords}
        texts = (given[name] for name in READ_BY_USERS[cls] if name in given)
        # A text that comes from elsewhere was marked there.
        yield from (text for text in texts if not isinstance(text, (ast.Name, ast.Attribute)))


def test_texts_given_by_place_and_by_name_are_found() -> None:
    found = [ast.unparse(text) for text in _texts_for_users(FOLDER / "questions.py")]
    assert "_('how it works')" in found
    assert "_('Not involved')" in found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_every_text_for_users_is_marked(path: Path) -> None:
    unmarked = [ast.unparse(text) for text in _texts_for_users(path) if not _is_marked(text)]
    assert unmarked == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_only_literals_are_marked_so_that_makemessages_finds_them(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            assert [type(argument) for argument in node.args] == [ast.Constant]
