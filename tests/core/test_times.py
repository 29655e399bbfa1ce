"""The laws of reading and writing times, and how they are shown."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.clock.zones import in_zone, localise
from pmtui.core.times import (
    Frame,
    clock,
    day_label,
    elapsed,
    read_time,
    split_time,
    write_time,
)
from pmtui.errors import TimeError

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"),
    *("Africa/Nairobi", "+05:30", "-08:00", "GMT"),
)
CHANGES = (
    datetime(2024, 3, 31, 1, tzinfo=UTC),  # Europe/Berlin springs forward
    datetime(2024, 10, 27, 1, tzinfo=UTC),  # and falls back
    datetime(2024, 3, 10, 7, tzinfo=UTC),  # America/New_York
    datetime(2024, 11, 3, 6, tzinfo=UTC),
    datetime(2024, 4, 6, 15, tzinfo=UTC),  # Australia/Lord_Howe, by half an hour
    datetime(2024, 10, 5, 15, 30, tzinfo=UTC),
    datetime(2024, 5, 22, 0, tzinfo=UTC),
    datetime(2024, 2, 29, 12, tzinfo=UTC),
    datetime(2023, 12, 31, 23, 59, tzinfo=UTC),
)
NOW = datetime(2024, 5, 22, 14, 45, 30, tzinfo=UTC)  # a Wednesday
FRAME = Frame(NOW, "UTC", day=date(2024, 5, 22))

near_changes = st.builds(
    lambda at, seconds: at + timedelta(seconds=seconds),
    st.sampled_from(CHANGES),
    st.integers(-200_000, 200_000) | st.integers(-3000, 3000).map(lambda minutes: minutes * 60),
)
anywhere = st.datetimes(datetime(1980, 1, 2), datetime(2198, 1, 1), timezones=st.just(UTC))
instants = near_changes | anywhere
lengths = st.none() | st.integers(0, 300_000) | st.integers(0, 3000).map(lambda m: m * 60)


@given(
    at=instants,
    now=instants,
    after=st.none() | instants,
    day=st.none() | st.dates(date(1980, 1, 1), date(2198, 1, 1)),
    zone=st.sampled_from(ZONES),
    length=lengths,
    about=st.booleans(),
)
def test_written_times_read_back(at, now, after, day, zone, length, about):
    """A written time reads back to the same instants, in every zone and around every change."""
    frame = Frame(now, zone, after, day)
    until = None if length is None else at + timedelta(seconds=length)
    reading = read_time(write_time(at, until, about, frame=frame), frame)
    assert (reading.at, reading.until, reading.about) == (at, until, about)
    assert reading.at.utcoffset() == in_zone(at, zone).utcoffset()


@given(
    at=st.datetimes(datetime(1980, 1, 2), datetime(2198, 1, 1)),
    now=instants,
    after=st.none() | st.datetimes(datetime(1980, 1, 2), datetime(2198, 1, 1)),
    day=st.none() | st.dates(date(1980, 1, 1), date(2198, 1, 1)),
    length=lengths,
)
def test_written_times_of_an_unknown_zone_read_back(at, now, after, day, length):
    """Where the zone is unknown times are and stay without one."""
    frame = Frame(now, "", after, day)
    until = None if length is None else at + timedelta(seconds=length)
    reading = read_time(write_time(at, until, frame=frame), frame)
    assert (reading.at, reading.until) == (at, until)
    assert reading.at.tzinfo is None


@given(
    minutes=st.integers(0, 20_000),
    after=st.none() | st.integers(0, 20_000),
    zone=st.sampled_from(("", *ZONES)),
    now=instants,
    length=lengths,
)
def test_written_times_without_a_date_read_back(minutes, after, zone, now, length):
    """Where the date is unknown days are counted, and no date is ever written."""

    def moment(count):
        wall = datetime(2000, 1, 1) + timedelta(minutes=count)
        return localise(wall, zone) if zone else wall

    try:
        at, before = moment(minutes), None if after is None else moment(after)
    except TimeError:
        return
    frame = Frame(now, zone, before, undated=True)
    until = None if length is None else at + timedelta(seconds=length)
    text = write_time(at, until, frame=frame)
    reading = read_time(text, frame)
    assert (reading.at, reading.until) == (at, until)
    assert "2000" not in text


ENDS = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))


@given(
    now=st.sampled_from(ENDS) | instants,
    after=st.none() | st.sampled_from(ENDS) | instants,
    day=st.none() | st.sampled_from((date.min, date.max)),
    within=st.none() | st.tuples(st.sampled_from(ENDS), st.sampled_from(ENDS)).map(sorted),
    zone=st.sampled_from(("", *ZONES)),
    text=st.sampled_from(
        (
            *("14:05", "0:00-23:59", "-5m", "+5m", "yesterday 14:05", "mon 14:05", "31 dec 23:59"),
            *("14:05 JST", "0001-01-01 00:00 +14:00", "9999-12-31 23:59-00:10", "day 2 14:05"),
        )
    ),
)
def test_at_the_ends_of_the_calendar_a_time_is_read_or_refused(now, after, day, within, zone, text):
    """A file may hold the years 1 and 9999; no time that is read or written there is a mistake."""
    frame = Frame(now, zone, after, day, within=within and tuple(within))
    for at in ENDS:
        assert write_time(at, frame=frame)
    with suppress(TimeError):
        read_time(text, frame)


@given(at=near_changes, zone=st.sampled_from(ZONES), minutes=st.integers(0, 240))
def test_a_clock_time_is_enough_right_after_the_entry_before(at, zone, minutes):
    """In back-fill the shortest form is the clock time, unless its hour comes twice."""
    at = at.replace(second=0)
    frame = Frame(at + timedelta(days=3), zone, at - timedelta(minutes=minutes))
    text = write_time(at, frame=frame)
    assert text.startswith(clock(at, zone))
    assert re.fullmatch(r"\d\d:\d\d( \S+)?", text)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    """Nothing that can be typed crashes, and what follows the time is the end of the line."""
    for frame in (FRAME, Frame(NOW), Frame(NOW, "Europe/Berlin", NOW, undated=True)):
        with suppress(TimeError):
            reading, rest = split_time(text, frame)
            assert text.endswith(rest)
            assert reading or rest == text


tokens = st.sampled_from(
    [
        *["14:05", "25:00", "2", "pm", "PM", ":", "-", "–", " ", "~", "Z", "UTC", "IST", "+02:00"],
        *["-05:00", "2024-05-22", "T", "22", "May", "05/06/2024", "mon", "yesterday", "now", "5m"],
        *[
            "ago",
            "+",
            "1405",
            "h",
            "[",
            "]",
            "(",
            ")",
            "@1716386700",
            "to",
            "24:00",
            "day",
            "99999",
        ],
        *["Europe/Berlin", "0", "9" * 30, "d", "29 Feb", "9999", "."],
    ]
)


@given(st.lists(tokens, max_size=7).map("".join))
def test_any_mixture_of_parts_is_read_or_refused(text):
    """Parts of times in any order are a time, a refusal or text, never a crash."""
    for frame in (FRAME, Frame(NOW), Frame(NOW, "Europe/Berlin", NOW, undated=True)):
        for read in (read_time, split_time):
            with suppress(TimeError):
                read(text, frame)


@pytest.mark.parametrize(
    ("moment", "zone", "text"),
    [
        (None, "UTC", ""),
        (NOW.replace(second=0), "UTC", "14:45"),
        (NOW, "UTC", "14:45:30"),
        (NOW.replace(second=0, microsecond=9), "UTC", "14:45"),
        (NOW, "Africa/Nairobi", "17:45:30"),
        (NOW.replace(tzinfo=None), "Africa/Nairobi", "14:45:30"),
        (NOW.replace(tzinfo=timezone(timedelta(hours=2))), "", "14:45:30"),
    ],
)
def test_clock(moment, zone, text):
    """A clock time shows seconds where there are some."""
    assert clock(moment, zone) == text


def test_day_label():
    """The day is that of the incident's zone, in English."""
    assert day_label(NOW) == "Wed 22 May 2024"
    assert day_label(NOW, "Pacific/Auckland") == "Thu 23 May 2024"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *[(0, "0m"), (0.5, "0m"), (30, "30s"), (60, "1m"), (90, "1m"), (2700, "45m")],
        *[(3600, "1h 00m"), (7500, "2h 05m"), (86400, "1d"), (97200, "1d 3h"), (-300, "-5m")],
        *[
            (-30, "-30s"),
            (-0.5, "0m"),
            (-97200, "-1d 3h"),
            (3599, "59m"),
            (10**9, "11574d 1h 46m"),
            (86700, "1d 0h 05m"),
        ],
    ],
)
def test_elapsed(seconds, text):
    """A span is said in its two largest units, never rounded up."""
    assert elapsed(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("typed", "zone", "written"),
    [
        ("14:05", "UTC", "14:05"),
        ("~14:05-14:20", "UTC", "~14:05-14:20"),
        ("14:05 EAT", "UTC", "11:05"),
        ("14:05 UTC+2", "", "14:05 +02:00"),
        ("02:30 CEST", "Europe/Berlin", "02:30"),
        ("02:30 CET", "Europe/Berlin", "02:30 CET"),
        ("26 Oct 14:05", "UTC", "2024-10-26 14:05"),
        ("23:50-00:10", "UTC", "23:50-00:10"),
        ("26 Oct 14:05:30 - 14:20", "UTC", "2024-10-26 14:05:30-14:20"),
    ],
)
def test_the_written_form_is_the_shortest(typed, zone, written):
    """A clock time where that is enough; a zone or a date only where it is needed."""
    frame = Frame(datetime(2024, 11, 1, tzinfo=UTC), zone, day=date(2024, 10, 27))
    reading = read_time(typed, frame)
    assert write_time(reading.at, reading.until, reading.about, frame=frame) == written
