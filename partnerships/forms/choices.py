"""Questions and choices of the officer's form, in plain words.

The codes are the taxonomy's; the words are for somebody who has never heard of the matrix.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.models.fields import vocabulary_choices
from taxonomy import service_areas, vocabulary
from taxonomy.questions import PARTY_KINDS

UNKNOWN = "unknown"

Choices = list[tuple[str, Any]]
Hints = dict[str, Any]

DESIGN: Choices = [
    ("public", _("The public sector alone")),
    ("shared", _("The public sector together with citizens or the third sector")),
    ("citizens_or_third_sector", _("Citizens or the third sector alone")),
    (UNKNOWN, _("Not known")),
]
DELIVERY: Choices = DESIGN
DESIGN_HINTS: Hints = {
    "public": _("Others may have been asked, but the public body decided."),
    "shared": _(
        "A public body and residents, users, a community group or a charity: "
        "the plan changed because of both, or needed both to agree."
    ),
    "citizens_or_third_sector": _("Charities, community groups, residents or users decided. A public body may pay."),
    UNKNOWN: _("It shows as every cell it could be in."),
}
DELIVERY_HINTS: Hints = {
    "public": _("Public staff run it and do the work."),
    "shared": _(
        "A public body and residents, users, a community group or a charity: both run it, or both do a planned part."
    ),
    "citizens_or_third_sector": _("Charities, community groups, volunteers or users run it and do the work."),
}

PLANNED: Choices = [("actual", _("It has begun")), ("planned", _("Only planned so far"))]

AREA_HINTS: Hints = {term.code: _(term.help) for term in service_areas.DIVISIONS}
KINDS: Choices = [(kind.code, _(kind.name)) for kind in PARTY_KINDS]
# Shorter than the codebook's, which an officer can look up.
KIND_HINTS: Hints = {
    "public": _("Council, school, police, or a body they control."),
    "third_sector": _("Not for profit, with paid staff: charity, social enterprise."),
    "community": _("Members or volunteers run it: residents’ association, club."),
    "citizens": _("Residents, users, carers, families, as themselves."),
    "private": _("Run for profit."),
    "other": _("University, consultant, evaluator."),
}
# Of citizens nobody is named: a record is public.
NAMES_OF: dict[str, Any] = dict.fromkeys((kind.code for kind in PARTY_KINDS), _("Names, one a line (optional)")) | {
    "citizens": _("Who? No private names (optional)")
}
ROLE_HINTS: Hints = {term.code: _(term.help) for term in vocabulary.ROLES}
UNIT_HINTS: Hints = {
    **{term.code: _(term.help) for term in vocabulary.UNITS},
    "case": _("A recovery college in one town."),
    "programme": _("One name, many places."),
    "component": _("A hospital’s volunteers."),
}


def areas() -> Choices:
    """The ten divisions of COFOG."""
    return [(term.code, _(term.label)) for term in service_areas.DIVISIONS]


def groups(division: str) -> Choices:
    """The groups of a division."""
    return [(term.code, _(term.label)) for term in service_areas.groups_of(division)]


def units(*, all_of_them: bool, present: str) -> Choices:
    """What may be logged. Officers keep to what the matrix counts; a record that is something else stays what it is."""
    allowed = vocabulary.UNITS.codes if all_of_them else (*vocabulary.COUNTED_UNITS.codes, present)
    return [(code, label) for code, label in vocabulary_choices("UNITS") if code in allowed]


def optional(name: str) -> Choices:
    """A vocabulary with "not stated" first."""
    return [("", _("Not stated")), *vocabulary_choices(name)]


def country_choices() -> Choices:
    """Countries by name, with nothing chosen first."""
    return [("", _("Choose a country")), *vocabulary_choices("COUNTRIES")]
