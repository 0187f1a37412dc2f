"""The acts on a record: publish, request changes, withdraw, adopt a claim. Each is a page that asks first.

The acts themselves are in ``partnerships.actions``. Here they are given a page and a line in the log, and what they
refuse is said on the same page with everything typed still there.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.history import give_reason
from partnerships import actions
from partnerships.admin.acts import ActForm, ClaimsForm
from partnerships.admin.checklists import ChecklistsMixin
from partnerships.admin.claims import (
    ClaimView,
    PhaseView,
    claim_view,
    claims_about,
    key_of,
    missing,
    phase_view,
    phase_views,
    with_claims,
)
from partnerships.models import Assessment, Partnership, Phase, Statement
from partnerships.models.partnership import PUBLISHED, SUBMITTED

KEEP = "keep"


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


class AdoptForm(ClaimsForm):
    """Why a claim becomes the position."""

    rationale = forms.CharField(
        label=gettext_lazy("Why does it stand there?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Shown on the case page beside the position."),
        error_messages={"required": gettext_lazy("Say why this claim becomes the position.")},
    )  # fmt: skip


def _stands_alone(phase: PhaseView) -> bool:
    """Whether the one claim that can be adopted is an assessment."""
    return [claim.handed_in is not None for claim in phase.adoptable] == [True]


class PublishForm(ClaimsForm):
    """For each phase the claim to adopt, or to leave the phase as it is, with a rationale."""

    # The line of help says when the rationale may be left out.
    mark_optional = False

    def __init__(self, *args: Any, phases: tuple[PhaseView, ...], **kwargs: Any) -> None:
        """Choose a claim beforehand where nothing is settled yet, or where a newer assessment has come in since."""
        super().__init__(*args, **kwargs)
        self.phases = phases
        for phase in phases:
            claims = phase.adoptable
            self.fields[f"claim_{phase.pk}"] = forms.ChoiceField(
                label=_("Position of “%(phase)s”") % {"phase": phase.name},
                choices=[*((claim.key, claim.heading) for claim in claims), (KEEP, _("Leave it as it is"))],
                initial=_proposed(phase),
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a claim, or leave the phase as it is.")},
            )
            self.fields[f"rationale_{phase.pk}"] = forms.CharField(
                label=_("Why does it stand there?"), required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                # A reason always stands there; where nothing speaks against the claim, a curator need not invent one.
                initial=_("The only assessment, as it was handed in.") if _stands_alone(phase) else "",
                help_text=_("Shown on the case page. Assessments come out elsewhere, so say why you adopt one of them.")
                if phase.disputed
                else _("Shown on the case page. You may leave it empty where the claim speaks for itself."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Where another assessment comes out elsewhere, adopting one is an act with a reason."""
        data = super().clean()
        for phase in self.phases:
            chosen = next((claim for claim in phase.adoptable if claim.key == data.get(f"claim_{phase.pk}")), None)
            if chosen and chosen.against and not data.get(f"rationale_{phase.pk}"):
                self.add_error(
                    f"rationale_{phase.pk}",
                    _("Another assessment of this phase comes out elsewhere. Say why this claim becomes the position."),
                )
        return data

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each phase with its two fields and its radio buttons beside the claims they stand for."""
        rows = []
        for phase in self.phases:
            field = self[f"claim_{phase.pk}"]
            claims = {claim.key: claim for claim in phase.adoptable}
            options = [(option, claims.get(option.data["value"])) for option in field]
            refused = [claim for claim in phase.claims if claim.refusal]
            row = {"phase": phase, "field": field, "rationale": self[f"rationale_{phase.pk}"]}
            rows.append({**row, "options": options, "refused": refused})
        return rows


def _proposed(phase: PhaseView) -> str:
    """The choice made beforehand: none where assessments come out elsewhere and nothing is adopted yet."""
    if phase.proposed:
        return phase.proposed.key
    return "" if phase.disputed and not phase.adopted_at else KEEP


class ModerationMixin(ChecklistsMixin):
    """The pages of the acts, mixed into the partnership's admin."""

    def moderation_urls(self) -> list[URLPattern]:
        """Publish, request changes, withdraw, adopt, and the checklists of a phase."""
        pages = [
            ("publish", "publish", self.publish_view),
            ("request-changes", "request_changes", self.request_changes_view),
            ("withdraw", "withdraw", self.withdraw_view),
            ("phases/<int:phase_pk>/adopt/<slug:key>", "adopt", self.adopt_view),
            ("phases/<int:phase_pk>/checklists", "checklists", self.checklists_view),
        ]
        return [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"partnerships_partnership_{name}")
            for route, name, view in pages
        ]

    # ---- The pages ---------------------------------------------------------------------------------

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was handed in, ask which claims to adopt, publish."""
        record = self.record_to_act_on(request, pk)
        if record.status == PUBLISHED:
            return self.refused(request, record, _("This partnership is published already."))
        if actions.is_unfinished(record):
            return self.refused(request, record, _("Its organisation is still working on it and has not handed it in."))
        phases = phase_views(record)
        form = PublishForm(self.posted(request), record=record, phases=phases)

        def act(chosen: dict[str, Any]) -> str:
            for phase in phases:
                if chosen[f"claim_{phase.pk}"] != KEEP:
                    self._adopt(request, record, phase.pk, chosen[f"claim_{phase.pk}"], chosen[f"rationale_{phase.pk}"])
            published = actions.publish(partnership=record, by=request.user)
            self.log_change(request, published, _("Published."))
            return _published_message(published)

        context = {"rows": form.rows(), "missing": missing(record, phases), "can_publish": bool(phases)}
        return self.act_page(request, record, form, act, "publish", _("Publish “%(record)s”"), context)

    def request_changes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a record back to its organisation, with a reason."""
        record = self.record_to_act_on(request, pk)
        if record.status != SUBMITTED:
            return self.refused(request, record, _("Only a partnership that was handed in can be sent back."))
        form = RequestChangesForm(self.posted(request), record=record)

        def act(chosen: dict[str, Any]) -> str:
            actions.request_changes(partnership=record, by=request.user, note=chosen["note"])
            self.log_change(request, record, _("Changes requested: %(note)s") % chosen)
            return _("Sent back to the organisation: %(record)s.") % {"record": record}

        context = {"button": _("Send back")}
        return self.act_page(request, record, form, act, "reason", _("Request changes to “%(record)s”"), context)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a record off the public site, with a reason."""
        record = self.record_to_act_on(request, pk)
        if record.status != PUBLISHED:
            return self.refused(request, record, _("Only a published partnership can be withdrawn."))
        form = WithdrawForm(self.posted(request), record=record)

        def act(chosen: dict[str, Any]) -> str:
            actions.withdraw(partnership=record, by=request.user, note=chosen["note"])
            self.log_change(request, record, _("Withdrawn: %(note)s") % chosen)
            return _("Withdrawn: %(record)s.") % {"record": record}

        context = {"button": _("Withdraw")}
        return self.act_page(request, record, form, act, "reason", _("Withdraw “%(record)s”"), context)

    def adopt_view(self, request: HttpRequest, pk: int, phase_pk: int, key: str) -> HttpResponse:
        """Make one claim the position of a phase."""
        record = self.record_to_act_on(request, pk)
        phase, _claim, shown = self._phase_and_claim(record, phase_pk, key)
        if shown.refusal:
            return self.refused(request, record, shown.refusal)
        form = AdoptForm(self.posted(request), record=record, initial={"rationale": phase.rationale})

        def act(chosen: dict[str, Any]) -> str:
            self._adopt(request, record, phase_pk, key, chosen["rationale"])
            self.log_change(
                request, record, _("Adopted for “%(phase)s”: %(claim)s.") % {"phase": phase, "claim": shown.heading}
            )
            return _("Adopted as the position of “%(phase)s”.") % {"phase": phase}

        context = {"claim": shown, "phase": phase_view(phase, ())}
        return self.act_page(request, record, form, act, "adopt", _("Adopt a claim for “%(record)s”"), context)

    def _phase_and_claim(
        self, record: Partnership, phase_pk: int, key: str
    ) -> tuple[Phase, Assessment | Statement, ClaimView]:
        """The phase, the claim of this name about it, and how it is shown. Raises ``Http404``."""
        phase = get_object_or_404(with_claims(record), pk=phase_pk)
        claims = tuple(claims_about(phase, list(record.statements.select_related("source"))))
        for claim in claims:
            if key_of(claim) == key:
                return phase, claim, claim_view(phase, claim, claims)
        raise Http404

    def _adopt(self, request: HttpRequest, record: Partnership, phase_pk: int, key: str, rationale: str) -> None:
        phase, claim, shown = self._phase_and_claim(record, phase_pk, key)
        actions.adopt(phase=phase, claim=claim, by=request.user, rationale=rationale)
        give_reason(phase, _("Adopted: %(claim)s") % {"claim": shown.heading})


def _published_message(record: Partnership) -> str:
    """Say so, with the way to the public page."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Published."),
        record.get_absolute_url(),
        _("See “%(record)s” on the site") % {"record": record},
    )
