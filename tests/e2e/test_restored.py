"""However the program ends, the terminal is as before, and the document is in its file."""

import sys
from pathlib import Path

import pytest

from tests.e2e.desk import PROGRAM, Desk
from tests.e2e.terminal import Terminal
from tests.long_run import besides

SHELL = ("/bin/sh", "-c", 'stty -g; "$@"; code=$?; stty -g; exit $code', "sh")
"""Says how the terminal is set before and after the command."""

MODES = {
    "alternate screen": 1049,
    "mouse": 1000,
    "mouse movements": 1003,
    "mouse coordinates": 1006,
    "focus reports": 1004,
    "bracketed paste": 2004,
}

CRASHING = """
import sys
from pmtui.tui.widgets.timeline import TimelinePane
from pmtui.cli import main

def broken(self):
    secret = self._document.title
    raise RuntimeError(f"cannot sort {secret}")

TimelinePane.run_timeline_sort = broken
sys.argv = ["pmtui", *sys.argv[1:]]
main()
"""


def assert_restored(terminal: Terminal) -> None:
    """All that was turned on is off again, and the lines are edited and echoed as before."""
    output = terminal.output.decode()
    for name, mode in MODES.items():
        on, off = f"\x1b[?{mode}h", f"\x1b[?{mode}l"
        assert output.rfind(off) > output.rfind(on) >= 0, f"{name} is left on"
    assert output.rfind("\x1b[?25h") > output.rfind("\x1b[?25l"), "the cursor is hidden"
    settings = output.splitlines()[0]
    assert terminal.last_words.rstrip().endswith(settings)


def test_leaving_restores_the_terminal(desk: Desk) -> None:
    terminal = desk.start(*SHELL, *PROGRAM, "incident.toml")
    terminal.wait_for("help")
    terminal.type("Down")
    desk.leave(terminal)
    assert_restored(terminal)
    assert desk.document("incident.toml").title == "Down"


@pytest.mark.parametrize("autosave", ["false", *besides("true")])
def test_a_crash_restores_the_terminal_keeps_the_document_and_shows_none_of_it(
    desk: Desk, autosave: str
) -> None:
    desk.config.write_text(f"autosave = {autosave}\n")
    driver: Path = desk.home / "crashing.py"
    driver.write_text(CRASHING)
    terminal = desk.start(*SHELL, sys.executable, "-P", str(driver), "incident.toml")
    terminal.wait_for("help")
    terminal.type("Unspeakable")
    terminal.press("ctrl+t")
    terminal.type("14:05 alarm")
    terminal.press("enter", "f3", "s")
    assert terminal.wait_end() == 70
    assert_restored(terminal)
    document = desk.document("incident.toml")
    assert document.title == "Unspeakable"
    assert [entry.text for entry in document.timeline] == ["alarm"]
    said = terminal.last_words
    assert "a mistake in pmtui itself (RuntimeError)" in said
    assert "Traceback" not in said
    assert not any(word in said for word in ("Unspeakable", "alarm"))
    (report,) = desk.state.rglob("crash-*.txt")
    assert report.stat().st_mode & 0o777 == 0o600
    assert str(report) in said.replace("\r\n", "")
