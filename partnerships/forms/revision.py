"""What is asked when changes of a published record are handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HandInForm(forms.Form):
    """A note to the curators, and whether the rest of the record still holds."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("What changed, and why?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The curators read this. It is not published."),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=_("I have checked the whole record: everything else in it is still right today"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
