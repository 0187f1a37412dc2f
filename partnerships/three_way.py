"""Three versions of one record: what one side changed since the version both started from, put onto the other side's.

A record is taken apart into pieces that change for themselves: a field, a partner, the dates of a phase, a statement.
A phase is followed by what it was called in the first version, so that a new name is no new phase. Nothing here reads
the register.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerships.record import Record
from partnerships.record.shape import OWN_FIELDS

Key = tuple[str, ...]

# What tells the rows of a list apart; ``assessments`` by all that they say.
ROW_KEYS = {
    "partners": ("kind", "name"),
    "statements": ("phase", "source", "place", "kind", "perspective", "reading", "lens"),
    "evidence": ("phase", "source", "place"),
    "checklists": ("phase", "item"),
    "assessments": None,
}
ALONE = (*OWN_FIELDS, "part_of", "last_confirmed")
STUDY = ("headline", "body", "featured", "lessons")
# A phase's name, its dates and whether it is planned change for themselves; all else is its position.
DATES = ("starts", "ends")
ORDER: Key = ("order",)
# In which changes are listed.
ORDER_OF_PARTS = (
    "own", "partners", "phases", "assessments", "statements", "evidence", "checklists", "case_study", "order",
)  # fmt: skip
NEW = "+"


@dataclass(frozen=True)
class Version:
    """A record, and what its phases are called in the first version: ``was`` maps today's names to those."""

    record: Record
    was: Mapping[str, str]

    @classmethod
    def first(cls, record: Record) -> Version:
        """The version that the others started from."""
        return cls(record, {phase["name"]: phase["name"] for phase in record["phases"]})

    def identity(self, name: str) -> str:
        """What follows a phase through all versions: its first name, or for a new one its name with a mark."""
        return self.was.get(name) or f"{NEW}{name}"

    @cached_property
    def order(self) -> list[str]:
        """The phases in their order."""
        return [self.identity(phase["name"]) for phase in self.record["phases"]]

    @cached_property
    def names(self) -> dict[str, str]:
        """What each phase is called here."""
        return {self.identity(phase["name"]): phase["name"] for phase in self.record["phases"]}

    @cached_property
    def pieces(self) -> dict[Key, Any]:
        """The record in pieces."""
        found: dict[Key, Any] = {("own", name): self.record.get(name) for name in ALONE}
        adopted: dict[str, list[str]] = {}
        for part in ROW_KEYS:
            for key, row in self._rows(part):
                found[key] = {name: value for name, value in row.items() if name != "adopted"}
                if row.get("adopted"):
                    adopted[row.get("phase") or self.order[0]] = list(key)
        for phase in self.record["phases"]:
            found |= self._phase(phase, adopted)
        study = self.record.get("case_study")
        return found | ({("case_study", name): study.get(name) for name in STUDY} if study else {})

    def _rows(self, part: str) -> Iterator[tuple[Key, Record]]:
        seen: Counter[str] = Counter()
        for row in self.record.get(part) or ():
            if row.get("phase"):
                row = {**row, "phase": self.identity(row["phase"])}
            names = ROW_KEYS[part] or [name for name in sorted(row) if name != "adopted"]
            key = json.dumps([row.get(name) or "" for name in names], sort_keys=True)
            seen[key] += 1
            yield (part, key, str(seen[key])), row

    def _phase(self, phase: Record, adopted: Mapping[str, list[str]]) -> dict[Key, Any]:
        identity = self.identity(phase["name"])
        apart = {"name", "order", "planned", *DATES}
        position = {name: value for name, value in phase.items() if name not in apart}
        return {
            ("phases", identity, "name"): phase["name"],
            ("phases", identity, "dates"): [phase.get(name, "") for name in DATES],
            ("phases", identity, "planned"): phase.get("planned", False),
            ("phases", identity, "position"): {**position, "adopted": adopted.get(identity)},
        }


@dataclass(frozen=True)
class Change:
    """Pieces that go together. ``conflict``: the other side changed them too, to something else."""

    key: Key
    pieces: tuple[Key, ...]
    conflict: bool

    @property
    def code(self) -> str:
        """The change in a form."""
        return json.dumps(self.key)


@dataclass(frozen=True)
class ThreeWay:
    """``base``, what became of it here (``mine``), and what it is by now elsewhere (``theirs``)."""

    base: Version
    mine: Version
    theirs: Version

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What ``mine`` changes, in so far as ``theirs`` is not like that already."""
        groups: dict[Key, list[Key]] = {}
        base, mine, theirs = self.base.pieces, self.mine.pieces, self.theirs.pieces
        for piece in dict.fromkeys([*mine, *base]):
            if piece[0] == "assessments" and piece not in mine:
                continue  # what people signed stays
            if mine.get(piece) != base.get(piece) and mine.get(piece) != theirs.get(piece):
                groups.setdefault(self._together(piece), []).append(piece)
        ranks = {part: place for place, part in enumerate(ORDER_OF_PARTS)}
        groups = dict(sorted(groups.items(), key=lambda item: ranks[item[0][0]]))
        found = [Change(key, self._whole(key, pieces), self._clash(pieces)) for key, pieces in groups.items()]
        if self._moved(self.mine) and self.mine.order != self.theirs.order:
            found.append(Change(ORDER, (), self._moved(self.theirs)))
        return tuple(found)

    def _together(self, piece: Key) -> Key:
        """A phase that is not there in every version comes and goes whole, and so does a case study."""
        if piece[0] == "phases":
            everywhere = all(piece[1] in version.names for version in (self.base, self.mine, self.theirs))
            return piece if everywhere else piece[:2]
        if piece[0] == "case_study":
            everywhere = all(version.record.get("case_study") for version in (self.base, self.mine, self.theirs))
            return piece if everywhere else piece[:1]
        return piece

    def _whole(self, key: Key, pieces: list[Key]) -> tuple[Key, ...]:
        if key == pieces[0]:
            return tuple(pieces)
        known = dict.fromkeys([*self.mine.pieces, *self.theirs.pieces])
        return tuple(piece for piece in known if piece[: len(key)] == key)

    def _clash(self, pieces: list[Key]) -> bool:
        return any(self.theirs.pieces.get(piece) != self.base.pieces.get(piece) for piece in pieces)

    def _moved(self, version: Version) -> bool:
        """Whether phases of the first version stand in another order there."""
        common = [one for one in self.base.order if one in version.order]
        return common != [one for one in version.order if one in common]

    def merged(self, take: Collection[str] | None = None) -> Version:
        """``theirs`` with these changes (by code); None takes every one that is no conflict."""
        taken = [one for one in self.changes if (not one.conflict if take is None else one.code in take)]
        pieces = dict(self.theirs.pieces)
        for piece in (piece for one in taken for piece in one.pieces):
            if piece in self.mine.pieces:
                pieces[piece] = self.mine.pieces[piece]
            else:
                pieces.pop(piece, None)
        moved = any(one.key == ORDER for one in taken)
        return assembled(pieces, self._order(moved), self.theirs)

    def _order(self, moved: bool) -> list[str]:
        first, second = (self.mine, self.theirs) if moved else (self.theirs, self.mine)
        return [*first.order, *(one for one in second.order if one not in first.order)]

    def before(self, *changes: Change) -> Version:
        """``base`` as it is with what ``theirs`` made of these changes' pieces, to say what they were."""
        other = ThreeWay(self.base, self.theirs, self.base)
        pieces = {piece for change in changes for piece in change.pieces}
        return other.merged([one.code for one in other.changes if set(one.pieces) & pieces])

    def holds(self, change: Change) -> bool:
        """Whether ``theirs`` has what a change was made for, whatever else was added to it there."""
        if change.key == ORDER:
            common = [one for one in self.mine.order if one in self.theirs.order]
            return common == [one for one in self.theirs.order if one in common]
        sides = [version.pieces for version in (self.theirs, self.mine, self.base)]
        return all(_has(*(_named(piece, side.get(piece)) for side in sides)) for piece in change.pieces)

    def untouched(self, change: Change) -> bool:
        """Whether ``theirs`` still says about a change's pieces what both started from."""
        if change.key == ORDER:
            return not self._moved(self.theirs)
        return not self._clash(list(change.pieces))


def _named(piece: Key, value: Any) -> Any:
    """A piece's value; of two dates each by what it is."""
    return dict(zip(DATES, value, strict=True)) if value and piece[0] == "phases" and piece[2] == "dates" else value


def _has(now: Any, wanted: Any, was: Any) -> bool:
    """Whether a value has all that was changed from ``was`` to ``wanted``; of a list, what came and what went.

    Nobody asks for what they leave open: what somebody else fills in there takes nothing away from them.
    """
    if now == wanted or (not wanted and not was):
        return True
    if isinstance(wanted, dict):
        now, was = now or {}, was or {}
        changed = [name for name, value in wanted.items() if value != was.get(name)]
        return all(_has(now.get(name), wanted[name], was.get(name)) for name in changed)
    if not (isinstance(wanted, list) and isinstance(now, list)):
        return False
    come, gone = [one for one in wanted if one not in (was or [])], [one for one in was or [] if one not in wanted]
    # Where nothing came and nothing went, it is their order that was changed.
    return bool(come or gone) and all(one in now for one in come) and not any(one in now for one in gone)


def assembled(pieces: Mapping[Key, Any], order: list[str], like: Version) -> Version:
    """A record from its pieces. Phases keep the numbers that they have in ``like`` unless their order is another."""
    here = {piece[1] for piece in pieces if piece[0] == "phases"}
    order = [identity for identity in order if identity in here]
    names = {identity: pieces["phases", identity, "name"] for identity in order}
    numbers = {like.identity(phase["name"]): phase.get("order") for phase in like.record["phases"]}
    if order != like.order or None in numbers.values():
        numbers = {identity: place for place, identity in enumerate(order, start=1)}
    adopted = {tuple(claim) for one in order if (claim := pieces["phases", one, "position"]["adopted"])}
    record: Record = {
        **like.record,
        **{name: pieces["own", name] for name in ALONE},
        "phases": [_phase(pieces, identity, numbers[identity]) for identity in order],
        "case_study": {name: pieces["case_study", name] for name in STUDY}
        if ("case_study", "headline") in pieces
        else None,
    }
    for part in ROW_KEYS:
        rows = [(key, row) for key, row in pieces.items() if key[0] == part]
        record[part] = [
            _row(key, row, names, adopted) for key, row in rows if not row.get("phase") or row["phase"] in names
        ]
    return Version(record, {name: identity for identity, name in names.items() if not identity.startswith(NEW)})


def _phase(pieces: Mapping[Key, Any], identity: str, number: int) -> Record:
    position = {name: value for name, value in pieces["phases", identity, "position"].items() if name != "adopted"}
    dates = dict(zip(DATES, pieces["phases", identity, "dates"], strict=True))
    name, planned = pieces["phases", identity, "name"], pieces["phases", identity, "planned"]
    return {"name": name, "order": number, "planned": planned, **dates, **position}


def _row(key: Key, row: Record, names: Mapping[str, str], adopted: Collection[Key]) -> Record:
    row = {**row, "phase": names[row["phase"]]} if row.get("phase") else dict(row)
    return row | ({"adopted": key in adopted} if key[0] in ("statements", "assessments") else {})
