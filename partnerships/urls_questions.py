"""Addresses of the questions about a phase: the same pages behind three doors (``views.doors``), and invitations."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from partnerships.views import doors, invitations, questions, sending
from partnerships.views.doors import ASSESS, DRAFT, INVITATION

View = Callable[..., HttpResponse]

# Where each door stands, and what lets people through it.
DOORS = {
    DRAFT: ("my/<uuid:uuid>/phases/<int:pk>/", doors.draft),
    ASSESS: ("partnerships/<slug:slug>/phases/<int:pk>/assess/", doors.assess),
    INVITATION: ("invitations/<str:token>/", doors.invitation),
}
EVERY = (DRAFT, ASSESS, INVITATION)
# A draft is checked and handed in as a whole, on pages of its own.
BY_ITSELF = (ASSESS, INVITATION)
PAGES: tuple[tuple[str, str, View, tuple[str, ...]], ...] = (
    ("", "start", sending.start, BY_ITSELF),
    ("questions/", "questions", questions.all_questions, EVERY),
    ("questions/<str:task>/", "question", questions.question, EVERY),
    ("directly/", "directly", questions.directly, (DRAFT, ASSESS)),
    ("basis/", "basis", questions.basis, EVERY),
    ("result/", "result", questions.result, EVERY),
    ("check/", "check", sending.check, BY_ITSELF),
    ("sent/", "sent", sending.sent, BY_ITSELF),
)


def behind(door: str) -> list[URLPattern]:
    """The pages behind one door."""
    prefix, through = DOORS[door]
    return [path(prefix + route, through(view), name=f"{door}-{name}") for route, name, view, at in PAGES if door in at]


urlpatterns = [
    *(pattern for door in DOORS for pattern in behind(door)),
    path("my/<uuid:uuid>/phases/<int:pk>/invitations/", invitations.invitations, name="invitations"),
    path(
        "my/<uuid:uuid>/invitations/<uuid:invitation>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
]
