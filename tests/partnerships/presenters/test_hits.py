"""Where a search hit: pieces of a record with the words marked."""

import pytest
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Partnership
from partnerships.presenters.hits import Hit, Piece, hits, pieces
from tests import factories


def marked(text: str, *words: str) -> str:
    """The pieces with the words that were found in square brackets."""
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces(text, list(words)))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Brescia Città del Noi", ["citta"], "Brescia [Città] del Noi"),
        ("Brescia Città del Noi", ["citt"], "Brescia [Città] del Noi"),
        ("Care with care, careful", ["care"], "[Care] with [care], [careful]"),
        ("Self-help for people", ["help", "people"], "Self-[help] for [people]"),
        ("Øresund and Łódź", ["oresund", "lodz"], "[Øresund] and [Łódź]"),
        ("<b>Care</b>", ["care"], "<b>[Care]</b>"),
        ("Health", ["ealth"], ""),
        ("", ["care"], ""),
    ],
)
def test_each_word_that_begins_as_asked_is_marked(text: str, words: list[str], shown: str) -> None:
    assert marked(text, *words) == shown


def test_a_long_text_is_cut_at_spaces_around_the_first_hit() -> None:
    text = "word " * 60 + "needle " + "more " * 60

    shown = marked(text.strip(), "needle")

    assert shown.startswith("… word word")
    assert shown.endswith("more …")
    assert "[needle]" in shown
    assert len(shown) < 200


@pytest.mark.django_db
def test_each_hit_says_where_it_stands(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    record = factories.partnership(
        "Leith care", summary="For families.", place="Perth", partners=[("public", "Hillside Council")]
    )
    factories.statement(record, source=factories.source("Grey Book", authors="Bovaird"))

    with django_assert_num_queries(1):
        found = hits([record], "leith famil hillside bova")[record.pk]

    assert found == (
        Hit("Summary", (Piece("For ", False), Piece("families", True), Piece(".", False))),
        Hit("Takes part", (Piece("Hillside", True), Piece(" Council", False))),
        Hit("Source", (Piece("Bovaird", True), Piece(": Grey Book", False))),
    )


@pytest.mark.django_db
def test_a_word_of_the_title_needs_no_more_text(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    record = factories.partnership("Leith care", summary="Care in Leith.")

    with django_assert_num_queries(0):
        assert hits([record], "care leith") == {record.pk: ()}
        assert hits([record], "?!") == {}


@pytest.mark.django_db
def test_whatever_is_found_shows_why() -> None:
    factories.a_register(12, seed=5)
    factories.partnership("Plain", narrative="A *story* of [dawn](https://example.org).", tags=["Dusk"])
    for query in ("dawn", "dusk", "story dusk", "berg", "al"):
        for row in Partnership.objects.with_words(query.split()):
            found = hits([row], query)[row.pk]
            words = {piece.text.casefold() for hit in found for piece in hit.pieces if piece.hit}
            assert words or query in row.search_title
