"""Partners, claims and everything else of which a record has a list: rows of two records side by side."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import ChecklistItem, Evidence, Partner, Statement
from partnerships.models.fields import CellSetField
from partnerships.presenters import record_words as say
from partnerships.presenters.record_claims import answers_of, assessed, assessment_title
from partnerships.presenters.record_pairs import Difference, Fold, pair
from partnerships.presenters.record_words import PhaseWords, Titles
from partnerships.record import Record
from partnerships.record.shape import (
    ASSESSMENT_FIELDS,
    CHECKLIST_FIELDS,
    EVIDENCE_FIELDS,
    PARTNER_FIELDS,
    STATEMENT_FIELDS,
)
from taxonomy.lenses import LENSES

Said = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """Rows of one kind: where they stand in the record, what tells them apart, how one is named, what it says.

    What ``said`` has under "" needs no label. ``answers`` is what a row says at greater length.
    """

    part: str
    key: tuple[str, ...]
    title: Callable[[Record, Titles], str]
    said: Callable[[Record, Titles], Said]
    # What a row shares with an earlier one of which it is a correction; nothing where rows change themselves.
    corrects: tuple[str, ...] = ()
    answers: Callable[[Record], Said] = lambda row: {}

    def earlier(self, row: Record, rows: Iterable[Record]) -> Record | None:
        """The last row that this one corrects."""
        same = [old for old in rows if all((old.get(name) or "") == (row.get(name) or "") for name in self.corrects)]
        return same[-1] if same and self.corrects else None

    def keyed(self, rows: Iterable[Record]) -> dict[Any, Record]:
        """Rows by their keys; where a key repeats, the first has number 1, and so on."""
        seen: Counter[str] = Counter()
        found = {}
        for row in rows:
            key = json.dumps([row.get(name) or "" for name in self.key], sort_keys=True)
            seen[key] += 1
            found[key, seen[key]] = row
        return found


@dataclass(frozen=True)
class Rows:
    """Compares rows. ``several``: there is more than one phase, so a row says which it is about."""

    titles: Titles
    several: bool
    words: PhaseWords = say.PHASES

    def of(self, part: Any, kind: Kind, before: Record, after: Record) -> Iterable[Difference]:
        """What was changed and added, in the new order, then what was taken away."""
        old, new = (kind.keyed(record.get(kind.part) or ()) for record in (before, after))
        for key, row in {**new, **{key: row for key, row in old.items() if key not in new}}.items():
            name = self._name(kind, row)
            said = [kind.said(rows[key], self.titles) if key in rows else None for rows in (old, new)]
            if said[0] is not None and said[1] is not None:
                yield from self._fields(part, name, said[0], said[1])
            elif earlier := kind.earlier(row, old.values()) if key in new else None:
                yield from self._instead(part, name, kind, earlier, row)
            else:
                sides = [kind.answers(rows[key]) if key in rows else {} for rows in (old, new)]
                yield Difference(str(part), name, *(_whole(one) for one in said), _fold(part, *sides))

    def _fields(self, part: Any, name: str, before: Said, after: Said) -> Iterable[Difference]:
        for field in dict.fromkeys([*before, *after]):
            label = _("%(row)s: %(field)s") % {"row": name, "field": field[:1].lower() + field[1:]}
            yield from pair(part, label, before.get(field, ""), after.get(field, ""))

    def _instead(self, part: Any, name: str, kind: Kind, earlier: Record, row: Record) -> Iterable[Difference]:
        """A row that says otherwise what an earlier one said, which stays: what it comes out at, and what differs."""
        before, after = (dict(kind.said(one, self.titles)) for one in (earlier, row))
        fold = _fold(part, kind.answers(earlier), kind.answers(row))
        yield Difference(str(part), name, before.pop(""), after.pop(""), fold)
        about = self.words.name(row["phase"]) if self.several else name
        yield from self._fields(part, about, before, after)

    def _name(self, kind: Kind, row: Record) -> str:
        title = kind.title(row, self.titles)
        return f"{self.words.name(row['phase'])}: {title}" if self.several and row.get("phase") else title


def _whole(said: Said | None) -> str:
    """A row on one side only: all that it says, or that it is there."""
    if said is None:
        return ""
    lines = [f"{field}: {text}" if field else text for field, text in said.items() if text]
    return "\n".join(lines) or _("listed")


def _fold(part: Any, before: Said, after: Said) -> Fold | None:
    """What differs between long answers, or the answers of the one side that there is; None without any."""
    rows = [pair(part, name, before.get(name, ""), after.get(name, "")) for name in dict.fromkeys([*before, *after])]
    found = tuple(one for row in rows for one in row)
    if not found:
        return None
    words = (
        ngettext("The answer that differs", "The %(number)d answers that differ", len(found))
        if before and after
        else ngettext("The answer", "The %(number)d answers", len(found))
    )
    return Fold(words % {"number": len(found)}, found)


def _plain(model: type[models.Model], names: Iterable[str], row: Record) -> dict[str, str]:
    return {say.label(model, name): say.text(model, name, row.get(name)) for name in names}


def _partner(row: Record, titles: Titles) -> dict[str, str]:
    slug = row.get("organisation") or ""
    kind = say.term("PARTY_KINDS", row.get("kind", ""))
    said = {say.label(Partner, "kind"): kind if row.get("name") else ""}
    for name in PARTNER_FIELDS:
        if name not in ("kind", "name") and (row.get(name) or name not in ("lead", "hybrid")):
            said[say.label(Partner, name)] = say.text(Partner, name, row.get(name))
    return {**said, say.label(Partner, "organisation"): titles.get(slug, slug)}


def cited(row: Record, titles: Titles) -> str:
    """The source and the place in it."""
    slug = row.get("source") or ""
    return ", ".join(filter(None, [titles.get(slug, slug), row.get("place")]))


def _statement(row: Record, titles: Titles) -> dict[str, str]:
    lens = LENSES.get(row.get("lens") or "sector", LENSES["sector"])
    said = {}
    for name in STATEMENT_FIELDS:
        value = row.get(name)
        if name in ("design", "delivery"):
            said[say.label(Statement, name)] = say.level(lens, value) if value else ""
        elif isinstance(Statement._meta.get_field(name), CellSetField):
            said[say.label(Statement, name)] = say.cells(value or ())
        elif name != "place" and (name != "lens" or value == "professional"):
            said[say.label(Statement, name)] = say.text(Statement, name, value)
    return said


def _item(row: Record, titles: Titles) -> dict[str, str]:
    names = [name for name in CHECKLIST_FIELDS if name not in ("item", "place")]
    said = _plain(ChecklistItem, names, row)
    return {**said, _("Dates"): say.span(row), say.label(ChecklistItem, "source"): cited(row, titles)}


PARTNERS = Kind(
    "partners", ("kind", "name"),
    lambda row, titles: row.get("name") or say.term("PARTY_KINDS", row.get("kind", "")), _partner,
)  # fmt: skip
STATED = Kind("statements", ("phase", "source", "place", "kind", "perspective", "reading", "lens"), cited, _statement)
SUPPORTED = Kind(
    "evidence", ("phase", "source", "place"), cited,
    lambda row, titles: _plain(Evidence, [name for name in EVIDENCE_FIELDS if name != "place"], row),
)  # fmt: skip
ASSESSED = Kind(
    "assessments",
    ("phase", "submitted", *ASSESSMENT_FIELDS),
    lambda row, titles: assessment_title(row), lambda row, titles: assessed(row),
    corrects=("phase", "perspective", "by_invitation", "method"),
    answers=answers_of,
)  # fmt: skip
CHECKED = Kind(
    "checklists", ("phase", "item"), lambda row, titles: say.term("CHECKLIST_ITEMS", row.get("item", "")), _item
)
