"""What somebody does with an import: go on checking, say what is the same, take it over, undo it, throw it away."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from exchange import importing
from exchange.forms import VerdictForm
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHECKED
from exchange.presenters import import_tasks, import_words
from exchange.presenters import imports as presenter
from exchange.presenters.import_alike import same_as, taken
from exchange.presenters.import_undo import in_the_way
from exchange.views.import_doors import find_import, for_importers
from partnerships import actions
from partnerships.models import Partnership

# Records compared in one request: few for the script, which asks again at once and shows the progress; more for
# somebody who presses the button.
STEP, LONG_STEP = 100, 500


@require_POST
@for_importers
def import_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Compare some more records. The script gets numbers, everybody else the page."""
    batch = find_import(request.user, uuid)
    scripted = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    try:
        batch = importing.check(batch, STEP if scripted else LONG_STEP)
    except importing.Refused as refusal:
        if scripted:
            return JsonResponse({"stop": " ".join(refusal.messages)}, status=409)
        _tell(request, refusal)
    if not scripted:
        return redirect("import", uuid=uuid)
    now = presenter.progress(batch)
    return JsonResponse({"checked": now.checked, "text": now.text, "done": now.done})


@require_POST
@for_importers
def import_verdict(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    """Say that a record is the same as one of the register that it looks like, or none of them."""
    batch = find_import(request.user, uuid)
    record = get_object_or_404(StagedRecord, batch=batch, position=position)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    same = form.cleaned_data["same"]
    partnership = same_as(batch, record, same) if same else None
    if same and partnership is None:
        raise Http404
    try:
        messages.success(request, _say(batch, record, partnership, request.user))
    except importing.Refused as refusal:
        _tell(request, refusal)
    # Back to where it was said, at the record.
    query = urlencode(form.where)
    return redirect(f"{reverse('import', args=[uuid])}{'?' if query else ''}{query}#record-{position}")


def _say(batch: Import, record: StagedRecord, partnership: Partnership | None, by: User) -> str:
    """Keep the word; returns what is to be told. Raises ``Refused`` where it cannot be so."""
    titles = {"title": record.title, "other": partnership.title if partnership else ""}
    if partnership is None:
        importing.say_distinct(batch, record.position, by=by)
        return _("“%(title)s” is another partnership. Unless you say otherwise, it is brought in as new.") % titles
    if batch.state == CHECKED and (refusal := taken(batch, record, partnership)):
        raise importing.Refused(refusal)
    importing.say_same(batch, record.position, partnership, by=by)
    return _("“%(title)s” is the same as “%(other)s”. The file changes that one and adds no other.") % titles


@require_POST
@for_importers
def import_apply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the file over, all of it or nothing. Asked a second time, it shows what was done."""
    batch = find_import(request.user, uuid)
    if batch.state == CHECKED:
        try:
            importing.apply(batch, by=request.user)
        except importing.Refused as refusal:
            # Of two requests at once, one took it over and the other has nothing to complain about.
            if find_import(request.user, uuid).state != APPLIED:
                _tell(request, refusal)
        else:
            messages.success(request, _("“%(file)s” is taken over.") % {"file": batch.file_name})
    return redirect("import", uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def import_undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then bring back what was before the import."""
    batch = find_import(request.user, uuid)
    if batch.state != APPLIED:
        return redirect("import", uuid=uuid)
    if request.method != "POST":
        return render(request, "import/undo.html", {"batch": batch, "numbers": presenter.totals(batch)})
    try:
        importing.undo(batch, by=request.user)
    except importing.Refused as refusal:
        if rows := in_the_way(batch):
            context = {"batch": batch, "rows": rows, "contact_email": settings.CONTACT_EMAIL}
            return render(request, "import/not_undone.html", context, status=409)
        _tell(request, refusal)
    else:
        messages.success(request, _("The import of “%(file)s” is undone.") % {"file": batch.file_name})
    return redirect("import", uuid=uuid)


@require_POST
@for_importers
def import_hand_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand in the drafts of an import that lack nothing, one after the other; each refusal is told by its name."""
    batch = find_import(request.user, uuid)
    done, drafts = 0, import_tasks.complete_drafts(batch, request.user) if batch.state == APPLIED else []
    for draft in drafts:
        try:
            actions.submit(partnership=draft, by=request.user)
        except ValidationError as refusal:
            messages.error(request, f"“{draft.title}”: {' '.join(refusal.messages)}")
        else:
            done += 1
    if done:
        messages.success(request, import_words.handed_in(done))
    return redirect("import", uuid=uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def import_forget(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then throw away an import that was not taken over."""
    batch = find_import(request.user, uuid)
    if presenter.is_over(batch):
        return redirect("import", uuid=uuid)
    if request.method != "POST":
        return render(request, "import/forget.html", {"batch": batch})
    try:
        importing.forget(batch, by=request.user)
    except importing.Refused as refusal:
        _tell(request, refusal)
        return redirect("import", uuid=uuid)
    messages.success(
        request, _("“%(file)s” is thrown away. Nothing in the register changed.") % {"file": batch.file_name}
    )
    return redirect("import-new")


def _tell(request: HttpRequest, refusal: ValidationError) -> None:
    messages.error(request, " ".join(refusal.messages))
