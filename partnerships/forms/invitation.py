"""The form by which an officer invites somebody without an account to answer about a phase."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.fields import Text
from partnerships.models.fields import vocabulary_choices
from partnerships.models.invitation import INVITED_PERSPECTIVES, Invitation


class InvitationForm(forms.Form):
    """Whom the link is meant for, and whose view is asked for."""

    use_required_attribute = False

    label = Text(
        most=Invitation._meta.get_field("label").max_length,
        missing=_("Say whom you invite."),
        label=_("Whom do you invite?"),
        help_text=_("A group or organisation, such as “Elm Street residents”. It is never public."),
    )
    perspective = forms.ChoiceField(
        label=_("Whose view do you ask for?"),
        choices=[(code, label) for code, label in vocabulary_choices("PERSPECTIVES") if code in INVITED_PERSPECTIVES],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": _("Choose whose view you ask for."), "invalid_choice": _("Choose from the list."),
        },
    )  # fmt: skip
