"""The door and the front page of the workplace."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts.views import sign_out as leave
from partnerships.duplicates import said_same
from partnerships.models import Assessment, DuplicateVerdict, Partnership, Revision
from partnerships.models.partnership import PUBLISHED, SUBMITTED
from partnerships.models.revision import SUBMITTED as REVISION_SUBMITTED
from taxonomy import codebook

# How many of the queue the front page names; the list has all of them.
QUEUE_SHOWN = 10
# How many pairs of records that were said to be the same.
DOUBLES_SHOWN = 50
# How many new assessments a page names, and how many of them before somebody asks for the rest.
NEWS_SHOWN = 50
NEWS_FIRST = 5


def queue() -> QuerySet[Partnership]:
    """What waits for a curator, the longest wait first."""
    return Partnership.objects.filter(status=SUBMITTED, revises__isnull=True).order_by("submitted_at", "pk")


def changes() -> QuerySet[Revision]:
    """Proposed changes of what is published that wait for a curator, the longest wait first."""
    waiting = Revision.objects.filter(status=REVISION_SUBMITTED, partnership__status=PUBLISHED)
    return waiting.select_related("partnership__organisation", "made_by").order_by("submitted_at", "pk")


def doubles() -> QuerySet[DuplicateVerdict]:
    """Pairs of records that somebody said to be the same, both of them handed in or published."""
    there = (SUBMITTED, PUBLISHED)
    return said_same().filter(one__status__in=there, other__status__in=there)[:DOUBLES_SHOWN]


def news() -> list[Assessment]:
    """Assessments of published records that came after the position was adopted, the longest wait first: one query.

    One more than ``NEWS_SHOWN`` at most, so that a page can say that there are more. An assessment leaves the list when
    it is adopted, and when another claim is, since whoever adopts sees them all.
    """
    found = Assessment.objects.submitted().filter(
        phase__partnership__status=PUBLISHED,
        submitted_at__gt=Coalesce("phase__adopted_at", "phase__partnership__published_at"),
    )
    found = found.exclude(pk=F("phase__adopted_assessment")).select_related("phase__partnership", "invitation")
    return list(found.order_by("submitted_at", "pk")[: NEWS_SHOWN + 1])


@never_cache
def sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Send people to the site's own sign-in page and back. Refuse those who are signed in but no curators."""
    goal = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        goal = reverse("admin:index")
    if admin.site.has_permission(request):
        return HttpResponseRedirect(goal)
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(goal)


def change_password(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """The site has one page for this."""
    return HttpResponseRedirect(reverse("account-password-change"))


def sign_out(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """Leave as from any other page of the site."""
    return leave(request)


def front_page(stock: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Django's index page with the queue above the list of tables."""

    def index(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = queue().select_related("organisation", "created_by")
        context = {
            "queue": waiting[:QUEUE_SHOWN],
            "queue_length": waiting.count(),
            "changes": changes(),
            "doubles": doubles(),
            "news": news(),
            "news_shown": NEWS_SHOWN,
            "news_first": NEWS_FIRST,
            "codebook": codebook.CURRENT.version,
            **(extra_context or {}),
        }
        return stock(request, context)

    return index
