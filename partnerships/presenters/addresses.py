"""The addresses of case pages, as other pages link to them."""

from __future__ import annotations

from django.urls import reverse

from partnerships.models import Partnership


def case_url(case: Partnership | str, *, inferred: bool) -> str:
    """The page of a partnership, or of the published one with a slug.

    With ``inferred`` the case page shows inferred positions too, like the page that leads to it.
    """
    page = reverse("partnership", args=[case]) if isinstance(case, str) else case.get_absolute_url()
    return f"{page}?inferred=1" if inferred else page
