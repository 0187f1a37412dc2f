"""Claims: what a source says, and what an assessor answers. Neither is ever overwritten by the other."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models.fields import CellSetField, CodeField, codes_known
from partnerships.models.partnership import Partnership
from partnerships.models.phase import Phase
from partnerships.models.sources import Source
from partnerships.querysets import AssessmentQuerySet
from taxonomy.lenses import LENSES, SECTOR

MOVEMENT = "movement"


def _levels(lens: str) -> list[str]:
    """The responsibilities of a lens, with "" for not said."""
    return ["", *(level.code for level in LENSES[lens].levels)]


class Assessment(models.Model):
    """One assessor's claim about one phase, from a stated perspective, under one codebook version.

    ``direct``: the two responsibilities with a reason; "" is "not known". ``guided``: answers by task and party kind,
    with the result that the rule of ``codebook`` gave when it was submitted. Once submitted it never changes; a
    correction is a new assessment. ``by_invitation``: given without an account, through an ``Invitation``.
    ``by_keepers``: the one that the officers of a draft share and hand in with it.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    perspective = CodeField(_("perspective"), vocabulary="PERSPECTIVES", blank=True)
    method = CodeField(_("method"), vocabulary="METHODS", default="direct")
    design = CodeField(_("design"), vocabulary="SECTOR_LEVELS", blank=True)
    delivery = CodeField(_("delivery"), vocabulary="SECTOR_LEVELS", blank=True)
    reason = models.TextField(_("what it rests on"), blank=True, max_length=2000)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    codebook = models.CharField(_("codebook version"), max_length=10)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    by_keepers = models.BooleanField(_("by the keepers of the record"), default=False, editable=False)
    by_invitation = models.BooleanField(_("by invitation"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    objects: Any = AssessmentQuerySet.as_manager()

    class Meta:
        """A person has at most one open assessment of a phase."""

        ordering = ["phase", "pk"]
        verbose_name = _("assessment")
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "assessor"],
                condition=Q(submitted_at__isnull=True),
                name="assessment_one_open",
                violation_error_message=_("You have an unfinished assessment of this phase already."),
            ),
            models.CheckConstraint(
                name="assessment_levels_known",
                condition=Q(design__in=_levels("sector"), delivery__in=_levels("sector")),
                violation_error_message=_("Choose a responsibility from the list, or leave it open."),
            ),
            models.CheckConstraint(
                name="assessment_direct_has_reason",
                condition=Q(submitted_at__isnull=True) | ~Q(method="direct") | ~Q(reason=""),
                violation_error_message=_("Say what the two responsibilities rest on."),
            ),
            models.CheckConstraint(
                name="assessment_invited_has_no_account",
                condition=Q(by_invitation=False) | Q(assessor__isnull=True),
                violation_error_message=_("What was given by invitation bears nobody’s name."),
            ),
            *codes_known("assessment", perspective="PERSPECTIVES", method="METHODS"),
        ]

    def __str__(self) -> str:
        """Perspective and phase."""
        return f"{self.get_method_display()}: {self.phase}"

    @property
    def voice(self) -> tuple[object, str]:
        """Whose word it is: a later assessment with the same voice is a correction, not a second opinion."""
        return "keepers" if self.by_keepers else self.assessor_id or f"#{self.pk}", self.perspective


class Statement(models.Model):
    """What one source says about a partnership or one of its phases.

    ``design`` and ``delivery`` hold what the source says in words or what its cell or label implies; ``basis`` tells
    which. Several readings of one sentence are several statements that share source, place, kind and perspective.
    A movement has a from-set and a to-set, belongs to no phase and adopts nothing.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="statements")
    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="statements", verbose_name=_("phase")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements", verbose_name=_("source"))
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    kind = CodeField(_("kind"), vocabulary="STATEMENT_KINDS", default="none")
    basis = CodeField(_("basis"), vocabulary="STATEMENT_BASES", blank=True)
    lens = CodeField(_("lens"), vocabulary="LENSES", default=SECTOR.code)
    label = models.CharField(_("model or type named"), max_length=200, blank=True)
    cells = CellSetField(_("cells"))
    from_cells = CellSetField(_("movement from cells"))
    to_cells = CellSetField(_("movement to cells"))
    design = models.CharField(_("design"), max_length=30, blank=True)
    delivery = models.CharField(_("delivery"), max_length=30, blank=True)
    hedge = models.CharField(_("hedge"), max_length=200, blank=True, help_text=_("The source’s own words of caution."))
    perspective = models.CharField(_("whose view"), max_length=200, blank=True)
    reading = models.CharField(_("reading"), max_length=60, blank=True)
    paraphrase = models.TextField(_("what it says, in our words"), blank=True, max_length=2000)
    history = HistoricalRecords()

    class Meta:
        """Key: source, place, kind, perspective, reading and lens within a partnership's phase."""

        ordering = ["partnership", "pk"]
        verbose_name = _("statement")
        indexes = [models.Index(fields=["lens", "partnership"], condition=Q(kind=MOVEMENT), name="statement_movement")]
        constraints = [
            models.CheckConstraint(
                name="statement_movement_has_sets",
                condition=Q(kind=MOVEMENT, phase__isnull=True) & ~Q(from_cells=0) & ~Q(to_cells=0)
                | ~Q(kind=MOVEMENT) & Q(from_cells=0, to_cells=0),
                violation_error_message=_(
                    "A movement, and nothing else, has cells from and to, and belongs to no phase."
                ),
            ),
            models.CheckConstraint(
                name="statement_levels_known",
                condition=Q(design="", delivery="")
                | Q(lens="sector", design__in=_levels("sector"), delivery__in=_levels("sector"))
                | Q(lens="professional", design__in=_levels("professional"), delivery__in=_levels("professional")),
                violation_error_message=_("Choose a responsibility of the statement’s lens, or leave it open."),
            ),
            *codes_known("statement", kind="STATEMENT_KINDS", basis="STATEMENT_BASES", lens="LENSES"),
        ]

    def __str__(self) -> str:
        """Source and kind."""
        return f"{self.source}: {self.get_kind_display()}"
