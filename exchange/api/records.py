"""The objects of the answers: the complete record, and what follows from it.

Only what ``exchange.formats.shape`` names is written, so a new field of a model stays private until the record has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse

from accounts.models import Organisation
from exchange.formats import shape
from exchange.formats.values import ends_of, model_of, starts_of
from partnerships.models import Assessment, ChecklistItem, Evidence, Partner, Partnership, Phase, Source, Statement
from partnerships.models.fields import ALL_CELLS
from partnerships.record import Record, complete, organisation_record, sorted_cells, source_record, to_record

Find = Callable[[Any], Any]


def absolute(name: str, *arguments: object) -> str:
    """The full address of a page or an answer, on the host that the register is known by."""
    return settings.SITE_URL + reverse(name, args=arguments)


# ---- Partnerships --------------------------------------------------------------------------------------------------


def with_parts(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """These partnerships with all that ``partnership_record`` reads, in a fixed number of queries."""
    return complete(partnerships).defer("search_text", "curator_note")


def partnership_record(partnership: Partnership) -> Record:
    """The complete record of a published partnership, with what is derived of each phase."""
    record = to_record(partnership)
    found = {phase.name: derived_of(phase) for phase in partnership.phases.all()}
    record["phases"] = [{**phase, **found[phase["name"]]} for phase in record["phases"]]
    slug = partnership.slug
    return {**record, "url": absolute("partnership", slug), "api_url": absolute("api-partnership", slug)}


def derived_of(phase: Phase) -> Record:
    """What follows from a phase: whether the matrix shows the partnership at it, its cells and its model."""
    return {
        "current": phase.current,
        "cell": phase.cell,
        "model": model_of(phase),
        "professional_cell": phase.professional_cell,
    }


# ---- Phases and assessments on their own ---------------------------------------------------------------------------


def _cells(prefix: str) -> Find:
    def find(phase: Phase) -> list[Any]:
        possible = getattr(phase, f"{prefix}possible_cells")
        return [] if possible == ALL_CELLS else sorted_cells(possible)

    return find


PHASE_FINDS: dict[str, Find] = {
    "starts": starts_of,
    "ends": ends_of,
    "possible_cells": _cells(""),
    "professional_possible_cells": _cells("professional_"),
}
ASSESSMENT_FINDS: dict[str, Find] = {
    "phase": attrgetter("phase.name"),
    "submitted": lambda row: row.submitted_at.astimezone(UTC).date().isoformat(),
    "adopted": lambda row: row.phase.adopted_assessment_id == row.pk,
}


def phase_record(phase: Phase) -> Record:
    """A phase as it stands in its partnership's record, with the partnership that it is of."""
    own = _fields(phase, shape.PHASE, PHASE_FINDS)
    return {"partnership": reference(phase.partnership), **own, **derived_of(phase)}


def assessment_record(assessment: Assessment) -> Record:
    """An assessment as in its partnership's record, with the partnership and with what the rule made of the answers.

    Nothing tells who gave it.
    """
    own = _fields(assessment, shape.ASSESSMENT, ASSESSMENT_FINDS)
    return {"partnership": reference(assessment.phase.partnership), **own, "result": assessment.result}


def reference(partnership: Partnership) -> Record:
    """A published partnership in short."""
    slug = partnership.slug
    return {"partnership_id": slug, "title": partnership.title, "url": absolute("partnership", slug)}


def _fields(row: Model, fields: shape.Fields, finds: Mapping[str, Find]) -> Record:
    return {name: finds[name](row) if name in finds else getattr(row, name) for name in fields.of}


# ---- Organisations and sources -------------------------------------------------------------------------------------


def public_organisations() -> QuerySet[Organisation]:
    """Those that take part in something published: the ones that have a page."""
    seen = Partner.objects.filter(partnership__in=Partnership.objects.published(), organisation__isnull=False)
    taking_part = Partner.objects.filter(partnership__in=Partnership.objects.published())
    taking_part = taking_part.select_related("partnership").only("organisation", "partnership__slug")
    return Organisation.objects.filter(pk__in=seen.values("organisation")).prefetch_related(
        Prefetch("partner_in", taking_part, "public_parts")
    )


def organisation_answer(organisation: Organisation) -> Record:
    """An organisation, and the codes of the published partnerships that it takes part in."""
    slugs = {part.partnership.slug for part in organisation.public_parts}
    return {
        **organisation_record(organisation),
        "page_url": absolute("organisation", organisation.slug),
        "api_url": absolute("api-organisation", organisation.slug),
        "partnerships": sorted(slugs),
    }


def public_sources() -> QuerySet[Source]:
    """Those that visitors may see, with the published partnerships that lean on them, in a fixed number of queries."""
    published = Partnership.objects.published()
    statements = Statement.objects.filter(partnership__in=published).select_related("partnership")
    evidence = Evidence.objects.filter(partnership__in=published).select_related("partnership")
    items = ChecklistItem.objects.filter(phase__partnership__in=published).select_related("phase__partnership")
    return Source.objects.public().prefetch_related(
        Prefetch("statements", statements.only("source", "partnership__slug"), "public_statements"),
        Prefetch("evidence", evidence.only("source", "partnership__slug"), "public_evidence"),
        Prefetch("checklist_items", items.only("source", "phase__partnership__slug"), "public_items"),
    )


def source_answer(source: Source) -> Record:
    """A source, and the codes of the published partnerships that lean on it."""
    slugs = {row.partnership.slug for row in (*source.public_statements, *source.public_evidence)}
    slugs |= {row.phase.partnership.slug for row in source.public_items}
    return {
        **source_record(source),
        # Not “url”: that is where the source itself is.
        "page_url": absolute("source", source.slug),
        "api_url": absolute("api-source", source.slug),
        "partnerships": sorted(slugs),
    }
