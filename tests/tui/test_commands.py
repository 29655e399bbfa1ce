"""Every command does by its key what its help says."""

import pytest

from pmtui.core.document import Entry, Measure, Task
from pmtui.tui.command_table import COMMANDS
from pmtui.tui.commands import BY_ID
from tests.tui.cases import Case, check, names, with_entry, with_task, with_timeline
from tests.tui.world import INCIDENT, NARROW, at, typed

ADDED = INCIDENT.revise(
    timeline=(
        INCIDENT.timeline[0],
        Entry(id="n1", at=at("14:05"), text="db down"),
        *INCIDENT.timeline[1:],
    )
)
TASK_ADDED = INCIDENT.revise(tasks=(*INCIDENT.tasks, Task(id="n1", text="Page the DBA")))
TO_TASKS = "f2"
TO_MEASURE = ("f2", "end")

CASES = (
    # Everywhere.
    Case(
        "ctrl+t adds an event and goes back",
        ("ctrl+r", "ctrl+t", typed("14:05 db down"), "enter"),
        ADDED,
        command="entry",
        focus="root-cause/root_cause",
    ),
    Case(
        "ctrl+n adds a task and goes back",
        ("ctrl+l", "ctrl+n", typed("Page the DBA"), "enter"),
        TASK_ADDED,
        command="task",
        focus="lessons/conclusion",
    ),
    Case(
        "ctrl+n three times adds a measure and stays",
        ("ctrl+n", "ctrl+n", "ctrl+n", typed("Drill more"), "enter"),
        INCIDENT.revise(measures=(*INCIDENT.measures, Measure(id="n1", text="Drill more"))),
        command="task",
        focus="tasks/line",
    ),
    Case("undo takes a deletion back", ("d", "ctrl+z"), command="undo", row="e1"),
    Case(
        "undo with nothing to undo says so", ("ctrl+z",), command="undo", status="nothing to undo"
    ),
    Case(
        "redo deletes again",
        ("d", "ctrl+z", "ctrl+y"),
        with_timeline("e2", "e3", "e4"),
        command="redo",
        status="Did again: delete an event",
    ),
    Case(
        "redo with nothing to redo says so", ("ctrl+y",), command="redo", status="nothing to redo"
    ),
    Case(
        "send moves the paragraph under the cursor",
        ("ctrl+r", typed("Because"), "f12", "g"),
        INCIDENT.revise(trigger="Because"),
        command="send",
        status="Sent the whole text to Trigger",
    ),
    Case("external wants a longer text", ("f4",), command="external", status="Only a longer text"),
    Case(
        "goto reaches a field by its letter",
        ("ctrl+g", "g"),
        command="goto",
        focus="root-cause/trigger",
    ),
    Case(
        "goto reaches a field by arrows",
        ("ctrl+g", "down", "enter"),
        command="goto",
        focus="summary/impact.duration",
    ),
    Case("goto goes nowhere on Esc", ("ctrl+g", "escape"), command="goto", focus="timeline"),
    Case("summary is reached", ("ctrl+o",), command="summary", focus="summary/title"),
    Case("timeline is reached", (TO_TASKS, "f3"), command="timeline", focus="timeline"),
    Case("root cause is reached", ("ctrl+r",), command="root-cause", focus="root-cause/root_cause"),
    Case("tasks are reached", (TO_TASKS,), command="tasks", focus="tasks", row="t1"),
    Case("lessons are reached", ("ctrl+l",), command="lessons", focus="lessons/conclusion"),
    Case(
        "tab goes to the next field",
        ("ctrl+o", "tab"),
        command="next",
        focus="summary/impact.duration",
    ),
    Case("tab goes from the list to its line", ("tab",), command="next", focus="timeline/line"),
    Case("tab goes from the line to the next pane", ("tab", "tab"), command="next", focus="tasks"),
    Case("tab goes round", (TO_TASKS, "tab", "tab"), command="next", focus="summary/title"),
    Case(
        "shift+tab goes to the field before",
        ("ctrl+o", "tab", "shift+tab"),
        command="previous",
        focus="summary/title",
    ),
    Case("shift+tab goes round", ("ctrl+o", "shift+tab"), command="previous", focus="tasks"),
    Case(
        "find filters the timeline from anywhere",
        ("ctrl+r", "ctrl+f", typed("bob")),
        command="find",
        focus="timeline/line",
        shows="Timeline 1 of 4",
        hides="Alert fired",
    ),
    Case(
        "find filters the tasks where the cursor is there",
        (TO_TASKS, "ctrl+f", typed("runbook")),
        command="find",
        focus="tasks/line",
        hides="Add an alert",
    ),
    Case(
        "save says where",
        ("d", "ctrl+s"),
        with_timeline("e2", "e3", "e4"),
        command="save",
        status="Saved ",
    ),
    Case("copy writes the file and copies", ("f8",), command="copy", status="Exported to"),
    Case(
        "export-as writes the form that was chosen",
        ("shift+f8", "down", "enter"),
        command="export-as",
        status="checkout.html",
    ),
    Case("export says where", ("f7",), command="export", status="Exported to"),
    Case("preview shows the Markdown", ("f6",), command="preview", shows="─ Preview ─"),
    Case("preview hides again", ("f6", "f6"), command="preview", hides="─ Preview ─"),
    Case("help shows the keys", ("f1",), command="help", shows="What you can type"),
    Case("help closes on Esc", ("f1", "escape"), command="help", hides="What you can type"),
    Case(
        "the palette lists the commands",
        ("ctrl+p",),
        command="palette",
        shows="Search for commands",
    ),
    # In the timeline.
    Case(
        "a adds one event after another",
        ("a", typed("14:05 db down"), "enter"),
        ADDED,
        command="timeline.add",
        focus="timeline/line",
    ),
    Case(
        "e edits in place",
        ("e", "end", typed(" https://e.org/1"), "enter"),
        with_entry("e1", text="Alert fired", who="ana", kind="detected", link="https://e.org/1"),
        command="timeline.edit",
        focus="timeline",
        row="e1",
    ),
    Case(
        "t gives another time",
        ("t", typed("14:10"), "enter"),
        with_entry("e1", at=at("14:10")),
        command="timeline.retime",
        row="e1",
    ),
    Case(
        "t with +5m shifts all selected",
        ("space", "space", "t", typed("+5m"), "enter"),
        with_timeline(
            "e1",
            "e3",
            "e2",
            "e4",
            document=with_entry("e2", with_entry("e1", at=at("14:05")), at=at("14:35")),
        ),
        command="timeline.retime",
    ),
    Case(
        "t with a time moves all selected by as much",
        ("space", "end", "space", "t", typed("13:50"), "enter"),
        with_entry("e4", with_entry("e1", at=at("13:50")), at=at("16:00")),
        command="timeline.retime",
    ),
    Case(
        "t with -- lets the time go",
        ("t", typed("--"), "enter"),
        with_entry("e1", at=None),
        command="timeline.retime",
    ),
    Case(
        "t with -- lets the times of all selected go",
        ("space", "space", "t", typed("--"), "enter"),
        with_entry("e2", with_entry("e1", at=None), at=None),
        command="timeline.retime",
    ),
    Case(
        "t with a time gives it to all selected that have none",
        ("space", "space", "t", typed("--"), "enter", "t", typed("14:20"), "enter"),
        with_entry("e2", with_entry("e1", at=at("14:20")), at=at("14:20")),
        command="timeline.retime",
    ),
    Case(
        "t with a time starts from the first selected that has one",
        ("t", typed("--"), "enter", "space", "space", "t", typed("14:40"), "enter"),
        with_timeline(
            "e1",
            "e3",
            "e2",
            "e4",
            document=with_entry("e2", with_entry("e1", at=None), at=at("14:40")),
        ),
        command="timeline.retime",
    ),
    Case(
        "m makes a milestone",
        ("down", "down", "m", "m"),
        with_entry("e3", kind="mitigated"),
        command="timeline.mark",
        focus="timeline",
        row="e3",
    ),
    Case(
        "m with the same kind takes it away",
        ("m", "d"),
        with_entry("e1", kind="note"),
        command="timeline.mark",
    ),
    Case("m says what it asks", ("m",), command="timeline.mark", shows="What kind of event is it?"),
    Case("d deletes", ("d",), with_timeline("e2", "e3", "e4"), command="timeline.delete", row="e2"),
    Case(
        "d deletes all selected",
        ("space", "space", "d"),
        with_timeline("e3", "e4"),
        command="timeline.delete",
    ),
    Case(
        "space selects and goes on",
        ("space",),
        command="timeline.select",
        row="e2",
        shows="● 14:00",
    ),
    Case("space again deselects", ("space", "up", "space"), command="timeline.select", hides="●"),
    Case(
        "escape deselects all", ("space", "space", "escape"), command="timeline.select", hides="●"
    ),
    Case(
        "/ filters, Enter keeps it",
        ("slash", typed("rolled bob"), "enter"),
        command="timeline.filter",
        focus="timeline",
        row="e2",
        hides="Alert fired",
    ),
    Case(
        "a filter that nothing matches says how to get rid of it",
        ("slash", typed("zebra"), "enter"),
        command="timeline.filter",
        shows="Nothing matches; Esc shows all",
    ),
    Case(
        "Esc in the filter shows all",
        ("slash", typed("bob"), "escape"),
        command="timeline.filter",
        focus="timeline",
        shows="Alert fired",
    ),
    Case(
        "Esc in the list shows all",
        ("slash", typed("bob"), "enter", "escape"),
        command="timeline.filter",
        shows="Alert fired",
    ),
    Case("s sorts by the next column", ("s",), command="timeline.sort", status="Sorted by T+"),
    Case("S turns round", ("S",), command="timeline.reverse", shows="time ▼"),
    Case(
        "K moves up among equals",
        ("down", "down", "K"),
        with_timeline("e1", "e3", "e2", "e4"),
        command="timeline.up",
        row="e3",
    ),
    Case(
        "K leaves the order of time alone",
        ("K",),
        command="timeline.up",
        status="Only events of the same",
    ),
    Case(
        "J moves down among equals",
        ("down", "J"),
        with_timeline("e1", "e3", "e2", "e4"),
        command="timeline.down",
        row="e2",
    ),
    Case(
        "J leaves the order of time alone",
        ("J",),
        command="timeline.down",
        status="Only events of the same",
    ),
    Case("y copies", ("y",), command="timeline.copy", status="An event: copied"),
    Case(
        "x keeps out of exports",
        ("x",),
        with_entry("e1", internal=True),
        command="timeline.internal",
    ),
    Case("x lets in again", ("x", "x"), command="timeline.internal"),
    Case(
        "w shows long texts on one line",
        ("w",),
        start=with_entry("e1", text="word " * 40 + "end"),
        command="timeline.wrap",
        hides="end ",
        shows="…",
        size=NARROW,
    ),
    # In the tasks.
    Case(
        "a adds one task after another",
        (TO_TASKS, "a", typed("Page the DBA"), "enter"),
        TASK_ADDED,
        command="tasks.add",
        focus="tasks/line",
    ),
    Case(
        "space ticks off",
        (TO_TASKS, "space"),
        with_task("t1", state="done"),
        command="tasks.toggle",
        shows="Tasks 2/2",
    ),
    Case("space opens again", (TO_TASKS, "space", "space"), command="tasks.toggle"),
    Case(
        "space on a measure says why not",
        (*TO_MEASURE, "space"),
        command="tasks.toggle",
        status="Only a task can be ticked off; p makes one of a measure",
    ),
    Case(
        "e edits a task in place",
        (TO_TASKS, "e", "end", typed(" due:2024-06-12"), "enter"),
        with_task("t1", due=at("00:00").date().replace(month=6, day=12)),
        command="tasks.edit",
        focus="tasks",
        shows="12 Jun",
    ),
    Case(
        "e edits a measure in place",
        (*TO_MEASURE, "e", "end", typed(" #weekly @all"), "enter"),
        INCIDENT.revise(measures=(Measure(id="m1", text="Test restores #weekly @all"),)),
        command="tasks.edit",
    ),
    Case(
        "d deletes a task",
        (TO_TASKS, "d"),
        INCIDENT.revise(tasks=INCIDENT.tasks[1:]),
        command="tasks.delete",
        row="t2",
    ),
    Case(
        "d deletes a measure",
        (*TO_MEASURE, "d"),
        INCIDENT.revise(measures=()),
        command="tasks.delete",
    ),
    Case(
        "p makes a task of a measure",
        (*TO_MEASURE, "p"),
        INCIDENT.revise(measures=(), tasks=(*INCIDENT.tasks, Task(id="m1", text="Test restores"))),
        command="tasks.promote",
        row="m1",
    ),
    Case(
        "p on a task says why not",
        (TO_TASKS, "p"),
        command="tasks.promote",
        status="This is a task already",
    ),
    Case(
        "m gives a task a kind",
        (TO_TASKS, "m", "p"),
        with_task("t1", kind="prevent"),
        command="tasks.mark",
    ),
    Case(
        "m gives a measure a kind",
        (*TO_MEASURE, "m", "c"),
        INCIDENT.revise(measures=(Measure(id="m1", text="Test restores", kind="corrective"),)),
        command="tasks.mark",
    ),
    Case(
        "x drops",
        (TO_TASKS, "x"),
        with_task("t1", state="dropped"),
        command="tasks.drop",
        shows="Tasks 1/1",
    ),
    Case(
        "/ filters the tasks",
        (TO_TASKS, "slash", typed("alert"), "enter"),
        command="tasks.filter",
        focus="tasks",
        hides="Write a runbook",
    ),
    Case(
        "Esc in the list shows all tasks",
        (TO_TASKS, "slash", typed("alert"), "enter", "escape"),
        command="tasks.filter",
        shows="Write a runbook",
    ),
    Case(
        "K moves a task up",
        (TO_TASKS, "down", "K"),
        INCIDENT.revise(tasks=INCIDENT.tasks[::-1]),
        command="tasks.up",
        row="t2",
    ),
    Case(
        "J moves a task down",
        (TO_TASKS, "J"),
        INCIDENT.revise(tasks=INCIDENT.tasks[::-1]),
        command="tasks.down",
        row="t1",
    ),
    Case("y copies a task", (TO_TASKS, "y"), command="tasks.copy", status="A task: copied"),
)

ELSEWHERE = {
    "theme": "changes colours only: test_view",
    "quit": "ends the program: test_saving",
    "conflicts": "needs another program: test_conflicts",
    "review": "test_review",
    "review.jump": "test_review",
    "review.fix": "test_review",
    "review.silence": "test_review",
    "review.durations": "test_review",
    "review.assumed": "looks only: test_opening",
    "timeline.origin": "looks only: test_review",
    "timeline.zones": "looks only: test_review",
}


@pytest.mark.parametrize("case", CASES, ids=names)
async def test_a_command_does_what_it_says(case: Case) -> None:
    await check(case)


def test_every_command_is_played_by_one_of_its_keys() -> None:
    for case in CASES:
        pressed = {key for keys in case.keys for key in ([keys] if isinstance(keys, str) else keys)}
        assert pressed & set(BY_ID[case.command].keys.split(",")), case.name
    assert {case.command for case in CASES} | set(ELSEWHERE) == {command.id for command in COMMANDS}
