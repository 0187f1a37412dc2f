"""What a release says of itself, in one place for every file that says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.formats.complete import LICENCE
from partnerships.presenters.citation import register_name
from taxonomy import codebook

LICENCE_CODE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """The bibliographic side of a release."""

    number: int
    moment: datetime
    previous: int | None
    note: str
    counts: dict[str, int]

    licence = LICENCE
    licence_code = LICENCE_CODE
    licence_url = LICENCE_URL

    @property
    def register(self) -> str:
        """What the register is called."""
        return register_name()

    @property
    def author(self) -> str:
        """Whose work it is: records are written and adopted in the register’s name."""
        return register_name()

    @property
    def title(self) -> str:
        """The title of the data set."""
        words = _("Co-production Matrix: a register of public-service partnerships, release %(number)s")
        return words % {"number": self.number}

    @property
    def abstract(self) -> str:
        """What it holds."""
        return _(
            "Public-service partnerships and the literature’s examples of them, each placed on a matrix of nine cells "
            "by who designs the service and who delivers it, as far as sources or assessments say. This release holds "
            "%(partnerships)s records with %(statements)s statements from %(sources)s sources, under codebook "
            "%(codebook)s."
        ) % {**self.counts, "codebook": self.codebook}

    @property
    def keywords(self) -> tuple[str, ...]:
        """For catalogues."""
        return (_("co-production"), _("public services"), _("partnerships"), _("third sector"), _("co-design"))

    @property
    def codebook(self) -> str:
        """The version of the codebook in use."""
        return codebook.CURRENT.version

    @property
    def date(self) -> str:
        """The day on which it was made."""
        return timezone.localtime(self.moment).date().isoformat()

    @property
    def year(self) -> str:
        """The year in which it was made."""
        return self.date[:4]

    @property
    def made(self) -> str:
        """The moment, to the second."""
        return self.moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")

    @property
    def site(self) -> str:
        """The address of the register."""
        return f"{settings.SITE_URL}/"

    @property
    def url(self) -> str:
        """The address of the release."""
        return self.url_of(self.number)

    def url_of(self, number: int) -> str:
        """The address of any release."""
        return settings.SITE_URL + reverse("release", args=[number])
