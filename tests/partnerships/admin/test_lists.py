"""The list of partnerships: columns, queue, search, filters, and a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT, SUBMITTED
from tests.factories import CITIZENS, INFERENCE, SHARED, a_register, case_study, organisation, partnership

LIST = "/admin/partnerships/partnership/"


def titles(client: Client, **parameters: str) -> list[str]:
    return [record.title for record in client.get(LIST, parameters).context["cl"].result_list]


def test_columns_are_in_words(desk: Client) -> None:
    partnership("Placed", design=SHARED, delivery=SHARED, countries=["IT"], organisation=organisation("Comune"))
    partnership("A set", design=CITIZENS, possible={6, 9})
    partnership("Nowhere", unit="class")
    partnership("Perhaps", design=SHARED, phase=INFERENCE)

    html = desk.get(LIST).content.decode()

    for words in (
        "5 · Full Co-Production",
        "6 or 9",
        "Not placed",
        "Italy",
        "Comune",
        "Type of scheme",
        "Published",
        "2, 5 or 8 (inferred)",
    ):
        assert words in html


def test_the_queue_holds_what_waits_and_the_list_says_how_many(desk: Client) -> None:
    for title, days in (("Later", 1), ("Earlier", 3)):
        record = partnership(title, status=SUBMITTED)
        Partnership.objects.filter(pk=record.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    partnership("Draft", status=DRAFT)

    assert titles(desk, status="submitted") == ["Earlier", "Later"]
    assert "2 partnerships are waiting for a curator" in desk.get(LIST).content.decode()


@pytest.mark.parametrize("words", ["brescia citta", "CITTÀ", "brescia"])
def test_search_finds_every_word_folded(desk: Client, words: str) -> None:
    partnership("Città di Brescia")
    partnership("Berlin")

    assert titles(desk, q=words) == ["Città di Brescia"]
    assert titles(desk, q=f"{words} nowhere") == []


def test_search_takes_any_text(desk: Client) -> None:
    for words in ("%", "'", '"', "\\", "\x00", "a" * 5000, "(a+)+"):
        assert desk.get(LIST, {"q": words}).status_code == 200


def test_filters(desk: Client) -> None:
    kept_by = organisation("Comune")
    one = partnership("One", countries=["IT"], organisation=kept_by)
    partnership("Two", countries=["NO"], unit="class", status=SUBMITTED)
    case_study(one, featured=True)

    assert titles(desk, country="IT") == ["One"]
    assert titles(desk, unit="class") == ["Two"]
    assert titles(desk, status="published") == ["One"]
    assert titles(desk, case_study="featured") == ["One"]
    assert titles(desk, case_study="no") == ["Two"]
    assert titles(desk, organisation__id__exact=str(kept_by.pk)) == ["One"]
    assert len(titles(desk, status="unknown")) == 2


def test_lookups_that_are_no_filters_are_refused(desk: Client) -> None:
    """Attack 48: no lookup from raw keys."""
    answer = desk.get(LIST, {"created_by__password__startswith": "a"})

    assert answer.status_code == 400 or answer["Location"].endswith("?e=1")


def test_queries_do_not_grow_with_the_list(desk: Client) -> None:
    a_register(5)
    desk.get(LIST)
    with CaptureQueriesContext(connection) as few:
        desk.get(LIST)
    a_register(30, seed=2)
    with CaptureQueriesContext(connection) as many:
        desk.get(LIST)

    assert len(few) == len(many) <= 12


def test_titles_are_text(desk: Client) -> None:
    """Attacks 57 to 59: what strangers typed is shown, not run."""
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    record = partnership(evil, summary=evil, status=SUBMITTED)

    for path in (
        "/admin/",
        LIST,
        f"{LIST}{record.pk}/change/",
        f"{LIST}{record.pk}/publish/",
        f"{LIST}{record.pk}/delete/",
    ):
        html = desk.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
