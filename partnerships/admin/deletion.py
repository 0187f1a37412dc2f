"""Deleting a record. Only what was never public and what nobody has signed a claim about can go at all."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.admin.history import number
from partnerships.images import forget_files
from partnerships.models import Assessment, CaseImage, Facet, Partnership


def reason_to_keep(record: Partnership) -> str:
    """Why a record cannot be deleted; "" if it can: it was never public, and nobody has signed a claim about it."""
    if record.revises_id is not None:
        return _("It is the draft of a proposed change. Decline the change, and the draft goes.")
    if record.is_published:
        return _("It is published, so it cannot be deleted: others may link to it or cite it. Withdraw it instead.")
    if record.published_at or record.slug:
        return _("It was published once, so it stays on record, out of public sight, and cannot be deleted.")
    if Assessment.objects.filter(phase__partnership=record, submitted_at__isnull=False).exists():
        return _(
            "An assessment of it was handed in, and what people signed is kept. It cannot be deleted; it stays out of "
            "public sight until somebody publishes it."
        )
    return ""


class DeletionMixin:
    """The page that asks before a partnership is deleted. There is no deleting of several at once: see ``actions``."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask and delete; of a record that must stay, go back to its page and say what to do instead."""
        with transaction.atomic():
            record = Partnership.objects.select_for_update().filter(pk=number(object_id)).first()
            reason = reason_to_keep(record) if record and self.has_delete_permission(request, record) else ""
            if not reason:
                return super().delete_view(request, object_id, extra_context)
        messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:partnerships_partnership_change", args=[record.pk]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Leave the rows of the index out of what people are asked about: they are no part of the record."""
        tree, *others = super().get_deleted_objects(objs, request)
        return _without_index(tree), *others

    def delete_model(self, request: HttpRequest, obj: Partnership) -> None:
        """Delete with everything that belongs to it, the files of its pictures included."""
        forget_files(CaseImage.objects.filter(case_study__partnership=obj))
        super().delete_model(request, obj)


def _without_index(tree: list[Any]) -> list[Any]:
    """The nested list of a delete page without the rows of ``Facet``."""
    name = capfirst(str(Facet._meta.verbose_name))
    kept = (row for row in tree if isinstance(row, list) or not str(row).startswith(f"{name}: "))
    return [_without_index(row) if isinstance(row, list) else row for row in kept]
