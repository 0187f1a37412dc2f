"""SVG as PNG, drawn with the typeface of the site and without the network."""

from __future__ import annotations

import struct
import zlib

import resvg_py

from partnerships.pictures.frame import PAPER_MM, WIDTH
from partnerships.pictures.text import FILES, covers

# Three dots for each unit of the frame: 343 dots an inch on paper.
PIXELS = 3 * WIDTH
# Signature and header of a PNG file (ISO/IEC 15948, 5.2 and 11.2.2); other chunks may follow from there.
HEADER = 8 + 25


def png(svg: str) -> bytes:
    """Draw a framed SVG. Fonts of the machine are asked only for signs that the site's own typeface lacks.

    Its millimetres are read at as many dots an inch as make a unit of the frame one dot, so that nothing is rounded.
    """
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=PIXELS,
        dpi=round(WIDTH * 25.4 / PAPER_MM, 3),
        background="#ffffff",
        skip_system_fonts=covers(svg),
        font_files=[str(path) for path in FILES.values()],
        font_family="Atkinson Hyperlegible Next",
        sans_serif_family="Atkinson Hyperlegible Next",
    )
    return _with_size(bytes(drawn))


def _with_size(drawn: bytes) -> bytes:
    """Say how large it is on paper, in dots a metre (ISO/IEC 15948, 11.3.5.3), so that it fits where it is put."""
    dots = round(PIXELS * 1000 / PAPER_MM)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    size = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return drawn[:HEADER] + size + drawn[HEADER:]
