"""The form of the style guide: one field for each kind of control."""

from crispy_forms.bootstrap import Accordion, AccordionGroup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Div, Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

RESPONSIBLE = (("public", _("The public sector")), ("shared", _("Both together")), ("", _("Not known")))
HINTS = {
    "public": _("It chose what the service is for and how it works."),
    "shared": _("The plan needed the agreement of both, or changed because of both."),
    "": _("Nobody can say. The register shows the cells it could be in."),
}


class StyleGuideForm(forms.Form):
    """Every control, with hints; it is never saved."""

    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("As people on the spot call it."),
        error_messages={"required": _("Say what it is called")},
    )
    area = forms.ChoiceField(
        label=_("Which area of service?"),
        choices=(("", _("Choose one")), ("07", _("Health"))),
        error_messages={"required": _("Choose an area of service")},
    )
    responsible = forms.ChoiceField(
        label=_("Who is responsible for its design?"), widget=forms.RadioSelect, choices=RESPONSIBLE, required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("Who takes part?"),
        help_text=_("Tick all that apply."),
        widget=forms.CheckboxSelectMultiple,
        choices=(("public", _("Public bodies")), ("third_sector", _("Third sector"))),
    )
    names = forms.CharField(
        label=_("Which public bodies?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("One a line."),
    )
    agreed = forms.BooleanField(
        label=_("I may say this in public"), error_messages={"required": _("Tick the box if you may")}
    )
    narrative = forms.CharField(label=_("What happened?"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    picture = forms.FileField(label=_("A picture"), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        """Give the radios their lines of help and the first box its field."""
        super().__init__(*args, **options)
        self.fields["responsible"].widget.hints = HINTS
        self.fields["kinds"].widget.reveals = {"public": "names"}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(_("About it"), "title", "area", "kinds", "agreed"),
            Div("responsible", css_class="question"),
            Accordion(AccordionGroup(_("More, if you like"), "narrative", "picture", active=False)),
            ButtonHolder(
                Submit("next", _("Continue")), Submit("save", _("Save as draft"), css_class="govuk-button--secondary")
            ),
        )
