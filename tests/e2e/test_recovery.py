"""Killed with kill -9, the editor has lost nothing: the next start brings it back with one key."""

import signal
import time
from pathlib import Path

import pytest

from tests.e2e.desk import LOAD, Desk
from tests.e2e.terminal import Terminal
from tests.long_run import besides

SETTLED = 0.1
"""Seconds after a key within which nothing is promised."""


def kill(terminal: Terminal, number: int = signal.SIGKILL) -> None:
    """Kill the program a moment after it took the last key."""
    terminal.wait_quiet()
    terminal.read(SETTLED)
    terminal.process.send_signal(number)
    terminal.wait_end()


def journals(desk: Desk) -> list[Path]:
    """What lies in the folder of the journals."""
    return sorted((desk.state / "journal").glob("*"))


def without_autosave(desk: Desk) -> None:
    """Only the journal knows what is typed."""
    desk.config.write_text("autosave = false\n")


def test_text_in_fields_lines_and_edits_returns_where_it_stood(desk: Desk) -> None:
    without_autosave(desk)
    desk.put_sample()
    terminal = desk.open("incident.toml")
    before = desk.document("incident.toml")
    terminal.press("ctrl+r")
    terminal.type(" And so on.")
    terminal.press("ctrl+g", "1", "end")
    terminal.type("x")
    terminal.press("ctrl+n")
    terminal.type("half a task @ana")
    terminal.press("f3", "e", "end")
    terminal.type(" edited")
    kill(terminal)
    assert desk.document("incident.toml") == before

    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.wait_for("And so on.")
    terminal.wait_for("half a task @ana")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    terminal.wait_for(" edited")
    terminal.press("enter")
    terminal.press("ctrl+s")
    terminal.wait_for("Saved")
    document = desk.document("incident.toml")
    assert document.root_cause == before.root_cause + " And so on."
    assert any(entry.text.endswith(" edited") for entry in document.timeline)
    terminal.press("f2", "tab")
    terminal.wait_for("half a task @ana")
    terminal.press("enter")
    desk.leave_twice(terminal)
    assert desk.document("incident.toml").tasks[-1].text == "half a task"


@pytest.mark.parametrize("saved", [False, True])
def test_what_was_typed_into_an_import_returns_when_its_source_is_opened_again(
    desk: Desk, saved: bool
) -> None:
    without_autosave(desk)
    source = desk.folder / "notes.md"
    source.write_text("# Outage, 22 May 2024\n\n## Timeline\n\n- 14:00 UTC Down\n")
    terminal = desk.open("notes.md", ready="Enter closes")
    terminal.press("enter", "ctrl+r")
    terminal.type("A pool")
    if saved:
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
    terminal.type(" too small")
    kill(terminal)
    assert (desk.folder / "notes.toml").exists() == saved

    terminal = desk.open("notes.md", ready="bring it back")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    terminal.press("ctrl+s")
    terminal.wait_for("Saved")
    document = desk.document("notes.toml")
    assert document.root_cause == "A pool too small"
    assert [entry.text for entry in document.timeline] == ["Down"]
    desk.leave(terminal)


def test_a_file_that_was_never_saved_is_brought_back_from_the_list(desk: Desk) -> None:
    without_autosave(desk)
    terminal = desk.open("later.toml")
    terminal.type("Down")
    kill(terminal)
    assert list(desk.folder.iterdir()) == []

    terminal = desk.open(ready="not all of it was saved")
    terminal.press("enter")
    terminal.wait_for("There is no such file now")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    desk.leave(terminal)
    assert desk.document("later.toml").title == "Down"
    assert journals(desk) == []


@pytest.mark.parametrize(
    "content",
    [None, bytes(4096), *besides(b"", b'title = "Do')],
    ids=["gone", "zeros", "empty", "cut off"],
)
def test_a_file_that_was_deleted_or_damaged_is_brought_back_whole(
    desk: Desk, content: bytes | None
) -> None:
    path = desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+o", "end")
    terminal.type(" again")
    terminal.wait_for(" again")
    kill(terminal)
    wanted = desk.document("incident.toml")
    path.unlink() if content is None else path.write_bytes(content)

    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.title.endswith(" again")
    assert document.timeline == wanted.timeline
    kept = [each.read_bytes() for each in desk.folder.glob("*.orig")]
    assert kept == ([content] if content and content.strip(b"\0") else [])


def test_a_damaged_file_whose_text_is_left_aside_is_refused_as_ever(desk: Desk) -> None:
    path = desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+o", "end")
    terminal.type(" again")
    terminal.wait_for(" again")
    kill(terminal)
    path.write_bytes(b"")
    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.press("escape")
    assert terminal.wait_end() == 1
    assert "the file is empty" in terminal.last_words
    assert path.read_bytes() == b""
    assert len(list((desk.state / "recovery").glob("*.toml"))) == 1


def test_what_the_file_holds_already_is_not_offered_and_leaves_nothing(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.type("Down")
    terminal.wait(lambda: (desk.folder / "incident.toml").exists(), "the autosave")
    terminal.wait_for("saved")
    kill(terminal)
    assert len(journals(desk)) == 1
    terminal = desk.open("incident.toml")
    assert journals(desk) == []
    assert "bring it back" not in terminal.text
    desk.leave(terminal)


def test_what_is_left_is_kept_and_named_and_not_offered_again(desk: Desk) -> None:
    without_autosave(desk)
    desk.put_sample()
    before = desk.document("incident.toml")
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("Kept words")
    terminal.press("ctrl+t")
    terminal.type("14:05 half")
    kill(terminal)
    terminal = desk.open("incident.toml", ready="bring it back", columns=200)
    terminal.press("escape")
    terminal.wait_for("Left aside")
    (place,) = (desk.state / "recovery").glob("*.toml")
    assert str(place) in terminal.text
    assert place.stat().st_mode & 0o777 == 0o600
    assert "Kept words" in place.read_text()
    assert "14:05 half" in place.read_text()
    desk.leave(terminal)
    assert desk.document("incident.toml") == before
    terminal = desk.open("incident.toml")
    assert "bring it back" not in terminal.text
    assert journals(desk) == []


def test_two_editors_killed_on_one_file_both_come_back(desk: Desk) -> None:
    without_autosave(desk)
    desk.put_sample()
    terminals = []
    for key, words in (("ctrl+r", "from one"), ("ctrl+o", "from two")):
        terminal = desk.open("incident.toml")
        terminal.press(key, "end")
        terminal.type(words)
        terminal.press("ctrl+t")
        terminal.type(f"14:05 {words}")
        terminal.wait_quiet()
        terminals.append(terminal)
    for terminal in terminals:
        kill(terminal)
    assert len(journals(desk)) == 2
    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    terminal.wait_for("14:05 from one 14:05 from two")
    desk.leave_twice(terminal)
    document = desk.document("incident.toml")
    assert document.root_cause.endswith("from one")
    assert "from two" in document.title
    assert journals(desk) == []


def test_what_another_program_wrote_after_the_kill_is_merged_with_what_comes_back(
    desk: Desk,
) -> None:
    without_autosave(desk)
    path = desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type(" Mine.")
    kill(terminal)
    theirs = path.read_text().replace("title = ", 'reference = "OPS-1"\ntitle = ', 1)
    path.write_text(theirs)
    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    desk.leave(terminal)
    document = desk.document("incident.toml")
    assert document.root_cause.endswith(" Mine.")
    assert document.reference == "OPS-1"


def test_a_kill_while_the_question_stands_asks_again(desk: Desk) -> None:
    without_autosave(desk)
    desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type(" Mine.")
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        kill(terminal, number)
        terminal = desk.open("incident.toml", ready="bring it back")
        if number == signal.SIGTERM:
            break
    terminal.press("enter")
    terminal.wait_for("Brought back")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause.endswith(" Mine.")


def test_an_editor_that_lives_is_not_robbed_of_its_journal(desk: Desk) -> None:
    without_autosave(desk)
    desk.put_sample()
    first = desk.open("incident.toml")
    first.press("ctrl+r")
    first.type(" Mine.")
    first.wait_quiet()
    second = desk.open("incident.toml")
    assert "bring it back" not in second.text
    assert len(journals(desk)) == 1
    desk.leave(second)
    assert len(journals(desk)) == 1
    desk.leave(first)
    assert journals(desk) == []


def test_a_journal_is_private_and_a_clean_end_leaves_none(desk: Desk) -> None:
    without_autosave(desk)
    terminal = desk.open("incident.toml")
    terminal.type("Down")
    terminal.wait_quiet()
    (journal,) = journals(desk)
    assert journal.stat().st_mode & 0o777 == 0o600
    assert journal.parent.stat().st_mode & 0o777 == 0o700
    desk.leave(terminal)
    assert journals(desk) == []


def test_a_field_that_was_refused_survives_ctrl_q(desk: Desk) -> None:
    desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+g", "1")
    terminal.type("when the moon was full")
    terminal.press("ctrl+r", "ctrl+q")
    terminal.wait_for("ctrl+q again leaves")
    terminal.press("ctrl+q")
    terminal.wait_end()
    assert "returns when you open it again" in terminal.last_words
    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.wait_for("when the moon was full")
    terminal.press("enter")
    terminal.wait_for("Brought back")
    terminal.wait_for("when the moon was")


def test_every_edit_is_in_the_file_within_a_second_while_somebody_types_on(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    path = desk.folder / "incident.toml"
    typed, delays = "", []
    begin = time.monotonic()
    for number in range(60):
        letter = chr(ord("a") + number % 26)
        terminal.type(letter)
        typed += letter
        terminal.read(0.05)
        delays.append((time.monotonic(), len(typed)))
        held = desk.document("incident.toml").title if path.exists() else ""
        due = [length for at, length in delays if time.monotonic() - at > 1.0 + LOAD]
        assert len(held) >= max(due, default=0)
    assert time.monotonic() - begin > 2
    desk.leave(terminal)
