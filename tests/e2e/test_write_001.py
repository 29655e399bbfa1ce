"""A whole postmortem, from an empty folder to Markdown on the clipboard, by keyboard alone."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from pmtui.formats.markdown import render
from tests.e2e.desk import DATA, PROGRAM, Desk, Tmux, need, x_server
from tests.e2e.terminal import Terminal

Record = Callable[[str, object], None]

SAMPLE = (DATA / "samples" / "001.txt").read_text(encoding="utf-8")
LABELLED = re.compile(r"^(?:- )?\*\*(?P<label>[^*]+)\*\*: (?P<text>.+)$", re.MULTILINE)
"""`**Label**: text`, a bullet before it or not; a line that only leads a list has no text."""


def labelled(label: str) -> list[str]:
    """The texts that stand behind a label of the sample."""
    return [found["text"] for found in LABELLED.finditer(SAMPLE) if found["label"] == label]


def listed(mark: str, below: str) -> list[str]:
    """The items that begin with `mark` in the list below a label."""
    lines = SAMPLE.partition(f"**{below}**:\n")[2].partition("\n\n")[0].splitlines()
    return [line.removeprefix(mark) for line in lines]


TITLE = SAMPLE.partition("\n")[0].removeprefix("# ")
WHEN, IMPACT = labelled("Duration") + labelled("Impact")
CAUSE_IN_BRIEF, CAUSE = labelled("Root Cause")
(RESOLUTION,) = labelled("Resolution")
EVENTS = re.findall(r"^- \*\*(\d\d:\d\d) GMT\*\*: (.+)$", SAMPLE, re.MULTILINE)
TASKS = listed("- [ ] ", "Tasks")
MEASURES = listed("- ", "Improvements/Fixes")
CONCLUSION = SAMPLE.rstrip().rpartition("\n")[2]

CONTENT = [TITLE, WHEN, IMPACT, CAUSE_IN_BRIEF, CAUSE, RESOLUTION, CONCLUSION, *TASKS, *MEASURES]
CONTENT += [word for event in EVENTS for word in event]
"""What a reader of the sample sees, without bullets, marks, headings and the repeated zone."""


def write_sample(terminal: Terminal) -> None:
    """Type sample 001 into an empty document, save and export it."""
    terminal.type(TITLE)
    terminal.press("enter")
    terminal.type(WHEN)
    terminal.press("enter")
    terminal.type(IMPACT)
    terminal.press("tab")
    terminal.type(CAUSE_IN_BRIEF)
    terminal.press("ctrl+t", "ctrl+t")
    for time, text in EVENTS:
        terminal.type(time)
        terminal.press("space")
        terminal.type(text)
        terminal.press("enter")
    terminal.press("ctrl+r")
    terminal.type(CAUSE)
    terminal.press("ctrl+g", "x")
    terminal.type(RESOLUTION)
    terminal.press("ctrl+n", "ctrl+n")
    for task in TASKS:
        terminal.type(task)
        terminal.press("enter")
    terminal.press("ctrl+n")
    for measure in MEASURES:
        terminal.type(measure)
        terminal.press("enter")
    terminal.press("ctrl+g", "c")
    terminal.type(CONCLUSION)
    terminal.press("ctrl+s", "f8")


@dataclass(frozen=True)
class Written:
    """The folder, the terminal and the display after sample 001 was written."""

    desk: Desk
    terminal: Terminal
    said: str


@pytest.fixture
def display() -> Iterator[str]:
    """An X server where there is one, else `""`: all but the clipboard can be tested without."""
    if not (shutil.which("Xvfb") and shutil.which("xclip")):
        yield ""
        return
    with x_server() as name:
        yield name


@pytest.fixture
def written(desk: Desk, display: str) -> Written:
    """Sample 001, written from nothing and left with ctrl+q."""
    if display:
        desk.environ["DISPLAY"] = display
    terminal = desk.open("incident.toml")
    write_sample(terminal)
    terminal.wait_for("Exported to ./incident.md")
    said = terminal.text
    desk.leave(terminal)
    return Written(desk, terminal, said)


def without_ids(document: Postmortem) -> Postmortem:
    """The document with ids that say only the order of its parts."""
    parts = ("timeline", "tasks", "measures")
    return document.revise(
        **{
            part: tuple(
                item.revise(id=f"{part}-{at}") for at, item in enumerate(getattr(document, part))
            )
            for part in parts
        }
    )


def test_sample_001_goes_from_an_empty_folder_to_the_clipboard(
    written: Written, record_property: Record
) -> None:
    record_property("outcome", f"keys beyond content, sample 001: {written.terminal.keys}")
    assert written.terminal.content == sum(map(len, CONTENT))
    assert written.terminal.keys <= 45
    assert_the_document_is_the_sample(written)
    assert_the_export_is_the_golden_one(written)
    names = sorted(path.name for path in written.desk.folder.iterdir())
    assert names == ["incident.md", "incident.toml"], "nothing else is left in the folder"
    assert_the_clipboard_holds_the_export(written)


def assert_the_document_is_the_sample(written: Written) -> None:
    path = DATA / "samples" / "001.toml"
    sample = toml.read(path.read_bytes(), path.name)
    assert without_ids(written.desk.document("incident.toml")) == without_ids(sample)


def assert_the_export_is_the_golden_one(written: Written) -> None:
    exported = (written.desk.folder / "incident.md").read_text(encoding="utf-8")
    assert exported == (DATA / "golden" / "001.md").read_text(encoding="utf-8")


def assert_the_clipboard_holds_the_export(written: Written) -> None:
    need("Xvfb", "xclip")
    pasted = subprocess.run(
        ["xclip", "-selection", "clipboard", "-o"],
        env=written.desk.environ,
        capture_output=True,
        check=True,
    ).stdout
    assert pasted == (written.desk.folder / "incident.md").read_bytes()
    assert "Copied (xclip, checked). Exported to ./incident.md" in written.said


def test_in_tmux_the_export_is_in_its_buffer(desk: Desk) -> None:
    need("tmux")
    desk.put_sample()
    tmux = Tmux(desk, *PROGRAM, "incident.toml")
    tmux.wait_for("help")
    tmux.press("F8")
    tmux.wait_for("In tmux's buffer (prefix ]), checked")
    buffer = tmux.run("show-buffer")
    tmux.press("C-q")
    tmux.close()
    assert buffer == (desk.folder / "incident.md").read_text(encoding="utf-8")
    assert buffer == render(desk.document("incident.toml"), "issue-summary")


# -- one thing at a time -----------------------------------------------------------------------


@pytest.fixture
def terminal(desk: Desk) -> Terminal:
    """The editor on the sample document."""
    desk.put_sample()
    return desk.open("incident.toml")


def test_a_back_filled_event_takes_two_keys(
    desk: Desk, terminal: Terminal, record_property: Record
) -> None:
    terminal.press("ctrl+t", "ctrl+t")
    before = terminal.keys
    terminal.type("14:33")
    terminal.press("space")
    terminal.type("pool exhausted")
    terminal.press("enter")
    keys = terminal.keys - before
    desk.leave(terminal)
    (entry,) = (e for e in desk.document("incident.toml").timeline if e.text == "pool exhausted")
    assert entry.at == datetime(2024, 5, 22, 14, 33, tzinfo=UTC)
    record_property("outcome", f"keys beyond content, a back-filled event: {keys}")
    assert keys == 2


def test_a_live_event_takes_one_key(
    desk: Desk, terminal: Terminal, record_property: Record
) -> None:
    terminal.press("ctrl+t", "ctrl+t")
    before = terminal.keys
    terminal.type("pool exhausted")
    terminal.press("enter")
    keys = terminal.keys - before
    desk.leave(terminal)
    entry = desk.document("incident.toml").timeline[-1]
    assert entry.text == "pool exhausted"
    assert entry.at is not None
    assert datetime.now(UTC) - entry.at < timedelta(minutes=2)
    record_property("outcome", f"keys beyond content, a live event: {keys}")
    assert keys == 1


def test_a_task_takes_one_key(desk: Desk, terminal: Terminal, record_property: Record) -> None:
    terminal.press("ctrl+n", "ctrl+n")
    before = terminal.keys
    terminal.type("add a dashboard")
    terminal.press("enter")
    keys = terminal.keys - before
    desk.leave(terminal)
    assert "add a dashboard" in [task.text for task in desk.document("incident.toml").tasks]
    record_property("outcome", f"keys beyond content, a task: {keys}")
    assert keys == 1


def test_an_event_from_another_pane_takes_at_most_four_keys_and_typing_goes_on_where_it_was(
    desk: Desk, terminal: Terminal, record_property: Record
) -> None:
    terminal.press("ctrl+g", "g")
    terminal.type("a deploy at ")
    before = terminal.keys
    terminal.press("ctrl+t")
    terminal.type("14:33")
    terminal.press("space")
    terminal.type("pool exhausted")
    terminal.press("enter")
    keys = terminal.keys - before
    terminal.type("noon")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.trigger == "a deploy at noon"
    assert "pool exhausted" in [entry.text for entry in document.timeline]
    record_property("outcome", f"keys beyond content, an event from another pane: {keys}")
    assert keys <= 4
