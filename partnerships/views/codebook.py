"""The codebook page, made from the theory itself so that the two cannot drift apart."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.presenters.codebook import codebook_page
from partnerships.presenters.metadata import of_codebook_page
from taxonomy.codebook import CODEBOOKS, CURRENT, Codebook


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The version in use."""
    return _page(request, CURRENT)


@require_safe
def version(request: HttpRequest, version: str) -> HttpResponse:
    """A version by its number."""
    if version not in CODEBOOKS:
        raise Http404
    return _page(request, CODEBOOKS[version])


def _page(request: HttpRequest, book: Codebook) -> HttpResponse:
    context = {"page": codebook_page(book), "is_current": book is CURRENT, "metadata": of_codebook_page(book)}
    return render(request, "codebook.html", context)
