"""The day that a time belongs to: after other entries, in other zones, without a date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmtui.core.clock.zones import localise
from pmtui.core.times import Frame, read_time, split_time
from pmtui.errors import TimeError

NOW = datetime(2024, 5, 22, 14, 45, 30, tzinfo=UTC)  # a Wednesday


def at(text, zone="UTC"):
    """The time in May 2024 that "22 14:05" says."""
    wall = datetime.strptime(f"2024-05-{text}", "%Y-%m-%d %H:%M")
    return localise(wall, zone) if zone else wall


DAYS = [
    # now, after, day, typed, day and time, note
    ("22 14:45", None, None, "14:05", "22 14:05", ""),
    ("22 14:45", None, None, "14:50", "22 14:50", ""),
    ("22 14:45", None, None, "15:00", "21 15:00", "yesterday"),
    ("22 14:45", None, 20, "23:00", "20 23:00", ""),
    ("22 00:10", None, 22, "23:50", "21 23:50", "the day before"),
    ("25 09:00", "22 14:00", None, "14:05", "22 14:05", ""),
    ("25 09:00", "22 14:00", None, "09:00", "22 09:00", ""),
    ("25 09:00", "22 14:00", None, "06:00", "22 06:00", ""),
    ("25 09:00", "22 14:00", None, "05:59", "23 05:59", "next day"),
    ("25 09:00", "22 23:50", None, "00:10", "23 00:10", "next day"),
    ("25 09:00", "22 23:50", None, "24:00", "23 00:00", ""),
    ("25 09:00", "23 00:10", None, "23:50", "22 23:50", "the day before"),
    ("25 09:00", "23 00:10", None, "21:10", "22 21:10", "the day before"),
    ("25 09:00", "23 00:10", None, "21:09", "23 21:09", ""),
    ("25 09:00", "23 00:10", None, "24:00", "23 00:00", "the day before"),
    ("23 10:00", "22 22:00", None, "09:00", "23 09:00", "next day"),
    ("23 10:00", "22 22:00", None, "11:00", "22 11:00", ""),
    ("23 00:10", "22 23:50", 22, "00:05", "23 00:05", "next day"),
    ("25 09:00", "22 14:00", 20, "14:05", "22 14:05", ""),
]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", ""])
@pytest.mark.parametrize(("now", "after", "day", "typed", "wanted", "note"), DAYS)
def test_the_day_of_a_bare_time(now, after, day, typed, wanted, note, zone):
    """A bare clock time rolls over midnight with the entry before it, and not into the future."""
    frame = Frame(
        at(now, zone or "UTC"),
        zone,
        at(after, zone) if after else None,
        date(2024, 5, day) if day else None,
    )
    reading = read_time(typed, frame)
    assert reading.at == at(wanted, zone)
    assert reading.note == note


def test_a_zone_suffix_chooses_the_day_in_that_zone():
    """00:30 EAT after 21:20 UTC is ten minutes later, not a day."""
    frame = Frame(NOW, "UTC", at("21 21:20"))
    assert read_time("00:30 EAT", frame).at == at("21 21:30")


def test_the_zone_of_the_incident_settles_an_ambiguous_abbreviation():
    """IST in an incident in India is Indian time; CST in Chicago is Chicago's."""
    assert read_time("14:05 IST", Frame(NOW, "Asia/Kolkata")).at == at("22 08:35")
    assert read_time("14:05 IST", Frame(NOW, "Europe/Dublin")).at == at("22 13:05")
    assert read_time("08:05 CST", Frame(NOW, "America/Chicago")).at == at("22 14:05")


@pytest.mark.parametrize("text", ["14:05", "-5m", "now", "22 May 14:05"])
def test_an_unknown_zone_invents_nothing(text):
    """Without a zone times are naive; one that is typed makes an aware time."""
    assert read_time(text, Frame(NOW)).at.tzinfo is None
    zoned = read_time("14:05 EAT", Frame(NOW)).at
    assert zoned.utcoffset() == timedelta(hours=3)


def test_the_previous_entry():
    """`+5m` counts from the entry before, to the second."""
    frame = Frame(NOW, "Europe/Berlin", at("22 14:05") + timedelta(seconds=30))
    reading = read_time("+5m", frame).at
    assert reading.isoformat() == "2024-05-22T16:10:30+02:00"


def test_now_never_goes_behind_the_entry_before():
    """`now` is cut to the minute unless that would put it before what was just written."""
    frame = Frame(NOW, "UTC", NOW.replace(second=10))
    assert read_time("now", frame).at == NOW
    assert read_time("now", Frame(NOW, "UTC", NOW.replace(second=0))).at.second == 0


BERLIN = "Europe/Berlin"
AUTUMN = date(2024, 10, 27)
LATER = datetime(2024, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "after", "utc", "note"),
    [
        ("02:30", None, "00:30", "the first of the two 02:30, CEST"),
        ("02:30", "00:10", "00:30", "the first of the two 02:30, CEST"),
        ("02:30", "00:40", "01:30", "the second of the two 02:30, CET"),
        ("02:30", "01:20", "01:30", "the second of the two 02:30, CET"),
        ("02:30", "03:00", "00:30", "the first of the two 02:30, CEST"),
        ("02:30 CET", None, "01:30", ""),
        ("02:30 CEST", None, "00:30", ""),
        ("02:30 +01:00", None, "01:30", ""),
        ("03:00", None, "02:00", ""),
    ],
)
def test_the_hour_that_comes_twice(typed, after, utc, note):
    """In autumn the first is meant unless the entry before is past it; a zone says it exactly."""
    before = after and datetime.fromisoformat(f"2024-10-27T{after}:00+00:00")
    reading = read_time(typed, Frame(LATER, BERLIN, before or None, AUTUMN))
    assert (f"{reading.at.astimezone(UTC):%H:%M}", reading.note) == (utc, note)


@pytest.mark.parametrize("typed", ["02:30", "31 Mar 02:30", "02:30-04:00", "02:00"])
def test_the_hour_that_does_not_exist(typed):
    """In spring a time that the clocks skip is refused with its neighbours."""
    frame = Frame(LATER, BERLIN, day=date(2024, 3, 31))
    with pytest.raises(TimeError, match="does not exist") as refused:
        read_time(typed, frame)
    assert "write 01:" in refused.value.remedy
    with pytest.raises(TimeError, match="does not exist"):
        split_time(f"{typed} foo", frame)


def test_a_range_over_the_change_has_its_elapsed_length():
    """From 01:30 to 03:30 over the spring change is one hour."""
    reading = read_time("01:30-03:30", Frame(LATER, BERLIN, day=date(2024, 3, 31)))
    assert reading.until - reading.at == timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "after", "wanted"),
    [
        *[("14:05", None, "01 14:05"), ("00:10", "01 23:50", "02 00:10")],
        *[("23:50", "02 00:10", "01 23:50"), ("23:50", "01 00:10", "01 23:50")],
        *[("day 3 05:00", None, "03 05:00"), ("+5m", "01 14:05", "01 14:10")],
        *[("now", None, "01 16:45"), ("-5m", "01 16:00", "01 16:40"), ("24:00", None, "02 00:00")],
        *[("14:05 CEST", None, "01 14:05"), ("14:05 CET", None, "01 14:05")],
        ("00:30 EAT", None, "01 22:30"),
    ],
)
def test_an_incident_without_a_date(typed, after, wanted):
    """Its times lie on 2000-01-01 and after, and follow each other over midnight."""

    def moment(text):
        return localise(datetime.strptime(f"2000-01-{text}", "%Y-%m-%d %H:%M"), BERLIN)

    frame = Frame(NOW, BERLIN, moment(after) if after else None, date(2024, 5, 22), undated=True)
    assert read_time(typed, frame).at == moment(wanted)


@pytest.mark.parametrize(
    "typed", ["2024-05-22 14:05", "22 May 14:05", "mon 14:05", "yesterday 14:05", "@1716386700"]
)
def test_an_incident_without_a_date_refuses_dates(typed):
    """A date where the incident has none is refused, with what to do first."""
    with pytest.raises(TimeError, match="no date") as refused:
        read_time(typed, Frame(NOW, BERLIN, undated=True))
    assert "set its date first" in refused.value.remedy


@pytest.mark.parametrize(
    ("typed", "day", "year"),
    [
        *[("20 May 14:05", None, 2024), ("23 May 14:05", None, 2023), ("31 Dec 14:05", None, 2023)],
        *[("2 Jan 14:05", date(2022, 12, 31), 2023), ("20 May 14:05", date(2021, 5, 20), 2021)],
        *[("29 Feb 14:05", None, 2024), ("29 Feb 14:05", date(2023, 1, 1), 2024)],
    ],
)
def test_a_date_without_a_year(typed, day, year):
    """It is the one nearest to the incident's day, else the latest one that is not to come."""
    assert read_time(typed, Frame(NOW, "UTC", day=day)).at.year == year
