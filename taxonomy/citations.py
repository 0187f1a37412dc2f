"""The publications that the theory rests on, each as one line to print.

Citations are names of publications, so they are not marked for translation.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

STRATEGIC_PSP = "Scottish Government, Strategic Public Social Partnership model: report"
TABLE_2 = f"Bovaird 2007, Pestoff 2012, as printed in {STRATEGIC_PSP}, ch. 2, table 2"
STRATEGIC_PSP_DEFINITIONS = f"{STRATEGIC_PSP}, ch. 2, opening section"
STRATEGIC_PSP_NORDIC = f"{STRATEGIC_PSP}, ch. 2, section 2.3"
STRATEGIC_PSP_FINANCE = f"{STRATEGIC_PSP}, ch. 2, section 2.4"
STRATEGIC_PSP_ITALY = f"{STRATEGIC_PSP}, ch. 2, section 2.1"
STRATEGIC_PSP_LESSONS = f"{STRATEGIC_PSP}, ch. 2, sections 2.1 to 2.5"
STRATEGIC_PSP_EVALUATION = f"{STRATEGIC_PSP}, ch. 2, section 2.5"

RRCF = "Reducing Reoffending Change Fund, Evaluation of Year 1, ch. 5"
RRCF_APPROACHES = f"{RRCF}, paras 5.5 to 5.7 and 5.21"
RRCF_DEFINITION = f"{RRCF}, para 5.3"
RRCF_TASKS = f"{RRCF}, paras 5.8 to 5.16"
RRCF_STEPS = f"{RRCF}, paras 5.8 and 5.9"
RRCF_TOOLS = f"{RRCF}, paras 5.12 to 5.20 and 5.28"
RRCF_LESSONS = f"{RRCF}, paras 5.12 to 5.29"
RRCF_CHANGE = f"{RRCF}, para 5.24"

LOFFLER = "Löffler, Why co-production is an important topic for local government"
LOFFLER_DEFINITION = f"{LOFFLER}, pp. 2-7"
LOFFLER_PRINCIPLES = f"{LOFFLER}, p. 5, box 2"
LOFFLER_TABLE_1 = f"{LOFFLER}, p. 6, table 1"
LOFFLER_VALUE = f"Needham after Alford, Griffiths & Foley, as reported in {LOFFLER}, pp. 7-8"
LOFFLER_ORGANISER = f"{LOFFLER}, p. 8"
LOFFLER_STAGES = f"{LOFFLER}, p. 10"
LOFFLER_DECOMMISSIONING = f"{LOFFLER}, p. 21"
LOFFLER_INDEX = f"{LOFFLER}, pp. 1-2, figure 1, and p. 11"
LOFFLER_NORMS = f"{LOFFLER}, p. 5"
LOFFLER_BUDGETING = f"{LOFFLER}, pp. 6-7"
LOFFLER_COMPLIANCE = f"{LOFFLER}, p. 7"
LOFFLER_GROUPS = f"{LOFFLER}, p. 9, figure 2"
LOFFLER_OFFICERS = f"{LOFFLER}, pp. 11-12"
LOFFLER_ROLES = f"{LOFFLER}, pp. 13-15, table 2"

HAND_OUT = "Hand-out Co-production: levels, types and models"
HAND_OUT_GRID = f"Bovaird, Carnegie Trust 2006, as adapted in {HAND_OUT}, grid"
HAND_OUT_LEVELS = f"Community Care 2009, as printed in {HAND_OUT}, three levels"
HAND_OUT_DEFINITION = f"{HAND_OUT}, definitions"
HAND_OUT_NEF = f"Boyle & Harris 2009, p. 11, as quoted in {HAND_OUT}, definitions"
HAND_OUT_BENEFICIARY = f"Sorrentino et al. 2018, as reported in {HAND_OUT}, models"
HAND_OUT_BALANCE = f"{HAND_OUT}, opportunities and challenges"

BLOG_POST = "Blog post I should co-pro, on the nef and NESTA papers"

NABATCHI = "Nabatchi, Sancino & Sicilia 2017, Public Administration Review 77(5), 766-776"
FOUR_COS = "Loeffler 2021, Co-Production of Public Services and Outcomes, pp. 75-176"
HANDBOOK_SCOPE = "Palgrave Handbook of Co-Production 2021, ch. 1"
COFOG = "UN Statistics Division, Classification of the Functions of Government (COFOG) 1999"

# What a page calls a publication that it cites again and again; the full name stands once, at its foot.
SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        TABLE_2: "Table 2",
        HAND_OUT_GRID: "Bovaird’s grid",
        STRATEGIC_PSP: "Strategic PSP report",
        RRCF: "Reducing Reoffending evaluation",
        LOFFLER: "Löffler",
        HAND_OUT: "Hand-out",
        BLOG_POST: "Blog post",
    }
)


def short(citation: str) -> str:
    """Return the citation with each publication of `SHORT_NAMES` called by its short name."""
    for full, name in SHORT_NAMES.items():
        citation = citation.replace(full, name)
    return citation


def works(citations: Iterable[str]) -> dict[str, str]:
    """Return the publications of `SHORT_NAMES` that are cited: short name to full name, in the order of the list."""
    text, found = "\n".join(citations), {}
    for full, name in SHORT_NAMES.items():
        if full in text:
            found[name] = full
            text = text.replace(full, name)
    return found
