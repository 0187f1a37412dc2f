"""Case studies: the curated story of a partnership, its pictures and its lessons."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partnerships.models.fields import CodeField, codes_known
from partnerships.models.partnership import Partnership


class CaseStudy(models.Model):
    """The story that curators tell about a partnership. Shown on its case page; featured ones on the home page."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="case_study")
    headline = models.CharField(_("headline"), max_length=200)
    body = models.TextField(
        _("text"), max_length=30_000, validators=[MaxLengthValidator(30_000)], help_text=_("Markdown.")
    )
    featured = models.BooleanField(_("show on the home page"), default=False)
    history = HistoricalRecords()

    class Meta:
        """One for each partnership."""

        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def __str__(self) -> str:
        """The headline."""
        return self.headline


class Lesson(models.Model):
    """What a case teaches, under a theme."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="lessons")
    theme = CodeField(_("theme"), vocabulary="LESSON_THEMES")
    text = models.TextField(_("lesson"), max_length=1000)
    history = HistoricalRecords()

    class Meta:
        """In the order in which they were added."""

        ordering = ["case_study", "pk"]
        verbose_name = _("lesson")
        constraints = codes_known("lesson", theme="LESSON_THEMES")

    def __str__(self) -> str:
        """The theme."""
        return str(self.get_theme_display())


class CaseImage(models.Model):
    """A picture of a case study. The file is decoded and written anew on upload; its name is the register's own."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="images")
    image = models.ImageField(
        _("picture"), upload_to="case-images", width_field="width", height_field="height",
        help_text=_("JPEG, PNG or WebP, up to 5 MB. It is saved anew without hidden data such as where it was taken."),
    )  # fmt: skip
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(_("what it shows"), max_length=300, help_text=_("For people who cannot see the picture."))
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it and under which licence."))

    class Meta:
        """In the order in which they were added."""

        ordering = ["case_study", "pk"]
        verbose_name = _("picture")
        constraints = [
            models.CheckConstraint(
                name="image_has_alt",
                condition=~Q(alt=""),
                violation_error_message=_("Say what the picture shows."),
            )
        ]

    def __str__(self) -> str:
        """What it shows."""
        return self.alt
