"""A partnership at a glance: the facts in a card beside its story."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters import words
from partnerships.presenters.cards import where


@dataclass(frozen=True)
class Fact:
    """A line of "at a glance"; no value is shown as "not stated"."""

    label: str
    value: str
    url: str = ""


def facts(partnership: Partnership) -> tuple[Fact, ...]:
    """At a glance. The first lines always stand, so that a gap shows; the optional dimensions only where stated."""
    always, optional = every_fact(partnership)
    return (*always, *(fact for fact in optional if fact.value))


def every_fact(partnership: Partnership) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The lines that always stand, and the optional dimensions whether they are stated or not."""
    parent = partnership.part_of if partnership.part_of and partnership.part_of.is_published else None
    confirmed = partnership.last_confirmed
    return (
        Fact(_("Unit"), words.unit(partnership.unit)),
        Fact(_("Where"), where(partnership)),
        Fact(_("Service area"), ", ".join(words.area(code) for code in partnership.service_areas)),
    ), (
        Fact(_("Part of"), parent.title, parent.get_absolute_url()) if parent else Fact(_("Part of"), ""),
        Fact(_("Vehicle"), words.term("VEHICLES", partnership.vehicle)),
        Fact(_("Risk carried by"), words.term("RISK_CARRIERS", partnership.risk)),
        Fact(_("Reaches"), words.term("REACHED", partnership.reached)),
        Fact(_("Level"), words.term("LEVELS_OF_POWER", partnership.level)),
        Fact(_("Nature"), ", ".join(words.term("NATURES", code) for code in partnership.nature)),
        Fact(_("Nature judged by"), words.term("NATURE_BASES", partnership.nature_basis)),
        Fact(_("Effect"), words.term("EFFECTS", partnership.effect)),
        Fact(_("Interaction"), words.term("INTERACTIONS", partnership.interaction)),
        Fact(_("Stages"), ", ".join(words.term("STAGES", code) for code in partnership.stages)),
        Fact(_("Design began"), words.term("DESIGN_APPROACHES", partnership.design_approach)),
        Fact(_("Definition used"), words.term("DEFINITIONS", partnership.definition)),
        Fact(_("Tags"), ", ".join(partnership.tags)),
        Fact(_("Last confirmed"), date_format(confirmed, "j F Y") if confirmed else ""),
    )
