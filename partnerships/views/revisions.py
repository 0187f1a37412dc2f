"""Changing what is published: beginning a change, checking it, handing it in, taking it back, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from partnerships import actions
from partnerships.forms.draft import gaps_of
from partnerships.forms.revision import HandInForm
from partnerships.forms.values import values_of
from partnerships.models import Partnership, Revision
from partnerships.models.revision import CHANGES_REQUESTED, OPEN, SUBMITTED
from partnerships.presenters.draft import check_page
from partnerships.presenters.record_outcome import last_changes
from partnerships.presenters.revisions import TAGS, revision_page, told
from partnerships.presenters.tasklist import task_list
from partnerships.proposals import pending_of, revision_of, three_way, to_be_signed, workspace_of
from partnerships.views.access import find_draft, for_officers, may_edit, may_log

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@reads_and_posts
@for_officers
def revision_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to change a published record, or go on with the change that is pending."""
    record = get_object_or_404(Partnership.objects.editable_by(request.user).published(), slug=slug)
    pending = pending_of(record)
    if request.method == "POST":
        try:
            pending = actions.start_revision(partnership=record, by=request.user)
        except actions.NotAllowed as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("draft", uuid=record.uuid)
    elif pending is None or pending.status == SUBMITTED or workspace_of(pending) is None:
        return render(request, "my/revision_start.html", {"record": record, "revision": pending})
    return redirect("draft", uuid=workspace_of(pending).uuid)


@require_safe
@for_officers
def revision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a change of a published record changes, and what became of it."""
    found = find_revision(request.user, uuid)
    return render(request, "my/revision.html", {"revision": found, "page": revision_page(found)})


@reads_and_posts
@for_officers
def revision_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What would change in public, and what is missing (GET); hand it in (POST)."""
    found = find_revision(request.user, uuid)
    if found.status not in (OPEN, CHANGES_REQUESTED) or workspace_of(found) is None:
        return redirect("revision", uuid=uuid)
    form = HandInForm(request.POST if request.method == "POST" else None, initial={"note": found.note})
    if form.is_bound and form.is_valid():
        try:
            actions.hand_in_revision(revision=found, by=request.user, **form.cleaned_data)
        except actions.NotAllowed as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your changes are with the curators. You see here what becomes of them."))
            return redirect("revision", uuid=uuid)
    return _check_page(request, found, form)


@reads_and_posts
@for_officers
def revision_take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then throw a change away."""
    found = find_revision(request.user, uuid)
    if not found.is_pending:
        return redirect("revision", uuid=uuid)
    if request.method != "POST":
        return render(request, "my/revision_take_back.html", {"revision": found, "record": found.partnership})
    try:
        actions.take_back_revision(revision=found, by=request.user)
    except actions.NotAllowed as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The changes are thrown away. The public record is as it was."))
    return redirect("draft", uuid=found.partnership.uuid)


def workspace_page(request: HttpRequest, draft: Partnership) -> HttpResponse:
    """The draft of a change: all that can be changed about the record, and how to hand it in."""
    found = revision_of(draft)
    if not (draft.is_open and may_log(request.user)):
        return redirect("revision", uuid=found.uuid)
    values = values_of(draft)
    tasks = task_list(draft, values, _missing(draft, found, request.user))
    context = {"draft": draft, "revision": found, "tasks": tasks, "page": revision_page(found)}
    return render(request, "my/changes.html", context)


def change_of(user: User, record: Partnership) -> dict[str, Any]:
    """What the page of a published record says of changing it: the way to it, and the change that is pending, or the
    last one that was decided about.
    """
    proposes = record.published_at and may_log(user)
    pending = pending_of(record) if proposes else None
    may = record.is_published and may_edit(user, record)
    return {
        "edit_url": reverse("revision-edit", args=[record.slug]) if may else "",
        "pending": pending,
        "pending_tag": TAGS[pending.status] if pending else "",
        "last_change": last_changes([record]).get(record.pk) if proposes and not pending else None,
    }


def find_revision(user: User, uuid: UUID) -> Revision:
    """A change of a record of the person's organisation; for curators any. Everybody else gets the same 404."""
    mine = Revision.objects.filter(partnership__in=Partnership.objects.editable_by(user))
    return get_object_or_404(mine.select_related("partnership"), uuid=uuid)


def _check_page(request: HttpRequest, found: Revision, form: HandInForm) -> HttpResponse:
    draft = find_draft(request.user, workspace_of(found).uuid)
    seen = actions.seen_of_revision(found)
    if form.is_bound:
        # The page shows what stands now; handing that in is no longer handing in blindly.
        form.data = form.data.copy()
        form.data["seen"] = seen
    form.initial["seen"] = seen
    context = {
        "draft": draft,
        "record": found.partnership,
        "revision": found,
        "form": form,
        "gaps": check_page(draft, values_of(draft), _missing(draft, found, request.user)).gaps,
        "differences": told(three_way(found, to_be_signed(found, draft))),
    }
    return render(request, "my/revision_check.html", context, status=409 if form.errors else 200)


def _missing(draft: Partnership, found: Revision, user: User) -> dict[str, list[str]]:
    """What a strict reading of the draft finds missing and the public record has.

    What the public record lacks as well keeps nobody from correcting something else.
    """
    public = Partnership.objects.prefetch_related("partners", "phases").get(pk=found.partnership_id)
    lacking = gaps_of(values_of(public), user)
    return {name: texts for name, texts in gaps_of(values_of(draft), user).items() if name not in lacking}
