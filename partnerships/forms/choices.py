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

VIEWS = ("public_body", "third_sector", "users_or_community", "researcher")
CURATOR = "curator"
PLANNED: Choices = [("actual", _("It has begun")), ("planned", _("It is only planned so far"))]

AREA_HINTS: Hints = {term.code: _(term.help) for term in service_areas.DIVISIONS}
KINDS: Choices = [(kind.code, _(kind.name)) for kind in PARTY_KINDS]
# Shorter than the codebook's, which an officer can look up.
KIND_HINTS: Hints = {
    "public": _("Council, ministry, health board, school, police, or a body that these control."),
    "third_sector": _(
        "Not for profit, with paid staff: charity, social enterprise, co-operative, housing association."
    ),
    "community": _(
        "Run by its members: residents’ association, self-help group, club. The group’s volunteers count here."
    ),
    "citizens": _("People taking part as themselves, not through a group: residents, users, carers, families."),
    "private": _("A business run for profit, an investor included."),
    "other": _("University, consultant, evaluator."),
}
UNIT_HINTS: Hints = {
    **{term.code: _(term.help) for term in vocabulary.UNITS},
    "case": _("Such as a recovery college in one town."),
    "programme": _("Carried out in many places under one name and aim."),
    "component": _("With responsibilities of its own, such as the volunteers of a hospital."),
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


def perspectives(*, curator: bool) -> Choices:
    """Whose view a claim gives; only curators speak as the register."""
    allowed = (*VIEWS, CURATOR) if curator else VIEWS
    return [(code, label) for code, label in vocabulary_choices("PERSPECTIVES") if code in allowed]


def optional(name: str) -> Choices:
    """A vocabulary with "not stated" first."""
    return [("", _("Not stated")), *vocabulary_choices(name)]


def country_choices() -> Choices:
    """Countries by name, with nothing chosen first."""
    return [("", _("Choose a country")), *vocabulary_choices("COUNTRIES")]
