"""Links to case pages."""

import pytest

from partnerships.presenters.addresses import case_url
from tests import factories


def test_a_slug_leads_to_its_page() -> None:
    assert case_url("brescia", inferred=False) == "/partnerships/brescia/"
    assert case_url("brescia", inferred=True) == "/partnerships/brescia/?inferred=1"


@pytest.mark.django_db
def test_a_record_leads_to_its_page_or_that_of_its_draft() -> None:
    draft = factories.partnership("Draft", status="draft", slug="")

    assert case_url(factories.partnership("Brescia"), inferred=True) == "/partnerships/brescia/?inferred=1"
    assert case_url(draft, inferred=False) == draft.get_absolute_url()
