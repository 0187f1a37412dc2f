"""An invitation to give one perspective on one phase, without an account."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models.claims import Assessment
from partnerships.models.fields import CodeField
from partnerships.models.phase import Phase
from partnerships.querysets import InvitationQuerySet

DAYS = 60
# An officer invites those who take part; researchers and curators have accounts.
INVITED_PERSPECTIVES = ("public_body", "third_sector", "users_or_community")


def expiry() -> datetime:
    """When an invitation made now ends."""
    return timezone.now() + timedelta(days=DAYS)


class Invitation(models.Model):
    """A signed link that opens the questions about one phase once, for sixty days, until it is withdrawn.

    ``label`` says for the inviting organisation whom it is meant for, such as a residents' group; it is never public.
    ``assessment`` is what came of it: open while somebody is answering, submitted once it is sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="invitations")
    perspective = CodeField(_("whose view"), vocabulary="PERSPECTIVES")
    label = models.CharField(_("who is invited"), max_length=200)
    assessment = models.OneToOneField(
        Assessment, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("open until"), default=expiry)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        """Newest last."""

        ordering = ["phase", "pk"]
        verbose_name = _("invitation")
        constraints = [
            models.CheckConstraint(
                name="invitation_perspective_known",
                condition=Q(perspective__in=INVITED_PERSPECTIVES),
                violation_error_message=_("Choose whose view you ask for."),
            ),
            models.CheckConstraint(
                name="invitation_ends_after_start",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("An invitation ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        """Who is invited."""
        return self.label

    @property
    def state(self) -> str:
        """``sent``, ``withdrawn``, ``expired``, ``begun`` or ``open``."""
        if self.assessment and self.assessment.submitted_at:
            return "sent"
        if self.withdrawn_at:
            return "withdrawn"
        if self.expires_at <= timezone.now():
            return "expired"
        return "begun" if self.assessment else "open"

    @property
    def is_live(self) -> bool:
        """Whether the link still opens the questions."""
        return self.state in ("open", "begun")
