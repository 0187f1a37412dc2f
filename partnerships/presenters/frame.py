"""A drawing as a file: framed with title, filters, date, count and citation, fit for a paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.pictures.drawing import FRAME, INK, MUTED, PAPER_MM, Block, Drawing, block
from partnerships.pictures.text import FAMILY, clean
from partnerships.presenters.citation import LICENCE, source_line
from partnerships.presenters.drawings import page_of
from partnerships.presenters.filter_words import in_words
from partnerships.selection import Selection
from taxonomy.codebook import CURRENT

MARGIN = 20
INNER = FRAME - 2 * MARGIN
# Where the typeface is missing another one stands in, whose capitals are up to 15 % wider (DejaVu Sans): texts are
# broken early enough for it, since in a long word no space makes up for that.
ROOM = round(INNER * 0.88)
TITLE, BODY, SMALL = 20, 14, 12
# Beyond this an address fills the picture: it then ends in "…", and the file holds it whole in its description.
ADDRESS_LINES = 5


@dataclass(frozen=True)
class Text:
    """Some lines in one hand."""

    block: Block
    size: int
    fill: str
    bold: bool = False


@dataclass(frozen=True)
class Frame:
    """All that the file shows.

    The drawing lies at ``left`` and ``top`` in a box of its own, made smaller where it is wider than the frame leaves
    room for; ``rule`` is where the line above the source lies, ``paper`` the height in millimetres.
    """

    drawing: Drawing
    language: str
    family: str
    width: int
    height: int
    paper: str
    texts: tuple[Text, ...]
    left: int
    top: int
    drawn_width: int
    drawn_height: int
    rule: int
    description: str


class _Page:
    """A frame in the making: ``bottom`` is how far down it has come."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.bottom = MARGIN

    def write(self, text: str, size: int, *, most: int, fill: str = INK, bold: bool = False, after: int = 4) -> None:
        """Set a text below what stands there."""
        set_text = block(text, MARGIN, self.bottom + size, ROOM, size, bold=bold, most=most)
        if set_text.lines:
            self.texts.append(Text(Block(set_text.lines), size, fill, bold))
            self.bottom = set_text.bottom + round(size * 0.3) + after


def frame(drawing: Drawing, selection: Selection) -> Frame:
    """Put a frame around a drawing of a selection."""
    page = _Page()
    page.write(drawing.title, TITLE, most=3, bold=True, after=6)
    page.write(drawing.count, BODY, most=2)
    for line in conditions(selection, drawing.name):
        page.write(line, SMALL, most=4, fill=MUTED, after=2)
    top = page.bottom + 14
    drawn_width = min(drawing.width, INNER)
    drawn_height = round(drawing.height * drawn_width / drawing.width)
    page.bottom = top + drawn_height + 10
    for note in drawing.notes:
        page.write(note, SMALL, most=5, fill=MUTED, after=2)
    rule = page.bottom + 8
    page.bottom = rule + 8
    for line, most in source(drawing.name, selection):
        page.write(line, SMALL, most=most, fill=MUTED, after=2)
    height = page.bottom + MARGIN
    return Frame(
        drawing=drawing,
        language=get_language() or settings.LANGUAGE_CODE,
        family=FAMILY,
        width=FRAME,
        height=height,
        paper=f"{PAPER_MM * height / FRAME:.3f}",
        texts=tuple(page.texts),
        left=MARGIN + (INNER - drawn_width) // 2,
        top=top,
        drawn_width=drawn_width,
        drawn_height=drawn_height,
        rule=rule,
        description=" ".join(
            [drawing.count + ".", *conditions(selection, drawing.name), address(drawing.name, selection)]
        ),
    )


def conditions(selection: Selection, name: str) -> list[str]:
    """What a drawing of this name selects and how it is read: the filters in words, the lens, inferred positions."""
    chosen = in_words(selection)
    selected = _("Selected: %(filters)s.") % {"filters": chosen} if chosen else _("Selected: the whole register.")
    return [selected, _reading(selection, name)]


# What is drawn by the lens of the selection, and by the sector lens whatever was chosen; and the filters that ask where
# something stands, by which the lens or the inferred positions matter to all other drawings too.
BY_LENS, BY_SECTOR = ("matrix", "trajectories"), ("by-model",)
OF_PLACES, OF_MODELS = ("cell", "moved"), ("model",)


def _reading(selection: Selection, name: str) -> str:
    """Lens and inferred positions where they matter, else that places do not."""
    lens = f"{_('Lens')}: {_(selection.lens.name).lower()}."
    inferred = _("Inferred positions are shown.") if selection.inferred else _("Inferred positions are not shown.")
    if name in BY_LENS or any(selection.values.get(each) for each in OF_PLACES):
        return f"{lens} {inferred}"
    if name in BY_SECTOR or any(selection.values.get(each) for each in OF_MODELS):
        return inferred
    return _("Counted with or without a position on the matrix.")


def source(name: str, selection: Selection) -> list[tuple[str, int]]:
    """The citation, and in how many lines each part of it may stand."""
    return [
        (source_line(timezone.localdate()), 2),
        (address(name, selection), ADDRESS_LINES),
        (_("Licence: %(licence)s. Codebook %(version)s.") % {"licence": LICENCE, "version": CURRENT.version}, 1),
    ]


def address(name: str, selection: Selection) -> str:
    """The whole address of the page that shows this drawing of this selection."""
    return settings.SITE_URL + reverse(page_of(name)) + selection.own_query


def svg(drawing: Drawing, selection: Selection) -> str:
    """The file: well-formed XML, whatever stands in titles and searches, that refers to nothing outside itself."""
    return clean(render_to_string("pictures/file.svg", {"frame": frame(drawing, selection), "drawing": drawing}))
