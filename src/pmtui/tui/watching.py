"""Noticing what happens outside of the editor, with one look a second and none of its own keys.

Linux tells of changes in a folder by a signal; a file that another machine writes is found by
looking, and so is a terminal that went without a word.
"""

import asyncio
import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

EVERY = 1.0
"""Seconds between two looks."""

SOON = 0.05
"""Seconds from the first sign of a change to the look, in which a writer comes to its end."""

_CHANGES = ("DN_MODIFY", "DN_CREATE", "DN_RENAME", "DN_DELETE", "DN_MULTISHOT")


class Watching:
    """Calls `notice` in the event loop when `look`, called in a thread, gives true.

    The thread is one of its own that nobody waits for: a look at a file on a network that is down
    may take for ever.
    """

    def __init__(self, look: Callable[[], bool], notice: Callable[[], object]) -> None:
        self._look = look
        self._notice = notice
        self._over = threading.Event()
        self._soon = threading.Event()
        self._folders: dict[Path, int] = {}
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._run, name="pmtui-watching", daemon=True).start()

    def tell_of(self, folders: Iterable[Path]) -> None:
        """Look at once when something changes in one of these, where the system can tell."""
        for folder in folders:
            if folder not in self._folders and (descriptor := self._watched(folder)) is not None:
                self._folders[folder] = descriptor

    def stop(self) -> None:
        """End."""
        self._over.set()
        self._soon.set()
        for descriptor in self._folders.values():
            os.close(descriptor)
        if self._folders:
            signal.signal(signal.SIGIO, signal.SIG_IGN)
        self._folders.clear()

    def _signalled(self, *_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._soon.set)

    def _watched(self, folder: Path) -> int | None:
        if not all(hasattr(fcntl, name) for name in ("F_NOTIFY", *_CHANGES)):
            return None
        descriptor = -1
        try:
            # Without a handler the signal would end the program; one of the loop goes with it.
            signal.signal(signal.SIGIO, self._signalled)
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            changes = sum(getattr(fcntl, name) for name in _CHANGES)
            # A flag in the highest bit, which a signed number has for its sign.
            fcntl.fcntl(descriptor, fcntl.F_NOTIFY, changes - (1 << 32 if changes >> 31 else 0))
        except (OSError, OverflowError, RuntimeError, ValueError):
            if descriptor >= 0:
                os.close(descriptor)
            return None
        return descriptor

    def _run(self) -> None:
        while not self._over.is_set():
            if self._soon.wait(EVERY) and not self._over.wait(SOON):
                self._soon.clear()
            if not self._over.is_set() and self._look():
                with suppress(RuntimeError):  # the loop has ended meanwhile
                    self._loop.call_soon_threadsafe(self._notice)
