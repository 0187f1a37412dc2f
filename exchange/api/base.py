"""What all answers of the API share: reading only, tags that tell whether anything changed, always JSON."""

from __future__ import annotations

import hashlib
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exchange.api.asked import CURSOR, Form, refuse_strangers
from exchange.api.changes import as_header, is_unchanged, last_public_change
from exchange.api.paging import page_of
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
    # The parameters that the address takes.
    takes: tuple[str, ...] = ()

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse parameters that the address does not take: a filter that is misspelt would filter nothing."""
        super().initial(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            refuse_strangers(request.GET, self.takes)

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
        changed = as_header(self.last_modified())
        if changed:
            response["Last-Modified"] = changed
        response.render()
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = tag
        # Without a time, If-Modified-Since is passed over.
        by_time = "If-Modified-Since" not in request.headers or is_unchanged(request, changed)
        known = parse_http_date(changed) if changed and by_time else None
        return get_conditional_response(request, tag, known, response)


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
