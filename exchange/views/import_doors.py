"""Who may bring a file in, whose imports a person sees, and how large a request may be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.files import MAX_BYTES
from exchange.models import Import, StagedRecord
from exchange.models.imports import CHECKED, ERROR, READ
from exchange.views.uploads import SpooledHandler, discard
from partnerships.views.access import may_log

# Names and boundaries of the fields around the file.
AROUND_THE_FILE = 100_000
# What is read on and thrown away, so that a browser gets to see the answer; who sends more is cut off.
MOST_DISCARDED = 10 * MAX_BYTES


def for_importers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send visitors to sign in, and then to a page that shows something; answer 403 to an account without a role.

    It never looks at what was sent: a visitor's file is not even received.
    """

    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            if not may_log(request.user):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except Import.DoesNotExist as gone:  # thrown away meanwhile, in another window
                raise Http404 from gone
        if request.method == "POST":
            messages.info(request, _signed_out(kwargs.get("uuid")))
        return redirect_to_login(_back(request, kwargs.get("uuid")))

    return check


def _signed_out(uuid: object) -> str:
    if uuid is None:
        return _("You were signed out. Sign in and choose the file again: nothing of it was read.")
    return _("You were signed out. Sign in again and go on where you stopped: nothing is lost.")


def _back(request: HttpRequest, uuid: object) -> str:
    if request.method != "POST":
        return request.get_full_path()
    return reverse("import", args=[uuid]) if uuid else reverse("import-new")


def bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 413 to a request that is too large before anything of it is kept; otherwise receive the file bit by bit.

    No more is read than the request says that it holds, so what it says is all that need be looked at. It stands before
    ``csrf_protect``, which reads the fields and with them the file.
    """

    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            size = _length(request)
            if size > MAX_BYTES + AROUND_THE_FILE:
                discard(request, MOST_DISCARDED if size <= MOST_DISCARDED else 0)
                context = {"size": -(-size // 1_000_000), "most": MAX_BYTES // 1_000_000}
                return render(request, "import/too_large.html", context, status=413)
            request.upload_handlers = [SpooledHandler(request)]
        return view(request, *args, **kwargs)

    return check


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def imports_of(user: User) -> QuerySet[Import]:
    """The imports that a person sees: their own; curators see all.

    Whoever has changed organisation, or is no curator any more, loses those that reach further than they do now.
    """
    if user.is_curator:
        return Import.objects.all()
    return Import.objects.filter(made_by=user, own_only=True, organisation=user.organisation_id)


def find_import(user: User, uuid: UUID) -> Import:
    """One of them. Everybody else gets the same 404 as for an import that does not exist."""
    return get_object_or_404(imports_of(user).select_related("made_by", "undone_by"), uuid=uuid)


def started_by(user: User) -> QuerySet[Import]:
    """Imports of the person that are neither taken over nor thrown away yet."""
    return imports_of(user).filter(made_by=user, state__in=(READ, CHECKED))


def waiting_for(user: User) -> Import | None:
    """The import that the person should finish first: one is enough at a time.

    One with errors is none: it cannot go on, and the next file takes its place (``replace_spent``).
    """
    return started_by(user).filter(records__gt=0).exclude(HAS_ERRORS).first()


def replace_spent(user: User, batch: Import) -> None:
    """Throw away the person's imports that had errors, now that the mended file is there."""
    started_by(user).filter(HAS_ERRORS).exclude(pk=batch.pk).delete()


HAS_ERRORS = Q(state=CHECKED) & Exists(StagedRecord.objects.filter(batch=OuterRef("pk"), outcome=ERROR))
