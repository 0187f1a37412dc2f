"""Who assesses a phase, and what stands of their answers.

Three come to the same questions: the keepers of a draft, who share one assessment; a person with an account, about
something published; and somebody invited. Whoever they are, there is one present assessment: the open one, else one
that starts from what they signed last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.roles import Role
from partnerships.models import Assessment, Invitation, Partnership, Phase
from taxonomy import codebook
from taxonomy.answers import completed
from taxonomy.questions import PARTY_KINDS

# What an assessment says besides the answers by task.
CLAIM_FIELDS = ("perspective", "design", "delivery", "reason", "comment")
VIEWS = ("public_body", "third_sector", "users_or_community", "researcher")
CURATOR = "curator"
VIEW_OF_KIND = {
    "public": "public_body",
    "third_sector": "third_sector",
    "community": "users_or_community",
    "citizens": "users_or_community",
}


def fingerprint(state: Any) -> str:
    """A short text that is the same for the same state, and tells nothing of it."""
    text = json.dumps(state, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Assessor:
    """Somebody who assesses a phase: ``user``, or whoever holds ``invitation``; without either, a draft's keepers."""

    phase: Phase
    user: User | None = None
    invitation: Invitation | None = None

    @property
    def partnership(self) -> Partnership:
        """The record that the phase belongs to."""
        return self.phase.partnership

    @property
    def keepers(self) -> bool:
        """Whether the answers are those that a draft's keepers share."""
        return self.invitation is None and not self.partnership.is_published

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Each kind that takes part, in the order of the codebook, with the names of its partners."""
        partners = sorted(self.partnership.partners.all(), key=lambda partner: (not partner.lead, partner.pk))
        present = {partner.kind for partner in partners}
        return {
            kind.code: [partner.name for partner in partners if partner.kind == kind.code and partner.name]
            for kind in PARTY_KINDS
            if kind.code in present
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked about."""
        return tuple(self.names)

    @property
    def perspectives(self) -> tuple[str, ...]:
        """Whose view they may give: an invitation says it, and only curators speak as the register."""
        if self.invitation is not None:
            return (self.invitation.perspective,)
        return (*VIEWS, CURATOR) if self.user and self.user.is_curator else VIEWS

    # ---- What stands -----------------------------------------------------------------------------

    def _theirs(self) -> list[Assessment]:
        """Their assessments of the phase, oldest first."""
        if self.invitation is not None:
            return [self.invitation.assessment] if self.invitation.assessment else []
        rows = sorted(self.phase.assessments.all(), key=lambda row: row.pk)
        if self.keepers:
            # The draft of a proposed change holds what others have signed about the public record as well.
            others = self.partnership.revises_id is not None
            return [row for row in rows if not row.by_invitation and (row.by_keepers or not others)]
        return [row for row in rows if self.user and row.assessor_id == self.user.pk]

    def open_one(self) -> Assessment | None:
        """The assessment they are working on."""
        return next((row for row in self._theirs() if row.submitted_at is None), None)

    def last_signed(self) -> Assessment | None:
        """The latest assessment that they have submitted."""
        return next((row for row in reversed(self._theirs()) if row.submitted_at), None)

    def present(self) -> Assessment:
        """The open assessment; else a new one, not saved yet, that starts from the last signed one, or blank."""
        present = self.open_one()
        if present is not None:
            return present
        fresh = Assessment(
            phase=self.phase, assessor=self.user, method="guided", perspective=self._likely_perspective(),
            by_invitation=self.invitation is not None, codebook=codebook.CURRENT.version,
        )  # fmt: skip
        if signed := self.last_signed():
            for name in ("method", "answers", *CLAIM_FIELDS):
                setattr(fresh, name, getattr(signed, name))
        return fresh

    def _likely_perspective(self) -> str:
        if self.invitation is not None:
            return self.invitation.perspective
        if self.user is None:
            return ""
        if Role.RESEARCHER in self.user.roles:
            return "researcher"
        organisation = self.user.organisation
        return VIEW_OF_KIND.get(organisation.kind, "") if organisation else ""

    def state(self, names: Iterable[str]) -> dict[str, Any]:
        """What stands now under these names: tasks (None without an answer) and ``CLAIM_FIELDS``."""
        present = self.present()
        return {
            name: getattr(present, name) if name in CLAIM_FIELDS else present.answers.get(name)
            for name in dict.fromkeys(names)
        }

    def opened(self, names: Iterable[str]) -> str:
        """What a page carries to ``save_assessment``: the fingerprint of that state, and how the answers are given."""
        return f"{fingerprint(self.state(names))}.{self.present().method}"

    def everything(self) -> list[Any]:
        """All that stands, for a fingerprint."""
        present = self.present()
        return [present.method, present.answers, *(getattr(present, name) for name in CLAIM_FIELDS), *self.kinds]

    def seen(self) -> str:
        """The fingerprint of all that stands; a check page carries it to ``submit_assessment``."""
        return fingerprint(self.everything())

    def says_the_same(self, one: Assessment, other: Assessment) -> bool:
        """Whether two assessments say the same of the kinds that take part now."""
        same = all(getattr(one, name) == getattr(other, name) for name in ("method", *CLAIM_FIELDS))
        return same and completed(one.answers, self.kinds) == other.answers

    def again(self) -> Assessor:
        """The same assessor with everything read anew, for use under a lock."""
        phase = Phase.objects.select_related("partnership").get(pk=self.phase.pk)
        invitation = self.invitation and Invitation.objects.with_outcome().get(pk=self.invitation.pk)
        return replace(self, phase=phase, invitation=invitation)
