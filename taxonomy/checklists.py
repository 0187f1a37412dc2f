"""Checklists about a phase: what was done, and what is not known. They never move a cell.

Each list follows a source in our own words. There is no order to keep to and nothing to add
up: the evaluation says that its partners took the steps at the same time or in another order,
and none of the sources counts its features or principles. Codes of items bear the code of
their list in front, so that one column can hold the items of all lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .citations import BLOG_POST, LOFFLER_PRINCIPLES, RRCF_STEPS, RRCF_TOOLS
from .terms import Term
from .text import gettext_noop as _

NEVER_COUNTED = _("Checklists show what was done. They never move a cell.")


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list of things to tick; the code of each item starts with the code of the list."""

    code: str
    name: str
    help: str
    citation: str
    items: tuple[Term, ...]


PROCESS = Checklist(
    "process",
    _("Steps of designing together"),
    _("Steps may overlap or change places, and not every partnership takes them all."),
    RRCF_STEPS,
    (
        Term(
            "process.understand",
            _("Partners agreed what the partnership is and who does what"),
            _("Where there was need of it."),
        ),
        Term("process.timetable", _("A timetable with milestones was drawn up")),
        Term("process.evidence", _("Facts were gathered and users were consulted")),
        Term("process.workshops", _("Partners met in design workshops"), _("Most often led by the leading partner.")),
        Term(
            "process.workstreams",
            _("Groups worked on single themes"),
            _("After wide talks, in larger or national partnerships."),
        ),
        Term(
            "process.detailed_plan",
            _("The plan was worked out in detail"),
            _("Most often by the leading partner, while the others comment and approve."),
        ),
    ),
)

FEATURES = Checklist(
    "features",
    _("Six features"),
    _("Suggested features of most co-production. None of them is required."),
    BLOG_POST,
    (
        Term("features.assets", _("People are treated as having something to give")),
        Term("features.capabilities", _("It builds on what people can already do")),
        Term("features.mutuality", _("There is give and take"), _("Each side can expect something of the other.")),
        Term("features.peer_support", _("People in the same situation support each other")),
        Term("features.blurring", _("The line between staff and users is less sharp")),
        Term("features.facilitating", _("Staff help things to happen"), _("They do not do everything for people.")),
    ),
)

PRINCIPLES = Checklist(
    "principles",
    _("Four principles"),
    _("What definitions of co-production have in common."),
    LOFFLER_PRINCIPLES,
    (
        Term("principles.asset_holders", _("Users play an active part with what they have")),
        Term("principles.collaborative", _("Staff and users work as partners"), _("Staff do not simply know best.")),
        Term("principles.outcomes", _("What changes for people matters, not only the service given")),
        Term(
            "principles.adds_or_replaces",
            _("Users’ work adds to that of staff, or takes its place"),
            _("Or staff join what people had done by themselves."),
        ),
    ),
)

TOOLS = Checklist(
    "tools",
    _("Tools used in designing"),
    _("What partners worked with to learn about the need and to agree."),
    RRCF_TOOLS,
    (
        Term("tools.mapping", _("A map of the services there are")),
        Term("tools.survey", _("A survey")),
        Term("tools.case_studies", _("Stories of single users")),
        Term("tools.report_samples", _("A sample of case reports")),
        Term("tools.statistics", _("Statistics")),
        Term(
            "tools.social_return",
            _("Social return on investment"),
            _("Puts the benefits in money, for which data are needed."),
        ),
        Term("tools.logic_model", _("A logic model"), _("A chart of what is done and what it should lead to.")),
        Term("tools.agreement", _("A written agreement or work plan")),
    ),
)

CHECKLISTS: Mapping[str, Checklist] = MappingProxyType(
    {checklist.code: checklist for checklist in (PROCESS, TOOLS, FEATURES, PRINCIPLES)}
)


def checklist(code: str) -> Checklist:
    """Return the checklist with this code; KeyError names an unknown one."""
    if code not in CHECKLISTS:
        raise KeyError(f"there is no checklist {code!r}")
    return CHECKLISTS[code]
