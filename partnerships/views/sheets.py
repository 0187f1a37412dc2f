"""A page with the form of a record, whole or one step of it: showing it, saving it, two people saving at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import actions
from partnerships.forms.draft import PartnershipForm
from partnerships.forms.steps import EVERYTHING, Step
from partnerships.forms.values import (
    Values,
    arguments,
    first_phase,
    other_phases,
    starting_values,
    taken_over,
    untouched,
    values_of,
)
from partnerships.models import Partnership
from partnerships.presenters.answers import differences
from partnerships.presenters.journey import after, comes_from_check, returning
from partnerships.views.access import find_draft
from partnerships.views.alike import asked_first, keep_words, words_in

# What a form was opened with comes back sealed, to tell what its sender changed where two people edit one draft.
OPENED = "partnerships.log.opened"


def sealed(values: Values) -> str:
    """The values that a form is opened with, in a shape that nobody can change on the way."""
    return signing.dumps(dict(values), salt=OPENED, compress=True)


def opened_with(sent: Mapping[str, str]) -> Values | None:
    """What a form that comes back was opened with; None where it does not say, or not truly."""
    try:
        return signing.loads(sent.get("opened", ""), salt=OPENED)
    except signing.BadSignature:
        return None


def version_in(sent: Mapping[str, str]) -> int:
    """The version that the form was opened with; 0, which no record has, where that is no number."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True)
class Sheet:
    """One page of the form, as a request asks for it. Without ``draft``, a new one will get ``key``.

    ``before`` is what was saved before what has been saved just now.
    """

    request: HttpRequest
    step: Step
    draft: Partnership | None
    key: UUID
    before: Values | None = None

    @cached_property
    def values(self) -> Values:
        """What is saved now, or what a new form shows."""
        return values_of(self.draft) if self.draft else starting_values(self.request.user)

    @property
    def action(self) -> str:
        """Where the form is sent to."""
        if self.draft is None:
            more = {"all": "1"} if self.step is EVERYTHING else {}
            return f"{reverse('partnership-new')}?{urlencode({'key': self.key, **more})}"
        name, more = ("draft-edit", []) if self.step is EVERYTHING else ("draft-step", [self.step.code])
        return returning(reverse(name, args=[self.draft.uuid, *more]), self.request.GET)

    @property
    def next_url(self) -> str:
        """What follows once the page is complete."""
        if comes_from_check(self.request.GET):
            return reverse("draft-check", args=[self.key])
        return after(self.draft, self.step.code)

    # ---- Showing ------------------------------------------------------------------------------------

    def form(self, data: Mapping[str, Any] | None = None, *, lenient: bool = False) -> PartnershipForm:
        """The form as it stands, or as it was sent."""
        names = other_phases(self.draft, first_phase(self.draft)) if self.draft else ()
        return PartnershipForm(
            data, values=self.values, user=self.request.user, only=self.step, other_phases=names, lenient=lenient,
            open_fold="more" in self.request.GET,
        )  # fmt: skip

    def restored(self, typed: QueryDict) -> HttpResponse:
        """The form as it was sent when nobody was signed in any more, to be sent again."""
        form = self.form(typed, lenient=True)
        if "draft" not in typed:
            form.insist()
        return self.page(form, sent=typed, restored=True)

    def page(
        self, form: PartnershipForm, *, status: int = 200, sent: Mapping[str, str] | None = None, **context: Any
    ) -> HttpResponse:
        """The page with a form. ``sent`` is the one that comes back unsaved: it stays the one that was opened then."""
        # A new draft will begin at version 1.
        version = self.draft.version if self.draft else 1
        context |= {
            "form": form,
            "step": self.step,
            "draft": self.draft,
            "key": self.key,
            "action": self.action,
            "version": version if sent is None else version_in(sent),
            "opened": (sealed(self.values) if self.draft else "") if sent is None else sent.get("opened", ""),
            "alike": words_in(sent),
        }
        template = "log/form.html" if self.step is EVERYTHING else "log/step.html"
        return render(self.request, template, context, status=status)

    # ---- Saving -------------------------------------------------------------------------------------

    def save(self) -> HttpResponse:
        """Save what can be read, then say what is missing, unless it was sent to be kept as a draft."""
        return self._save(version_in(self.request.POST))

    def _save(self, version: int) -> HttpResponse:
        form = self.form(self.request.POST, lenient=True)
        if self.draft and not self.draft.is_open:
            return self._conflict(form)
        if not form.can_be_kept:
            self._insist(form)
            return self.page(form, sent=self.request.POST, status=422)
        try:
            saved = self._keep(form, version)
        except actions.NotAllowed:
            return replace(self, draft=find_draft(self.request.user, self.key))._conflict(form)
        except IntegrityError:
            if self.draft is not None or not Partnership.objects.filter(uuid=self.key).exists():
                raise
            # The same form arrived twice at once, and the other one was first.
            return replace(self, draft=find_draft(self.request.user, self.key))._save(version)
        if self.draft is None:
            keep_words(self.request, saved)
        return replace(self, draft=saved, before=self.values)._after(form)

    def _keep(self, form: PartnershipForm, version: int) -> Partnership:
        """Save what the form can give; dates that overlap another stage are no longer among it then."""
        given = arguments(form, self.values)
        if self.draft is None:
            given["fields"]["uuid"] = self.key
        try:
            saved = actions.save_draft(by=self.request.user, partnership=self.draft, version=version, **given)
        except actions.Overlap as overlap:
            form.add_error("starts", overlap)
            return self._keep(form, version)
        return find_draft(self.request.user, saved.uuid)

    def _insist(self, form: PartnershipForm) -> None:
        if "draft" not in self.request.POST:
            form.insist()

    def _after(self, form: PartnershipForm) -> HttpResponse:
        self._insist(form)
        if form.errors:
            # Who takes part decides what is asked next; everything else can be left for later.
            skip = "" if form.errors.keys() & {"kinds"} else self.next_url
            return self.page(form, status=422, kept=True, skip=skip)
        if "draft" in self.request.POST:
            messages.success(self.request, _("Your draft is saved."))
        asked = asked_first(self.request, self.draft, self.before, self.values, self.step.code)
        if "draft" in self.request.POST:
            return redirect(asked or reverse("draft", args=[self.draft.uuid]))
        return redirect(asked or self.next_url)

    def _conflict(self, form: PartnershipForm) -> HttpResponse:
        """Somebody saved the draft, or handed it in, since the form was opened: show both versions and lose neither.

        Where that changed nothing that the page asks, there are no two versions.
        """
        opened = opened_with(self.request.POST)
        if self.draft.is_open and opened is not None and untouched(form.fields, opened, self.values):
            return self._save(self.draft.version)
        typed = form.shown if opened is None else taken_over(form.shown, opened, self.values)
        form = self.form(typed, lenient=True)
        different = differences(form.typed, self.values)
        if self.draft.is_open and not different:
            return self._after(form)
        last = self.draft.history.select_related("history_user").first()
        context = {"differences": different, "saved_by": last.history_user if last else None}
        if self.draft.is_open:
            return self.page(form, status=409, **context)
        context |= {"draft": self.draft, "contact_email": settings.CONTACT_EMAIL}
        return render(self.request, "log/closed.html", context, status=409)
