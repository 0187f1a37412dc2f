"""Citations of releases and of what they hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.models import Release
from partnerships.presenters.citation import KEY, RELEASE, Citation, of_released, register_name, state_of


def of_release(release: Release, today: date) -> Citation:
    """A release as a whole. Its note says what is new; a DOI is there once an archive has given one."""
    return Citation(
        kind=RELEASE,
        key=f"{KEY}-release-{release.number}",
        title=_("Co-production Matrix: a register of public-service partnerships, release %(number)s")
        % {"number": release.number},
        authors=(register_name(),),
        issued=timezone.localdate(release.made_at),
        state=state_of(release),
        codebook=release.codebook,
        url=settings.SITE_URL + reverse("release", args=[release.number]),
        accessed=today,
        publisher=register_name(),
        abstract=_("Every published partnership of the register as it was on that day."),
        doi=release.doi,
    )


def of_released_case(record: Mapping[str, Any], release: Release, today: date) -> Citation:
    """A case as a release holds it, from its complete record there."""
    return of_released(record["partnership_id"], record["title"], record.get("summary", ""), release, today)
