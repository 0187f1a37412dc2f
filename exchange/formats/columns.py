"""The columns of the flat record, in their order: the one table that export, data dictionary and import read."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from exchange.formats.values import (
    ADDRESS,
    CELLS,
    CODE,
    CODES,
    DATE,
    DAY,
    LIST,
    NUMBER,
    PARTNERS,
    PARTNERSHIP,
    PHASE,
    STATEMENT,
    TEXT,
    YES_NO,
    Column,
    address_of,
    confirmed_of,
    ends_of,
    id_of,
    model_of,
    part_of,
    partners_of,
    possible_in,
    rationale_of,
    starts_of,
    stated_cells_of,
)

SECTOR, PROFESSIONAL = ("SECTOR_LEVELS",), ("PROFESSIONAL_LEVELS",)

COLUMNS: tuple[Column, ...] = (
    Column(
        "partnership_id",
        PARTNERSHIP,
        CODE,
        _(
            "The partnership’s own code: the last part of its address on this site. In a copy of the "
            "whole register, a record that was never published bears a UUID instead."
        ),
        find=id_of,
    ),
    Column("title", PARTNERSHIP, TEXT, _("What it is called.")),
    Column("aliases", PARTNERSHIP, LIST, _("Other names it goes by.")),
    Column(
        "unit",
        PARTNERSHIP,
        CODE,
        _("What kind of thing is described. Only cases, programmes and components are counted on the matrix."),
        ("UNITS",),
    ),
    Column("part_of", PARTNERSHIP, CODE, _("The code of the partnership that it is a part of."), find=part_of),
    Column("summary", PARTNERSHIP, TEXT, _("What it is and for whom, in one to four sentences.")),
    Column("countries", PARTNERSHIP, CODES, _("Where it is, as ISO 3166-1 codes of two letters."), ("COUNTRIES",)),
    Column("nation", PARTNERSHIP, TEXT, _("The nation or region inside the country.")),
    Column("place", PARTNERSHIP, TEXT, _("The town, district or site.")),
    Column(
        "service_areas",
        PARTNERSHIP,
        CODES,
        _("What the service is about: divisions and groups of the UN’s classification COFOG."),
        ("AREAS",),
    ),
    Column("tags", PARTNERSHIP, LIST, _("Free words for what it is about.")),
    Column("vehicle", PARTNERSHIP, CODE, _("How it is bought, funded or planned."), ("VEHICLES",)),
    Column("risk", PARTNERSHIP, CODE, _("Who carries the risk."), ("RISK_CARRIERS",)),
    Column(
        "level", PARTNERSHIP, CODE, _("How far power moves to the people who use the service."), ("LEVELS_OF_POWER",)
    ),
    Column("nature", PARTNERSHIP, CODES, _("Whether people act alone, in a group or as a community."), ("NATURES",)),
    Column("effect", PARTNERSHIP, CODE, _("Whether it adds to what was there or takes its place."), ("EFFECTS",)),
    Column(
        "interaction", PARTNERSHIP, CODE, _("Whether people build a relation or exchange something."), ("INTERACTIONS",)
    ),
    Column("stages", PARTNERSHIP, CODES, _("The stages of the service that co-production reaches."), ("STAGES",)),
    Column("design_approach", PARTNERSHIP, CODE, _("How the design began."), ("DESIGN_APPROACHES",)),
    Column(
        "partners",
        PARTNERSHIP,
        PARTNERS,
        _(
            "Who takes part, each with its kind in front, as in public:Leeds City Council | citizens:Residents of "
            "Beeston. One that leads has * in front: *public:Leeds City Council."
        ),
        ("PARTY_KINDS",),
        find=partners_of,
    ),
    Column(
        "phase",
        PHASE,
        TEXT,
        _(
            "The name of the phase. Empty in a row about the partnership as a whole, such as a "
            "movement from one model to another."
        ),
        find=attrgetter("name"),
    ),
    Column(
        "phase_order",
        PHASE,
        NUMBER,
        _("The place of the phase in the partnership’s own order."),
        find=attrgetter("order"),
    ),
    Column(
        "phase_starts",
        PHASE,
        DATE,
        _("When the phase starts, known to the year, the month or the day."),
        find=starts_of,
    ),
    Column("phase_ends", PHASE, DATE, _("The last year, month or day of the phase."), find=ends_of),
    Column("planned", PHASE, YES_NO, _("Whether the phase is a plan and not something that happened.")),
    Column(
        "current",
        PHASE,
        YES_NO,
        _("Whether the matrix shows the partnership at this phase: the latest one that is no plan."),
        derived=True,
    ),
    Column("design", PHASE, CODE, _("Who is responsible for design. Empty: not known."), SECTOR),
    Column("delivery", PHASE, CODE, _("Who is responsible for delivery. Empty: not known."), SECTOR),
    Column(
        "possible_cells",
        PHASE,
        CELLS,
        _(
            "Every cell that the phase could be in: 1 to 9, “outside” where only kinds without a side "
            "hold an axis, “nobody” where none does. Empty: not placed."
        ),
        find=possible_in(""),
    ),
    Column(
        "cell",
        PHASE,
        NUMBER,
        _("The cell, where both responsibilities are known: 3 × delivery + design + 1."),
        derived=True,
    ),
    Column(
        "model",
        PHASE,
        CODE,
        _("The model of collaboration, where all possible cells bear the same label."),
        ("MODELS",),
        derived=True,
        find=model_of,
    ),
    Column(
        "professional_design",
        PHASE,
        CODE,
        _("Who is responsible for design, read by professionals against users. Empty: not known."),
        PROFESSIONAL,
    ),
    Column(
        "professional_delivery",
        PHASE,
        CODE,
        _("Who is responsible for delivery, read by professionals against users. Empty: not known."),
        PROFESSIONAL,
    ),
    Column(
        "professional_possible_cells",
        PHASE,
        CELLS,
        _("As possible_cells, in the professional lens."),
        find=possible_in("professional_"),
    ),
    Column("professional_cell", PHASE, NUMBER, _("As cell, in the professional lens."), derived=True),
    Column(
        "certainty",
        PHASE,
        CODE,
        _(
            "What the position rests on. Inferred positions are in the file and marked here; the "
            "matrix counts them on request only."
        ),
        ("CERTAINTIES",),
    ),
    Column("confidence", PHASE, CODE, _("How sure an inferred position is."), ("CONFIDENCES",)),
    Column(
        "rationale",
        PHASE,
        TEXT,
        _("Why the phase stands where it stands; for an inferred position, what it was inferred from."),
        find=rationale_of,
    ),
    Column("source_title", STATEMENT, TEXT, _("The source that makes a statement."), find=attrgetter("source.title")),
    Column("source_year", STATEMENT, NUMBER, _("The year of the source."), find=attrgetter("source.year")),
    Column("source_url", STATEMENT, TEXT, _("The web address of the source."), find=attrgetter("source.url")),
    Column("source_doi", STATEMENT, TEXT, _("The DOI of the source."), find=attrgetter("source.doi")),
    Column(
        "source_locator",
        STATEMENT,
        TEXT,
        _("The place in the source: page, section or paragraph."),
        find=attrgetter("place"),
    ),
    Column(
        "statement_kind", STATEMENT, CODE, _("How the source says it."), ("STATEMENT_KINDS",), find=attrgetter("kind")
    ),
    Column(
        "stated_model",
        STATEMENT,
        TEXT,
        _("The model or type that the source names, in its words."),
        find=attrgetter("label"),
    ),
    Column(
        "stated_lens",
        STATEMENT,
        CODE,
        _("The lens in which the statement speaks."),
        ("LENSES",),
        find=attrgetter("lens"),
    ),
    Column(
        "stated_cells",
        STATEMENT,
        CELLS,
        _("The cells that the source gives; for a movement those before and after, as in 4|7>5."),
        find=stated_cells_of,
    ),
    Column(
        "stated_design",
        STATEMENT,
        CODE,
        _("Responsibility for design as stated, in the levels of the statement’s lens."),
        (*SECTOR, *PROFESSIONAL),
        find=attrgetter("design"),
    ),
    Column(
        "stated_delivery",
        STATEMENT,
        CODE,
        _("Responsibility for delivery as stated, in the levels of the statement’s lens."),
        (*SECTOR, *PROFESSIONAL),
        find=attrgetter("delivery"),
    ),
    Column("hedge", STATEMENT, TEXT, _("The source’s own words of caution.")),
    Column("perspective", STATEMENT, TEXT, _("Whose view the source reports.")),
    Column("reading", STATEMENT, TEXT, _("Which reading this is, where a sentence allows several.")),
    Column(
        "last_confirmed",
        PARTNERSHIP,
        DAY,
        _("The day on which the organisation last confirmed the record."),
        find=confirmed_of,
    ),
    Column(
        "url",
        PARTNERSHIP,
        ADDRESS,
        _("The page of the partnership. Not read on import."),
        derived=True,
        find=address_of,
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
