"""A mistake of the program, wherever it is: the text is safe, the terminal back, nothing shown."""

import sys
import time

import pytest

from tests.e2e.desk import Desk
from tests.e2e.test_restored import SHELL, assert_restored
from tests.long_run import besides, one_in

SECRET = "Unspeakable"

BEGIN = """
import asyncio, sys, threading
from pmtui.cli import main
from pmtui.tui.screens.editor import EditorScreen
from pmtui.tui.widgets.timeline import TimelinePane

class Broken(Exception):
    pass

def fail(app):
    title = app._sessions[0].document.title
    raise KIND(f"cannot bear {title}")
"""

PLACES = {
    "a handler": """
def trigger(self):
    fail(self.app)
""",
    "a timer": """
def trigger(self):
    app = self.app
    self.set_timer(0.01, lambda: fail(app))
""",
    "a worker": """
def trigger(self):
    async def work():
        fail(self.app)
    self.app.run_worker(work())
""",
    "a worker in a thread": """
def trigger(self):
    app = self.app
    self.app.run_worker(lambda: fail(app), thread=True)
""",
    "a toast": """
from textual.widgets._toast import Toast
def trigger(self):
    app = self.app
    Toast.render = lambda self: fail(app)
    self.app.notify("a toast", markup=False)
""",
    "a line of a list": """
from pmtui.tui.widgets.timeline_list import TimelineList
def trigger(self):
    app = self.app
    TimelineList.render_lines = lambda self, crop: fail(app)
    self.refresh(layout=True)
    self.query_one(TimelineList).refresh()
""",
    "a screen that opens": """
from textual.screen import Screen
def trigger(self):
    app = self.app
    class Opening(Screen):
        def compose(self):
            fail(app)
            yield
    self.app.push_screen(Opening())
""",
    "what runs later": """
def trigger(self):
    self.app.call_later(fail, self.app)
""",
    "the reading of keys": """
from pmtui.tui.guards.keystream import KeyStream
def trigger(self):
    app = self.app
    KeyStream.tick = lambda self: fail(app)
""",
    "the panic of Textual": """
from rich.text import Text
def trigger(self):
    app = self.app
    self.app.panic(Text(f"broken by {app._sessions[0].document.title}"))
""",
}

END = """
TimelinePane.run_timeline_sort = trigger
sys.argv = ["pmtui", *sys.argv[1:]]
main()
"""


def crash(desk: Desk, place: str, kind: str) -> tuple[float, str, str]:
    """Seconds to the end, the last words, and the report."""
    desk.config.write_text("autosave = false\n")
    driver = desk.home / "crashing.py"
    driver.write_text(BEGIN.replace("KIND", kind) + PLACES[place] + END)
    terminal = desk.start(*SHELL, sys.executable, "-P", str(driver), "incident.toml")
    terminal.wait_for("help")
    terminal.type(SECRET)
    terminal.press("ctrl+t")
    terminal.type("14:05 alarm")
    terminal.press("enter", "f3")
    terminal.wait_for("re-time")
    began = time.monotonic()
    terminal.press("s")
    assert terminal.wait_end() == 70, terminal.last_words
    taken = time.monotonic() - began
    assert_restored(terminal)
    document = desk.document("incident.toml")
    assert document.title == SECRET
    assert [entry.text for entry in document.timeline] == ["alarm"]
    (report,) = desk.state.rglob("crash-*.txt")
    assert report.stat().st_mode & 0o777 == 0o600
    said = terminal.last_words
    assert str(report) in said.replace("\r\n", "")
    return taken, said, report.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", one_in(3, PLACES))
def test_wherever_it_fails_the_text_is_kept_and_not_shown(desk: Desk, place: str) -> None:
    taken, said, report = crash(desk, place, "Broken")
    assert "a mistake in pmtui itself" in said
    assert "Traceback" not in said
    assert not any(word in said for word in (SECRET, "alarm", "cannot bear"))
    if place != "the panic of Textual":
        assert "(Broken)" in said
        assert "in fail\n" in report
        assert report.count(SECRET) == 1, "the message may tell it, the values of variables not"
    print(f"{place}: the terminal is back after {taken:.2f} s")
    assert taken < 5, "about 1 s on a machine that does nothing else"


@pytest.mark.parametrize(
    "kind", ["PermissionError", *besides("FileNotFoundError", "RecursionError")]
)
def test_whatever_class_the_error_has_it_is_a_mistake_of_the_program(desk: Desk, kind: str) -> None:
    _, said, _ = crash(desk, "a handler", kind)
    assert f"a mistake in pmtui itself ({kind})" in said
    assert SECRET not in said
