"""Durations as a table of cases, and where a document tells its times twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.core import accounts
from pmtui.core.accounts import (
    contradictions,
    gap_length,
    gaps,
    stated_length,
    stated_window,
    timeline_window,
    twice,
)
from pmtui.core.document import Entry, Impact, Kind, Postmortem, Times
from pmtui.core.moments import moments
from pmtui.core.order import sort_timeline
from pmtui.core.times import Frame, read_time
from pmtui.core.timing import durations, elapsed_since, origin
from tests.strategies import documents

NOW = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """An incident as it is typed, and the minutes of what is measured; None for nothing.

    `events` are `kind time` in the order typed; the day is that of the autumn change in Europe.
    """

    name: str
    events: tuple[str, ...]
    measure: str
    minutes: int | None
    zone: str = "UTC"
    day: str = "2024-10-27"
    about: bool = False


def typed(case: Case) -> Postmortem:
    """The document that these lines make, each time read as it is when typed."""
    entries: list[Entry] = []
    day = datetime.fromisoformat(case.day).date()
    for number, line in enumerate(case.events):
        kind, _, text = line.partition(" ")
        if text == "--":
            entries.append(Entry(id=f"e{number}", kind=kind))
            continue
        after = entries[-1].at if entries else None
        undated = case.day == "2000-01-01"
        frame = Frame(NOW, case.zone, after, None if undated else day, undated)
        reading = read_time(text, frame)
        at, about = reading.at, reading.about
        entries.append(Entry(id=f"e{number}", kind=kind, at=at, about=about))
    return Postmortem(timezone=case.zone, timeline=tuple(entries), undated=case.day == "2000-01-01")


BERLIN, LONDON, NEW_YORK = "Europe/Berlin", "Europe/London", "America/New_York"
CASES = (
    Case("plain", ("started 14:00", "detected 14:05"), "time to detect", 5),
    Case("at once", ("started 14:00", "detected 14:00"), "time to detect", 0),
    Case("acknowledged", ("detected 14:00", "acknowledged 14:02"), "time to acknowledge", 2),
    Case("diagnosed", ("detected 14:00", "diagnosed 14:40"), "time to diagnose", 40),
    Case("mitigated", ("detected 14:00", "mitigated 15:10"), "time to mitigate", 70),
    Case("resolved", ("detected 14:00", "resolved 16:00"), "time to resolve", 120),
    Case("impact", ("started 13:50", "resolved 16:00"), "total impact", 130),
    Case("public", ("started 13:50", "public 14:20"), "time to first public word", 30),
    Case("undetected", ("started 13:00", "escalated 13:20"), "undetected", 20),
    Case(
        "undetected is the first sign",
        ("started 13:00", "public 13:10", "escalated 13:20"),
        "undetected",
        10,
    ),
    Case("detected, so not undetected", ("started 13:00", "detected 13:20"), "undetected", None),
    Case("over midnight", ("started 23:50", "resolved 00:20"), "total impact", 30),
    Case(
        "over two midnights",
        ("started 2024-10-20 23:50", "resolved 2024-10-22 00:20"),
        "total impact",
        24 * 60 + 30,
    ),
    Case(
        "into the repeated hour, Berlin",
        ("started 01:30", "note 02:10", "note 02:50", "resolved 02:20"),
        "total impact",
        110,
        BERLIN,
    ),
    Case(
        "into the repeated hour, New York",
        ("started 00:30", "note 01:10", "note 01:50", "resolved 01:20"),
        "total impact",
        110,
        NEW_YORK,
        "2024-11-03",
    ),
    Case(
        "within the repeated hour, London",
        ("started 01:30", "resolved 01:20"),
        "total impact",
        50,
        LONDON,
    ),
    Case("over the whole change", ("started 01:30", "resolved 03:30"), "total impact", 180, BERLIN),
    Case(
        "over the hour that spring leaves out",
        ("started 01:30", "resolved 03:30"),
        "total impact",
        60,
        BERLIN,
        "2024-03-31",
    ),
    Case("one estimate", ("started ~14:00", "resolved 15:00"), "total impact", 60, about=True),
    Case("missing start", ("detected 14:00", "resolved 15:00"), "total impact", None),
    Case("start without a time", ("started --", "resolved 15:00"), "total impact", None),
    Case("without a zone", ("started 14:00", "resolved 15:00"), "total impact", 60, ""),
    Case(
        "without a date, over midnight",
        ("started 23:50", "resolved 00:20"),
        "total impact",
        30,
        "",
        "2000-01-01",
    ),
    Case(
        "contradiction",
        ("resolved 14:00", "started 15:00"),
        "total impact",
        None,
    ),
    Case(
        "what does not contradict is still certain",
        ("resolved 13:00", "started 14:00", "detected 14:07"),
        "time to detect",
        7,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_duration_is_the_time_that_people_lived_through(case: Case) -> None:
    found = {duration.name: duration for duration in durations(typed(case))}
    if case.minutes is None:
        assert case.measure not in found
        return
    duration = found[case.measure]
    assert (duration.length, duration.about) == (timedelta(minutes=case.minutes), case.about)


def test_a_persons_own_pair_is_measured_with_the_others() -> None:
    document = typed(CASES[4])
    own = durations(document, [("first fix", "detected", "mitigated"), ("x", "closed", "public")])
    assert [(each.name, each.begin.milestone, each.end.milestone) for each in own][-1] == (
        "first fix",
        "detected",
        "mitigated",
    )


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 22, hour, minute, tzinfo=UTC)


def incident(*events: tuple[Kind, datetime | None], **fields: object) -> Postmortem:
    entries = tuple(
        Entry(id=f"e{number}", kind=kind, at=when) for number, (kind, when) in enumerate(events)
    )
    return Postmortem(timeline=entries, **fields)  # type: ignore[arg-type]


def test_stated_and_derived_are_kept_apart_and_compared() -> None:
    times = Times(started=at(14), resolved=at(17))
    document = incident(("started", at(14)), ("resolved", at(16, 45)), times=times)
    assert [(each.stated.milestone, each.later) for each in twice(document)] == [
        ("started", timedelta()),
        ("resolved", timedelta(minutes=-15)),
    ]
    window, timeline = stated_window(document), timeline_window(document)
    assert window
    assert timeline
    assert (window.length, timeline.length) == (timedelta(hours=3), timedelta(hours=2, minutes=45))
    assert {window.begin.source, window.end.source} == {"stated"}
    assert (timeline.begin.source, timeline.end.source) == ("e0", "e1")


def test_a_timeline_without_a_start_is_measured_from_its_detection() -> None:
    found = timeline_window(incident(("detected", at(14)), ("resolved", at(15))))
    assert found
    assert (found.begin.milestone, found.length) == ("detected", timedelta(hours=1))


@pytest.mark.parametrize(
    ("words", "minutes", "agrees"),
    [
        ("Approximately 3 hours.", 185, True),
        ("3 hours", 185, True),
        ("3 hours", 210, False),
        ("about 3 hours", 210, True),
        ("about 3 hours", 240, False),
        ("two minutes", 6, True),
        ("two minutes", 8, False),
        ("1h 30m", 90, True),
        ("half an hour", 30, True),
    ],
)
def test_words_agree_within_a_tenth_and_rough_ones_within_a_fifth(
    words: str, minutes: int, agrees: bool
) -> None:
    said = stated_length(Postmortem(impact=Impact(duration=words)))
    assert said
    assert said.agrees(timedelta(minutes=minutes)) is agrees


def test_words_without_a_length_state_none() -> None:
    assert stated_length(Postmortem(impact=Impact(duration="from 14:00 to 16:00"))) is None


def test_a_contradiction_names_the_two_and_by_how_much() -> None:
    (found,) = contradictions(incident(("started", at(14)), ("resolved", at(13, 30))))
    assert (found.first.milestone, found.second.milestone) == ("started", "resolved")
    assert found.by == timedelta(minutes=30)


def test_times_with_and_without_a_zone_are_a_contradiction_of_their_own() -> None:
    (found,) = contradictions(
        incident(("started", datetime(2024, 5, 22, 14)), ("resolved", at(15)))
    )
    assert found.by is None


def test_an_order_that_is_right_contradicts_nothing() -> None:
    assert contradictions(incident(("started", at(14)), ("detected", at(14)))) == ()


@pytest.mark.parametrize(
    ("minutes", "silent"),
    [((0, 10, 20, 30, 40), []), ((0, 10, 21, 31, 40), [11]), ((0, 50, 100, 150), [50, 50, 50])],
)
def test_a_gap_is_more_than_ten_minutes_and_a_fifth_of_the_incident(
    minutes: tuple[int, ...], silent: list[int]
) -> None:
    first, *others, last = minutes
    document = incident(
        ("started", at(14, first)),
        *(("note", at(14) + timedelta(minutes=minute)) for minute in others),
        ("mitigated", at(14) + timedelta(minutes=last)),
    )
    assert [gap.length // timedelta(minutes=1) for gap in gaps(document)] == silent


def test_an_event_with_an_end_is_no_silence_and_one_without_a_time_breaks_none() -> None:
    document = incident(("started", at(14)), ("note", None), ("mitigated", at(14, 40)))
    assert len(gaps(document)) == 1
    first = document.timeline[0].revise(until=at(14, 35))
    assert gaps(document.revise(timeline=(first, *document.timeline[1:]))) == ()


def test_silence_before_the_start_is_no_gap_and_one_across_it_begins_there() -> None:
    document = incident(("note", at(9)), ("started", at(14)), ("mitigated", at(14, 5)))
    assert gaps(document) == ()
    stated = Times(started=at(14), mitigated=at(15))
    (gap,) = gaps(incident(("note", at(9)), ("note", at(14, 40)), times=stated))
    assert (gap.since, gap.until, gap.length) == (at(14), at(14, 40), timedelta(minutes=40))


@pytest.mark.parametrize(
    ("minutes", "about", "differ"),
    [(10, False, True), (10, True, False), (16, True, True), (0, False, False)],
)
def test_an_estimate_near_what_was_stated_does_not_contradict_it(
    minutes: int, about: bool, differ: bool
) -> None:
    document = incident(("started", at(14, minutes)), times=Times(started=at(14)))
    entry = document.timeline[0].revise(about=about)
    (both,) = twice(document.revise(timeline=(entry,)))
    assert both.differ is differ


def test_a_gap_begins_where_the_event_before_ends() -> None:
    document = incident(("started", at(14)), ("note", at(14, 5)), ("mitigated", at(15)))
    lasting = document.timeline[1].revise(until=at(14, 25))
    (gap,) = gaps(document.revise(timeline=(document.timeline[0], lasting, document.timeline[2])))
    assert (gap.before, gap.since, gap.until) == (lasting, at(14, 25), at(15))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_event_without_a_zone_among_others_hides_no_silence(place: int) -> None:
    entries = [("started", at(14)), ("mitigated", at(15))]
    document = incident(*entries)
    local = ("note", datetime(2024, 5, 22, 14, 30))
    mixed = incident(*entries[:place], local, *entries[place:])
    assert [gap.length for gap in gaps(mixed)] == [gap.length for gap in gaps(document)]
    assert gap_length(mixed) == gap_length(document)


def test_after_the_mitigation_silence_is_no_gap() -> None:
    document = incident(("started", at(14)), ("mitigated", at(14, 5)), ("resolved", at(18)))
    assert gaps(document) == ()
    assert gap_length(document) == timedelta(minutes=10)


def test_t_plus_can_count_from_any_milestone() -> None:
    document = incident(("started", at(14)), ("detected", at(14, 10)))
    found = origin(document, "detected")
    assert found
    assert (found.milestone, found.at) == ("detected", at(14, 10))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 90)), max_size=12),
    st.integers(1, 30),
)
def test_the_silences_are_those_that_a_look_at_every_event_finds(
    events: list[tuple[int, int | None]], least: int
) -> None:
    entries = [
        Entry(
            id=f"e{number}",
            at=NOW + timedelta(minutes=minute),
            until=None if lasts is None else NOW + timedelta(minutes=minute + lasts),
            kind="mitigated" if number == 9 else "note",
        )
        for number, (minute, lasts) in enumerate(events)
    ]
    document = Postmortem(timeline=sort_timeline(entries))
    found = gaps(document, timedelta(minutes=least))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "moments", lambda each: moments(each)._replace(ordered=False))
        assert found == gaps(document, timedelta(minutes=least))


@settings(deadline=None)
@given(documents())
def test_no_document_has_a_gap_without_length_or_a_contradiction_that_is_none(
    document: Postmortem,
) -> None:
    for gap in gaps(document):
        assert gap.length > gap_length(document)
        assert gap.length == elapsed_since(gap.since, gap.until)
    for found in contradictions(document):
        length = elapsed_since(found.first.at, found.second.at)
        assert length == (None if found.by is None else -found.by)
        assert found.by is None or found.by > timedelta()
    for both in twice(document):
        assert both.stated.milestone == both.derived.milestone
