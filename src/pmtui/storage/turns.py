"""One at a time: between reading a file and replacing it no other pmtui may replace it.

A lock on the folder is enough, since saves are short; it goes with the process that holds it.
"""

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_held = threading.local()


@contextlib.contextmanager
def turn(folder: Path, patience: float) -> Iterator[None]:
    """Waits until nobody else has a turn in `folder`, for so many seconds; then goes on anyway.

    Within its turn a thread may begin another one. Where folders cannot be locked (some network
    file systems) nobody waits.
    """
    taken: set[Path] = _held.__dict__.setdefault("folders", set())
    if folder in taken:
        yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        _lock(descriptor, patience)
        taken.add(folder)
        yield
    finally:
        taken.discard(folder)
        os.close(descriptor)


def _lock(descriptor: int, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > end:
                return
            time.sleep(0.005)
        except OSError:
            return
