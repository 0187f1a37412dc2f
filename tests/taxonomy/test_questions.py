"""The questions, their order, and the words of the answers."""

import pytest

from taxonomy.axes import Axis
from taxonomy.questions import (
    DECIDING,
    LEVELS,
    NOT_APPLICABLE,
    PARTY_KINDS,
    TASKS,
    Task,
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


def test_topics_stand_inside_a_sentence() -> None:
    assert [t.topic for t in TASKS] == [
        "finding out what people needed",
        "checking how it fits",
        "what it should achieve",
        "how it works",
        "the plan in detail",
        "the go-ahead",
        "the day-to-day running",
        "the work itself",
        "rooms, equipment or office work",
        "sending people",
        "checking how it is going",
    ]


def test_tasks_that_decide_have_an_example_and_its_contrast() -> None:
    for t in TASKS:
        assert bool(t.counts) == bool(t.does_not_count) == t.decides
        assert all(not text or text.endswith(".") for text in (t.counts, t.does_not_count))


def words(*texts: str) -> int:
    """How many words these texts have."""
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("t", TASKS, ids=lambda t: t.code)
def test_a_page_of_the_questions_is_read_in_twenty_seconds(t: Task) -> None:
    """At 200 words a minute. The labels of the answers are read once, not for each kind."""
    answers = [text for level in LEVELS for text in (level.words(t.axis), level.help_words(t.axis))]
    read = words(t.question, t.help, "Counts:", t.counts, "Does not count:", t.does_not_count, *answers)
    assert words(t.help) <= 12
    assert words(t.counts) <= 10
    assert words(t.does_not_count) <= 10
    assert read * 60 / 200 <= 20


def test_words_of_the_levels() -> None:
    assert [(level.code, level.design_words, level.delivery_words) for level in LEVELS] == [
        ("none", "Not involved", "Not involved"),
        ("asked", "Told or asked", "Only uses it or helps now and then"),
        ("together", "Decided together", "Does it with others"),
        ("led", "Led or decided alone", "Leads or does it alone"),
        ("unknown", "Don't know", "Don't know"),
    ]


def test_helps_of_the_levels_say_where_the_line_lies() -> None:
    assert [level.help_words(Axis.DESIGN) for level in LEVELS] == [
        "",
        "Informed, surveyed, consulted or commented.",
        "The plan changed because of them, or their agreement was needed.",
        "",
        "",
    ]
    assert {level.help_words(Axis.DELIVERY) for level in LEVELS} == {""}


def test_look_ups() -> None:
    assert task("run").axis is Axis.DELIVERY
    assert party_kind("citizens").plural == "Citizens"
    assert answer_level("led").words(Axis.DELIVERY) == "Leads or does it alone"
    assert answer_level("led").words(Axis.DESIGN) == "Led or decided alone"
    for look_up in (task, party_kind, answer_level):
        with pytest.raises(KeyError, match=NOT_APPLICABLE):
            look_up(NOT_APPLICABLE)
