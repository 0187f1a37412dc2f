"""What a record is about: units, the roles that never count, vehicles, who carries the risk."""

from .citations import (
    RRCF,
    STRATEGIC_PSP_FINANCE,
    STRATEGIC_PSP_ITALY,
    STRATEGIC_PSP_NORDIC,
)
from .terms import Term, Vocabulary
from .text import gettext_noop as _

UNITS = Vocabulary(
    "UNITS",
    (
        Term(
            "case",
            _("One service or partnership at one place or under one agreement"),
            _("A recovery college in one town, or a charity and a council sharing one service."),
        ),
        Term(
            "programme",
            _("A programme of several sites or projects"),
            _("One name and one aim, carried out in many places."),
        ),
        Term(
            "component",
            _("One part of a service"),
            _("A part with its own responsibilities, such as the volunteers of a hospital."),
        ),
        Term(
            "class",
            _("A type of scheme"),
            _("All schemes of one sort, not one of them. Listed, not counted."),
        ),
        Term(
            "vehicle",
            _("A way of buying, funding or planning"),
            _("A form of contract, finance or planning that services use. Listed, not counted."),
        ),
        Term(
            "country_pattern",
            _("A pattern described for a country"),
            _("How services of a country tend to be organised. Listed, not counted."),
        ),
        Term(
            "illustration",
            _("An example without a name"),
            _("A general or unnamed example that makes a point. Listed, not counted."),
        ),
        Term(
            "reference",
            _("A study or policy idea"),
            _("Something to read or discuss, not a service. Listed, not counted."),
        ),
    ),
)

# Only these stand on the matrix; a source may place the others, and its statement is shown.
COUNTED_UNITS = Vocabulary("COUNTED_UNITS", UNITS.terms[:3])

ROLES = Vocabulary(
    "ROLES",
    (
        Term("pays", _("Pays"), _("Gives or grants money. What it lays down, it also decides.")),
        Term("owns_premises", _("Owns the premises"), _("Land, a building or rooms.")),
        Term("refers", _("Refers people"), _("Sends people to the service.")),
        Term("inspects", _("Inspects"), _("Checks the service, its contract or its safety.")),
        Term("invests", _("Invests"), _("Puts in money it may lose and hopes to get back.")),
        Term("gives_data", _("Gives data"), _("Supplies figures or records.")),
    ),
)

VEHICLES = Vocabulary(
    "VEHICLES",
    (
        Term(
            "social_impact_bond",
            _("Social impact bond"),
            _("Investors pay first; a public body repays them if agreed results are reached."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "payment_by_results",
            _("Payment by results"),
            _("Some or all of the money depends on results."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "participatory_budgeting",
            _("Participatory budgeting"),
            _("Residents propose or choose what public money is spent on."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "development_partnership",
            _("Development partnership"),
            _("Public, third sector and private partners work out and try a service over years."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "partnership_purchasing",
            _("Partnership purchasing (joint commissioning)"),
            _("Two or more public bodies buy one package for a person together."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "multiple_outcomes_commissioning",
            _("Multiple outcomes commissioning"),
            _("One purchase serves the aims of several departments."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "alliance_contracting",
            _("Alliance contracting"),
            _("One contract in which buyer and providers decide and share the risk."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "joint_venture",
            _("Joint venture"),
            _("Partners set up something together and share its strengths and risks."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "social_bridging_finance",
            _("Social bridging finance"),
            _("Outside money carries the risk of a pilot."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "social_investment_partnership",
            _("Social investment partnership"),
            _("An outside investor carries the risk of a pilot."),
            STRATEGIC_PSP_FINANCE,
        ),
        Term(
            "area_plan",
            _("Area plan"),
            _("Councils and third sector organisations plan the social policy of an area."),
            STRATEGIC_PSP_ITALY,
        ),
        Term(
            "direct_award",
            _("Direct award"),
            _("A contract given without a tender, as to social co-operatives in Italy."),
            STRATEGIC_PSP_ITALY,
        ),
        Term(
            "social_clauses",
            _("Social clauses in tenders"),
            _("Bids are also judged on what they do for people at a disadvantage."),
            STRATEGIC_PSP_NORDIC,
        ),
        Term(
            "public_social_partnership",
            _("Public social partnership"),
            _("Public and third sector bodies design a service together."),
            RRCF,
        ),
    ),
)

RISK_CARRIERS = Vocabulary(
    "RISK_CARRIERS",
    (
        Term("local_public", _("Local public bodies"), "", STRATEGIC_PSP_FINANCE),
        Term("national_public", _("National public bodies"), "", STRATEGIC_PSP_FINANCE),
        Term("external_investor", _("An outside investor"), "", STRATEGIC_PSP_FINANCE),
    ),
)
