"""Citations as files, at addresses of their own: what reference managers fetch."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange.citations import Citation, bibtex, csl, of_case, of_release, of_selection, ris, sentence
from exchange.models import Release
from partnerships.models import Partnership
from partnerships.selection import Selection
from partnerships.views.shared import with_selection

# By the ending of the address: how it is written, and its media type.
FORMATS: dict[str, tuple[Callable[[Citation], str], str]] = {
    "txt": (lambda citation: sentence(citation) + "\n", "text/plain; charset=utf-8"),
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
    "json": (csl, "application/vnd.citationstyles.csl+json"),
}


@require_safe
def cite_case(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002
    """A published partnership."""
    published = Partnership.objects.published().prefetch_related("phases__assessments")
    return _file(of_case(get_object_or_404(published, slug=slug), timezone.localdate()), format)


@require_safe
@with_selection
def cite_selection(request: HttpRequest, selection: Selection, format: str) -> HttpResponse:  # noqa: A002
    """The partnerships of the filters in the address."""
    return _file(of_selection(selection, selection.partnerships.count(), timezone.localdate()), format)


@require_safe
def cite_release(request: HttpRequest, number: int, format: str) -> HttpResponse:  # noqa: A002
    """A release."""
    return _file(of_release(get_object_or_404(Release, number=number), timezone.localdate()), format)


def _file(citation: Citation, ending: str) -> HttpResponse:
    """The citation in the format of this ending; its name is made of the key, which is ASCII."""
    if ending not in FORMATS:
        raise Http404
    write, media_type = FORMATS[ending]
    response = HttpResponse(write(citation), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=ending != "txt", filename=f"{citation.key}.{ending}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
