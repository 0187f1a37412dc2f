"""An officer's own pages: what the organisation keeps, and the page of each draft."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions
from partnerships.forms.draft import gaps_of
from partnerships.forms.values import values_of
from partnerships.presenters import my as presenter
from partnerships.presenters.draft import closed_page
from partnerships.presenters.tasklist import place, task_list
from partnerships.proposals import revision_of
from partnerships.views.access import find_draft, for_officers, may_log
from partnerships.views.doors import may_assess
from partnerships.views.revisions import change_of, workspace_page
from taxonomy.vocabulary import COUNTED_UNITS


@require_safe
@login_required
def my(request: HttpRequest) -> HttpResponse:
    """What the person's organisation keeps, and the one thing to do next."""
    counts = presenter.counts(request.user)
    paginator = Paginator(presenter.rows(request.user), settings.PAGE_SIZE)
    # The counts by status are read anyway; their sum is what the paginator would ask for once more.
    paginator.count = sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "groups": presenter.groups(page.object_list, counts),
        "summary": presenter.summary(counts),
        "page": presenter.page_links(page),
        "may_log": may_log(request.user),
        "contact_email": settings.CONTACT_EMAIL,
    }
    return render(request, "my/list.html", context)


@require_safe
@login_required
def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One record: what is left to do while it is open to its keepers, and all that it says afterwards."""
    record = find_draft(request.user, uuid)
    if record.revises_id is not None:
        return workspace_page(request, record)
    values = values_of(record)
    if record.is_open and may_log(request.user):
        tasks = task_list(record, values, gaps_of(values, request.user))
        counted = record.unit in COUNTED_UNITS
        context = {"draft": record, "tasks": tasks, "place": place(record), "counted": counted}
        return render(request, "my/tasks.html", context)
    assess = record.unit in COUNTED_UNITS and may_log(request.user) and may_assess(request.user, record)
    context = {"draft": record, "page": closed_page(record, values, assess=assess), "may_log": may_log(request.user)}
    return render(request, "my/draft.html", {**context, **change_of(request.user, record)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def draft_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then delete a draft that was never handed in."""
    record = find_draft(request.user, uuid)
    if record.revises_id is not None:
        return redirect("revision-take-back", uuid=revision_of(record).uuid)
    if request.method != "POST":
        return render(request, "my/delete.html", {"draft": record})
    try:
        actions.delete_draft(partnership=record, by=request.user)
    except actions.NotAllowed as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("draft", uuid=uuid)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": record.title})
    return redirect("my")
