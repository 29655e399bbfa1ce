"""Edits of the head: zone, day, window and share, and what becomes of the times."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pmtui.core import extent
from pmtui.core.clock.windows import Window
from pmtui.core.document import Entry, Impact, Postmortem, Times
from pmtui.core.edits import head
from pmtui.errors import EditError, TimeError

PLUS_TWO = timezone(timedelta(hours=2))


def at(text: str, zone: timezone | None = UTC) -> datetime:
    """`22 14:05` in May 2024."""
    day, clock = text.split()
    hour, minute = clock.split(":")
    return datetime(2024, 5, int(day), int(hour), int(minute), tzinfo=zone)


def timed(
    *texts: str, zone: timezone | None = UTC, timezone: str = "UTC", **fields: object
) -> Postmortem:
    """A document with entries at these times."""
    return Postmortem(
        timezone=timezone,
        timeline=tuple(
            Entry(id=f"e{number}", at=at(text, zone)) for number, text in enumerate(texts)
        ),
        **fields,  # type: ignore[arg-type]
    )


def moments(document: Postmortem) -> list[datetime | None]:
    """The times of the entries."""
    return [entry.at for entry in document.timeline]


@pytest.mark.parametrize(
    ("before", "zone", "keep", "after"),
    [
        (timed("22 14:00"), "+02:00", "moment", [at("22 16:00", PLUS_TWO)]),
        (timed("22 14:00"), "+02:00", "clock", [at("22 14:00", PLUS_TWO)]),
        (timed("22 23:00"), "+02:00", "moment", [at("23 01:00", PLUS_TWO)]),
        (timed("22 14:00", zone=None, timezone=""), "+02:00", "moment", [at("22 14:00", PLUS_TWO)]),
        (timed("22 14:00", zone=None, timezone=""), "+02:00", "clock", [at("22 14:00", PLUS_TWO)]),
        (timed("22 14:00"), "", "moment", [at("22 14:00", None)]),
        (timed("22 14:00"), "Europe/Berlin", "clock", [at("22 14:00", PLUS_TWO)]),
    ],
)
def test_times_follow_the_zone(
    before: Postmortem, zone: str, keep: head.Keep, after: list[datetime]
) -> None:
    moved = head.set_timezone(before, zone, keep)
    assert moved.timezone == zone
    assert moments(moved) == after
    assert [m.utcoffset() for m in moments(moved) if m] == [m.utcoffset() for m in after]


def test_stated_times_and_ends_follow_the_zone_too() -> None:
    document = timed("22 14:00", times=Times(started=at("22 13:00")))
    document = document.revise(timeline=(document.timeline[0].revise(until=at("22 14:20")),))
    moved = head.set_timezone(document, "+02:00", "clock")
    assert moved.times.started == at("22 13:00", PLUS_TWO)
    assert moved.timeline[0].until == at("22 14:20", PLUS_TWO)


def test_a_clock_time_that_the_new_zone_skips_is_refused() -> None:
    document = Postmortem(
        timeline=(Entry(id="e", at=datetime(2024, 3, 31, 2, 30)),),
    )
    with pytest.raises(TimeError):
        head.set_timezone(document, "Europe/Berlin")


def test_times_without_a_zone_are_read_in_that_of_the_incident_and_put_in_order() -> None:
    mixed = Postmortem(
        timezone="+02:00",
        times=Times(resolved=at("22 16:00", None)),
        timeline=(
            Entry(id="a", at=at("22 14:00", None), until=at("22 14:05", None)),
            Entry(id="b", at=at("22 11:00")),
        ),
    )
    read = head.read_local_times(mixed)
    assert [entry.id for entry in read.timeline] == ["b", "a"]
    assert read.timeline[0].at == at("22 11:00")
    assert read.timeline[1].at == at("22 14:00", PLUS_TWO)
    assert read.timeline[1].until == at("22 14:05", PLUS_TWO)
    assert read.times.resolved == at("22 16:00", PLUS_TWO)
    assert head.read_local_times(read) == read


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        (timed("22 14:00", "23 01:00"), date(2024, 5, 24), [at("24 14:00"), at("25 01:00")]),
        (timed("22 14:00"), date(2024, 5, 1), [at("1 14:00")]),
        (
            timed("22 14:00", "23 01:00"),
            None,
            [datetime(2000, 1, 1, 14, tzinfo=UTC), datetime(2000, 1, 2, 1, tzinfo=UTC)],
        ),
    ],
)
def test_all_times_move_with_the_day(
    before: Postmortem, day: date | None, after: list[datetime]
) -> None:
    moved = head.set_day(before, day)
    assert moments(moved) == after
    assert moved.undated is (day is None)


def test_a_date_comes_back_to_an_undated_incident() -> None:
    document = timed("22 14:00", "23 01:00")
    assert head.set_day(head.set_day(document, None), date(2024, 5, 22)) == document


def test_the_clock_stays_when_the_day_moves_over_a_change_of_the_clocks() -> None:
    document = head.set_timezone(
        Postmortem(timeline=(Entry(id="e", at=datetime(2024, 3, 30, 14)),)), "Europe/Berlin"
    )
    moved = head.set_day(document, date(2024, 3, 31)).timeline[0].at
    assert moved is not None
    assert (moved.hour, moved.utcoffset()) == (14, timedelta(hours=2))


def test_the_day_is_that_of_the_stated_start_before_any_event() -> None:
    document = timed("22 14:00", times=Times(started=at("21 23:50")))
    assert extent.incident_day(document) == date(2024, 5, 21)
    assert extent.incident_day(Postmortem()) is None
    assert extent.incident_day(head.set_day(document, None)) is None


WINDOW = Window(started=at("22 14:00"), resolved=at("22 16:00"), zone="UTC")


def test_a_window_states_start_end_and_zone() -> None:
    document = head.apply_window(Postmortem(), WINDOW)
    assert document.timezone == "UTC"
    assert document.times == Times(started=at("22 14:00"), resolved=at("22 16:00"))
    assert head.apply_window(document, WINDOW) is document


def test_a_window_does_not_change_the_zone_under_events() -> None:
    assert head.apply_window(timed("22 14:00", timezone="+02:00"), WINDOW).timezone == "+02:00"


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("Approximately 70% of the users", 70),
        ("12.5 % of our EU customers", 12.5),
        ("12,5 % der Nutzer", 12.5),
        ("Users affected: about 30%", 30),
        ("8 percent of people could not pay; CPU at 95%", 8),
        ("70% of users, again 70%", 70),
        ("70% of users, 20% of requests", 70),
        ("70% of users, 20% of merchants", None),
        ("CPU at 95%", None),
        ("CPU rose to 95% for all users", None),
        ("Users saw 20% errors", None),
        ("disk 95% full, all users affected", None),
        ("error rate of 5%", None),
        ("20% of requests failed", None),
        ("20-30% of users", None),
        ("95% of users were not affected", None),
        ("100% of exports for 3 customers failed", None),
        ("412 of 2,060 employees (20 %) were paid late", None),
        ("*80%* of users\nsaw errors.", 80),
        ("40% of sites", None),
        ("170% of users", None),
        ("the 170% rise", None),
        ("v1.70% odd", None),
        ("nobody", None),
    ],
)
def test_the_share_is_taken_from_words_that_name_one(words: str, share: float | None) -> None:
    assert head.read_share(Postmortem(impact=Impact(text=words))).impact.percent == share


def test_a_share_that_is_set_is_left_alone() -> None:
    document = Postmortem(impact=Impact(text="70% of users", percent=5))
    assert head.read_share(document) is document


@pytest.mark.parametrize(
    ("text", "share"),
    [("", None), ("70", 70), ("70%", 70), (" 70 % ", 70), ("0,5", 0.5), ("100", 100), ("0", 0)],
)
def test_a_share_is_read_as_typed(text: str, share: float | None) -> None:
    assert head.parse_percent(text) == share


@pytest.mark.parametrize("text", ["most", "101", "-1", "nan", "inf", "1.2.3", "%%"])
def test_no_share_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="is no share"):
        head.parse_percent(text)


@pytest.mark.parametrize(
    ("name", "value"), [("title", "x"), ("impact.text", "x"), ("times.started", at("22 14:00"))]
)
def test_a_value_is_set_and_setting_it_again_changes_nothing(name: str, value: object) -> None:
    document = head.set_value(Postmortem(), name, value)
    assert head.set_value(document, name, value) is document
    assert document != Postmortem()


def test_a_value_that_the_document_cannot_hold_is_refused() -> None:
    with pytest.raises(EditError, match=r"title: holds the control character U\+001B"):
        head.set_value(Postmortem(), "title", "\x1b[2J")
