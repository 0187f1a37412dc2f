"""How judgements are recorded: certainty, statements, assessments, evidence, sources, lessons."""

from .citations import RRCF_LESSONS, STRATEGIC_PSP_LESSONS
from .terms import Term, Vocabulary
from .text import gettext_noop as _

CERTAINTIES = Vocabulary(
    "CERTAINTIES",
    (
        Term("source_stated", _("A source says so"), _("A publication gives the position.")),
        Term(
            "self_reported",
            _("Stated directly"),
            _("Somebody stated both responsibilities directly, with a reason."),
        ),
        Term("assessed", _("Worked out from answers"), _("It follows from the guided questions.")),
        Term(
            "inferred",
            _("Inferred"),
            _("A curator or coder concluded it. Shown only on request, with the reason."),
        ),
    ),
)

CONFIDENCES = Vocabulary(
    "CONFIDENCES",
    (Term("low", _("Low")), Term("medium", _("Medium")), Term("high", _("High"))),
)

STATEMENT_KINDS = Vocabulary(
    "STATEMENT_KINDS",
    (
        Term("explicit", _("Says it plainly")),
        Term("hedged", _("Says it with a reservation"), _("Such as: comes closest to.")),
        Term(
            "label_only",
            _("Gives a label but no cell"),
            _("The label may name several cells, and all of them stay open."),
        ),
        Term("ambiguous", _("Can be read in more than one way")),
        Term(
            "movement",
            _("Describes a movement"),
            _("From some cells to others, drawn as an arrow."),
        ),
        Term(
            "inherited",
            _("Taken from its type of scheme"),
            _("The source places the type, not this example. Counts as inferred."),
        ),
        Term("none", _("Names no cell or model")),
    ),
)

STATEMENT_BASES = Vocabulary(
    "STATEMENT_BASES",
    (
        Term("words", _("In words"), _("It describes who is responsible.")),
        Term("cell", _("By a cell number"), _("The responsibilities follow from the cell.")),
        Term("label", _("By a label"), _("It uses the name of a model.")),
        Term("class", _("By the type of scheme"), _("It speaks of the type as a whole.")),
    ),
)

PERSPECTIVES = Vocabulary(
    "PERSPECTIVES",
    (
        Term("public_body", _("Public body")),
        Term("third_sector", _("Third sector")),
        Term("users_or_community", _("Users or community")),
        Term("researcher", _("Researcher")),
        Term("curator", _("Curator of this register")),
    ),
)

METHODS = Vocabulary(
    "METHODS",
    (
        Term("guided", _("Guided"), _("Questions on who did what; the rule gives the position.")),
        Term("direct", _("Direct"), _("Both responsibilities stated at once, with a reason.")),
    ),
)

GRADES = Vocabulary(
    "GRADES",
    (
        Term("A", _("A: signed agreement, specification or minutes")),
        Term("B", _("B: independent evaluation")),
        Term("C", _("C: account by a partner")),
        Term("D", _("D: conclusion drawn by the assessor")),
    ),
)

SUPPORTS = Vocabulary(
    "SUPPORTS",
    (
        Term("design", _("Who designs")),
        Term("delivery", _("Who delivers")),
        Term("narrative", _("The story")),
    ),
)

SOURCE_KINDS = Vocabulary(
    "SOURCE_KINDS",
    (
        Term("report", _("Report")),
        Term("article", _("Journal article")),
        Term("book", _("Book")),
        Term("chapter", _("Chapter of a book")),
        Term("web_page", _("Web page")),
        Term("hand_out", _("Hand-out")),
        Term("blog_post", _("Blog post")),
        Term("official_document", _("Official document"), _("A law, plan, contract or minutes.")),
        Term("dataset", _("Data set")),
        Term("other", _("Other")),
    ),
)

LESSON_THEMES = Vocabulary(
    "LESSON_THEMES",
    (
        Term(
            "legislation_and_commissioning",
            _("Law and commissioning rules"),
            "",
            STRATEGIC_PSP_LESSONS,
        ),
        Term(
            "sustainability",
            _("Lasting beyond the pilot"),
            _("Planning from the start how it goes on."),
            STRATEGIC_PSP_LESSONS,
        ),
        Term("tendering", _("Tendering"), _("Rigid rules for bids."), STRATEGIC_PSP_LESSONS),
        Term("mission_and_vision", _("A shared mission and vision"), "", STRATEGIC_PSP_LESSONS),
        Term("partnership_working", _("Working as partners"), "", STRATEGIC_PSP_LESSONS),
        Term("training", _("Training"), "", STRATEGIC_PSP_LESSONS),
        Term(
            "shared_working",
            _("Shared offices and communication"),
            "",
            STRATEGIC_PSP_LESSONS,
        ),
        Term("top_level_commitment", _("Commitment at the top"), "", STRATEGIC_PSP_LESSONS),
        Term("funding", _("Funding"), _("Money set aside for it."), STRATEGIC_PSP_LESSONS),
        Term(
            "evaluation",
            _("Evaluation"),
            _("Looking at how it works, not only at results."),
            STRATEGIC_PSP_LESSONS,
        ),
        Term("meanings", _("One word, many meanings"), "", STRATEGIC_PSP_LESSONS),
        Term("evidence_burden", _("The burden of evidence"), "", RRCF_LESSONS),
        Term("duplication", _("Work done twice"), _("Several maps of one need."), RRCF_LESSONS),
        Term("competition_and_secrecy", _("Competition and secrecy"), "", RRCF_LESSONS),
        Term("time", _("Time"), "", RRCF_LESSONS),
        Term("proportionate_demands", _("Demands in proportion"), "", RRCF_LESSONS),
        Term("left_out_partners", _("Partners left in the dark"), "", RRCF_LESSONS),
        Term("experience_of_leads", _("Experience of the leading partner"), "", RRCF_LESSONS),
        Term("roles", _("Clear roles"), "", RRCF_LESSONS),
        Term("intellectual_property", _("Who owns ideas and material"), "", RRCF_LESSONS),
    ),
)

STATUSES = Vocabulary(
    "STATUSES",
    (
        Term("draft", _("Draft"), _("Seen by its organisation and by curators only.")),
        Term("submitted", _("Submitted"), _("Waiting for a curator.")),
        Term("changes_requested", _("Changes requested"), _("A curator asks for something.")),
        Term("published", _("Published"), _("Everybody can see it.")),
        Term("withdrawn", _("Withdrawn"), _("It was published and no longer is.")),
    ),
)
