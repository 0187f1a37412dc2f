"""The matrix in a frame on somebody else's page."""

import html
import re

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> None:
    factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"])


def test_anybody_may_frame_it_and_nothing_else_is_loosened(client: Client, record: None) -> None:
    usual, embedded = client.get("/").headers, client.get("/embed/matrix/").headers

    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded
    assert embedded["Cross-Origin-Resource-Policy"] == "cross-origin"
    both = [
        {part.strip() for part in headers["Content-Security-Policy"].split(";") if "frame-ancestors" not in part}
        for headers in (usual, embedded)
    ]
    assert both[0] == both[1]
    assert usual["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in usual["Content-Security-Policy"]


def test_an_answer_to_bad_filters_may_not_be_framed(client: Client) -> None:
    response = client.get("/embed/matrix/?country=XX")

    assert response.status_code == 400
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_it_is_the_matrix_of_the_selection_and_nothing_around_it(client: Client, record: None) -> None:
    response = client.get("/embed/matrix/?country=IT&inferred=1")
    page = response.content.decode()

    assert "<h1>1 partnership placed</h1>" in page
    assert "Selected: Italy." in page
    assert "Inferred positions are shown." in page
    assert not re.search(r"<(form|nav|header|input|button|script)\b", page)
    assert not re.search(r"\s(style|on[a-z]+)=", page)
    assert not client.cookies


def test_links_open_in_a_new_tab_and_lead_to_the_same_filters(client: Client, record: None) -> None:
    page = client.get("/embed/matrix/?country=IT").content.decode()

    assert '<base target="_blank">' in page
    source = re.search(r'<a [^>]*href="(https://matrix\.example/[^"]*)"[^>]*>', page)
    assert source[1] == "https://matrix.example/?country=IT"
    assert 'rel="noopener"' in source[0]
    assert 'href="/cells/5/?country=IT"' in page


def test_the_code_to_paste_is_a_frame_with_a_title_and_the_same_filters(client: Client, record: None) -> None:
    from django.template.loader import render_to_string

    from partnerships.selection import select

    selection = select(client.get("/?country=IT&q=%22%3Cb%3E&sort=newest&facets=unit").wsgi_request.GET)
    context = {"selection": selection, "page": {"heading": 'A "heading" <b>'}, "site_url": "https://matrix.example"}
    block = render_to_string("pictures/take.html", context)

    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", block, re.DOTALL)[1])
    source, title = (html.unescape(re.search(rf'{name}="([^"]*)"', code)[1]) for name in ("src", "title"))
    assert source == "https://matrix.example/embed/matrix/?q=%22%3Cb%3E&country=IT"
    assert title == 'Co-production Matrix: A "heading" <b>'
    assert code.startswith("<iframe ")
    assert code.endswith("></iframe>")
