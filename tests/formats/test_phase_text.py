"""The phases as one line: to scale, of the width asked for, and readable where room is short."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import accumulate, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Kind, Postmortem
from pmtui.core.timing import phases
from pmtui.formats import markdown, reading
from pmtui.formats.phase_text import LINE, brief, contradiction, draw, shares


def incident(*minutes: int, about: bool = False) -> Postmortem:
    kinds: tuple[Kind, ...] = ("started", "detected", "diagnosed", "mitigated", "resolved")
    begin = datetime(2024, 5, 22, 14, tzinfo=UTC)
    entries = tuple(
        Entry(id=kind, kind=kind, at=begin + timedelta(minutes=minute), about=about)
        for kind, minute in zip(kinds, minutes, strict=False)
    )
    return Postmortem(timezone="UTC", timeline=entries)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=5), st.booleans(), st.integers(10, 220))
def test_a_picture_is_as_wide_as_asked_and_has_every_phase(
    minutes: list[int], about: bool, width: int
) -> None:
    document = incident(*minutes, about=about)
    picture = draw(document, width)
    if picture is None:
        assert width < 50 or not phases(document)
        return
    assert len(str(picture)) == width
    assert [each.phase for each in picture.stretches] == list(phases(document))
    assert brief(document)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(1, 20)), min_size=1), st.integers(1, 300))
def test_cells_are_shared_to_scale_and_nobody_gets_less_than_the_least(
    wanted: list[tuple[float, int]], room: int
) -> None:
    lengths, least = zip(*wanted, strict=True)
    cells = shares(lengths, least, room)
    assert all(cell >= low for cell, low in zip(cells, least, strict=True))
    assert sum(cells) == max(room, sum(least))


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (38, []),
        (60, ["diagnose"]),
        (80, ["diagnose", "mitigate", "resolve"]),
        (100, ["detect", "diagnose", "mitigate", "resolve"]),
    ],
)
def test_the_shortest_phases_give_way_first(width: int, names: list[str]) -> None:
    picture = str(draw(incident(0, 5, 60, 89, 120), width))
    found = [name for name in ("detect", "diagnose", "mitigate", "resolve") if name in picture]
    assert found == names
    assert all(length in picture for length in ("5m", "55m", "29m", "31m", "2h 00m"))


def test_where_there_is_room_the_borders_have_their_times() -> None:
    picture = str(draw(incident(0, 5, 60, 90, 120), 158))
    assert all(f"┤{clock}├" in picture for clock in ("14:05", "15:00", "15:30"))
    lines = [each.before + each.after for each in draw(incident(0, 60, 120), 158).stretches]  # type: ignore[union-attr]
    assert lines[0].count(LINE) - lines[1].count(LINE) in range(-4, 5)


def test_an_estimate_is_marked() -> None:
    picture = str(draw(incident(0, 5, about=True), 60))
    assert picture.startswith("~14:00 ├━")
    assert "detect ~5m" in picture
    assert picture.endswith("━┤ ~14:05  ~5m")
    assert len(picture) == 60
    assert brief(incident(0, 5, about=True)) == "~14:00-~14:05 ~5m"
    assert contradiction(incident(0, -5, about=True)).startswith("detected ~13:55 lies")


def test_only_the_ends_that_are_estimated_are_marked() -> None:
    document = incident(0, 60, 120)
    first, second, third = document.timeline
    middle = document.revise(timeline=(first, second.revise(about=True), third))
    picture = str(draw(middle, 100))
    assert picture.startswith("14:00 ├")
    assert "┤~15:00├" in picture
    assert picture.endswith("┤ 16:00  2h 00m")
    assert brief(middle) == "14:00-16:00 2h 00m"


@given(st.lists(st.integers(0, 600), min_size=2, max_size=4), st.integers(80, 220))
def test_phases_with_more_room_than_their_labels_need_have_one_scale(
    steps: list[int], width: int
) -> None:
    picture = draw(incident(0, *accumulate(steps)), width)
    if picture is None or not any(steps):
        return
    free = [
        (each.phase.length.total_seconds(), len(each.before + each.label + each.after))
        for each in picture.stretches
        if len(each.before) > 1
    ]
    for (length, cells), (other, others) in product(free, repeat=2):
        assert abs(cells * other - others * length) <= 2 * max(length, other)


def test_phases_about_as_long_as_one_another_lose_their_names_together() -> None:
    picture = draw(incident(0, 30, 600, 610, 1200), 60)
    assert picture
    assert "resolve" not in str(picture)
    cells = [len(each.before + each.label + each.after) for each in picture.stretches]
    assert abs(cells[1] - cells[3]) <= 1


def test_a_phase_that_took_no_time_has_no_line() -> None:
    picture = str(draw(incident(0, 5, 60, 60, 120), 196))
    assert "├ mitigate 0m ┤" in picture
    assert picture.count("━ resolve 1h 00m ━") == 1
    assert str(draw(incident(0, 0, 60, 90, 120), 60)).startswith("14:00 ├0m┼━")


def test_over_midnight_the_days_are_counted() -> None:
    assert str(draw(incident(0, 24 * 60), 60)).endswith("14:00 +1d  1d")


def changed_clocks() -> Postmortem:
    summer, winter = (timezone(timedelta(hours=hours)) for hours in (-4, -5))
    return Postmortem(
        timezone="America/New_York",
        timeline=(
            Entry(id="e1", kind="started", at=datetime(2024, 11, 3, 0, 30, tzinfo=summer)),
            Entry(id="e2", kind="resolved", at=datetime(2024, 11, 3, 1, 20, tzinfo=winter)),
        ),
    )


def test_where_the_clocks_were_changed_the_zones_are_told() -> None:
    document = changed_clocks()
    picture = str(draw(document, 60))
    assert picture.startswith("00:30 EDT ├")
    assert picture.endswith("┤ 01:20 EST  1h 50m")
    assert len(picture) == 60
    assert brief(document) == "00:30 EDT-01:20 EST 1h 50m"


def test_an_import_takes_no_picture_for_events_whatever_its_ends_look_like() -> None:
    for document in (incident(0, 5, 30, about=True), changed_clocks()):
        said = markdown.write(document)
        assert "```text" in said.decode()
        back = reading.read(said, "x.md").document
        assert len(back.timeline) == len(document.timeline)
        assert not back.sections


def test_without_phases_or_room_there_is_no_picture() -> None:
    assert draw(Postmortem(), 80) is None
    assert draw(incident(0, 5), 12) is None
    assert brief(Postmortem()) == ""


def test_a_contradiction_is_one_sentence() -> None:
    assert contradiction(incident(0, -5)) == "detected 13:55 lies 5m before started 14:00"
    assert contradiction(incident(0, 5)) == ""
    mixed = incident(0, 5)
    first = mixed.timeline[0].revise(at=datetime(2024, 5, 22, 14))
    assert contradiction(mixed.revise(timeline=(first, mixed.timeline[1]))) == (
        "started 14:00 and detected 14:05 cannot be compared: one of them has no zone"
    )
