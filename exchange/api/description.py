"""The operations in words, and what completes their description as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from exchange.api import examples
from exchange.api.answers import components
from exchange.api.parameters import filter_lists, of_filters, of_labels, of_pages, of_slug
from exchange.api.problems import MEDIA_TYPE
from exchange.api.schemas import ref
from partnerships.filters import this_year

JSON = "application/json"
FAULTS = {
    400: _("A parameter is not known here or cannot be read; “errors” says what is wrong, by parameter."),
    404: _("There is nothing at this address, or it is not public."),
    429: _("Too many requests from one address. The header Retry-After says how many seconds to wait."),
}
TAGS = {"lists": _("Records"), "counts": _("Counts"), "about": _("About")}


def _operation(
    name: str, tag: str, summary: object, answer: str, parameters: list[OpenApiParameter], *, single: bool = False,
    text: object = "",
) -> Callable[..., Any]:  # fmt: skip
    """Describe one operation. It can answer 404 where it is about a single thing, and 400 always."""
    faults = [status for status, can in ((400, True), (404, single), (429, True)) if can]
    responses: dict[Any, Any] = {(200, JSON): OpenApiResponse(ref(answer), str(summary))}
    responses |= {(status, MEDIA_TYPE): OpenApiResponse(ref("Problem"), str(FAULTS[status])) for status in faults}
    if parameters:
        responses[414] = OpenApiResponse(
            None, str(_("The address is longer than the server takes: some 4,000 characters."))
        )
    responses[304] = OpenApiResponse(None, str(_("The answer is the one that the request names in If-None-Match.")))
    return extend_schema(
        operation_id=name, tags=[tag], summary=str(summary), description=str(text or summary), parameters=parameters,
        responses=responses, auth=[],
    )  # fmt: skip


partnerships = _operation(
    "partnerships", "lists", _("Partnerships of a selection, each as its complete record."), "PartnershipList",
    [*of_filters("lens", "inferred", "sort"), *of_pages(), *of_labels()],
    text=_(
        "The same filters as the list of partnerships on the site. Repeat a filter for several values. Here and "
        "everywhere, a parameter that the address does not take is refused."
    ),
)  # fmt: skip
partnership = _operation(
    "partnership", "lists", _("One partnership as its complete record."), "Partnership",
    [*of_slug(_("The code of the partnership, as in its address."), examples.CASE), *of_labels()], single=True,
)  # fmt: skip
phases = _operation(
    "phases", "lists", _("All phases of the partnerships of a selection, one by one."), "PhaseList",
    [*of_filters("lens", "inferred"), *of_pages(), *of_labels()],
    text=_("The filters select partnerships; all phases of each are listed. “current” marks the one on the matrix."),
)  # fmt: skip
assessments = _operation(
    "assessments", "lists", _("Assessments of the partnerships of a selection, without names."), "AssessmentList",
    [*of_filters("lens", "inferred"), *of_pages(), *of_labels()],
    text=_("What people handed in about published partnerships: whose view it is, and nobody’s name."),
)  # fmt: skip
organisations = _operation(
    "organisations", "lists", _("Organisations that take part in a published partnership."), "OrganisationList",
    [*of_pages(), *of_labels()],
)  # fmt: skip
organisation = _operation(
    "organisation", "lists", _("One organisation."), "Organisation",
    [*of_slug(_("The code of the organisation.")), *of_labels()], single=True,
)  # fmt: skip
sources = _operation(
    "sources", "lists", _("Sources that the register leans on."), "SourceList", [*of_pages(), *of_labels()]
)
source = _operation(
    "source",
    "lists",
    _("One source."),
    "Source",
    [*of_slug(_("The code of the source."), examples.SOURCE), *of_labels()],
    single=True,
)
matrix = _operation(
    "matrix", "counts", _("How many partnerships of a selection stand in each cell, and what is left out."), "Matrix",
    of_filters("lens", "inferred"), text=_("The numbers of the home page, under the same filters."),
)  # fmt: skip
transitions = _operation(
    "transitions", "counts", _("How many partnerships of a selection moved from which cells to which."), "Transitions",
    of_filters("lens", "inferred"),
    text=_("The numbers of the page of trajectories. The filters year and moved are left aside here, as on that page."),
)  # fmt: skip
taxonomy = _operation(
    "taxonomy", "about", _("The codebook: cells, models, lenses, questions, and every list of codes with labels."),
    "Taxonomy", [],
)  # fmt: skip
root = _operation("root", "about", _("What there is, in words."), "Root", [])
schema = extend_schema(exclude=True)


# ---- What is added once the operations are found -------------------------------------------------------------------


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add the components, examples and the years; called by drf-spectacular at the end."""
    result["components"] = {"schemas": dict(sorted({**components(), **filter_lists()}.items()))}
    result["servers"] = [{"url": settings.SITE_URL}]
    shown = _examples()
    faults = examples.problems(settings.SITE_URL + reverse("api-docs"))
    for path in result["paths"].values():
        operation = path["get"]
        for status, response in operation["responses"].items():
            _exemplify(response, shown.get(operation["operationId"]) if status == "200" else faults.get(int(status)))
            _with_headers(status, response)
        for parameter in operation.get("parameters", ()):
            _complete(parameter)
    return result


def _complete(parameter: dict[str, Any]) -> None:
    if parameter["name"] == "year":
        parameter["schema"]["maximum"] = this_year()
    if parameter["in"] == "query":
        # As on the pages, where a form sends every field.
        parameter["allowEmptyValue"] = True


def _exemplify(response: dict[str, Any], example: Any) -> None:
    for content in response.get("content", {}).values():
        if example is not None:
            content["example"] = example


def _with_headers(status: str, response: dict[str, Any]) -> None:
    text = {"type": "string"}
    if status == "200":
        response["headers"] = {"ETag": {"schema": text}, "Last-Modified": {"schema": text}}
    elif status == "429":
        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}


def _examples() -> dict[str, Any]:
    single = {
        "partnership": examples.partnership(), "phase": examples.phase(), "assessment": examples.assessment(),
        "organisation": examples.organisation(), "source": examples.source(),
    }  # fmt: skip
    lists = {f"{name}s": examples.listed(record) for name, record in single.items()}
    return {**single, **lists, "matrix": examples.matrix(), "transitions": examples.transitions()}


def document() -> dict[str, Any]:
    """The whole description. It is the same for everybody and for all of a year."""
    return _document(this_year())


@cache
def _document(year: int) -> dict[str, Any]:
    return SchemaGenerator(urlconf="exchange.api.urls").get_schema(request=None, public=True)
