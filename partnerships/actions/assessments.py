"""Answering about one phase: saving answers as they come, and signing them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.actions.base import NotAllowed, StaleVersion, locked
from partnerships.assessors import CLAIM_FIELDS, Assessor, fingerprint
from partnerships.completeness import missing_of
from partnerships.models import Assessment, Partnership
from partnerships.models.partnership import WITHDRAWN
from taxonomy import codebook
from taxonomy.answers import completed, read_answers


class Overtaken(StaleVersion):
    """The same questions were answered elsewhere since the page was made; ``present`` is what stands now."""

    def __init__(self, present: Mapping[str, Any]) -> None:
        """``present`` maps the names of the page to what is saved."""
        super().__init__(_("These answers were saved elsewhere while you were working on them."))
        self.present = present


class KindNotThere(NotAllowed):
    """An answer speaks of a kind of party that does not take part."""


@transaction.atomic
def save_assessment(
    *, assessor: Assessor, values: Mapping[str, Any], opened: str, method: str | None = None
) -> Assessment:
    """Save the answers of one page.

    ``values``: tasks with levels by kind, "na" or None for no answer, and any of ``CLAIM_FIELDS``. ``opened`` is the
    fingerprint of what the page showed. ``method`` is ``guided`` or ``direct``; None leaves it. Raises ``Overtaken``
    when something else stands there by now, ``KindNotThere``, ``AnswersError`` for a code that nobody knows, and
    ``NotAllowed`` when nothing can be answered any more.
    """
    assessor = _held(assessor)
    values = _read(assessor, values)
    state = assessor.state(values)
    present = assessor.present()
    print_then, _dot, method_then = opened.partition(".")
    # Answers and a direct statement exclude each other: one must not push the other out unseen.
    switched = method not in (None, present.method) and method_then != present.method
    if switched or (state != values and fingerprint(state) != print_then):
        raise Overtaken(state)
    if state == values and method in (None, present.method):
        return present
    _write(present, values)
    present.method = method or present.method
    return _keep(assessor, present)


def _held(assessor: Assessor) -> Assessor:
    """Lock the record, read everything anew, and look whether this assessor may still answer."""
    record = locked(assessor.partnership)
    assessor = assessor.again()
    if assessor.invitation is not None:
        if record.status == WITHDRAWN or not assessor.invitation.is_live:
            raise NotAllowed(_("This invitation is no longer open."))
    elif not (record.is_open or record.is_published):
        raise NotAllowed(_("This partnership has been handed in, so its answers cannot be changed now."))
    return assessor


def _read(assessor: Assessor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Check codes and kinds. A kind left blank beside an answered one is not known."""
    tasks = {name: value for name, value in values.items() if name not in CLAIM_FIELDS and value is not None}
    for levels in read_answers(tasks).values():
        strangers = [kind for kind in levels or {} if kind not in assessor.kinds]
        if strangers:
            raise KindNotThere(
                _("“%(kind)s” does not take part, so nothing can be said of it.") % {"kind": strangers[0]}
            )
    read = completed(tasks, assessor.kinds)
    return {name: value if name in CLAIM_FIELDS else read.get(name) for name, value in values.items()}


def _write(assessment: Assessment, values: Mapping[str, Any]) -> None:
    answers = {**assessment.answers, **{name: value for name, value in values.items() if name not in CLAIM_FIELDS}}
    assessment.answers = {task: answer for task, answer in answers.items() if answer is not None}
    for name in CLAIM_FIELDS:
        setattr(assessment, name, values.get(name, getattr(assessment, name)))


def _keep(assessor: Assessor, assessment: Assessment) -> Assessment:
    assessment.assessor = assessor.user
    assessment.by_invitation = assessor.invitation is not None
    assessment.by_keepers = assessor.keepers
    assessment.codebook = codebook.CURRENT.version
    assessment.save()
    if assessor.invitation is not None:
        assessor.invitation.assessment = assessment
        assessor.invitation.save(update_fields=["assessment"])
    return assessment


@transaction.atomic
def submit_assessment(*, assessor: Assessor, seen: str | None = None) -> Assessment:
    """Sign an assessment by a person with an account or by somebody invited; it never changes afterwards.

    ``seen`` is the fingerprint of what was checked. Raises ``StaleVersion`` when it is another one by now, and
    ``NotAllowed`` when something is missing, nothing is open, or the invitation has been used or ended.
    """
    assessor = _held(assessor)
    present = assessor.present()
    if present.pk is None:
        raise NotAllowed(_("There is nothing new to send."))
    if seen not in (None, assessor.seen()):
        raise StaleVersion(_("These answers were changed while you were checking them."))
    if missing_of(present, assessor.kinds):
        raise NotAllowed(_("Answer what is still missing first. “Don’t know” is an answer too."))
    signed = sign(assessor, present)
    if assessor.partnership.is_published:
        # The public record says more than before. Its version stays: nothing that its keepers edit has changed.
        Partnership.objects.filter(pk=assessor.partnership.pk).update(updated_at=timezone.now())
    return signed


def sign(assessor: Assessor, assessment: Assessment) -> Assessment:
    """Fix an assessment with what the rule of today's codebook makes of it. The caller holds the record."""
    if assessment.method == "direct":
        assessment.answers = assessment.result = {}
    else:
        assessment.design = assessment.delivery = ""
        assessment.answers = completed(assessment.answers, assessor.kinds)
        assessment.result = codebook.CURRENT.derive(assessment.answers).as_dict()
    assessment.submitted_at = timezone.now()
    assessment.by_keepers = assessor.keepers
    # The constraint on a direct claim's reason is checked in words before the database says it in its own.
    assessment.assessor = assessor.user
    assessment.codebook = codebook.CURRENT.version
    assessment.full_clean()
    assessment.save()
    return assessment
