"""The list of addresses, the machine-readable description, and the page that explains both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.response import Response

from exchange.api import description
from exchange.api.base import ApiView
from exchange.api.docs import docs_page
from exchange.api.records import absolute
from exchange.formats.complete import LICENCE

ADDRESSES = {
    "partnerships": gettext_lazy("Partnerships, under the same filters as on the site; /partnerships/<code>/ is one."),
    "phases": gettext_lazy("Phases of these partnerships, one by one."),
    "assessments": gettext_lazy("What people handed in about them, without names."),
    "organisations": gettext_lazy("Organisations that take part; /organisations/<code>/ is one."),
    "sources": gettext_lazy("Sources that the register leans on; /sources/<code>/ is one."),
    "matrix": gettext_lazy("The matrix in numbers, under the same filters."),
    "transitions": gettext_lazy("Moves between cells in numbers, under the same filters."),
    "taxonomy": gettext_lazy("The codebook, and every list of codes with labels."),
}


class RootView(ApiView):
    """Where everything begins."""

    @description.root
    def get(self, request: Request) -> Response:
        """Answer what there is, in words."""
        listed = [
            {"name": name, "url": absolute(f"api-{name}"), "about": str(text)} for name, text in ADDRESSES.items()
        ]
        return Response({
            "title": _("Co-production Matrix"),
            "about": _("The public register of public-service partnerships for programs: read-only, open, no key."),
            "licence": LICENCE,
            "documentation": absolute("api-docs"),
            "schema": absolute("api-schema"),
            "pages": absolute("matrix"),
            "addresses": listed,
        })  # fmt: skip


class SchemaView(ApiView):
    """The description as OpenAPI 3.1."""

    @description.schema
    def get(self, request: Request) -> Response:
        """Answer it as JSON."""
        return Response(description.document())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The API in words, for people."""
    return render(request, "api/docs.html", {"page": docs_page(description.document())})
