"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The version for the footer and the address for citations."""
    return {"site_version": settings.VERSION, "site_url": settings.SITE_URL}
