"""Every duration, measured over changes of the clocks, midnight, estimates and contradictions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pmtui.core.document import Entry, Kind, Postmortem, Times
from pmtui.core.timing import DURATIONS, STATED, Duration, durations, phases

BERLIN, LONDON, NEW_YORK, KOLKATA = (
    ZoneInfo(f"{name}")
    for name in ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")
)


def moment(text: str, zone: ZoneInfo | None, *, again: bool = False) -> datetime:
    """A time by the clocks of `zone`; `again` is the second of a repeated hour."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=int(again))


def measured(name: str, document: Postmortem) -> Duration | None:
    return {each.name: each for each in durations(document)}.get(name)


def pair(name: str) -> tuple[Kind, Kind]:
    """The two milestones of a duration."""
    if name == "undetected":
        return "started", "mitigated"
    return next((begin, end) for known, begin, end in DURATIONS if known == name)  # type: ignore[return-value]


NAMES = [*(name for name, *_ in DURATIONS), "undetected"]
CASES = [
    ("within a day", moment("2024-05-22T14:00", BERLIN), moment("2024-05-22T14:45", BERLIN), 45),
    ("over midnight", moment("2024-05-22T23:50", BERLIN), moment("2024-05-23T00:20", BERLIN), 30),
    ("over new year", moment("2024-12-31T23:59", KOLKATA), moment("2025-01-01T00:01", KOLKATA), 2),
    ("a leap day", moment("2024-02-28T12:00", LONDON), moment("2024-03-01T12:00", LONDON), 2880),
    (
        "the missing hour",
        moment("2024-03-31T01:30", BERLIN),
        moment("2024-03-31T03:30", BERLIN),
        60,
    ),
    (
        "50 minutes of wall clock, 110 of life",
        moment("2024-10-27T01:30", BERLIN),
        moment("2024-10-27T02:20", BERLIN, again=True),
        110,
    ),
    (
        "backwards by the clock",
        moment("2024-10-27T01:30", LONDON),
        moment("2024-10-27T01:20", LONDON, again=True),
        50,
    ),
    (
        "into the second of the repeated hours",
        moment("2024-11-03T00:59", NEW_YORK),
        moment("2024-11-03T01:30", NEW_YORK, again=True),
        91,
    ),
    (
        "into the first of the repeated hours",
        moment("2024-11-03T00:59", NEW_YORK),
        moment("2024-11-03T01:30", NEW_YORK),
        31,
    ),
    ("two zones", moment("2024-05-22T14:00", BERLIN), moment("2024-05-22T13:30", LONDON), 30),
    (
        "nobody knows the zone",
        moment("2024-05-22T23:50", None),
        moment("2024-05-23T00:05", None),
        15,
    ),
    (
        "nobody knows the day",
        moment("2000-01-01T23:50", None),
        moment("2000-01-02T00:05", None),
        15,
    ),
    ("at once", moment("2024-05-22T14:00", BERLIN), moment("2024-05-22T14:00", BERLIN), 0),
    ("contradictory", moment("2024-05-22T14:00", BERLIN), moment("2024-05-22T13:59", BERLIN), None),
    (
        "not to be compared",
        moment("2024-05-22T14:00", None),
        moment("2024-05-22T14:30", BERLIN),
        None,
    ),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("_told", "begin", "end", "minutes"), CASES, ids=[case[0] for case in CASES]
)
def test_a_duration_is_the_time_that_passed(
    name: str, _told: str, begin: datetime, end: datetime, minutes: int | None
) -> None:
    first, last = pair(name)
    document = Postmortem(
        undated=begin.year == 2000,
        timeline=(Entry(id="a", kind=first, at=begin), Entry(id="b", kind=last, at=end)),
    )
    found = measured(name, document)
    if minutes is None:
        assert found is None
        return
    assert found is not None
    assert found.length == timedelta(minutes=minutes)
    assert (found.begin.source, found.end.source) == ("a", "b")
    assert not found.about


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("first_about", "last_about"), [(True, False), (False, True)])
def test_one_estimate_makes_an_estimate(name: str, first_about: bool, last_about: bool) -> None:
    first, last = pair(name)
    begin, end = CASES[0][1], CASES[0][2]
    document = Postmortem(
        timeline=(
            Entry(id="a", kind=first, at=begin, about=first_about),
            Entry(id="b", kind=last, at=end, about=last_about),
        )
    )
    found = measured(name, document)
    assert found
    assert found.about
    assert all(phase.about for phase in phases(document))


@pytest.mark.parametrize("name", NAMES)
def test_without_one_of_its_milestones_there_is_no_duration(name: str) -> None:
    begin, end = CASES[0][1], CASES[0][2]
    for kind, at in zip(pair(name), (begin, end), strict=True):
        alone = (Entry(id="a", kind=kind, at=at),)
        assert measured(name, Postmortem(timeline=alone)) is None
        untimed = (*alone, Entry(id="b", kind=next(k for k in pair(name) if k != kind)))
        assert measured(name, Postmortem(timeline=untimed)) is None


@pytest.mark.parametrize("name", [name for name in NAMES if pair(name)[1] in Times.FIELDS])
def test_what_is_stated_stands_in_where_the_timeline_is_silent(name: str) -> None:
    first, last = pair(name)
    begin, end = CASES[0][1], CASES[0][2]
    both = Times(**{first: begin, last: end})
    found = measured(name, Postmortem(times=both))
    assert found
    assert (found.begin.source, found.end.source) == (STATED, STATED)
    later = Entry(id="a", kind=last, at=end + timedelta(hours=1))
    mixed = measured(name, Postmortem(times=both, timeline=(later,)))
    assert mixed
    assert (mixed.begin.source, mixed.end.source) == (STATED, "a")
    assert mixed.length == timedelta(minutes=105)


def test_nobody_is_said_to_know_of_nothing_once_a_detection_is_recorded() -> None:
    begin, end = CASES[0][1], CASES[0][2]
    kinds: tuple[Kind, ...] = ("started", "detected", "mitigated")
    document = Postmortem(
        timeline=tuple(
            Entry(id=kind, kind=kind, at=at)
            for kind, at in zip(kinds, (begin, begin, end), strict=True)
        )
    )
    assert measured("undetected", document) is None
