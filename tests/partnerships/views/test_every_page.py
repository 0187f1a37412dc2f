"""What holds for every public page: methods, headers, cookies, one heading."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
# Name of the address, and what stands in it.
PAGES = {
    "matrix": {},
    "cell": {"number": 5},
    "charts": {},
    "trajectories": {},
    "partnership-list": {},
    "partnership": {"slug": "brescia"},
    "compare": {},
    "compare-selections": {},
    "organisation": {"slug": "leith"},
    "source": {"slug": "grey-book"},
    "codebook": {},
    "codebook-version": {"version": "1.0"},
    "lessons": {},
    "guide": {},
    "guide-page": {"slug": "reading"},
    "glossary": {},
    "about": {},
    "accessibility": {},
    "privacy": {},
    "report": {},
    "styleguide": {},
    "data": {},
    "api-docs": {},
    "releases": {},
}
# Forms that anybody may send protect themselves with a cookie.
WITH_FORM = {"report", "styleguide"}
# No script: a browser neither runs it nor asks the content security policy about it.
DATA_BLOCK = r' type="application/ld\+json">'
EACH_PAGE = pytest.mark.parametrize("name", PAGES)


@dataclass(frozen=True)
class Seen:
    """A page as a visitor got it, with the cookies that it left."""

    status: int
    html: str
    headers: Mapping[str, str]
    cookies: frozenset[str]


Look = Callable[[str], Seen]


def address(name: str) -> str:
    return reverse(name, kwargs=PAGES[name])


def look_at(name: str) -> Seen:
    client = Client()
    response = client.get(address(name))
    return Seen(response.status_code, response.content.decode(), response.headers, frozenset(client.cookies))


def build() -> None:
    """One published partnership with an organisation and a source."""
    partnership = factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])
    leith = factories.organisation("Leith Council", slug="leith")
    partnership.partners.create(kind="public", name="Leith Council", organisation=leith)
    factories.statement(partnership, source=factories.source("Grey Book", slug="grey-book"), cells={5})


@pytest.fixture(scope="module")
def see(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Look]:
    """Look at a page by the name of its address; each is opened once for all the tests below."""
    with factories.standing(django_db_blocker, build):
        yield cache(look_at)


@EACH_PAGE
def test_it_opens_for_visitors_with_one_heading_and_a_title(see: Look, name: str) -> None:
    page = see(name)

    assert page.status == 200
    assert len(re.findall(r"<h1[ >]", page.html)) == 1
    assert re.search(r"<title>\s*\S", page.html)
    assert 'lang="en-gb"' in page.html


@EACH_PAGE
def test_it_has_the_security_headers(see: Look, name: str) -> None:
    headers = see(name).headers

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
def test_reading_leaves_no_cookie_behind(see: Look, name: str) -> None:
    assert see(name).cookies <= ({"csrftoken"} if name in WITH_FORM else set())


@EACH_PAGE
def test_caches_may_keep_what_visitors_see_and_tell_them_from_others(see: Look, name: str) -> None:
    assert "no-store" not in see(name).headers.get("Cache-Control", "")
    assert "Cookie" in see(name).headers["Vary"]


@EACH_PAGE
def test_no_id_comes_twice(see: Look, name: str) -> None:
    found = re.findall(r'\sid="([^"]*)"', see(name).html)

    assert sorted(found) == sorted(set(found))


@EACH_PAGE
def test_no_request_goes_to_another_host(see: Look, name: str) -> None:
    loaded = r"<(?:script|img|link(?! rel=\"canonical\")|iframe|source)[^>]*?(?:src|href)=\"([^\"]*)\""
    loads = re.findall(loaded, see(name).html)

    assert loads
    assert [url for url in loads if not url.startswith("/") or url.startswith("//")] == []


@EACH_PAGE
def test_markup_holds_no_script_and_no_style_of_its_own(see: Look, name: str) -> None:
    assert not re.search(rf"<script(?!{DATA_BLOCK})(?![^>]*\bsrc=)", see(name).html)
    assert not re.search(r"\s(style|on[a-z]+)=", see(name).html)


@EACH_PAGE
@pytest.mark.usefixtures("see")
def test_asking_for_the_headers_alone_works(client: Client, name: str) -> None:
    response = client.head(address(name))

    assert (response.status_code, response.content) == (200, b"")


@EACH_PAGE
@pytest.mark.usefixtures("see")
def test_a_page_for_reading_takes_nothing(client: Client, name: str) -> None:
    for method in ("put", "patch", "delete", "post"):
        response = getattr(client, method)(address(name))

        if (name, method) != ("report", "post"):  # the one form that anybody may send
            assert response.status_code == 405
            assert "GET" in response.headers["Allow"]


@EACH_PAGE
@pytest.mark.usefixtures("see")
def test_what_a_signed_in_person_saw_is_kept_by_no_cache(client: Client, name: str) -> None:
    client.force_login(factories.user(Role.CURATOR))

    response = client.get(address(name))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"


def test_an_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    response = client.get("/partnerships/brescia?inferred=1")

    assert (response.status_code, response.headers["Location"]) == (301, "/partnerships/brescia/?inferred=1")
