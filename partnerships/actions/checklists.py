"""What was done in a phase, item by item. Nothing here moves a cell."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.actions.base import locked, save, touch
from partnerships.models import ChecklistItem, Phase


@transaction.atomic
def save_checklists(*, phase: Phase, by: User, items: Mapping[str, Mapping[str, Any] | None]) -> tuple[str, ...]:
    """Save what is recorded of items: their fields by the code of the item, or None where nothing is to be recorded.

    Items that are not named stay as they are. Returns the codes of those that changed; with any, the record counts a
    new version. Raises ``ValidationError`` for an item, an answer or dates that make no sense; then nothing is saved.
    """
    record = locked(phase.partnership)
    rows = {row.item: row for row in phase.checklist.all()}
    changed = tuple(item for item, values in items.items() if _save(phase, item, rows.get(item), values, by))
    if changed:
        touch(record)
    return changed


def _save(phase: Phase, item: str, row: ChecklistItem | None, values: Mapping[str, Any] | None, by: User) -> bool:
    """Bring one row to these values; whether that changed anything."""
    if values is None:
        if row is not None:
            row._history_user, row._change_reason = by, _("Nothing recorded any more")
            row.delete()
        return row is not None
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return False
    row = row or ChecklistItem(phase=phase, item=item)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    save(row, by)
    return True
