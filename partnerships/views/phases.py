"""The stages of a draft: adding one, changing it, putting them in order, taking one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships import actions
from partnerships.forms.phase import PhaseForm
from partnerships.forms.values import Values, first_phase, other_phases, phase_fields, stage_values, taken_over
from partnerships.models import Partnership, Phase
from partnerships.presenters.answers import differences
from partnerships.presenters.journey import after, comes_from_check, returning
from partnerships.presenters.stages import in_order, is_begun, stage_title, standing
from partnerships.views.access import find_draft, for_officers
from partnerships.views.sheets import opened_with, sealed
from partnerships.views.typing import keeps_typing, remembered

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
DIRECTIONS = {"up": True, "down": False}


@dataclass(frozen=True)
class Page:
    """The page of one stage; ``phase`` is None for a new one, ``before`` the one whose answers that may start from."""

    request: HttpRequest
    draft: Partnership
    phase: Phase | None
    before: Phase | None = None

    @property
    def values(self) -> Values:
        """What is saved now."""
        return stage_values(self.phase)

    def form(self, data: Any = None) -> PhaseForm:
        """The form as it stands, or as it was sent."""
        before = self.before.name if self.before else ""
        others = other_phases(self.draft, self.phase)
        return PhaseForm(data, values=self.values, others=others, before=before, is_new=self.phase is None)

    def show(
        self, form: PhaseForm, *, status: int = 200, sent: QueryDict | None = None, **context: Any
    ) -> HttpResponse:
        """The page with a form. ``sent`` is the one that comes back unsaved: it stays the one that was opened then."""
        alone = len(self.draft.phases.all()) == 1
        context |= {
            "form": form,
            "draft": self.draft,
            "phase": self.phase,
            "place": _("Step 2 of 4") if self.phase and alone else "",
            "action": returning(self.request.path, self.request.GET),
            "opened": sealed(self.values) if sent is None else sent.get("opened", ""),
        }
        return render(self.request, "log/stage.html", context, status=status)

    def save(self) -> HttpResponse:
        """Save what was typed, unless somebody else saved something else meanwhile."""
        form = self.form(self.request.POST)
        if twin := self._twin(form):
            return redirect(self._questions(twin))
        if not form.is_valid():
            return self.show(form, status=422, sent=self.request.POST)
        opened = opened_with(self.request.POST)
        if self.phase and opened is not None and opened != self.values:
            return self._merge(taken_over(form.typed, opened, self.values))
        try:
            phase = self._write(form)
        except actions.Overlap as overlap:
            form.add_error("starts", overlap)
        except actions.NotAllowed as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(self._next(phase))
        return self.show(form, status=422, sent=self.request.POST)

    def _twin(self, form: PhaseForm) -> Phase | None:
        """The stage that an earlier POST of the same form has added."""
        last = None if self.phase else in_order(self.draft)[-1:]
        return last[0] if last and not differences(form.typed, stage_values(last[0])) else None

    def _write(self, form: PhaseForm) -> Phase:
        like = self.before if form.cleaned_data.get("like") else None
        return actions.save_phase(
            by=self.request.user, partnership=self.draft, phase=self.phase, values=phase_fields(form.cleaned_data),
            like=like,
        )  # fmt: skip

    def _merge(self, typed: Values) -> HttpResponse:
        """Somebody else saved the stage meanwhile: show both versions where they differ."""
        different = differences(typed, self.values)
        if not different:
            return redirect(self._next(self.phase))
        last = self.phase.history.select_related("history_user").first()
        context = {"differences": different, "saved_by": last.history_user if last else None}
        return self.show(self.form(typed), status=409, **context)

    def closed(self) -> HttpResponse:
        """The record was handed in meanwhile: give back what was typed."""
        context = {
            "draft": self.draft,
            "differences": differences(self.form(self.request.POST).typed, self.values),
            "contact_email": settings.CONTACT_EMAIL,
        }
        return render(self.request, "log/closed.html", context, status=409)

    def _next(self, phase: Phase) -> str:
        """Where it goes on: to the questions about a new stage, from the first one to who takes part."""
        if "draft" in self.request.POST:
            return reverse("draft", args=[self.draft.uuid])
        if self.phase is None:
            return self._questions(phase)
        if comes_from_check(self.request.GET):
            return reverse("draft-check", args=[self.draft.uuid])
        if phase == first_phase(self.draft):
            return after(self.draft, "stage")
        return reverse("draft", args=[self.draft.uuid])

    def _questions(self, phase: Phase) -> str:
        if self.before and phase.assessments.exists():
            text = _("These answers start from “%(name)s”. Change what has changed since.")
            messages.info(self.request, text % {"name": self.before.name})
        if not self.draft.partners.all():
            return reverse("draft-step", args=[self.draft.uuid, "who"])
        return reverse("draft-questions", args=[self.draft.uuid, phase.pk])


@reads_and_posts
@keeps_typing
@for_officers
def phase_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add a stage behind the last one, whose answers it may start from."""
    draft = find_draft(request.user, uuid)
    last = in_order(draft)[-1:]
    before = last[0] if last and is_begun(standing(last[0])) else None
    return _stage(Page(request, draft, None, before))


@reads_and_posts
@keeps_typing
@for_officers
def phase_edit(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Change the name and the dates of a stage."""
    draft = find_draft(request.user, uuid)
    return _stage(Page(request, draft, _phase_of(draft, pk)))


def _stage(page: Page) -> HttpResponse:
    if page.request.method == "POST":
        return page.save() if page.draft.is_open else page.closed()
    if not page.draft.is_open:
        return _handed_in(page.request, page.draft)
    if typed := remembered(page.request):
        return page.show(page.form(typed), sent=typed, restored=True)
    return page.show(page.form())


@require_POST
@for_officers
def phase_move(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Put a stage one place up or down in the order."""
    draft = find_draft(request.user, uuid)
    phase = _phase_of(draft, pk)
    if not draft.is_open:
        return _handed_in(request, draft)
    direction = request.POST.get("to", "")
    if direction not in DIRECTIONS:
        return HttpResponseBadRequest(_("A stage moves up or down."), content_type="text/plain; charset=utf-8")
    try:
        actions.move_phase(by=request.user, phase=phase, up=DIRECTIONS[direction])
    except actions.NotAllowed as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(f"{reverse('draft', args=[uuid])}#stage-{pk}")


@reads_and_posts
@for_officers
def phase_delete(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Ask, then take a stage away with the answers about it that nobody has handed in."""
    draft = find_draft(request.user, uuid)
    phase = _phase_of(draft, pk)
    if not draft.is_open:
        return _handed_in(request, draft)
    if request.method != "POST":
        return render(request, "log/stage_delete.html", {"draft": draft, "phase": phase, "title": stage_title(phase)})
    try:
        actions.delete_phase(by=request.user, phase=phase)
    except actions.NotAllowed as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The stage “%(name)s” is deleted.") % {"name": phase.name})
    return redirect("draft", uuid=uuid)


def _phase_of(draft: Partnership, pk: int) -> Phase:
    """A stage of this draft; one of another record looks like none."""
    found = next((phase for phase in draft.phases.all() if phase.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _handed_in(request: HttpRequest, draft: Partnership) -> HttpResponse:
    messages.info(request, _("It has been handed in, so only a curator can change it now."))
    return redirect("draft", uuid=draft.uuid)
