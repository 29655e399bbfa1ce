"""Durations and phases tell only what the milestones say, and name where they have it from."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from pmtui.core.document import Entry, Kind, Postmortem, Times
from pmtui.core.timing import (
    FIRST,
    STATED,
    derived,
    durations,
    elapsed_since,
    marks,
    offset,
    origin,
    phases,
    stated,
)
from tests.strategies import documents


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 22, hour, minute, tzinfo=UTC)


def incident(*events: tuple[Kind, datetime | None], times: Times | None = None) -> Postmortem:
    entries = tuple(
        Entry(id=f"e{number}", kind=kind, at=when) for number, (kind, when) in enumerate(events)
    )
    return Postmortem(timeline=entries, times=times or Times())


WHOLE = incident(
    ("started", at(14)),
    ("detected", at(14, 5)),
    ("acknowledged", at(14, 7)),
    ("diagnosed", at(14, 45)),
    ("mitigated", at(15, 30)),
    ("resolved", at(16)),
)


@settings(deadline=None)
@given(documents())
def test_no_document_has_a_negative_length_or_one_from_times_that_do_not_compare(
    document: Postmortem,
) -> None:
    for span in (*phases(document), *durations(document)):
        assert span.length >= timedelta()
        assert span.length == elapsed_since(span.begin.at, span.end.at)
        for mark in (span.begin, span.end):
            assert marks(document)[mark.milestone] == mark
            assert mark.source == STATED or mark.source in {e.id for e in document.timeline}


@settings(deadline=None)
@given(documents(aware=True))
def test_phases_follow_one_another_without_a_gap(document: Postmortem) -> None:
    bar = phases(document)
    assert all(left.end == right.begin for left, right in pairwise(bar))


@settings(deadline=None)
@given(documents(aware=True))
def test_no_entry_of_a_kind_is_before_its_mark(document: Postmortem) -> None:
    found = derived(document)
    for entry in document.timeline:
        if entry.at is not None and entry.kind in found:
            assert (elapsed_since(found[entry.kind].at, entry.at) or timedelta()) >= timedelta()


@pytest.mark.parametrize(
    ("name", "begin", "end", "minutes"),
    [
        ("time to detect", "started", "detected", 5),
        ("time to acknowledge", "detected", "acknowledged", 2),
        ("time to diagnose", "detected", "diagnosed", 40),
        ("time to mitigate", "detected", "mitigated", 85),
        ("time to resolve", "detected", "resolved", 115),
        ("total impact", "started", "resolved", 120),
    ],
)
def test_each_duration_names_its_two_marks(name: str, begin: str, end: str, minutes: int) -> None:
    found = {duration.name: duration for duration in durations(WHOLE)}[name]
    assert (found.begin.milestone, found.end.milestone) == (begin, end)
    assert found.length == timedelta(minutes=minutes)


def test_phases_are_named_by_what_they_led_to() -> None:
    assert [(phase.name, phase.length.seconds // 60) for phase in phases(WHOLE)] == [
        ("detect", 5),
        ("diagnose", 40),
        ("mitigate", 45),
        ("resolve", 30),
    ]


def test_an_incident_mitigated_before_it_was_understood_keeps_all_its_phases() -> None:
    document = incident(
        ("detected", at(14)),
        ("mitigated", at(14, 10)),
        ("diagnosed", at(15)),
        ("resolved", at(16)),
    )
    assert [phase.name for phase in phases(document)] == ["mitigate", "diagnose", "resolve"]


def test_a_milestone_outside_the_incident_is_no_border() -> None:
    document = incident(("detected", at(13)), ("started", at(14)), ("resolved", at(15)))
    assert [phase.name for phase in phases(document)] == ["resolve"]


def test_a_milestone_that_contradicts_another_gives_no_duration() -> None:
    document = incident(("resolved", at(13)), ("started", at(14)))
    assert durations(document) == ()


def test_the_earliest_entry_of_a_kind_counts() -> None:
    document = incident(("detected", at(15)), ("detected", at(14)), ("detected", None))
    assert derived(document)["detected"].at == at(14)


def test_what_the_timeline_says_goes_before_what_was_stated_and_both_stay_apart() -> None:
    times = Times(started=at(13), detected=at(13, 30))
    document = incident(("detected", at(14)), times=times)
    assert (stated(document)["detected"].source, derived(document)["detected"].source) == (
        STATED,
        "e0",
    )
    assert [(name, mark.source) for name, mark in marks(document).items()] == [
        ("started", STATED),
        ("detected", "e0"),
    ]


def test_times_with_and_without_a_zone_give_nothing() -> None:
    document = incident(("started", datetime(2024, 5, 22, 14)), ("resolved", at(16)))
    assert durations(document) == ()
    assert phases(document) == ()
    assert elapsed_since(datetime(2024, 5, 22), at(0)) is None


def test_lengths_are_elapsed_time_where_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2024, 3, 31, 1, 30, tzinfo=berlin)
    after = datetime(2024, 3, 31, 3, 30, tzinfo=berlin)
    assert elapsed_since(before, after) == timedelta(hours=1)


def test_the_ends_of_the_calendar_do_not_overflow() -> None:
    east = timezone(timedelta(hours=14))
    first = datetime.min.replace(tzinfo=east)
    last = datetime.max.replace(tzinfo=timezone(-timedelta(hours=12)))
    assert elapsed_since(first, last) == datetime.max - datetime.min + timedelta(hours=26)


def test_an_estimated_mark_makes_an_estimated_duration() -> None:
    document = Postmortem(
        timeline=(
            Entry(id="a", kind="started", at=at(14), about=True),
            Entry(id="b", kind="resolved", at=at(15)),
        )
    )
    assert [duration.about for duration in durations(document)] == [True]


def test_t_plus_counts_from_the_start_else_from_the_first_entry_and_says_which() -> None:
    begun = origin(WHOLE)
    assert begun is not None
    assert (begun.milestone, begun.source) == ("started", "e0")
    loose = incident(("note", None), ("note", at(14, 10)), ("detected", at(14)))
    first = origin(loose)
    assert first is not None
    assert (first.milestone, first.source) == (FIRST, "e2")
    assert "started" not in marks(loose)
    assert [offset(loose, entry) for entry in loose.timeline] == [
        None,
        timedelta(minutes=10),
        timedelta(),
    ]


def test_a_document_without_times_has_no_origin() -> None:
    document = incident(("note", None))
    assert origin(document) is None
    assert offset(document, document.timeline[0]) is None
