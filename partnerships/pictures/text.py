"""How wide text is in a drawing, and how it is broken into lines, so that nothing overlaps.

Widths come from the typeface that ``fonts/`` holds. An SVG may be opened where that typeface is missing, so every width
has some slack: the faces that stand next in ``FAMILY`` are no wider than that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FILES = {False: FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", True: FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"}
FAMILY = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, Helvetica, Liberation Sans, sans-serif"
UNIT = 1000
SLACK = 1.04
# For signs that the typeface does not have: East Asian ones fill a square, others are about as wide as a capital.
WIDE, OTHER = 1.0, 0.7
ELLIPSIS = "…"
# XML 1.0 has no place for these, whatever is done to them (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text without the characters that no XML file may hold."""
    return _FORBIDDEN.sub("", text)


def covers(text: str) -> bool:
    """Whether the typeface has every sign of a text."""
    return all(_known(sign) for sign in set(text) if not sign.isspace())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is at most, in the units of the drawing."""
    return sum(_advance(sign, bold) for sign in text) * size * SLACK


def lines(text: str, room: float, size: float, *, bold: bool = False, most: int = 2) -> tuple[str, ...]:
    """Break a text into at most so many lines; what does not fit ends in "…". A long word is broken within."""
    # No line can hold more signs than this, however narrow: what is far beyond is never looked at.
    text = " ".join(clean(text)[: 40 * most + int(most * room)].split())
    found: list[str] = []
    while text and len(found) < most:
        line = _first(text, room, size, bold)
        found.append(line)
        text = text[len(line) :].lstrip()
    if text:
        found[-1] = _ended(found[-1], room, size, bold)
    return tuple(line.rstrip() for line in found)


def _first(text: str, room: float, size: float, bold: bool) -> str:
    """As many words as fit, or as many signs of a single word that does not; one sign at least."""
    used, fits = 0.0, 0
    for sign in text:
        used += _advance(sign, bold) * size * SLACK
        if used > room and not sign.isspace():
            break
        fits += 1
    if fits == len(text):
        return text
    cut = max(text.rfind(" ", 0, fits + 1), text.rfind("-", 0, fits) + 1, text.rfind("/", 0, fits) + 1)
    return text[: cut if cut > 0 else max(fits, 1)]


def _ended(line: str, room: float, size: float, bold: bool) -> str:
    while line and width(line.rstrip() + ELLIPSIS, size, bold=bold) > room:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


@lru_cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    # The basic layout needs no library beyond Pillow's own; the kerning it leaves out makes lines narrower, not wider.
    return ImageFont.truetype(FILES[bold], UNIT, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _advance(sign: str, bold: bool) -> float:
    """How far a sign moves the pen, as a part of the size."""
    if unicodedata.combining(sign):
        return 0.0
    if _known(sign):
        return _font(bold).getlength(sign) / UNIT
    return WIDE if unicodedata.east_asian_width(sign) in "FW" else OTHER


@lru_cache
def _missing() -> bytes:
    return _drawn("\U0010fffe")


def _drawn(sign: str) -> bytes:
    return bytes(_small().getmask(sign))


@lru_cache
def _small() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FILES[False], 24, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _known(sign: str) -> bool:
    """Whether the typeface has a sign: what it lacks, it draws as one and the same box."""
    return sign == " " or _drawn(sign) != _missing()
