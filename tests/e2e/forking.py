"""A process in which the editor is loaded, and that forks one for each terminal.

A forked editor has its own process, session, terminal, folder and environment, as from a shell; it
spares the loading, which takes twice as long as all the rest of a start.
"""

import fcntl
import gc
import json
import os
import select
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from tests.forked_program import be_program

LOADED = (
    *("pmtui.cli.at_once", "pmtui.cli.outcome", "pmtui.cli.editing", "pmtui.cli.first_picture"),
    *("pmtui.tui.app", "textual.drivers.linux_driver", "textual.scrollbar"),
    "pmtui.core.checks.registry",
)
"""What an editor loads before its first review is done; what it loads later, it loads here too."""

READ_LATER = frozenset(("DISPLAY", "EDITOR", "HOME", "TMPDIR", "XDG_STATE_HOME"))
"""The variables that are read when they are needed, and not by what is loaded."""

_PART = 65_536
"""Bytes that are read at once; a request is less."""


class Forked:
    """An editor that was forked, with what tests ask of a `Popen`."""

    def __init__(self, pid: int, command: list[str], end: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._command = command
        self._end = end

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self._command, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended just now
                os.kill(self.pid, number)

    def _look(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], seconds)[0]:
            self.returncode = int(self._end.recv(16))
            self._end.close()
        return self.returncode


class Forker:
    """The process that forks, seen from the tests."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = _read_early(environ)
        self._near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.forking", str(far.fileno())],
            pass_fds=[far.fileno()],
            cwd=Path(__file__).parents[2],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
        )
        far.close()

    def fits(self, environ: Mapping[str, str]) -> bool:
        """Whether what is loaded here is what would be loaded with these variables."""
        return _read_early(environ) == self._environ

    def start(
        self, arguments: list[str], terminal: int, folder: Path, environ: Mapping[str, str]
    ) -> Forked:
        """The program, run on these arguments at that terminal."""
        request = json.dumps((arguments, str(folder), dict(environ))).encode()
        end, told = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with told:
            socket.send_fds(self._near, [request], [terminal, told.fileno()])
        return Forked(int(self._near.recv(16)), ["pmtui", *arguments], end)

    def close(self) -> None:
        """End the process."""
        self._near.close()
        self._process.wait()


def _read_early(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in READ_LATER}


def _serve(near: socket.socket) -> None:
    """Start the program for each request, and tell how it ended, until nobody is left to ask."""
    for name in LOADED:
        __import__(name)
    assert threading.active_count() == 1, "no thread survives a fork"
    gc.freeze()
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        for ready in select.select([near, *running], [], [])[0]:
            if ready is near:
                request, fds, _, _ = socket.recv_fds(near, _PART, 2)
                if not request:
                    return
                terminal, told = fds
                child = os.fork()
                if child == 0:
                    near.close()
                    for watch, (_, other) in running.items():
                        os.close(watch)
                        other.close()
                    os.close(told)
                    _run(*json.loads(request), terminal)
                os.close(terminal)
                running[os.pidfd_open(child)] = child, socket.socket(fileno=told)
                near.send(str(child).encode())
            else:
                child, waiting = running.pop(ready)
                os.close(ready)
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                with waiting:
                    waiting.send(str(code).encode())


def _run(arguments: list[str], folder: str, environ: dict[str, str], terminal: int) -> NoReturn:
    """Be the program that was just started at a terminal."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(terminal, number)
    os.close(terminal)
    # As Python opens them at a terminal; those of the parent know that they are at none.
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.__stderr__ = os.fdopen(
        2, "w", encoding="utf-8", errors="backslashreplace", closefd=False
    )
    be_program(arguments, folder, environ)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
