"""The acts on a record: publish, request changes, withdraw, adopt a claim. Each is a page that asks first.

The acts themselves are in ``partnerships.actions``. Here they are given a page and a line in the log, and what they
refuse is said on the same page with everything typed still there.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.history import give_reason
from partnerships import actions
from partnerships.admin.claims import PhaseView, claim_view, claims_about, missing, phase_view, phase_views
from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.partnership import PUBLISHED, SUBMITTED

KEEP = "keep"
CLAIM_MODELS = {"assessment": Assessment, "statement": Statement}


class ActForm(forms.Form):
    """What every act asks: the version that the page showed, so that nobody acts on a record that has changed since."""

    use_required_attribute = False
    opened_version = forms.IntegerField(widget=forms.HiddenInput)


class RequestChangesForm(ActForm):
    """What the officers are asked to change."""

    note = forms.CharField(
        label=gettext_lazy("What should be changed?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The officers of the organisation read this."),
        error_messages={"required": gettext_lazy("Say what should be changed.")},
    )  # fmt: skip


class WithdrawForm(ActForm):
    """Why a record leaves the public site."""

    note = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Curators and the officers of the organisation read this."),
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
    )  # fmt: skip


class AdoptForm(ActForm):
    """Why a claim becomes the position."""

    rationale = forms.CharField(
        label=gettext_lazy("Why does it stand there?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Shown on the case page beside the position."),
        error_messages={"required": gettext_lazy("Say why this claim becomes the position.")},
    )  # fmt: skip


class PublishForm(ActForm):
    """For each phase the claim to adopt, or to leave the phase as it is, with a rationale."""

    def __init__(self, *args: Any, phases: tuple[PhaseView, ...], **kwargs: Any) -> None:
        """Choose a claim beforehand where nothing is settled yet, or where a newer assessment has come in since."""
        super().__init__(*args, **kwargs)
        for phase in phases:
            claims = phase.adoptable
            self.fields[f"claim_{phase.pk}"] = forms.ChoiceField(
                label=_("Position of “%(phase)s”") % {"phase": phase.name},
                choices=[*((claim.key, claim.heading) for claim in claims), (KEEP, _("Leave it as it is"))],
                initial=phase.proposed.key if phase.proposed else KEEP,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a claim, or leave the phase as it is.")},
            )
            self.fields[f"rationale_{phase.pk}"] = forms.CharField(
                label=_("Why does it stand there?"), required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Shown on the case page. You may leave it empty where the claim speaks for itself."),
            )  # fmt: skip

    def rows(self, phases: tuple[PhaseView, ...]) -> list[dict[str, Any]]:
        """For the page: each phase with its two fields and its radio buttons beside the claims they stand for."""
        rows = []
        for phase in phases:
            field = self[f"claim_{phase.pk}"]
            claims = {claim.key: claim for claim in phase.adoptable}
            options = [(option, claims.get(option.data["value"])) for option in field]
            refused = [claim for claim in phase.claims if claim.refusal]
            row = {"phase": phase, "field": field, "rationale": self[f"rationale_{phase.pk}"]}
            rows.append({**row, "options": options, "refused": refused})
        return rows


class ModerationMixin:
    """The pages of the acts, mixed into the partnership's admin."""

    def moderation_urls(self) -> list[URLPattern]:
        """Publish, request changes, withdraw, adopt."""
        pages = [
            ("publish", "publish", self.publish_view),
            ("request-changes", "request_changes", self.request_changes_view),
            ("withdraw", "withdraw", self.withdraw_view),
            ("phases/<int:phase_pk>/adopt/<slug:key>", "adopt", self.adopt_view),
        ]
        return [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"partnerships_partnership_{name}")
            for route, name, view in pages
        ]

    # ---- The pages ---------------------------------------------------------------------------------

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was handed in, ask which claims to adopt, publish."""
        record = self._record_to_act_on(request, pk)
        if record.status == PUBLISHED:
            return self._refused(request, record, _("This partnership is published already."))
        if is_unfinished(record):
            return self._refused(
                request, record, _("Its organisation is still working on it and has not handed it in.")
            )
        phases = phase_views(record)
        form = PublishForm(self._posted(request), phases=phases, initial={"opened_version": record.version})

        def act(chosen: dict[str, Any]) -> str:
            for phase in phases:
                if chosen[f"claim_{phase.pk}"] != KEEP:
                    self._adopt(request, record, phase.pk, chosen[f"claim_{phase.pk}"], chosen[f"rationale_{phase.pk}"])
            published = actions.publish(partnership=record, by=request.user)
            self.log_change(request, published, _("Published."))
            return _published_message(published)

        context = {"rows": form.rows(phases), "missing": missing(record, phases), "can_publish": bool(phases)}
        return self._page(request, record, form, act, "publish", _("Publish “%(record)s”"), context)

    def request_changes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a record back to its organisation, with a reason."""
        record = self._record_to_act_on(request, pk)
        if record.status != SUBMITTED:
            return self._refused(request, record, _("Only a partnership that was handed in can be sent back."))
        form = RequestChangesForm(self._posted(request), initial={"opened_version": record.version})

        def act(chosen: dict[str, Any]) -> str:
            actions.request_changes(partnership=record, by=request.user, note=chosen["note"])
            self.log_change(request, record, _("Changes requested: %(note)s") % chosen)
            return _("Sent back to the organisation: %(record)s.") % {"record": record}

        context = {"button": _("Send back")}
        return self._page(request, record, form, act, "reason", _("Request changes to “%(record)s”"), context)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a record off the public site, with a reason."""
        record = self._record_to_act_on(request, pk)
        if record.status != PUBLISHED:
            return self._refused(request, record, _("Only a published partnership can be withdrawn."))
        form = WithdrawForm(self._posted(request), initial={"opened_version": record.version})

        def act(chosen: dict[str, Any]) -> str:
            actions.withdraw(partnership=record, by=request.user, note=chosen["note"])
            self.log_change(request, record, _("Withdrawn: %(note)s") % chosen)
            return _("Withdrawn: %(record)s.") % {"record": record}

        context = {"button": _("Withdraw")}
        return self._page(request, record, form, act, "reason", _("Withdraw “%(record)s”"), context)

    def adopt_view(self, request: HttpRequest, pk: int, phase_pk: int, key: str) -> HttpResponse:
        """Make one claim the position of a phase."""
        record = self._record_to_act_on(request, pk)
        phase, claim = self._phase_and_claim(record, phase_pk, key)
        shown = claim_view(phase, claim)
        if shown.refusal:
            return self._refused(request, record, shown.refusal)
        form = AdoptForm(
            self._posted(request), initial={"opened_version": record.version, "rationale": phase.rationale}
        )

        def act(chosen: dict[str, Any]) -> str:
            self._adopt(request, record, phase_pk, key, chosen["rationale"])
            self.log_change(
                request, record, _("Adopted for “%(phase)s”: %(claim)s.") % {"phase": phase, "claim": shown.heading}
            )
            return _("Adopted as the position of “%(phase)s”.") % {"phase": phase}

        context = {"claim": shown, "phase": phase_view(phase, [])}
        return self._page(request, record, form, act, "adopt", _("Adopt a claim for “%(record)s”"), context)

    # ---- How each of them goes -----------------------------------------------------------------------

    def _record_to_act_on(self, request: HttpRequest, pk: int) -> Partnership:
        record = get_object_or_404(Partnership, pk=pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def _posted(self, request: HttpRequest) -> Any:
        return request.POST if request.method == "POST" else None

    def _refused(self, request: HttpRequest, record: Partnership, reason: str) -> HttpResponse:
        messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:partnerships_partnership_change", args=[record.pk]))

    def _page(
        self, request: HttpRequest, record: Partnership, form: ActForm, act: Callable[[dict[str, Any]], str],
        page: str, title: str, context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """Ask (GET), act and go back to the record (POST), or say on the page why not."""
        if form.is_bound and form.is_valid():
            try:
                with transaction.atomic():
                    self._refuse_stale(record, form.cleaned_data["opened_version"])
                    message = act(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
                # The page now shows the record as it is; acting on that is no longer acting blindly.
                form.data = form.data.copy()
                form.data["opened_version"] = record.version
            else:
                messages.success(request, message)
                return HttpResponseRedirect(reverse("admin:partnerships_partnership_change", args=[record.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": title % {"record": record},
            "opts": self.opts,
            "record": record,
            "form": form,
            **(context or {}),
        }
        return TemplateResponse(request, f"admin/partnerships/partnership/{page}.html", context)

    def _refuse_stale(self, record: Partnership, opened_version: int) -> None:
        if actions.locked(record).version != opened_version:
            raise actions.StaleVersion(
                _("Somebody else changed this record since you opened the page. Look at it again before you go on.")
            )

    def _phase_and_claim(self, record: Partnership, phase_pk: int, key: str) -> tuple[Phase, Assessment | Statement]:
        phase = get_object_or_404(record.phases.select_related("adopted_by"), pk=phase_pk)
        for claim in claims_about(phase, list(record.statements.select_related("source"))):
            if f"{claim._meta.model_name}-{claim.pk}" == key:
                return phase, claim
        raise Http404

    def _adopt(self, request: HttpRequest, record: Partnership, phase_pk: int, key: str, rationale: str) -> None:
        phase, claim = self._phase_and_claim(record, phase_pk, key)
        actions.adopt(phase=phase, claim=claim, by=request.user, rationale=rationale)
        give_reason(phase, _("Adopted: %(claim)s") % {"claim": claim_view(phase, claim).heading})


def is_unfinished(record: Partnership) -> bool:
    """Whether an assessment of it is still open, in which case ``actions.publish`` refuses it."""
    return Assessment.objects.filter(phase__partnership=record, submitted_at__isnull=True).exists()


def _published_message(record: Partnership) -> str:
    """Say so, with the way to the public page."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Published."),
        record.get_absolute_url(),
        _("See “%(record)s” on the site") % {"record": record},
    )
