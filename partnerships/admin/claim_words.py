"""What a claim says, in words: who makes it, and each thing it states, for the pages on which curators adopt one."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partnerships.models import Assessment, Invitation, Statement
from partnerships.presenters import words
from taxonomy.lenses import LENSES, SECTOR
from taxonomy.questions import LEVELS, NOT_APPLICABLE, PARTY_KINDS, TASKS


def heading(claim: Assessment | Statement) -> str:
    """What a claim is called: where a source says so, or who assessed."""
    if isinstance(claim, Statement):
        return f"{claim.source}, {claim.place}" if claim.place else str(claim.source)
    if claim.by_invitation:
        invitation = invitation_of(claim)
        label = {"label": invitation}
        return _("Assessment by invitation: %(label)s") % label if invitation else _("Assessment by invitation")
    return _("Assessment by %(who)s") % {"who": claim.assessor or _("a person without an account")}


def invitation_of(claim: Assessment) -> Invitation | None:
    """The invitation that it came through; an assessment from another register has none here."""
    return getattr(claim, "invitation", None)


def signed(claim: Assessment) -> Iterator[tuple[Any, Any]]:
    """What an assessor said besides answers by task, and as whom."""
    if invitation := invitation_of(claim):
        yield _("Invited by"), invitation.invited_by
        yield _("Invited as"), invitation.label
    organisation = claim.assessor.organisation if claim.assessor else None
    yield _("Organisation"), organisation or ""
    yield _("Handed in"), date_format(localtime(claim.submitted_at), "j F Y, H:i")
    yield _("Speaks for"), words.term("PERSPECTIVES", claim.perspective)
    if claim.method == "direct":
        yield _("Design"), words.level(SECTOR, claim.design)
        yield _("Delivery"), words.level(SECTOR, claim.delivery)
    yield _("What it rests on"), claim.reason
    yield _("Comment"), claim.comment
    yield _("Codebook"), claim.codebook


def answers_by_task(answers: Any) -> Iterator[tuple[str, str]]:
    """The answers to the questions, one line for each task."""
    kinds = {kind.code: _(kind.name) for kind in PARTY_KINDS}
    answers = answers if isinstance(answers, dict) else {}
    for task in TASKS:
        given = answers.get(task.code)
        if given == NOT_APPLICABLE:
            yield _(task.question), _("does not apply")
        elif given:
            side = "design_words" if task.axis == "design" else "delivery_words"
            levels = {level.code: _(getattr(level, side)) for level in LEVELS}
            order = [*kinds, *(given if isinstance(given, dict) else ())]
            pairs = sorted(given.items(), key=lambda pair: order.index(pair[0])) if isinstance(given, dict) else []
            # Codes that no codebook knows are shown as they are: this page is where such answers are looked at.
            yield _(task.question), "; ".join(f"{kinds.get(k, k)}: {levels.get(level, level)}" for k, level in pairs)


def stated(claim: Statement) -> Iterator[tuple[Any, Any]]:
    """What a source says, and how."""
    lens = LENSES[claim.lens]
    yield _("Kind"), words.term("STATEMENT_KINDS", claim.kind)
    yield _("Basis"), words.term("STATEMENT_BASES", claim.basis)
    yield _("Names"), claim.label
    yield _("Cells"), words.cells(claim.cells)
    yield _("Design"), words.level(lens, claim.design) if claim.design else ""
    yield _("Delivery"), words.level(lens, claim.delivery) if claim.delivery else ""
    yield _("Hedge"), claim.hedge
    yield _("Whose view"), claim.perspective
    yield _("Reading"), claim.reading
    yield _("In our words"), claim.paraphrase
