"""The questions, their order, and the words of the answers."""

import pytest

from taxonomy.axes import Axis
from taxonomy.questions import (
    DECIDING,
    LEVELS,
    NOT_APPLICABLE,
    PARTY_KINDS,
    TASKS,
    answer_level,
    party_kind,
    task,
)


def test_order_of_kinds() -> None:
    codes = [kind.code for kind in PARTY_KINDS]
    assert codes == ["public", "third_sector", "community", "citizens", "private", "other"]
    assert all(kind.name and kind.plural and len(kind.help) > 30 for kind in PARTY_KINDS)


def test_order_of_tasks_and_which_decide() -> None:
    design = ["needs", "fit", "outcomes", "model", "detail", "signoff"]
    assert [t.code for t in TASKS if t.axis is Axis.DESIGN] == design
    assert [t.code for t in TASKS if t.axis is Axis.DELIVERY] == ["run", "front", "support", "refer", "check"]
    assert dict(DECIDING) == {
        Axis.DESIGN: ("outcomes", "model", "detail", "signoff"),
        Axis.DELIVERY: ("run", "front"),
    }


def test_every_task_asks_who() -> None:
    assert all(t.question.startswith("Who") and t.question.endswith("?") and t.help for t in TASKS)


def test_words_of_the_levels() -> None:
    assert [(level.code, level.design_words, level.delivery_words) for level in LEVELS] == [
        ("none", "Not involved", "Not involved"),
        (
            "asked",
            "Told or asked (informed, surveyed, consulted, commented)",
            "Only uses it or helps now and then",
        ),
        (
            "together",
            "Decided together (the plan changed because of them, or their agreement was needed)",
            "Does it with others",
        ),
        ("led", "Led or decided alone", "Leads or does it alone"),
        ("unknown", "Don't know", "Don't know"),
    ]


def test_look_ups() -> None:
    assert task("run").axis is Axis.DELIVERY
    assert party_kind("citizens").plural == "Citizens"
    assert answer_level("led").words(Axis.DELIVERY) == "Leads or does it alone"
    assert answer_level("led").words(Axis.DESIGN) == "Led or decided alone"
    for look_up in (task, party_kind, answer_level):
        with pytest.raises(KeyError, match=NOT_APPLICABLE):
            look_up(NOT_APPLICABLE)
