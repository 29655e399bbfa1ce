"""What the operating system's refusals mean, in a person's words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmtui.errors import ReadOnlyFile, StorageError

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "free some space, then try again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space, then try again"),
    errno.EFBIG: (
        "the file would be larger than this system allows",
        "raise the limit (ulimit -f) or choose another disk",
    ),
    errno.EROFS: ("the file system is read-only", "choose another folder"),
    errno.EACCES: ("permission denied", "change the permissions or choose another folder"),
    errno.EPERM: ("operation not permitted", "change the permissions or choose another folder"),
    errno.ENOENT: ("no such file or folder", "check the path"),
    errno.ENOTDIR: ("a part of the path is not a folder", "check the path"),
    errno.EISDIR: ("is a folder", "name a file"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter name"),
    errno.ELOOP: ("the symbolic links go round in a circle", "repair the link"),
    errno.EIO: (
        "the disk reported an input/output error",
        "choose another disk, then check this one",
    ),
    errno.EBUSY: ("the file is in use", "close the other program, then try again"),
    errno.ESTALE: ("the network folder went away", "mount it again, then try again"),
    errno.EMFILE: ("too many files are open", "close some programs, then try again"),
    errno.ENFILE: ("too many files are open", "close some programs, then try again"),
}

_KINDS: dict[int, type[StorageError]] = {errno.EROFS: ReadOnlyFile}


def refusal(error: OSError | ValueError, path: Path) -> StorageError:
    """What `error` means for the person who wanted `path` read or written."""
    if not isinstance(error, OSError):  # a NUL or a lone surrogate, found before any system call
        return StorageError("no file can have this name", where=repr(str(path)), remedy="rename it")
    number = error.errno or 0
    otherwise = ((error.strerror or "the system refused").lower(), "try another place")
    what, remedy = _REASONS.get(number, otherwise)
    return _KINDS.get(number, StorageError)(what, where=str(path), remedy=remedy)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the system refuses inside the block into a StorageError about `path`."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise refusal(error, path) from error
