"""What a column of the flat record is, and how its values are found and written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from exchange.formats.notation import PartnerCell, join, join_cells, join_movement, join_partners, writable
from partnerships import dates
from partnerships.models import Partnership, Phase, Statement
from partnerships.record import reference, sorted_cells
from taxonomy.cells import MODELS

# Whose property a column is: it repeats in all rows of that partnership, or of that phase.
PARTNERSHIP, PHASE, STATEMENT = "partnership", "phase", "statement"

# How a value is written.
TEXT, CODE, CODES, LIST, PARTNERS = "text", "code", "codes", "list", "partners"
# A DATE is known to the year, the month or the day, a DAY to the day.
CELLS, NUMBER, DATE, DAY, YES_NO, ADDRESS = "cells", "number", "date", "day", "yes_no", "address"
# Written by people, or made of what people wrote: only these can hold what a spreadsheet would run.
FREE = frozenset({TEXT, LIST, PARTNERS})

YES, NO = "yes", "no"
Value = str | int


@dataclass(frozen=True)
class Column:
    """One column.

    ``codes`` names the vocabularies of its values. A ``derived`` one is checked on import and never stored. ``find``
    gets the value from the row of its owner, where that is not simply the field of this name.
    """

    name: str
    owner: str
    form: str
    meaning: str | Promise
    codes: tuple[str, ...] = ()
    derived: bool = False
    find: Callable[[Any], Any] | None = None

    def value(self, row: Partnership | Phase | Statement) -> Value:
        """The value as it is written, before spreadsheet safety."""
        found = self.find(row) if self.find else getattr(row, self.name)
        if self.form == TEXT:
            return "" if found is None else writable(found)
        if self.form in (CODES, LIST):
            return join(filter(None, map(writable, found)))
        if self.form == CELLS and not isinstance(found, str):
            return join_cells(sorted_cells(found))
        if self.form == YES_NO:
            return YES if found else NO
        return "" if found is None else found


# ---- How values are found where the name of the field is not enough ----------------------------------


def id_of(row: Partnership) -> str:
    """The slug; where there is none yet, the UUID."""
    return reference(row, hidden=True)


def part_of(row: Partnership) -> str:
    """The code of the parent, where the public sees it."""
    return reference(row.part_of)


def partners_of(row: Partnership) -> str:
    """The partners in the order in which they were added."""
    partners = sorted(row.partners.all(), key=lambda partner: partner.pk)
    return join_partners(PartnerCell(partner.kind, writable(partner.name), partner.lead) for partner in partners)


def address_of(row: Partnership) -> str:
    """The full address of the public page, where there is one."""
    return f"{settings.SITE_URL}{reverse('partnership', args=[row.slug])}" if row.is_published else ""


def confirmed_of(row: Partnership) -> str:
    """The day of the last confirmation."""
    return row.last_confirmed.isoformat() if row.last_confirmed else ""


def starts_of(phase: Phase) -> str:
    """The start, as exactly as it is known."""
    return dates.write(phase.starts, phase.starts_precision)


def ends_of(phase: Phase) -> str:
    """The last year, month or day, as exactly as it is known."""
    return dates.write(phase.ends, phase.ends_precision)


def possible_in(prefix: str) -> Callable[[Phase], Any]:
    """What finds the possible cells of a lens; "" where the phase is not placed."""
    return lambda phase: getattr(phase, f"{prefix}possible_cells") if phase.placed(prefix) else ""


def model_of(phase: Phase) -> str:
    """The model whose label all possible cells bear; "" where they differ or where it may have no cell."""
    possible = phase.possible_cells
    return next((model.code for model in MODELS if possible <= frozenset(model.cells)), "")


def rationale_of(phase: Phase) -> str:
    """The reason of an inferred position, the rationale of any other."""
    return phase.reason if phase.is_inferred else phase.rationale


def stated_cells_of(row: Statement) -> Any:
    """The cells that the source gives; of a movement both sets."""
    if row.kind == "movement":
        return join_movement(sorted_cells(row.from_cells), sorted_cells(row.to_cells))
    return row.cells
