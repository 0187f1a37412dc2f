"""What the bundled library last brought, so that a later load tells its own changes from those of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SOURCE, PARTNERSHIP = "source", "partnership"


class LibraryEntry(models.Model):
    """One source or partnership of the bundled library, as it was when the library last brought it.

    ``record`` is the library's own record, ``loaded`` what the register said right after that load. Where the register
    still says what it said then, nobody has changed it, and the library may.
    """

    kind = models.CharField(max_length=20, choices=[(SOURCE, _("source")), (PARTNERSHIP, _("partnership"))])
    key = models.SlugField(max_length=120)
    record = models.JSONField()
    loaded = models.JSONField()

    class Meta:
        """One entry for each record of the library."""

        verbose_name = _("record of the library")
        verbose_name_plural = _("records of the library")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="library_entry_once"),
            models.CheckConstraint(name="library_entry_kind_known", condition=models.Q(kind__in=[SOURCE, PARTNERSHIP])),
        ]

    def __str__(self) -> str:
        """Kind and key."""
        return f"{self.kind} {self.key}"
