"""What all answers of the API share: reading only, tags that tell whether anything changed, always JSON."""

from __future__ import annotations

import hashlib
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet, Value
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Organisation
from exchange.api.asked import CURSOR, Form
from exchange.api.paging import page_of
from exchange.api.records import public_organisations
from partnerships.models import Assessment, Partnership, Source
from partnerships.models.partnership import PUBLISHED, WITHDRAWN
from partnerships.querysets import union
from partnerships.record import Record


class AlwaysJson(BaseContentNegotiation):
    """There is one form, whatever the request would rather have: an address typed into a browser answers as well."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        """Nothing is read from a body."""
        return None

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: str | None = None) -> Any:
        """The first and only one."""
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """A read-only answer with an ``ETag`` of its content.

    The tag is made of what the visitor gets and of nothing else, so what is not public cannot change it.
    """

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = AlwaysJson

    def options(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Say what the address takes."""
        return Response(status=HTTPStatus.NO_CONTENT)

    def last_modified(self) -> datetime | None:
        """When the answer last changed, where that is known."""
        return None

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add the tag, and answer 304 where the reader has this very answer already."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code != HTTPStatus.OK:
            response["Cache-Control"] = "no-store"
            return response
        # Caches may keep it and must ask each time: what is withdrawn is gone at once.
        response["Cache-Control"] = "public, no-cache"
        changed = self.last_modified()
        if changed:
            response["Last-Modified"] = http_date(changed.timestamp())
        response.render()
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = tag
        return get_conditional_response(request, tag, int(changed.timestamp()) if changed else None, response)


class DataView(ApiView):
    """An answer made of the register."""

    def last_modified(self) -> datetime | None:
        """The last change of anything public."""
        return last_public_change()

    def page(self, request: Request, rows: QuerySet, wanted: Form, scope: str) -> tuple[list[Any], Record]:
        """The rows of the page that is asked for, and what the answer says about the list as a whole."""
        found, following = page_of(rows, wanted.page_size, wanted.cursor, f"{request.path}?{scope}")
        return found, {"count": rows.count(), "next": _next(request, following) if following else None}


def listed(about: Record, results: list[Record]) -> Response:
    """A page of a list, with the address of the next one in the header ``Link`` as well."""
    following = about["next"]
    return Response(
        {**about, "results": results}, headers={"Link": f'<{following}>; rel="next"'} if following else None
    )


def _next(request: Request, cursor: str) -> str:
    parameters = request.GET.copy()
    parameters[CURSOR] = cursor
    return f"{settings.SITE_URL}{request.path}?{parameters.urlencode()}"


def last_public_change() -> datetime | None:
    """When anything that the public sees last changed; a record that is withdrawn counts, a draft never does.

    One time for all answers: a record may change by what another one, a source or an organisation becomes.
    """
    # What is withdrawn was public, and its going away is a change.
    records = Partnership.objects.filter(Q(status=PUBLISHED) | Q(status=WITHDRAWN))
    given = Assessment.objects.submitted().filter(phase__partnership__in=Partnership.objects.published())
    sources = Source.history.filter(id__in=Source.objects.public().values("pk"))
    organisations = Organisation.history.filter(id__in=public_organisations().values("pk"))
    latest = [
        _latest(records, "updated_at"),
        _latest(given, "submitted_at"),
        _latest(sources, "history_date"),
        _latest(organisations, "history_date"),
    ]
    return max((at for (at,) in union(latest) if at), default=None)


def _latest(rows: QuerySet, name: str) -> QuerySet:
    """The latest of a time, as a query of one row that can be joined with others."""
    return rows.order_by().values(all=Value(1)).annotate(at=Max(name)).values_list("at")
