"""Dates known to the year, the month or the day."""

from datetime import date

import pytest
import time_machine
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from partnerships import dates


@pytest.mark.parametrize(("now", "day", "future"), [
    ("2026-03-04 12:00Z", date(2026, 3, 4), False), ("2026-03-04 12:00Z", date(2026, 3, 5), True),
    # In London it is the next day already in summer: assessments bear the date of universal time, pages that of here.
    ("2026-07-04 23:30Z", date(2026, 7, 5), False),
])  # fmt: skip
@override_settings(TIME_ZONE="Europe/London")
def test_a_day_to_come_has_not_begun_anywhere(now: str, day: date, future: bool) -> None:
    with time_machine.travel(now):
        assert dates.in_future(day) is future


@pytest.mark.parametrize(
    ("text", "starts", "ends", "precision"),
    [
        ("2013", date(2013, 1, 1), date(2013, 12, 31), "year"),
        ("2013-04", date(2013, 4, 1), date(2013, 4, 30), "month"),
        ("2013-4", date(2013, 4, 1), date(2013, 4, 30), "month"),
        ("2013-04-05", date(2013, 4, 5), date(2013, 4, 5), "day"),
        (" 2012-02 ", date(2012, 2, 1), date(2012, 2, 29), "month"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "year"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "year"),
    ],
)
def test_a_date_starts_with_its_first_day_and_ends_with_its_last(
    text: str, starts: date, ends: date, precision: str
) -> None:
    assert dates.parse(text) == (starts, precision)
    assert dates.parse(text, end=True) == (ends, precision)


def test_no_date_is_no_date() -> None:
    assert dates.parse("  ") == (None, "")


@pytest.mark.parametrize("text", ["13", "2013/04", "2013-04-01T00:00", "2013-", "-2013", "April 2013", "2013-04-01-01"])
def test_other_shapes_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="Write a date as 2013, 2013-04 or 2013-04-01"):
        dates.parse(text)


@pytest.mark.parametrize(
    "text", ["2013-13", "2013-02-29", "2013-04-31", "0000", "2013-00", "2013-04-00", "2013-00-15", "2013-00-00"]
)
@pytest.mark.parametrize("end", [False, True])
def test_days_that_no_calendar_has_are_named_and_refused(text: str, end: bool) -> None:
    with pytest.raises(ValueError, match=f"“{text}” is not a date in the calendar"):
        dates.parse(text, end=end)


@given(st.dates(), st.sampled_from(["year", "month", "day"]))
def test_what_is_written_is_read_again(day: date, precision: str) -> None:
    text = dates.write(day, precision)

    starts, known = dates.parse(text)

    assert known == precision
    assert dates.write(starts, known) == text


@given(st.dates(), st.sampled_from(["year", "month", "day"]))
def test_a_day_lies_within_what_is_written_of_it(day: date, precision: str) -> None:
    text = dates.write(day, precision)

    assert dates.parse(text)[0] <= day <= dates.parse(text, end=True)[0]


def test_early_years_keep_their_zeros() -> None:
    assert dates.write(date(850, 3, 1), "month") == "0850-03"


def test_no_day_is_written_as_nothing() -> None:
    assert dates.write(None, "") == ""


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2012", "2014", "2012 to 2014"),
        ("2012", "2012", "2012"),
        ("2012", "", "from 2012"),
        ("", "2014", "until 2014"),
        ("", "", ""),
    ],
)
def test_a_span_in_words(starts: str, ends: str, words: str) -> None:
    assert dates.span(starts, ends) == words
