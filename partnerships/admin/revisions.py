"""Deciding about a proposed change: one page with all that differs, to accept it whole or in part; two to refuse it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships import actions
from partnerships.admin.acts import ActForm, ActsMixin
from partnerships.models import Partnership, Revision
from partnerships.models.revision import SUBMITTED
from partnerships.presenters.review import Review, review
from partnerships.proposals import pending_of, revision_of


class DecisionForm(ActForm):
    """A decision about a change: it rests on the change and on the public record as the page showed them."""

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        """Remember the state of both."""
        self.revision = revision
        super().__init__(*args, record=revision.partnership, **kwargs)

    def version_of(self, record: Partnership) -> str:
        """The record counts its own versions only."""
        return actions.seen_of_revision(self.revision)

    def refuse_stale(self, record: Partnership) -> None:
        """Leave it to the act, which holds the change as well and reads it again: this one was read before."""


class SendBackForm(DecisionForm):
    """What the keepers are asked to change."""

    note = forms.CharField(
        label=gettext_lazy("What should be changed?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The officers of the organisation read this."),
        error_messages={"required": gettext_lazy("Say what should be changed.")},
    )  # fmt: skip


class DeclineForm(DecisionForm):
    """Why the record stays as it is."""

    note = forms.CharField(
        label=gettext_lazy("Why is it declined?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The officers of the organisation read this."),
        error_messages={"required": gettext_lazy("Say why it is declined.")},
    )  # fmt: skip


class AcceptForm(DecisionForm):
    """Which changes to take over, and which new answers become positions."""

    def __init__(self, *args: Any, page: Review, **kwargs: Any) -> None:
        """Everything is ticked beforehand but what the public record has overtaken."""
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["take"] = forms.MultipleChoiceField(
            label=_("What to take over"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one.code, one.label) for one in page.changes],
            initial=[one.code for one in page.changes if not one.conflict],
            error_messages={"invalid_choice": _("The proposed change is another one by now. Look at it again.")},
        )  # fmt: skip
        for answers in page.answers:
            self.fields[f"adopt_{answers.key}"] = forms.BooleanField(
                label=_("Make these answers the position of “%(phase)s”") % {"phase": answers.phase},
                required=False, initial=answers.follow,
            )  # fmt: skip
            self.fields[f"rationale_{answers.key}"] = forms.CharField(
                label=_("Why does it stand there?"), required=False, max_length=2000, initial=answers.rationale,
                widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Shown on the case page beside the position."),
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each change with its tick."""
        ticks = {tick.data["value"]: tick for tick in self["take"]}
        return [{"change": one, "tick": ticks[one.code]} for one in self.page.changes]

    def answers(self) -> list[dict[str, Any]]:
        """For the page: each phase that was answered anew, with its two fields."""
        return [
            {"view": one, "adopt": self[f"adopt_{one.key}"], "rationale": self[f"rationale_{one.key}"]}
            for one in self.page.answers
        ]


class RevisionsMixin(ActsMixin):
    """The pages about proposed changes, mixed into the partnership's admin."""

    def revision_urls(self) -> list[URLPattern]:
        """Look at a change and accept it, send it back, decline it."""
        pages = [
            ("", "revision", self.revision_view),
            ("send-back/", "revision_send_back", self.send_back_view),
            ("decline/", "revision_decline", self.decline_view),
            ("open/", "revision_open", self.open_view),
        ]
        return [
            path(f"changes/<int:pk>/{route}", self.admin_site.admin_view(view), name=f"partnerships_partnership_{name}")
            for route, name, view in pages
        ]

    def proposal_of(self, record: Partnership | None) -> dict[str, Any] | None:
        """The change that waits for a curator, for the page of a record or of the change's draft."""
        if record is None or record.pk is None:
            return None
        revision = revision_of(record) if record.revises_id else pending_of(record)
        return {"revision": revision, "waits": revision.status == SUBMITTED} if revision else None

    # ---- The pages ---------------------------------------------------------------------------------

    def revision_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what differs and accept what is ticked."""
        revision = self._to_decide(request, pk)
        if refusal := self._closed(request, revision, publishing=True):
            return refusal
        page = review(revision)
        form = AcceptForm(self.posted(request), revision=revision, page=page)

        def act(chosen: dict[str, Any]) -> str:
            adopt_as = {one.key: chosen[f"rationale_{one.key}"] for one in page.answers if chosen[f"adopt_{one.key}"]}
            take = [*chosen["take"], *(page.silent if chosen["take"] else ())]
            seen = chosen["opened_version"]
            actions.accept_revision(revision=revision, by=request.user, take=take, adopt_as=adopt_as, seen=seen)
            self.log_change(request, revision.partnership, _("Proposed change accepted."))
            return _accepted_message(revision.partnership)

        context = {
            "revision": revision, "page": page, "rows": form.rows(), "answers": form.answers(),
        }  # fmt: skip
        title = _("Proposed change of “%(record)s”")
        return self.act_page(request, revision.partnership, form, act, "revision", title, context)

    def send_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return a change to its keepers, with a reason."""
        return self._refuse(
            request, pk, SendBackForm, actions.send_revision_back, _("Send back"),
            title=_("Send back the change of “%(record)s”"),
            logged=_("Proposed change sent back: %(note)s"),
            told=_("Sent back to the organisation: the change of %(record)s."),
        )  # fmt: skip

    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Refuse a change, with a reason."""
        return self._refuse(
            request, pk, DeclineForm, actions.decline_revision, _("Decline"),
            title=_("Decline the change of “%(record)s”"),
            logged=_("Proposed change declined: %(note)s"),
            told=_("Declined: the change of %(record)s."),
        )  # fmt: skip

    def _refuse(
        self, request: HttpRequest, pk: int, form_class: type[DecisionForm], action: Callable[..., Revision],
        button: str, *, title: str, logged: str, told: str,
    ) -> HttpResponse:  # fmt: skip
        revision = self._to_decide(request, pk)
        if refusal := self._closed(request, revision):
            return refusal
        form = form_class(self.posted(request), revision=revision)

        def act(chosen: dict[str, Any]) -> str:
            action(revision=revision, by=request.user, note=chosen["note"], seen=chosen["opened_version"])
            self.log_change(request, revision.partnership, logged % chosen)
            return told % {"record": revision.partnership}

        context = {"button": button, "revision": revision}
        return self.act_page(request, revision.partnership, form, act, "revision_reason", title, context)

    def open_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lead to the draft of a change; one that came from a file gets it now."""
        revision = self._to_decide(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            workspace = actions.open_revision(revision=revision, by=request.user)
        except actions.NotAllowed as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("admin:partnerships_partnership_revision", pk)
        return redirect("admin:partnerships_partnership_change", workspace.pk)

    def response_change(self, request: HttpRequest, obj: Partnership) -> HttpResponse:
        """From the draft of a change back to the change, where there is something to decide about it."""
        revision = revision_of(obj)
        if revision is None or revision.status != SUBMITTED or "_continue" in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("Saved. The proposed change is as you corrected it; it is not public yet."))
        return redirect("admin:partnerships_partnership_revision", revision.pk)

    def _to_decide(self, request: HttpRequest, pk: int) -> Revision:
        revision = get_object_or_404(Revision.objects.select_related("partnership__organisation", "made_by"), pk=pk)
        if not self.has_change_permission(request, revision.partnership):
            raise PermissionDenied
        return revision

    def _closed(self, request: HttpRequest, revision: Revision, *, publishing: bool = False) -> HttpResponse | None:
        """Back to the record where there is nothing to decide, or not now."""
        if revision.status != SUBMITTED:
            reason = _("The proposed change is %(status)s.") % {"status": revision.get_status_display()}
        elif publishing and not revision.partnership.is_published:
            reason = _("The partnership has been withdrawn. Publish it again before you accept a change of it.")
        else:
            return None
        messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:partnerships_partnership_change", args=[revision.partnership_id]))


def _accepted_message(record: Partnership) -> str:
    """Say so, with the way to the public page."""
    return format_html(
        '{} <a href="{}">{}</a>', _("The change is published."), record.get_absolute_url(),
        _("See “%(record)s” on the site") % {"record": record},
    )  # fmt: skip
