"""A real terminal for the tests: the program runs in a pty, pyte draws what it sends."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pyte

PATIENCE = 60.0
"""Seconds to wait for what should come at once: a busy machine is no failure."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "delete": "\x1b[3~",
    "backspace": "\x7f",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
} | {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}


_STILL = 6
"""Looks in a row, some milliseconds apart, at a program that sleeps."""

_PRIVATE = re.compile(rb"\x1b\[[<=>]")
"""What begins the sequences that pyte does not know as private, so that it prints their letters."""


_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
"""What is between them appears at once on terminals that know synchronised output."""


def drawable(data: bytes) -> bytes:
    """What a program sent, in a form that pyte draws as terminals do."""
    return _PRIVATE.sub(b"\x1b[?", data)


class Process(Protocol):
    """A program that was started: a `Popen`, or what tells and does as much."""

    pid: int
    returncode: Any

    def poll(self) -> int | None:
        """The exit code, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""

    def send_signal(self, number: int, /) -> None:
        """Send a signal, unless it has ended."""


Launch = Callable[[Sequence[str], int, Path, Mapping[str, str]], Process]
"""Starts a command at a terminal, in a folder, with an environment."""


def started(
    command: Sequence[str], terminal: int, folder: Path, environ: Mapping[str, str]
) -> Process:
    """A new process, as a shell starts it."""
    return subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=folder,
        env=dict(environ),
        start_new_session=True,
        preexec_fn=_at_its_terminal,
    )


def _at_its_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background has it ignored
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A program in a pty of `columns` x `rows`; counts the keys that are not content.

    `output` is every byte that the program sent.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        environ: Mapping[str, str],
        columns: int = 120,
        rows: int = 36,
        launch: Launch | None = None,
    ) -> None:
        self.keys = 0
        self.content = 0
        self.output = bytearray()
        self._drawn = 0
        self._lines: dict[int, str] = {}
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._tty = os.ttyname(slave)
        os.set_blocking(self._master, False)
        self._set_size(columns, rows)
        self.process = (launch or started)(command, slave, cwd, environ)
        os.close(slave)

    @property
    def modes(self) -> list[object]:
        """How the terminal handles keys and output: what `stty` shows."""
        slave = os.open(self._tty, os.O_RDWR | os.O_NOCTTY)
        try:
            return termios.tcgetattr(slave)
        finally:
            os.close(slave)

    # -- the person ------------------------------------------------------------------------

    def press(self, *names: str) -> None:
        """Press keys by name; each counts as one beyond the content."""
        for name in names:
            self.keys += 1
            self.write(KEYS.get(name, name))

    def type(self, text: str) -> None:
        """Type content."""
        self.content += len(text)
        self.write(text)

    def paste(self, text: str) -> None:
        """Paste `text` in brackets, as a terminal does."""
        self.write(f"\x1b[200~{text}\x1b[201~")

    def write(self, text: str) -> None:
        """Send characters as they are, as many at a time as the pty takes."""
        data = text.encode()
        end = time.monotonic() + PATIENCE
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                assert time.monotonic() < end, f"nobody reads the keys:\n{self.text}"
                self.read(0.01)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size; the program is told by SIGWINCH."""
        self._draw()
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    # -- the screen --------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The screen."""
        self._draw()
        for y in self._screen.dirty:
            self._lines[y] = self._line(y)
        self._screen.dirty.clear()
        return "\n".join(self._lines[y] for y in range(self._screen.lines))

    def _line(self, y: int) -> str:
        cells = self._screen.buffer[y]
        # The cell after a wide character is empty.
        return "".join(cells[x].data for x in range(self._screen.columns)).rstrip()

    def _draw(self) -> None:
        whole = len(self.output)
        if (begin := self.output.rfind(_BEGIN)) > self.output.rfind(_END):
            whole = max(begin, self._drawn)
        new, self._drawn = bytes(self.output[self._drawn : whole]), whole
        if new:
            self._stream.feed(drawable(new))

    def read(self, seconds: float) -> None:
        """Take what the program sends within so many seconds."""
        end = time.monotonic() + seconds
        while select.select([self._master], [], [], max(0.0, end - time.monotonic()))[0]:
            try:
                self.output += os.read(self._master, 65536)
            except OSError:  # EIO: nobody holds the other end any more
                return

    def wait(self, condition: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Return when `condition` holds; AssertionError with the screen if it never does."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{what}: never came about:\n{self.text}"
            ended = self.process.poll() is not None
            self.read(0.02)
            assert not ended or condition(), f"the program ended before {what}:\n{self.text}"

    def wait_for(self, text: str, seconds: float = PATIENCE) -> None:
        """Return when `text` stands on the screen; AssertionError if it never does."""
        self.wait(lambda: text in self.text, f"{text!r} on the screen", seconds)

    def wait_quiet(self, seconds: float = PATIENCE) -> None:
        """Return when the program has read every key and done with them, or has ended."""
        end = time.monotonic() + seconds
        still = 0
        while still < _STILL:
            assert time.monotonic() < end, f"the program never rests:\n{self.text}"
            self.read(0.005)
            still = still + 1 if self._rests() else 0

    def wait_stopped(self) -> None:
        """Wait until the program was stopped, as by ctrl+z."""
        self.wait(lambda: set(self._of(str(self.process.pid))) == {"T"}, "the program stops")

    def _rests(self) -> bool:
        slave = os.open(self._tty, os.O_RDWR | os.O_NOCTTY)
        try:
            (unread,) = struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, bytes(4)))
        finally:
            os.close(slave)
        states = {state for pid in os.listdir("/proc") if pid.isdigit() for state in self._of(pid)}
        return states <= {"S", "Z"} and not ("S" in states and unread)

    def _of(self, pid: str) -> Iterator[str]:
        """The states of the threads of a process, if it belongs to this terminal."""
        with suppress(OSError):  # it may end meanwhile
            if os.getsid(int(pid)) == self.process.pid:
                for task in os.listdir(f"/proc/{pid}/task"):
                    stat = Path(f"/proc/{pid}/task/{task}/stat").read_text()
                    yield stat.rpartition(")")[2].split()[0]

    def wait_end(self, seconds: float = PATIENCE) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, f"the program did not end:\n{self.text}"
            self.read(0.02)
        self.read(0)
        return self.process.returncode

    @property
    def last_words(self) -> str:
        """What was printed after the alternate screen was left, or without ever entering it."""
        return self.output.rpartition(b"\x1b[?1049l")[2].decode()

    def hang_up(self) -> None:
        """Close the terminal, as a window that is closed or a link that drops."""
        os.close(self._master)
        self._master = os.open(os.devnull, os.O_RDWR)

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
