"""Several programs on one file at once: everything that anybody wrote is there, exactly once."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from pmtui.formats import toml
from tests.e2e.desk import LOAD, PROGRAM, Desk

SHORT, LONG = 3.0, 60.0
"""Seconds that everybody writes."""


def log(desk: Desk, text: str) -> None:
    """Add an event from another shell."""
    subprocess.run(
        [*PROGRAM, "log", "incident.toml", "14:05", text],
        cwd=desk.folder,
        env=desk.environ,
        check=True,
        capture_output=True,
    )


def test_an_event_from_another_shell_appears_within_a_second(desk: Desk) -> None:
    """The editor has it on its screen, with a half-typed line and its cursor as they were."""
    desk.put_sample()
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+t")
    terminal.type("14:10 half")
    terminal.wait_for("half")
    log(desk, "from outside")
    begun = time.monotonic()
    terminal.wait_for("from outside")
    assert time.monotonic() - begun < 1.0 + LOAD
    terminal.type(" and done")
    terminal.press("enter")
    terminal.wait(
        lambda: "half and done" in [e.text for e in desk.document("incident.toml").timeline],
        "the line in the file",
    )
    desk.leave(terminal)
    texts = [entry.text for entry in desk.document("incident.toml").timeline]
    assert texts.count("from outside") == texts.count("half and done") == 1


def _everybody_writes(desk: Desk, seconds: float) -> tuple[list[str], int]:
    """Two editors and a shell add events, and both editors write prose; gives all the words."""
    path = desk.put_sample()
    editors = {name: desk.open("incident.toml") for name in ("left", "right")}
    editors["right"].wait_for("Another pmtui has this file open")
    for terminal in editors.values():
        terminal.press("ctrl+t", "ctrl+t")
    script = (
        "import subprocess, sys, time\n"
        "end, count = time.monotonic() + float(sys.argv[1]), 0\n"
        "while time.monotonic() < end:\n"
        "    words = [*sys.argv[2:], 'log', 'incident.toml', '14:05', f'shell {count} .']\n"
        "    subprocess.run(words, check=True, capture_output=True)\n"
        "    count += 1\n"
        "print(count)\n"
    )
    shell = subprocess.Popen(
        [sys.executable, "-c", script, str(seconds), *PROGRAM],
        cwd=desk.folder,
        env=desk.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    words: list[str] = []
    while shell.poll() is None:
        typed = {name: f"{name} {len(words)} ." for name in editors}
        for name, terminal in editors.items():
            terminal.type(f"16:30 {typed[name]}")
            terminal.press("enter")
        for name, terminal in editors.items():
            written = f'"{typed[name]}"'.encode()
            terminal.wait(lambda text=written: text in path.read_bytes(), typed[name])  # type: ignore[misc]
        words += typed.values()
    assert shell.returncode == 0
    assert shell.stdout is not None
    words += [f"shell {n} ." for n in range(int(shell.stdout.read()))]
    shell.stdout.close()
    for terminal in editors.values():
        terminal.press("escape")
        desk.leave(terminal)
    return words, len(words)


def _check(desk: Desk, seconds: float) -> None:
    words, count = _everybody_writes(desk, seconds)
    document = desk.document("incident.toml")
    found = Counter(entry.text for entry in document.timeline)
    wrong = {text: found[text] for text in words if found[text] != 1}
    print(
        f"\n{count} events of three writers in {seconds:.0f} s: {count - len(wrong)} exactly once"
    )
    assert not wrong
    times = [entry.at for entry in document.timeline if entry.at is not None]
    assert times == sorted(times)
    ids = [entry.id for entry in document.timeline]
    assert len(ids) == len(set(ids))


def test_two_editors_and_a_shell_lose_and_double_nothing(desk: Desk) -> None:
    """The short form: everything is in the file exactly once."""
    _check(desk, SHORT)


@pytest.mark.long
def test_two_editors_and_a_shell_lose_and_double_nothing_for_a_minute(desk: Desk) -> None:
    """The long form."""
    _check(desk, LONG)


def test_two_editors_that_write_one_text_converge(desk: Desk) -> None:
    """Each adds a paragraph to the root cause; in the end both show both, and so does the file."""
    path = desk.put_sample()
    start = desk.document("incident.toml").revise(root_cause="In the middle.")
    path.write_bytes(toml.write(start))
    left, right = desk.open("incident.toml"), desk.open("incident.toml")
    for terminal, word in ((left, "Sinister"), (right, "Dexter")):
        terminal.press("ctrl+r")
        if word == "Sinister":
            terminal.press("home")
            terminal.type(f"{word} begins.")
            terminal.press("enter", "enter")
        else:
            terminal.press("end", "enter", "enter")
            terminal.type(f"{word} ends.")
    for terminal in (left, right):
        terminal.wait(
            lambda terminal=terminal: all(  # type: ignore[misc]
                words in terminal.text for words in ("Sinister begins.", "Dexter ends.")
            ),
            "both paragraphs on both screens",
        )
    for terminal in (left, right):
        desk.leave(terminal)
    cause = desk.document("incident.toml").root_cause
    assert cause == "Sinister begins.\n\nIn the middle.\n\nDexter ends."


def test_a_conflict_is_settled_in_a_real_terminal(desk: Desk) -> None:
    """The title is changed on both sides; ctrl+b, t and Enter take the other one."""
    path = desk.put_sample()
    desk.config.write_text("autosave = false\n")
    terminal = desk.open("incident.toml", columns=80, rows=24)
    terminal.press("ctrl+o", "ctrl+g", "t")
    terminal.type(" mine")
    terminal.wait_for("unsaved")
    other = desk.document("incident.toml")
    path.write_bytes(toml.write(other.revise(title="Of the other side")))
    terminal.wait_for("1 conflict with another program: ctrl+b settles")
    terminal.press("ctrl+b")
    terminal.wait_for("Of the other side")
    terminal.press("t", "enter")
    terminal.wait_for("Settled")
    desk.leave(terminal)
    assert desk.document("incident.toml").title == "Of the other side"
    assert not list(desk.state.glob("recovery/*"))


def test_a_conflict_that_is_not_settled_is_named_on_leaving(desk: Desk) -> None:
    path = desk.put_sample()
    desk.config.write_text("autosave = false\n")
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+o", "ctrl+g", "t")
    terminal.type(" mine")
    terminal.wait_for("unsaved")
    other = desk.document("incident.toml")
    path.write_bytes(toml.write(other.revise(title="Of the other side")))
    terminal.wait_for("1 conflict")
    terminal.press("ctrl+q")
    assert terminal.wait_end() == 0
    assert "1 conflict not settled: yours is in the file" in terminal.last_words
    assert desk.document("incident.toml").title.endswith(" mine")
    (kept,) = desk.state.glob("recovery/*-theirs-*.toml")
    assert toml.read(Path(kept).read_bytes()).title == "Of the other side"
