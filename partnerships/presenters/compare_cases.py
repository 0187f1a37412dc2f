"""Two to four partnerships side by side: rows in which they differ first, then what is the same in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Evidence, Partner, Partnership, Phase, Statement
from partnerships.presenters import compare_rows as rows_of
from partnerships.presenters.compare_rows import Group, Row

MOST = 4
SAME = {
    2: gettext_lazy("The same in both"),
    3: gettext_lazy("The same in all three"),
    4: gettext_lazy("The same in all four"),
}


@dataclass(frozen=True)
class Column:
    """A partnership that is compared, with the letter that stands for it on a small screen."""

    letter: str
    title: str
    url: str


@dataclass(frozen=True)
class Same:
    """What is the same in all of them."""

    label: str
    lines: tuple[rows_of.Line, ...]


@dataclass(frozen=True)
class Comparison:
    """The table of a comparison. ``groups`` hold the rows that differ, ``unstated`` what no source says of any."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    same_heading: str
    same: tuple[Same, ...]
    unstated: tuple[str, ...]


def compared_queryset() -> QuerySet:
    """Published partnerships with all that a comparison reads, in a fixed number of queries."""
    return (
        Partnership.objects.published()
        .select_related("part_of")
        .prefetch_related(
            Prefetch("partners", Partner.objects.select_related("organisation")),
            Prefetch("phases", Phase.objects.select_related("adopted_assessment", "adopted_statement")),
            Prefetch("statements", Statement.objects.select_related("source")),
            Prefetch("evidence", Evidence.objects.select_related("source")),
        )
    )


def compared(slugs: Sequence[str]) -> tuple[Partnership, ...]:
    """The published ones among these, in the order given; the others are as if they were not there."""
    found = {partnership.slug: partnership for partnership in compared_queryset().filter(slug__in=slugs)}
    return tuple(found[slug] for slug in slugs if slug in found)


def comparison(partnerships: Sequence[Partnership], *, inferred: bool) -> Comparison | None:
    """Lay partnerships fetched by ``compared`` side by side; None for fewer than two."""
    if len(partnerships) < 2:
        return None
    cases = [rows_of.Case.of(partnership, inferred=inferred) for partnership in partnerships]
    groups = rows_of.groups(cases)
    rows = [row for group in groups for row in group.rows]
    return Comparison(
        caption=_("%(number)s partnerships side by side") % {"number": len(partnerships)},
        columns=tuple(
            Column(letter, case.title, case.url) for letter, case in zip(rows_of.LETTERS, cases, strict=False)
        ),
        groups=tuple(filter(None, (_differing(group) for group in groups))),
        same_heading=str(SAME[len(cases)]),
        same=tuple(Same(row.label, row.cells[0].lines) for row in rows if row.same),
        unstated=tuple(row.label for row in rows if row.unstated),
    )


def _differing(group: Group) -> Group | None:
    rows = tuple(row for row in group.rows if _stays(row))
    return Group(group.title, rows, group.note) if rows else None


def _stays(row: Row) -> bool:
    """Where they stand is always in the table, since it says in words how they compare."""
    return bool(row.verdict) or not (row.same or row.unstated)
