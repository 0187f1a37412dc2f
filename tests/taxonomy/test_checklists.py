"""The checklists: what they list, and that nothing of them reaches the rule."""

import pytest

from taxonomy.checklists import CHECKLISTS, checklist
from taxonomy.questions import TASKS
from taxonomy.vocabulary import CHECKLIST_ITEMS


def test_the_lists_and_how_long_they_are() -> None:
    assert {code: len(found.items) for code, found in CHECKLISTS.items()} == {
        "process": 6,
        "tools": 8,
        "features": 6,
        "principles": 4,
    }


@pytest.mark.parametrize("code", CHECKLISTS)
def test_items_bear_the_code_of_their_list(code: str) -> None:
    found = checklist(code)
    assert found.code == code
    assert found.name
    assert found.citation
    assert found.help.endswith(".")
    assert all(item.code.startswith(f"{code}.") and item.label for item in found.items)


def test_codes_of_items_are_unique_and_no_tasks() -> None:
    assert len(set(CHECKLIST_ITEMS.codes)) == len(CHECKLIST_ITEMS) == 24
    assert not set(CHECKLIST_ITEMS.codes) & {task.code for task in TASKS}


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(KeyError, match="'process_steps'"):
        checklist("process_steps")
