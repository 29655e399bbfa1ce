"""However it is ended, all that was typed is in the file, and it is gone within 2.5 seconds."""

import os
import signal
import sys
import time

import pytest

from tests.e2e.desk import PROGRAM, Desk
from tests.e2e.terminal import Terminal
from tests.e2e.test_restored import SHELL, assert_restored
from tests.long_run import besides, one_in

LIMIT = 2.5
"""Seconds from the signal to the end of the process."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def write(terminal: Terminal) -> None:
    """Type into a field, into one that is taken on leaving, and into both lines."""
    terminal.type("Down")
    terminal.press("ctrl+t")
    terminal.type("14:05 half an event @ana")
    terminal.press("ctrl+n")
    terminal.type("half a task")
    terminal.press("ctrl+g", "v")
    terminal.type("SEV2")


def assert_written(desk: Desk) -> None:
    document = desk.document("incident.toml")
    assert document.title == "Down"
    assert [entry.text for entry in document.timeline] == ["half an event"]
    assert [task.text for task in document.tasks] == ["half a task"]
    assert document.severity == "SEV2"


def assert_nothing_left(desk: Desk) -> None:
    assert list((desk.state / "journal").glob("*")) == []


def send(terminal: Terminal, number: int) -> None:
    """Send a signal to the editor itself, which may run below a shell."""
    (child,) = (int(pid) for pid in os.popen(f"pgrep -P {terminal.process.pid}").read().split())
    os.kill(child, number)


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("autosave", ["false", *besides("true")])
def test_a_signal_saves_even_what_is_unfinished_and_restores_the_terminal(
    desk: Desk, number: signal.Signals, autosave: str
) -> None:
    desk.config.write_text(f"autosave = {autosave}\n")
    terminal = desk.start(*SHELL, *PROGRAM, "incident.toml")
    terminal.wait_for("help")
    write(terminal)
    terminal.wait_for("SEV2")
    send(terminal, number)
    begin = time.monotonic()
    assert terminal.wait_end() == 128 + number
    assert time.monotonic() - begin < LIMIT
    assert_restored(terminal)
    assert_written(desk)
    assert_nothing_left(desk)


def test_keys_that_the_program_had_not_read_yet_are_taken_before_it_ends(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    terminal.wait_quiet()
    terminal.process.send_signal(signal.SIGSTOP)
    terminal.type("Down")
    terminal.press("ctrl+t")
    terminal.type("14:05 half")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.process.send_signal(signal.SIGCONT)
    assert terminal.wait_end() == 128 + signal.SIGTERM
    document = desk.document("incident.toml")
    assert document.title == "Down"
    assert [entry.text for entry in document.timeline] == ["half"]


def test_a_terminal_that_is_closed_leaves_everything_in_the_file(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    write(terminal)
    terminal.wait_for("SEV2")
    terminal.hang_up()
    assert terminal.process.wait(LIMIT) == 128 + signal.SIGHUP
    assert_written(desk)
    assert_nothing_left(desk)


def test_a_terminal_that_is_closed_without_a_signal_is_noticed(desk: Desk) -> None:
    terminal = desk.start(sys.executable, "-P", "-c", NOHUP, "incident.toml")
    terminal.wait_for("help")
    write(terminal)
    terminal.wait_for("SEV2")
    terminal.hang_up()
    assert terminal.process.wait(10) == 128 + signal.SIGHUP
    assert_written(desk)


NOHUP = """
import signal, sys, pmtui.tui.app as app
real = signal.signal
def deaf(number, handler):
    return real(number, signal.SIG_IGN if number == signal.SIGHUP else handler)
app.signal.signal = deaf
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.argv = ["pmtui", sys.argv[-1]]
from pmtui.cli import main
main()
"""
"""The editor, deaf for SIGHUP, as below nohup."""


@pytest.mark.parametrize("number", [signal.SIGTERM, *besides(signal.SIGHUP)])
def test_a_terminal_that_stopped_reading_holds_neither_the_text_nor_the_end(
    desk: Desk, number: signal.Signals
) -> None:
    terminal = desk.open("incident.toml")
    write(terminal)
    terminal.wait_for("SEV2")
    terminal.press("ctrl+r")
    long = "The terminal stopped reading while this was typed. " * 8
    for letter in long:
        terminal.write(letter)  # and nothing that it answers is read
        time.sleep(0.003)
    time.sleep(2)
    begin = time.monotonic()
    terminal.process.send_signal(number)
    assert terminal.process.wait(10) == 128 + number
    assert time.monotonic() - begin < LIMIT
    assert_written(desk)
    typed = desk.document("incident.toml").root_cause
    assert typed == long[: len(typed)]
    assert desk.state.joinpath("journal").exists()


def test_a_stop_and_a_hang_up_meanwhile_lose_nothing(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    write(terminal)
    terminal.wait_for("SEV2")
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.wait(lambda: b"\x1b[?1049l" in terminal.output, "the terminal is handed back")
    terminal.wait_stopped()
    stopped = len(terminal.output)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.wait(lambda: b"Contributing" in terminal.output[stopped:], "all is drawn")
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.wait_stopped()
    terminal.hang_up()
    terminal.process.send_signal(signal.SIGHUP)
    terminal.process.send_signal(signal.SIGCONT)
    assert terminal.process.wait(10) == 128 + signal.SIGHUP
    assert_written(desk)


def test_stops_that_come_while_it_goes_on_are_carried_out_one_after_the_other(desk: Desk) -> None:
    terminal = desk.open("incident.toml")
    write(terminal)
    terminal.wait_for("SEV2")
    for pause in (0.0, 0.001, 0.005, 0.01, 0.02, 0.05):
        for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGTSTP, signal.SIGCONT):
            terminal.process.send_signal(number)
            terminal.read(pause)

    def told_to_go_on() -> Terminal:
        # More than once: what comes at the very moment of a stop is lost to any program.
        terminal.process.send_signal(signal.SIGCONT)
        return terminal

    begun = len(terminal.output)
    terminal.wait(lambda: b"Contributing" in told_to_go_on().output[begun:], "all is drawn")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.wait(lambda: told_to_go_on().process.poll() is not None, "the end")
    assert terminal.process.returncode == 128 + signal.SIGTERM, terminal.last_words
    assert_written(desk)


CRASHES = {
    "a handler": "Pane.run_timeline_sort = lambda self: fail(self)",
    "a timer": "Pane.run_timeline_sort = lambda self: self.set_timer(0.01, lambda: fail(self))",
    "a worker": (
        "Pane.run_timeline_sort = lambda self: self.run_worker(afail(self), exit_on_error=True)"
    ),
    "a repaint": "Pane.run_timeline_sort = lambda self: setattr(self.rows, 'render_lines', fail)"
    " or self.rows.refresh()",
    "the thread that reads the keys": (
        "import textual.drivers.linux_driver as d\n"
        "Pane.run_timeline_sort = lambda self: setattr(d.LinuxDriver, 'process_message', fail)"
    ),
}
BROKEN = """
import sys
from pmtui.tui.widgets.timeline import TimelinePane as Pane
from pmtui.cli import main

def fail(self, *_):
    secret = "Unspeakable"
    raise RuntimeError(f"cannot {secret}")

async def afail(self):
    fail(self)

{crash}
sys.argv = ["pmtui", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("crash", one_in(4, CRASHES))
def test_a_crash_anywhere_keeps_the_text_tells_none_of_it_and_gives_the_terminal_back(
    desk: Desk, crash: str
) -> None:
    driver = desk.home / "broken.py"
    driver.write_text(BROKEN.replace("{crash}", CRASHES[crash]))
    terminal = desk.start(*SHELL, sys.executable, "-P", str(driver), "incident.toml")
    terminal.wait_for("help")
    terminal.type("Unspeakable")
    terminal.press("ctrl+t")
    terminal.type("14:05 half")
    terminal.wait_quiet()
    terminal.press("f3", "s")
    begin = time.monotonic()
    terminal.wait_quiet()
    if b"\x1b[?1049l" not in terminal.output:  # it breaks at the next key
        begin = time.monotonic()
        terminal.press("left")
    assert terminal.wait_end() == 70
    assert time.monotonic() - begin < LIMIT
    assert_restored(terminal)
    assert desk.document("incident.toml").title == "Unspeakable"
    said = terminal.last_words
    assert "Traceback" not in said
    assert not any(word in said for word in ("Unspeakable", "half"))
    terminal = desk.open("incident.toml", ready="bring it back")
    terminal.wait_for("14:05 half")


def test_ctrl_c_in_an_editor_of_the_person_s_own_does_not_end_pmtui(desk: Desk) -> None:
    program = desk.home / "editor"
    program.write_text('#!/bin/sh\ntrap "" INT\nkill -INT $PPID\nsleep 0.3\nprintf more >> "$1"\n')
    program.chmod(0o755)
    desk.environ["EDITOR"] = str(program)
    terminal = desk.open("incident.toml")
    terminal.press("ctrl+r")
    terminal.type("some ")
    terminal.press("f4")
    terminal.wait_for("some more")
    desk.leave(terminal)
    assert desk.document("incident.toml").root_cause == "some more"


def test_a_hang_up_while_the_person_s_own_editor_runs_saves_what_was_typed_before(
    desk: Desk,
) -> None:
    program = desk.home / "editor"
    program.write_text('#!/bin/sh\ntrap "" HUP TERM\nsleep 20\n')
    program.chmod(0o755)
    desk.environ["EDITOR"] = str(program)
    desk.config.write_text("autosave = false\n")
    terminal = desk.open("incident.toml")
    write(terminal)
    terminal.press("ctrl+r")
    terminal.type("some")
    terminal.press("f4")
    terminal.wait(lambda: b"\x1b[?1049l" in terminal.output, "the terminal is lent")
    time.sleep(0.3)
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.process.wait(LIMIT + 1) == 128 + signal.SIGTERM
    assert_written(desk)
    assert desk.document("incident.toml").root_cause == "some"


def test_what_was_written_in_an_editor_that_failed_is_kept_and_named(desk: Desk) -> None:
    program = desk.home / "editor"
    program.write_text('#!/bin/sh\nprintf "long thoughts" >> "$1"\nexit 3\n')
    program.chmod(0o755)
    desk.environ["EDITOR"] = str(program)
    terminal = desk.open("incident.toml", columns=300)
    terminal.press("ctrl+r", "f4")
    terminal.wait_for("ended with code 3")
    (kept,) = (desk.state / "recovery").glob("*")
    assert str(kept) in terminal.text
    assert "long thoughts" in kept.read_text()
