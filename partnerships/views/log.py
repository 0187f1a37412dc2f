"""Logging a partnership: the form of its record, step by step or on one page."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.forms.steps import EVERYTHING, STEPS, Step
from partnerships.models import Partnership
from partnerships.presenters.journey import after
from partnerships.views.access import find_draft, for_officers
from partnerships.views.sheets import Sheet
from partnerships.views.typing import keeps_typing, remembered

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_posts
@keeps_typing
@for_officers
def partnership_new(request: HttpRequest) -> HttpResponse:
    """Log a partnership: the first step, or with ``all`` in the address everything on one page.

    The form carries the future draft's key, so that a second POST of it makes no second draft. The key stands in the
    address too: whoever goes back after saving comes to that draft, not to another new one.
    """
    step = EVERYTHING if "all" in request.GET else STEPS["about"]
    if request.method == "POST":
        key = _key(request.POST) or uuid4()
        return Sheet(request, step, _own_draft_with(request, key), key).save()
    key = _key(request.GET)
    if key is None:
        query = {"key": uuid4(), **({"all": "1"} if step is EVERYTHING else {})}
        return redirect(f"{reverse('partnership-new')}?{urlencode(query)}")
    if typed := remembered(request):
        key = _key(typed) or key
        return Sheet(request, step, _own_draft_with(request, key), key).restored(typed)
    if Partnership.objects.filter(uuid=key).exists():
        return redirect(*(("draft-edit", key) if step is EVERYTHING else ("draft-step", key, step.code)))
    sheet = Sheet(request, step, None, key)
    return sheet.page(sheet.form())


@reads_and_posts
@keeps_typing
@for_officers
def draft_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit the whole record of a draft, or of one that a curator sent back, on one page."""
    return _edit(request, uuid, EVERYTHING)


@reads_and_posts
@keeps_typing
@for_officers
def draft_step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """Edit one step of it."""
    if step not in STEPS:
        raise Http404
    return _edit(request, uuid, STEPS[step])


def _edit(request: HttpRequest, uuid: UUID, step: Step) -> HttpResponse:
    sheet = Sheet(request, step, find_draft(request.user, uuid), uuid)
    if request.method == "POST":
        return sheet.save()
    if not sheet.draft.is_open:
        messages.info(request, _("It has been handed in, so only a curator can change it now."))
        return redirect("draft", uuid=uuid)
    if typed := remembered(request):
        return sheet.restored(typed)
    return sheet.page(sheet.form())


@require_safe
@for_officers
def draft_next(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """Lead to the page that follows one of a draft, for pages that do not know the order."""
    draft = find_draft(request.user, uuid)
    try:
        return redirect(after(draft, step) if draft.is_open else reverse("draft", args=[uuid]))
    except KeyError as unknown:
        raise Http404 from unknown


def _key(sent: QueryDict) -> UUID | None:
    """The key that a form or an address came with; None where that is none."""
    try:
        return UUID(sent.get("key", ""))
    except ValueError:
        return None


def _own_draft_with(request: HttpRequest, key: UUID) -> Partnership | None:
    """The draft that an earlier POST of the same form made. Another organisation's key gives 404, as elsewhere."""
    try:
        return find_draft(request.user, key)
    except Http404:
        if Partnership.objects.filter(uuid=key).exists():
            raise
        return None
