"""Parts of a long form: sections with a heading, folded parts, and the two responsibilities with the matrix beside."""

from typing import Any

from crispy_forms.bootstrap import AccordionGroup
from crispy_forms.layout import HTML, Column, Div, Field, Layout, LayoutObject, Row
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.forms import choices
from taxonomy.service_areas import DIVISIONS

# The anchor of the folded part; links to its fields ask by the query string ("?more=1") that it stands open.
MORE = "more"
FOLDED = (
    "summary", "leads", "aliases", "other_countries", "phase", "starts", "ends", "planned", "vehicle", "risk", "tags",
    *(f"groups_{code}" for code in DIVISIONS.codes),
)  # fmt: skip


class Section(Div):
    """A heading with its questions; ``wide`` for one that takes the whole width of the page."""

    template = "log/_section.html"

    def __init__(self, title: Any, *fields: str | LayoutObject, wide: bool = False, **options: Any) -> None:
        """``title`` is the heading."""
        super().__init__(*fields, **options)
        self.title = title
        self.wide = wide


class Subsection(Section):
    """A section within a folded part."""

    template = "log/_subsection.html"


class Question(Field):
    """A section that is one question: its legend is the heading."""

    template = "log/_question.html"


def responsibilities() -> LayoutObject:
    """The two questions; a change asks for the small matrix anew where there is JavaScript."""
    questions = Div(
        "design",
        "delivery",
        HTML("{% include 'log/_bar.html' %}"),
        hx_get=reverse_lazy("position-preview"),
        hx_trigger="change",
        hx_include="this",
        hx_target="#position-preview",
        hx_indicator="#position-preview",
        hx_sync="this:replace",
    )
    beside = Div(questions, HTML("{% include 'log/_preview.html' %}"), css_class="ask")
    return Section(_("Who is responsible?"), beside, wide=True)


def more(*, is_open: bool) -> LayoutObject:
    """What nobody has to answer, folded. ``is_open`` where something stands in it."""
    groups = [AccordionGroup(label, f"groups_{code}", css_id=f"groups-{code}") for code, label in choices.areas()]
    return AccordionGroup(
        _("Add more (optional)"),
        "summary", "leads", "aliases", "other_countries",
        Subsection(_("Stage"), "phase", Row(Column("starts"), Column("ends")), "planned"),
        Subsection(_("Money and risk"), "vehicle", "risk"),
        Subsection(_("What it is about, more exactly"), *groups, "tags"),
        css_id=MORE, active=is_open,
    )  # fmt: skip


def partnership_layout(*, is_open: bool) -> Layout:
    """The whole form, in the order in which an officer would tell it."""
    return Layout(
        Section(_("The partnership"), "title", "unit", "country", Row(Column("nation"), Column("place"))),
        Question("areas"),
        Question("kinds"),
        responsibilities(),
        Section(_("How do you know?"), "reason", "perspective"),
        Row(Column(more(is_open=is_open), css_class="govuk-grid-column-two-thirds")),
    )
