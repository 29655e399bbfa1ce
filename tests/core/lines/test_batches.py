"""Several lines at once: the same document as one after another, no line lost."""

import itertools
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pmtui.core.document import Entry, Postmortem
from pmtui.core.edits import timeline
from pmtui.core.fields import Writing
from pmtui.core.lines.batches import (
    as_one_line,
    read_entries,
    read_measures,
    read_tasks,
    split_items,
    split_lines,
)
from pmtui.core.lines.items import task_of
from pmtui.core.lines.quickline import read_entry
from pmtui.core.passages import items
from pmtui.core.times import Frame

NOW = datetime(2024, 5, 22, 16, 20, tzinfo=UTC)
DOCUMENT = Postmortem(timezone="UTC", timeline=(Entry(id="e1", at=NOW, text="x", who="Mei"),))


def writing() -> Writing:
    """The outside world with ids in sequence."""
    numbers = itertools.count(1)
    return Writing(now=NOW, new_id=lambda _: f"n{next(numbers)}")


moments = st.none() | st.datetimes(datetime(2024, 5, 22), datetime(2024, 5, 23)).map(
    lambda at: at.replace(minute=0, second=0, microsecond=0, tzinfo=UTC)
)


def entries(prefix: str) -> st.SearchStrategy[list[Entry]]:
    """Events with few different times, so that many are equal."""
    return st.lists(moments, max_size=6).map(
        lambda times: [
            Entry(id=f"{prefix}{number}", at=at, text="x") for number, at in enumerate(times)
        ]
    )


@given(entries("a"), entries("b"), st.integers(0, 6))
def test_all_at_once_is_the_same_as_one_after_another(
    there: list[Entry], new: list[Entry], follows: int
) -> None:
    start = timeline.add_all(Postmortem(timezone="UTC"), there)
    after = start.timeline[follows].id if follows < len(start.timeline) else ""
    one_by_one, last = start, after
    for entry in new:
        one_by_one, last = timeline.add(one_by_one, entry, last), entry.id
    assert timeline.add_all(start, new, after) == one_by_one


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)))
def test_every_line_is_taken_or_refused_with_its_reason(lines: list[str]) -> None:
    filled = split_lines("\n".join(lines))
    batch = read_entries(DOCUMENT, filled, writing())
    assert len(batch.items) + len(batch.refused) == len(filled)
    assert {each.line for each in batch.refused} <= set(filled)
    assert all(each.error.what for each in batch.refused)


@given(st.lists(st.sampled_from(["a", "b\\", "c\\\\", "#d", "14:05"]), min_size=1, max_size=5))
def test_lines_as_one_event_are_read_back_line_by_line(lines: list[str]) -> None:
    text = "\n".join(["x", *lines, "y"])
    assert read_entry(as_one_line(text), Frame(now=NOW)).text == text


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 0, 2, 4]), st.sampled_from(["- a", "- [x] b", "c", "1. d"])),
        max_size=6,
    )
)
def test_no_line_is_lost_between_items(drawn: list[tuple[int, str]]) -> None:
    text = "\n".join(" " * indent + words for indent, words in drawn)
    units = split_items(text)
    assert "\n".join(units) == text
    assert split_items(units[-1] if units else "") == units[-1:]


def test_what_is_nested_in_a_pasted_list_stays_with_its_task_as_when_it_is_sent() -> None:
    text = "- [x] fix it @mei\n  - at once\n    - all\n  see there\n- check\nplain\n  more"
    units = split_items(text)
    batch = read_tasks(DOCUMENT, units, writing(), NOW.date())
    assert [(task.text, task.owner, task.state) for task in batch.items] == [
        ("fix it\n- at once\n  - all\nsee there", "Mei", "done"),
        ("check", "", "open"),
        ("plain", "", "open"),
        ("more", "", "open"),
    ]
    sent = [task_of(item, "t", NOW.date(), ["Mei"], "") for item in items(text)][:1]
    assert [task.text for task in sent] == [batch.items[0].text]
    assert [m.text for m in read_measures(DOCUMENT, units[:1], writing()).items] == [
        "[x] fix it @mei\n- at once\n  - all\nsee there"
    ]


def test_names_that_are_known_are_taken_as_they_are_written() -> None:
    batch = read_entries(DOCUMENT, ["a @mei", "b @MEI", "c @zoe"], writing())
    assert [entry.who for entry in batch.items] == ["Mei", "Mei", "zoe"]
    tasks = read_tasks(DOCUMENT, ["a @mei"], writing(), NOW.date())
    assert [task.owner for task in tasks.items] == ["Mei"]
