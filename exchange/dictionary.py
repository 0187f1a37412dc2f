"""The data dictionary: the columns of the flat record in words, for the data page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.columns import COLUMNS
from exchange.values import (
    ADDRESS,
    CELLS,
    CODE,
    CODES,
    DATE,
    LIST,
    NUMBER,
    PARTNERS,
    PARTNERSHIP,
    PHASE,
    STATEMENT,
    TEXT,
    YES_NO,
)
from partnerships.models.fields import vocabulary_choices
from taxonomy.cells import MODELS

OWNERS = {PARTNERSHIP: _("Partnership"), PHASE: _("Phase"), STATEMENT: _("Statement")}
FORMS = {
    TEXT: _("Text"),
    CODE: _("One code"),
    CODES: _("Codes, joined with |"),
    LIST: _("Texts, joined with |"),
    PARTNERS: _("Partners, joined with |"),
    CELLS: _("Cells, joined with |"),
    NUMBER: _("Number"),
    DATE: _("2013, 2013-04 or 2013-04-01"),
    YES_NO: _("yes or no"),
    ADDRESS: _("Web address"),
}
# ISO 3166-1 is known everywhere, and as a table it would be longer than all the rest.
ELSEWHERE = ("COUNTRIES",)
TITLES = {
    "UNITS": _("Kinds of thing"),
    "AREAS": _("Service areas"),
    "VEHICLES": _("Ways of buying, funding or planning"),
    "RISK_CARRIERS": _("Who carries the risk"),
    "LEVELS_OF_POWER": _("Levels of power"),
    "NATURES": _("Individual or collective"),
    "EFFECTS": _("Adds or replaces"),
    "INTERACTIONS": _("Relations or transactions"),
    "STAGES": _("Stages of the service"),
    "DESIGN_APPROACHES": _("How the design began"),
    "PARTY_KINDS": _("Kinds of party"),
    "SECTOR_LEVELS": _("Responsibility, by sector"),
    "PROFESSIONAL_LEVELS": _("Responsibility, by professionals and users"),
    "MODELS": _("Models of collaboration"),
    "CERTAINTIES": _("What a position rests on"),
    "CONFIDENCES": _("Confidence"),
    "STATEMENT_KINDS": _("Kinds of statement"),
    "LENSES": _("Lenses"),
}


@dataclass(frozen=True)
class CodeList:
    """A vocabulary: its place on the page, its title, its codes with their labels."""

    anchor: str
    title: str | Promise
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """One column in words. ``lists`` are the vocabularies of its codes: place on the page and title."""

    name: str
    owner: str | Promise
    meaning: str | Promise
    form: str | Promise
    derived: bool
    lists: tuple[tuple[str, str | Promise], ...]


def entries() -> tuple[Entry, ...]:
    """The columns in their order."""
    return tuple(
        Entry(
            column.name,
            OWNERS[column.owner],
            column.meaning,
            FORMS[column.form],
            column.derived,
            tuple((_anchor(name), TITLES[name]) for name in column.codes if name not in ELSEWHERE),
        )
        for column in COLUMNS
    )


def code_lists() -> tuple[CodeList, ...]:
    """Each vocabulary that a column uses, once, in the order of the columns."""
    names = dict.fromkeys(name for column in COLUMNS for name in column.codes if name not in ELSEWHERE)
    return tuple(CodeList(_anchor(name), TITLES[name], _codes(name)) for name in names)


def _anchor(name: str) -> str:
    return f"codes-{name.lower().replace('_', '-')}"


def _codes(name: str) -> tuple[tuple[str, str], ...]:
    if name == "MODELS":
        return tuple((model.code, gettext(model.label)) for model in MODELS)
    return tuple((code, str(label)) for code, label in vocabulary_choices(name))
