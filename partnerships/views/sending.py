"""An assessment that is sent by itself, not with a draft: where it begins, checking it, sending it, and afterwards."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions
from partnerships.completeness import missing_of
from partnerships.presenters import questionnaire as presenter
from partnerships.views import doors
from partnerships.views.doors import Door
from partnerships.views.questions import explained, stated


@require_safe
def start(request: HttpRequest, door: Door) -> HttpResponse:
    """What happens with the answers, who takes part, and how far one has come."""
    direct = door.present.method == "direct"
    steps = presenter.steps(door.present.answers, door.assessor.names, lambda task: door.url("question", task))
    context = {
        "door": door,
        "steps": steps,
        "parties": presenter.parties(door.assessor.names),
        "perspective": presenter.claim_lines("perspective", door.present.perspective),
        "answered": sum(not step.missing for step in steps),
        "next_url": door.check_url if direct else next((step.url for step in steps if step.missing), door.check_url),
        "direct": direct,
        "all_url": door.url("questions"),
        "signed": door.assessor.last_signed(),
    }
    return render(request, "questions/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, door: Door) -> HttpResponse:
    """All answers with the result and what is missing (GET); send them (POST)."""
    if request.method == "POST":
        return _send(request, door)
    return _check_page(request, door)


@require_safe
def sent(request: HttpRequest, door: Door) -> HttpResponse:
    """Thanks, and what happens next."""
    signed = door.assessor.last_signed()
    if signed is None:
        return redirect(door.url("start"))
    return render(request, "questions/sent.html", {"door": door, "signed": signed})


# Whoever sent their answers may read what happens next, though the link opens nothing else any more.
sent.open_afterwards = True


def _send(request: HttpRequest, door: Door) -> HttpResponse:
    """Sign the answers; whoever presses the button twice has sent them once."""
    if (door.assessor.last_signed() and door.present.pk is None) or door.closed == "sent":
        return redirect(door.url("sent"))
    if door.closed:
        return doors.ended(request, door)
    if missing := missing_of(door.present, door.assessor.kinds):
        return redirect(f"{door.url_of(missing[0])}&missing=1")
    try:
        actions.submit_assessment(assessor=door.assessor, seen=request.POST.get("seen", ""))
    except actions.NotAllowed as refusal:
        door = replace(door, assessor=door.assessor.again())
        if door.closed:
            return doors.ended(request, door)
        return _check_page(request, door, refusal=" ".join(refusal.messages), status=409)
    return redirect(door.url("sent"))


def _check_page(request: HttpRequest, door: Door, *, refusal: str = "", status: int = 200) -> HttpResponse:
    present, names = door.present, door.assessor.names
    missing = missing_of(present, door.assessor.kinds)
    direct = present.method == "direct"
    rows = () if direct else presenter.answer_rows(present.answers, names, door.url_of)
    claims = presenter.claim_rows(present, missing, door.url_of)
    if len(door.assessor.perspectives) == 1:
        claims = tuple(row for row in claims if row.task != "perspective")
    context = {
        "door": door,
        "refusal": refusal,
        "back_url": door.url("basis"),
        "rows": (*rows, *claims),
        "missing": [row for row in (*rows, *claims) if row.missing],
        "nothing_new": present.pk is None,
        "signed": door.assessor.last_signed(),
        "seen": door.assessor.seen(),
        **(stated(door, presenter.stated_of(present)) if direct else explained(door, {})),
    }
    return render(request, "questions/check.html", context, status=status)
