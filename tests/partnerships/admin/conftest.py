"""People at the door of the workplace, and what a browser would send back from a form that it was shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.models import User
from accounts.roles import Role
from tests.factories import user


@pytest.fixture
def curator(db: None) -> User:
    return user(Role.CURATOR, email="curator@example.org", name="Clara Curator")


@pytest.fixture
def desk(curator: User) -> Client:
    """A curator's browser."""
    client = Client()
    client.force_login(curator)
    return client


@pytest.fixture
def administrator(db: None) -> Client:
    """An administrator's browser."""
    client = Client()
    client.force_login(user(Role.ADMINISTRATOR, email="admin@example.org"))
    return client


@pytest.fixture
def typed(curator: User, rf: RequestFactory) -> Callable[[str | HttpResponse], dict[str, Any]]:
    """What the browser would post from a form of the workplace, untouched: by address, or of a page that came back.

    By address the page is made, but not drawn, which is what takes its time.
    """

    def collect(page: str | HttpResponse) -> dict[str, Any]:
        context = _context(page, curator, rf) if isinstance(page, str) else page.context
        forms = [context["adminform"].form]
        for inline in context["inline_admin_formsets"]:
            forms += [inline.formset.management_form, *inline.formset.forms]
        data: dict[str, Any] = {}
        for form in forms:
            for field in form:
                value = field.value()
                if value is None or value is False or field.name == "image":
                    continue
                data[field.html_name] = "on" if value is True else value
        return data

    return collect


def _context(url: str, by: User, rf: RequestFactory) -> Any:
    request = rf.get(url)
    request.user = by
    view = resolve(url.partition("?")[0])
    return view.func(request, *view.args, **view.kwargs).context_data
