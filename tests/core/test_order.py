"""The laws of the timeline's order."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry
from pmtui.core.order import insertion_index, instant, sort_timeline
from tests import strategies

ZONES = st.sampled_from(["", "UTC", "+02:00", "Europe/Berlin", "EAT", "Nowhere/Land", "+99:99"])
DAY = datetime(2024, 5, 22)


def entry(name: str, clock: str = "", offset: int | None = None) -> Entry:
    """An entry called `name` at `14:05`, without a time where there is no clock."""
    if not clock:
        return Entry(id=name)
    zone = None if offset is None else timezone(timedelta(hours=offset))
    hour, minute = map(int, clock.split(":"))
    return Entry(id=name, at=DAY.replace(hour=hour, minute=minute, tzinfo=zone))


def names(entries: Sequence[Entry]) -> str:
    """The ids in one word."""
    return "".join(item.id for item in entries)


@given(strategies.timelines(), ZONES)
def test_sorting_keeps_every_entry_and_what_is_sorted_is_the_same_tuple(
    entries: tuple[Entry, ...], zone: str
) -> None:
    ordered = sort_timeline(entries, zone)
    assert sorted(map(id, ordered)) == sorted(map(id, entries))
    assert sort_timeline(ordered, zone) is ordered


@given(strategies.timelines(), ZONES)
def test_an_entry_without_a_time_stays_behind_the_one_that_it_follows(
    entries: tuple[Entry, ...], zone: str
) -> None:
    ordered = sort_timeline(entries, zone)

    def leader(sequence: tuple[Entry, ...], item: Entry) -> Entry | None:
        before = sequence[: [other.id for other in sequence].index(item.id)]
        return before[-1] if before else None

    for item in entries:
        if item.at is None:
            assert leader(ordered, item) is leader(entries, item)


@given(strategies.timelines(), ZONES)
def test_equal_times_keep_their_order(entries: tuple[Entry, ...], zone: str) -> None:
    same = tuple(item.revise(at=DAY.replace(tzinfo=UTC)) for item in entries)
    assert sort_timeline(same, zone) is same


@given(strategies.timelines(aware=True))
def test_times_with_an_offset_are_in_the_order_in_which_they_happened(
    entries: tuple[Entry, ...],
) -> None:
    moments = [item.at for item in sort_timeline(entries) if item.at is not None]
    assert moments == sorted(moments)


@given(strategies.timelines(), strategies.entries(), ZONES)
def test_an_entry_inserted_at_its_index_leaves_the_order_as_sorting_makes_it(
    entries: tuple[Entry, ...], new: Entry, zone: str
) -> None:
    new = new.revise(id="the-new-entry", at=new.at or DAY)
    assert new.at is not None
    everything = (*entries, Entry(id="aware", at=DAY.replace(tzinfo=UTC)), Entry(id="l", at=DAY))
    ordered = sort_timeline(everything, zone)
    place = insertion_index(ordered, new.at, zone)
    inserted = (*ordered[:place], new, *ordered[place:])
    assert sort_timeline(inserted, zone) is inserted
    assert sort_timeline((*ordered, new), zone) == inserted


@given(strategies.moments(), ZONES)
def test_the_instant_of_any_time_in_any_zone_is_in_utc(at: datetime, zone: str) -> None:
    assert instant(at, zone).tzinfo is UTC


@pytest.mark.parametrize("at", [datetime.min, datetime.max])
@pytest.mark.parametrize("hours", [-12, 14])
def test_times_at_the_ends_of_the_calendar_have_an_instant(at: datetime, hours: int) -> None:
    there = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert instant(there).year in (1, 9999)
    assert instant(at, f"{hours:+03}:00").year in (1, 9999)


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        (datetime(2024, 5, 22, 14), "Europe/Berlin", datetime(2024, 5, 22, 12)),
        (datetime(2024, 5, 22, 14), "+02:00", datetime(2024, 5, 22, 12)),
        (datetime(2024, 5, 22, 14), "", datetime(2024, 5, 22, 14)),
        (datetime(2024, 5, 22, 14), "Nowhere/Land", datetime(2024, 5, 22, 14)),
        (datetime(2024, 5, 22, 14, tzinfo=UTC), "Europe/Berlin", datetime(2024, 5, 22, 14)),
        # 02:30 does not exist on the first of these days and exists twice on the second.
        (datetime(2024, 3, 31, 2, 30), "Europe/Berlin", datetime(2024, 3, 31, 1, 30)),
        (datetime(2024, 10, 27, 2, 30), "Europe/Berlin", datetime(2024, 10, 27, 0, 30)),
    ],
)
def test_a_local_time_is_taken_in_the_zone_of_the_document(
    at: datetime, zone: str, expected: datetime
) -> None:
    assert instant(at, zone) == expected.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("entries", "zone", "expected"),
    [
        ((), "", ""),
        ((entry("a"), entry("b")), "", "ab"),
        ((entry("a", "15:00"), entry("b", "14:00")), "", "ba"),
        ((entry("x"), entry("a", "15:00"), entry("y"), entry("b", "14:00")), "", "xbay"),
        # 14:00+02:00 is 12:00 UTC and thus the earlier one.
        ((entry("a", "13:00", 0), entry("b", "14:00", 2)), "", "ba"),
        # A local time among others: in the document's zone, else all by the wall clock.
        ((entry("a", "13:00", 0), entry("b", "14:00")), "+02:00", "ba"),
        ((entry("a", "15:00", 2), entry("b", "14:00")), "", "ba"),
        ((entry("a", "13:00", 2), entry("b", "14:00")), "", "ab"),
        ((entry("a", "14:00", 2), entry("b", "13:00", 0), entry("c", "12:00")), "", "cba"),
    ],
)
def test_entries_are_in_the_order_in_which_they_happened(
    entries: tuple[Entry, ...], zone: str, expected: str
) -> None:
    assert names(sort_timeline(entries, zone)) == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("13:00", 1), ("14:00", 3), ("14:30", 3), ("15:00", 5), ("16:00", 6), ("17:00", 6)],
)
def test_a_new_event_comes_after_its_equals_and_what_follows_them(
    clock: str, expected: int
) -> None:
    entries = (
        entry("x"),
        entry("a", "14:00"),
        entry("y"),
        entry("b", "15:00"),
        entry("c", "15:00"),
        entry("d", "16:00"),
    )
    at = entry("new", clock).at
    assert at is not None
    assert insertion_index(entries, at) == expected
    assert insertion_index((), at) == 0


def test_a_list_in_order_comes_back_as_a_tuple() -> None:
    assert sort_timeline([entry("a", "14:00"), entry("b", "15:00")]) == (
        entry("a", "14:00"),
        entry("b", "15:00"),
    )
