"""Forms of the import: the file, which part of the preview to show, and a word on a likely duplicate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.faults import Fault
from exchange.presenters.faults import sentence, unit_of
from exchange.presenters.imports import PARTS

# More faults than these are read in a table.
FEW = 3


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
        """What the lines of the file are called: rows, in JSON records."""
        upload = self.files.get("file")
        return unit_of("json" if upload and upload.name.lower().endswith(".json") else "")

    def refuse(self, faults: list[Fault]) -> None:
        """Say what is wrong with the file: each fault where there are few, otherwise that a table follows."""
        if len(faults) > FEW:
            text = _("The file cannot be read: it has %(count)s faults. They are listed below.")
            self.add_error("file", text % {"count": len(faults)})
            return
        for fault in faults:
            self.add_error("file", sentence(fault, self.unit))


class PartForm(forms.Form):
    """Which records of an import are shown: ``show`` is one of ``PARTS`` or "" for the first that has any."""

    show = forms.ChoiceField(
        choices=[(part, part) for part in PARTS],
        required=False,
        error_messages={"invalid_choice": _("“%(value)s” is no part of an import.")},
    )


class VerdictForm(forms.Form):
    """A word on a likely duplicate: ``same`` is the UUID of the partnership that it is, or empty for none."""

    same = forms.UUIDField(required=False)
