"""Whether two records may describe one partnership, by what is known at once: names, place, country, partners.

It compares words, not letters in a row: what tells two partnerships apart is mostly one word ("North" and "South",
"Leeds" and "Bath"), and one word hardly changes a likeness of letters. Two names are

- ``SAME``: the same words in any order, whatever the spelling ("Bounce Back", "BounceBack"), small words left out;
- ``NEAR``: the same but for slips of the pen, and for words such as "project" that say nothing;
- ``LONGER``: one has all the words of the other, and more;
- ``OVERLAP``: at least half of the words are the same.

The place's own name is no part of a name: "Repair café Leeds" and "Repair café" in Leeds are the same. What stands in
brackets at the end of one name is passed over; where both have some, it may be what tells them apart. Names with
different numbers in them are different, and so is what stands in two places, whatever it is called. How the limits were
found is told in docs/decisions.md, "Likely duplicates".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz.distance import OSA

from partnerships.search import fold

SAME, NEAR, LONGER, OVERLAP = 60, 50, 40, 30
HERE, UNKNOWN, ELSEWHERE = 25, 0, -1
PARTNER = 15
# A slip of the pen changes one letter of a word, or two of a long one, and never the first.
SHORTEST, LONG = 4, 9
# Where no place is stated, a longer name is asked about only if it adds no more than one word in four.
MOSTLY = 0.75
# What became of brackets at the end of a name.
NONE, KEPT, LEFT_OUT = "", "kept", "left out"
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_SMALL = """
a an the of in on for and to at by with from or as di del della delle dei da e la le il lo i les des du de et un une der
die das von van het een und en og s
"""
_EMPTY = """
project projects programme programmes program programs partnership partnerships scheme schemes initiative pilot service
services psp
"""
SMALL = frozenset(_SMALL.split())
# Words that say what nearly everything in the register is.
EMPTY = frozenset(_EMPTY.split())
NAMES = {
    SAME: gettext_lazy("the same title"),
    NEAR: gettext_lazy("nearly the same title"),
    LONGER: gettext_lazy("one title is part of the other"),
    OVERLAP: gettext_lazy("much the same words in the title"),
}


@dataclass(frozen=True)
class Described:
    """What is known of a record. ``partners`` are names as they are written, ``countries`` codes."""

    title: str
    place: str = ""
    partners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The title and the other names, those with brackets at the end also without."""
        return (
            *(Name(name, words, brackets=brackets) for name, words, brackets in _forms(self.title, self.place)),
            *(
                Name(name, words, also=alias, brackets=brackets)
                for alias in self.aliases
                for name, words, brackets in _forms(alias, self.place)
            ),
        )

    @cached_property
    def own_partners(self) -> dict[str, str]:
        """The partners that have a name of their own, folded: "Local councils" names a sort of partner, not one."""
        return {fold(name): name for name in self.partners if name[1:] != name[1:].lower()}


@dataclass(frozen=True)
class Name:
    """A name and the words that tell it from others.

    ``also`` is the other name that it is, "" for a title. ``brackets``: whether there are any at its end.
    """

    text: str
    words: tuple[str, ...]
    also: str = ""
    brackets: str = NONE

    @cached_property
    def sorted(self) -> str:
        """The words in the order of the alphabet, to compare whole names letter by letter."""
        return " ".join(sorted(self.words))

    def without(self, place: str) -> Name:
        """The same name without the words of a place, unless nothing is left."""
        here = place_words(place) if place else ()
        words = tuple(word for word in self.words if word not in here)
        return replace(self, words=words) if here and words and words != self.words else self

    @cached_property
    def whole(self) -> str:
        """All letters, those of the place too."""
        return fold(self.text).replace(" ", "")

    @cached_property
    def run_together(self) -> str:
        """The words without spaces."""
        return "".join(self.words)


@dataclass(frozen=True)
class Likeness:
    """How two records are alike: ``name`` and ``place`` are constants of this module.

    ``also`` is the other name by which it is known again, "" for the title; ``mostly`` says that a longer name adds
    little, and that neither record states its place.
    """

    name: int
    place: int
    also: str = ""
    mostly: bool = False
    partner: str = ""

    @property
    def score(self) -> int:
        """From 1 to 100; 0 where nobody should be asked."""
        if self.place == ELSEWHERE:
            asked = False
        elif self.name == OVERLAP:
            asked = self.place == HERE and bool(self.partner)
        else:
            asked = self.name != LONGER or self.mostly or self.place == HERE or bool(self.partner)
        return self.name + self.place + PARTNER * bool(self.partner) if asked else 0

    @property
    def why(self) -> str:
        """The same in words: "nearly the same title, the same place"."""
        reasons: list[Any] = [_("also called “%(name)s”") % {"name": self.also} if self.also else NAMES[self.name]]
        if self.place == HERE:
            reasons.append(_("the same place"))
        if self.partner:
            reasons.append(_("the same partner, %(name)s") % {"name": self.partner})
        return ", ".join(map(str, reasons))


def likeness(one: Described, other: Described) -> Likeness | None:
    """How ``other`` is like ``one``; None where their names are different."""
    found = max(
        ((kind, mostly, mine, theirs) for mine in one.names for theirs in other.names
         for kind, mostly in [names_alike(mine, theirs, one.place, other.place)] if kind),
        key=lambda row: row[:2], default=None,
    )  # fmt: skip
    if found is None:
        return None
    kind, mostly, mine, theirs = found
    also = theirs.also or mine.also
    shared = one.own_partners.keys() & other.own_partners.keys()
    partner = other.own_partners[min(shared)] if shared else ""
    return Likeness(kind, place_of(one, other), also, mostly and not (one.place or other.place), partner)


def names_alike(one: Name, other: Name, place: str = "", other_place: str = "") -> tuple[int, bool]:
    """How alike two names are, 0 for not at all, and whether the longer one adds little.

    Each lacks its own place's words already; those of the other's place are passed over here.
    """
    if not _comparable(one, other):
        return 0, False
    if one.whole and one.whole == other.whole:
        return SAME, True
    return _by_words(one.without(other_place), other.without(place))


def _by_words(one: Name, other: Name) -> tuple[int, bool]:
    if not one.words or not other.words or _numbers(one) != _numbers(other):
        return 0, False
    if one.run_together == other.run_together or one.sorted == other.sorted:
        return SAME, True
    left, right, shared = _matched(one.words, other.words)
    if not (left or right) or any(
        _slip(mine, theirs, most=1)
        for mine, theirs in ((one.run_together, other.run_together), (one.whole, other.whole))
    ):
        return NEAR, True
    if set(left) | set(right) <= EMPTY and (shared > 1 or (shared and not (left and right))):
        return NEAR, True
    longer = max(len(one.words), len(other.words))
    if shared > 1 and not (left and right):
        return LONGER, shared / longer >= MOSTLY
    if shared > 1 and shared >= min(len(one.words), len(other.words)) / 2:
        return OVERLAP, False
    return 0, False


def _comparable(one: Name, other: Name) -> bool:
    """Whether brackets were left out of one name only where the other has none."""
    return LEFT_OUT not in (one.brackets, other.brackets) or NONE in (one.brackets, other.brackets)


def _matched(one: Iterable[str], other: Iterable[str]) -> tuple[list[str], list[str], int]:
    """The words that stand in one of two names only, but for slips of the pen; and how many are in both."""
    one, right = list(one), list(other)
    left = []
    for word in one:
        match = word if word in right else next((near for near in right if _slip(word, near)), None)
        if match is None:
            left.append(word)
        else:
            right.remove(match)
    return left, right, len(one) - len(left)


def _slip(one: str, other: str, most: int = 0) -> bool:
    shorter = min(len(one), len(other))
    if shorter < SHORTEST or one[0] != other[0]:
        return False
    most = most or (2 if shorter >= LONG else 1)
    return OSA.distance(one, other, score_cutoff=most) <= most


def _numbers(name: Name) -> list[str]:
    return sorted(word for word in name.words if any(letter.isdigit() for letter in word))


def without_brackets(name: str) -> str:
    """A name without what stands in brackets at its end; "" where there is none, or nothing else."""
    short = name
    while (shorter := BRACKETS.sub("", short)) != short:
        short = shorter
    return short if short != name else ""


def _forms(name: str, place: str) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """The name, and the name without brackets at its end, each with its words and what became of the brackets."""
    short = without_brackets(name)
    yield name, words_without(name, place), KEPT if short else NONE
    if short:
        yield short, words_without(short, place), LEFT_OUT


# ---- Places ---------------------------------------------------------------------------------------------


def place_of(one: Described, other: Described) -> int:
    """Whether two records speak of one place, of different ones, or do not say."""
    if one.countries and other.countries and not set(one.countries) & set(other.countries):
        return ELSEWHERE
    here, there = place_words(one.place), place_words(other.place)
    if here and there:
        left, right, shared = _matched(here, there)
        if shared and not (left and right):
            return HERE
    for place, described in ((here, other), (there, one)):
        if place and set(place) <= set(fold(described.title).split()):
            return HERE
    return ELSEWHERE if here and there else UNKNOWN


@lru_cache(maxsize=4096)
def place_words(place: str) -> tuple[str, ...]:
    """The words of a place's name."""
    words = fold(place).split()
    return tuple(word for word in words if word not in SMALL) or tuple(words)


def words_without(name: str, place: str) -> tuple[str, ...]:
    """The words that tell a name from others: small ones and those of its place left out, unless nothing is left."""
    return bare(fold(name), place)


def bare(folded: str, place: str) -> tuple[str, ...]:
    """The same for a name that is folded already."""
    words = folded.split()
    telling = [word for word in words if word not in SMALL] or words
    here = place_words(place)
    return tuple(word for word in telling if word not in here) or tuple(telling)
