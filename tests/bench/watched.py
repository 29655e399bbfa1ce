"""A terminal that measures: what comes is stamped with its time, and its link may be slow.

It answers the queries that decide how a program draws, and does not speak the kitty protocol.
"""

import os
import re
import select
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.e2e.terminal import PATIENCE, Terminal

COLUMNS, ROWS = 120, 40

QUIET = 0.04
"""Seconds without output or work after which a key counts as done with."""

_BUSY = 0.1
"""The share of a processor up to which a program counts as resting."""

_DROPLET = 0.01
"""Seconds between two reads from a link that carries only so many bytes a second."""

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_LONGEST = 16
_SYNCHRONISED = b"2026"


class Link(NamedTuple):
    """What lies between program and person: seconds there and back, bytes a second (0: no end)."""

    rtt: float = 0.0
    rate: float = 0.0


class Chunk(NamedTuple):
    """What was read at once: when it was on the person's side, the CPU until then, in seconds."""

    at: float
    data: bytes
    cpu: float = 0.0


class Watched(Terminal):
    """A program in a pty of 120x40, with the time of all that it sends in `log`.

    Of a link with a round trip, half is taken by keys on their way and half by what comes back. A
    slow one is read slowly: only the few kilobytes of the pty lie between the program and it.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        environ: Mapping[str, str],
        link: Link = Link(),  # noqa: B008
    ) -> None:
        self.log: list[Chunk] = []
        self.link = link
        self._on_their_way: deque[tuple[float, str]] = deque()
        self._asked = 0
        self._last_read = self.began = time.monotonic()
        super().__init__(command, cwd=cwd, environ=environ, columns=COLUMNS, rows=ROWS)

    # -- the link ------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send keys, which arrive after half a round trip."""
        if self.link.rtt:
            self._on_their_way.append((time.monotonic() + self.link.rtt / 2, text))
        else:
            super().write(text)

    def read(self, seconds: float) -> None:
        """Take what the program sends within so many seconds, as the link lets it through."""
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            while self._on_their_way and self._on_their_way[0][0] <= now:
                super().write(self._on_their_way.popleft()[1])
            left = end - now
            if self._on_their_way:
                left = min(left, self._on_their_way[0][0] - now)
            room = self._room(now)
            if not room:
                time.sleep(max(0.0, min(left, _DROPLET)))
            elif select.select([self._master], [], [], max(0.0, left))[0]:
                try:
                    self._take(os.read(self._master, room))
                except OSError:  # EIO: nobody holds the other end any more
                    return
            if time.monotonic() >= end:
                return

    def _room(self, now: float) -> int:
        """How many bytes the link takes at this moment."""
        if not self.link.rate:
            return 65536
        waited = min(now - self._last_read, 2 * _DROPLET)
        return int(waited * self.link.rate) if waited >= _DROPLET else 0

    def _take(self, data: bytes) -> None:
        self._last_read = time.monotonic()
        self.log.append(Chunk(self._last_read + self.link.rtt / 2, data, self.cpu()))
        self.output += data
        for query in _QUERY.finditer(self.output, self._asked):
            self._asked = query.end()
            known = 2 if query[1] == _SYNCHRONISED else 0
            answer = f"\x1b[?{query[1].decode()};{known}$y"
            if self.link.rtt:
                self._on_their_way.append((self._last_read + self.link.rtt, answer))
            else:
                super().write(answer)
        self._asked = max(self._asked, len(self.output) - _LONGEST)  # one may be cut in two

    @staticmethod
    def now() -> float:
        """Seconds of the clock that stamps what comes."""
        return time.monotonic()

    # -- the program ---------------------------------------------------------------------------

    def cpu(self) -> float:
        """Seconds of processor time that the program has used, all its threads together."""
        try:
            return time.clock_gettime(((~self.process.pid) << 3) | 2)  # clock_getcpuclockid(3)
        except OSError:
            return 0.0

    def settle(self, quiet: float = QUIET, patience: float = PATIENCE) -> None:
        """Return when nothing came and hardly anything was computed for `quiet` seconds."""
        end = time.monotonic() + patience
        while time.monotonic() < end and self.process.poll() is None:
            seen, used = len(self.log), self.cpu()
            self.read(quiet)
            still = len(self.log) == seen and not self._on_their_way
            if still and self.cpu() - used < quiet * _BUSY and not self._is_running():
                return
        assert self.process.poll() is not None, f"the program never rests:\n{self.text}"

    def _is_running(self) -> bool:
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        except OSError:
            return False
        return stat.rpartition(")")[2].split()[0] == "R"

    def wake_ups(self) -> int:
        """How often the threads of the program have gone to sleep."""
        return sum(
            int(line.split()[1])
            for task in Path(f"/proc/{self.process.pid}/task").iterdir()
            for line in (task / "status").read_text().splitlines()
            if line.startswith("voluntary_ctxt_switches")
        )

    def resident(self) -> float:
        """Megabytes of memory that the program has in use."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def time_to_end(self, key: str) -> float:
        """Seconds from `key` until the program has ended."""
        watch = os.pidfd_open(self.process.pid)
        began = time.monotonic()
        self.write(key)
        try:
            while not select.select([watch], [], [], 0)[0]:
                assert time.monotonic() - began < PATIENCE, f"it did not end:\n{self.text}"
                if any(self.link):
                    self.read(_DROPLET)
                elif self._master in select.select([watch, self._master], [], [], PATIENCE)[0]:
                    with suppress(OSError):  # EIO: it is about to end
                        self._take(os.read(self._master, 65536))
            return time.monotonic() - began
        finally:
            os.close(watch)
