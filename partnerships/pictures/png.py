"""SVG as PNG, drawn with the typeface of the site and without the network, one at a time.

Anybody may ask for a picture of any filters, and each takes a processor for some tenths of a second.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from threading import Lock

from partnerships.pictures.drawing import FRAME, PAPER_MM
from partnerships.pictures.text import FILES, covers

# Two dots for each unit of the frame, 229 an inch on paper, take half the time of three; who wants more takes the SVG.
PIXELS = 2 * FRAME
# Signature and header of a PNG file (ISO/IEC 15948, 5.2 and 11.2.2); other chunks may follow from there.
HEADER = 8 + 25
# In seconds: how long to wait for the picture before, and what no picture takes.
WAIT, LONGEST = 3, 20

_drawing = Lock()


class Busy(RuntimeError):
    """Other pictures are being drawn, and waiting for them takes too long."""


def png(svg: str) -> bytes:
    """Draw a framed SVG. Raises ``Busy`` where the picture before takes more than a few seconds."""
    wanted = options(svg)
    if not _drawing.acquire(timeout=WAIT):
        raise Busy
    try:
        return _with_size(drawn(wanted))
    finally:
        _drawing.release()


def options(svg: str) -> dict[str, object]:
    """How resvg is to draw it. Fonts of the machine are asked only for signs that the site's own typeface lacks.

    Its millimetres are read at as many dots an inch as make a unit of the frame one dot, so that nothing is rounded.
    """
    return {
        "svg_string": svg,
        "width": PIXELS,
        "dpi": round(FRAME * 25.4 / PAPER_MM, 3),
        "background": "#ffffff",
        "skip_system_fonts": covers(svg),
        "font_files": [str(path) for path in FILES.values()],
        "font_family": "Atkinson Hyperlegible Next",
        "sans_serif_family": "Atkinson Hyperlegible Next",
    }


def drawn(wanted: dict[str, object]) -> bytes:
    """The bare PNG, made by ``drawer.py`` in a process of its own. Raises ``Busy`` where that takes far too long."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("drawer.py"))]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; what anybody typed is in its input
            command, input=json.dumps(wanted).encode(), stdout=subprocess.PIPE, timeout=LONGEST, check=True
        )
    except subprocess.TimeoutExpired as slow:
        raise Busy from slow
    return done.stdout


def _with_size(bare: bytes) -> bytes:
    """Say how large it is on paper, in dots a metre (ISO/IEC 15948, 11.3.5.3), so that it fits where it is put."""
    dots = round(PIXELS * 1000 / PAPER_MM)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    size = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return bare[:HEADER] + size + bare[HEADER:]
