import datetime as dt

import pytest

from bot.rendering.dates import format_date


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("MMM DD, YYYY", "Mar 02, 2025"),
        ("", "Mar 02, 2025"),
        ("MMMM D, YYYY", "March 2, 2025"),
        ("Do MMMM YYYY", "2nd March 2025"),
        ("DD/MM/YY", "02/03/25"),
        ("YYYY-MM-DD", "2025-03-02"),
        ("D.M.YYYY", "2.3.2025"),
        ("dddd, ddd", "Sunday, Sun"),
        ("[Day] D [of the] Mo", "Day 2 of the 3rd"),
        ("é", "é"),
    ],
)
def test_dates_are_written_as_the_pattern_says(pattern, shown):
    assert format_date(dt.date(2025, 3, 2), pattern) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st")],
)
def test_ordinals(day, shown):
    assert format_date(dt.date(2025, 1, day), "Do") == shown
