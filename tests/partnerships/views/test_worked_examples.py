"""Every worked example comes out of the pages as the codebook says: from the boxes of one page to the marked cells.

Without a browser: what is sent is what the page offers. A few of them are done in a browser (tests/browser).
"""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from taxonomy.cells import NUMBERS
from taxonomy.questions import PARTY_KINDS
from tests import factories
from tests.drafting import signed_in, url
from tests.partnerships.actions.common import save

pytestmark = pytest.mark.django_db
VECTORS = json.loads((Path(__file__).parents[2] / "taxonomy" / "derivation_vectors.json").read_text(encoding="utf-8"))
LENSES = ("sector", "professional")


def kinds_in(answers: dict[str, Any]) -> list[str]:
    """The kinds that an example speaks of; one that speaks of nobody is tried with two."""
    named = {kind for levels in answers.values() if levels != "na" for kind in levels}
    return [kind.code for kind in PARTY_KINDS if kind.code in named] or ["public", "citizens"]


def wanted(answers: dict[str, Any]) -> set[tuple[str, str]]:
    """The boxes of an example: a kind that it leaves out of a question did nothing."""
    boxes = {(f"{task}-na", "on") for task, levels in answers.items() if levels == "na"}
    for task, levels in answers.items():
        if levels != "na":
            boxes |= {(f"{task}-{kind}", levels.get(kind, "none")) for kind in kinds_in(answers)}
    return boxes


def filled_in(html: str, boxes: set[tuple[str, str]]) -> dict[str, str]:
    """What the form sends once these boxes are ticked, each of which it must have."""
    inputs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input [^>]*>", html)]
    hidden = {one["name"]: unescape(one.get("value", "")) for one in inputs if one["type"] == "hidden"}
    offered = {(one["name"], one.get("value", "on")) for one in inputs if one["type"] in ("radio", "checkbox")}
    assert boxes <= offered
    return {**hidden, **dict(boxes)}


def marked(html: str) -> list[tuple[set[int], bool]]:
    """For each lens the cells that its small matrix marks, and whether the place is settled; where nothing is, none."""
    grids = re.split(r'<section class="why__lens', html)[1:] or [""] * len(LENSES)
    states = [re.findall(r'<li class="mini__cell (here|maybe)">.*?</span>(\d)<', grid) for grid in grids]
    return [({int(n) for _state, n in found}, [s for s, _n in found].count("here") == 1) for found in states]


def test_there_are_as_many_as_the_codebook_has() -> None:
    assert len(VECTORS) == 18


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_a_worked_example_comes_out_through_the_pages(vector: dict[str, Any]) -> None:
    officer = factories.user()
    draft = save(officer, partners=[{"kind": kind, "name": ""} for kind in kinds_in(vector["answers"])])
    client, questions = signed_in(officer), url("draft-questions", draft, draft.phases.get().pk)
    page = client.get(questions).content.decode().partition("<main")[2]
    assert client.post(questions, filled_in(page, wanted(vector["answers"]))).status_code == 302

    expected = [vector["expected"][lens] for lens in LENSES]
    shown = [(set(one["cells"]) if set(one["cells"]) != NUMBERS else set(), one["settled"]) for one in expected]
    assert marked(client.get(url("draft-check", draft)).content.decode()) == shown
