"""Where a search hit: a piece of the text around the words that were found, with the words marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Value
from django.utils.translation import gettext as _

from partnerships.models import Evidence, Partner, Partnership, Statement
from partnerships.querysets import union
from partnerships.search import fold, words_of

# Letters kept on both sides of the first word that was found.
BEFORE, AFTER = 60, 110
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"[*_#>`\[\]()]+")
Texts = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Piece:
    """A run of text; ``hit`` where it is a word that was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    """A piece of a record in which words were found: where it stands, and the text around them."""

    where: str
    pieces: tuple[Piece, ...]


def hits(partnerships: Iterable[Partnership], query: str) -> dict[int, tuple[Hit, ...]]:
    """By the key of each partnership, where the words of a query stand that its title does not have.

    Names of partners and titles of sources are read in one query, for records where nothing else hits.
    """
    words = words_of(query)
    found, missing = {}, {}
    for partnership in partnerships if words else ():
        left = [word for word in words if not _spans(partnership.title, [word])]
        found[partnership.pk], left = _search(_own_texts(partnership), left)
        if left:
            missing[partnership.pk] = left
    for key, texts in _texts_beside(missing).items():
        more, _left = _search(texts, missing[key])
        found[key] += more
    return {key: tuple(value) for key, value in found.items()}


def _search(texts: Texts, words: list[str]) -> tuple[list[Hit], list[str]]:
    """Texts that have one of the words that no earlier text had, and the words that none has."""
    found = []
    for where, text in texts:
        if here := [word for word in words if _spans(text, [word])]:
            found.append(Hit(where, pieces(text, here)))
            words = [word for word in words if word not in here]
    return found, words


def _own_texts(partnership: Partnership) -> Iterator[tuple[str, str]]:
    yield from ((_("Also written"), alias) for alias in partnership.aliases)
    yield _("Summary"), partnership.summary
    yield from ((_("Place"), place) for place in (partnership.place, partnership.nation))
    yield _("More about it"), _MARKUP.sub(" ", partnership.narrative)
    yield from ((_("Tag"), tag) for tag in partnership.tags)


def _texts_beside(keys: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Names of the partners of these partnerships, and authors and titles of their sources."""
    keys = list(keys)
    if not keys:
        return {}
    partners = Partner.objects.filter(partnership__in=keys).values_list("partnership", Value(1), "name", Value(""))
    claims = (model.objects.filter(partnership__in=keys) for model in (Statement, Evidence))
    sources = [
        rows.values_list("partnership", Value(2), "source__title", "source__authors").order_by() for rows in claims
    ]
    texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, what, text, authors in sorted(set(union([partners.order_by(), *sources]))):
        where = _("Takes part") if what == 1 else _("Source")
        texts[key].append((where, f"{authors}: {text}" if authors else text))
    return texts


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where words begin a word of the text."""
    return [
        match.span()
        for match in _WORD.finditer(text)
        if any(part.startswith(word) for part in fold(match[0]).split() for word in words)
    ]


def pieces(text: str, words: list[str]) -> tuple[Piece, ...]:
    """The text around the first of the words, cut at spaces, with every one of them marked."""
    spans = _spans(text, words)
    if not spans:
        return ()
    start, end = _window(text, spans[0])
    found = [Piece("… ", False)] if start else []
    at = start
    for first, last in spans:
        if first >= at and last <= end:
            found += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    found.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in found if piece.text)


def _window(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
    if start:
        start = text.find(" ", start, span[0]) + 1 or span[0]
    if end < len(text):
        end = max(text.rfind(" ", span[1], end), span[1])
    return start, end
