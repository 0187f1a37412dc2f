"""What somebody typed and sent after their session had ended: kept until they are signed in again."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

# Where a session keeps a form that arrived after it had ended, and how long that may be as it is sent.
TYPED = "typed"
MOST_KEPT = 40_000


def keeps_typing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep what somebody sends whose session has ended, for after signing in."""

    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            typed = request.POST.urlencode()
            if len(typed) <= MOST_KEPT:
                request.session[TYPED] = {"path": request.path, "typed": typed}
                messages.info(request, _("You were signed out. Sign in again: what you typed is kept."))
        return view(request, *args, **kwargs)

    return check


def remembered(request: HttpRequest) -> QueryDict | None:
    """What this page was sent before its sender signed in again; handed out once."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(kept["typed"])
