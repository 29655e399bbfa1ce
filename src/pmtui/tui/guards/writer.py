"""Writing to a terminal that may stop reading, without anybody having to wait for it."""

import os
import re
import select
import threading
import time
from collections import deque
from collections.abc import Callable

LIMIT = 64 * 1024
"""Characters that may wait for a terminal that reads nothing."""

STALL = 0.5
"""Seconds that the oldest of them waits before the terminal counts as stalled."""

LATE = 0.03
"""Seconds that it waits before the terminal counts as late, and is better told less."""

PATIENCE = 1.0
"""Seconds without any progress after which the last words are given up."""

_PIECE = 4096
_SETTING = re.compile(r"\x1b\[[?<>=][\d;]*\$?[a-z]|\x1b\].*[\x07\\]", re.DOTALL)
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
"""What stands around a picture that is to be shown at once."""


def is_picture(text: str) -> bool:
    """Whether `text` draws, so that a later picture makes up for it; settings must all arrive."""
    return text.startswith(BEGIN) or text == END or _SETTING.fullmatch(text) is None


class Writer(threading.Thread):
    """Writes in a thread; pictures that a stalled terminal did not take are dropped.

    `before` is another that writes to it, and is waited for.
    `repaint` is called, in this thread, once the terminal reads again after some were; `catch_up`
    once it has taken all, if somebody asked and held a picture back until then.
    """

    def __init__(
        self,
        descriptor: int,
        encoding: str,
        repaint: Callable[[], object],
        catch_up: Callable[[], object] = lambda: None,
        before: threading.Thread | None = None,
    ) -> None:
        super().__init__(name="pmtui-output", daemon=True)
        self._descriptor = descriptor
        self._encoding = encoding
        self._repaint = repaint
        self._catch_up = catch_up
        self._before = before
        self._waiting: deque[tuple[float, str]] = deque()
        self._size = 0
        self._lost = False
        self._owed = False
        self._closing = False
        self._progress = time.monotonic()
        self._changed = threading.Condition()

    def write(self, text: str) -> None:
        """Have `text` written, as soon as the terminal takes it."""
        now = time.monotonic()
        with self._changed:
            if self._closing:
                return
            if self._size > LIMIT and now - self._waiting[0][0] > STALL:
                self._drop_pictures()
                self._lost = True
            if not (self._lost and is_picture(text)):
                self._waiting.append((now, text))
                self._size += len(text)
            self._changed.notify_all()

    def stop(self) -> None:
        """Write the settings that are left, and return; a terminal that reads nothing misses them.

        What was drawn meanwhile is of no use to anybody any more.
        """
        with self._changed:
            self._closing = True
            self._drop_pictures()
            self._progress = time.monotonic()
            self._changed.notify_all()
        while self.is_alive() and time.monotonic() - self._progress < PATIENCE:
            self.join(0.02)

    def is_late(self) -> bool:
        """Whether the terminal has not taken yet what was written a while ago.

        A picture that is held back because of that can be drawn as soon as it has.
        """
        with self._changed:
            late = bool(self._waiting) and time.monotonic() - self._waiting[0][0] > LATE
            self._owed |= late
            return late

    @property
    def pending(self) -> int:
        """How many characters wait."""
        return self._size

    def run(self) -> None:
        """Write until stopped, or until there is no terminal any more."""
        if self._before is not None:
            self._before.join()
        while True:
            with self._changed:
                caught_up = not self._waiting and not self._closing
                lost, owed = caught_up and self._lost, caught_up and self._owed
                self._lost, self._owed = self._lost and not lost, self._owed and not owed
                while not (self._waiting or self._closing or lost or owed):
                    self._changed.wait()
                text = self._waiting[0][1] if self._waiting else ""
            if lost or owed:
                (self._repaint if lost else self._catch_up)()
                continue
            if not text and self._closing:
                return
            try:
                self._send(text.encode(self._encoding, "replace"))
            except OSError:
                self._give_up()
                return
            with self._changed:
                # Pictures may have been dropped meanwhile, this one too.
                if self._waiting and self._waiting[0][1] is text:
                    self._waiting.popleft()
                    self._size -= len(text)

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._descriptor, view[:_PIECE]) :]
                self._progress = time.monotonic()
            except BlockingIOError:  # another program has set the terminal so
                select.select([], [self._descriptor], [], STALL)

    def _drop_pictures(self) -> None:
        first = self._waiting[0] if self._waiting else None
        kept = [each for each in self._waiting if each is first or not is_picture(each[1])]
        self._waiting = deque(kept)
        self._size = sum(len(text) for _, text in kept)

    def _give_up(self) -> None:
        """Nobody reads: whatever is written from now on goes nowhere."""
        with self._changed:
            self._closing = True
            self._waiting.clear()
            self._size = 0
