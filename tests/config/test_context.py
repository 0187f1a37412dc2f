"""What every template may use."""

from django.test import RequestFactory

from config.context import site


def test_templates_know_the_version_and_the_address_of_the_site(rf: RequestFactory) -> None:
    assert site(rf.get("/")) == {"site_version": "0.1.0", "site_url": "https://matrix.example"}
