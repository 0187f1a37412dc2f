"""Filling a register with synthetic partnerships: in chunks, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Organisation
from exchange.synthetic.making import OPENED, Made, make
from exchange.synthetic.pools import draw_pools, organisation
from exchange.synthetic.words import TAG
from partnerships.index import reindex_all
from partnerships.models import (
    Assessment,
    CaseStudy,
    ChecklistItem,
    Evidence,
    Facet,
    Lesson,
    Partner,
    Partnership,
    Phase,
    Statement,
)

CHUNK = 500
# Each after what it points to.
ORDER = (Partner, Phase, Statement, Assessment, Evidence, ChecklistItem, CaseStudy, Lesson)


class Refused(ValueError):
    """The register is not one to fill with made-up records. The message says why."""


@transaction.atomic
def generate(number: int, seed: int, *, beside: bool = False, told: Callable[[int], Any] = lambda done: None) -> None:
    """Add this many synthetic partnerships; the same ones for the same ``number`` and ``seed``, on any machine.

    Nobody made these rows, so they have no history of edits. ``told`` hears how many there are after each chunk.
    Raises ``Refused`` where the register holds something real, unless ``beside`` allows it, or these very records.
    """
    _check(seed, beside=beside)
    pools = draw_pools(number, seed)
    pools.save()
    for first in range(1, number + 1, CHUNK):
        last = min(first + CHUNK - 1, number)
        _write([make(seed, place, pools) for place in range(first, last + 1)])
        if last == number or (last // CHUNK).bit_count() == 1:
            _gather_statistics()
        told(last)


def _gather_statistics() -> None:
    """Let PostgreSQL know how the tables have grown: it plans by that, and nobody else tells it inside a transaction.

    SQLite plans well without, and worse with them (docs/bench).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _check(seed: int, *, beside: bool) -> None:
    made_up = Facet.objects.filter(facet="tag", value=TAG)
    real = Partnership.objects.published().exclude(pk__in=made_up.values("partnership"))
    if not beside and real.exists():
        raise Refused(
            _(
                "This register holds published partnerships that are not synthetic. Made-up records would stand among "
                "them. Use a database of its own, or add --beside if you mean it."
            )
        )
    if Organisation.objects.filter(slug=organisation(seed, 1).slug).exists():
        raise Refused(_("The synthetic partnerships of seed %(seed)s are here already.") % {"seed": seed})


def _write(chunk: Sequence[Made]) -> None:
    """Save some partnerships with all that belongs to them, and bring their index up to date."""
    Partnership.objects.bulk_create([made.partnership for made in chunk if not made.part])
    programmes = [made.partnership for made in chunk if made.partnership.unit == "programme"]
    parts = [made.partnership for made in chunk if made.part]
    for place, part in enumerate(parts):
        part.part_of = programmes[place % len(programmes)] if programmes else None
    Partnership.objects.bulk_create(parts)
    rows: dict[type[Model], list[Model]] = {model: [] for model in ORDER}
    for row in (row for made in chunk for row in (*made.partners, *made.phases, *made.claims, *made.rest)):
        rows[type(row)].append(row)
    for model, several in rows.items():
        model._default_manager.bulk_create(several)
    saved = Partnership.objects.filter(pk__in=_keys(made.partnership for made in chunk))
    _adopt(phase for made in chunk for phase in made.phases if phase.adopted_at)
    _date_back(saved, Assessment.objects.filter(pk__in=_keys(rows[Assessment])))
    reindex_all(saved)


def _keys(rows: Iterable[Model]) -> list[int]:
    return [row.pk for row in rows]


def _adopt(phases: Iterable[Phase]) -> None:
    """Say which claim each position rests on: the first about its phase. Until now the claims had no keys."""
    placed = Phase.objects.filter(pk__in=_keys(phases))
    for name, model in (("adopted_statement", Statement), ("adopted_assessment", Assessment)):
        certainties = ["source_stated"] if model is Statement else ["assessed", "self_reported"]
        first = model._default_manager.filter(phase=OuterRef("pk")).order_by("pk").values("pk")[:1]
        placed.filter(certainty__in=certainties).update(**{name: Subquery(first)})


def _date_back(saved: QuerySet[Partnership], assessments: QuerySet[Assessment]) -> None:
    """Saving dates every row today, which would make two registers of one seed differ."""
    when = Coalesce("published_at", "submitted_at", Value(OPENED))
    saved.update(created_at=when, updated_at=when)
    assessments.update(created_at=Coalesce("submitted_at", Value(OPENED)))
