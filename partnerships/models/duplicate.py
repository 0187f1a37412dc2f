"""What people said about records that look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from partnerships.models.partnership import Partnership


class DuplicateVerdict(models.Model):
    """Somebody's word on whether two records describe one partnership. ``one`` has the smaller key.

    ``same``: they do, so a curator should bring them together. Otherwise the pair is not asked about again.
    """

    one = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    same = models.BooleanField(_("the same partnership"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One word on each pair: the latest."""

        ordering = ["pk"]
        verbose_name = _("word on a likely duplicate")
        verbose_name_plural = _("words on likely duplicates")
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="duplicate_pair_once",
                violation_error_message=_("Somebody has said already whether these two are the same."),
            ),
            models.CheckConstraint(
                name="duplicate_pair_in_order",
                condition=models.Q(one__lt=F("other")),
                violation_error_message=_("The record that was logged first comes first."),
            ),
        ]

    def __str__(self) -> str:
        """The pair."""
        return f"{self.one} = {self.other}" if self.same else f"{self.one} ≠ {self.other}"
