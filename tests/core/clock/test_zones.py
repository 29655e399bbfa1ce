"""Zones as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.clock.zones import (
    canonical_zone,
    in_zone,
    is_repeated,
    localise,
    zone_label,
    zone_names,
    zone_of,
)
from pmtui.errors import TimeError

PLACES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"),
    *("Africa/Nairobi", "America/St_Johns", "UTC"),
)
SUMMER, WINTER = datetime(2024, 7, 1, 12), datetime(2024, 1, 1, 12)
walls = st.datetimes(datetime(1980, 1, 1), datetime(2099, 1, 1))


@given(walls, st.sampled_from(PLACES), st.integers(0, 1))
def test_a_localised_time_shows_the_same_clock_in_its_zone(wall, zone, fold):
    """What localise makes is the wall time again when looked at in the zone, or is refused."""
    try:
        at = localise(wall.replace(fold=fold), zone)
    except TimeError:
        there_and_back = wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)
        assert there_and_back.astimezone(zone_of(zone)).replace(tzinfo=None) != wall
    else:
        assert at.replace(tzinfo=None) == wall
        assert type(at.tzinfo) is timezone
        assert at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
        assert in_zone(at, zone).isoformat() == at.isoformat()


@given(walls, st.sampled_from(PLACES))
def test_in_zone_keeps_the_instant(wall, zone):
    """Another zone is another clock, never another instant."""
    at = wall.replace(tzinfo=UTC)
    assert in_zone(at, zone) == at
    assert type(in_zone(at, zone).tzinfo) is timezone


@given(st.integers(-12 * 60, 14 * 60))
def test_every_offset_reads_with_the_sign_that_people_mean(minutes):
    """UTC+2 and GMT+2 are ahead of Greenwich, in every spelling."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    for prefix in ("", "UTC", "GMT", "utc", "UTC "):
        for text in (f"{hours:02}:{rest:02}", f"{hours:02}{rest:02}"):
            offset = zone_of(f"{prefix}{sign}{text}").utcoffset(None)
            assert offset == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        *[("+2", 2), ("UTC+2", 2), ("GMT+2", 2), ("gmt + 2", 2), ("-5", -5), ("UTC−5", -5)],
        *[("UTC–5", -5), ("GMT-05:30", -5.5), ("Z", 0), ("z", 0), ("utc", 0), ("UTC+0", 0)],
        *[("PST", -8), ("pst", -8), ("PDT", -7), ("EST", -5), ("CET", 1), ("CEST", 2)],
        *[("EAT", 3), ("WAT", 1), ("CAT", 2), ("SAST", 2), ("NPT", 5.75), ("NST", -3.5)],
        *[("EEST", 3), ("EEDT", 3), ("WEST", 1), ("WEDT", 1)],
        *[("JST", 9), ("AEDT", 11), ("NZDT", 13), ("HST", -10), ("MSK", 3), (" EAT ", 3)],
    ],
)
def test_offsets_and_abbreviations(name, hours):
    """An abbreviation is a fixed offset, in any case."""
    assert zone_of(name).utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("name", "on", "stored"),
    [
        ("africa/nairobi", None, "Africa/Nairobi"),
        ("EUROPE/BERLIN", None, "Europe/Berlin"),
        ("america/port-au-prince", None, "America/Port-au-Prince"),
        ("utc", None, "UTC"),
        ("Zulu", None, "UTC"),
        ("gmt", None, "GMT"),
        ("UTC+0", None, "UTC"),
        ("GMT+2", None, "+02:00"),
        ("utc-5:30", None, "-05:30"),
        ("EAT", None, "Africa/Nairobi"),
        ("WAT", None, "Africa/Lagos"),
        ("PT", None, "America/Los_Angeles"),
        ("PST", WINTER.date(), "America/Los_Angeles"),
        ("PST", SUMMER.date(), "-08:00"),
        ("PST", None, "-08:00"),
        ("CEST", SUMMER.date(), "Europe/Berlin"),
        ("CEST", WINTER.date(), "+02:00"),
        ("EDT", SUMMER.date(), "America/New_York"),
        ("CET", date(2024, 3, 31), "+01:00"),
        ("Etc/GMT+2", None, "Etc/GMT+2"),
    ],
)
def test_canonical(name, on, stored):
    """A document stores a region where stated clock times keep their meaning, else the offset."""
    assert canonical_zone(name, on) == stored
    assert canonical_zone(stored, on) == stored


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        *[("IST", "India"), ("ist", "Ireland"), ("CST", "China"), ("BST", "British")],
        *[
            ("CEDT", "Central Europe"),
            ("AST", "Arabia"),
            ("SST", "Singapore"),
            ("ECT", "Ecuador"),
            ("AMT", "Armenia"),
        ],
        *[("Mars", "not a time zone"), ("", "empty"), ("Europe/Atlantis", "not a time zone")],
        *[("+15", "-12:00 to +14:00"), ("UTC-13", "-12:00"), ("+02:75", "offset")],
        *[("../etc/passwd", "not a time zone"), ("a" * 300, "not a time zone"), ("+2:0", "zone")],
    ],
)
def test_refused(name, reason):
    """Unknown and ambiguous names are refused with the reason and what to write."""
    with pytest.raises(TimeError, match=reason.replace("+", r"\+")) as refused:
        canonical_zone(name)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("name", "at", "label"),
    [
        *[("UTC", SUMMER, "UTC"), ("gmt", None, "GMT"), ("", SUMMER, ""), ("PST", SUMMER, "PST")],
        *[("Europe/Berlin", SUMMER, "CEST"), ("Europe/Berlin", WINTER, "CET")],
        *[("Europe/Berlin", None, "Europe/Berlin"), ("Africa/Nairobi", None, "EAT")],
        *[("+02:00", None, "UTC+2"), ("+05:30", SUMMER, "UTC+5:30"), ("-03:30", None, "UTC-3:30")],
        *[("Asia/Kathmandu", SUMMER, "UTC+5:45"), ("Asia/Kathmandu", None, "UTC+5:45")],
        *[("Etc/GMT+2", SUMMER, "UTC-2"), ("+00:00", None, "UTC")],
        ("Europe/Berlin", datetime(2024, 6, 30, 23, tzinfo=UTC), "CEST"),
    ],
)
def test_labels(name, at, label):
    """A reader is shown the abbreviation of that season, or the offset where there is none."""
    assert zone_label(name, at) == label


def test_a_skipped_time_is_refused_with_both_neighbours():
    """The hour that does not exist in spring is refused with the two times that may be meant."""
    with pytest.raises(TimeError) as refused:
        localise(datetime(2024, 3, 31, 2, 30), "Europe/Berlin")
    assert "02:30 does not exist on 2024-03-31" in refused.value.what
    assert refused.value.remedy == "write 01:30 or 03:30"


def test_a_repeated_time_follows_fold():
    """Of the hour that comes twice in autumn, the first unless fold says the second."""
    wall = datetime(2024, 10, 27, 2, 30)
    assert is_repeated(wall, "Europe/Berlin")
    assert not is_repeated(wall.replace(hour=4), "Europe/Berlin")
    first, second = (localise(wall.replace(fold=f), "Europe/Berlin") for f in (0, 1))
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize("zone", ["", "Africa/Nairobi"])
def test_a_naive_time_stays_naive(zone):
    """Nothing is invented for a time whose zone nobody knows."""
    assert in_zone(SUMMER, zone) == SUMMER


def test_the_ends_of_the_calendar_do_not_crash():
    """A year that a hand-edited file may hold is shown as it is."""
    for at in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert in_zone(at, "Asia/Tokyo").year in (1, 9999)
        assert in_zone(at, "America/New_York").year in (1, 9999)


def test_names_for_completion_are_zones_that_can_be_stored():
    """Every name that completion offers is one that a document stores unchanged."""
    names = zone_names()
    assert {"UTC", "GMT", "Europe/Berlin", "Africa/Nairobi"} <= set(names)
    assert all(canonical_zone(name) == name for name in names)
