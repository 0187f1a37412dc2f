"""How the fields of the record stand on a page: one step of it, or all of it with what is optional folded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import AccordionGroup
from crispy_forms.layout import HTML, Column, Div, Field, Layout, LayoutObject, Row
from django.utils.translation import gettext_lazy as _

from partnerships.forms import choices
from partnerships.forms.steps import ROLE_FIELDS
from taxonomy.service_areas import DIVISIONS

if TYPE_CHECKING:
    from partnerships.forms.draft import PartnershipForm

# What the register has that is like what is typed.
ALIKE = "{% include 'log/_alike_live.html' %}"
# The anchor of the folded part; links to its fields ask by the query string ("?more=1") that it stands open.
MORE = "more"
GROUPS = tuple(f"groups_{code}" for code in DIVISIONS.codes)
FOLDED = (
    "summary", "leads", "aliases", "other_countries", "phase", "starts", "ends", "planned", "vehicle", "risk", "tags",
    *GROUPS,
)  # fmt: skip


class Section(Div):
    """A heading with its questions."""

    template = "log/_section.html"

    def __init__(self, title: Any, *fields: str | LayoutObject, **options: Any) -> None:
        """``title`` is the heading."""
        super().__init__(*fields, **options)
        self.title = title


class Subsection(Section):
    """A section within a folded part."""

    template = "log/_subsection.html"


class Question(Field):
    """A section that is one question: its legend is the heading."""

    template = "log/_question.html"


class PageQuestion(Field):
    """The one question of a page: its legend is the page's heading."""

    template = "log/_page_question.html"


def layout_of(form: PartnershipForm) -> Layout:
    """The layout of the step that the form shows."""
    return STEP_LAYOUTS[form.step.code](form)


def _answered(form: PartnershipForm, *names: str) -> bool:
    return any(form[name].value() for name in names)


def _about(form: PartnershipForm) -> Layout:
    return Layout("title", "unit", "country", Row(Column("nation"), Column("place")), HTML(ALIKE))


def _who(form: PartnershipForm) -> Layout:
    leads = AccordionGroup(_("Who leads? (optional)"), "leads", css_id="lead", active=_answered(form, "leads"))
    return Layout(PageQuestion("kinds"), HTML("{% include 'log/_control_question.html' %}"), leads)


def _roles(form: PartnershipForm) -> Layout:
    """A folded group for each partner."""
    return Layout(*(_besides(form, *party) for party in form.parties))


def _besides(form: PartnershipForm, key: str, kind: str, name: str) -> LayoutObject:
    fields = [f"{field}_{key}" for field in ROLE_FIELDS]
    title = name or dict(choices.KINDS)[kind]
    return AccordionGroup(title, *fields, css_id=f"besides-{key}", active=_answered(form, *fields))


def _areas(form: PartnershipForm) -> Layout:
    exactly = AccordionGroup(
        _("More exactly (optional)"), *_groups(), css_id="exactly", active=_answered(form, *GROUPS)
    )
    return Layout(PageQuestion("areas"), exactly)


def _groups() -> list[LayoutObject]:
    return [AccordionGroup(label, f"groups_{code}", css_id=f"groups-{code}") for code, label in choices.areas()]


def _more(form: PartnershipForm) -> Layout:
    return Layout("summary", "aliases", "other_countries", "vehicle", "risk", "tags")


def _all(form: PartnershipForm) -> Layout:
    """The whole record, in the order in which an officer would tell it; what nobody has to answer is folded."""
    answered = _answered(form, *(name for name in FOLDED if name != "planned"))
    is_open = form.open_fold or answered or form["planned"].value() == "planned"
    return Layout(
        Section(_("The partnership"), "title", "unit", "country", Row(Column("nation"), Column("place")), HTML(ALIKE)),
        Question("areas"),
        Question("kinds"),
        AccordionGroup(
            _("Add more (optional)"),
            "summary", "leads", "aliases", "other_countries",
            Subsection(_("Stage"), "planned", Row(Column("starts"), Column("ends")), "phase"),
            Subsection(_("Money and risk"), "vehicle", "risk"),
            Subsection(_("What it is about, more exactly"), *_groups(), "tags"),
            css_id=MORE, active=is_open,
        ),
    )  # fmt: skip


STEP_LAYOUTS: Mapping[str, Callable[[PartnershipForm], Layout]] = {
    "about": _about,
    "who": _who,
    "roles": _roles,
    "areas": _areas,
    "more": _more,
    "all": _all,
}
