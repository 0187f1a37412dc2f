"""The form by which anybody reports a mistake."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    """What is wrong, where, and, if the person wants an answer, an e-mail address."""

    about = forms.CharField(
        label=_("Which page or partnership is it about?"), max_length=200, required=False,
    )  # fmt: skip
    message = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        help_text=_("A source or a link helps us most. Leave out private details of people."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tell us what is wrong.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like name@example.org.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set up the layout."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.add_input(Submit("send", _("Send report")))

    def clean_about(self) -> str:
        """One line: it becomes the subject of a mail, where a line break would start a header."""
        return " ".join(self.cleaned_data["about"].split())
