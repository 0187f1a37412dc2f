"""Files to take away: the register as filtered, open to everybody, and tables to fill in."""

from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange import fill_in
from exchange.export import STREAMS
from exchange.formats import sheets
from partnerships.selection import Selection
from partnerships.views.shared import with_selection

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": sheets.TYPE}
Making = Callable[[], Iterator[str] | Iterator[bytes]]


@require_safe
@with_selection
def partnerships_file(request: HttpRequest, selection: Selection, format: str) -> HttpResponseBase:  # noqa: A002
    """The partnerships of the selection as one file; ``?labels=1`` puts plain words beside codes."""
    if format not in STREAMS:
        raise Http404
    labels = request.GET.get("labels") == "1"
    return _saved(
        request, "partnerships", format,
        lambda: STREAMS[format](selection.partnerships, labels=labels, selection=selection), after=_chosen(selection),
    )  # fmt: skip


def _chosen(selection: Selection) -> str:
    """What the name of the file says of a selection: two files of one day are not taken for each other."""
    year = f"-as-of-{selection.year}" if selection.year else ""
    return f"-selection{year}" if selection.active else ""


@require_safe
def template_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """A blank table to fill in: with what a draft needs, or with ``?all=1`` every column."""
    full = request.GET.get("all") == "1"
    tables = fill_in.BLANK if full else fill_in.SHORTEST
    if format not in tables:
        raise Http404
    name = "partnerships-template-full" if full else "partnerships-template"
    return _saved(request, name, format, tables[format], dated=False)


@require_safe
@login_required
def own_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """The records that the person's organisation keeps, to change and bring back."""
    if format not in fill_in.OWN:
        raise Http404
    return _saved(request, "my-partnerships", format, lambda: fill_in.OWN[format](request.user))


def _saved(
    request: HttpRequest, name: str, form: str, make: Making, *, dated: bool = True, after: str = ""
) -> HttpResponseBase:
    """A file that browsers save and do not show. Who asks for the headers only gets them without the work.

    ``after`` ends its name, behind the day.
    """
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=TYPES[form])
    else:
        response = StreamingHttpResponse(make(), content_type=TYPES[form])
    day = f"-{timezone.localdate().isoformat()}" if dated else ""
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}{day}{after}.{form}"
    )
    # A browser that guessed HTML from the content would run what people typed.
    response["X-Content-Type-Options"] = "nosniff"
    return response
