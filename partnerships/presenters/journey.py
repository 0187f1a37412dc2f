"""The order in which the pages of a draft follow each other, and the way back to the page that checks them all."""

from collections.abc import Mapping
from itertools import pairwise

from django.urls import reverse

from partnerships.assessors import Assessor
from partnerships.completeness import TASKS
from partnerships.forms.values import first_phase
from partnerships.models import Partnership, Phase

# A closed word in the address, never an address: whoever changes an answer from the check page comes back to it.
FROM, CHECK = "from", "check"
# Pages in their order; the questions stand between "roles" and "basis".
ORDER = ("about", "stage", "who", "roles", "questions", "basis", "areas", "check")


def comes_from_check(query: Mapping[str, str]) -> bool:
    """Whether a page was opened from the one that checks all answers."""
    return query.get(FROM) == CHECK


def from_check(url: str) -> str:
    """The address of a page from which one comes back to the check page."""
    return f"{url}?{FROM}={CHECK}"


def returning(url: str, query: Mapping[str, str]) -> str:
    """The same address, going on to where the page with this query will go."""
    return from_check(url) if comes_from_check(query) else url


def after(draft: Partnership, page: str) -> str:
    """The address that follows a page of the draft. Raises ``KeyError`` for a page that there is not."""
    # Whoever corrects what is published has come for one page, and goes back to the list of all.
    corrected = draft.revises_id is not None and page in (*ORDER[:-1], "all")
    if page == "more" or corrected:
        return reverse("draft", args=[draft.uuid])
    if page == "all":
        return questions_url(draft, at_once=True)
    if page == "basis" and draft.service_areas:
        return page_url(draft, "check")
    following = dict(pairwise(ORDER))
    return page_url(draft, following[page])


def page_url(draft: Partnership, page: str) -> str:
    """The address of one of the pages in ``ORDER``."""
    if page == "questions":
        return questions_url(draft)
    if page == "stage":
        return stage_url(draft, first_phase(draft))
    if page == "check":
        return reverse("draft-check", args=[draft.uuid])
    if page == "basis":
        return reverse("draft-basis", args=[draft.uuid, first_phase(draft).pk])
    return reverse("draft-step", args=[draft.uuid, page])


def stage_url(draft: Partnership, phase: Phase | None) -> str:
    """Where a stage is named and dated; a record that came from elsewhere may have none yet."""
    return reverse("phase-edit", args=[draft.uuid, phase.pk]) if phase else reverse("phase-new", args=[draft.uuid])


def questions_url(draft: Partnership, *, at_once: bool = False) -> str:
    """Where the questions about the first stage begin; nobody can be asked before it is known who takes part."""
    phase = first_phase(draft)
    if phase is None:
        return stage_url(draft, None)
    if not draft.partners.all():
        return page_url(draft, "who")
    return phase_questions_url(draft, phase, "" if at_once else TASKS[0])


def phase_questions_url(draft: Partnership, phase: Phase, task: str) -> str:
    """One question about a phase, or without a task all of them; where two responsibilities were stated, these."""
    if Assessor(phase).present().method == "direct":
        return reverse("draft-directly", args=[draft.uuid, phase.pk])
    if task:
        return reverse("draft-question", args=[draft.uuid, phase.pk, task])
    return reverse("draft-questions", args=[draft.uuid, phase.pk])
