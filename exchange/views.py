"""The data page and the files: open to everybody, of exactly the filters in the address."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange.complete import FORMAT, LICENCE
from exchange.dictionary import code_lists, entries
from exchange.export import STREAMS
from partnerships.models import Partnership
from partnerships.selection import Selection
from partnerships.views.shared import with_selection

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Downloads, the data dictionary and the licence."""
    context = {
        "count": Partnership.objects.published().count(),
        "entries": entries(),
        "code_lists": code_lists(),
        "format": FORMAT,
        "licence": LICENCE,
    }
    return render(request, "data/index.html", context)


@require_safe
@with_selection
def partnerships_file(request: HttpRequest, selection: Selection, format: str) -> StreamingHttpResponse:  # noqa: A002
    """The partnerships of the selection as one file, csv or json."""
    if format not in STREAMS:
        raise Http404
    response = StreamingHttpResponse(STREAMS[format](selection.partnerships), content_type=TYPES[format])
    name = f"partnerships-{timezone.localdate().isoformat()}.{format}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    # A browser that guessed HTML from the content would run what people typed.
    response["X-Content-Type-Options"] = "nosniff"
    return response
