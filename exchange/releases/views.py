"""Releases on the site: the list, what is in one, its files, and its cases as they were."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from exchange.citations import of_release
from exchange.citations.metadata import of_release_page, of_released_case_page
from exchange.models import Release
from exchange.releases import pages, places, reading
from exchange.releases.media import TYPES
from exchange.releases.reading import Lost
from partnerships.models import Partnership
from partnerships.presenters.citation import cite_release

# Files never change, so whoever has one need not ask again.
FOR_EVER = "public, max-age=31536000, immutable"
PER_PAGE = 25


def _where_files_are(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer 404 where the files of a release are gone from the disk."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Lost as error:
            raise Http404 from error

    return found


def _releases() -> QuerySet[Release]:
    """Without the parts that may be long."""
    return Release.objects.defer("changes", "files")


@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """All releases; with ``?case=`` those that hold a case, each with a link to it as it was."""
    slug = request.GET.get("case", "")
    if slug:
        return render(request, "releases/of_case.html", _of_case(slug))
    page = Paginator(_releases(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"rows": [pages.row_of(release) for release in page], "pages": pages.links(page)}
    return render(request, "releases/list.html", context)


def _of_case(slug: str) -> dict[str, Any]:
    """The releases that hold a case, and what it is called in the newest of them."""
    found = [(release, title) for release in _releases() if (title := _title(release, slug))]
    return {
        "title": found[0][1] if found else "",
        "rows": [pages.row_of(release, slug) for release, _title in found],
        "slug": slug if Partnership.objects.published().filter(slug=slug).exists() else "",
    }


def _title(release: Release, slug: str) -> str | None:
    try:
        return reading.title_of(release, slug)
    except Lost:
        return None


@require_safe
def release_page(request: HttpRequest, number: int) -> HttpResponse:
    """What is in a release, what changed, and how to cite it."""
    release = get_object_or_404(Release, number=number)
    today = timezone.localdate()
    cite = cite_release(of_release(release, today), number)
    context = {"page": pages.release_page(release, cite), "metadata": of_release_page(release, today)}
    return render(request, "releases/release.html", context)


@require_safe
def release_file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file of a release: only what its row lists, so that no name leads anywhere else."""
    release = get_object_or_404(Release.objects.only("number", "files"), number=number)
    file = next((file for file in release.files if file["name"] == name), None)
    path = places.folder(release.number) / name if file else None
    if file is None or path is None or not path.is_file():
        raise Http404
    etag = quote_etag(file["sha256"])
    response = get_conditional_response(request, etag=etag) or FileResponse(path.open("rb"))
    for header, value in _headers(number, name, etag).items():
        response[header] = value
    return response


def _headers(number: int, name: str, etag: str) -> dict[str, str]:
    """A file is saved and not shown: a browser that guessed HTML from the content would run what people typed."""
    saved_as = f"co-production-matrix-{number}-{name}"
    return {
        "ETag": etag,
        "Cache-Control": FOR_EVER,
        "Content-Type": TYPES[name.rsplit(".", 1)[1]],
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=saved_as) or "",
        "X-Content-Type-Options": "nosniff",
    }


@require_safe
@_where_files_are
def released_cases(request: HttpRequest, number: int) -> HttpResponse:
    """The cases of a release by title."""
    release = get_object_or_404(_releases(), number=number)
    search = request.GET.get("q", "")[:200].replace("\x00", "")
    page = pages.cases_page(release, search, request.GET.get("page", "1"))
    return render(request, "releases/cases.html", {"page": page})


@require_safe
@_where_files_are
def released_case(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The page of a case as of a release."""
    release = get_object_or_404(_releases(), number=number)
    found = reading.case(release, slug)
    if found is None:
        raise Http404
    is_live = Partnership.objects.published().filter(slug=slug).exists()
    case = pages.released_case(release, found, inferred=request.GET.get("inferred") == "1", is_live=is_live)
    page = case.page
    metadata = of_released_case_page(slug, page.title, page.summary, release, timezone.localdate())
    return render(request, "releases/case.html", {"case": case, "page": page, "metadata": metadata})
