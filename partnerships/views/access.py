"""Who may log partnerships, and whose drafts a person sees."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from partnerships.models import Partnership


def may_log(user: User) -> bool:
    """Officers, researchers, curators and administrators; an account without a role only reads."""
    return user.is_superuser or bool(user.roles)


def may_edit(user: User, partnership: Partnership) -> bool:
    """Whether the person keeps a record, and so may log changes of it; curators keep all."""
    if not user.is_authenticated or not may_log(user):
        return False
    if user.is_curator:
        return True
    if user.organisation_id is None:
        return partnership.organisation_id is None and partnership.created_by_id == user.pk
    return partnership.organisation_id == user.organisation_id


def for_officers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send visitors to sign in; answer 403 to an account without a role."""

    @login_required
    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_log(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check


def find_draft(user: User, uuid: UUID) -> Partnership:
    """A record of the person's organisation with all that its form shows; for curators any.

    Everybody else gets the same 404 as for a record that does not exist.
    """
    mine = Partnership.objects.editable_by(user).prefetch_related("partners", "phases__assessments")
    return get_object_or_404(mine, uuid=uuid)
