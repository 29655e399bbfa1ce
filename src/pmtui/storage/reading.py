"""Reading a file that may turn out to be a folder, a pipe, or far too large."""

import os
import stat
from pathlib import Path

from pmtui.errors import StorageError
from pmtui.storage.refusals import told

LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""


def read(path: Path) -> tuple[bytes, os.stat_result]:
    """The content of the file at `path`, and the file's state before that content was read.

    Raises:
        StorageError: It is missing, unreadable, larger than `LIMIT`, or no regular file.
    """
    with told(path):
        # O_NONBLOCK: opening a pipe that nobody writes to would otherwise wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            state = os.fstat(descriptor)
            refuse_irregular(state, path)
            with open(descriptor, "rb", closefd=False) as file:
                content = file.read(LIMIT + 1)
        finally:
            os.close(descriptor)
    if len(content) > LIMIT:
        remedy = "is it the right file?"
        raise StorageError(f"is larger than {LIMIT >> 20} MB", where=str(path), remedy=remedy)
    return content, state


def refuse_irregular(state: os.stat_result, path: Path) -> None:
    """Raises StorageError unless `state` is that of a regular file."""
    if stat.S_ISDIR(state.st_mode):
        raise StorageError("is a folder", where=str(path), remedy="name a file in it")
    if not stat.S_ISREG(state.st_mode):
        remedy = "name a regular file"
        raise StorageError("is a device, pipe or socket", where=str(path), remedy=remedy)
