"""The steps in which an officer tells of a partnership, and the fields of each. The long form is all but the roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """A page of the form: its fields, and the beginnings ("names") of fields made for each kind, area or partner.

    ``place`` says where one is, in a word or two. ``is_question``: the page is one question, whose words are its title.
    """

    code: str
    title: Any
    fields: tuple[str, ...]
    made: tuple[str, ...] = ()
    place: Any = ""
    is_question: bool = False

    def covers(self, name: str) -> bool:
        """Whether the step asks for this field."""
        begins, _stroke, rest = name.partition("_")
        return name in self.fields or (bool(rest) and begins in self.made)


STAGE_FIELDS = ("planned", "starts", "ends", "phase")
ROLE_FIELDS = ("roles", "hybrid", "note")

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        step.code: step
        for step in (
            Step(
                "about", _("What you describe"), ("title", "unit", "country", "nation", "place"), (), _("Step 1 of 4")
            ),
            Step("who", _("Who takes part?"), ("kinds", "leads"), ("names",), _("Step 3 of 4"), is_question=True),
            Step("roles", _("Does anybody only pay, lend or inspect?"), (), ROLE_FIELDS, _("Step 4 of 4")),
            Step("areas", _("What is it about?"), ("areas",), ("groups",), _("Last step"), is_question=True),
            Step(
                "more",
                _("More about it"),
                ("summary", "aliases", "other_countries", "vehicle", "risk", "tags"),
                (),
                _("Optional"),
            ),
        )
    }
)
# Everything that is asked on one page, in its order. Made fields follow the one that they belong to.
EVERYTHING = Step(
    "all",
    _("Everything on one page"),
    (
        *STEPS["about"].fields, "areas", "kinds", "summary", "leads", "aliases", "other_countries", *STAGE_FIELDS,
        "vehicle", "risk", "tags",
    ),
    ("names", "groups"),
)  # fmt: skip


def step_of(field: str) -> Step | None:
    """The step that asks for a field; None for the fields of a stage, which has a page of its own."""
    return next((step for step in STEPS.values() if step.covers(field)), None)
