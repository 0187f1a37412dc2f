"""Plain words beside codes: a label for every coded column of the flat record, and lists of codes for the complete one.

Labels are for people who read a file. They are ignored when it is brought in again: only codes count.
"""

from functools import lru_cache

from django.utils.translation import get_language, gettext

from exchange.formats.columns import COLUMNS, NAMES
from exchange.formats.notation import make_safe, make_unsafe, split, split_partners
from exchange.formats.values import PARTNERS, Column, Value
from partnerships.models.fields import vocabulary_choices
from taxonomy.cells import MODELS

SUFFIX = "_label"
CODED: tuple[Column, ...] = tuple(column for column in COLUMNS if column.codes)
LABEL_NAMES: tuple[str, ...] = tuple(f"{column.name}{SUFFIX}" for column in CODED)
_PLACES = tuple(NAMES.index(column.name) for column in CODED)
# Those of the flat record, and those that only the complete one has.
VOCABULARIES: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(name for column in COLUMNS for name in column.codes),
            *("NATURE_BASES", "REACHED", "DEFINITIONS", "ROLES", "SOURCE_KINDS", "STATEMENT_BASES", "PERSPECTIVES"),
            *("METHODS", "GRADES", "SUPPORTS", "CHECKLIST_ITEMS", "CHECKLIST_ANSWERS", "LESSON_THEMES"),
        ]
    )
)
Codes = dict[str, dict[str, str]]


def codes() -> Codes:
    """Every vocabulary of the records: its codes with their labels, in the language of the moment."""
    return {name.lower(): labels_of(name) for name in VOCABULARIES}


def labels_of(vocabulary: str) -> dict[str, str]:
    """The codes of one vocabulary with their labels."""
    return _labels(vocabulary, get_language() or "")


@lru_cache(maxsize=256)
def _labels(vocabulary: str, language: str) -> dict[str, str]:
    if vocabulary == "MODELS":
        return {model.code: gettext(model.label) for model in MODELS}
    return {code: str(label) for code, label in vocabulary_choices(vocabulary)}


def label_cells(row: list[Value]) -> list[str]:
    """The labels of a row of the flat record, in the order of ``LABEL_NAMES``."""
    return [label(column, str(row[place])) for column, place in zip(CODED, _PLACES, strict=True)]


def label(column: Column, value: str) -> str:
    """A value of a coded column in plain words; several are joined with ``|``. A code that is not known stays."""
    if not value:
        return ""
    words: dict[str, str] = {}
    for vocabulary in column.codes:
        words |= labels_of(vocabulary)
    if column.form != PARTNERS:
        return "|".join(words.get(code, code) for code in split(value))
    partners = split_partners(make_unsafe(value))
    return make_safe("|".join(": ".join(filter(None, (words.get(each.kind), each.name))) for each in partners))
