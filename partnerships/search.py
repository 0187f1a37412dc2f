"""Search text: one normalised form for both databases.

Casefolded, accents folded, and the letters that Unicode does not decompose spelled out; so "citta" finds "Città" and
"orebro" finds "Örebro", on SQLite and PostgreSQL alike.
"""

import re
import unicodedata
from collections.abc import Iterable

UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
MAX_WORDS = 12
MAX_QUERY_LENGTH = 200
_NOT_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Bring text to the form in which it is stored for search and compared."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower().replace("\x00", " ")).strip()
    # Casefolded last: taking signs such as ™ apart brings capitals back.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare.translate(UNDECOMPOSED).replace("\x00", " ")).strip()


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once, at most twelve."""
    return list(dict.fromkeys(fold(query).split()))[:MAX_WORDS]


def document(texts: Iterable[str]) -> str:
    """Join and fold what a record can be found by; each word of it begins after a space."""
    return " " + fold(" ".join(text for text in texts if text))
