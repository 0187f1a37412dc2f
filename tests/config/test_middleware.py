"""Middleware of the site: what a signed-in person saw is for nobody else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from config.middleware import private_when_signed_in


@pytest.fixture
def ask(rf: RequestFactory) -> Callable[..., HttpResponse]:
    """Send a request of ``user`` through the middleware; ``looked`` tells whether the page asked who that is."""

    def ask(user: User | AnonymousUser | None, *, looked: bool = True, **headers: str) -> HttpResponse:
        request = rf.get("/")
        request.session = SessionStore()
        request.session.accessed = looked
        if user is not None:
            request.user = user

        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("page", headers=headers)

        return private_when_signed_in(view)(request)

    return ask


def test_a_page_of_a_signed_in_person_is_kept_by_no_cache(ask: Callable[..., HttpResponse]) -> None:
    assert ask(User(email="ada@example.org")).headers["Cache-Control"] == "no-store, private"


def test_even_where_the_page_said_otherwise(ask: Callable[..., HttpResponse]) -> None:
    response = ask(User(email="ada@example.org"), **{"Cache-Control": "public, max-age=600"})

    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("user", [AnonymousUser(), None], ids=["visitor", "nobody yet"])
def test_a_page_of_a_visitor_is_left_as_it_is(ask: Callable[..., HttpResponse], user: AnonymousUser | None) -> None:
    assert "Cache-Control" not in ask(user).headers


def test_a_file_that_is_the_same_for_everybody_may_be_kept(ask: Callable[..., HttpResponse]) -> None:
    response = ask(User(email="ada@example.org"), looked=False, **{"Cache-Control": "public"})

    assert response.headers["Cache-Control"] == "public"


def test_no_other_site_may_embed_an_answer(ask: Callable[..., HttpResponse]) -> None:
    assert ask(None).headers["Cross-Origin-Resource-Policy"] == "same-origin"
