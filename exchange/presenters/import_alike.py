"""What the records of a file may be the same as: in the register, and earlier in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django_countries import countries

from exchange.importing.reach import in_reach
from exchange.models import Import, StagedRecord
from exchange.presenters.faults import lines_in_words, unit_of
from partnerships.models import Partnership
from partnerships.models.partnership import PUBLISHED


@dataclass(frozen=True)
class Likeness:
    """What a record may be the same as, and ``why``.

    ``status`` and ``keeper`` tell it from another of the same title. ``uuid`` is "" where the person may not change
    that one, or where another record of the file stands for it; ``url`` is "" for another record of the same file.
    ``instead`` says what to do where it cannot be said to be the same.
    """

    title: str
    where: str = ""
    url: str = ""
    uuid: str = ""
    status: str = ""
    keeper: str = ""
    why: str = ""
    instead: str = ""


def likely(batch: Import, records: Sequence[StagedRecord]) -> dict[int, tuple[Likeness, ...]]:
    """By position what the records of a page may be the same as, as far as the person may know of it."""
    entries = [entry for record in records for entry in record.alike]
    if not entries:
        return {}
    keys = {entry["id"] for entry in entries if entry["id"]}
    places = {entry["position"] for entry in entries if not entry["id"] and "position" in entry}
    named = Q(partnership__in=keys) | Q(same_as__in=keys) | Q(position__in=places)
    others = list(StagedRecord.objects.filter(named, batch=batch).defer("before", "after", "faults"))
    own = set(in_reach(batch).filter(pk__in=keys).values_list("pk", flat=True))
    known = Partnership.objects.filter(Q(pk__in=own) | Q(status=PUBLISHED, pk__in=keys), revises__isnull=True)
    there = {row.pk: row for row in known.select_related("organisation")}
    return {
        record.position: tuple(
            found
            for entry in record.alike
            if (found := _likeness(batch, record, entry, there, own, others)) is not None
        )
        for record in records
    }


def _likeness(
    batch: Import, record: StagedRecord, entry: Mapping[str, object], there: Mapping[object, Partnership],
    own: set[int], others: Sequence[StagedRecord],
) -> Likeness | None:  # fmt: skip
    """One of them; None for one that the person may not know of."""
    why = str(entry["why"])
    if not entry["id"]:
        earlier = next((other for other in others if other.position == entry.get("position")), None)
        return Likeness(str(entry["title"]), why=why, instead=_earlier(batch, record, earlier))
    row = there.get(entry["id"])
    if row is None:
        return None
    mine = row.pk in own
    instead = _taken(batch, record, others, row.pk) if mine else _of_others()
    return Likeness(
        title=row.title,
        where=", ".join(filter(None, (row.place, *(countries.name(code) or code for code in row.countries)))),
        url=row.get_absolute_url(),
        uuid=str(row.uuid) if mine and not instead else "",
        status=str(row.get_status_display()),
        keeper=_keeper(row),
        why=why,
        instead=instead,
    )


def _keeper(row: Partnership) -> str:
    if row.organisation is None:
        return _("kept by the curators")
    return _("kept by %(organisation)s") % {"organisation": row.organisation.name}


def _of_others() -> str:
    return _(
        "Another organisation keeps it. If it is the same, take the row out of your sheet and write to a curator about"
        " it."
    )


def _earlier(batch: Import, record: StagedRecord, earlier: StagedRecord | None) -> str:
    if earlier is None:
        return _("It comes earlier in the same file. If it is the same, take one of the two out of your sheet.")
    values = {"earlier": _rows(batch, earlier), "own": _rows(batch, record)}
    return _("It comes earlier in the same file, in %(earlier)s. If it is the same, take %(own)s out.") % values


def _taken(batch: Import, record: StagedRecord, others: Sequence[StagedRecord], key: int) -> str:
    """Where another record of the file stands for this partnership already; "" where none does."""
    standing = (other for other in others if key in (other.partnership_id, other.same_as_id))
    other = next((other for other in standing if other.position != record.position), None)
    if other is None:
        return ""
    first = lines_in_words(other.lines[:1], unit_of(batch.form))
    values = {"first": first, "own": _rows(batch, record)}
    return _("%(first)s of this file is that record already. Take %(own)s out.") % values


def _rows(batch: Import, record: StagedRecord) -> str:
    return lines_in_words(record.lines, unit_of(batch.form), inside=True)


def verdict(record: StagedRecord) -> str:
    """What was said about a record; "" where nobody has said anything."""
    if record.same_as:
        return _("You said that it is the same as “%(title)s”.") % {"title": record.same_as.title}
    return _("You said that it is another partnership.") if record.distinct and record.alike else ""


def same_as(batch: Import, record: StagedRecord, uuid: object) -> Partnership | None:
    """The partnership with this UUID, if it is one that the record was said to look like and the import reaches it."""
    keys = [entry["id"] for entry in record.alike if entry["id"]]
    return in_reach(batch).filter(pk__in=keys, uuid=uuid).first()


def taken(batch: Import, record: StagedRecord, partnership: Partnership) -> str:
    """What to do where another record of the file stands for this partnership already; "" where none does."""
    standing = Q(partnership=partnership) | Q(same_as=partnership)
    others = StagedRecord.objects.filter(standing, batch=batch).defer("before", "after", "faults")
    return _taken(batch, record, list(others), partnership.pk)
