"""An import on its way: what the file says, what it would do, and what it did.

Data flows one way: file → ``StagedRow`` (as read) → ``StagedRecord`` (compared with the register) → the register.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from partnerships.models import Partnership

READ, CHECKED, APPLIED, UNDONE = "read", "checked", "applied", "undone"
STATES = [
    (READ, _("being checked")),
    (CHECKED, _("waiting for your word")),
    (APPLIED, _("taken over")),
    (UNDONE, _("undone")),
]
NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"
OUTCOMES = [(NEW, _("new")), (CHANGED, _("changed")), (UNCHANGED, _("unchanged")), (ERROR, _("error"))]


class Import(models.Model):
    """One file that somebody brings in. ``made_by`` None: from the shell.

    ``organisation``: only records of this organisation are in reach, as for officers; None reaches all of them.
    ``publish``: new records become public at once; otherwise they are drafts. ``records`` are counted when the file is
    read, ``checked`` says how many of them have been compared with the register so far.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    own_only = models.BooleanField(default=True)
    publish = models.BooleanField(_("publish new records"), default=False)
    file_name = models.CharField(_("file"), max_length=255)
    form = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")])
    digest = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=READ)
    rows = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("read"), auto_now_add=True)
    applied_at = models.DateTimeField(_("taken over at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """Newest first."""

        ordering = ["-pk"]
        verbose_name = _("import")
        constraints = [
            models.CheckConstraint(name="import_state_known", condition=Q(state__in=[code for code, _label in STATES]))
        ]

    def __str__(self) -> str:
        """The name of the file."""
        return self.file_name


class StagedRow(models.Model):
    """A row of the file as it was read: ``line`` is its number there, ``position`` that of its record in the import.

    ``cells`` holds the text of each column; of a complete JSON file, the record.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged_rows")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=400)
    cells = models.JSONField()

    class Meta:
        """In the order of the records."""

        ordering = ["batch", "position", "line"]
        indexes = [
            models.Index(fields=["batch", "position", "line"], name="staged_row_order"),
            models.Index(fields=["batch", "key"], name="staged_row_key"),
        ]

    def __str__(self) -> str:
        """The line."""
        return str(self.line)


class StagedRecord(models.Model):
    """What one record of an import would do, and after the import what it did.

    ``before`` and ``after`` are complete records (``before`` None: it is new). ``faults``: a list of [line, column,
    value, reason]. ``version`` is that of ``partnership`` when it was compared; once applied, that which the import
    left, so that an undo sees whether anybody has changed it since. ``revision`` with its ``revision_version`` is the
    proposed change that it goes on from; once applied, ``revision`` is the one that it became and ``version`` that of
    the proposal. ``alike``: what it may be the same as (see ``exchange.importing.likeness``); ``same_as`` is the one it
    was said to be, ``distinct`` says that it is none of them.
    """

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="staged")
    position = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    key = models.CharField(max_length=400)
    title = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    faults = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(null=True)
    revision = models.ForeignKey("partnerships.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    revision_version = models.PositiveIntegerField(null=True)
    alike = models.JSONField(default=list)
    same_as = models.ForeignKey(Partnership, on_delete=models.SET_NULL, null=True, related_name="+")
    distinct = models.BooleanField(default=False)

    class Meta:
        """In the order of the file."""

        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="staged_record_once")]
        indexes = [models.Index(fields=["batch", "outcome", "position"], name="staged_record_outcome")]

    def __str__(self) -> str:
        """Title or key."""
        return self.title or self.key
