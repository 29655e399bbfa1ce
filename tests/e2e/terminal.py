"""A real terminal for the tests: the program runs in a pty, pyte draws what it sends."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

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


class Terminal:
    """A program in a pty of `columns` x `rows`; counts the keys that are not content."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        environ: Mapping[str, str],
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self.keys = 0
        self.content = 0
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def press(self, *names: str) -> None:
        """Press keys by name; each counts as one beyond the content."""
        for name in names:
            self.keys += 1
            self._write(KEYS.get(name, name))

    def type(self, text: str) -> None:
        """Type content."""
        self.content += len(text)
        self._write(text)

    def paste(self, text: str) -> None:
        """Paste `text` in brackets, as a terminal does."""
        self._write(f"\x1b[200~{text}\x1b[201~")

    def _write(self, text: str) -> None:
        data = text.encode()
        while data:
            self.read(0)
            sent = os.write(self._master, data[:512])
            data = data[sent:]

    def read(self, seconds: float) -> bool:
        """Draw what comes within so many seconds; False at the end of the program's output."""
        end = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self._master], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return True
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return False
            if not data:
                return False
            # pyte knows no private CSI with ">" or "=", and would print its letters.
            self._stream.feed(data.replace(b"\x1b[>", b"\x1b[?").replace(b"\x1b[=", b"\x1b[?"))

    def wait_for(self, text: str, seconds: float = 20.0) -> None:
        """Return when `text` stands on the screen; AssertionError with the screen if it never does."""
        end = time.monotonic() + seconds
        while text not in self.text:
            if time.monotonic() > end:
                raise AssertionError(f"{text!r} never came:\n{self.text}")
            if not self.read(0.05) and text not in self.text:
                raise AssertionError(f"the program ended before {text!r}:\n{self.text}")

    def wait_end(self, seconds: float = 20.0) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"the program did not end:\n{self.text}")
            self.read(0.05)
        return self.process.returncode

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)
