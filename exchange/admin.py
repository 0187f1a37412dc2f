"""Releases in the workplace: curators see them, and note the DOI that an archive gave. Nothing else of one changes."""

from typing import Any

from django.contrib import admin
from django.core.validators import RegexValidator
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm, WorkplaceAdmin
from exchange.models import Release

DOI = RegexValidator(r"^10\.\d{4,9}/\S+$", _("Write the DOI alone, as in 10.5281/zenodo.1234567."))


class ReleaseForm(RegisterForm):
    """The one thing that is known later."""

    class Meta:
        """The DOI."""

        model = Release
        fields = ["doi"]

    def clean_doi(self) -> str:
        """Take the DOI out of a web address, and refuse what is none."""
        doi = self.cleaned_data["doi"].strip()
        for start in ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"):
            doi = doi.removeprefix(start)
        if doi:
            DOI(doi)
        return doi


@admin.register(Release)
class ReleaseAdmin(WorkplaceAdmin):
    """Made by ``manage.py make_release``, never here."""

    form: type[ModelForm] = ReleaseForm
    list_display = ["number", "made", "codebook", "doi"]
    readonly_fields = ["number", "made", "codebook", "note"]
    fields = ["number", "made", "codebook", "note", "doi"]
    change_form_template = "admin/exchange/release_form.html"
    change_list_template = "admin/exchange/release_list.html"

    @admin.display(description=_("made"), ordering="made_at")
    def made(self, release: Release) -> str:
        """When it was made."""
        return date_format(localtime(release.made_at), "j F Y, H:i")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Curators and administrators."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators and administrators."""
        return bool(request.user.is_authenticated and request.user.is_curator)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators and administrators."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a release is more than a row."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: others cite it."""
        return False
