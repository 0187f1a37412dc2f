"""How text is measured and broken into lines."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from partnerships.pictures.text import FILES, FONTS, SLACK, clean, covers, lines, width


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["Who decides what?", "Città di Łódź", "WWWWWW", "iiiii", "100 %"])
def test_a_width_is_that_of_the_typeface_with_some_slack(text: str, bold: bool) -> None:
    drawn = ImageFont.truetype(FILES[bold], 1000, layout_engine=ImageFont.Layout.BASIC).getlength(text)

    assert width(text, 14, bold=bold) == pytest.approx(SLACK * 14 * drawn / 1000, rel=0.03)


@given(st.text(max_size=300), st.integers(10, 400), st.integers(1, 4))
def test_no_line_is_wider_than_its_room_and_none_is_lost_unsaid(text: str, room: int, most: int) -> None:
    broken = lines(text, room, 14, most=most)

    assert len(broken) <= most
    for line in broken:
        assert width(line, 14) <= room or len(line) <= 2
    whole = "".join("".join(broken).split())
    if not whole.endswith("…"):
        assert whole == "".join(clean(text).split())


def test_words_stay_whole_where_they_fit_and_break_where_they_must() -> None:
    assert lines("Partial Co-Production", 80, 14, bold=True) == ("Partial Co-", "Production")
    assert lines("one two three", 1000, 14) == ("one two three",)
    assert "".join(lines("A" * 30, 100, 14, most=9)) == "A" * 30
    assert lines("one two three four five", 60, 14)[-1].endswith("…")
    assert lines("", 60, 14) == ()


def test_a_text_of_any_length_costs_no_more_than_its_first_lines() -> None:
    assert len("".join(lines("word " * 10_000_000, 200, 14))) < 100


def test_signs_that_xml_has_no_place_for_are_left_out() -> None:
    assert clean("a\x00b\x0bc\ud800d\ufffee\tf\n") == "abcde\tf\n"


def test_the_typeface_has_the_letters_of_names_in_latin_script() -> None:
    assert covers("Citizens’ panel – Łódź, Ålesund, Città, Győr, Iași, Straße × 100 %")
    assert not covers("Ж")
    assert width("漢字", 10) >= 20


def test_the_fonts_are_the_files_that_their_folder_names() -> None:
    listed = dict(re.findall(r"^  ([0-9a-f]{64})  (\S+)$", (FONTS / "VERSION").read_text(), re.MULTILINE))

    for digest, name in listed.items():
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest
    assert set(listed.values()) == {path.name for path in FONTS.iterdir()} - {"VERSION"}
