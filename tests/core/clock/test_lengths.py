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
        *[("1:30 h", 90), ("01:30h", 90), ("about 1:30 hours", 90), ("0:45:30 hrs", 45.5)],
        *[("It lasted 14:30 h", 870), ("Dauer: 2:05 Std.", 125), ("down for 1:30 h (SEV1)", 90)],
        *[("PT45M", 45), ("PT1H30M", 90), ("P1DT2H", 1560), ("PT1.5H", 90), ("PT90S", 1.5)],
        *[("took PT2H, not 3 hours", 120), ("P1W", 10080)],
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
        *["14:30 h - 16:00 h", "at 14:30 h", "from 14:30 to 16:00 hrs", "14:30 h on 5 May"],
        *["5 May 2024, 05:15 hrs", "P1 and P2", "PT", "P3M", "P1-DT", "um 14:30 h"],
        *["0515 to 0740 hrs", "1,500 minutes", "200 requests a day", "half of the users"],
    ],
)
def test_what_states_no_length_has_none(text: str) -> None:
    assert read_duration(text) is None


@given(st.integers(60, 60 * 24 * 400))
def test_what_is_shown_as_a_length_is_read_as_that(seconds: int) -> None:
    length = timedelta(seconds=seconds // 60 * 60)
    assert read_duration(elapsed(length)) == length
