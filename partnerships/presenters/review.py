"""A proposed change for the curator who decides about it: each thing it changes, and what changed beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.models import Revision
from partnerships.positions import LensPosition, of_assessment
from partnerships.presenters.position import PositionView, lens_position, position_view
from partnerships.presenters.record_diff import Difference, titles_of, versions_compared
from partnerships.proposals import new_assessments, three_way, workspace_of
from partnerships.three_way import Change, ThreeWay

# Positions that rest on what people answered follow new answers; what a source states does not by itself.
ANSWERED = ("", "self_reported", "assessed")


@dataclass(frozen=True)
class ChangeView:
    """One thing to take over or to leave. ``was``: what a conflict was about when the change was begun."""

    code: str
    differences: tuple[Difference, ...]
    conflict: bool
    was: str

    @property
    def rows(self) -> int:
        """How many rows of the table it takes; what is folded has one of its own."""
        return sum(2 if one.fold else 1 for one in self.differences)

    @property
    def label(self) -> str:
        """What it is about, in a few words."""
        return "; ".join(dict.fromkeys(f"{one.part}: {one.label}" for one in self.differences[:1]))


@dataclass(frozen=True)
class NewAnswers:
    """What the keepers answered anew about a phase, and where it would place it. ``follow``: chosen beforehand."""

    key: int
    phase: str
    now: PositionView | None
    then: PositionView
    rationale: str
    follow: bool


@dataclass(frozen=True)
class Review:
    """The page. ``silent``: changes that no words tell apart from others, and that go along with them.

    ``since``: what changed in the public record since the change was begun.
    """

    changes: tuple[ChangeView, ...]
    silent: tuple[str, ...]
    since: tuple[Difference, ...]
    answers: tuple[NewAnswers, ...]

    @property
    def conflicts(self) -> int:
        """How many changes the public record has overtaken."""
        return sum(one.conflict for one in self.changes)


def review(revision: Revision) -> Review:
    """All that a curator decides about a change that was handed in."""
    ways = three_way(revision)
    told = _told(ways)
    return Review(
        changes=tuple(
            ChangeView(one.code, told[one.code], one.conflict, _was(ways, one) if one.conflict else "")
            for one in ways.changes
            if told[one.code]
        ),
        silent=tuple(code for code, words in told.items() if not words),
        since=versions_compared(ways.base, ways.theirs),
        answers=_answers(revision, ways),
    )


def _told(ways: ThreeWay) -> dict[str, tuple[Difference, ...]]:
    """Each change in words: what the outcome would lack without it. What a phase brings along is told with itself."""
    codes = {one.code for one in ways.changes}
    everything = ways.merged(codes)
    titles = titles_of(ways.theirs.record, everything.record)
    told = {code: versions_compared(ways.merged(codes - {code}), everything, titles) for code in codes}
    others = {one.code: one for one in ways.changes if one.key[0] != "phases"}
    elsewhere = {words for code in others for words in told[code]}
    return {
        one.code: told[one.code] if one.code in others else tuple(w for w in told[one.code] if w not in elsewhere)
        for one in ways.changes
    }


def _was(ways: ThreeWay, change: Change) -> str:
    told = versions_compared(ways.base, ways.before(change))
    return "\n".join(one.before for one in told if one.before) or _("nothing")


def _answers(revision: Revision, ways: ThreeWay) -> tuple[NewAnswers, ...]:
    public = {phase.name: phase for phase in revision.partnership.phases.all()}
    found = []
    for row in new_assessments(workspace_of(revision), revision):
        phase = public.get(ways.theirs.names.get(ways.mine.identity(row.phase.name), ""))
        found.append(
            NewAnswers(
                key=row.pk,
                phase=row.phase.name,
                now=position_view(lens_position(phase)) if phase else None,
                then=position_view(of_assessment(row).sector or LensPosition()),
                rationale=phase.rationale if phase else "",
                follow=phase is None or phase.certainty in ANSWERED,
            )
        )
    return tuple(found)
