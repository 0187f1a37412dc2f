"""One normalised form of text, so that both databases find the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.search import MAX_WORDS, document, fold, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Città di Brescia", "citta di brescia"),
        ("ÖREBRO län", "orebro lan"),
        ("Łódź, Tromsø & Đakovo", "lodz tromso dakovo"),
        ("Straße", "strasse"),
        ("Æsir, œuvre, Þing, ıssız", "aesir oeuvre thing issiz"),
        ("Ǿ", "o"),
        ("co-production’s “aim”", "co production s aim"),
        ("  two\n\nlines\t", "two lines"),
        ("a\x00b", "a b"),
        ("50 % of 7_8", "50 of 7_8"),
        ("日本 ٢٠", "日本 ٢٠"),
        ("Acme™ № 3", "acmetm no 3"),
        ("ﬁnance ２０１３", "finance 2013"),
        ("", ""),
        ("!?…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_capitals_never_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.lists(st.text(), max_size=4))
def test_every_word_of_a_text_is_found_in_the_document(texts: list[str]) -> None:
    found = document(texts)

    assert all(word in found for text in texts for word in words_of(text))


def test_words_come_once_each_in_order() -> None:
    assert words_of("Town town  TÖWN bridge") == ["town", "bridge"]


def test_a_query_has_twelve_words_at_most() -> None:
    assert words_of(" ".join(f"w{n}" for n in range(40))) == [f"w{n}" for n in range(MAX_WORDS)]
    assert MAX_WORDS == 12


def test_a_document_leaves_out_what_is_empty() -> None:
    assert document(["Leith", "", "Perth"]) == " leith perth"
