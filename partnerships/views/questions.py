"""The questions about a phase, each page written once for the three doors that lead to it (``views.doors``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions
from partnerships.assessors import CLAIM_FIELDS, fingerprint
from partnerships.completeness import TASKS as DECIDING_TASKS
from partnerships.forms import choices
from partnerships.forms.questions import AnswersForm, BasisForm, DirectForm, QuestionsForm, UnknownAnswer, read_levels
from partnerships.presenters import questionnaire as presenter
from partnerships.presenters.explanation import explanation_view
from partnerships.presenters.journey import comes_from_check
from partnerships.views import doors
from partnerships.views.doors import Door
from partnerships.views.typing import remembered
from taxonomy.answers import completed
from taxonomy.questions import TASKS

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])

DECIDING = tuple(task for task in TASKS if task.decides)
UNCOUNTED = tuple(task for task in TASKS if not task.decides)


@dataclass(frozen=True)
class Page:
    """A page that asks: how its form is made, under which names its answers are saved, and what comes after it.

    ``live`` makes the result that stands beside the questions, from what is shown in them.
    """

    template: str
    form: Callable[..., AnswersForm]
    names: tuple[str, ...]
    following: str
    back: str
    context: Mapping[str, Any] = field(default_factory=dict)
    live: Callable[[Door, Mapping[str, Any]], dict[str, Any]] = lambda door, shown: {}


# ---- The pages that ask ------------------------------------------------------------------------------


@reads_and_posts
def question(request: HttpRequest, door: Door, task: str) -> HttpResponse:
    """Who did one task, for each kind that takes part."""
    asked = next((each for each in TASKS if each.code == task), None)
    if asked is None:
        raise Http404
    number = DECIDING_TASKS.index(task) + 1 if asked.decides else 0
    page = Page(
        "questions/question.html",
        partial(QuestionsForm, tasks=[asked], apart="apart" in request.POST),
        names=(task,),
        following=door.after(task),
        back=door.before(task),
        context={
            "task": asked,
            "number": number,
            "total": len(DECIDING_TASKS),
            "directly_url": door.url("directly") if number == 1 and door.may_state_directly else "",
        },
        live=explained,
    )
    return _ask(request, door, page)


@reads_and_posts
def all_questions(request: HttpRequest, door: Door) -> HttpResponse:
    """The six questions that decide on one page, and the five that never count, folded."""
    tasks = (*DECIDING, *UNCOUNTED)
    page = Page(
        "questions/all.html",
        partial(QuestionsForm, tasks=tasks, lenient=True, apart="apart" in request.POST),
        names=tuple(task.code for task in tasks),
        following=door.url("basis"),
        back=door.back_url,
        context={"one_by_one_url": door.url("question", DECIDING_TASKS[0])},
        live=explained,
    )
    return _ask(request, door, page)


@reads_and_posts
def directly(request: HttpRequest, door: Door) -> HttpResponse:
    """The two responsibilities for whoever knows them, with a reason; the questions stay on offer."""
    page = Page(
        "questions/directly.html",
        DirectForm,
        names=DirectForm.names,
        following=door.url("basis"),
        back=door.back_url,
        context={"questions_url": door.url("question", DECIDING_TASKS[0])},
        live=stated,
    )
    return _ask(request, door, page)


@reads_and_posts
def basis(request: HttpRequest, door: Door) -> HttpResponse:
    """What the answers rest on, whose view they are, and anything else."""
    direct = door.present.method == "direct"
    page = Page(
        "questions/basis.html",
        BasisForm,
        names=BasisForm.names_for(door.assessor),
        following=door.after_basis,
        back=door.url("directly") if direct else door.url("question", DECIDING_TASKS[-1]),
    )
    return _ask(request, door, page)


# ---- The live result ---------------------------------------------------------------------------------


@require_safe
def result(request: HttpRequest, door: Door) -> HttpResponse:
    """What the saved answers, and those in the query, come out at: a part of a page, for a script to put in."""
    try:
        if request.GET.keys() & presenter.STATED.keys():
            shown = {axis: request.GET.get(axis, "") for axis in presenter.STATED}
            return render(request, "questions/_live_stated.html", stated(door, shown))
        return render(request, "questions/_live.html", explained(door, _in_query(request.GET, door)))
    except UnknownAnswer as fault:
        return HttpResponse(str(fault), status=400, content_type="text/plain; charset=utf-8")


def _in_query(query: QueryDict, door: Door) -> dict[str, Any]:
    """The answers of the tasks that the query speaks of; a kind that it leaves out of these is not known."""
    levels = read_levels(query, TASKS, door.assessor.kinds)
    return {task: levels[task] for task in dict.fromkeys(name.partition("-")[0] for name in query) if task in levels}


def explained(door: Door, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The result of the saved answers with those that are shown in their place."""
    answers = {**door.present.answers, **{name: value for name, value in shown.items() if name not in CLAIM_FIELDS}}
    given = completed({task: answer for task, answer in answers.items() if answer}, door.assessor.kinds)
    return {
        "explanation": explanation_view(given, door.assessor.names),
        "answered": presenter.answered(given),
    }


def stated(door: Door, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Where the two responsibilities that are shown place it, whatever has been answered besides."""
    given = {axis: shown.get(axis, "") for axis in presenter.STATED}
    if not all(given[axis] in ("", *dict(options)) for axis, options in presenter.STATED.items()):
        raise UnknownAnswer(_("An answer is none of those to choose from."))
    known = {axis: "" if code == choices.UNKNOWN else code for axis, code in given.items()}
    return {"stated": presenter.stated(**known), "answered": any(given.values())}


# ---- Asking, saving, and two windows at once -----------------------------------------------------------


def _ask(request: HttpRequest, door: Door, page: Page) -> HttpResponse:
    """Show a page, save what it was sent, or show what it was sent while nobody was signed in."""
    try:
        if request.method == "POST":
            return _save(request, door, page)
        if typed := remembered(request):
            return _page(request, door, page, _form(door, page, typed), sent=typed, restored=True)
    except UnknownAnswer as fault:
        return _refused(request, door, str(fault))
    return _page(request, door, page, _form(door, page))


def _form(door: Door, page: Page, data: QueryDict | None = None, given: Mapping[str, Any] | None = None) -> AnswersForm:
    return page.form(data, assessor=door.assessor, state=door.assessor.state(page.names), given=given)


def _save(request: HttpRequest, door: Door, page: Page) -> HttpResponse:
    form = _form(door, page, request.POST)
    valid = form.is_valid()
    if door.closed:
        return _closed(request, door, form)
    if not valid:
        return _page(request, door, page, form, sent=request.POST, status=422)
    opened = request.POST.get("opened", "")
    try:
        actions.save_assessment(assessor=door.assessor, values=form.given(), opened=opened, method=form.method)
    except actions.Overtaken as overtaken:
        return _overtaken(request, door, page, form.given(), overtaken.present)
    except actions.KindNotThere as fault:
        return _refused(request, door, " ".join(fault.messages))
    except actions.NotAllowed:
        return _closed(request, door, form)
    return redirect(_following(request, door, page))


def _following(request: HttpRequest, door: Door, page: Page) -> str:
    return door.check_url if comes_from_check(request.GET) else page.following


def _overtaken(
    request: HttpRequest, door: Door, page: Page, given: Mapping[str, Any], present: Mapping[str, Any]
) -> HttpResponse:
    """The same questions were answered elsewhere since: show both versions, and lose neither.

    What this window did not change is taken over from there. Where nothing else is left, there is nothing to decide.
    """
    door = replace(door, assessor=door.assessor.again())
    merged = _merged(given, request.POST.get("before", ""), present)
    different = presenter.differences(merged, present, door.assessor.names)
    if not different:
        return redirect(_following(request, door, page))
    form = _form(door, page, given=merged)
    return _page(request, door, page, form, status=409, state=present, shown=merged, differences=different)


def _merged(given: Mapping[str, Any], before: str, present: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed; where that is what the page was opened with, what was saved elsewhere since."""
    opened = dict(pair.split("=", 1) for pair in before.split() if "=" in pair)
    return {name: present[name] if fingerprint(value) == opened.get(name) else value for name, value in given.items()}


def _page(
    request: HttpRequest, door: Door, page: Page, form: AnswersForm, *, status: int = 200,
    sent: QueryDict | None = None, state: Mapping[str, Any] | None = None, shown: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page with its form, which shows what is saved (``state``) or what was typed (``shown``).

    ``sent`` is a form that comes back unsaved: it stays the one that was opened then.
    """
    state = state or door.assessor.state(page.names)
    shown = shown or (form.given() if form.is_bound else state)
    context |= {
        **page.context,
        **page.live(door, shown),
        "door": door,
        "form": form,
        "opened": f"{fingerprint(state)}.{door.present.method}" if sent is None else sent.get("opened", ""),
        "before": _fingerprints(door, form, state) if sent is None else sent.get("before", ""),
        "result_url": door.url("result"),
        "all_url": door.url("questions"),
        "back_url": door.check_url if comes_from_check(request.GET) else page.back,
        "skip_url": "" if comes_from_check(request.GET) else page.following,
        "still_missing": "missing" in request.GET,
        "other_way": form.method is not None and door.present.pk is not None and form.method != door.present.method,
    }
    return render(request, page.template, context, status=status)


def _fingerprints(door: Door, form: AnswersForm, state: Mapping[str, Any]) -> str:
    """What a page was opened with, name by name, for ``_merged``.

    Nothing where its method is about to change: a responsibility that nobody stated yet is stored as one not known.
    """
    if form.method not in (None, door.present.method):
        return ""
    return " ".join(f"{name}={fingerprint(value)}" for name, value in state.items())


def _closed(request: HttpRequest, door: Door, form: AnswersForm) -> HttpResponse:
    """Nothing can be answered any more: give back in words what was typed."""
    typed = presenter.differences(form.given(), {}, door.assessor.names)
    if door.by_invitation:
        return doors.ended(request, replace(door, assessor=door.assessor.again()), typed=typed)
    context = {"door": door, "typed": typed, "contact_email": settings.CONTACT_EMAIL}
    return render(request, "questions/closed.html", context, status=409)


def _refused(request: HttpRequest, door: Door, fault: str) -> HttpResponse:
    """Answers that no page of ours sends, or that speak of somebody who was taken off the list meanwhile."""
    return render(request, "questions/refused.html", {"fault": fault, "door": door}, status=400)
