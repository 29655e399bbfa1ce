"""A process in which the program is loaded, and that forks one for each run.

A run has its own process, streams, folder and environment, as from a shell; it spares the loading,
which takes ten times as long as most commands do.
"""

import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import Popen
from typing import IO, NoReturn

from tests.forked_program import be_program

LOADED = (
    *("pmtui.cli.program", "pmtui.core.merge", "pmtui.core.checks.registry", "pmtui.formats.toml"),
    *("pmtui.formats.markdown", "pmtui.formats.reading", "pmtui.formats.templating"),
    *("pmtui.storage.atomic", "pmtui.storage.library", "pmtui.storage.settings"),
)
"""What most commands load; the rest is loaded by each run that wants it."""

_END = b"\n"
_PART = 65_536
"""Bytes that are read at once."""


class Forker:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self._near, far = socket.socketpair()
        command = [sys.executable, "-m", "tests.cli.forking", str(far.fileno())]
        self._process = Popen(command, pass_fds=[far.fileno()], cwd=Path(__file__).parents[2])
        far.close()

    def run(
        self,
        arguments: list[str],
        folder: Path,
        environ: Mapping[str, str],
        streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
    ) -> int:
        """The exit code of the program, run on these arguments, standard streams and so on."""
        request = json.dumps((arguments, str(folder), dict(environ))).encode() + _END
        socket.send_fds(self._near, [request], [stream.fileno() for stream in streams])
        return int(self._near.recv(16))

    def close(self) -> None:
        """End the process."""
        self._near.close()
        self._process.wait()


def _serve(near: socket.socket) -> None:
    """Run the program for each request until nobody is left to ask."""
    for name in LOADED:
        __import__(name)
    while True:
        request, streams, _, _ = socket.recv_fds(near, _PART, 3)
        if not request:
            return
        while not request.endswith(_END):
            request += near.recv(_PART)
        child = os.fork()
        if child == 0:
            near.close()
            _run(*json.loads(request), streams)
        for stream in streams:
            os.close(stream)
        near.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _run(
    arguments: list[str], folder: str, environ: dict[str, str], streams: list[int]
) -> NoReturn:
    """Be the program that was just started."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    be_program(arguments, folder, environ)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
