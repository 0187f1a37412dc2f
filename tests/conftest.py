"""What every test may rely on: a database of its own, no network, no file left behind."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.template import Context, Template
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

# Two workers share two cores, so the time that one example takes says nothing about the code. Where changes are judged
# (CI=true) the same code gets the same examples, or a change would fail by what somebody else wrote and pass when run
# anew. New cases are found at the desk, where every run draws others; one that is found stays in its test as @example.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep the SQLite test database in a file, as in production.

    In memory, Django lends the connection of the test to the threads of the live server, and two requests at a time
    then meet inside one transaction. A file has the journal and the locks that the site has.
    """
    default = django_settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Close what a thread of the live server may have left open: PostgreSQL drops no database that is in use."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def _uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where all tests put pictures; nothing is there until one does."""
    folder = tmp_path_factory.mktemp("uploads") / "media"
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(autouse=True)
def _uploads_in_a_temporary_folder(_uploads: Path) -> Iterator[None]:
    """Pictures that a test uploads vanish with it."""
    yield
    if _uploads.exists():
        shutil.rmtree(_uploads)


# ---- What takes time and is no part of any test --------------------------------------------------------------------


def pytest_collection_finish() -> None:
    """Look for rubbish less often: thousands of tests and all that they import would be looked through each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _pages_as_a_whole(django_test_environment: None) -> None:
    """Keep the context of a page for ``response.context``, not that of each of the thousand parts included in it.

    ``every_part`` keeps them all, as Django's tests do by themselves.
    """

    def render(self: Template, context: Context) -> str:
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    Template._render = render


@pytest.fixture
def every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep in ``response.templates`` what was included, too."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)
