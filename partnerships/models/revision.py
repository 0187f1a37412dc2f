"""Changes to a published record that its keepers propose. The public sees them once a curator has accepted them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models.partnership import Partnership

OPEN, SUBMITTED, CHANGES_REQUESTED = "open", "submitted", "changes_requested"
ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"
PENDING = (OPEN, SUBMITTED, CHANGES_REQUESTED)
STATES = [
    (OPEN, _("being written")),
    (SUBMITTED, _("with the curators")),
    (CHANGES_REQUESTED, _("sent back")),
    (ACCEPTED, _("accepted")),
    (DECLINED, _("declined")),
    (WITHDRAWN, _("taken back")),
]


class Revision(models.Model):
    """One proposal: the whole record as its keepers want it, beside the one that they started from.

    ``record`` and ``base`` are complete records (``partnerships.record``). ``renamed`` says, for phases that got a new
    name, what they are called in ``base``: records know phases by name. ``accepted`` is what a curator published
    of it, which may differ from ``record``. While it is being written in the forms, the forms work on a draft of its
    own (``Partnership.revises``); ``record`` is read from that draft.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="revisions")
    status = models.CharField(_("status"), max_length=20, choices=STATES, default=OPEN)
    record = models.JSONField()
    base = models.JSONField()
    base_version = models.PositiveIntegerField()
    renamed = models.JSONField(default=dict, blank=True)
    accepted = models.JSONField(null=True, blank=True)
    note = models.TextField(_("what changed and why"), blank=True, max_length=2000)
    curator_note = models.TextField(_("what the curator says"), blank=True, max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """At most one of a partnership is pending."""

        ordering = ["partnership", "pk"]
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(status__in=PENDING),
                name="revision_one_pending",
                violation_error_message=_("There is a proposed change of this partnership already."),
            ),
            models.CheckConstraint(
                name="revision_status_known",
                condition=Q(status__in=[code for code, _label in STATES]),
                violation_error_message=_("Choose from the list."),
            ),
        ]

    def __str__(self) -> str:
        """The partnership and the status."""
        return f"{self.partnership}: {self.get_status_display()}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided about it yet."""
        return self.status in PENDING
