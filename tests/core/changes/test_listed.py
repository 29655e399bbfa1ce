"""What a recovery would bring back, as a person reads it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from pmtui.core.changes.differences import counted, differences
from pmtui.core.changes.listed import listed_changes
from pmtui.core.document import Entry, Factor, Impact, Postmortem, Task
from tests.strategies import documents

EVENT = Entry(id="e1", at=datetime(2024, 5, 22, 14, 5, tzinfo=UTC), text="Alert fired")
TASKS = Task(id="t1", text="Test restores"), Task(id="t2", text="Page me")
START = Postmortem(
    title="Down", timezone="UTC", timeline=(EVENT,), tasks=TASKS, tags=("db", "shop"), summary="a"
)
LONG = "The pool kept the address of a host that had gone for an hour"


@given(documents(), documents())
def test_a_line_for_whatever_differs_and_none_where_nothing_does(
    one: Postmortem, other: Postmortem
) -> None:
    assert listed_changes(one, one) == []
    assert bool(listed_changes(one, other)) == bool(differences(one, other))
    assert all(line[:2] in ("+ ", "- ", "~ ") for line in listed_changes(one, other))


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (START.revise(root_cause="Why"), ["+ Root cause: “Why”"]),
        (START.revise(summary=""), ["- Summary: “a”"]),
        (START.revise(title="Up"), ["~ Title: “Down” → “Up”"]),
        (START.revise(impact=Impact(percent=38.0)), ["+ Users %: “38”"]),
        (START.revise(timeline=()), ["- event 14:05 Alert fired"]),
        (
            START.revise(timeline=(EVENT.revise(who="ana"),)),
            ["+ event 14:05 Alert fired, who: “ana”"],
        ),
        (START.revise(factors=(Factor(id="f", text="DNS"),)), ["+ contributing factor DNS"]),
        (START.revise(tasks=TASKS[:1]), ["- task Page me"]),
        (START.revise(tasks=TASKS[::-1]), ["~ tasks: in another order"]),
        (START.revise(tags=("db",)), ["- Tags: “shop”"]),
    ],
)
def test_a_change_is_told_in_one_line(after: Postmortem, lines: list[str]) -> None:
    assert listed_changes(START, after) == lines


def test_a_long_text_is_told_from_where_it_differs() -> None:
    (line,) = listed_changes(START.revise(summary=LONG), START.revise(summary=f"{LONG}, or two"))
    assert line.endswith("gone for an hour, or two”")
    assert line.startswith("~ Summary: “…")


def test_another_order_is_counted_as_such() -> None:
    found = differences(START, START.revise(tasks=TASKS[::-1]))
    assert counted(found, START) == "the order of the tasks changed"
