"""What became of a proposed change that somebody decided about: what was taken over, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from partnerships.models import Partnership, Revision
from partnerships.models.revision import ACCEPTED, DECLINED, WITHDRAWN
from partnerships.presenters.record_diff import Difference, titles_of, versions_compared
from partnerships.presenters.record_words import STAGES, Titles
from partnerships.proposals import first_names, proposed
from partnerships.three_way import Change, ThreeWay, Version

# Accepted, but not all of it; and with nothing left out, but put otherwise.
IN_PART, CORRECTED = "in_part", "corrected"

LAST_CHANGE: Mapping[str, object] = {
    ACCEPTED: gettext_lazy("Your last change was accepted on %(date)s"),
    IN_PART: gettext_lazy("Your last change was accepted in part on %(date)s"),
    CORRECTED: gettext_lazy("Your last change was accepted with corrections on %(date)s"),
    DECLINED: gettext_lazy("Your last change was declined on %(date)s"),
    WITHDRAWN: gettext_lazy("Your last change was thrown away on %(date)s"),
}


@dataclass(frozen=True)
class LastChange:
    """What became of the last change, in a line that leads to it."""

    text: str
    url: str


@dataclass(frozen=True)
class Outcome:
    """An accepted change beside what was published of it. What the curator added besides is no part of it."""

    ways: ThreeWay

    @classmethod
    def of(cls, revision: Revision) -> Outcome:
        """The outcome of a change that was accepted."""
        base = Version.first(revision.base)
        # Of the new names those that were taken over.
        published = {phase["name"] for phase in revision.accepted["phases"]}
        renamed = {name: was for name, was in revision.renamed.items() if name in published}
        accepted = Version(revision.accepted, first_names(revision.accepted, revision.base, renamed))
        return cls(ThreeWay(base, proposed(revision), accepted))

    @cached_property
    def _proposed(self) -> ThreeWay:
        return ThreeWay(self.ways.base, self.ways.mine, self.ways.base)

    @cached_property
    def _titles(self) -> Titles:
        return titles_of(*(version.record for version in (self.ways.base, self.ways.mine, self.ways.theirs)))

    @cached_property
    def _parts(self) -> tuple[list[Change], list[Change], list[Change]]:
        """What was taken over, what stands otherwise now, and what was left as it was."""
        parts: tuple[list[Change], list[Change], list[Change]] = ([], [], [])
        for one in self._proposed.changes:
            parts[0 if self.ways.holds(one) else 2 if self.ways.untouched(one) else 1].append(one)
        return parts

    def _with(self, changes: list[Change]) -> Version:
        return self._proposed.merged({one.code for one in changes})

    @property
    def taken(self) -> tuple[Difference, ...]:
        """What was taken over: before and now."""
        return compared(self.ways.base, self._with(self._parts[0]), self._titles)

    @property
    def otherwise(self) -> tuple[Difference, ...]:
        """What stands neither as it was nor as it was proposed: as proposed and as published."""
        changes = self._parts[1]
        return compared(self._with(changes), self.ways.before(*changes), self._titles)

    @property
    def left_out(self) -> tuple[Difference, ...]:
        """What was not taken over: as it stays and as it was proposed."""
        return compared(self.ways.base, self._with(self._parts[2]), self._titles)

    @property
    def status(self) -> str:
        """``ACCEPTED``, ``IN_PART`` or ``CORRECTED``, by what differs in words."""
        _taken, otherwise, left_out = self._parts
        if left_out and compared(self.ways.base, self._with(left_out), {}):
            return IN_PART
        corrected = otherwise and compared(self._with(otherwise), self.ways.before(*otherwise), {})
        return CORRECTED if corrected else ACCEPTED


def compared(before: Version, after: Version, titles: Titles | None = None) -> tuple[Difference, ...]:
    """Two versions in the words of those who keep the record."""
    return versions_compared(before, after, titles, words=STAGES)


def last_changes(records: Iterable[Partnership]) -> dict[int, LastChange]:
    """The lines of several records, by their keys, in one query; a record whose change is pending has none."""
    # Nobody proposes a change of what was never public.
    keys = [record.pk for record in records if record.published_at]
    newer = Revision.objects.filter(partnership=OuterRef("partnership"), pk__gt=OuterRef("pk"))
    last = Revision.objects.filter(partnership__in=keys).exclude(Exists(newer))
    return {one.partnership_id: _last_change(one) for one in last.filter(decided_at__isnull=False)}


def _last_change(decided: Revision) -> LastChange:
    status = Outcome.of(decided).status if decided.accepted else decided.status
    day = date_format(localtime(decided.decided_at), "j F Y")
    return LastChange(str(LAST_CHANGE[status]) % {"date": day}, reverse("revision", args=[decided.uuid]))
