"""Edits of the timeline, one table each: the ids and times that stand there before and after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import timeline
from pmtui.errors import EditError


def at(text: str) -> datetime:
    """`14:05` on the day of the incident."""
    hour, _, minute = text.partition(":")
    return datetime(2024, 5, 22, int(hour), int(minute), tzinfo=UTC)


def written(text: str) -> Postmortem:
    """`a14:00 b14:05 c` as a timeline: ids and times, c without one."""
    entries = [
        Entry(id=word[0], at=at(word[1:]) if word[1:] else None, text=word[0])
        for word in text.split()
    ]
    return Postmortem(timezone="UTC", timeline=tuple(entries))


def shown(document: Postmortem) -> str:
    """The timeline as `written` reads it."""
    return " ".join(
        entry.id + (f"{entry.at:%H:%M}" if entry.at else "") for entry in document.timeline
    )


Edit = Callable[[Postmortem], Postmortem]


def add(text: str, after: str = "") -> Edit:
    """Adds the entry in `text`."""
    entry = written(text).timeline[0]
    return lambda document: timeline.add(document, entry, after)


def retime(id: str, time: str) -> Edit:
    """Gives the entry another time, none for `""`."""
    return lambda document: timeline.revise(document, id, at=at(time) if time else None)


def set_time(ids: str, time: str) -> Edit:
    """Gives the entries with these one-letter ids one time, none for `""`."""
    return lambda document: timeline.set_time(document, set(ids), at(time) if time else None)


def shift(ids: str, minutes: int) -> Edit:
    """Shifts the entries with these one-letter ids."""
    return lambda document: timeline.shift(document, set(ids), timedelta(minutes=minutes))


def remove(ids: str) -> Edit:
    """Removes the entries with these one-letter ids."""
    return lambda document: timeline.remove(document, set(ids))


def nudge(id: str, step: int) -> Edit:
    """Moves one entry among its equals."""
    return lambda document: timeline.nudge(document, id, step)


THREE = "a14:00 b14:05 c14:10"


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("", add("x14:00"), "x14:00"),
        (THREE, add("x13:00"), "x13:00 a14:00 b14:05 c14:10"),
        (THREE, add("x14:07"), "a14:00 b14:05 x14:07 c14:10"),
        (THREE, add("x14:05"), "a14:00 b14:05 x14:05 c14:10"),
        (THREE, add("x15:00"), "a14:00 b14:05 c14:10 x15:00"),
        ("a14:00 u b14:05", add("x14:00"), "a14:00 u x14:00 b14:05"),
        (THREE, add("x"), "a14:00 b14:05 c14:10 x"),
        (THREE, add("x", after="a"), "a14:00 x b14:05 c14:10"),
        (THREE, add("x", after="gone"), "a14:00 b14:05 c14:10 x"),
        (THREE, retime("a", "14:07"), "b14:05 a14:07 c14:10"),
        (THREE, retime("a", "14:01"), "a14:01 b14:05 c14:10"),
        (THREE, retime("c", "13:00"), "c13:00 a14:00 b14:05"),
        (THREE, retime("b", ""), "a14:00 b c14:10"),
        (THREE, set_time("ac", "14:07"), "b14:05 a14:07 c14:07"),
        (THREE, set_time("ab", ""), "a b c14:10"),
        ("u v a14:00", set_time("uv", "14:05"), "a14:00 u14:05 v14:05"),
        ("a14:00 u b14:05", retime("a", "15:00"), "b14:05 a15:00 u"),
        ("u a14:00 b14:05", retime("a", "15:00"), "u b14:05 a15:00"),
        (THREE, shift("a", 5), "a14:05 b14:05 c14:10"),
        (THREE, shift("a", 6), "b14:05 a14:06 c14:10"),
        (THREE, shift("abc", -5), "a13:55 b14:00 c14:05"),
        (THREE, shift("bc", -10), "b13:55 a14:00 c14:00"),
        ("a14:00 u b14:05", shift("au", 10), "b14:05 a14:10 u"),
        (THREE, remove("b"), "a14:00 c14:10"),
        (THREE, remove("abc"), ""),
        ("a14:00 b14:00 c14:10", nudge("a", 1), "b14:00 a14:00 c14:10"),
        ("a14:00 b14:00 c14:10", nudge("b", -1), "b14:00 a14:00 c14:10"),
        ("a14:00 u b14:05", nudge("u", 1), "a14:00 b14:05 u"),
        ("a14:00 u b14:05", nudge("u", -1), "u a14:00 b14:05"),
        ("a14:00 u v", nudge("v", -1), "a14:00 v u"),
    ],
)
def test_an_edit_moves_just_what_it_should(before: str, edit: Edit, after: str) -> None:
    assert shown(edit(written(before))) == after


@pytest.mark.parametrize(
    "edit",
    [
        shift("a", 0),
        shift("x", 5),
        remove(""),
        remove("x"),
        retime("a", "14:00"),
        nudge("a", -1),
        nudge("a", 1),
        nudge("c", 1),
        lambda document: timeline.set_kind(document, {"x"}, "action"),
        lambda document: timeline.toggle_internal(document, {"x"}),
        lambda document: timeline.revise(document, "a", text="a"),
    ],
)
def test_an_edit_without_effect_gives_the_same_document(edit: Edit) -> None:
    document = written(THREE)
    assert edit(document) is document


def test_shifting_moves_the_end_along() -> None:
    document = timeline.revise(written("a14:00"), "a", until=at("14:20"))
    entry = timeline.shift(document, {"a"}, timedelta(minutes=5)).timeline[0]
    assert (entry.at, entry.until) == (at("14:05"), at("14:25"))


def test_a_shift_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(EditError, match="beyond the calendar"):
        timeline.shift(written("a14:00"), {"a"}, timedelta(days=9_000_000))


def test_a_kind_that_all_have_already_is_taken_away() -> None:
    once = timeline.set_kind(written(THREE), {"a", "b"}, "action")
    assert [entry.kind for entry in once.timeline] == ["action", "action", "note"]
    more = timeline.set_kind(once, {"a", "c"}, "action")
    assert [entry.kind for entry in more.timeline] == ["action", "action", "action"]
    none = timeline.set_kind(more, {"a", "b", "c"}, "action")
    assert [entry.kind for entry in none.timeline] == ["note", "note", "note"]


def test_a_mixed_choice_becomes_internal_and_then_not() -> None:
    once = timeline.toggle_internal(written(THREE), {"a"})
    both = timeline.toggle_internal(once, {"a", "b"})
    assert [entry.internal for entry in both.timeline] == [True, True, False]
    none = timeline.toggle_internal(both, {"a", "b"})
    assert not any(entry.internal for entry in none.timeline)


def test_entries_that_did_not_change_stay_the_same_objects() -> None:
    document = written(THREE)
    after = timeline.revise(document, "b", text="other")
    assert after.timeline[0] is document.timeline[0]
    assert after.timeline[2] is document.timeline[2]


@pytest.mark.parametrize("edit", [retime("x", "14:00"), nudge("x", 1)])
def test_an_entry_that_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError, match="no such entry"):
        edit(written(THREE))
