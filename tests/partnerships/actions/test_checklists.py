"""Checklists: all of what is sent is saved or nothing, in somebody's name, and no cell moves."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import ChecklistItem, Phase
from tests import factories


@pytest.fixture
def phase(db: None) -> Phase:
    return factories.partnership(design="shared", delivery="public").phases.get()


@pytest.fixture
def curator(db: None) -> User:
    return factories.user(Role.CURATOR)


def test_items_that_are_not_named_stay(phase: Phase, curator: User) -> None:
    kept = factories.checklist_item(phase)

    changed = actions.save_checklists(
        phase=phase, by=curator, items={"tools.survey": {"answer": "no"}, "tools.mapping": None}
    )

    assert changed == ("tools.survey",)
    assert set(phase.checklist.values_list("item", "answer")) == {(kept.item, "yes"), ("tools.survey", "no")}
    record, before = phase.partnership.version, phase
    phase = Phase.objects.get()
    assert (phase.partnership.version, phase.cell) == (record + 1, before.cell)


def test_what_is_as_it_was_counts_no_new_version(phase: Phase, curator: User) -> None:
    factories.checklist_item(phase, note="Twice.")

    assert actions.save_checklists(phase=phase, by=curator, items={"process.workshops": {"note": "Twice."}}) == ()

    assert Phase.objects.get().partnership.version == phase.partnership.version
    assert ChecklistItem.history.count() == 1


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("tools.hammer", {"answer": "yes"}),
        ("tools.survey", {"answer": "perhaps"}),
        ("tools.survey", {"answer": "yes", "note": "x" * 301}),
    ],
)
def test_one_fault_and_nothing_is_saved(item: str, values: dict[str, str], phase: Phase, curator: User) -> None:
    with pytest.raises(ValidationError):
        actions.save_checklists(phase=phase, by=curator, items={"tools.mapping": {"answer": "yes"}, item: values})

    assert not ChecklistItem.objects.exists()
    assert Phase.objects.get().partnership.version == phase.partnership.version
