"""What holds for every public page: methods, headers, cookies, one heading."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
# Name of the address, and what stands in it.
PAGES = {
    "matrix": {},
    "cell": {"number": 5},
    "partnership-list": {},
    "partnership": {"slug": "brescia"},
    "organisation": {"slug": "leith"},
    "source": {"slug": "grey-book"},
    "codebook": {},
    "codebook-version": {"version": "1.0"},
    "about": {},
    "accessibility": {},
    "privacy": {},
    "report": {},
    "styleguide": {},
    "data": {},
}
# Forms that anybody may send protect themselves with a cookie.
WITH_FORM = {"report", "styleguide"}
EACH_PAGE = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(autouse=True)
def _register() -> None:
    """One published partnership with an organisation, a source and a case study."""
    partnership = factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])
    leith = factories.organisation("Leith Council", slug="leith")
    partnership.partners.create(kind="public", name="Leith Council", organisation=leith)
    factories.statement(partnership, source=factories.source("Grey Book", slug="grey-book"), cells={5})
    factories.picture(partnership)


def address(name: str) -> str:
    return reverse(name, kwargs=PAGES[name])


@EACH_PAGE
def test_it_opens_for_visitors_with_one_heading_and_a_title(client: Client, name: str) -> None:
    response = client.get(address(name))

    page = response.content.decode()
    assert response.status_code == 200
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>\s*\S", page)
    assert 'lang="en-gb"' in page


@EACH_PAGE
def test_it_has_the_security_headers(client: Client, name: str) -> None:
    headers = client.get(address(name)).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@EACH_PAGE
def test_reading_leaves_no_cookie_behind(client: Client, name: str) -> None:
    client.get(address(name))

    assert set(client.cookies) <= ({"csrftoken"} if name in WITH_FORM else set())


@EACH_PAGE
def test_no_id_comes_twice(client: Client, name: str) -> None:
    found = re.findall(r'\sid="([^"]*)"', client.get(address(name)).content.decode())

    assert sorted(found) == sorted(set(found))


@EACH_PAGE
def test_asking_for_the_headers_alone_works(client: Client, name: str) -> None:
    response = client.head(address(name))

    assert (response.status_code, response.content) == (200, b"")


@EACH_PAGE
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_for_reading_takes_nothing(client: Client, name: str, method: str) -> None:
    if (name, method) == ("report", "post"):
        return  # the one form that anybody may send

    response = getattr(client, method)(address(name))

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@EACH_PAGE
@pytest.mark.parametrize("role", [Role.OFFICER, Role.CURATOR])
def test_what_a_signed_in_person_saw_is_kept_by_no_cache(client: Client, name: str, role: str) -> None:
    client.force_login(factories.user(role))

    response = client.get(address(name))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"


@EACH_PAGE
def test_what_a_visitor_sees_is_not_marked_as_private(client: Client, name: str) -> None:
    assert "no-store" not in client.get(address(name)).headers.get("Cache-Control", "")


@EACH_PAGE
def test_caches_tell_visitors_from_others(client: Client, name: str) -> None:
    assert "Cookie" in client.get(address(name)).headers["Vary"]


@EACH_PAGE
def test_no_request_goes_to_another_host(client: Client, name: str) -> None:
    page = client.get(address(name)).content.decode()

    loads = re.findall(r"<(?:script|img|link|iframe|source)[^>]*?(?:src|href)=\"([^\"]*)\"", page)
    assert loads
    assert [url for url in loads if not url.startswith("/") or url.startswith("//")] == []


@EACH_PAGE
def test_markup_holds_no_script_and_no_style_of_its_own(client: Client, name: str) -> None:
    page = client.get(address(name)).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\s(style|on[a-z]+)=", page)


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_what_machines_ask_for_is_plain_text(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain"
    assert client.post(path).status_code == 405


def test_an_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    response = client.get("/partnerships/brescia?inferred=1")

    assert (response.status_code, response.headers["Location"]) == (301, "/partnerships/brescia/?inferred=1")
