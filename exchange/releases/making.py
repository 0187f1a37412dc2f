"""Making a release, and saying beforehand what it would change."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.models import Release
from exchange.releases import files, places
from exchange.releases.about import About
from exchange.releases.changes import Changes
from exchange.releases.places import Refused
from exchange.releases.snapshot import one_view
from partnerships.models import Partnership

__all__ = ["Refused", "make", "preview"]


def make(*, note: str = "", by: User | None = None) -> Release:
    """Freeze what is public now as the next release.

    ``by`` is a curator, or None for the shell. Raises ``Refused`` where somebody else is making one, where ``by`` may
    not, and where nothing is public. Whatever goes wrong, there is either the whole release or nothing of it.
    """
    if by is not None and not by.is_curator:
        raise Refused(_("Only curators make releases."))
    with places.workshop() as workshop:
        with one_view():
            _refuse_nothing()
            about = About(places.next_number(), timezone.now(), _last(), note.strip(), {})
            built = files.write_all(workshop.path, about)
        with workshop.moved_to(about.number), transaction.atomic():
            return Release.objects.create(
                number=about.number, made_at=about.moment, made_by=by, note=about.note, codebook=about.codebook,
                counts=built.counts, files=built.files, changes=built.changes.as_dict(),
            )  # fmt: skip


def preview() -> tuple[dict[str, int], Changes]:
    """What the next release would hold, and what would change. Nothing is kept."""
    with tempfile.TemporaryDirectory() as folder, one_view():
        _refuse_nothing()
        return files.write_database(Path(folder), 0, "", "", _last())


def _refuse_nothing() -> None:
    if not Partnership.objects.published().exists():
        raise Refused(_("Nothing is published, so there is nothing to release."))


def _last() -> int | None:
    return Release.objects.order_by("-number").values_list("number", flat=True).first()
