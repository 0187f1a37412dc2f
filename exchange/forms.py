"""Forms of the import: the file, which part of the preview to show, and a word on a likely duplicate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.presenters.faults import unit_of
from exchange.presenters.imports import PARTS


class UploadForm(forms.Form):
    """The file, and for curators whether new records are published at once."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A sheet saved as XLSX or CSV, or the complete JSON of this register. At most 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json"}),
    )
    publish = forms.BooleanField(
        label=_("Publish new records at once. Otherwise they become drafts."),
        required=False,
    )
    mark_optional = False

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        """``may_publish``: whether the person is a curator."""
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]

    @property
    def unit(self) -> str:
        """What the rows of the file are called: rows, in JSON records."""
        upload = self.files.get("file")
        return unit_of("json" if upload and upload.name.lower().endswith(".json") else "")

    def refuse(self) -> None:
        """Ask for another file. What is wrong with this one is listed once, above the form."""
        self.add_error("file", _("Choose the corrected file."))


class PartForm(forms.Form):
    """Which records of an import are shown: ``show`` is one of ``PARTS`` or "" for the first that has any."""

    show = forms.ChoiceField(
        choices=[(part, part) for part in PARTS],
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is no part of an import.")},
    )


class VerdictForm(PartForm):
    """A word on a likely duplicate: ``same`` is the UUID of the partnership that it is, or empty for none.

    ``show`` and ``page`` are where it was said.
    """

    same = forms.UUIDField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    @property
    def where(self) -> dict[str, str]:
        """The query of the page on which it was said."""
        asked = {"show": self.cleaned_data["show"], "page": self.cleaned_data["page"]}
        return {name: str(value) for name, value in asked.items() if value and (name, value) != ("page", 1)}
