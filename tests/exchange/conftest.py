"""A register to export from, and the bundled library loaded once for all tests of a module."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from partnerships import actions
from partnerships.models import Partnership
from partnerships.record import apply_record, apply_source
from tests import factories
from tests.library import load as load_the_library


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The library in the register; what a test changes is undone after it, the library after the module."""
    with factories.standing(django_db_blocker, load_the_library):
        yield


@pytest.fixture
def log(db: None) -> Callable[..., Partnership]:
    """Make a partnership from (part of) a record; ``published=False`` leaves it a draft."""

    def make(slug: str, *, published: bool = True, **record: Any) -> Partnership:
        partnership = Partnership(slug=slug or None)
        apply_record({"title": slug or "Draft", "unit": "case", "phases": [{"name": "Run"}], **record}, partnership)
        if published:
            return actions.publish(partnership=partnership, by=None)
        return partnership

    return make


@pytest.fixture
def source(db: None) -> str:
    """The slug of a source."""
    return apply_source({"slug": "report", "title": "Report, 2nd edition", "year": 2012, "kind": "report"}).slug
