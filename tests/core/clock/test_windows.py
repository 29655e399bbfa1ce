"""What a sentence states about the whole incident."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.clock.windows import Window, read_window
from pmtui.core.times import Frame
from pmtui.errors import PmtuiError

NOW = datetime(2024, 6, 22, 14, 45, 30, tzinfo=UTC)
FRAME = Frame(NOW)

WINDOWS = [
    # sentence, started, resolved, zone, minutes that are said
    (
        "On May 22, 2024 12:30 UTC we saw that the mails had stopped since 05:00 UTC.",
        *("2024-05-22 05:00+00:00", None, "UTC", None),
    ),
    (
        "The outage lasted for 2 hours, from 14:00 to 16:00 GMT on May 22, 2024.",
        *("2024-05-22 14:00+00:00", "2024-05-22 16:00+00:00", "GMT", 120),
    ),
    (
        "The outage occurred from June 1, 2023, 10:00 AM (UTC) to June 1, 2023, 2:00 PM (UTC).",
        *("2023-06-01 10:00+00:00", "2023-06-01 14:00+00:00", "UTC", None),
    ),
    (
        "February 5, 2023, 5:45 PM (GMT+2) to February, 2023, 8:50 PM (GMT+2)",
        *("2023-02-05 17:45+02:00", "2023-02-05 20:50+02:00", "+02:00", None),
    ),
    (
        "On March 1, 2023, from 2:00 PM to 4:30 PM EAT, the website was down",
        *("2023-03-01 14:00+03:00", "2023-03-01 16:30+03:00", "Africa/Nairobi", None),
    ),
    (
        "14:00-16:00 GMT 22 May 2024",
        *("2024-05-22 14:00+00:00", "2024-05-22 16:00+00:00", "GMT", None),
    ),
    (
        "2024-05-22 14:00 – 16:00 UTC",
        *("2024-05-22 14:00+00:00", "2024-05-22 16:00+00:00", "UTC", None),
    ),
    (
        "2024-05-22T14:00:00Z to 2024-05-22T16:00:00Z",
        *("2024-05-22 14:00+00:00", "2024-05-22 16:00+00:00", "UTC", None),
    ),
    (
        "May 22, 2024 22:00 UTC to May 23, 2024 01:00 UTC (3 hours)",
        *("2024-05-22 22:00+00:00", "2024-05-23 01:00+00:00", "UTC", 180),
    ),
    (
        "22 May 2024 23:50 - 00:10 PDT",
        *("2024-05-22 23:50-07:00", "2024-05-23 00:10-07:00", "America/Los_Angeles", None),
    ),
    (
        "22 May 2024 10:00 to 11:00 PST",
        *("2024-05-22 10:00-08:00", "2024-05-22 11:00-08:00", "-08:00", None),
    ),
    (
        "14:00 UTC to 17:30 EAT, 3 May 2024",
        *("2024-05-03 14:00+00:00", "2024-05-03 14:30+00:00", "UTC", None),
    ),
    (
        "between 2 and 4:30 PM PDT, 3 May 2024",
        *("2024-05-03 14:00-07:00", "2024-05-03 16:30-07:00", "America/Los_Angeles", None),
    ),
    (
        "from 1400 to 1600 GMT on 3 May 2024 1405 users were hit",
        *("2024-05-03 14:00+00:00", "2024-05-03 16:00+00:00", "GMT", None),
    ),
    (
        "Detected 14:10, from 14:00 to 15:00 UTC, 3 May 2024",
        *("2024-05-03 14:00+00:00", "2024-05-03 15:00+00:00", "UTC", None),
    ),
    (
        "It started at 14:00 and was resolved at 16:00 UTC on 22 May",
        *("2024-05-22 14:00+00:00", "2024-05-22 16:00+00:00", "UTC", None),
    ),
    (
        "On 14 January 2024 the errors stopped at 02:31 UTC.",
        *(None, "2024-01-14 02:31+00:00", "UTC", None),
    ),
    (
        "On 14 January 2024 it stopped serving at 02:31 UTC. It was up again from 03:09 UTC.",
        *("2024-01-14 02:31+00:00", "2024-01-14 03:09+00:00", "UTC", None),
    ),
    ("Started at 14:00 GMT on May 22, 2024.", "2024-05-22 14:00+00:00", None, "GMT", None),
    ("Resolved at 16:00 UTC, 3 May 2024", None, "2024-05-03 16:00+00:00", "UTC", None),
    ("22 May 2024, 14:00 to 16:00", "2024-05-22 14:00", "2024-05-22 16:00", "", None),
    (
        "48 hrs, from 06:00 AM GMT, 19 January, - 07:00 AM GMT, 21 January 2024",
        *("2024-01-19 06:00+00:00", "2024-01-21 07:00+00:00", "GMT", 2880),
    ),
]


@pytest.mark.parametrize(("text", "started", "resolved", "zone", "minutes"), WINDOWS)
def test_windows(text, started, resolved, zone, minutes):
    """The beginning, the end, the zone and the duration are found where they are said."""
    window = read_window(text, FRAME)
    moments = [moment and datetime.fromisoformat(moment) for moment in (started, resolved)]
    assert [window.started, window.resolved] == moments
    shown = [f"{m.isoformat(' ', 'minutes')}" for m in (window.started, window.resolved) if m]
    assert shown == [moment for moment in (started, resolved) if moment]
    assert window.zone == zone
    assert window.duration == (None if minutes is None else timedelta(minutes=minutes))
    assert window.day == date.fromisoformat((started or resolved or "")[:10])
    assert window.note == ""


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("Approximately 3 hours.", 180), ("45 minutes", 45), ("1h 30m", 90), ("2h", 120)],
        *[("1.5 hours", 90), ("two and a half hours", 150), ("half an hour", 30)],
        *[("about an hour", 60), ("a 2-hour outage", 120), ("1 hour and 5 minutes", 65)],
        *[("1 day, 2 hours", 1560), ("90 s", None), ("90s", 1.5), ("One hour", 60), ("2 h", 120)],
    ],
)
def test_durations(text, minutes):
    """A duration alone says nothing about when."""
    duration = None if minutes is None else timedelta(minutes=minutes)
    assert read_window(text, FRAME) == Window(duration=duration)


@pytest.mark.parametrize(
    "text", ["", "All users.", "a second outage", "70% of 1500 users", "v1.2.3", "10 of 12 pods"]
)
def test_nothing_is_found_where_nothing_is_said(text):
    """Numbers that are no times stay numbers."""
    assert read_window(text, FRAME) == Window()


def test_a_known_day_is_used_and_not_reported_as_stated():
    """The incident's day dates the times of a sentence that names none."""
    text = "was down for approximately two hours, from 10:00 to 12:00 GMT"
    window = read_window(text, Frame(NOW, day=date(2024, 5, 7)))
    assert window.started == datetime(2024, 5, 7, 10, tzinfo=UTC)
    assert window.resolved == datetime(2024, 5, 7, 12, tzinfo=UTC)
    assert (window.day, window.duration) == (None, timedelta(hours=2))


def test_without_any_date_the_times_lie_on_the_first_day():
    """An incident without a date keeps clock times, over midnight too."""
    window = read_window("from 23:00 to 01:00", Frame(NOW, undated=True))
    assert window.started == datetime(2000, 1, 1, 23)
    assert window.resolved == datetime(2000, 1, 2, 1)


def test_a_stated_date_is_used_where_the_incident_had_none():
    """A sentence with a date dates its times, whatever was known before."""
    window = read_window("3 May 2024, 10:00 to 12:00", Frame(NOW, undated=True))
    assert window.started == datetime(2024, 5, 3, 10)


def test_the_incident_zone_is_used_and_not_reported_as_stated():
    """A sentence that names no zone is read in the incident's."""
    window = read_window("3 May 2024, 10:00 to 12:00", Frame(NOW, "Europe/Berlin"))
    assert window.started == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert window.zone == ""


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("from 05/06/2024 14:00 to 16:00", "5 June or 6 May"),
        ("from 25:00 to 26:00", "hours go to 23"),
        ("30 Feb 2024 14:00", "no day 30"),
        ("31 March 2024, 02:30 to 04:00 Europe/Berlin", "does not exist"),
        ("3 May 2024 16:00 to 2 May 2024 14:00", "before the start"),
    ],
)
def test_what_is_unclear_is_left_out_and_noted(text, note):
    """Ambiguous and impossible parts are None, with the reason in the note."""
    window = read_window(text, FRAME)
    assert note in window.note
    assert (window.started, window.resolved) == (None, None)


def test_an_ambiguous_zone_is_not_guessed():
    """The clock times stay, without a zone."""
    window = read_window("3 May 2024, 14:00 to 16:00 IST", FRAME)
    assert window.started == datetime(2024, 5, 3, 14)
    assert window.zone == ""
    assert "India" in window.note


parts = st.sampled_from(
    [
        *["from", "to", "14:00", "2 PM", "25:00", "GMT", "IST", "May 22, 2024", "05/06/2024", "-"],
        *["2 hours", "and", "between", "started at", "resolved", "2024-05-22T14:00:00Z", "(UTC)"],
        *["31 March 2024", "02:30", "Europe/Berlin", "30 Feb", "1400", "9" * 400, "hours"],
    ]
)


@given(st.lists(parts | st.text(max_size=5), max_size=8).map(" ".join))
def test_no_sentence_raises(text):
    """Whatever a sentence says, it gives a window whose end is not before its start."""
    for frame in (
        FRAME,
        Frame(NOW, "Europe/Berlin", day=date(2024, 3, 31)),
        Frame(NOW, undated=True),
    ):
        try:
            window = read_window(text, frame)
        except PmtuiError as error:
            pytest.fail(f"{text!r}: {error}")
        if window.started and window.resolved:
            assert window.started <= window.resolved
