"""Records of a file that may be in the register already, or twice in the file.

``StagedRecord.alike`` holds for each new record a list of what it looks like, the likeliest first:
``{"id": 12, "title": "Repair café", "url": "/partnerships/repair-cafe/", "why": "the same title, the same place"}``.
``id`` is the key of the partnership. Of another new record of the same file ``id`` is None, ``url`` is "" and
``position`` its place in the import.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from accounts.models import User
from exchange.importing.reach import in_reach
from exchange.models import Import, StagedRecord
from exchange.models.imports import NEW
from partnerships.actions import keep_apart
from partnerships.duplicates import MOST, Alike, Pool, Sought, alike_many
from partnerships.likeness import Described, likeness
from partnerships.models import DuplicateVerdict, Partnership
from partnerships.querysets import PUBLISHED
from partnerships.record import Record

if TYPE_CHECKING:
    from exchange.importing.comparing import Case


def mark_alike(batch: Import, cases: Sequence[Case]) -> None:
    """Note for each new record what it looks like, in a handful of queries for all of them."""
    new = [case for case in cases if case.outcome == NEW]
    if not new:
        return
    sought = [Sought(described(case.after), _text(case.after, "part_of")) for case in new]
    found = _not_told_apart(alike_many(sought, visible=visible_to(batch)))
    twice = _in_the_file(batch, new, sought)
    for case, in_register, in_file in zip(new, found, twice, strict=True):
        case.alike = [*map(_as_json, in_register), *in_file][:MOST]


def visible_to(batch: Import) -> QuerySet[Partnership]:
    """The records that an import may name: what is public and what it reaches."""
    if not batch.own_only:
        return in_reach(batch)
    reached = Q(organisation=batch.organisation_id)
    return Partnership.objects.filter(reached | Q(status=PUBLISHED), revises__isnull=True)


def described(record: Record) -> Described:
    """What a complete record is compared by."""
    return Described(
        title=_text(record, "title"),
        place=_text(record, "place"),
        partners=tuple(partner.get("name") or "" for partner in record.get("partners") or ()),
        countries=tuple(record.get("countries") or ()),
        aliases=tuple(record.get("aliases") or ()),
    )


def _text(record: Record, name: str) -> str:
    return str(record.get(name) or "")


def _as_json(alike: Alike) -> dict[str, Any]:
    partnership = alike.partnership
    return {
        "id": partnership.pk, "title": partnership.title, "url": partnership.get_absolute_url(), "why": alike.why,
    }  # fmt: skip


def _not_told_apart(found: list[list[Alike]]) -> list[list[Alike]]:
    """Without what was said to be another one than a likelier record.

    A file that comes again without ids looks most like what it brought in before, which was told apart then.
    """
    keys = {alike.partnership.pk for several in found for alike in several}
    said = DuplicateVerdict.objects.filter(same=False, one__in=keys, other__in=keys).values_list("one", "other")
    apart = {frozenset(pair) for pair in said} if keys else set()
    return [_likeliest(several, apart) for several in found]


def _likeliest(several: Sequence[Alike], apart: Collection[frozenset[int]]) -> list[Alike]:
    kept: list[Alike] = []
    for alike in several:
        key = alike.partnership.pk
        if not any(frozenset((key, likelier.partnership.pk)) in apart for likelier in kept):
            kept.append(alike)
    return kept


# ---- Twice in the file --------------------------------------------------------------------------------


def _in_the_file(batch: Import, new: Sequence[Case], sought: Sequence[Sought]) -> list[list[dict[str, Any]]]:
    """For each new record the earlier new ones of the file that it looks like."""
    earlier = StagedRecord.objects.filter(batch=batch, outcome=NEW, position__lt=new[0].position)
    rows = [(position, title, "", ()) for position, title in earlier.values_list("position", "title")]
    own = {case.position: case.after for case in new}
    pool = Pool([*rows, *((position, _text(after, "title"), "", ()) for position, after in own.items())])
    near = [
        [position for position in pool.near(one.described) if position < case.position]
        for case, one in zip(new, sought, strict=True)
    ]
    records = own | _records(batch, {position for several in near for position in several} - own.keys())
    return [
        _others(one, {position: records[position] for position in several if position in records})
        for one, several in zip(sought, near, strict=True)
    ]


def _records(batch: Import, positions: Iterable[int]) -> dict[int, Record]:
    staged = StagedRecord.objects.filter(batch=batch, position__in=positions)
    return {position: after or {} for position, after in staged.values_list("position", "after")} if positions else {}


def _others(one: Sought, records: Mapping[int, Record]) -> list[dict[str, Any]]:
    found = []
    for position, record in records.items():
        whole = _text(record, "part_of")
        if one.part_of and one.part_of in (whole, _text(record, "partnership_id")):
            continue
        like = likeness(one.described, described(record))
        if like and like.score:
            entry = {"id": None, "position": position, "title": _text(record, "title"), "url": "", "why": like.why}
            found.append((-like.score, position, entry))
    return [entry for _score, _position, entry in sorted(found, key=lambda row: row[:2])]


# ---- What was said --------------------------------------------------------------------------------------


def remember_apart(batch: Import, *, by: User | None) -> None:
    """Keep, once the import is taken over, which of its new records are others than what they look like."""
    said = StagedRecord.objects.filter(batch=batch, outcome=NEW, distinct=True, partnership__isnull=False)
    rows = [(key, alike) for key, alike in said.values_list("partnership", "alike") if alike]
    places = {entry["position"] for _key, alike in rows for entry in alike if entry["id"] is None}
    made = dict(
        StagedRecord.objects.filter(batch=batch, position__in=places, partnership__isnull=False)
        .values_list("position", "partnership")
    ) if places else {}  # fmt: skip
    pairs = {
        (key, other)
        for key, alike in rows
        for entry in alike
        if (other := entry["id"] or made.get(entry.get("position")))
    }
    there = set(Partnership.objects.filter(pk__in={other for _key, other in pairs}).values_list("pk", flat=True))
    keep_apart({pair for pair in pairs if pair[1] in there}, by=by)
