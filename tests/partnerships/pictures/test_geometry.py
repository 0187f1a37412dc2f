"""Where things lie in drawings: inside, apart from each other, and as long as their numbers."""

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnerships.pictures.bars import Count, bars
from partnerships.pictures.columns import columns
from partnerships.pictures.drawing import FULL, HALF, Area, Block, block, tint
from partnerships.pictures.heat import Entry, Group, Numbers, heat
from partnerships.pictures.text import width as width_of

WIDTHS = pytest.mark.parametrize("width", [FULL, HALF])
COUNTS = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**6)), min_size=1, max_size=16)


def apart(areas: tuple[Area, ...]) -> bool:
    return not any(
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
        for one, other in combinations(areas, 2)
    )


def room_of(words: Block, size: float) -> float:
    return max((width_of(line.text, size) for line in words.lines), default=0)


@WIDTHS
@given(COUNTS)
def test_bars_stay_inside_and_apart_and_are_as_long_as_their_numbers(width: int, counts: list) -> None:
    view, links = bars([Count(text, number, "/x/", text) for text, number in counts], width)

    tops = [bar.y for bar in view.bars]
    assert tops == sorted(tops)
    assert apart(links)
    assert all(link.height >= 32 for link in links)
    longest = max(view.bars, key=lambda bar: bar.number)
    for bar in view.bars:
        assert bar.number_x + width_of(str(bar.number), 14, bold=True) <= width
        assert room_of(bar.label, 14) <= view.axis
        if bar.width > 2:
            assert bar.width / longest.width == pytest.approx(bar.number / longest.number, abs=0.01)
        assert (bar.width > 0) is (bar.number > 0)


@WIDTHS
@given(st.dictionaries(st.integers(1800, 2026), st.integers(1, 5000), min_size=1, max_size=60))
@example({1800: 1, 1847: 1})
@example({1960: 1, 2026: 2})
@example({1975: 1, 2026: 1})
def test_columns_stand_on_their_line_in_order_and_inside(width: int, counts: dict[int, int]) -> None:
    view, links, height = columns(counts, width, marked=max(counts), link=lambda year: (f"?year={year}", str(year)))

    assert [column.year for column in view.columns] == list(range(min(counts), max(counts) + 1))
    assert {column.year: column.number for column in view.columns if column.number} == counts
    assert all(column.y + column.height == view.base for column in view.columns)
    assert all(float(column.x) >= 0 and float(column.x) + float(column.width) <= width + 0.1 for column in view.columns)
    assert [column.year for column in view.columns if column.marked] == [max(counts)]
    named = sorted(line.x for line in view.years)
    assert all(right - left >= width_of("2000", 14) for left, right in pairwise(named))
    assert apart(links)
    assert all(
        link.x >= 0 and link.width >= 30 and link.x + link.width <= width and link.y + link.height <= height
        for link in links
    )
    assert {link.label for link in links} <= {str(year) for year in counts}


@WIDTHS
def test_a_grid_keeps_words_and_squares_apart(width: int) -> None:
    rows = tuple(
        Numbers(f"Who does something with a rather long name, number {n}?", f"of {5 + n}", 5 + n, _entries(n))
        for n in range(4)
    )

    view, links, height = heat(["Third sector", "Community", "Citizens"] * 2, [Group("A heading", rows)], width)

    squares = [Area(s.x, s.y, s.width, s.height, "", "") for s in view.squares]
    assert apart(tuple(squares))
    assert apart(links)
    assert max(s.x + s.width for s in view.squares) < width
    assert max(s.y + s.height for s in view.squares) <= height
    assert [square.entry for square in view.squares] == [entry for row in rows for entry in row.entries]
    assert [square.tint for square in view.squares] == [tint(e.number, row.of) for row in rows for e in row.entries]
    for words in (*view.rows, *view.notes):
        for line in words.lines:
            beside = [s for s in view.squares if s.y - 14 < line.y < s.y + s.height]
            assert all(line.x + width_of(line.text, 14) <= s.x for s in beside if s.y < line.y)
    for label, note in zip(view.rows, view.notes, strict=True):
        assert note.lines[0].y - label.bottom >= 12


def _entries(row: int) -> tuple[Entry, ...]:
    return tuple(Entry((row + column) % 6, "20 %", "/x/", f"{row}/{column}") for column in range(6))


def test_tints_deepen_with_the_share_and_nothing_has_none() -> None:
    assert [tint(value, 100) for value in (0, 1, 25, 26, 50, 75, 76, 100)] == [0, 1, 1, 2, 2, 3, 4, 4]
    assert tint(5, 0) == 0


def test_what_had_to_be_shortened_keeps_its_whole_text() -> None:
    long = "a rather long name " * 9

    assert block(long, 0, 10, 100, 14).full == long
    assert block("short", 0, 10, 100, 14).full == ""
    assert block(long, 0, 10, 100, 14).bottom == 10 + 18
