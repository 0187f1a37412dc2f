"""The three ways to the questions about a phase, and who may take which.

``draft``: the keepers of a record that is open to them. ``assess``: somebody with an account, about a published one.
``invitation``: whoever holds the link, without an account. Behind each the pages are the same; see ``views.questions``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from partnerships.assessors import Assessor
from partnerships.completeness import TASKS
from partnerships.invitations import invitation_of
from partnerships.models import Assessment, Invitation, Partnership, Phase
from partnerships.models.partnership import WITHDRAWN
from partnerships.models.phase import UNNAMED
from partnerships.presenters.journey import after, from_check
from partnerships.views.access import find_draft, for_officers
from partnerships.views.typing import keeps_typing
from taxonomy.vocabulary import COUNTED_UNITS

View = Callable[..., HttpResponse]
DRAFT, ASSESS, INVITATION = "draft", "assess", "invitation"


@dataclass(frozen=True)
class Door:
    """One way to the questions about one phase. ``name`` begins the names of its addresses, ``args`` fill them."""

    name: str
    args: tuple[object, ...]
    assessor: Assessor

    # ---- What it is about ------------------------------------------------------------------------

    @property
    def partnership(self) -> Partnership:
        """The record."""
        return self.assessor.partnership

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.partnership.title

    @property
    def phase_name(self) -> str:
        """What the phase is called; "" where nobody gave it a name."""
        name = self.assessor.phase.name
        return "" if name == UNNAMED else name

    @property
    def caption(self) -> str:
        """What stands above the question: officers know their record, and need the phase where there are several."""
        if not self.is_draft:
            return " · ".join(filter(None, (self.title, self.phase_name)))
        return self.assessor.phase.name if len(self.partnership.phases.all()) > 1 else ""

    @property
    def is_draft(self) -> bool:
        """Whether the answers go into a draft, which is checked and handed in as a whole."""
        return self.name == DRAFT

    @property
    def by_invitation(self) -> bool:
        """Whether nobody has to be signed in."""
        return self.name == INVITATION

    @property
    def may_state_directly(self) -> bool:
        """Whether the two responsibilities may be stated instead; somebody invited is asked what they saw."""
        return not self.by_invitation

    @cached_property
    def present(self) -> Assessment:
        """Their assessment as it stands."""
        return self.assessor.present()

    @property
    def closed(self) -> str:
        """Why nothing can be answered any more: ``handed_in``, or what became of an invitation; "" while open."""
        if self.is_draft:
            return "" if self.partnership.is_open else "handed_in"
        if not self.by_invitation:
            return ""
        if self.assessor.invitation.state == "sent":
            return "sent"
        if self.partnership.status == WITHDRAWN:
            return "record_withdrawn"
        return "" if self.assessor.invitation.is_live else self.assessor.invitation.state

    # ---- Where it leads --------------------------------------------------------------------------

    def url(self, page: str, *more: object) -> str:
        """The address of a page behind this door."""
        return reverse(f"{self.name}-{page}", args=[*self.args, *more])

    @property
    def back_url(self) -> str:
        """Where somebody came from before the first question."""
        return reverse("draft", args=[self.partnership.uuid]) if self.is_draft else self.url("start")

    @property
    def check_url(self) -> str:
        """Where the answers are checked."""
        return reverse("draft-check", args=[self.partnership.uuid]) if self.is_draft else self.url("check")

    def after(self, task: str) -> str:
        """The page that follows the question about ``task``."""
        if task not in TASKS:
            # It never counts, so whoever answered it came from the page with all of them.
            return self.url("questions")
        later = TASKS[TASKS.index(task) + 1 :]
        return self.url("question", later[0]) if later else self.url("basis")

    def before(self, task: str) -> str:
        """The page before the question about ``task``."""
        if task not in TASKS:
            return self.url("questions")
        earlier = TASKS[: TASKS.index(task)]
        return self.url("question", earlier[-1]) if earlier else self.back_url

    @property
    def after_basis(self) -> str:
        """The page that follows the last one of the assessment."""
        return after(self.partnership, "basis") if self.is_draft else self.check_url

    def url_of(self, name: str) -> str:
        """The page on which a task, or a field of the assessment, is answered, to come back from to the check page."""
        if name in ("perspective", "comment"):
            page = self.url("basis")
        elif name in ("design", "delivery", "reason"):
            page = self.url("directly") if self.present.method == "direct" else self.url("basis")
        else:
            page = self.url("question", name)
        return from_check(page)


# ---- Through the doors -------------------------------------------------------------------------------


def draft(view: View) -> View:
    """For the keepers of a record, as long as it is open to them."""

    @for_officers
    @wraps(view)
    def enter(request: HttpRequest, uuid: UUID, pk: int, **page: Any) -> HttpResponse:
        record = find_draft(request.user, uuid)
        phase = next((phase for phase in record.phases.all() if phase.pk == pk), None)
        if phase is None:
            raise Http404
        door = Door(DRAFT, (uuid, pk), Assessor(phase, user=request.user))
        if door.closed and request.htmx:
            return HttpResponse(status=409)
        if door.closed and request.method != "POST":
            messages.info(request, _("It has been handed in, so only a curator can change it now."))
            return redirect("draft", uuid=uuid)
        return view(request, door, **page)

    return _for_parts(keeps_typing(enter))


def assess(view: View) -> View:
    """For a published record: officers of the organisation that keeps it, researchers and curators."""

    @for_officers
    @wraps(view)
    def enter(request: HttpRequest, slug: str, pk: int, **page: Any) -> HttpResponse:
        phases = Phase.objects.filter(partnership__in=Partnership.objects.published().filter(slug=slug))
        phases = phases.filter(partnership__unit__in=COUNTED_UNITS.codes).select_related("partnership__organisation")
        phase = get_object_or_404(phases.prefetch_related("partnership__partners", "assessments"), pk=pk)
        if not may_assess(request.user, phase.partnership):
            raise PermissionDenied
        return view(request, Door(ASSESS, (slug, pk), Assessor(phase, user=request.user)), **page)

    return _for_parts(keeps_typing(enter))


def may_assess(user: User, partnership: Partnership) -> bool:
    """Whether a person with a role may give a perspective on a published record without being invited."""
    if user.is_superuser or user.roles & {Role.RESEARCHER, Role.CURATOR}:
        return True
    return user.organisation_id is not None and user.organisation_id == partnership.organisation_id


def invitation(view: View) -> View:
    """For whoever holds a link that was not used, withdrawn or left to expire."""

    @wraps(view)
    def enter(request: HttpRequest, token: str, **page: Any) -> HttpResponse:
        try:
            invited = invitation_of(token)
        except Invitation.DoesNotExist as forged:
            raise Http404 from forged
        door = Door(INVITATION, (token,), Assessor(invited.phase, invitation=invited))
        # What is posted too late is shown to its sender once more, so that it is not lost.
        leads_on = request.method == "POST" or getattr(view, "open_afterwards", False)
        response = ended(request, door) if door.closed and not leads_on else view(request, door, **page)
        return _kept_private(response)

    return enter


def ended(request: HttpRequest, door: Door, **context: Any) -> HttpResponse:
    """Why a link leads no further, and whom to ask."""
    context |= {"door": door, "invitation": door.assessor.invitation, "contact_email": settings.CONTACT_EMAIL}
    return render(request, "questions/ended.html", context, status=410)


def _kept_private(response: HttpResponse) -> HttpResponse:
    """Keep a page whose address is a secret out of caches and of the indexes of search engines.

    The site's own policy for referrers stays: it tells no other host anything. One that told the site itself nothing
    would make browsers send forms from nowhere, which is what forgeries look like.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _for_parts(view: View) -> View:
    """Answer a script whose reader was signed out with 401: it would put the sign-in page in the middle of theirs."""

    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return check
