"""The parameter that narrows lessons by theme."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import vocabulary_choices


class ThemeForm(forms.Form):
    """``theme``, once or several times: codes of LESSON_THEMES. An unknown one is an error, an empty one is none."""

    theme = forms.MultipleChoiceField(
        label=_("Theme"),
        required=False,
        choices=lambda: vocabulary_choices("LESSON_THEMES"),
        error_messages={"invalid_choice": _("“%(value)s” is not one that the register knows.")},
    )

    def __init__(self, parameters: QueryDict) -> None:
        """Read the parameters of a request, each value once."""
        data = QueryDict(mutable=True)
        typed = (value.strip() for value in parameters.getlist("theme"))
        data.setlist("theme", list(dict.fromkeys(value for value in typed if value)))
        super().__init__(data)

    @property
    def themes(self) -> tuple[str, ...]:
        """The codes of a valid form, in the order in which they were given."""
        return tuple(self.cleaned_data["theme"])

    @property
    def sentences(self) -> list[str]:
        """What is wrong, in words."""
        return [f"{self[name].label}: {error}" for name, errors in self.errors.items() for error in errors]
