"""Lists and single things: partnerships, phases, assessments, organisations, sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from exchange.api import description
from exchange.api.asked import PAGES, SELECTION, SINGLE_THING, asked, form
from exchange.api.base import DataView, listed
from exchange.api.coded import Labels
from exchange.api.records import (
    assessment_record,
    organisation_answer,
    partnership_record,
    phase_record,
    public_organisations,
    public_sources,
    source_answer,
    with_parts,
)
from partnerships.models import Assessment, Partnership, Phase
from partnerships.record import Record
from partnerships.selection import Selection

Write = Callable[[Any], Record]


def written(rows: list[Any], write: Write, name: str, *, labels: bool) -> list[Record]:
    """Rows as objects of the answer, with labels beside the codes where they are asked for."""
    known = Labels()
    records = map(write, rows)
    return [known.beside(record, name) for record in records] if labels else list(records)


class PartnershipsView(DataView):
    """Published partnerships of a selection, in the order of the page."""

    takes = (*SELECTION, *PAGES)

    @description.partnerships
    def get(self, request: Request) -> Response:
        """Answer one page of them."""
        selection, wanted = asked(request.GET)
        scope = f"sort={selection.sort}&q={selection.search}"
        rows, about = self.page(request, with_parts(selection.ordered()), wanted, scope)
        return listed(about, written(rows, partnership_record, "Partnership", labels=wanted.labels))


class PartnershipView(DataView):
    """One published partnership."""

    takes = SINGLE_THING

    @description.partnership
    def get(self, request: Request, slug: str) -> Response:
        """Answer its complete record."""
        wanted = form(request.GET)
        return one(with_parts(Partnership.objects.published()), slug, partnership_record, "Partnership", wanted.labels)


class PhasesView(DataView):
    """Phases of the partnerships of a selection."""

    takes = (*SELECTION, *PAGES)

    @description.phases
    def get(self, request: Request) -> Response:
        """Answer one page of them, partnership by partnership."""
        selection, wanted = asked(request.GET)
        phases = Phase.objects.filter(partnership__in=keys_of(selection)).select_related("partnership")
        rows, about = self.page(request, phases.order_by("partnership__slug", "order"), wanted, "")
        return listed(about, written(rows, phase_record, "Phase", labels=wanted.labels))


class AssessmentsView(DataView):
    """Assessments of the partnerships of a selection, without whoever gave them."""

    takes = (*SELECTION, *PAGES)

    @description.assessments
    def get(self, request: Request) -> Response:
        """Answer one page of them, in the order in which they were handed in."""
        selection, wanted = asked(request.GET)
        handed_in = Assessment.objects.submitted().filter(phase__partnership__in=keys_of(selection))
        rows = handed_in.select_related("phase__partnership").order_by("submitted_at", "pk")
        rows, about = self.page(request, rows, wanted, "")
        return listed(about, written(rows, assessment_record, "Assessment", labels=wanted.labels))


class OrganisationsView(DataView):
    """Organisations that take part in something published."""

    takes = PAGES

    @description.organisations
    def get(self, request: Request) -> Response:
        """Answer one page of them, by name."""
        wanted = form(request.GET)
        rows, about = self.page(request, public_organisations().order_by("name", "pk"), wanted, "")
        return listed(about, written(rows, organisation_answer, "Organisation", labels=wanted.labels))


class OrganisationView(DataView):
    """One organisation."""

    takes = SINGLE_THING

    @description.organisation
    def get(self, request: Request, slug: str) -> Response:
        """Answer it with the partnerships that it takes part in."""
        wanted = form(request.GET)
        return one(public_organisations(), slug, organisation_answer, "Organisation", wanted.labels)


class Undated(DataView):
    """An answer about sources. One that nobody used is shown until a draft uses it, and no time may tell of that."""

    def last_modified(self) -> None:
        """Nothing is told; the tag tells what is needed."""
        return


class SourcesView(Undated):
    """Sources that visitors may see."""

    takes = PAGES

    @description.sources
    def get(self, request: Request) -> Response:
        """Answer one page of them, by title."""
        wanted = form(request.GET)
        rows, about = self.page(request, public_sources().order_by("title", "pk"), wanted, "")
        return listed(about, written(rows, source_answer, "Source", labels=wanted.labels))


class SourceView(Undated):
    """One source."""

    takes = SINGLE_THING

    @description.source
    def get(self, request: Request, slug: str) -> Response:
        """Answer it with the partnerships that lean on it."""
        wanted = form(request.GET)
        return one(public_sources(), slug, source_answer, "Source", wanted.labels)


def keys_of(selection: Selection) -> QuerySet:
    """The keys of the partnerships of a selection, for a query inside another one."""
    return selection.partnerships.order_by().values("pk")


def one(rows: QuerySet, slug: str, write: Write, name: str, labels: bool) -> Response:
    """The one row of this address. Raises ``Http404``."""
    row = rows.filter(slug=slug).first()
    if row is None:
        raise Http404
    return Response(written([row], write, name, labels=labels)[0])
