"""The data dictionary: the columns of the flat record and the fields of the complete one in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from exchange import meanings
from exchange.formats import shape
from exchange.formats.columns import COLUMNS
from exchange.formats.notation import make_safe
from exchange.formats.values import (
    ADDRESS,
    CELLS,
    CODE,
    CODES,
    DATE,
    DAY,
    LIST,
    NO,
    NUMBER,
    PARTNERS,
    PARTNERSHIP,
    PHASE,
    STATEMENT,
    TEXT,
    YES,
    YES_NO,
)
from partnerships.models import (
    Assessment,
    ChecklistItem,
    Evidence,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Source,
    Statement,
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
    DAY: _("2013-04-01"),
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
    "NATURE_BASES": _("What “individual or collective” was judged by"),
    "REACHED": _("Who takes part"),
    "DEFINITIONS": _("Definitions of co-production"),
    "ROLES": _("Other roles"),
    "STATEMENT_BASES": _("What stated cells rest on"),
    "GRADES": _("Grades of evidence"),
    "SUPPORTS": _("What evidence supports"),
    "PERSPECTIVES": _("Perspectives"),
    "METHODS": _("Ways of assessing"),
    "CHECKLIST_ITEMS": _("Items of checklists"),
    "CHECKLIST_ANSWERS": _("Answers to checklists"),
    "LESSON_THEMES": _("Themes of lessons"),
    "SOURCE_KINDS": _("Kinds of sources"),
}


@dataclass(frozen=True)
class Part:
    """A kind of object in the complete record: its shape, its meanings, and the model that knows its codes."""

    anchor: str
    title: str | Promise
    fields: shape.Fields
    meanings: meanings.Meanings
    model: type[Model] | None = None

    def codes(self, field: str) -> tuple[str, ...]:
        """The vocabularies of a field."""
        if field in OF_LENSES and self.model is Statement:
            return ("SECTOR_LEVELS", "PROFESSIONAL_LEVELS")
        if field == "kind" and self.model is Organisation:
            return ("PARTY_KINDS",)
        found = {one.name: one for one in self.model._meta.get_fields()}.get(field) if self.model else None
        name = getattr(found, "vocabulary", "")
        return (name,) if name else ()


# The levels of a statement are those of its own lens, so the model has no one list for them.
OF_LENSES = ("design", "delivery")
PARTS = (
    Part("record-document", _("The document"), shape.DOCUMENT, meanings.DOCUMENT),
    Part("record-partnership", _("Partnership"), shape.PARTNERSHIP, meanings.PARTNERSHIP, Partnership),
    Part("record-partner", _("Partner"), shape.PARTNER, meanings.PARTNER, Partner),
    Part("record-phase", _("Phase"), shape.PHASE, meanings.PHASE, Phase),
    Part("record-statement", _("Statement of a source"), shape.STATEMENT, meanings.STATEMENT, Statement),
    Part("record-evidence", _("Evidence"), shape.EVIDENCE, meanings.EVIDENCE, Evidence),
    Part("record-assessment", _("Assessment"), shape.ASSESSMENT, meanings.ASSESSMENT, Assessment),
    Part("record-checklist", _("Item of a checklist"), shape.CHECKLIST_ITEM, meanings.CHECKLIST_ITEM, ChecklistItem),
    Part("record-study", _("Case study"), shape.CASE_STUDY, meanings.CASE_STUDY),
    Part("record-lesson", _("Lesson"), shape.LESSON, meanings.LESSON, Lesson),
    Part("record-source", _("Source"), shape.SOURCE, meanings.SOURCE, Source),
    Part("record-organisation", _("Organisation"), shape.ORGANISATION, meanings.ORGANISATION, Organisation),
)


@dataclass(frozen=True)
class FieldEntry:
    """One field of the complete record in words. ``part`` is where its objects are explained: place and title."""

    name: str
    meaning: str | Promise
    form: str
    required: bool
    lists: tuple[tuple[str, str | Promise], ...]
    part: tuple[str, str | Promise] | None


@dataclass(frozen=True)
class PartEntry:
    """A kind of object of the complete record with its fields."""

    anchor: str
    title: str | Promise
    fields: tuple[FieldEntry, ...]


def part_entries() -> tuple[PartEntry, ...]:
    """The complete record, object by object."""
    return tuple(PartEntry(part.anchor, part.title, tuple(_fields(part))) for part in PARTS)


def _fields(part: Part) -> Iterator[FieldEntry]:
    for name, kind in part.fields.of.items():
        lists = tuple((_anchor(code), TITLES[code]) for code in part.codes(name) if code not in ELSEWHERE)
        inner = next((other for other in PARTS if other.fields in (kind, getattr(kind, "item", None))), None)
        yield FieldEntry(
            name, part.meanings[name], _form(kind, is_code=bool(lists)), name in part.fields.required, lists,
            (inner.anchor, inner.title) if inner else None,
        )  # fmt: skip


# ---- As a table of its own ---------------------------------------------------------------------------

HEADER = ("where", "name", "meaning", "written_as", "required", "derived", "codes")


def table() -> Iterator[tuple[str, ...]]:
    """The whole dictionary as rows, with every code and its label; safe for spreadsheets."""
    yield HEADER
    required = shape.PARTNERSHIP.required
    for entry, column in zip(entries(), COLUMNS, strict=True):
        flags = (YES if entry.name in required else NO, YES if entry.derived else NO)
        yield _line("table", entry.name, entry.meaning, entry.form, *flags, _listed(column.codes))
    for part, found in zip(PARTS, part_entries(), strict=True):
        for field in found.fields:
            flags = (YES if field.required else NO, NO)
            where = part.anchor.removeprefix("record-")
            yield _line(where, field.name, field.meaning, field.form, *flags, _listed(part.codes(field.name)))


def _line(*cells: str | Promise) -> tuple[str, ...]:
    return tuple(make_safe(str(cell)) for cell in cells)


def _listed(names: tuple[str, ...]) -> str:
    """The codes of these vocabularies, as in "case: A single service | programme: …"."""
    return " | ".join(f"{code}: {label}" for name in names if name not in ELSEWHERE for code, label in codes(name))


def _form(kind: shape.Fields | shape.ListOf | shape.Kind, *, is_code: bool) -> str:
    """How a value of the complete record is written."""
    if isinstance(kind, shape.Kind):
        return gettext("One code") if is_code else capfirst(str(kind.words))
    if isinstance(kind, shape.Fields):
        return gettext("An object or null")
    if isinstance(kind.item, shape.Fields):
        return gettext("A list of objects")
    return gettext("A list of codes") if is_code else gettext("A list: %(item)s each") % {"item": kind.item.words}


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
    """Each vocabulary that a column or a field uses, once, in the order of the columns and then of the fields."""
    names = dict.fromkeys(name for column in COLUMNS for name in column.codes)
    names |= dict.fromkeys(name for part in PARTS for field in part.fields.of for name in part.codes(field))
    return tuple(CodeList(_anchor(name), TITLES[name], codes(name)) for name in names if name not in ELSEWHERE)


def _anchor(name: str) -> str:
    return f"codes-{name.lower().replace('_', '-')}"


def codes(name: str) -> tuple[tuple[str, str], ...]:
    """The codes of a vocabulary with their labels."""
    if name == "MODELS":
        return tuple((model.code, gettext(model.label)) for model in MODELS)
    return tuple((code, str(label)) for code, label in vocabulary_choices(name))
