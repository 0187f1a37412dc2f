"""Pictures to take away, and the matrix for the pages of others."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from partnerships.pictures.png import Busy, png
from partnerships.presenters.drawings import DRAWINGS
from partnerships.presenters.embed import embedded
from partnerships.presenters.frame import svg
from partnerships.selection import Selection
from partnerships.views.shared import with_selection

FORMATS = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
@with_selection
def picture(request: HttpRequest, selection: Selection, name: str, format: str) -> HttpResponse:  # noqa: A002
    """A drawing of the selection as a file, framed with all that a reader of it has to know."""
    if name not in DRAWINGS or format not in FORMATS:
        raise Http404
    file = svg(DRAWINGS[name](selection), selection)
    try:
        content = png(file) if format == "png" else file
    except Busy:
        return _busy()
    response = HttpResponse(content, content_type=FORMATS[format])
    response["Content-Disposition"] = f'inline; filename="co-production-{name}-{timezone.localdate()}.{format}"'
    return response


def _busy() -> HttpResponse:
    """Say that it has to wait: so many pictures at once would keep readers of pages waiting."""
    words = _("Other pictures are being drawn just now. Try again in a few seconds.")
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "10"})


# Only the page itself may be framed: an answer to bad filters has the header and its links.
@require_safe
@with_selection
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed_matrix(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The matrix alone, for a frame on somebody else's page."""
    response = render(request, "embed/matrix.html", {"page": embedded(selection), "selection": selection})
    # A page that isolates itself (COEP) frames nothing that does not say so.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
