"""Where a phase stands, in both lenses: read from its row, checked against what follows from it."""

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from exchange.files.shapes import Row
from exchange.merging.cells import Cells
from exchange.merging.codes import fold
from exchange.merging.sheet import Sheet, Work
from partnerships.models.fields import ALL_CELLS, Member
from partnerships.record import Record, sorted_cells
from taxonomy.cells import MODELS, cell_number, cells_of
from taxonomy.lenses import LENSES, Lens

# The prefix of the columns and fields of each lens.
PREFIXES: dict[str, Lens] = {"": LENSES["sector"], "professional_": LENSES["professional"]}
PARTS = tuple(f"{prefix}{part}" for prefix in PREFIXES for part in ("design", "delivery", "possible_cells"))


def position_of(phase: Record) -> tuple[Any, ...]:
    """All that a claim gives a phase."""
    return *(phase[part] for part in PARTS), phase["certainty"]


def moved(before: Record, after: Record) -> bool:
    """Whether the phase stands elsewhere than before, in either lens."""
    return any(before[part] != after[part] for part in PARTS)


def placed(phase: Record) -> bool:
    """Whether anything is known in either lens."""
    return any(
        part and not ALL_CELLS.issubset(part) for part in (phase[f"{prefix}possible_cells"] for prefix in PREFIXES)
    )


def put_position(sheet: Sheet, work: Work, row: Row, phase: Record) -> None:
    """Put responsibilities and possible cells into the record of a phase, which has what was known so far."""
    for prefix in PREFIXES:
        moved = False
        for axis in (f"{prefix}design", f"{prefix}delivery"):
            text = row.cells.get(axis, "")
            if axis in sheet.columns and text != phase[axis]:
                level = work.read(sheet, row, axis)
                moved |= level not in (None, phase[axis])
                phase[axis] = phase[axis] if level is None else level
        _put_cells(sheet, work, row, phase, prefix, moved=moved)
        _check_cell(sheet, work, row, phase, prefix)
    _check_model(work, row, phase)


def _put_cells(sheet: Sheet, work: Work, row: Row, phase: Record, prefix: str, *, moved: bool) -> None:
    name = f"{prefix}possible_cells"
    given: Cells = (work.read(sheet, row, name) or frozenset()) if name in sheet.columns else frozenset()
    if work.faults and work.faulty(row, name):
        return
    known = frozenset(phase[name])
    design, delivery = phase[f"{prefix}design"], phase[f"{prefix}delivery"]
    if given:
        phase[name] = _listed(given)
        if not _agrees(given, design, delivery, prefix):
            work.fault(row, name, _disagreement(given, design, delivery, prefix))
    elif moved or (name in sheet.columns and known and not known >= ALL_CELLS):
        phase[name] = list(_product(design, delivery, prefix))


def _listed(cells: Cells) -> list[Member]:
    """As the record writes a set: nothing where it is not placed."""
    return [] if cells == ALL_CELLS else sorted_cells(cells)


@lru_cache
def _product(design: str, delivery: str, prefix: str) -> tuple[Member, ...]:
    return tuple(_listed(cells_of(design or None, delivery or None, PREFIXES[prefix])))


def _agrees(cells: Cells, design: str, delivery: str, prefix: str) -> bool:
    """The rule of the constraint phase_set_agrees."""
    if not (design or delivery):
        return True
    fit = frozenset(_product(design, delivery, prefix))
    return cells == fit if design and delivery else (cells & ALL_CELLS) <= fit


def _disagreement(cells: Cells, design: str, delivery: str, prefix: str) -> str:
    values = {
        "said": "|".join(map(str, sorted_cells(cells))), "known": responsibilities(design, delivery),
        "made": "|".join(map(str, _product(design, delivery, prefix))), "column": f"{prefix}possible_cells",
    }  # fmt: skip
    return (
        _("%(column)s says %(said)s, but %(known)s make %(made)s: correct one of them, or leave %(column)s empty.")
        % values
    )


def responsibilities(design: str, delivery: str) -> str:
    """The two responsibilities in words, for messages."""
    values = {"design": design.replace("_", " "), "delivery": delivery.replace("_", " ")}
    if design and delivery:
        return _("%(design)s design and %(delivery)s delivery") % values
    if design:
        return _("%(design)s design and delivery that is not known") % values
    if delivery:
        return _("design that is not known and %(delivery)s delivery") % values
    return _("design and delivery that are not known")


# ---- What follows from a position ------------------------------------------------------------------


def _check_cell(sheet: Sheet, work: Work, row: Row, phase: Record, prefix: str) -> None:
    name = f"{prefix}cell"
    said = work.read(sheet, row, name) if row.cells.get(name) else None
    if work.faults and any(work.faulty(row, f"{prefix}{axis}") for axis in ("design", "delivery")):
        return
    design, delivery = phase[f"{prefix}design"], phase[f"{prefix}delivery"]
    made = cell_number(design, delivery, PREFIXES[prefix]) if design and delivery else None
    if said is None or said == made:
        return
    values = {"column": name, "said": said, "known": responsibilities(design, delivery), "made": made}
    if made:
        reason = _("%(column)s says %(said)d, but %(known)s make %(made)d: correct one of them.")
    else:
        reason = _("%(column)s says %(said)d, but %(known)s make no cell: fill them in, or leave %(column)s empty.")
    work.fault(row, name, reason % values)


def _check_model(work: Work, row: Row, phase: Record) -> None:
    text = row.cells.get("model", "").strip()
    if not text:
        return
    possible = frozenset(phase["possible_cells"]) or ALL_CELLS
    model = next((model for model in MODELS if possible <= frozenset(model.cells)), None)
    written = fold(text)
    if model and written in (model.code, model.label.casefold(), model.code.replace("_", " ")):
        return
    values = {"said": text[:40], "model": model.code if model else ""}
    if model:
        reason = _("model says “%(said)s”, but the possible cells are those of %(model)s: correct one of them.")
    else:
        reason = _(
            "model says “%(said)s”, but the possible cells bear no single label: correct them, or leave it empty."
        )
    work.fault(row, "model", reason % values)
