"""What was done in a phase, item by item. Checklists never move a cell and are never a score."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models.fields import CodeField, vocabulary_codes
from partnerships.models.phase import PRECISIONS, Phase
from partnerships.models.sources import Source


class ChecklistItem(models.Model):
    """Whether one item of a checklist (see ``taxonomy.checklists``) was done in a phase, when, and who says so.

    ``item`` names its list too: "process.workshops". The dates of two items may overlap, and items need no order. An
    item without a row is one that nobody has looked for; ``not_known`` is one that somebody has, in vain.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="checklist")
    item = CodeField(_("item"), vocabulary="CHECKLIST_ITEMS")
    answer = CodeField(_("was it so?"), vocabulary="CHECKLIST_ANSWERS")
    starts = models.DateField(_("from"), null=True, blank=True)
    starts_precision = models.CharField(_("start known to the"), max_length=5, choices=PRECISIONS, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)
    ends_precision = models.CharField(_("end known to the"), max_length=5, choices=PRECISIONS, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="checklist_items",
        verbose_name=_("source"),
    )  # fmt: skip
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        """Each item once in a phase."""

        ordering = ["phase", "pk"]
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "item"],
                name="checklist_item_once",
                violation_error_message=_("This item has an answer already."),
            ),
            models.CheckConstraint(
                name="checklist_item_known",
                condition=Q(item__in=vocabulary_codes("CHECKLIST_ITEMS")),
                violation_error_message=_("Choose from the list."),
            ),
            models.CheckConstraint(
                name="checklist_answer_known",
                condition=Q(answer__in=vocabulary_codes("CHECKLIST_ANSWERS")),
                violation_error_message=_("Choose from the list."),
            ),
            models.CheckConstraint(
                name="checklist_ends_after_start",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message=_("An item cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="checklist_dates_have_precision",
                condition=(
                    Q(starts__isnull=True, starts_precision="") | Q(starts__isnull=False) & ~Q(starts_precision="")
                )
                & (Q(ends__isnull=True, ends_precision="") | Q(ends__isnull=False) & ~Q(ends_precision="")),
                violation_error_message=_("Say whether a date is known to the year, the month or the day."),
            ),
        ]

    def __str__(self) -> str:
        """The item in words."""
        return self.get_item_display()
