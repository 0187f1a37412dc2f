"""What the rows say of the statements: each is matched with a known one, or new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exchange.files.shapes import Row
from exchange.formats.notation import writable
from exchange.merging.cells import Cells
from exchange.merging.phases import Placed
from exchange.merging.sheet import Sheet, Work
from exchange.merging.sources import SourceBook
from partnerships.models.claims import MOVEMENT
from partnerships.record import Record, sorted_cells
from taxonomy.lenses import LENSES, SECTOR

# Columns and the field of the statement that they fill. Those of the key tell which statement a row means.
KEY = {
    "source_locator": "place", "statement_kind": "kind", "perspective": "perspective", "reading": "reading",
    "stated_lens": "lens",
}  # fmt: skip
REST = {"stated_model": "label", "stated_design": "design", "stated_delivery": "delivery", "hedge": "hedge"}
DEFAULTS = {"kind": "none", "lens": SECTOR.code}
SOURCE_COLUMNS = ("source_title", "source_url", "source_doi")
LEVELS = {code: {"", *(level.code for level in lens.levels)} for code, lens in LENSES.items()}
# What a claim gives its phase: where one of these changes, it no longer gives the position.
GIVING = ("cells", "design", "delivery")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Stated:
    """One row's statement: the fields that the file has columns for.

    ``cells`` are those before and, of a movement, those after; None without the column. ``any_phase``: the file has no
    column for the phase, so a statement about the whole may be meant.
    """

    row: Row
    phase: str
    any_phase: bool
    source: str
    key: tuple[tuple[str, str], ...]
    rest: tuple[tuple[str, str], ...]
    cells: tuple[Cells, Cells | None] | None

    @property
    def identity(self) -> tuple[Any, ...]:
        """What tells it from others."""
        return self.phase, self.source, self.key

    def may_be_about(self, phase: str) -> bool:
        """Whether a known statement about this phase, or about the whole, may be meant."""
        return phase == self.phase or (self.any_phase and not phase)


def put_statements(sheet: Sheet, work: Work, found: Placed, record: Record, sources: SourceBook) -> None:
    """Put the statements into the record: known ones stay in their places, new ones come after them."""
    if not sheet.stated:
        return
    stated = []
    for row, phase in found:
        if any(map(row.cells.get, sheet.stated)):
            one = _read(sheet, work, row, phase, sources)
            if one is not None:
                stated.append(one)
    if stated:
        distinct = list({(one.identity, one.rest, one.cells): one for one in stated}.values())
        _put(work, distinct, record, sources)


def _put(work: Work, stated: list[Stated], record: Record, sources: SourceBook) -> None:
    known: list[Record] = record["statements"]
    merged = list(known)
    for one, at in zip(stated, _matched(work, stated, known, sources), strict=True):
        if at is None:
            merged.append(_new(work, one))
        elif at >= 0:
            merged[at] = _changed(work, one, known[at])
    record["statements"] = merged


# ---- Reading ---------------------------------------------------------------------------------------


def _read(sheet: Sheet, work: Work, row: Row, phase: str, sources: SourceBook) -> Stated | None:
    before = len(work.faults)
    source = _source(sheet, work, row, sources)
    key = _fields(sheet, work, row, KEY)
    rest = _fields(sheet, work, row, REST)
    cells = work.read(sheet, row, "stated_cells") if "stated_cells" in sheet.columns else None
    if ("kind", MOVEMENT) in key and phase:
        if "phase" in sheet.columns:
            work.fault(
                row, "phase", _("A movement belongs to no phase. Leave the columns of the phase empty in this row.")
            )
        phase = ""
    if source is None or len(work.faults) > before:
        return None
    return Stated(row, phase, "phase" not in sheet.columns, source, key, rest, cells)


def _fields(sheet: Sheet, work: Work, row: Row, columns: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field, work.read(sheet, row, column) or DEFAULTS.get(field, ""))
        for column, field in columns.items()
        if column in sheet.columns
    )


def _source(sheet: Sheet, work: Work, row: Row, sources: SourceBook) -> str | None:
    get = row.cells.get
    title, url, doi = (get(column, "") for column in SOURCE_COLUMNS)
    before = len(work.faults)
    year = work.read(sheet, row, "source_year") if "source_year" in sheet.columns else None
    if len(work.faults) > before:
        return None
    if not (title or url or doi):
        work.fault(row, "source_title", _("A statement has a source. Write the title of the source in this row."))
        return None
    slug = sources.find(title, year, url, doi)
    if slug:
        return slug
    if not title.strip():
        work.fault(row, "source_title", _("This source is not in the register yet. Write its title in this row."))
        return None
    for column in SOURCE_COLUMNS:
        work.read(sheet, row, column)
    return None if len(work.faults) > before else sources.slug_for(title, year, url, doi)


# ---- Matching --------------------------------------------------------------------------------------


def _matched(work: Work, stated: list[Stated], known: list[Record], sources: SourceBook) -> list[int | None]:
    """The place of the known statement that each row means; None for a new one, -1 where that cannot be told.

    Sources may say several things in one place, so a key may come twice. What agrees in all columns goes first.
    """
    if not known:
        return [None] * len(stated)
    fitting = _fitting(stated, known, sources)
    found: dict[int, int | None] = {}
    taken: set[int] = set()
    for number, (one, places) in enumerate(zip(stated, fitting, strict=True)):
        same = (at for at in places if at not in taken and _changed(Work(), one, known[at]) == known[at])
        if (at := next(same, None)) is not None:
            found[number] = at
            taken.add(at)
    _match_rest(work, stated, fitting, found, taken)
    return [found[number] for number in range(len(stated))]


def _fitting(stated: list[Stated], known: list[Record], sources: SourceBook) -> list[list[int]]:
    """For each row the places of the known statements with its key, as far as the file has the columns of the key."""
    fields = [field for field, _value in stated[0].key]
    by_key: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(known):
        by_key.setdefault((row["source"], *(writable(row[field]) for field in fields)), []).append(place)
    return [
        [
            place
            for slug in sources.alike(one.source)
            for place in by_key.get((slug, *(value for _field, value in one.key)), ())
            if one.may_be_about(known[place]["phase"])
        ]
        for one in stated
    ]


def _match_rest(
    work: Work, stated: list[Stated], fitting: list[list[int]], found: dict[int, int | None], taken: set[int]
) -> None:
    rest = [number for number in range(len(stated)) if number not in found]
    left = Counter(stated[number].identity for number in rest)
    for number in rest:
        one, places = stated[number], [at for at in fitting[number] if at not in taken]
        if len(places) > left[one.identity]:
            column = "reading" if any(field == "reading" for field, _value in one.key) else "source_locator"
            reason = _("Several known statements fit this row. Tell them apart by their place, kind, view or reading.")
            work.fault(one.row, column, reason)
            found[number] = -1
            continue
        left[one.identity] -= 1
        found[number] = places[0] if places else None
        taken.update(places[:1])


# ---- Writing ---------------------------------------------------------------------------------------


def _changed(work: Work, one: Stated, known: Record) -> Record:
    """A known statement with what the row says; it gives a position no longer once it says something else."""
    row = {**known, **_kept(one.rest, known)}
    _put_cells(work, one, row)
    if known["adopted"] and any(row[name] != known[name] for name in GIVING):
        row["adopted"] = False
    return row


def _kept(fields: Iterable[tuple[str, str]], known: Record) -> Changes:
    """The fields that differ from what an export would write."""
    return {name: value for name, value in fields if value != known[name] and value != writable(known[name])}


def _new(work: Work, one: Stated) -> Record:
    row = {
        "phase": one.phase, "source": one.source, "place": "", "kind": DEFAULTS["kind"], "basis": "",
        "lens": DEFAULTS["lens"], "label": "", "cells": [], "from_cells": [], "to_cells": [], "design": "",
        "delivery": "", "hedge": "", "perspective": "", "reading": "", "paraphrase": "", "adopted": False,
    }  # fmt: skip
    row.update(one.key)
    row.update(one.rest)
    _put_cells(work, one, row)
    return row | {"basis": basis_of(row)}


def basis_of(row: Record) -> str:
    """What a new statement rests on, for which the flat record has no column.

    As in the bundled library: what is inherited from a class rests on that; a kind that is a label only rests on the
    label; else cells come before responsibilities, those before a label. A statement with none of these has no basis.
    """
    if row["kind"] == "inherited":
        return "class"
    if row["kind"] == "label_only":
        return "label"
    if row["cells"] or row["from_cells"]:
        return "cell"
    if row["design"] or row["delivery"]:
        return "words"
    return "label" if row["label"] else ""


def _put_cells(work: Work, one: Stated, row: Record) -> None:
    before, after = one.cells if one.cells is not None else (None, None)
    if row["kind"] == MOVEMENT:
        _put_movement(work, one, row, before, after)
    elif after is not None:
        reason = _("Only a movement has “>” in its cells. Write movement as its kind, or take “>” away.")
        work.fault(one.row, "stated_cells", reason)
    elif before is not None:
        row["cells"] = sorted_cells(before)
    for axis in ("design", "delivery"):
        if row[axis] not in LEVELS[row["lens"]]:
            values = {"value": row[axis], "lens": row["lens"], "codes": ", ".join(sorted(LEVELS[row["lens"]] - {""}))}
            reason = _("“%(value)s” is no level of the lens “%(lens)s”, which has %(codes)s. Correct one of the two.")
            work.fault(one.row, f"stated_{axis}", reason % values)


def _put_movement(work: Work, one: Stated, row: Record, before: Cells | None, after: Cells | None) -> None:
    if one.cells is not None:
        row["from_cells"], row["to_cells"] = sorted_cells(before or ()), sorted_cells(after or ())
    if not (row["from_cells"] and row["to_cells"]):
        reason = _("A movement has the cells before and after it. Write them with “>” between, as in 4|7>5.")
        work.fault(one.row, "stated_cells", reason)
