"""What is wrong with a record."""

from typing import Any

Where = tuple[Any, ...]
"""The path to a part of a record, such as ``("brescia", ("phase", "Pilot"))``; put into words when it is needed."""


class RecordError(ValueError):
    """A record that cannot be applied: ``where`` names the part, ``fault`` says what is wrong."""

    def __init__(self, where: Where | str, fault: str) -> None:
        """As a text: ``brescia / phase Pilot: …``."""
        path = where if isinstance(where, str) else " / ".join(map(_words, where))
        super().__init__(f"{path}: {fault}")
        self.where = path
        self.fault = fault


def _words(part: Any) -> str:
    return " ".join(map(str, part)) if isinstance(part, tuple) else str(part)
