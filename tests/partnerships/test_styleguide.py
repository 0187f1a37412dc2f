"""The style guide: it renders every partial, in both states of its form, without touching the database."""

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client

# What pages carry in their head: scripts to exchange parts of themselves, and what machines read.
ELSEWHERE = {"htmx.html", "explore_head.html", "metadata.html"}


@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/?errors"])
def test_it_renders(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.usefixtures("every_part")
def test_every_partial_is_on_it(client: Client) -> None:
    response = client.get("/styleguide/?errors")

    used = {str(template.name).rpartition("/")[2] for template in response.templates}
    partials = {path.name for path in (settings.BASE_DIR / "templates" / "partials").glob("*.html")}
    assert partials - ELSEWHERE <= used


def test_the_form_comes_back_with_a_linked_summary_and_a_marked_title(client: Client) -> None:
    page = client.get("/styleguide/?errors").content.decode()

    assert "<title>Error: Style guide – Co-production Matrix</title>" in page
    assert '<a href="#id_title">Say what it is called</a>' in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_context(name: str) -> None:
    html = engines["django"].get_template(name).render()

    assert html.count("<h1") == 1
    assert "Co-production Matrix" in html
