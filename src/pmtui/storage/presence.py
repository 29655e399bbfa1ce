"""Who else has a document open: a shared lock on a small file, which the kernel frees by itself."""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Self

from pmtui.core.digests import blake2b
from pmtui.storage.paths import private_dir


class Presence:
    """That this process has a document open; `company` is whether another one had it before."""

    def __init__(self, descriptor: int | None, place: Path, company: bool) -> None:
        """What `announce` makes."""
        self._descriptor = descriptor
        self._place = place
        self.company = company

    @classmethod
    def announce(cls, path: Path) -> Self:
        """Say that the document at `path` is open here; where nothing can be locked, in silence."""
        name = blake2b(os.fsencode(os.path.realpath(path)), digest_size=12).hexdigest()
        place = Path(name)
        try:
            place = private_dir("open") / name
            while True:
                descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
                company = not _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _lock(descriptor, fcntl.LOCK_SH)
                if _is_at(descriptor, place):
                    return cls(descriptor, place, company)
                os.close(descriptor)
        except OSError:
            return cls(None, place, False)

    def leave(self) -> None:
        """Say that the document is not open here any more; the last one takes the file away."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with contextlib.suppress(OSError):
            if _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB) and _is_at(descriptor, self._place):
                os.unlink(self._place)
        os.close(descriptor)


def _lock(descriptor: int, kind: int) -> bool:
    """Whether the lock was there to have.

    Raises:
        OSError: The file system has no locks.
    """
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        return False
    return True


def _is_at(descriptor: int, place: Path) -> bool:
    """Whether the open file is the one of that name, not one that the last to leave took away."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(place))
    except FileNotFoundError:
        return False
