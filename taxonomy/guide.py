"""What the guide says of positions and how to read them, and the questions to ask by role.

Facts follow the cited places in our own words. What a page says about a single partnership comes
from the register, never from here.
"""

from dataclasses import dataclass

from .citations import LOFFLER_ROLES
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Reading:
    """A situation that a reader meets on the matrix, explained once; `term` is its code in the glossary."""

    code: str
    title: str
    text: str
    term: str


READINGS = (
    Reading(
        "stated",
        _("The source names a cell"),
        _(
            "One source puts it in this cell in plain words. That gives the position, even where the source does not "
            "list who did what. It is drawn solid, and it counts."
        ),
        "statement",
    ),
    Reading(
        "hedged",
        _("The source holds back"),
        _("The source names a cell with a reservation. The position counts, and the reservation goes with it."),
        "hedge",
    ),
    Reading(
        "label_only",
        _("A label, but no cell"),
        _(
            "The source uses the name of a model that stands in more than one cell. All of them stay open and are "
            "drawn hatched; none of them counts it."
        ),
        "label",
    ),
    Reading(
        "ambiguous",
        _("A sentence with two meanings"),
        _("What the source says can be read in more than one way. Each reading is kept, and so is what is open."),
        "possible-cell",
    ),
    Reading(
        "one_axis",
        _("One of two questions answered"),
        _("One responsibility is stated and the other is not, so three cells in a line are left."),
        "partly-placed",
    ),
    Reading(
        "unknown",
        _("Not known"),
        _("Nothing says who designs or delivers it. It is listed without a place: “not known” is an answer."),
        "position",
    ),
    Reading(
        "inferred",
        _("A coder’s conclusion"),
        _(
            "No source places this entry itself. A coder concluded where it stands, and says why and how surely. "
            "Hidden until you ask."
        ),
        "inferred",
    ),
    Reading(
        "lenses",
        _("Two lenses, two places"),
        _(
            "By sector a group and the staff it pays stand on one side; by profession they are on opposite sides. So "
            "the same arrangement can stand in two places."
        ),
        "lens",
    ),
    Reading(
        "movement",
        _("A movement"),
        _("A source tells of a change from some cells to others. It is drawn as an arrow, and no cell counts it."),
        "movement",
    ),
)


@dataclass(frozen=True, slots=True)
class RoleQuestions:
    """Questions for one group of people in and around a council; `themes` are codes of LESSON_THEMES beside them."""

    code: str
    name: str
    questions: tuple[str, ...]
    themes: tuple[str, ...]


# The table behind it has two columns, interests and gaps in research, which have run together in the copy at hand:
# the groups are certain, the pairs are not. Which themes of lessons stand beside a group is our choice.
ROLES_CITATION = LOFFLER_ROLES
ROLES = (
    RoleQuestions(
        "front-line",
        _("Front-line staff"),
        (
            _("How do we put to use what users and communities know and can do, and win them over?"),
            _("What happens when something goes wrong, or when people no longer want to go on?"),
            _("What becomes of our standing and our pay when services turn on users and citizens?"),
            _("What draws more people in, and what keeps them in: campaigns, rewards, duties?"),
            _("What keeps users and neighbours from taking part?"),
        ),
        ("left_out_partners", "roles", "time"),
    ),
    RoleQuestions(
        "middle-managers",
        _("Middle managers"),
        (
            _("What does it improve: what we produce, how good it is, or what changes for people?"),
            _("Which new ways of informing and communicating do we need?"),
            _("Which managers need other skills, for instance to weigh self-direction against risk?"),
            _("How does it fit our tools for customer service and quality?"),
            _("How do we judge gains and risks in a way that users, managers and politicians can follow?"),
        ),
        ("partnership_working", "roles", "evidence_burden"),
    ),
    RoleQuestions(
        "hr-managers",
        _("HR managers"),
        (
            _("What changes in the people we look for and in how we train them?"),
            _("How does the culture of our organisation change, and that of its partners?"),
            _("What does it do to the culture of each profession?"),
            _("Do our plans for staff skills still fit what staff have to do?"),
        ),
        ("training", "experience_of_leads"),
    ),
    RoleQuestions(
        "finance-managers",
        _("Finance managers"),
        (
            _("Is the time of users and communities dearer, for what they give up, than the staff time it replaces?"),
            _("Where does spending on ICT improve the service, and where does it lower its cost?"),
            _("Shall we have to invest less later on?"),
            _("Which savings can be taken out of the budget, and which cannot?"),
            _("Does technology change cost and quality in a way that can be foreseen?"),
        ),
        ("funding", "sustainability", "tendering"),
    ),
    RoleQuestions(
        "performance-managers",
        _("Performance managers"),
        (
            _("How do we judge outcomes that users help to bring about?"),
            _("How do we judge indirect benefits as well as direct ones?"),
            _("Where does it belong in the assessments and indicators that we report?"),
            _("How much difference does it make, and is that the same from service to service?"),
            _("Does the difference hold when the time of those who take part is given a value?"),
        ),
        ("evaluation", "evidence_burden", "duplication"),
    ),
    RoleQuestions(
        "chief-executive",
        _("Chief executive"),
        (
            _("How can it be part of a strategy for efficiency?"),
            _("Which structure does the organisation need for it to work?"),
            _("How do we find the right scale for it?"),
            _("What does it add to our other ways of doing more with less, and how would we measure it?"),
            _("How much of it can one council carry, and which partners would it take to do more?"),
        ),
        ("top_level_commitment", "partnership_working", "sustainability"),
    ),
    RoleQuestions(
        "councillors",
        _("Councillors"),
        (
            _("What does it do to accountability?"),
            _("What can councillors do to set it going in their community?"),
            _("Are its limits and drawbacks on the table when the council decides?"),
            _("Does it change what the public thinks of our services, and how far it trusts us?"),
            _("What does the change cost users and other citizens?"),
            _("Is it laid on people who will not or cannot take part, so that they lose by it?"),
        ),
        ("legislation_and_commissioning", "top_level_commitment", "proportionate_demands"),
    ),
)
