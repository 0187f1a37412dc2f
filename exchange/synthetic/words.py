"""The words of which titles, summaries and narratives of synthetic partnerships are put together."""

from types import MappingProxyType

# What marks a record as made up.
TAG = "synthetic"
# And what some of them have beside it.
TAGS = ("rural", "urban", "digital", "young people", "pilot")

# For whoever measures search: this word stands in about half of the records, that one in a handful of the first
# thousand and nowhere else, so that it finds the same in a small and in a large register.
COMMON_WORD, RARE_WORD = "residents", "falconry"
RARE_AMONG, RARE_EVERY = 1000, 120

# COFOG code, then what is done there, then for whom; in the order in which areas are drawn most often.
_SUBJECTS = """
10.2 | Meals at home, Visiting scheme, Memory café, Dementia garden, Day centre, Lunch club | older people
07.2 | Peer support line, Walking groups, Diabetes circle, Health champions, Recovery college | patients
10.4 | Family centre, Parents’ nursery, Foster carers’ network, Kinship café, Toy library | families
06.2 | Neighbourhood plan, Street parliament, Community land trust, Square for all | residents
10.7 | Night shelter, Food pantry, Welcome house, Debt advice, Street kitchen | people without a home
09.1 | Breakfast club, Reading partners, Forest school, Homework club | pupils
08.2 | Village library, Open museum, Choir of all voices, Neighbourhood archive | readers
05.1 | Repair café, Compost round, Clean river days, Swap shop | households
03.4 | Mentoring at the gate, Circles of support, Restorative meetings | people leaving prison
10.1 | Supported jobs, Accessible buses, Sign language desk, Personal budgets circle | disabled people
07.4 | Vaccination walks, Healthy streets, Quit together, Breathing space | residents
08.1 | Swimming pool trust, Park rangers, Football for all, Allotments | young people
04.5 | Village bus, Cargo bike pool, Lift sharing, Safe ways to school | passengers
10.5 | Job club, Tool bank, Second start, Craft apprenticeships | people looking for work
06.1 | Co-housing, Self-build street, Tenants’ renovation, Warm homes | tenants
03.1 | Neighbourhood wardens, Safer nights, Village watch | residents
05.4 | Meadow keepers, Otter watch, Urban trees, Coast path | walkers
09.5 | Language tables, Digital helpers, Second-chance school | adult learners
03.2 | Volunteer fire crew, Smoke alarm visits | households
06.3 | Village water, Well keepers | households
07.3 | Ward companions, Hospital radio, Patients’ council | patients
09.2 | Study hall, Peer mediators | pupils
04.3 | Energy co-operative, Village heat | households
08.4 | Open church hall, Festival of neighbours | residents
"""


def _read(lines: str) -> dict[str, tuple[tuple[str, ...], str]]:
    found = {}
    for line in lines.strip().splitlines():
        code, subjects, people = line.split(" | ")
        found[code] = (tuple(subjects.split(", ")), people)
    return found


SUBJECTS = MappingProxyType(_read(_SUBJECTS))
AREAS = tuple(SUBJECTS)

# How a title begins: with nothing as often as with all the rest together.
ADJECTIVES = ("",) * 12 + (
    "Common", "Everyday", "First", "Good", "Joint", "Little", "Mobile", "Near", "New", "Northern", "Open", "Our",
    "Quiet", "Riverside", "Second", "Shared", "Småland", "Together", "Upper", "Winter", "Young", "Übermorgen",
    "Été", "Zusammen",
)  # fmt: skip

# Names of organisations by kind.
ORGANISATIONS = MappingProxyType(
    {
        "public": ("{place} Council", "{place} Health Board", "Police of {place}", "School of {place}"),
        "third_sector": ("{place} Care Trust", "Co-operative {place}", "{word} Charity", "{word} Housing"),
        "community": ("Friends of {place}", "{word} Residents", "{place} Volunteers", "{word} Self-Help Group"),
        "citizens": ("Residents of {place}", "Users of the service", "Carers and families", "Parents"),
        "private": ("{word} Services plc", "{word} Invest", "{place} Care Homes Ltd"),
        "other": ("University of {place}", "{word} Evaluation", "{word} Consultants"),
    }
)  # fmt: skip
NAMES = (
    "Alder", "Beacon", "Bluebell", "Brücke", "Cedar", "Côté Cœur", "Dún", "Elm Street", "Fjord", "Grønland",
    "Harbour", "Heather", "Iris", "Juniper", "Kæmpe", "Lantern", "Łąka", "Maple", "Niño", "Oak", "Piazza",
    "Quince", "Rowan", "São João", "Thistle", "Undercroft", "Vår", "Willow", "Yarrow", "Žito",
)  # fmt: skip

SUMMARIES = (
    "{what} for {people} in {place}, run since the {time} by {who} with {helpers}.",
    "In {place}, {who} and {helpers} set up {what} so that {people} find help {near}.",
    "{what} brings {helpers} and {who} together around {people}.",
    "A service for {people}: {who} carries {what}, and {helpers} help {near}.",
)
AIMS = (
    "It began when {helpers} asked for it at a meeting of {residents}.",
    "The aim is fewer emergencies and more company for {people}.",
    "About {number} {residents} take part each year.",
    "{helpers_upper} keep the rota; {who} pays for the rooms.",
    "It is open to everybody {near}, without a referral.",
    "What began as a pilot still went on {number} months later.",
)
PARAGRAPHS = (
    "{who} wrote the first plan. {helpers_upper} changed it twice, above all the opening hours and who may come.",
    "Each week {number} people meet {near}. Two of them are paid; the others are volunteers from {place}.",
    "Money came from three pots: a grant for {number} months, a share of the budget of {who}, and what {people} pay.",
    "An evaluation counted visits and asked {people} what had changed. Most named company first, then advice.",
    "After the election the {what_lower} moved to a building that {helpers} had mended themselves.",
    "Training is shared: staff of {who} and {helpers} sit in the same room, and each side teaches once a month.",
    "There were quarrels too. {helpers_upper} wanted evenings, {who} wanted records, and it took a year to have both.",
    "A steering group of {number} meets every month; {people} hold half of the seats and the chair changes yearly.",
    "Similar schemes in other towns were visited before the start, and some have copied the agreement since.",
    "The agreement names five results. Nobody is paid by them, and they are read aloud at the yearly assembly.",
)  # fmt: skip
HELPERS = ("volunteers", "neighbours", "carers", "a local charity", "parents", "former users", "a tenants’ group")
TIMES = ("nineties", "turn of the century", "flood", "merger of the councils", "great storm", "second reform")
NEAR = ("close to home", "in the old school", "on market days", "by telephone", "at the kitchen table", "in the square")

PHASES = ("Pilot", "Build-up", "Service", "Handover", "Renewal", "Second contract", "Wider roll-out")
PLANS = ("Planned expansion", "Planned transfer", "Planned tender")

SOURCES = (
    "Evaluation of {subject} in {place}", "{subject}: what {number} visits taught", "Annual report {place} {number}",
    "Who decides? {subject} and its users", "Agreement on {subject}", "Partnership working in {place}",
)  # fmt: skip
AUTHORS = ("Ahlström, E.", "Bianchi, G. and Rossi, T.", "Example Institute", "Górska, M.", "Núñez, P.", "O’Hara, S.")
HEDGES = ("comes closest to", "could be seen as", "in most respects", "at least on paper")
REASONS = (
    "The minutes name both partners whenever a decision is told.",
    "Nobody but the public body is named as deciding anything.",
    "Work plans list volunteers for every shift.",
)
PARAPHRASES = (
    "Tells who decided on the plan and who does the work.",
    "Compares it with the other services of the town.",
    "Speaks of the agreement between the partners.",
)
DIRECT_REASONS = ("The agreement of both sides", "The contract and its annex", "The yearly report")
HEADLINES = ("How {what_lower} found its shape", "{number} years of {what_lower}", "The people behind {what_lower}")
LESSONS = (
    "Agree early on who may say no.", "Count the hours of volunteers before promising a service.",
    "Write the plan in the words of those who use it.", "Money for one year makes plans for one year.",
    "Let both sides teach each other.", "Ask those who left.",
)  # fmt: skip
PLACES_IN_SOURCES = ("p. {number}", "section {number}", "table {number}", "annex {number}", "ch. {number}, para 2")
