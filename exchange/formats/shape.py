"""The shape of a complete record: which fields there are, what kind of value each takes, which must be there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Kind:
    """A plain value. ``empty``: whether ``null`` may stand for it."""

    types: tuple[type, ...]
    words: Any
    empty: bool = False


@dataclass(frozen=True)
class Fields:
    """An object with named fields. ``empty`` as for ``Kind``."""

    of: Mapping[str, Any]
    required: tuple[str, ...] = ()
    empty: bool = False


@dataclass(frozen=True)
class ListOf:
    """A list of values of one shape."""

    item: Any


TEXT = Kind((str,), gettext_lazy("a text"))
NUMBER = Kind((int,), gettext_lazy("a whole number"))
YEAR = Kind((int,), gettext_lazy("a whole number or null"), empty=True)
FLAG = Kind((bool,), gettext_lazy("true or false"))
OBJECT = Kind((dict,), gettext_lazy("an object"))
MEMBER = Kind((int, str), gettext_lazy("a cell number, “outside” or “nobody”"))
TEXTS, MEMBERS = ListOf(TEXT), ListOf(MEMBER)
# JSON can write NUL and halves of characters; databases and files cannot.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def _texts(names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), TEXT)


PARTNER = Fields({**_texts("kind name note organisation"), "lead": FLAG, "roles": TEXTS, "hybrid": FLAG}, ("kind",))
PHASE = Fields(
    {
        **_texts("name starts ends design delivery professional_design professional_delivery"),
        **_texts("certainty confidence reason rationale"),
        "order": NUMBER, "planned": FLAG, "possible_cells": MEMBERS, "professional_possible_cells": MEMBERS,
    },
    ("name",),
)  # fmt: skip
STATEMENT = Fields(
    {
        **_texts("phase source place kind basis lens label design delivery hedge perspective reading paraphrase"),
        "cells": MEMBERS, "from_cells": MEMBERS, "to_cells": MEMBERS, "adopted": FLAG,
    },
    ("source",),
)  # fmt: skip
EVIDENCE = Fields({**_texts("phase source place grade note"), "supports": TEXTS}, ("source",))
ASSESSMENT = Fields(
    {
        **_texts("phase perspective method design delivery reason codebook comment submitted"),
        "answers": OBJECT, "by_invitation": FLAG, "adopted": FLAG,
    },
    ("phase", "codebook", "submitted"),
)  # fmt: skip
CHECKLIST_ITEM = Fields(_texts("phase item answer starts ends source place note"), ("phase", "item", "answer"))
LESSON = Fields(_texts("theme text"), ("theme", "text"))
STORY = ("headline", "body")
CASE_STUDY = Fields({**dict.fromkeys(STORY, TEXT), "lessons": ListOf(LESSON), "featured": FLAG}, STORY, empty=True)
PARTNERSHIP = Fields(
    {
        **_texts("partnership_id title unit part_of summary narrative nation place vehicle risk level nature_basis"),
        **_texts("effect interaction design_approach reached definition last_confirmed"),
        **dict.fromkeys(("aliases", "countries", "service_areas", "tags", "nature", "stages"), TEXTS),
        "partners": ListOf(PARTNER), "phases": ListOf(PHASE), "statements": ListOf(STATEMENT),
        "evidence": ListOf(EVIDENCE), "assessments": ListOf(ASSESSMENT),
        "checklists": ListOf(CHECKLIST_ITEM), "case_study": CASE_STUDY,
        # Which rows of the audited table of seed cases a case of the library comes from. Not part of the record.
        "seed_rows": TEXTS,
    },
    ("title", "unit"),
)  # fmt: skip
SOURCE = Fields(
    {**_texts("slug authors title publisher kind url doi archived_url accessed reference"), "year": YEAR},
    ("slug", "title"),
)
ORGANISATION = Fields(_texts("slug name kind country scheme identifier website"), ("slug", "name", "kind"))
DOCUMENT = Fields(
    {
        **_texts("format licence"),
        # Labels, and by what the partnerships were chosen: for people who read the file. Not part of the record.
        "codes": OBJECT, "selection": OBJECT,
        "sources": ListOf(SOURCE), "organisations": ListOf(ORGANISATION), "partnerships": ListOf(PARTNERSHIP),
    },
    ("format", "partnerships"),
)  # fmt: skip


def faults(value: Any, shape: Fields | ListOf | Kind, where: str = "") -> Iterator[str]:
    """A sentence for each place where a value has not the shape, such as “partnerships[0].title: must be a text”."""
    if value is None and getattr(shape, "empty", False):
        return
    if isinstance(shape, Fields):
        yield from _object_faults(value, shape, where)
    elif isinstance(shape, ListOf):
        if not isinstance(value, list):
            yield _sentence(where, _("must be a list"))
            return
        for place, item in enumerate(value):
            yield from faults(item, shape.item, f"{where}[{place}]")
    # In Python true and false are numbers too; in a record they are not.
    elif not isinstance(value, shape.types) or (isinstance(value, bool) and bool not in shape.types):
        yield _sentence(where, _("must be %(kind)s") % {"kind": shape.words})
    elif isinstance(value, str) and NO_TEXT.search(value):
        yield _sentence(where, _("holds characters that are no text"))


def _object_faults(value: Any, shape: Fields, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _sentence(where, _("must be an object"))
        return
    for name in shape.required:
        if value.get(name) in (None, ""):
            yield _sentence(where, _("“%(name)s” is missing") % {"name": name})
    for name, item in value.items():
        if name not in shape.of:
            yield _sentence(where, _("“%(name)s” is no field of the record") % {"name": name})
        elif item is not None or name not in shape.required:
            yield from faults(item, shape.of[name], f"{where}.{name}" if where else name)


def _sentence(where: str, fault: str) -> str:
    return f"{where}: {fault}" if where else fault
