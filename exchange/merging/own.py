"""What the rows say of the partnership itself: its fields and its partners."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from exchange.files.shapes import Row
from exchange.formats.columns import COLUMNS
from exchange.formats.notation import PartnerCell, writable
from exchange.formats.values import CODES, LIST, PARTNERSHIP, TEXT
from exchange.merging.cells import UUID
from exchange.merging.sheet import Sheet, Work
from partnerships.record import KEYS, PARTS, Record

OWN = tuple(column for column in COLUMNS if column.owner == PARTNERSHIP and not column.derived)
FORMS = {column.name: column.form for column in OWN}
LISTS = frozenset(name for name, form in FORMS.items() if form in (CODES, LIST)) | (frozenset(PARTS) - {"case_study"})


def blank() -> Record:
    """The record of a partnership of which nothing is known."""
    record: Record = {name: [] if name in LISTS else "" for name in KEYS}
    return record | {"case_study": None}


def put_own(sheet: Sheet, work: Work, rows: Sequence[Row], record: Record, *, new: bool) -> None:
    """Put the fields of the partnership into the record."""
    row = rows[0]
    if len(rows) > 1:
        work.agree(sheet, sheet.own, rows, _("rows of one partnership"), as_above=new)
    if new:
        record["partnership_id"] = work.read(sheet, row, "partnership_id") or ""
    for name in sheet.plain:
        text = row.cells.get(name, "")
        if text != record[name]:
            value = work.read(sheet, row, name)
            if value is not None:
                record[name] = settled(FORMS[name], value, record[name])
    if "partners" in sheet.columns:
        found = work.read(sheet, row, "partners")
        if found is not None:
            record["partners"] = joined(found, record["partners"])
    _check(work, row, record)


def _check(work: Work, row: Row, record: Record) -> None:
    if not record["title"].strip() and not work.faulty(row, "title"):
        work.fault(row, "title", _("A partnership has a title. Write what it is called."))
    if not record["unit"] and not work.faulty(row, "unit"):
        work.fault(row, "unit", _("Say what kind of thing it is, such as case or programme."))
    parent = record["part_of"]
    if parent and parent == record["partnership_id"] and not UUID.fullmatch(parent):
        work.fault(row, "part_of", _("A partnership is no part of itself. Leave this empty or name another one."))


def settled(form: str, new: Any, old: Any) -> Any:
    """The new value; the old one where an export would write it just so, although it holds what no file can."""
    if form == TEXT and old and writable(old) == new:
        return old
    if form == LIST and old and [text for text in map(writable, old) if text] == new:
        return old
    return list(new) if form in (CODES, LIST) else new


def joined(cells: Sequence[PartnerCell], known: Sequence[Record]) -> list[Record]:
    """The partners: those that are known with what else is known of them, then the new ones."""
    rows = {(row["kind"], writable(row["name"])): row for row in known}
    named = {(cell.kind, cell.name): cell for cell in cells}
    stay = [{**row, "lead": named[key].lead} for key, row in rows.items() if key in named]
    return stay + [_partner(cell) for key, cell in named.items() if key not in rows]


def _partner(cell: PartnerCell) -> Record:
    return {
        "kind": cell.kind, "name": cell.name, "lead": cell.lead, "roles": [], "hybrid": False, "note": "",
        "organisation": "",
    }  # fmt: skip
