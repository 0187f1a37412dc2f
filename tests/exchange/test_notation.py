"""Reading gives back what was written, and nothing in a file can run in a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats import notation
from exchange.formats.notation import PartnerCell
from exchange.merging.cells import cells_or_movement

TEXT = st.text()
# Texts in which what matters here is likely.
TRICKY = st.text(st.sampled_from("a1\\|:*'=+-@ \t\r\n\x00\xa0＝＋－＠é"), max_size=12)
NAMES = st.text(min_size=1) | TRICKY.filter(bool)


@given(st.lists(NAMES))
def test_lists_survive(items: list[str]) -> None:
    assert notation.split(notation.join(items)) == items


@given(st.lists(st.builds(PartnerCell, st.sampled_from(["public", "citizens"]), TEXT | TRICKY, st.booleans())))
def test_partners_survive(partners: list[PartnerCell]) -> None:
    assert notation.split_partners(notation.join_partners(partners)) == partners


@given(TEXT | TRICKY)
def test_safety_is_undone_exactly(text: str) -> None:
    safe = notation.make_safe(text)
    assert notation.make_unsafe(safe) == text
    assert safe in (text, f"'{text}")
    assert not notation.FORMULA.match(safe)


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_movements_survive(before: set[int], after: set[int]) -> None:
    written = notation.join_movement(sorted(before), sorted(after))
    assert cells_or_movement(written) == (before, after)


def test_how_things_are_written() -> None:
    partners = [PartnerCell("public", "City | of: B*", lead=True), PartnerCell("citizens", "")]
    assert notation.join_partners(partners) == "*public:City \\| of\\: B\\*|citizens:"
    assert notation.join(["a|b", "c\\d"]) == "a\\|b|c\\\\d"
    assert notation.join_movement([4, 7], [5]) == "4|7>5"
    assert cells_or_movement("2|outside") == ({2, "outside"}, None)
    assert cells_or_movement("4|7") == ({4, 7}, None)
    assert cells_or_movement("") == (set(), None)
    assert notation.split("") == notation.split_partners("") == []


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\x00x", "＝1", "＋1", "－1", "＠x", " =1", "\xa0=1",
        "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', '=IMPORTXML("x")', "harmless\n=1+1", "harmless\r\n +1",
        "'=1", "''=1", "\ufeff=1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(text: str) -> None:
    assert notation.make_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'tis the season", "Brescia Città del Noi", "2 = 1 + 1", "a-b", "Co's", "5"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert notation.make_safe(text) == text == notation.make_unsafe(text)


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="City of B"):
        notation.split_partners("City of B")
