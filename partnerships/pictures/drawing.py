"""What every drawing has, whoever makes it, and the few shapes that most are made of.

Geometry is worked out in Python as plain numbers; the templates under ``templates/pictures/`` turn it into SVG elements
with attributes and classes, never with styles, so that the same fragment works on a page and in a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.pictures.text import lines

# The colours of the stylesheet (static/css/register.css, tokens), for files that have none.
INK, MUTED = "#10212b", "#4d5f69"
BRAND, ACCENT = "#0b4f5c", "#b3531a"
# The same, lighter, for what is only inferred; 3 to 1 against paper and wash.
LIGHT_BRAND, LIGHT_ACCENT = "#4a8d9a", "#c4743f"
# None, then four steps of one hue up to the fullest: deeper is more, never better.
TINTS = ("#ffffff", "#e6f1f2", "#c6e0e2", "#9bc9cd", "#69aeb4")

# How wide a drawing is in a file and on a wide page, and on a phone or in half of a page.
FULL, HALF = 680, 340
# The frame around it in a file, and its millimetres on paper: as wide as text on A4, where its smallest letters have
# 7.5 points.
FRAME, PAPER_MM = 720, 160
NOTHING = "pictures/_nothing.svg"


@dataclass(frozen=True)
class Drawing:
    """Something drawn, to be shown on a page, or framed as a file with title, filters, date, count and citation.

    ``name`` stands in the address ("by-year"); ``title`` says what it shows, ``count`` how many partnerships it is
    about, both in words without a full stop. ``width`` and ``height`` are those of the drawing itself, in its own
    units. ``template`` is a fragment of SVG elements under ``templates/pictures/`` that shows ``view``. ``notes`` are
    sentences that belong under it: what is left out, and small numbers. ``links`` lie over the drawing on a page and
    are left out of files.
    """

    name: str
    title: str
    count: str
    width: int
    height: int
    template: str
    view: object
    notes: tuple[str, ...] = ()
    links: tuple[Area, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there was nothing to draw, so that it gives the reason in words."""
        return self.template == NOTHING


@dataclass(frozen=True)
class Area:
    """A part of a drawing that leads somewhere, with its accessible name. On a screen it is at least 24 px high."""

    x: int
    y: int
    width: int
    height: int
    url: str
    label: str


@dataclass(frozen=True)
class Line:
    """A line of text; what ``x`` means depends on the anchor that the template gives it."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Block:
    """Some lines of text, the first at its baseline, with the whole text where it had to be shortened."""

    lines: tuple[Line, ...]
    full: str = ""

    @property
    def bottom(self) -> int:
        """The baseline of the last line; 0 where there is none."""
        return self.lines[-1].y if self.lines else 0

    def moved(self, down: int) -> Block:
        """The same lines further down."""
        return Block(tuple(Line(line.x, line.y + down, line.text) for line in self.lines), self.full)


def block(
    text: str, x: int, y: int, room: float, size: float, *, leading: int = 0, bold: bool = False, most: int = 2
) -> Block:
    """Set a text in lines of at most ``room``, the first with its baseline at ``y``."""
    broken = lines(text, room, size, bold=bold, most=most)
    step = leading or round(size * 1.3)
    shortened = bool(broken) and broken[-1].endswith("…")
    return Block(
        tuple(Line(x, y + number * step, line) for number, line in enumerate(broken)), text if shortened else ""
    )


def tint(value: float, most: float) -> int:
    """One of four steps by the share of the fullest; 0 for nothing."""
    return min(4, max(1, -(-4 * value // most))) if value and most else 0


def nothing(name: str, title: str, count: str, width: int, text: str, notes: tuple[str, ...] = ()) -> Drawing:
    """In place of a drawing without anything in it: the reason in words."""
    words = block(text, 0, 22, width, 14, most=4)
    return Drawing(name, title, count, width, words.bottom + 14, NOTHING, words, notes)
