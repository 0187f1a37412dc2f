"""Inviting people without an account to answer about a phase: the keepers' page, and taking an invitation back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships import actions
from partnerships.forms.invitation import InvitationForm
from partnerships.models import Invitation, Partnership, Phase
from partnerships.models.invitation import DAYS
from partnerships.models.partnership import WITHDRAWN
from partnerships.models.phase import UNNAMED
from partnerships.presenters.invitations import invitation_rows
from partnerships.views.access import find_draft, for_officers


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def invitations(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Who was invited to answer about a phase, with the links to send, and a form to invite one more."""
    record = find_draft(request.user, uuid)
    phase = next((phase for phase in record.phases.all() if phase.pk == pk), None)
    if phase is None or record.revises_id is not None:
        raise Http404
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, record, phase, form, status=422 if form.is_bound else 200)
    try:
        actions.invite(phase=phase, by=request.user, **form.cleaned_data)
    except actions.NotAllowed as refusal:
        form.add_error(None, refusal)
        return _page(request, record, phase, form, status=409)
    messages.success(request, _("The invitation is ready. Copy its link and send it."))
    return redirect("invitations", uuid=uuid, pk=pk)


@require_POST
@for_officers
def invitation_withdraw(request: HttpRequest, uuid: UUID, invitation: UUID) -> HttpResponse:
    """Close a link that was not used yet."""
    record = find_draft(request.user, uuid)
    found = get_object_or_404(Invitation.objects.with_outcome(), uuid=invitation, phase__partnership=record)
    if found.withdrawn_at is None:
        try:
            actions.withdraw_invitation(invitation=found, by=request.user)
        except actions.NotAllowed as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("“%(label)s” can no longer answer.") % {"label": found.label})
    return redirect("invitations", uuid=uuid, pk=found.phase_id)


def _page(
    request: HttpRequest, record: Partnership, phase: Phase, form: InvitationForm, *, status: int
) -> HttpResponse:
    invited = Invitation.objects.with_outcome().select_related("phase__partnership").filter(phase=phase)
    context = {
        "record": record,
        "phase_name": "" if phase.name == UNNAMED else phase.name,
        "rows": invitation_rows(invited),
        "form": form,
        "days": DAYS,
        "may_invite": record.status != WITHDRAWN,
    }
    return render(request, "invitations/list.html", context, status=status)
