"""Lengths of time in words: as they are meant, or not at all."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.clock.lengths import read_duration
from pmtui.core.times import elapsed


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[
            ("1h30", 90),
            ("3 h 05", 185),
            ("3h05m", 185),
            ("2 hrs 15", 135),
            ("2 Std. 15 Min.", 135),
        ],
        *[("half a day", 720), ("a day and a half", 2160), ("an hour and a half", 90)],
        *[("two hours and a half", 150), ("two and a half hours", 150), ("1,5 Stunden", 90)],
        *[("a quarter of an hour", 15), ("three quarters of an hour", 45)],
        *[("twenty-five minutes", 25), ("ninety minutes", 90), ("fifteen minutes", 15)],
        *[("a couple of hours", 120), ("1 jour et 2 heures", 1560), ("3 weeks", 30240)],
        *[("5 minutes, then for an hour", 5), ("2 hours a day", 120), ("2 hours 1500 users", 120)],
        *[("1 hour 30 users", 60), ("less than 5 minutes", 5), ("5 min. 30 sec.", 5.5)],
    ],
)
def test_a_length_is_read_as_it_is_meant(text: str, minutes: float) -> None:
    assert read_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "14h30 - 16h00",
            "14h to 16h",
            "14:00 - 16:00 GMT",
            "30-45 minutes",
            "a second outage",
        ],
        *["0515 to 0740 hrs", "1,500 minutes", "200 requests a day", "half of the users"],
    ],
)
def test_what_states_no_length_has_none(text: str) -> None:
    assert read_duration(text) is None


@given(st.integers(60, 60 * 24 * 400))
def test_what_is_shown_as_a_length_is_read_as_that(seconds: int) -> None:
    length = timedelta(seconds=seconds // 60 * 60)
    assert read_duration(elapsed(length)) == length
