"""Who takes part, by kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import Partnership
from partnerships.presenters import words
from taxonomy.questions import PARTY_KINDS


@dataclass(frozen=True)
class PartnerView:
    """One who takes part: what it does besides (never counted), and a note such as "consulted".

    ``hybrid`` marks a body between the sectors; its note says why it counts as its kind.
    """

    name: str
    url: str
    lead: bool
    roles: tuple[str, ...]
    note: str
    hybrid: bool = False


@dataclass(frozen=True)
class PartnerGroup:
    """The partners of one kind."""

    kind: str
    partners: tuple[PartnerView, ...]


def partner_groups(partnership: Partnership) -> tuple[PartnerGroup, ...]:
    """Partners by kind, leads first."""
    partners = sorted(partnership.partners.all(), key=lambda partner: (not partner.lead, partner.pk))
    groups = []
    for kind in PARTY_KINDS:
        members = tuple(
            PartnerView(
                name=partner.name,
                url=partner.organisation.get_absolute_url() if partner.organisation else "",
                lead=partner.lead,
                roles=tuple(str(words.ROLES[code]) for code in partner.roles),
                note=partner.note,
                hybrid=partner.hybrid,
            )
            for partner in partners
            if partner.kind == kind.code
        )
        if members:
            groups.append(PartnerGroup(_(kind.plural), members))
    return tuple(groups)
