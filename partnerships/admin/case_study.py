"""Case studies: the story, its lessons and its pictures, with a preview."""

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm
from accounts.admin.history import HistoryAdmin
from partnerships.actions.base import touch
from partnerships.admin.fields import ByPartnershipField, suggestions
from partnerships.admin.forms import OpenedForm
from partnerships.admin.inlines import Folded
from partnerships.admin.pictures import CaseImageForm
from partnerships.images import forget_files
from partnerships.models import CaseImage, CaseStudy, Lesson, Partnership
from partnerships.views.images import picture_file


class CaseStudyForm(OpenedForm):
    """The story of one partnership."""

    partnership = ByPartnershipField(
        Partnership.objects.filter(revises__isnull=True),
        label=_("partnership"),
        help_text=_("By its address on the site."),
    )

    class Meta:
        """All of a case study."""

        model = CaseStudy
        fields = ["partnership", "headline", "body", "featured"]
        widgets = {"body": forms.Textarea(attrs={"rows": 20})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Come with the partnership whose page the curator has left."""
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("partnership")
        if isinstance(chosen, str) and chosen.isdecimal():
            self.initial["partnership"] = Partnership.objects.filter(pk=chosen).first()

    def version_of(self, record: CaseStudy) -> str:
        """A case study counts no versions: a digest of the story with its lessons and pictures stands for one."""
        rows = [
            [record.partnership_id, record.headline, record.body, record.featured],
            *record.lessons.order_by("pk").values_list("pk", "theme", "text"),
            *record.images.order_by("pk").values_list("pk", "image", "alt", "caption", "credit"),
        ]
        return sha256(json.dumps([list(row) for row in rows]).encode()).hexdigest()


class LessonForm(RegisterForm):
    """What the case teaches, under a theme."""

    class Meta:
        """All of a lesson."""

        model = Lesson
        fields = ["theme", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    @property
    def heading(self) -> str:
        """Its theme."""
        return str(self.instance)


class LessonInline(Folded):
    """Lessons of the case."""

    model = Lesson
    form = LessonForm
    add_words = _("Add a lesson")
    fieldsets = [(None, {"fields": ["theme", "text"]})]


class CaseImageInline(Folded):
    """Pictures of the case."""

    model = CaseImage
    form = CaseImageForm
    add_words = _("Add a picture")
    fieldsets = [(None, {"fields": ["image", "alt", "caption", "credit"]})]


@admin.register(CaseStudy)
class CaseStudyAdmin(HistoryAdmin):
    """The curated story of a partnership, reached from its page."""

    form = CaseStudyForm
    inlines = [LessonInline, CaseImageInline]
    list_display = ["headline", "partnership", "home_page", "lesson_count"]
    list_filter = ["featured"]
    list_select_related = ["partnership"]
    search_fields = ["headline", "partnership__title"]
    search_help_text = _("Headline, or title of the partnership.")
    ordering = ["headline", "pk"]
    history_parts = {Lesson: "case_study"}
    fieldsets = [(None, {"fields": ["partnership", "headline", "body", "featured", "opened_version"]})]

    @admin.display(description=_("home page"), ordering="featured")
    def home_page(self, study: CaseStudy) -> str:
        """Whether the home page shows it."""
        return translate("Shown") if study.featured else ""

    @admin.display(description=_("lessons"))
    def lesson_count(self, study: CaseStudy) -> int:
        """How many lessons it has."""
        return len(study.lessons.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the lessons, which the list counts."""
        studies = super().get_queryset(request).filter(partnership__revises__isnull=True)
        return studies.select_related("partnership").prefetch_related("lessons")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Add the suggestions for the partnership."""
        return super().render_change_form(request, {**context, "suggestions": suggestions()}, **kwargs)

    def part_name(self, version: Any) -> str:
        """A lesson is known by its theme."""
        return str(version.get_theme_display())

    # ---- Pictures and their files --------------------------------------------------------------------

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        """The file of a picture that is deleted goes too."""
        if formset.model is CaseImage:
            gone = [part.instance.pk for part in formset.deleted_forms if part.instance.pk]
            forget_files(CaseImage.objects.filter(pk__in=gone))
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        """Count it as a change of the record it belongs to, and of the one it belonged to before."""
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            before = form.initial.get("partnership")
            keys = {form.instance.partnership_id, getattr(before, "pk", before)}
            for partnership in Partnership.objects.filter(pk__in=[key for key in keys if key]):
                touch(partnership)

    def delete_model(self, request: HttpRequest, obj: CaseStudy) -> None:
        """Delete with the files of the pictures; its record has changed by that."""
        forget_files(obj.images.all())
        partnership = obj.partnership
        super().delete_model(request, obj)
        touch(partnership)

    # ---- Preview -------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Add the preview of what is typed, and the pictures of records that have no public address yet."""
        pages = [
            ("preview/", self.preview_view, "preview"),
            ("<int:pk>/preview/", self.preview_view, "preview_of"),
            ("pictures/<int:pk>/", self.picture_view, "picture"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=f"partnerships_casestudy_{name}")
            for route, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show what is typed in the form (POST), or what is saved (GET), as visitors would read it."""
        study = get_object_or_404(CaseStudy.objects.select_related("partnership"), pk=pk) if pk else CaseStudy()
        if not (self.has_change_permission(request) if pk else self.has_add_permission(request)):
            raise PermissionDenied
        if request.method == "POST":
            study.headline, study.body = request.POST.get("headline", ""), request.POST.get("body", "")
        context = {
            **self.admin_site.each_context(request),
            "title": translate("Preview"),
            "opts": self.opts,
            "study": study,
            "page": {"study": _shown(study)},
        }
        return TemplateResponse(request, "admin/partnerships/casestudy/preview.html", context)

    def picture_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """A picture for those who work on the case study."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return picture_file(get_object_or_404(CaseImage, pk=pk))


def _shown(study: CaseStudy) -> dict[str, Any]:
    """What the part of the case page with the story reads. The pictures come through the workplace's own address."""
    pictures = study.images.all() if study.pk else []
    return {
        "headline": study.headline,
        "body": study.body,
        "lessons": [(row.get_theme_display(), row.text) for row in study.lessons.all()] if study.pk else [],
        "pictures": [
            {
                **{name: getattr(row, name) for name in ("alt", "width", "height", "caption", "credit")},
                "url": reverse("admin:partnerships_casestudy_picture", args=[row.pk]),
            }
            for row in pictures
        ],
    }
