"""What goes wrong, in the form of RFC 9457: application/problem+json with type, title, status, detail and errors."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from partnerships.selection import InvalidSelection

MEDIA_TYPE = "application/problem+json"
# The kinds that the documentation explains, each under the heading that ``type`` leads to.
KINDS = {
    400: ("parameters", gettext_lazy("A parameter is unknown or cannot be read")),
    404: ("not-found", gettext_lazy("There is nothing at this address")),
    405: ("method", gettext_lazy("The address is for reading only")),
    429: ("too-many", gettext_lazy("Too many requests")),
}
DETAILS = {
    400: gettext_lazy("The request makes no sense. The documentation lists the parameters with their values."),
    404: gettext_lazy("What was asked for is not there, or is not public. The list of addresses is at /api/v1/."),
    405: gettext_lazy("Use GET, HEAD or OPTIONS."),
    412: gettext_lazy("The answer is no longer the one that the request names."),
}
OTHERWISE = gettext_lazy("Something went wrong here. It is not your request; please try again later.")
Errors = dict[str, list[str]]


class Invalid(APIException):
    """Parameters that cannot be read: 400. ``errors`` has the sentences by parameter."""

    status_code = 400

    def __init__(self, errors: Errors) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(f"{name}: {text}" for name, texts in errors.items() for text in texts))
        self.errors = errors


def problem(status: int, detail: str = "", errors: Errors | None = None) -> dict[str, Any]:
    """The document of a problem. ``errors`` are sentences by parameter and empty where no parameter is at fault."""
    anchor, title = KINDS.get(status, ("", HTTPStatus(status).phrase))
    return {
        "type": f"{settings.SITE_URL}{reverse('api-docs')}#{anchor}" if anchor else "about:blank",
        "title": str(title),
        "status": status,
        "detail": detail or str(DETAILS.get(status, OTHERWISE)),
        "errors": errors or {},
    }


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of a view into its problem. None for what nobody foresaw: Django then answers 500."""
    if isinstance(error, InvalidSelection):
        error = Invalid(error.fields or {"": error.errors})
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = str(error.detail) if isinstance(error, Invalid) else _detail(error, response)
    content = problem(response.status_code, detail.removeprefix(": "), getattr(error, "errors", None))
    headers = {name: value for name, value in response.items() if name != "Content-Type"}
    return Response(content, response.status_code, headers=headers, content_type=MEDIA_TYPE)


def _detail(error: Exception, response: Response) -> str:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return _("Wait for %(seconds)s seconds, then go on.") % {"seconds": response.headers.get("Retry-After", "60")}
    return ""


def rewrite(response: HttpResponseBase) -> None:
    """Give an error page that Django made (an unknown address, a forged host name, a fault) the form of a problem."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response.get("Content-Type") == MEDIA_TYPE:
        return
    response.content = json.dumps(problem(response.status_code), ensure_ascii=False).encode()
    response["Content-Type"] = MEDIA_TYPE
    response["Content-Length"] = str(len(response.content))
