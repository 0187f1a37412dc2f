"""Releases: the published data of one day, numbered and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """A frozen copy of all published data. Its files lie under ``MEDIA_ROOT/releases/<number>/``.

    ``files``: for each its name, bytes and SHA-256. ``counts``: how many rows of each kind. Nothing of it changes after
    it was made but ``doi``, which an archive gives later.
    """

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("what is new"), blank=True, max_length=5000)
    codebook = models.CharField(_("codebook version"), max_length=10)
    counts = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    doi = models.CharField("DOI", max_length=200, blank=True)

    class Meta:
        """Newest first."""

        ordering = ["-number"]
        verbose_name = _("release")

    def __str__(self) -> str:
        """The number."""
        return str(self.number)
