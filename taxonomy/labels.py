"""One look-up for the label of any code, by the name of its list.

Besides the vocabularies this knows the lists that are values of their own kind: AREAS,
DIVISIONS, PARTY_KINDS, PARTY_KINDS_PLURAL, MODELS, LENSES, AXES, TASKS, SECTOR_LEVELS and
PROFESSIONAL_LEVELS.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .axes import Axis
from .cells import MODELS
from .lenses import LENSES, PROFESSIONAL, SECTOR, Lens
from .questions import PARTY_KINDS, TASKS
from .service_areas import AREAS, DIVISIONS
from .vocabulary import VOCABULARIES


def _levels(lens: Lens) -> dict[str, str]:
    return {level.code: level.name for level in lens.levels}


LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **{name: dict(vocabulary.choices) for name, vocabulary in VOCABULARIES.items()},
        "AREAS": dict(AREAS.choices),
        "DIVISIONS": dict(DIVISIONS.choices),
        "PARTY_KINDS": {kind.code: kind.name for kind in PARTY_KINDS},
        "PARTY_KINDS_PLURAL": {kind.code: kind.plural for kind in PARTY_KINDS},
        "MODELS": {model.code: model.label for model in MODELS},
        "LENSES": {code: lens.name for code, lens in LENSES.items()},
        "AXES": {axis.value: axis.label for axis in Axis},
        "TASKS": {task.code: task.question for task in TASKS},
        "SECTOR_LEVELS": _levels(SECTOR),
        "PROFESSIONAL_LEVELS": _levels(PROFESSIONAL),
    }
)


def label_of(code: str, name: str) -> str:
    """Return the (untranslated) label of a code in a list; KeyError names what is unknown."""
    if name not in LABELS:
        raise KeyError(f"there is no list {name!r}")
    if code not in LABELS[name]:
        raise KeyError(f"{name} has no code {code!r}")
    return LABELS[name][code]
