"""Words that the register gives a meaning of its own; the codebook is their source."""

from .terms import GlossaryTerm
from .text import gettext_noop as _

REGISTER_TERMS = (
    GlossaryTerm(
        "adopted-position",
        _("adopted position"),
        _("The position that the register shows and counts for a phase, with the claim behind it and the day."),
        see_also=("assessment", "statement"),
    ),
    GlossaryTerm(
        "assessment",
        _("assessment"),
        _("One assessor’s claim about one phase, from a stated perspective. Once handed in it never changes."),
        see_also=("perspective", "statement"),
    ),
    GlossaryTerm(
        "certainty",
        _("certainty"),
        _("What a position rests on: a source, a direct statement, answers to questions, or a coder’s conclusion."),
        see_also=("inferred",),
    ),
    GlossaryTerm(
        "citizens",
        _("citizens"),
        _("People taking part as themselves, not through a group: residents, users, carers, families."),
        see_also=("community-group",),
    ),
    GlossaryTerm(
        "codebook",
        _("codebook"),
        _("The numbered edition of cells, questions and rule. Each assessment names the one it was made under."),
        see_also=("deciding-question",),
    ),
    GlossaryTerm(
        "community-group",
        _("community group"),
        _("A group that its own members or volunteers run."),
        see_also=("third-sector", "citizens"),
    ),
    GlossaryTerm(
        "consultation",
        _("consultation"),
        _("Being told or asked without a hand in the decision. It is recorded, and never counts as designing."),
        see_also=("design",),
    ),
    GlossaryTerm(
        "deciding-question",
        _("deciding question"),
        _("A question whose answer moves the position: four about design, two about delivery."),
        see_also=("hinge",),
    ),
    GlossaryTerm(
        "evidence-grade",
        _("evidence grade"),
        _("A letter for the kind of evidence, from A, a signed agreement, to D, the assessor’s own conclusion."),
    ),
    GlossaryTerm(
        "hedge",
        _("hedge"),
        _("The words with which a source holds back, for instance when a cell is only the closest one."),
        see_also=("statement",),
    ),
    GlossaryTerm(
        "hinge",
        _("hinge"),
        _("An answer on which the cell hangs: had a party only been asked, or decided too, it would be another."),
        see_also=("deciding-question",),
    ),
    GlossaryTerm(
        "inferred",
        _("inferred position"),
        _("A position that a coder concluded where no source gives one. Hidden until asked for, with its reason."),
        see_also=("certainty",),
    ),
    GlossaryTerm(
        "lesson",
        _("lesson"),
        _("What one case study teaches, filed under a theme. It is no rule for others."),
    ),
    GlossaryTerm(
        "movement",
        _("movement"),
        _("A change from some cells to others that a source describes. Drawn as an arrow, in no count."),
        see_also=("trajectory",),
    ),
    GlossaryTerm(
        "outside",
        _("outside the matrix"),
        _("In hands that the matrix does not hold, such as those of a company alone."),
    ),
    GlossaryTerm(
        "partly-placed",
        _("partly placed"),
        _("With several possible cells left. Such a partnership is named below the matrix and counted nowhere."),
        see_also=("possible-cell",),
    ),
    GlossaryTerm(
        "partnership",
        _("partnership"),
        _("What an entry describes, if the matrix counts it: one case, a programme, or a part of a service."),
        see_also=("unit",),
    ),
    GlossaryTerm(
        "perspective",
        _("perspective"),
        _("Whose view an assessment gives: a public body’s, the third sector’s, users’, a researcher’s, a curator’s."),
        see_also=("assessment",),
    ),
    GlossaryTerm(
        "phase",
        _("phase"),
        _("A stretch in the life of a partnership, planned or actual, with a position of its own."),
        see_also=("trajectory",),
    ),
    GlossaryTerm(
        "position",
        _("position"),
        _("Where a phase stands: what is known of both responsibilities, and the cells that this leaves."),
        see_also=("adopted-position", "possible-cell"),
    ),
    GlossaryTerm(
        "possible-cell",
        _("possible cell"),
        _("A cell that fits all that is known, while others do too."),
        see_also=("partly-placed", "settled"),
    ),
    GlossaryTerm(
        "settled",
        _("settled"),
        _("With one responsibility left on each axis, and so with one cell."),
        see_also=("possible-cell",),
    ),
    GlossaryTerm(
        "statement",
        _("statement"),
        _("What one source says about a partnership, with the place in the source. Kept apart from assessments."),
        see_also=("hedge", "assessment"),
    ),
    GlossaryTerm(
        "third-sector",
        _("third sector"),
        _("Organisations that are neither public nor run for profit: charities, co-operatives, social enterprises."),
        see_also=("community-group",),
    ),
    GlossaryTerm(
        "trajectory",
        _("trajectory"),
        _("The way of a partnership from cell to cell, phase by phase."),
        see_also=("phase", "movement"),
    ),
    GlossaryTerm(
        "unit",
        _("unit"),
        _("What sort of thing an entry is. Cases, programmes and parts of a service are counted; the rest is listed."),
        see_also=("partnership",),
    ),
)
