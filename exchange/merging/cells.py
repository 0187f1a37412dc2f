"""Reads one cell: from its text to the value that the record holds. An empty cell gives the empty value.

Each reader raises ``Wrong``. Readers of short values remember what they have read, since columns repeat themselves.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.formats.columns import COLUMNS
from exchange.formats.notation import UNWRITABLE, PartnerCell, split, split_partners
from exchange.formats.values import CELLS, CODE, CODES, DATE, DAY, LIST, NUMBER, PARTNERS, TEXT, YES_NO, Column
from exchange.merging.codes import code_of, fold
from exchange.merging.wrong import Wrong
from partnerships import dates
from partnerships.forms.fields import iso_of
from partnerships.models import Partner, Partnership, Phase, Source, Statement
from partnerships.models.fields import BY_NAME, CELL_WORDS, Member
from partnerships.models.partnership import RESERVED_SLUGS

Read = Callable[[str], Any]
Cells = frozenset[Member]

REMEMBERED = 4096
# The longest entry of a list, as LinesField has it.
ENTRY = 300
# As the constraint source_year_plausible has it, and what a PositiveSmallIntegerField holds on every database.
YEARS, ORDERS, NUMBERS = (1800, 2200), (0, 32767), (1, 9)
RANGES = {"source_year": YEARS, "phase_order": ORDERS}
FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
# The field of a model that holds the text of a column, where its name is another.
FIELDS = {
    "title": (Partnership, "title"), "summary": (Partnership, "summary"), "nation": (Partnership, "nation"),
    "place": (Partnership, "place"), "phase": (Phase, "name"), "rationale": (Phase, "reason"),
    "source_title": (Source, "title"), "source_url": (Source, "url"), "source_doi": (Source, "doi"),
    "source_locator": (Statement, "place"), "stated_model": (Statement, "label"), "hedge": (Statement, "hedge"),
    "perspective": (Statement, "perspective"), "reading": (Statement, "reading"),
}  # fmt: skip


def readers() -> dict[str, Read]:
    """What reads each column of the flat record that an import reads."""
    return {column.name: _reader(column) for column in COLUMNS if column.name != "url"}


def _reader(column: Column) -> Read:
    if column.name in ("partnership_id", "part_of"):
        return lru_cache(REMEMBERED)(reference)
    if column.name == "source_url":
        return lru_cache(REMEMBERED)(address)
    if column.form == TEXT:
        model, field = FIELDS[column.name]
        return partial(text_of, longest=model._meta.get_field(field).max_length)
    if column.form == LIST:
        return entries
    if column.form == PARTNERS:
        return partners
    return lru_cache(REMEMBERED)(_short(column))


def _short(column: Column) -> Read:
    lowest, highest = RANGES.get(column.name, NUMBERS)
    movement = column.name == "stated_cells"
    by_form: dict[str, Read] = {
        CODE: partial(code_of, names=column.codes),
        CODES: partial(codes, names=column.codes),
        CELLS: cells_or_movement if movement else cells,
        NUMBER: partial(number, lowest=lowest, highest=highest),
        DATE: partial(day_month_or_year, end=column.name == "phase_ends"),
        DAY: day,
        YES_NO: flag,
    }
    return by_form[column.form]


# ---- Texts -----------------------------------------------------------------------------------------


def text_of(text: str, longest: int) -> str:
    """A text of up to so many characters, none of them a control character."""
    if len(text) > longest:
        values = {"length": len(text), "longest": longest}
        raise Wrong(_("This has %(length)d characters. Shorten it to %(longest)d or fewer.") % values)
    if not text.isprintable() and UNWRITABLE.search(text):
        raise Wrong(_("This has a control character in it, which cannot be seen. Type the text anew."))
    return text


def address(text: str) -> str:
    """A web address."""
    field = Source._meta.get_field("url")
    text_of(text, field.max_length)
    try:
        if text:
            field.run_validators(text)
    except ValidationError as error:
        raise Wrong(_("This is no web address. Write it whole, as in https://example.org/report.")) from error
    return text


def entries(text: str) -> list[str]:
    """The entries of a list. Empty ones are left out."""
    return [text_of(item, ENTRY) for item in split(text) if item]


def partners(text: str) -> list[PartnerCell]:
    """Partners, each once; the kind may be written as its label."""
    try:
        found = [_partner(row) for row in split_partners(text)]
    except Wrong:
        raise
    except ValueError as error:
        raise Wrong(
            _(
                "Write each partner with its kind in front, and | between two, as in "
                "public:Leeds City Council | citizens:Residents of Beeston."
            )
        ) from error
    seen: set[tuple[str, str]] = set()
    for row in found:
        if (row.kind, row.name) in seen:
            raise Wrong(_("The partner “%(name)s” is there twice. Take one away.") % {"name": f"{row.kind}:{row.name}"})
        seen.add((row.kind, row.name))
    return found


def _partner(row: PartnerCell) -> PartnerCell:
    longest = Partner._meta.get_field("name").max_length
    if not row.kind:
        raise Wrong(_("A partner has a kind before the colon, as in public:Leeds City Council. Write it there."))
    return PartnerCell(code_of(row.kind, ("PARTY_KINDS",)), text_of(row.name, longest), row.lead)


# ---- Short values -----------------------------------------------------------------------------------


def reference(text: str) -> str:
    """The code of a partnership: a slug, or the UUID of a draft."""
    longest = Partnership._meta.get_field("slug").max_length
    if UUID.fullmatch(text):
        return text.lower()
    if text in RESERVED_SLUGS:
        raise Wrong(_("“%(slug)s” is kept for a page of this site. Choose another code.") % {"slug": text})
    if text and (len(text) > longest or not SLUG.fullmatch(text)):
        raise Wrong(
            _("The code of a partnership has small letters a to z, digits and hyphens, %(longest)d characters at most.")
            % {"longest": longest}
        )
    return text


def codes(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Codes joined with |, each once."""
    return tuple(dict.fromkeys(filter(None, (code_of(item, names) for item in split(text)))))


def number(text: str, lowest: int, highest: int) -> int | None:
    """A whole number in a range; empty is None."""
    match = WHOLE.fullmatch(text.strip())
    found = int(match[1]) if match else None
    if text.strip() and (found is None or not lowest <= found <= highest):
        values = {"lowest": lowest, "highest": highest}
        raise Wrong(_("Write a whole number from %(lowest)d to %(highest)d here.") % values)
    return found


def flag(text: str) -> bool:
    """Yes or no; empty is no."""
    try:
        return FLAGS[fold(text)]
    except KeyError:
        raise Wrong(_("Write yes or no here.")) from None


def day_month_or_year(text: str, *, end: bool) -> str:
    """A date as exactly as it is known, in the form of the record. Read as in the officers' form, day before month."""
    return dates.write(*_parsed(text, end=end))


def day(text: str) -> str:
    """A date known to the day, which is past or today."""
    found, precision = _parsed(text)
    if found and precision != "day":
        raise Wrong(_("This column needs the whole day. Write it as 2013-04-01."))
    if found and dates.in_future(found):
        raise Wrong(_("This day is still to come. Write one that has been, or leave the cell empty."))
    return dates.write(found, precision)


def _parsed(text: str, *, end: bool = False) -> tuple[date | None, str]:
    iso = iso_of(text)
    if text.strip() and not iso:
        values = {"value": text[:40]}
        raise Wrong(
            _("“%(value)s” is no date. Write it as 2013, 2013-04 or 2013-04-01; April 2013 and 30/4/2013 are read too.")
            % values
        )
    try:
        return dates.parse(iso, end=end)
    except ValueError as error:
        values = {"value": text[:40]}
        raise Wrong(
            _("“%(value)s” is not a date in the calendar. The day comes first, as in 30/4/2013, or write 2013-04-30.")
            % values
        ) from error


def cells(text: str) -> Cells:
    """A set of cells."""
    try:
        return frozenset(_members()[fold(member)] for member in text.split("|")) if text.strip() else frozenset()
    except KeyError:
        raise Wrong(
            _("Write cells as numbers from 1 to 9, “outside” or “nobody”, with | between two, as in 2|8.")
        ) from None


def cells_or_movement(text: str) -> tuple[Cells, Cells | None]:
    """The cells that a source gives, and None; of a movement those before and those after."""
    if ">" not in text:
        return cells(text), None
    before, _arrow, after = text.partition(">")
    return cells(before), cells(after)


@lru_cache(1)
def _members() -> dict[str, Member]:
    return {fold(str(words)): BY_NAME[name] for name, words in CELL_WORDS.items()} | BY_NAME
