"""What holds for the doors that programs use: other sites may read them, and every error is a problem document."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from exchange.api import problems

API = "/api/v1/"
# Only these may be read by scripts of other sites: the API, and files. They show the same to everybody and take no
# cookie.
OPEN = re.compile(
    rf"{API}|{API[:-1]}$|/data/(partnerships|dictionary|cite)\.[a-z]+$|/data/releases/[0-9]+/[^/]+$"
    r"|/partnerships/[^/]+/cite\.[a-z]+$|/feeds/partnerships\.atom$"
)
METHODS = "GET, HEAD, OPTIONS"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    # All that a reader needs beyond what browsers send anyway.
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_programs(get_response: Callable[[HttpRequest], HttpResponse]):
    """Let scripts of other sites read the API and the files of the register, without credentials (CORS)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not OPEN.match(request.path_info):
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={**CORS, **PREFLIGHT})
        response = get_response(request)
        if request.path_info.startswith(API):
            problems.rewrite(response)
        # A page for people may show who is signed in; a redirect to an answer only bears the type of one.
        if response.status_code != HTTPStatus.OK or not response.get("Content-Type", "").startswith("text/html"):
            for name, value in CORS.items():
                response[name] = value
        return response

    return middleware
