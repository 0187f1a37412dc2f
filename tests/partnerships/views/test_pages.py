"""Pages that explain the site, the form to report a mistake, and what machines ask for."""

import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests import factories

REPORT = {"about": "Brescia", "message": "The year is wrong.", "email": "ada@example.org"}


# ---- Explaining --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_about_page_lists_the_sources_of_records_and_those_of_the_theory(client: Client) -> None:
    factories.statement(factories.partnership(), source=factories.source("Grey Book", authors="Bovaird", year=2013))
    factories.source("Blue Book")

    response = client.get("/about/")

    assert [source.title for source in response.context["used"]] == ["Grey Book"]
    assert [source.title for source in response.context["theory"]] == ["Blue Book"]
    assert re.search(r"Bovaird \(2013\): <a[^>]*>Grey Book</a>", response.content.decode())
    assert 'id="limits"' in response.content.decode()


@pytest.mark.django_db
def test_a_source_of_a_draft_is_not_listed(client: Client) -> None:
    factories.statement(factories.partnership(status="draft"), source=factories.source("Zanzibar Times"))

    assert "Zanzibar" not in client.get("/about/").content.decode()


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/"])
def test_statements_say_where_to_write(client: Client, path: str) -> None:
    assert "contact@matrix.example" in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_machines_get_plain_text_and_ask_no_database(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/plain")
    assert client.post(path).status_code == 405


def test_robots_keep_out_of_what_is_not_public(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /admin/", "Disallow: /accounts/", "Disallow: /my/", "Disallow: /pictures/"} <= set(lines)


# ---- Reporting a mistake -----------------------------------------------------------------------


def test_the_form_knows_which_page_it_is_about(client: Client) -> None:
    assert 'value="brescia"' in client.get("/report/?about=brescia").content.decode()


@pytest.mark.parametrize("about", ["%00", "x" * 5000, "%3Cscript%3Ealert(1)%3C/script%3E", "a&about=b", "%FF", "%0A"])
def test_an_odd_page_to_report_about_is_text(client: Client, about: str) -> None:
    response = client.get(f"/report/?about={about}")

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
def test_a_report_goes_to_the_curators_by_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    response = client.post("/report/", REPORT)

    [mail] = mailoutbox
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert (mail.subject, mail.body) == ("Mistake reported: Brescia", "The year is wrong.")
    assert (mail.to, mail.reply_to) == (["contact@matrix.example"], ["ada@example.org"])
    assert mail.from_email == "register@matrix.example"


@pytest.mark.django_db
def test_a_report_needs_neither_a_page_nor_an_address(client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post("/report/", {"message": "The year is wrong."})

    assert (mailoutbox[0].subject, mailoutbox[0].reply_to) == ("Mistake reported: the site", [])


@pytest.mark.django_db
def test_whoever_reports_is_thanked(client: Client) -> None:
    page = client.post("/report/", REPORT, follow=True).content.decode()

    assert "Thank you. The curators have your report." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"message": ""}, "Tell us what is wrong."),
        ({"message": "  \n "}, "Tell us what is wrong."),
        ({"email": "ada"}, "Write the address like name@example.org."),
        ({"message": "x" * 4001}, "4000"),
        ({"about": "x" * 201}, "200"),
        ({"message": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_a_sentence(
    client: Client, mailoutbox: list[EmailMessage], changes: dict[str, str], sentence: str
) -> None:
    response = client.post("/report/", {**REPORT, **changes})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "<title>Error:" in page
    assert "Brescia" in page or "about" in changes
    assert mailoutbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("about", ["a\nBcc: eve@example.org", "a\r\nX: y", "a\rb"])
def test_attack_54_a_line_break_makes_no_mail_header(
    client: Client, mailoutbox: list[EmailMessage], about: str
) -> None:
    response = client.post("/report/", {**REPORT, "about": about})

    assert response.status_code in {302, 422}
    for mail in mailoutbox:
        assert "\n" not in mail.subject
        assert mail.recipients() == ["contact@matrix.example"]


def test_attack_33_a_report_without_its_token_is_refused(mailoutbox: list[EmailMessage]) -> None:
    response = Client(enforce_csrf_checks=True).post("/report/", REPORT)

    assert response.status_code == 403
    assert mailoutbox == []
