"""Checking the answers of a draft, and handing it in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions
from partnerships.forms.draft import gaps_of
from partnerships.forms.values import values_of
from partnerships.models import Partnership
from partnerships.presenters.draft import DraftPage, check_page
from partnerships.proposals import revision_of
from partnerships.views.access import find_draft, for_officers


@require_safe
@for_officers
def draft_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The answers of a draft before it is handed in, where they place it, and what is missing."""
    draft = find_draft(request.user, uuid)
    if draft.revises_id is not None:
        return redirect("revision-check", uuid=revision_of(draft).uuid)
    if not draft.is_open:
        return redirect("draft", uuid=uuid)
    context = {"draft": draft, "page": _page(request, draft), "seen": actions.seen_of(draft)}
    return render(request, "log/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def draft_submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand a draft in (POST); afterwards the page that says what happens next (GET)."""
    draft = find_draft(request.user, uuid)
    if draft.revises_id is not None:
        return redirect("revision-check", uuid=revision_of(draft).uuid)
    if request.method == "POST" and draft.is_open:
        return _submit(request, draft)
    if draft.status == "submitted":
        return render(request, "log/submitted.html", {"draft": draft, "contact_email": settings.CONTACT_EMAIL})
    return redirect("draft-check" if draft.is_open else "draft", uuid=uuid)


def _page(request: HttpRequest, draft: Partnership) -> DraftPage:
    values = values_of(draft)
    return check_page(draft, values, gaps_of(values, request.user))


def _submit(request: HttpRequest, draft: Partnership) -> HttpResponse:
    if gaps := _page(request, draft).gaps:
        messages.error(request, _("It is not complete yet. %(gap)s") % {"gap": gaps[0].text})
        return redirect(gaps[0].url)
    try:
        actions.submit(partnership=draft, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("draft-check", uuid=draft.uuid)
    return redirect("draft-submit", uuid=draft.uuid)
