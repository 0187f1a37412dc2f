"""How the flat record writes values in one cell of a table, and how they are read back.

Lists are joined with ``|``; a backslash escapes ``|``, ``:``, ``*`` and itself, and a space at either end of an item,
since people type spaces around the marks that mean nothing. A partner is ``kind:name``, with ``*`` before one that
leads. A text that a spreadsheet might run as a formula gets an apostrophe in front. What is written here is read back
exactly, cells by ``exchange.merging.cells``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SPECIAL = re.compile(r"[\\|:*]|\A\s|\s\Z")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What no spreadsheet file can hold: control characters but tab and line feed, and what XML leaves out.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Spreadsheets take a text for a formula when it starts with one of these, also in the full-width and small forms that
# some of them fold (U+FF1D and its like) and after blanks; and in some of them a line inside the cell is enough.
TRIGGERS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
BLANKS = "\\s\x00-\x20\u200b-\u200d\u2060\ufeff"
FORMULA = re.compile(rf"(?:\A|[\r\n])[{BLANKS}]*[{TRIGGERS}]|\A[\t\r\n\x00]")


@dataclass(frozen=True)
class PartnerCell:
    """What the flat record says of a partner."""

    kind: str
    name: str
    lead: bool = False


def writable(text: str) -> str:
    """The text as a file can hold it: every line break is a line feed, and control characters are left out.

    Programs change one sort of line break into another on the way, and some refuse a file with a control character.
    """
    if text.isprintable():
        return text
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Put a backslash before each character that has a meaning in a list, and before a space at either end."""
    return SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def unescape(text: str) -> str:
    """Take the backslashes off again. A lone one at the end stands for itself."""
    return ESCAPED.sub(r"\1", text) if "\\" in text else text


def trim(text: str) -> str:
    """Take the spaces off both ends, but for one that a backslash escapes."""
    end = text.strip()
    if len(end) == len(text):
        return text
    start = text.lstrip()
    escapes = len(end) - len(end.rstrip("\\"))
    return start[: len(end) + 1] if escapes % 2 else end


def split_at(text: str, mark: str) -> list[str]:
    """Split at each ``mark`` that no backslash escapes; the parts keep their backslashes."""
    if "\\" not in text:
        return text.split(mark)
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == mark:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def join(items: Iterable[str]) -> str:
    """Write a list of texts, none of them empty."""
    return "|".join(escape(item) for item in items)


def split(text: str) -> list[str]:
    """Read a list of texts; an empty cell is an empty list."""
    return [unescape(trim(item)) for item in split_at(text, "|")] if text else []


def join_partners(partners: Iterable[PartnerCell]) -> str:
    """Write partners as ``kind:name``, a leading one as ``*kind:name``."""
    return "|".join(f"{'*' if row.lead else ''}{row.kind}:{escape(row.name)}" for row in partners)


def split_partners(text: str) -> list[PartnerCell]:
    """Read partners. Raises ``ValueError`` for one without a kind."""
    return [_partner(trim(item)) for item in split_at(text, "|")] if text else []


def _partner(item: str) -> PartnerCell:
    kind, *rest = split_at(item.removeprefix("*"), ":")
    if not rest:
        raise ValueError(f"“{item}” has no colon between the kind and the name of a partner")
    return PartnerCell(unescape(trim(kind)), unescape(trim(":".join(rest))), item.startswith("*"))


def join_cells(cells: Iterable[int | str]) -> str:
    """Write a set of cells, given in matrix order: ``4|7``."""
    return "|".join(str(member) for member in cells)


def join_movement(from_cells: Sequence[int | str], to_cells: Sequence[int | str]) -> str:
    """Write a movement: ``4|7>5``."""
    return f"{join_cells(from_cells)}>{join_cells(to_cells)}"


def make_safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet might run, and before what would otherwise read back as such."""
    return f"'{text}" if FORMULA.search(text.lstrip("'")) else text


def make_unsafe(text: str) -> str:
    """Take one apostrophe off where ``make_safe`` has put it; other apostrophes belong to the text."""
    return text[1:] if text.startswith("'") and FORMULA.search(text.lstrip("'")) else text
