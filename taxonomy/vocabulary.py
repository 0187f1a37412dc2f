"""Every closed list of codes that the register stores, by name.

The lists live in four modules by subject; everybody imports them from here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .terms import Term, Vocabulary
from .vocabulary_checklists import CHECKLIST_ANSWERS, CHECKLIST_ITEMS, CHECKLISTS
from .vocabulary_dimensions import (
    DEFINITIONS,
    DESIGN_APPROACHES,
    EFFECTS,
    INTERACTIONS,
    LEVELS_OF_POWER,
    NATURE_BASES,
    NATURES,
    REACHED,
    STAGES,
)
from .vocabulary_judgements import (
    CERTAINTIES,
    CONFIDENCES,
    GRADES,
    LESSON_THEMES,
    METHODS,
    PERSPECTIVES,
    SOURCE_KINDS,
    STATEMENT_BASES,
    STATEMENT_KINDS,
    STATUSES,
    SUPPORTS,
)
from .vocabulary_register import COUNTED_UNITS, RISK_CARRIERS, ROLES, UNITS, VEHICLES

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        vocabulary.name: vocabulary
        for vocabulary in (
            UNITS,
            COUNTED_UNITS,
            ROLES,
            VEHICLES,
            RISK_CARRIERS,
            LEVELS_OF_POWER,
            NATURES,
            NATURE_BASES,
            EFFECTS,
            INTERACTIONS,
            STAGES,
            DESIGN_APPROACHES,
            REACHED,
            DEFINITIONS,
            CERTAINTIES,
            CONFIDENCES,
            STATEMENT_KINDS,
            STATEMENT_BASES,
            PERSPECTIVES,
            METHODS,
            GRADES,
            SUPPORTS,
            SOURCE_KINDS,
            LESSON_THEMES,
            STATUSES,
            CHECKLISTS,
            CHECKLIST_ITEMS,
            CHECKLIST_ANSWERS,
        )
    }
)

__all__ = [
    "CERTAINTIES",
    "CHECKLISTS",
    "CHECKLIST_ANSWERS",
    "CHECKLIST_ITEMS",
    "CONFIDENCES",
    "COUNTED_UNITS",
    "DEFINITIONS",
    "DESIGN_APPROACHES",
    "EFFECTS",
    "GRADES",
    "INTERACTIONS",
    "LESSON_THEMES",
    "LEVELS_OF_POWER",
    "METHODS",
    "NATURES",
    "NATURE_BASES",
    "PERSPECTIVES",
    "REACHED",
    "RISK_CARRIERS",
    "ROLES",
    "SOURCE_KINDS",
    "STAGES",
    "STATEMENT_BASES",
    "STATEMENT_KINDS",
    "STATUSES",
    "SUPPORTS",
    "UNITS",
    "VEHICLES",
    "VOCABULARIES",
    "Term",
    "Vocabulary",
]
