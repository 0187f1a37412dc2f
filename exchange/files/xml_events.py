"""XML of unknown origin, piece by piece: no document type, so no entities; nothing is kept but what a listener keeps.

``defusedxml`` refuses the same, but builds a tree in Python for it: half a million cells took 8 seconds that way and
take 2 so.

What costs time has a limit: tags, of which an empty element needs few bytes, and single tokens, which the parser reads
from their beginning again with each piece.
"""

from collections.abc import Iterator
from typing import Any, Protocol
from xml.parsers import expat

from defusedxml.common import DTDForbidden

PIECE = 1 << 16
# A tag or a comment: a cell's text is no single token, so that a workbook has none so long.
MAX_TOKEN = 1_000_000


class Part(Protocol):
    """What pieces are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


class Listener(Protocol):
    """What hears the elements, by their names without a namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; so do its attributes, by their names with namespaces as ``{uri}name``."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, data: str) -> None:
        """Text in it, perhaps in several pieces."""


class TooManyTagsError(ValueError):
    """The part has more tags than its reader is ready to hear."""


def listen(part: Part, listener: Listener, *, most: int) -> Iterator[None]:
    """Tell the listener what is in this part, pausing after each piece.

    ``most``: tags that may come, those that end an element too. Raises ``TooManyTagsError``, and for what is no XML of
    a workbook ``ExpatError``, ``DTDForbidden`` or ``ValueError``.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbidden
    parser.CharacterDataHandler = listener.text
    # Sheets bear a namespace that depends on the program and on the edition of the standard; the names are the same.
    parser.StartElementHandler = lambda name, attributes: listener.start(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda name: listener.end(name.rpartition("}")[2])
    tags = length = 0
    while piece := part.read(PIECE):
        tags, length = tags + piece.count(b"<"), length + len(piece)
        if tags > most:
            raise TooManyTagsError(tags)
        parser.Parse(piece, False)
        if length - parser.CurrentByteIndex > MAX_TOKEN:
            raise ValueError(parser.CurrentByteIndex)
        yield
    parser.Parse(b"", True)
    yield


def _forbidden(name: str, sysid: str | None, pubid: str | None, *_: Any) -> None:
    raise DTDForbidden(name, sysid, pubid)
