"""A fault in a file that someone brings in: where it is, what stands there, and what to do about it."""

from dataclasses import dataclass

LONGEST_VALUE = 80


def cut(value: str) -> str:
    """The value, at most 80 characters long: the rest becomes “…”."""
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"


@dataclass(frozen=True)
class Fault:
    """One fault.

    ``line`` is the row as a spreadsheet numbers it (the header is 1), in a JSON file the number of the record from 1;
    None where the fault is the file's as a whole. ``column`` is "" where no column is to blame. ``value`` is what
    stands there, cut to 80 characters. ``reason`` is a whole plain sentence that says what is wrong and what to do.
    """

    line: int | None
    column: str
    value: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", cut(self.value))

    def as_list(self) -> list[int | str | None]:
        """As it is kept with a staged record: [line, column, value, reason]."""
        return [self.line, self.column, self.value, self.reason]

    @classmethod
    def from_list(cls, kept: list) -> "Fault":
        """The reverse of ``as_list``."""
        return cls(*kept)
