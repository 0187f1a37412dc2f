"""Sources, and what in them supports a record."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models.fields import CodeField, CodesField, codes_known
from partnerships.models.partnership import Partnership
from partnerships.models.phase import Phase
from partnerships.querysets import SourceQuerySet


class Source(models.Model):
    """A publication, page or document that records lean on. Reused by many partnerships."""

    slug = models.SlugField(_("address on the site"), max_length=120, unique=True)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher or journal"), max_length=300, blank=True)
    kind = CodeField(_("kind"), vocabulary="SOURCE_KINDS", default="other")
    url = models.URLField(_("web address"), max_length=500, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=500, blank=True)
    accessed = models.DateField(_("looked at on"), null=True, blank=True)
    reference = models.TextField(_("full reference"), blank=True, max_length=1000)
    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        """By title, as people look for them."""

        ordering = ["title", "pk"]
        verbose_name = _("source")
        constraints = [
            models.CheckConstraint(
                name="source_year_plausible",
                condition=Q(year__isnull=True) | Q(year__gte=1800, year__lte=2200),
                violation_error_message=_("Give the year with four digits."),
            ),
            *codes_known("source", kind="SOURCE_KINDS"),
        ]

    def __str__(self) -> str:
        """Author, year and title, as far as they are known."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.authors}{year}. {self.title}" if self.authors else f"{self.title}{year}"

    def get_absolute_url(self) -> str:
        """The source's public page."""
        return reverse("source", args=[self.slug])


class Evidence(models.Model):
    """A place in a source that supports part of a record.

    ``grade``: A signed agreement, specification or minutes; B independent evaluation; C a partner's account;
    D the assessor's inference; empty where nobody has graded it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="evidence")
    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence", verbose_name=_("phase")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("source"))
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    grade = CodeField(_("grade"), vocabulary="GRADES", blank=True, max_length=1)
    supports = CodesField(_("supports"), vocabulary="SUPPORTS")
    note = models.CharField(_("note"), max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        """In the order in which they were added."""

        ordering = ["partnership", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                name="evidence_grade_known",
                condition=Q(grade__in=["", "A", "B", "C", "D"]),
                violation_error_message=_("A grade is A, B, C or D."),
            )
        ]

    def __str__(self) -> str:
        """Source and place."""
        return f"{self.source}, {self.place}" if self.place else str(self.source)
