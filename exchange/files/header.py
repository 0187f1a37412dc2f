"""The header of a table: which of our columns stand where, and what is wrong with the others."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.files.shapes import MAX_COLUMNS, MAX_FAULTS, FileError, refused
from exchange.formats.columns import COLUMNS, NAMES

REQUIRED = ("title", "unit")
ID = "partnership_id"
LABELS = frozenset(f"{name}_label" for name in NAMES)
# Said by the register itself, for people who read the file; not read back.
PASSED_OVER = LABELS | {"url"}
FORMS = {column.name: column.form for column in COLUMNS}
LONGEST_GUESSED = 60
# A row with so many names of columns is a header. People put a title on top of it, within the first ten rows.
ENOUGH, TITLES_WITHIN = 2, 10
# The last column of a spreadsheet; formatted but empty ones may go so far.
LAST_COLUMN = 16_384


@dataclass(frozen=True)
class Header:
    """``at``: our columns by their place in the file; ``ignored``: places of columns that are passed over."""

    width: int
    at: dict[int, str]
    ignored: dict[int, str]

    def name_at(self, place: int) -> str:
        """What to call the column at this place: by its name, or as spreadsheets call it."""
        return self.at.get(place) or self.ignored.get(place) or letters(place)


def letters(place: int) -> str:
    """A place from 0 as spreadsheets call it: A, B … Z, AA."""
    place, name = place + 1, ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def folded(name: str) -> str:
    """A name as it is compared: without blanks around it, in small letters."""
    return name.strip().strip("\ufeff").strip().casefold()


def known_names(cells: list[str]) -> int:
    """How many of these cells are names of columns, or of the labels beside them."""
    return sum(folded(cell) in FORMS.keys() | LABELS for cell in cells)


def read_header(cells: list[str], line: int) -> Header:
    """Read the names of the columns. Raises ``FileError`` with a fault for each name that is no column of ours."""
    _check_number(len(cells), LAST_COLUMN, line)
    names = [folded(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    _check_number(len(names), MAX_COLUMNS + len(LABELS), line)
    _check_number(sum(name not in LABELS for name in names), MAX_COLUMNS, line)
    faults = [*_strangers(cells, names, line), *_repeated(names, line), *_missing(names, line)]
    if faults:
        raise FileError(faults[:MAX_FAULTS])
    known = {place: name for place, name in enumerate(names) if name in FORMS and name not in PASSED_OVER}
    return Header(len(names), known, {place: name for place, name in enumerate(names) if name in PASSED_OVER})


def _check_number(count: int, most: int, line: int) -> None:
    if count > most:
        reason = _("This table has %(count)s columns; at most %(most)s are read. Begin from the template.")
        raise refused(reason % {"count": count, "most": MAX_COLUMNS}, line=line)


def _strangers(cells: list[str], names: list[str], line: int) -> list[Fault]:
    unknown = [(place, name) for place, name in enumerate(names) if name and name not in FORMS.keys() | LABELS]
    return [Fault(line, cells[place].strip(), cells[place].strip(), _unknown(cells[place], name))
            for place, name in unknown]  # fmt: skip


def _unknown(cell: str, name: str) -> str:
    near = get_close_matches(name[:LONGEST_GUESSED].replace(" ", "_"), NAMES, n=1, cutoff=0.7)
    values = {"name": cell.strip()[:LONGEST_GUESSED], "near": near[0] if near else ""}
    if near:
        return _("“%(name)s” is no column of the register. Perhaps “%(near)s” is meant; otherwise remove it.") % values
    return _("“%(name)s” is no column of the register. Remove it, or begin from the template.") % values


def _repeated(names: list[str], line: int) -> list[Fault]:
    twice = dict.fromkeys(name for name in names if name and names.count(name) > 1)
    reason = _("The column “%(name)s” is there twice. Remove one of them.")
    return [Fault(line, name, name, reason % {"name": name}) for name in twice]


def _missing(names: list[str], line: int) -> list[Fault]:
    """Title and unit make a new record. A table that changes known ones, by their codes, may leave both out."""
    if ID in names:
        return []
    reason = _(
        "The column “%(name)s” is missing. New records need it; rows that change known ones need partnership_id."
    )
    return [Fault(line, name, "", reason % {"name": name}) for name in REQUIRED if name not in names]
