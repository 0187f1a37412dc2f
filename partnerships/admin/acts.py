"""How every act on a record goes: a page that asks, acts in the curator's name, and says on the spot why not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships import actions
from partnerships.models import Assessment, Partnership


class ActForm(forms.Form):
    """What every act asks: the version that the page showed, so that nobody acts on a record that has changed since."""

    use_required_attribute = False
    opened_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Partnership, **kwargs: Any) -> None:
        """Remember the state of ``record`` that the page shows."""
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.version_of(record)

    def version_of(self, record: Partnership) -> str:
        """What tells this state of the record from any other."""
        return str(record.version)

    def refuse_stale(self, record: Partnership) -> None:
        """Hold the record and raise ``StaleVersion`` unless it is still as the page showed it."""
        if self.version_of(actions.locked(record)) != self.cleaned_data["opened_version"]:
            raise actions.StaleVersion(
                _("Somebody else changed this record since you opened the page. Look at it again before you go on.")
            )


class ClaimsForm(ActForm):
    """An act that rests on the claims shown: an assessment that comes in meanwhile must be read first."""

    def version_of(self, record: Partnership) -> str:
        """The record counts its versions, and not what others assess."""
        newest = Assessment.objects.submitted().filter(phase__partnership=record).aggregate(Max("pk"))["pk__max"]
        return f"{record.version}-{newest or 0}"


class ActsMixin:
    """What the pages of the acts share, mixed into the partnership's admin."""

    def record_to_act_on(self, request: HttpRequest, pk: int) -> Partnership:
        """The record of a page. Raises ``Http404`` and ``PermissionDenied``."""
        record = get_object_or_404(Partnership, pk=pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        return record

    def posted(self, request: HttpRequest) -> Any:
        """What was sent; None where the page is only opened."""
        return request.POST if request.method == "POST" else None

    def refused(self, request: HttpRequest, record: Partnership, reason: str) -> HttpResponse:
        """Go back to the record and say why there is nothing to ask."""
        messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:partnerships_partnership_change", args=[record.pk]))

    def act_page(
        self, request: HttpRequest, record: Partnership, form: ActForm, act: Callable[[dict[str, Any]], str],
        page: str, title: str, context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """Ask (GET), act and go back to the record (POST), or say on the page why not, with everything typed there."""
        if form.is_bound and form.is_valid():
            try:
                with transaction.atomic():
                    form.refuse_stale(record)
                    message = act(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
                # The page now shows the record as it is; acting on that is no longer acting blindly.
                form.data = form.data.copy()
                form.data["opened_version"] = form.initial["opened_version"]
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
