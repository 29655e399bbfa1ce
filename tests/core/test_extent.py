"""What is told of the incident, and the day of a time that is typed into it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem, Times
from pmtui.core.extent import all_times, began, extent, incident_day
from pmtui.core.lines.entries import describe_retime, frame_at, frame_for, retime
from pmtui.core.times import read_time
from tests.strategies import documents

LONG_AFTER = datetime(2024, 6, 20, 10, tzinfo=UTC)


def at(text: str) -> datetime:
    """The moment in 2024 that "22 May 14:05" says, in UTC."""
    return datetime.strptime(f"2024 {text}", "%Y %d %b %H:%M").replace(tzinfo=UTC)


def incident(*events: str, **fields: object) -> Postmortem:
    """A document with events like "22 May 14:05 started"."""
    entries = []
    for number, event in enumerate(events):
        when, _, kind = event[:12], event[11:12], event[13:]
        entries.append(Entry(id=f"e{number}", at=at(when), kind=kind or "note", text="x"))
    return Postmortem(timezone="UTC", timeline=tuple(entries), **fields)


MEETING = "12 Jun 10:00"
DAY = ("22 May 14:00", "22 May 14:40", "22 May 16:00")
DAYS = ("20 May 10:00", "21 May 09:00", "22 May 08:00")
NIGHT = ("22 May 20:00", "22 May 23:50", "23 May 01:00")


@pytest.mark.parametrize(
    ("document", "begin", "end"),
    [
        (incident(*DAY), "22 May 14:00", "22 May 16:00"),
        (incident(*DAY, MEETING), "22 May 14:00", "22 May 16:00"),
        (incident("08 May 10:00", *DAY), "22 May 14:00", "22 May 16:00"),
        (incident("22 May 09:00", "22 May 14:00 started", *DAY[1:]), "22 May 14:00", DAY[2]),
        (incident(*DAY, times=Times(started=at("22 May 13:30"))), "22 May 13:30", DAY[2]),
        (incident(*DAY, "22 May 17:00 resolved", "23 May 09:00"), DAY[0], "22 May 17:00"),
        (incident("08 May 10:00", "22 May 14:00 detected"), "22 May 14:00", "22 May 14:00"),
        (incident(times=Times(started=at(DAY[0]), resolved=at(DAY[2]))), DAY[0], DAY[2]),
        (incident("22 May 14:00 resolved", "22 May 15:00 started"), "22 May 15:00", "22 May 15:00"),
    ],
)
def test_the_incident_reaches_from_its_start_to_its_end(
    document: Postmortem, begin: str, end: str
) -> None:
    """What lies days apart, or after the end, is no part of it."""
    found = extent(document)
    assert found is not None
    assert (found.begin, found.end) == (at(begin), at(end))
    assert began(document) == at(begin)


def test_without_a_time_nothing_is_known() -> None:
    assert extent(Postmortem()) is None
    assert incident_day(Postmortem()) is None
    assert incident_day(incident(*DAY).revise(undated=True)) is None


@given(documents())
def test_every_extent_has_an_end_after_its_beginning(document: Postmortem) -> None:
    """Whatever times a document mixes, there is an answer, and it is one of them."""
    found = extent(document)
    assert (found is None) == (began(document) is None)
    if found:
        assert {found.begin, found.end} <= set(all_times(document))
        assert found.last is None or found.last in document.timeline


@pytest.mark.parametrize(
    ("document", "typed", "wanted", "note"),
    [
        (incident(*DAY, MEETING), "14:05", "22 May 14:05", ""),
        (incident(*DAY, MEETING), "06:00", "22 May 06:00", ""),
        (incident(*DAY, MEETING), "+5m", "22 May 16:05", ""),
        (incident("08 May 10:00", *DAY), "13:30", "22 May 13:30", ""),
        (incident(*NIGHT), "20:30", "22 May 20:30", "the day before"),
        (incident(*NIGHT), "00:10", "23 May 00:10", ""),
        (incident(*NIGHT), "03:00", "23 May 03:00", ""),
        (incident(*NIGHT), "18:00", "22 May 18:00", "the day before"),
        (incident("22 May 23:50"), "00:10", "23 May 00:10", "next day"),
        (incident(times=Times(started=at("22 May 23:50"))), "00:05", "23 May 00:05", "next day"),
        (incident(*DAYS), "15:00", "21 May 15:00", "the day before"),
    ],
)
def test_a_bare_time_stays_within_the_incident(
    document: Postmortem, typed: str, wanted: str, note: str
) -> None:
    """Neither a meeting weeks later nor the other side of midnight pulls it away."""
    reading = read_time(typed, frame_for(document, LONG_AFTER))
    assert (reading.at, reading.note) == (at(wanted), note)


def test_what_follows_an_event_goes_on_from_it() -> None:
    """Events typed one after the other run on over midnight, whatever was told before."""
    document = incident(*NIGHT)
    follows = frame_for(document, LONG_AFTER, follows="e2")
    assert read_time("20:30", follows).at == at("23 May 20:30")
    assert read_time("+5m", follows).at == at("23 May 01:05")


@pytest.mark.parametrize(
    ("own", "typed", "wanted", "shown"),
    [
        ("22 May 14:05", "06:00", "22 May 06:00", "→ Wed 22 May 2024 06:00"),
        ("22 May 14:05", "14:20", "22 May 14:20", "→ Wed 22 May 2024 14:20"),
        ("23 May 00:10", "23:50", "22 May 23:50", "→ Wed 22 May 2024 23:50 · the day before"),
        ("22 May 23:00", "02:00", "23 May 02:00", "→ Thu 23 May 2024 02:00 · next day"),
        (
            "22 May 14:05",
            "20 May 14:05",
            "20 May 14:05",
            "→ Mon 20 May 2024 14:05 · 2 days earlier",
        ),
    ],
)
def test_a_new_time_for_an_event_stays_near_its_old_one(
    own: str, typed: str, wanted: str, shown: str
) -> None:
    """And where the day changes, that is said before Enter."""
    document = incident(own)
    entry = document.timeline[0]
    change = retime(document, entry, (), typed, LONG_AFTER)
    assert change(document).timeline[0].at == at(wanted)
    assert describe_retime(document, change, entry, 1) == shown


@given(st.integers(-700, 700), st.integers(0, 23), st.integers(0, 59))
def test_a_new_time_is_never_more_than_half_a_day_away(shift: int, hour: int, minute: int) -> None:
    """A clock time names two moments around the old one; the nearer is meant."""
    entry = Entry(id="e", at=at("22 May 12:00") + timedelta(minutes=shift), text="x")
    document = Postmortem(timezone="UTC", timeline=(entry,))
    frame = frame_at(document, LONG_AFTER, entry)
    found = read_time(f"{hour:02}:{minute:02}", frame).at
    assert entry.at is not None
    assert abs(found - entry.at) <= timedelta(hours=12)


def test_the_day_is_that_on_which_it_began() -> None:
    """A change made weeks before does not date the incident."""
    assert incident_day(incident("08 May 10:00", *DAY)) == date(2024, 5, 22)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=12),
    st.none() | st.integers(0, 400),
)
def test_it_began_with_the_stretch_that_has_the_most_milestones_then_the_most_events(
    events: list[tuple[int, bool]], resolved: int | None
) -> None:
    """The hours of the events and of a stated end are parted where a day passes without one."""
    zero = at("01 May 00:00")
    told = sorted(events)
    document = Postmortem(
        timezone="UTC",
        times=Times() if resolved is None else Times(resolved=zero + timedelta(hours=resolved)),
        timeline=tuple(
            Entry(
                id=f"e{n}",
                at=zero + timedelta(hours=hour),
                kind="mitigated" if milestone else "note",
                text="x",
            )
            for n, (hour, milestone) in enumerate(told)
        ),
    )
    hours = sorted([*told, *([] if resolved is None else [(resolved, True)])])
    stretches: list[list[tuple[int, bool]]] = []
    for each in hours:
        if not stretches or each[0] - stretches[-1][-1][0] > 24:
            stretches.append([])
        stretches[-1].append(each)
    best = max(stretches, key=lambda s: (sum(told for _, told in s), len(s)), default=None)
    assert began(document) == (None if best is None else zero + timedelta(hours=best[0][0]))
