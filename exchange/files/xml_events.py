"""XML of unknown origin, piece by piece: no document type, so no entities; nothing is kept but what a listener keeps.

``defusedxml`` refuses the same, but builds a tree in Python for it: half a million cells took 8 seconds that way and
take 2 so.
"""

from collections.abc import Iterator
from typing import Any, Protocol
from xml.parsers import expat

from defusedxml.common import DTDForbidden

PIECE = 1 << 16


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


def listen(part: Part, listener: Listener) -> Iterator[None]:
    """Tell the listener what is in this part, pausing after each piece. Raises ``ExpatError``, ``DTDForbidden``."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbidden
    parser.CharacterDataHandler = listener.text
    # Sheets bear a namespace that depends on the program and on the edition of the standard; the names are the same.
    parser.StartElementHandler = lambda name, attributes: listener.start(name.rpartition("}")[2], attributes)
    parser.EndElementHandler = lambda name: listener.end(name.rpartition("}")[2])
    while piece := part.read(PIECE):
        parser.Parse(piece, False)
        yield
    parser.Parse(b"", True)
    yield


def _forbidden(name: str, sysid: str | None, pubid: str | None, *_: Any) -> None:
    raise DTDForbidden(name, sysid, pubid)
