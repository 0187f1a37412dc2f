"""Addresses that make no sense get an answer in words, never a failure of ours (attacks 7, 47 to 56, 81 and 82)."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_two_partnerships")]
WITH_FILTERS = ["/", "/cells/5/", "/lessons/", "/partnerships/", "/partnerships/brescia/", "/data/partnerships.csv"]
LISTS = ["/", "/cells/5/", "/lessons/", "/partnerships/"]
MANY_VALUES = "&".join(f"country=X{number}" for number in range(61))


def build() -> None:
    """Brescia and Bollate, both in cell 5."""
    for title in ("Brescia", "Bollate"):
        factories.partnership(title, design="shared", delivery="shared", countries=["IT"])


@pytest.fixture(scope="module")
def _two_partnerships(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, build):
        yield


def status(client: Client, path: str) -> int:
    return client.get(path).status_code


def linked(response: HttpResponse) -> list[str]:
    """The partnerships that a page links to, in order."""
    return re.findall(r"/partnerships/(b[a-z]+)/", response.content.decode())


# ---- Query parameters --------------------------------------------------------------------------


@pytest.mark.parametrize("path", WITH_FILTERS)
def test_attack_49_an_unknown_value_is_refused_in_words_on_every_page(client: Client, path: str) -> None:
    response = client.get(f"{path}?cell=0&country=XX")

    page = response.content.decode()
    assert response.status_code == 400
    assert "That address does not work" in page
    assert len(re.findall(r"<li>[^<]+\.</li>", page)) == 2
    assert f'href="{path}"' in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=a%00b", f"q={'x' * 201}", "country=it", "country=%00", "area=07.99", "unit=charity", "cell=10",
        "cell=-1", "cell=5.0", "cell=%D9%A5", "cell=1e0", "lens=x", "lens=Sector", "inferred=2", "inferred=yes",
        "sort=password", "sort=-title", "sort=random()", MANY_VALUES, "unit=case%27%20OR%201=1--",
        "country=IT;DROP%20TABLE%20x", "lens=%7B%7B7*7%7D%7D",
    ],
)  # fmt: skip
def test_attack_49_no_unknown_value_passes(client: Client, query: str) -> None:
    assert status(client, f"/?{query}") == 400


@pytest.mark.parametrize("path", ["/", "/partnerships/"])
def test_attack_48_parameters_that_are_not_ours_change_nothing(client: Client, path: str) -> None:
    plain = linked(client.get(path))
    for query in (
        "status=draft&status=published", "status__in=draft", "owner__password__startswith=a", "id__gt=0", "years=99999",
        "page_size=1000000", "format=xml", "_method=DELETE", "order_by=password", "=", "&", "?", "%", "q=", "q=+",
        "country=", "lens=&cell=", "%FF=%FE",
    ):  # fmt: skip
        odd = client.get(f"{path}?{query}")
        assert (odd.status_code, linked(odd)) == (200, plain)


@pytest.mark.parametrize("path", ["/", "/partnerships/"])
def test_attacks_47_50_and_51_signs_in_a_search_are_signs(client: Client, path: str) -> None:
    for words in (
        "%27 OR 1=1--", "1;DROP TABLE x", "%27", "%25", "_", "%5C", '"', "*", "NEAR(", "-", ":", "column:x", '"a',
        "(a%2B)%2B$", "(" * 200, "a " * 99, "%E2%80%AE", "%ED%A0%80", "%F0%9F%98%80", "%C0%80", "%FF",
        "\u0661\u0662", "{{7*7}}", "{% debug %}",
    ):  # fmt: skip
        assert status(client, f"{path}?q={words}") == 200


@pytest.mark.parametrize("sign", ["%25", "_", "%5C", "*", "B%25_a"])
def test_attack_50_a_wildcard_finds_nothing(client: Client, sign: str) -> None:
    assert client.get(f"/partnerships/?q={sign}").context["count"] == 0


@pytest.mark.parametrize("path", LISTS)
def test_attack_52_a_search_of_100_kilobytes_is_refused(client: Client, path: str) -> None:
    response = client.get(path, {"q": "(" * 100_000})

    assert response.status_code == 400
    assert len(response.content) < 20_000


@pytest.mark.parametrize("query", ["country=IT", "country=x", "nobody=x"])
def test_attack_82_a_filter_ten_thousand_times_is_refused(client: Client, query: str) -> None:
    assert status(client, f"/?{'&'.join([query] * 10_000)}") == 400


def test_a_filter_a_few_hundred_times_is_the_same_filter(client: Client) -> None:
    assert client.get(f"/partnerships/?{'&'.join(['country=IT'] * 500)}").context["count"] == 2


@pytest.mark.parametrize("path", ["/partnerships/", "/cells/5/"])
def test_attack_82_a_page_that_is_not_there_is_one_that_is(client: Client, path: str) -> None:
    for page in (
        "-1", "0", "2", "1000000000", "9" * 5000, "1e3", "0x1", "x", "", "%00", "%D9%A1", "1.5", "nan", "1&page=x",
    ):  # fmt: skip
        response = client.get(f"{path}?page={page}")
        assert (response.status_code, len(response.context["cards"])) == (200, 2)


# ---- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/cells/0/", "/cells/10/", "/cells/-1/", "/cells/05x/", "/cells/%D9%A5/", "/cells/99999999999999999999/",
        "/cells/1e0/", "/cells/", "/partnerships/nobody/", "/partnerships/%00/", "/partnerships/Brescia%20/",
        f"/partnerships/{'x' * 5000}/", "/partnerships/brescia/pictures/1/",
        f"/partnerships/brescia/pictures/{2**63}/", f"/partnerships/x/pictures/{2**64}/", "/organisations/nobody/",
        "/organisations/%F0%9F%98%80/", "/sources/nobody/", "/codebook/9.9/", "/codebook/%00/",
        "/codebook/..%2F..%2Fetc%2Fpasswd/", "/data/partnerships.exe", "/data/partnerships.",
        "//partnerships//brescia/", "/partnerships/..%2Fadmin/", "/.git/config", "/.env", "/db.sqlite3",
        "/media/case-images/picture.png", "/static/../x", "/my/00000000-0000-0000-0000-00000000000/",
    ],
)  # fmt: skip
def test_attacks_7_and_83_an_address_of_nothing_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)

    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page" in page
    assert "urlpatterns" not in page


@pytest.mark.parametrize("path", ["/PARTNERSHIPS/brescia/", "/partnerships/BRESCIA/"])
def test_attack_15_capitals_are_another_address(client: Client, path: str) -> None:
    assert status(client, path) == 404


def test_the_address_of_the_form_is_no_partnership(client: Client) -> None:
    assert client.get("/partnerships/new/").status_code == 302


# ---- What comes back is text -------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/cells/5/", "/partnerships/"])
def test_attack_56_templates_in_a_search_stay_as_they_are(client: Client, path: str) -> None:
    page = client.get(path, {"q": "{{7*7}} ${7*7} {% debug %}"}).content.decode()

    assert "{{7*7}} ${7*7} {% debug %}" in page
    assert "49" not in re.sub(r'(?:href|d|viewBox|src)="[^"]*"', "", page)


@pytest.mark.parametrize("path", ["/", "/cells/5/", "/partnerships/"])
@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus=alert(1) x='"]
)
def test_attacks_57_to_59_markup_in_a_search_is_text(client: Client, path: str, words: str) -> None:
    page = client.get(path, {"q": words}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "' onfocus=" not in page.replace("&#x27;", "")


def test_markup_in_a_refused_value_is_text(client: Client) -> None:
    page = client.get("/", {"country": "<script>alert(1)</script>"}).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_attack_54_a_line_break_makes_no_header(client: Client) -> None:
    response = client.get("/?q=a%0d%0aSet-Cookie:%20a=b")

    assert response.status_code == 200
    assert not response.cookies


# ---- Requests ----------------------------------------------------------------------------------


def test_attack_81_another_host_is_refused(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_attack_81_trace_is_refused(client: Client) -> None:
    assert client.trace("/").status_code == 405


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override"])
def test_attack_13_a_header_does_not_change_the_method(client: Client, header: str) -> None:
    assert client.get("/", headers={header: "DELETE"}).status_code == 200


@pytest.mark.parametrize("language", ["de", "x" * 5000, "en-gb;q=x", "*", "\u00e9"])
def test_an_odd_language_gets_the_page(client: Client, language: str) -> None:
    assert client.get("/", headers={"accept-language": language}).status_code == 200
