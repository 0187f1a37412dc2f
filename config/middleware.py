"""Middleware of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def private_when_signed_in(get_response: Callable[[HttpRequest], HttpResponse]):
    """Forbid every cache to keep a page that a signed-in person saw.

    Such a page may show drafts of the person's organisation; a shared computer's "Back" button or a proxy must not
    bring it up again for somebody else (OWASP ASVS 14.3.2).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and request.session.accessed and user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
