"""The form of a picture."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.admin.base import RegisterForm
from partnerships.images import forget_files, reencode
from partnerships.models import CaseImage


class PictureField(forms.FileField):
    """An upload that is decoded and written anew. Django's own image field would open it before checking any limit."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file as the register keeps it. Raises ``ValidationError`` for anything that is no such picture."""
        upload = super().clean(data, initial)
        return reencode(upload) if isinstance(upload, UploadedFile) else upload


class CaseImageForm(RegisterForm):
    """A picture with what it shows and who made it, neither of which may be missing."""

    beside = {"image_has_alt": "alt"}
    image = PictureField(
        label=_("picture"),
        help_text=_(
            "JPEG, PNG or WebP, up to 5 MB. It is saved anew without hidden data such as the place it was taken."
        ),
        error_messages={"required": _("Choose a picture.")},
    )

    class Meta:
        """All of a picture."""

        model = CaseImage
        fields = ["image", "alt", "caption", "credit"]

    @property
    def heading(self) -> str:
        """What it shows."""
        return self.instance.alt

    def save(self, commit: bool = True) -> CaseImage:
        """A picture that takes another one's place sends the old file away."""
        if self.instance.pk and isinstance(self.cleaned_data["image"], ContentFile):
            forget_files(CaseImage.objects.filter(pk=self.instance.pk))
        return super().save(commit)
