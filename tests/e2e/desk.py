"""A person's desk: a folder to work in, a home of its own, and terminals on the program."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from pmtui.core.document import Postmortem
from pmtui.formats import toml
from tests.e2e.forking import Forker
from tests.e2e.terminal import PATIENCE, Launch, Process, Terminal, started

PROGRAM = (sys.executable, "-P", "-m", "pmtui")
DATA = Path(__file__).parent.parent / "data"

_GLANCE = 0.05
"""Seconds between looks at a pane, for each of which tmux is started."""

LOAD = 1.0
"""Seconds that a busy machine may add."""


def environ() -> dict[str, str]:
    """What every program finds, apart from the places of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return kept | {
        "LANG": "C.UTF-8",
        "SHELL": "/bin/sh",
        "TERM": "xterm-256color",
        "TZ": "UTC",
    }


def forked_by(forker: Forker | None) -> Launch:
    """Starts the program by a fork, where it would load what is loaded there; else as a shell."""

    def launch(
        command: Sequence[str], terminal: int, folder: Path, environ: Mapping[str, str]
    ) -> Process:
        if forker is None or not forker.fits(environ):
            return started(command, terminal, folder, environ)
        return forker.start(list(command[len(PROGRAM) :]), terminal, folder, environ)

    return launch


class Desk:
    """A folder and an environment in which nothing of the real person's is found.

    With a `forker` the editor is forked where `open` starts it; `start` always loads a program.
    """

    def __init__(self, place: Path, forker: Forker | None = None) -> None:
        self._forked = forked_by(forker)
        self.folder = place / "work"
        self.home = place / "home"
        self.config = self.home / ".config" / "pmtui" / "config.toml"
        self.state = self.home / ".local" / "state" / "pmtui"
        for folder in (self.folder, self.config.parent, place / "tmp"):
            folder.mkdir(parents=True)
        self.environ = environ() | {"HOME": str(self.home), "TMPDIR": str(place / "tmp")}
        self._terminals: list[Terminal] = []

    def start(self, *command: str, columns: int = 120, rows: int = 36) -> Terminal:
        """A terminal with any command."""
        return self._started(started, *command, columns=columns, rows=rows)

    def _started(self, launch: Launch, *command: str, columns: int, rows: int) -> Terminal:
        terminal = Terminal(
            command,
            cwd=self.folder,
            environ=self.environ,
            columns=columns,
            rows=rows,
            launch=launch,
        )
        self._terminals.append(terminal)
        return terminal

    def open(
        self, *arguments: str, ready: str = "help", columns: int = 120, rows: int = 36
    ) -> Terminal:
        """A terminal with pmtui, once `ready` stands on its screen."""
        terminal = self._started(self._forked, *PROGRAM, *arguments, columns=columns, rows=rows)
        terminal.wait_for(ready)
        return terminal

    def leave(self, terminal: Terminal) -> None:
        """Press ctrl+q, which ends the program well."""
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0, terminal.last_words

    def leave_twice(self, terminal: Terminal) -> None:
        """Press ctrl+q until the program ends, as somebody does who leaves a line as it is."""
        terminal.press("ctrl+q")
        terminal.read(1.0)
        if terminal.process.poll() is None:
            terminal.press("ctrl+q")
        assert terminal.wait_end() == 0, terminal.last_words

    def document(self, name: str) -> Postmortem:
        """The postmortem in a file of the folder."""
        return toml.read((self.folder / name).read_bytes(), name)

    def put_sample(self, name: str = "incident.toml", number: str = "001") -> Path:
        """A copy of a sample document in the folder."""
        return shutil.copyfile(DATA / "samples" / f"{number}.toml", self.folder / name)

    def close(self) -> None:
        """End all terminals."""
        for terminal in self._terminals:
            terminal.close()


class Tmux:
    """A tmux server of its own with one command in its only pane."""

    def __init__(self, desk: Desk, *command: str, columns: int = 120, rows: int = 36) -> None:
        self._base = ("tmux", "-S", str(desk.home / "tmux"), "-f", "/dev/null")
        self._desk = desk
        self.run("new-session", "-d", "-x", str(columns), "-y", str(rows), *command)

    def run(self, *words: str) -> str:
        """What a tmux command prints."""
        done = subprocess.run(
            [*self._base, *words],
            env=self._desk.environ,
            cwd=self._desk.folder,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def press(self, *names: str) -> None:
        """Press keys by tmux's names for them."""
        self.run("send-keys", *names)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self.run("send-keys", "-l", text)

    @property
    def text(self) -> str:
        """The pane."""
        return self.run("capture-pane", "-p")

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Return when `condition` holds; AssertionError with the pane if it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what}: never came about:\n{self.text}"
            time.sleep(_GLANCE)

    def wait_for(self, text: str) -> None:
        """Return when `text` stands in the pane."""
        self.wait(lambda: text in self.text, f"{text!r} in the pane")

    def close(self) -> None:
        """End the server, which ends by itself when the program in its only pane does."""
        subprocess.run([*self._base, "kill-server"], env=self._desk.environ, capture_output=True)


def need(*programs: str) -> None:
    """Skip the test where a program is missing; in CI, where all have to be there, fail."""
    for program in programs:
        if shutil.which(program) is None:
            missing = pytest.fail if os.environ.get("CI") else pytest.skip
            missing(f"{program} is not installed")


@contextmanager
def x_server() -> Iterator[str]:
    """The DISPLAY of an X server that runs meanwhile."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "100x100x8"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with open(reader) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()
