"""What a workbook says of its sheets: which one to read, which cells are dates, and the texts that cells point to."""

import posixpath
import re
from dataclasses import dataclass, field
from typing import TypeVar
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from exchange.files.archive import Capped
from exchange.files.shapes import MAX_CELL, MAX_UNPACKED, refused
from exchange.files.xml_events import Listener, TooManyTagsError, listen

SHEET = "partnerships"
# Parts other than sheets and texts are small.
MAX_PART = 5_000_000
# Elements of those that are read. Spreadsheets stop at some 65,000 styles.
TELLING = frozenset(
    ("sheet", "workbookPr", "Relationship", "numFmt", "xf", "cellXfs", "cellStyles", "cellStyleXfs", "dxfs")
)
MOST_ELEMENTS = 100_000
# Texts that cells point to, and the tags around them: a text without formats has four.
MAX_TEXTS, MAX_TAGS = 1_000_000, 4_000_000
# How a workbook writes what XML cannot hold: _x000D_ is a carriage return, _x005F_ an underscore before such a code.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Quoted words and colours in a number format say nothing about days or months.
ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


Heard = TypeVar("Heard", bound=Listener)


def unescape(text: str) -> str:
    """A text as it is meant. Halves of characters that stand side by side become the character."""
    if "_x" not in text:
        return text
    found = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@dataclass
class Elements:
    """A listener that keeps the attributes of the elements that say something to us, in their order."""

    found: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep it; names of attributes lose their namespace. Raises ``ValueError`` for more than any workbook has."""
        if name in TELLING:
            self.found.append((name, {key.rpartition("}")[2]: value for key, value in attributes.items()}))
            if len(self.found) > MOST_ELEMENTS:
                raise ValueError(name)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""

    def named(self, name: str) -> list[dict[str, str]]:
        """The attributes of the elements of this name."""
        return [attributes for found, attributes in self.found if found == name]


class Texts:
    """A listener that keeps the text of each ``si``: the table of texts that cells point to, without reading aids.

    Raises ``TooManyTagsError`` for more texts than anybody's table has.
    """

    def __init__(self) -> None:
        """Empty."""
        self.all: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.inside = self.aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A text begins."""
        if name == "si":
            self.pieces, self.length = [], 0
        self.aside = self.aside or name == "rPh"
        self.inside = name == "t" and not self.aside

    def end(self, name: str) -> None:
        """A text is complete."""
        self.inside = False
        if name == "rPh":
            self.aside = False
        elif name == "si":
            if len(self.all) >= MAX_TEXTS:
                raise TooManyTagsError(name)
            self.all.append(unescape("".join(self.pieces)))

    def text(self, data: str) -> None:
        """A piece of it; what is too long for a cell is not kept whole, and is refused where a cell points to it."""
        if self.inside and self.length <= MAX_CELL:
            self.pieces.append(data)
            self.length += len(data)


@dataclass(frozen=True)
class Sheet:
    """The sheet to read, with what its cells refer to. ``formats``: the number format of each style."""

    part: str
    texts: list[str]
    formats: list[str]
    from_1904: bool


def open_sheet(archive: ZipFile) -> Sheet:
    """The sheet called “partnerships”, or else the first that is shown. Raises ``FileError`` where there is none."""
    main = _targets(archive, "", "_rels/.rels", "/officeDocument")
    if not main:
        raise refused(_("This is a packed file and no workbook. Save the table as XLSX or CSV UTF-8."))
    path = next(iter(main.values()))
    folder, name = posixpath.split(path)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    book = _read(archive, path, Elements())
    texts = _targets(archive, folder, rels, "/sharedStrings")
    styles = _targets(archive, folder, rels, "/styles")
    properties = book.named("workbookPr") or [{}]
    return Sheet(
        _chosen(book, _targets(archive, folder, rels, "/worksheet")),
        _read(archive, next(iter(texts.values())), Texts(), most=MAX_UNPACKED).all if texts else [],
        _formats(_read(archive, next(iter(styles.values())), Elements())) if styles else [],
        properties[0].get("date1904", "0") in ("1", "true"),
    )


def _chosen(book: Elements, parts: dict[str, str]) -> str:
    sheets = [sheet for sheet in book.named("sheet") if sheet.get("id") in parts]
    named = [sheet for sheet in sheets if sheet.get("name", "").strip().casefold() == SHEET]
    shown = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    if not (named or shown):
        raise refused(_("The workbook has no sheet with a table. Put the table on its first sheet."))
    return parts[(named or shown)[0]["id"]]


def _read(archive: ZipFile, path: str, listener: Heard, *, most: int = MAX_PART) -> Heard:
    try:
        with archive.open(path) as part:
            for _pause in listen(Capped(part, most), listener, most=MAX_TAGS):
                pass
    except TooManyTagsError as error:
        raise refused(
            _("The workbook has millions of texts and formats. Copy only the table into a new one.")
        ) from error
    return listener


def _targets(archive: ZipFile, folder: str, path: str, kind: str) -> dict[str, str]:
    """The parts of a kind that a list of relations names, by their keys, in their order."""
    if path not in archive.NameToInfo:
        return {}
    relations = _read(archive, path, Elements()).named("Relationship")
    found = {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        for each in relations
        if each.get("Type", "").endswith(kind) and each.get("TargetMode", "Internal") == "Internal"
    }
    return {key: target for key, target in found.items() if target in archive.NameToInfo}


def _formats(styles: Elements) -> list[str]:
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.named("numFmt")}
    formats, inside = [], False
    for name, attributes in styles.found:
        # Cells point into cellXfs; the lists before and after it hold elements of the same name.
        inside = name == "cellXfs" or (inside and name not in ("cellStyles", "cellStyleXfs", "dxfs"))
        if inside and name == "xf":
            number = attributes.get("numFmtId", "0")
            formats.append(own.get(number) or BUILTIN_FORMATS.get(int(number), "General"))
    return formats


def precision(number_format: str) -> str:
    """How much of a date this format shows: "year", "month" or "day"; "" where it shows no date."""
    if number_format == "General" or is_timedelta_format(number_format) or not is_date_format(number_format):
        return ""
    shown = ASIDE.sub("", number_format).lower()
    if "d" in shown:
        return "day"
    if "y" in shown:
        return "month" if "m" in shown else "year"
    return "day" if "m" not in shown else ""
