"""Why answers come out where they do, in words: both lenses, badges, what would change it and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.positions import LensPosition
from partnerships.presenters.explanation_words import (
    UNANSWERED,
    Speaker,
    axis_words,
    hinge_words,
    is_untouched,
    missing_words,
)
from partnerships.presenters.position import PositionView, position_view
from taxonomy import codebook as codebooks
from taxonomy.badges import BADGES
from taxonomy.derivation import responsibilities
from taxonomy.explanation import LensExplanation


@dataclass(frozen=True)
class HingeView:
    """One answer on which the cells depend: the task and the kind it is about, and what would come out otherwise."""

    task: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class LensView:
    """One lens: where it stands, a sentence or two on each axis, what would change it.

    ``missing`` asks for what is not known. ``missing_together`` marks a list of which one answer alone would change
    nothing: its sentences are questions only.
    """

    code: str
    name: str
    question: str
    position: PositionView
    design: str
    delivery: str
    hinges: tuple[HingeView, ...]
    missing: tuple[str, ...]
    missing_together: bool


@dataclass(frozen=True)
class BadgeView:
    """What no cell says of a partnership, in a few words, with one line that explains them."""

    code: str
    text: str
    help: str


@dataclass(frozen=True)
class ExplanationView:
    """All that a page says about a result, and the version of the codebook whose rule gave it."""

    sector: LensView
    professional: LensView
    badges: tuple[BadgeView, ...]
    codebook: str

    @property
    def lenses(self) -> tuple[LensView, LensView]:
        """Both lenses, for a page that shows them side by side."""
        return self.sector, self.professional


def explanation_view(
    answers: Mapping[str, object], names: Mapping[str, Sequence[str]], codebook: str | None = None
) -> ExplanationView:
    """Put into words what a version of the codebook (the one in use unless given) makes of answers.

    ``names`` are the partners of each kind; a kind without names is called by what it is. Raises AnswersError for
    answers that cannot be read and KeyError for an unknown version.
    """
    book = codebooks.CODEBOOKS[codebook] if codebook else codebooks.CURRENT
    explanation = book.explain(answers)
    speaker = Speaker(names, {task.code: task for task in book.tasks})
    terms = [BADGES.term(code) for code in explanation.badges]
    return ExplanationView(
        sector=_lens_view(explanation.sector, speaker),
        professional=_lens_view(explanation.professional, speaker),
        badges=tuple(BadgeView(term.code, _(term.label), _(term.help)) for term in terms),
        codebook=book.version,
    )


def _lens_view(found: LensExplanation, speaker: Speaker) -> LensView:
    lens = found.lens
    return LensView(
        code=lens.code,
        name=_(lens.name),
        question=_(lens.question),
        position=_position(found),
        design=axis_words(found.design, speaker),
        delivery=axis_words(found.delivery, speaker),
        hinges=tuple(HingeView(h.hinge.task, h.hinge.kind, hinge_words(h, speaker)) for h in found.hinges),
        missing=_missing(found, speaker),
        missing_together=found.jointly,
    )


def _position(found: LensExplanation) -> PositionView:
    """Draw and word the place."""
    design, delivery = responsibilities(found.result)
    return position_view(LensPosition(design or "", delivery or "", found.outcome.possible), found.lens)


def _missing(found: LensExplanation, speaker: Speaker) -> tuple[str, ...]:
    """A sentence for each thing to find out; one for a whole axis where no question about it is answered."""
    untouched = [reason for reason in (found.design, found.delivery) if found.missing and is_untouched(reason)]
    skipped = {task for reason in untouched for task in reason.unanswered}
    asked = [missing for missing in found.missing if missing.task not in skipped]
    return (
        *(missing_words(missing, found.lens, speaker, jointly=found.jointly) for missing in asked),
        *(str(UNANSWERED[reason.axis]) for reason in untouched),
    )
