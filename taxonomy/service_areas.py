"""What a service is about: the divisions and groups of government functions, in plain words.

Source: COFOG 1999 (`citations.COFOG`): 10 divisions, 69 groups. The codes are the UN's; the
words and examples are ours.
"""

from .citations import COFOG
from .terms import Term, Vocabulary
from .text import gettext_noop as _

_DIVISIONS = (
    ("01", _("Running government"), _("Tax offices, elections, statistics")),
    ("02", _("Defence"), _("Armed forces, civil defence")),
    ("03", _("Public order and safety"), _("Police, fire service, courts, prisons")),
    ("04", _("Economy and transport"), _("Buses, farm advice, help for firms, broadband")),
    ("05", _("Environment"), _("Recycling, clean rivers, nature reserves")),
    ("06", _("Housing and neighbourhoods"), _("New homes, water supply, street lights")),
    ("07", _("Health"), _("Doctors, hospitals, vaccination, mental health care")),
    ("08", _("Sport, culture and religion"), _("Libraries, museums, swimming pools, youth clubs")),
    ("09", _("Education"), _("Nurseries, schools, universities, evening classes")),
    ("10", _("Social care and benefits"), _("Care for older people, pensions, family support")),
)

_GROUPS = (
    ("01.1", _("Parliament, government, finance and foreign affairs")),
    ("01.2", _("Economic aid to other countries")),
    ("01.3", _("Shared services of government, such as staffing and statistics")),
    ("01.4", _("Basic research")),
    ("01.5", _("Research on running government")),
    ("01.6", _("Running government: anything else, such as elections")),
    ("01.7", _("Public debt")),
    ("01.8", _("General grants between levels of government")),
    ("02.1", _("Armed forces")),
    ("02.2", _("Civil defence")),
    ("02.3", _("Military aid to other countries")),
    ("02.4", _("Research on defence")),
    ("02.5", _("Defence: anything else")),
    ("03.1", _("Police")),
    ("03.2", _("Fire service")),
    ("03.3", _("Courts and legal aid")),
    ("03.4", _("Prisons and work with offenders")),
    ("03.5", _("Research on public order and safety")),
    ("03.6", _("Public order and safety: anything else")),
    ("04.1", _("General economic policy, trade and jobs")),
    ("04.2", _("Farming, forestry, fishing and hunting")),
    ("04.3", _("Fuel and energy")),
    ("04.4", _("Mining, manufacturing and building")),
    ("04.5", _("Transport")),
    ("04.6", _("Post and telecommunications")),
    ("04.7", _("Other trades, such as shops and tourism")),
    ("04.8", _("Research on the economy")),
    ("04.9", _("Economy: anything else")),
    ("05.1", _("Waste and street cleaning")),
    ("05.2", _("Waste water")),
    ("05.3", _("Reducing pollution")),
    ("05.4", _("Wildlife and landscape")),
    ("05.5", _("Research on the environment")),
    ("05.6", _("Environment: anything else")),
    ("06.1", _("Building and improving homes")),
    ("06.2", _("Community development and planning")),
    ("06.3", _("Water supply")),
    ("06.4", _("Street lighting")),
    ("06.5", _("Research on housing and neighbourhoods")),
    ("06.6", _("Housing and neighbourhoods: anything else")),
    ("07.1", _("Medicines, aids and equipment")),
    ("07.2", _("Care without a hospital stay: doctors, dentists, therapists")),
    ("07.3", _("Hospitals and nursing homes")),
    ("07.4", _("Public health, such as prevention and screening")),
    ("07.5", _("Research on health")),
    ("07.6", _("Health: anything else")),
    ("08.1", _("Sport and recreation")),
    ("08.2", _("Arts, libraries, museums and heritage")),
    ("08.3", _("Broadcasting and publishing")),
    ("08.4", _("Religion and other community life")),
    ("08.5", _("Research on sport, culture and religion")),
    ("08.6", _("Sport, culture and religion: anything else")),
    ("09.1", _("Nursery and primary schools")),
    ("09.2", _("Secondary schools")),
    ("09.3", _("Vocational courses after school, below university")),
    ("09.4", _("Universities and colleges")),
    ("09.5", _("Courses without a set level, such as adult classes")),
    ("09.6", _("Services around education: school meals, transport, boarding")),
    ("09.7", _("Research on education")),
    ("09.8", _("Education: anything else")),
    ("10.1", _("Sickness and disability")),
    ("10.2", _("Older people")),
    ("10.3", _("Support after a death in the family")),
    ("10.4", _("Families and children")),
    ("10.5", _("Unemployment")),
    ("10.6", _("Help with the cost of housing")),
    ("10.7", _("Exclusion, such as poverty, homelessness, addiction or asylum")),
    ("10.8", _("Research on social care and benefits")),
    ("10.9", _("Social care and benefits: anything else")),
)

DIVISIONS = Vocabulary("DIVISIONS", tuple(Term(code, label, example, COFOG) for code, label, example in _DIVISIONS))


def _in_order() -> tuple[Term, ...]:
    """Each division, followed by its groups; codes of two digits sort as text."""
    groups = tuple(Term(code, label, "", COFOG) for code, label in _GROUPS)
    return tuple(sorted(DIVISIONS.terms + groups, key=lambda term: term.code))


AREAS = Vocabulary("AREAS", _in_order())


def division_of(code: str) -> str:
    """Return the division of a division or group, "03" for "03.4"; KeyError if unknown."""
    return AREAS.term(code).code[:2]


def groups_of(division: str) -> tuple[Term, ...]:
    """Return the groups of a division in order; KeyError for an unknown division."""
    DIVISIONS.term(division)
    return tuple(term for term in AREAS if term.code.startswith(f"{division}."))
