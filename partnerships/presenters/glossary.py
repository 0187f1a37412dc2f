"""The glossary for readers: every word in alphabetical order, under its letter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from partnerships.search import fold
from taxonomy.citations import short
from taxonomy.glossary import GLOSSARY


@dataclass(frozen=True)
class GlossaryEntry:
    """A word; ``citation`` is "" for the register's own, ``see_also`` has (anchor, word)."""

    code: str
    name: str
    meaning: str
    citation: str
    see_also: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letter:
    """The words that begin with a letter."""

    letter: str
    entries: tuple[GlossaryEntry, ...]


def letters() -> tuple[Letter, ...]:
    """All words by their first letter, accents aside."""
    entries = sorted((_entry(code) for code in GLOSSARY), key=_key)
    grouped = groupby(entries, key=lambda entry: _key(entry)[:1].upper())
    return tuple(Letter(letter, tuple(several)) for letter, several in grouped)


def _key(entry: GlossaryEntry) -> str:
    return fold(entry.name)


def _entry(code: str) -> GlossaryEntry:
    word = GLOSSARY[code]
    return GlossaryEntry(
        code,
        _(word.name),
        _(word.meaning),
        short(word.citation),
        tuple((other, _(GLOSSARY[other].name)) for other in word.see_also),
    )
