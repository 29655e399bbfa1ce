"""Undo and redo: every kind of edit comes back whole, named, with the cursor where it was."""

from dataclasses import dataclass

import pytest

from pmtui.core.document import Postmortem
from tests.tui.cases import Keys
from tests.tui.world import INCIDENT, Desk, editing, typed


@dataclass(frozen=True)
class Step:
    """Keys that make one edit, what undo calls it, and where the cursor is after undo and redo."""

    keys: Keys
    label: str
    back: tuple[str, str]
    forth: tuple[str, str]


T, K = "timeline", "tasks"
STEPS = (
    Step(("a", typed("14:05 x"), "enter"), "add an event", (T, "e1"), (T, "n1")),
    Step(("down", "d"), "delete an event", (T, "e2"), (T, "e3")),
    Step(("space", "space", "d"), "delete 2 events", (T, "e3"), (T, "e3")),
    Step(("e", typed(" x"), "enter"), "edit an event", (T, "e1"), (T, "e1")),
    Step(("down", "t", typed("15:00"), "enter"), "re-time an event", (T, "e2"), (T, "e2")),
    Step(("space", "space", "t", typed("+5m"), "enter"), "re-time 2 events", (T, "e1"), (T, "e1")),
    Step(("down", "m", "m"), "mark an event as mitigated", (T, "e2"), (T, "e2")),
    Step(("down", "down", "K"), "move an event", (T, "e3"), (T, "e3")),
    Step(("down", "x"), "keep an event out of exports", (T, "e2"), (T, "e2")),
    Step(("f2", "a", typed("x"), "enter"), "add a task", (K, "t1"), (K, "n1")),
    Step(
        ("f2", "ctrl+n", "ctrl+n", "ctrl+n", typed("x"), "enter"),
        "add a measure",
        (K, "t1"),
        (K, "n1"),
    ),
    Step(("f2", "down", "d"), "delete a task", (K, "t2"), (K, "m1")),
    Step(("f2", "end", "d"), "delete a measure", (K, "m1"), (K, "t2")),
    Step(("f2", "e", typed(" x"), "enter"), "edit a task", (K, "t1"), (K, "t1")),
    Step(("f2", "end", "e", typed(" x"), "enter"), "edit a measure", (K, "m1"), (K, "m1")),
    Step(("f2", "space"), "tick off a task", (K, "t1"), (K, "t1")),
    Step(("f2", "down", "space"), "open a task again", (K, "t2"), (K, "t2")),
    Step(("f2", "x"), "drop a task", (K, "t1"), (K, "t1")),
    Step(("f2", "end", "p"), "make a measure a task", (K, "m1"), (K, "m1")),
    Step(("f2", "m", "p"), "mark a task", (K, "t1"), (K, "t1")),
    Step(("f2", "J"), "move a task", (K, "t1"), (K, "t1")),
    Step(
        ("ctrl+g", "g", typed("x y")),
        "typing in Trigger",
        ("root-cause", "trigger"),
        ("root-cause", "trigger"),
    ),
    Step(
        ("ctrl+g", "1", typed("14:00"), "tab"),
        "set Started",
        ("summary", "times.started"),
        ("summary", "times.started"),
    ),
)


def ids(document: Postmortem) -> set[str]:
    """Those of all items in lists."""
    return {each.id for each in (*document.timeline, *document.tasks, *document.measures)}


def place(desk: Desk) -> tuple[str, str]:
    """Where the cursor is; what is new is `n1`, however often it was made before."""
    new = ids(desk.document) - ids(INCIDENT)
    return desk.editor.place.pane, "n1" if desk.row in new else desk.row


@pytest.mark.parametrize("pane", dict.fromkeys(step.back[0] for step in STEPS))
async def test_an_edit_is_undone_and_done_again_by_name_and_place(pane: str) -> None:
    async with editing(INCIDENT) as desk:
        for step in (step for step in STEPS if step.back[0] == pane):
            await desk.press("escape", "f2", "home", "f3", "home", *step.keys)
            after = desk.document
            assert after != INCIDENT
            await desk.press("ctrl+z")
            assert desk.document == INCIDENT
            assert desk.status == f"Undid: {step.label}"
            assert place(desk) == step.back
            await desk.press("ctrl+y")
            assert desk.document == after
            assert desk.status == f"Did again: {step.label}"
            assert place(desk) == step.forth
            await desk.press("ctrl+z")
            assert desk.document == INCIDENT


async def test_many_edits_are_undone_to_the_first_document_and_done_again_to_the_last() -> None:
    async with editing(INCIDENT) as desk:
        for step in STEPS:
            await desk.press("f3", "home", *step.keys, "escape", "escape")
        last = desk.document
        count = 0
        while desk.session.history.can_undo:
            await desk.press("ctrl+z")
            count += 1
        assert count > len(STEPS) / 2
        assert desk.document == INCIDENT
        await desk.press(*["ctrl+y"] * count)
        assert desk.document == last


async def test_undo_in_a_text_takes_back_the_text_and_not_the_edit_before() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+r", typed("one"), "ctrl+z")
        assert desk.document.root_cause == ""
        assert len(desk.document.timeline) == 3
        assert desk.editor.form("root-cause").editor.text == ""


async def test_what_stands_in_a_line_survives_undo() -> None:
    async with editing(INCIDENT) as desk:
        await desk.press("d", "ctrl+t", typed("14:05 half"), "ctrl+z")
        assert desk.document == INCIDENT
        assert desk.editor.lined("timeline").line.text == "14:05 half"
