"""Survey figures that the sources print: context for readers, and never a score of a partnership.

Each table says what was asked, of whom as far as the source tells, and with what care to read it. Values are kept as
printed, so that 9.7 stays 9.7.
"""

from dataclasses import dataclass
from decimal import Decimal

from .citations import (
    LOFFLER_COMPLIANCE,
    LOFFLER_GROUPS,
    LOFFLER_INDEX,
    LOFFLER_OFFICERS,
    RRCF_CHANGE,
    STRATEGIC_PSP_ITALY,
)
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as printed, and what it is about."""

    label: str
    value: str

    @property
    def share(self) -> float:
        """The value as a part of one hundred, for a bar."""
        return float(Decimal(self.value))


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Numbers of one survey: what they are, their unit ("%" or ""), and what to mind.

    Every table of this kind runs from 0 to 100.
    """

    code: str
    title: str
    about: str
    column: str
    unit: str
    rows: tuple[Figure, ...]
    cautions: tuple[str, ...]
    citation: str


NO_SCORE = _(
    "These numbers tell how people answered surveys. They say nothing about single partnerships, and no page of one "
    "shows them."
)

FIGURES = (
    FigureTable(
        "index",
        _("How much users do, in five countries"),
        _(
            "An index of answers to a survey of citizens in 2008: 0 if everybody said “never” to every question about "
            "taking part, 100 if everybody said “often”."
        ),
        _("Country"),
        "",
        (
            Figure(_("United Kingdom"), "56"),
            Figure(_("Germany"), "53"),
            Figure(_("Czech Republic"), "52"),
            Figure(_("France"), "51"),
            Figure(_("Denmark"), "48"),
        ),
        (
            _("It measures people’s answers about the environment, health and safety, not services or cases."),
            _(
                "The paper is not of one mind about it: the text names health, community safety and crime prevention, "
                "the figure environment, health and community safety."
            ),
            _("Two titles stand at one figure: co-production by citizens, and involvement of users."),
        ),
        LOFFLER_INDEX,
    ),
    FigureTable(
        "groups",
        _("Who takes part in a group"),
        _("The same survey: people who answered “often” when asked about taking part in groups for …"),
        _("Field"),
        "%",
        (
            Figure(_("Health"), "9.7"),
            Figure(_("Environment"), "7.9"),
            Figure(_("Safety"), "5.9"),
        ),
        (
            _("Apparently the five countries together; the bars for each country cannot be read from our copy."),
            _("By the index above, people do most for the local environment. Groups are strongest in health."),
        ),
        LOFFLER_GROUPS,
    ),
    FigureTable(
        "officers",
        _("What council officers think that engagement led to"),
        _("A survey in 2006 among officers of local authorities: those who said that engaging the public had led to …"),
        _("Result"),
        "%",
        (
            Figure(_("Services that respond better to users"), "89"),
            Figure(_("Decisions on better information"), "86"),
            Figure(_("Services easier to reach"), "81"),
            Figure(_("Better quality"), "79"),
            Figure(_("Services that fit together better"), "76"),
            Figure(_("More for the money of council tax payers"), "59"),
        ),
        (
            _("Officers judge their own work here. Citizens, in the survey above, were much less positive."),
            _("Reported by Bovaird and Downe in 2008; how many officers answered is not in our source."),
        ),
        LOFFLER_OFFICERS,
    ),
    FigureTable(
        "partners",
        _("What partners expect of a public social partnership"),
        _("A survey of partners in the first year of the Reducing Reoffending Change Fund: those who agreed that …"),
        _("Statement"),
        "%",
        (
            Figure(_("the services will gain in quality"), "82"),
            Figure(_("it can name its social benefits"), "80"),
            Figure(_("it can prove them"), "76"),
        ),
        (
            _("These are hopes, held while the services were being developed, and no results."),
            _("How many partners answered is not in the chapter."),
        ),
        RRCF_CHANGE,
    ),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money that a source mentions."""

    label: str
    value: str
    caution: str
    citation: str


AMOUNTS = (
    Amount(
        _("Clearing away graffiti, gum and litter in Solihull"),
        _("£1.2 million a year"),
        _("One council, at the time of the paper; named there to show what careless behaviour costs."),
        LOFFLER_COMPLIANCE,
    ),
    Amount(
        _("Limit below which Italy allowed buying without a tender, from 2000"),
        _("€209,000"),
        _("The limit of the European directives at the time; it has no meaning for purchases today."),
        STRATEGIC_PSP_ITALY,
    ),
)
