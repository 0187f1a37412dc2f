"""The optional dimensions of a record, each as its literature draws it.

None of them decides a cell: they describe depth, form and reach beside the matrix.
"""

from .citations import (
    BLOG_POST,
    FOUR_COS,
    HAND_OUT_BENEFICIARY,
    HAND_OUT_DEFINITION,
    HAND_OUT_LEVELS,
    HAND_OUT_NEF,
    HANDBOOK_SCOPE,
    LOFFLER_DECOMMISSIONING,
    LOFFLER_DEFINITION,
    LOFFLER_ORGANISER,
    LOFFLER_STAGES,
    LOFFLER_TABLE_1,
    LOFFLER_VALUE,
    NABATCHI,
    RRCF_APPROACHES,
    RRCF_DEFINITION,
    STRATEGIC_PSP_DEFINITIONS,
)
from .terms import Term, Vocabulary
from .text import gettext_noop as _

FOUR_STAGES = f"{NABATCHI}; {FOUR_COS}"

LEVELS_OF_POWER = Vocabulary(
    "LEVELS_OF_POWER",
    (
        Term(
            "compliance",
            _("Compliance"),
            _("People do their part in a service whose rules stay as they are."),
            HAND_OUT_LEVELS,
        ),
        Term(
            "support",
            _("Support"),
            _("What people bring is valued, and some responsibility is shared with them."),
            HAND_OUT_LEVELS,
        ),
        Term(
            "transformation",
            _("Transformation"),
            _("Power moves: people lead in planning, running and governing the service."),
            HAND_OUT_LEVELS,
        ),
    ),
)

NATURES = Vocabulary(
    "NATURES",
    (
        Term("individual", _("Individual"), _("One person with a service."), NABATCHI),
        Term("group", _("Group"), _("Several people who share a need or a place."), NABATCHI),
        Term("collective", _("Collective"), _("Many people, for the whole community."), NABATCHI),
        Term(
            "mixed",
            _("Mixed"),
            _("Both at once, as in recycling: each does it, all gain."),
            LOFFLER_ORGANISER,
        ),
    ),
)

NATURE_BASES = Vocabulary(
    "NATURE_BASES",
    (
        Term(
            "value",
            _("By the kind of value"),
            _("What it is worth to the person, or to the public."),
            LOFFLER_VALUE,
        ),
        Term(
            "organiser",
            _("By who organises it"),
            _("Can one person do it, or does it take two or more?"),
            LOFFLER_ORGANISER,
        ),
        Term(
            "beneficiary",
            _("By who acts and who gains"),
            _("Users mostly for themselves, or others too for the community."),
            HAND_OUT_BENEFICIARY,
        ),
    ),
)

EFFECTS = Vocabulary(
    "EFFECTS",
    (
        Term(
            "additive",
            _("Additive"),
            _("Users or professionals add to what the other already does."),
            LOFFLER_TABLE_1,
        ),
        Term(
            "substitutive",
            _("Substitutive"),
            _("One does what the other did before."),
            LOFFLER_TABLE_1,
        ),
        Term("both", _("Both"), _("Some work is added and some replaced.")),
    ),
)

INTERACTIONS = Vocabulary(
    "INTERACTIONS",
    (
        Term(
            "relational",
            _("Relational"),
            _("It lives from contact between people who come to know each other."),
            LOFFLER_TABLE_1,
        ),
        Term(
            "transactional",
            _("Transactional"),
            _("Single acts that need no lasting contact, often online."),
            LOFFLER_TABLE_1,
        ),
        Term("both", _("Both"), _("Some of it is relational, some transactional.")),
    ),
)

STAGES = Vocabulary(
    "STAGES",
    (
        Term("commissioning", _("Commissioning"), _("Choosing what matters most."), FOUR_STAGES),
        Term("design", _("Design"), _("Working out how the service works."), FOUR_STAGES),
        Term("delivery", _("Delivery"), _("Doing the work."), FOUR_STAGES),
        Term("assessment", _("Assessment"), _("Judging how well it went."), FOUR_STAGES),
        Term("managing", _("Managing"), _("Steering the running service."), LOFFLER_STAGES),
        Term(
            "decommissioning",
            _("Decommissioning"),
            _("Closing a service or handing it over."),
            LOFFLER_DECOMMISSIONING,
        ),
    ),
)

DESIGN_APPROACHES = Vocabulary(
    "DESIGN_APPROACHES",
    (
        Term(
            "refine_lead_model",
            _("From a model the lead brought along"),
            _("The leading partner had a service in mind and the others helped to improve it."),
            RRCF_APPROACHES,
        ),
        Term(
            "blank_sheet",
            _("From a blank sheet"),
            _("The partners met before there was a proposal and made a new one."),
            RRCF_APPROACHES,
        ),
    ),
)

REACHED = Vocabulary(
    "REACHED",
    (
        Term(
            "organisations_only",
            _("Organisations only"),
            _("Bodies work together; users and communities take no part themselves."),
            HANDBOOK_SCOPE,
        ),
        Term(
            "users_or_communities",
            _("Users or communities too"),
            _("People who use the service, or their communities, take part themselves."),
            HANDBOOK_SCOPE,
        ),
    ),
)

DEFINITIONS = Vocabulary(
    "DEFINITIONS",
    (
        Term(
            "delivery_apart",
            _("Delivery only, with governance and management kept apart"),
            _("Co-production means delivery; co-governance and co-management are other things."),
            STRATEGIC_PSP_DEFINITIONS,
        ),
        Term(
            "umbrella",
            _("One word for the whole cycle"),
            _("Every part that citizens and the third sector have, from planning to delivery."),
            STRATEGIC_PSP_DEFINITIONS,
        ),
        Term(
            "third_and_public_bodies",
            _("Third sector and public bodies designing together"),
            _("Bodies plan together, also called co-design; users are consulted."),
            RRCF_DEFINITION,
        ),
        Term(
            "inherent_in_services",
            _("A part of most services anyway"),
            _("Most services need their users to do something; what to include is disputed."),
            LOFFLER_DEFINITION,
        ),
        Term(
            "decision_making_and_design",
            _("A way to decide and design"),
            _("Users and services depend on each other when they decide and design."),
            HAND_OUT_DEFINITION,
        ),
        Term(
            "equal_and_reciprocal",
            _("An equal relationship in which both give"),
            _("Professionals, users, families and neighbours give and take as equals."),
            HAND_OUT_NEF,
        ),
        Term(
            "agents_in_design_and_delivery",
            _("Users who act in design and delivery"),
            _("People who use a service act, and do not only receive."),
            BLOG_POST,
        ),
    ),
)
