"""Every case of the bundled library is seen as it was."""

import pytest

from exchange.releases import pages
from exchange.releases.making import make
from partnerships.models import Partnership
from tests.exchange.releases.said import frozen, live

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("library")
def test_every_case_of_the_library_is_seen_as_it_was() -> None:
    release = make()
    today = pages.date_of(release)

    for slug in Partnership.objects.published().values_list("slug", flat=True):
        assert frozen(release, slug, inferred=True) == live(slug, inferred=True, today=today), slug
