"""Saving a file so that a crash at any moment leaves the whole old or the whole new content.

The new content goes to a temporary file in the same folder, is forced to the disk, and takes the
old file's place in one step. Where a new file could not be what the old one was (hard links, an
owner or attributes that cannot be kept, a folder that cannot be written), the old one is rewritten
in place, after the space for it is reserved.
"""

import contextlib
import errno
import fcntl
import os
import re
import stat
import time
from pathlib import Path
from typing import NamedTuple

from pmtui.core.digests import blake2b
from pmtui.errors import ChangedOnDisk, ReadOnlyFile, StorageError
from pmtui.storage.reading import refuse_irregular
from pmtui.storage.refusals import told


class Absent:
    """What is expected of a file that does not exist."""


ABSENT = Absent()
"""As `expected`: there must be no such file yet."""

_STALE = 3600.0
"""Seconds after which a temporary file belongs to no save that still runs."""

_PREFIX = 200
"""Bytes of a file's name that its temporary file repeats: a name may have 255 in all."""

_UNSUPPORTED = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""What network and foreign file systems say to an operation that they do not have."""

_IRREPLACEABLE = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.EXDEV})
"""What is said where a file may be written but not replaced: a sticky or closed folder, a mount."""


class _CannotKeepError(Exception):
    """A replacement would not have the owner, mode or attributes of the old file."""


class _Change(NamedTuple):
    """What a save is to do: `path` is the name the person gave, `target` the file behind it."""

    path: Path
    target: Path
    data: bytes
    expected: bytes | Absent | None


def fingerprint(data: bytes) -> bytes:
    """A digest that two contents share only when they are the same."""
    return blake2b(data, digest_size=32).digest()


def save(
    path: Path, data: bytes, *, expected: bytes | Absent | None = None, mode: int = 0o666
) -> None:
    """Makes `data` the content of the file at `path`, wholly and durably or not at all.

    A symbolic link stays one and its target is saved. A file that exists keeps its mode, owner,
    group, access lists, extended attributes and hard links; a new one gets `mode` less the umask.
    `expected` is the content that may be replaced, or `ABSENT`.

    Raises:
        ReadOnlyFile: The file's mode or its file system forbids writing, for root too.
        ChangedOnDisk: The file holds neither `data` nor what was expected.
        StorageError: The disk is full, the folder is missing, permission is denied...; what the
            file held before it still holds.
    """
    with told(path):
        change = _Change(path, Path(os.path.realpath(path)), data, expected)
        try:
            old = os.stat(change.target)
        except FileNotFoundError:
            if not change.target.parent.is_dir():
                remedy = "create the folder first"
                raise StorageError(
                    "there is no such folder", where=str(path), remedy=remedy
                ) from None
            _replace(change, None, mode)
            return
        refuse_irregular(old, path)
        if not is_writable(change.target, old):
            remedy = "save under another name, or make it writable (chmod u+w)"
            raise ReadOnlyFile("the file is read-only", where=str(path), remedy=remedy)
        if old.st_nlink > 1:
            _rewrite(change)
            return
        try:
            _replace(change, old, 0o600)
        except _CannotKeepError:
            _rewrite(change)
        except OSError as error:
            if error.errno not in _IRREPLACEABLE:
                raise
            _rewrite(change)


def is_writable(path: Path, state: os.stat_result) -> bool:
    """Whether the file may be written; one without any write bit may not, not even by root."""
    return bool(state.st_mode & 0o222) and os.access(path, os.W_OK)


def sweep(path: Path) -> None:
    """Removes the temporary files that saves of `path` left when they were killed an hour ago."""
    with contextlib.suppress(OSError, ValueError):
        target = Path(os.path.realpath(path))
        ours = re.compile(re.escape(_prefix(target)) + r"[0-9a-f]{8}\.tmp")
        with os.scandir(target.parent) as entries:
            for entry in entries:
                if ours.fullmatch(entry.name):
                    _remove_stale(entry)


def _remove_stale(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        state = entry.stat(follow_symlinks=False)
        owned = stat.S_ISREG(state.st_mode) and state.st_uid == os.geteuid()
        if owned and time.time() - state.st_mtime > _STALE:
            os.unlink(entry.path)


def _prefix(target: Path) -> str:
    name = os.fsencode(target.name)[:_PREFIX].decode("utf-8", "ignore")
    return f".{name}."


def _check(change: _Change) -> None:
    """Raises ChangedOnDisk when somebody else's words would be overwritten.

    A file that has vanished is written again: there is nothing in it to lose.
    """
    if change.expected is None:
        return
    try:
        found = change.target.read_bytes()
    except FileNotFoundError:
        return
    if found not in (change.data, change.expected):
        seen = "another program changed the file"
        what = "the file already exists" if change.expected is ABSENT else seen
        remedy = "merge the two, or save under another name"
        raise ChangedOnDisk(what, where=str(change.path), remedy=remedy)


def _replace(change: _Change, old: os.stat_result | None, mode: int) -> None:
    """Puts a new file in the place of the old one; no temporary file is left, come what may."""
    temporary, descriptor = _create_beside(change.target, mode)
    try:
        try:
            _write(descriptor, change.data)
            if old is not None:
                _dress(descriptor, change.target, old)
            _sync(descriptor)
            written = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        _check(change)
        _rename(temporary, change.target, written)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(change.target.parent)


def _create_beside(target: Path, mode: int) -> tuple[Path, int]:
    """A new file in the folder of `target`; the system applies the umask or the folder's ACL."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    while True:
        temporary = target.with_name(f"{_prefix(target)}{os.urandom(4).hex()}.tmp")
        try:
            return temporary, os.open(temporary, flags, mode)
        except FileExistsError:
            continue


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _dress(descriptor: int, target: Path, old: os.stat_result) -> None:
    """Gives the new file the owner, attributes, access lists and mode of the old one."""
    try:
        new = os.fstat(descriptor)
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        _copy_attributes(target, descriptor)
        # Last: a change of owner clears bits of the mode, an access list sets some.
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
    except OSError as error:
        if error.errno not in _IRREPLACEABLE | _UNSUPPORTED:
            raise
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid, new.st_mode) != (old.st_uid, old.st_gid, old.st_mode):
        raise _CannotKeepError
    if _attributes(descriptor) != _attributes(target):
        raise _CannotKeepError


def _attributes(file: int | Path) -> dict[str, bytes]:
    """The extended attributes of a file, access lists among them; none where there are none.

    Python reaches them on Linux only.
    """
    if not hasattr(os, "listxattr"):
        return {}
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        return {}


def _copy_attributes(target: Path, descriptor: int) -> None:
    wanted, present = _attributes(target), _attributes(descriptor)
    for name in present.keys() - wanted.keys():  # a folder's default access list
        os.removexattr(descriptor, name)
    for name, value in wanted.items():
        if present.get(name) != value:
            os.setxattr(descriptor, name, value)


def _rename(temporary: Path, target: Path, written: os.stat_result) -> None:
    try:
        os.replace(temporary, target)
    except FileNotFoundError:
        # NFS repeats a request whose answer was lost, and then reports the second one's failure.
        if os.stat(target).st_ino != written.st_ino:
            raise


def _rewrite(change: _Change) -> None:
    """Writes over the content in place; whatever fails, the old content is put back.

    A kill between two calls leaves the old or the new content, zero bytes maybe behind it.
    """
    descriptor = os.open(change.target, os.O_RDWR | os.O_NOFOLLOW)
    try:
        _check(change)
        with open(descriptor, "rb", closefd=False) as file:
            old = file.read()
        try:
            _reserve(descriptor, len(old), len(change.data))
            _overwrite(descriptor, change.data, len(old))
            _sync(descriptor)
        except BaseException as error:
            _put_back(descriptor, old, change.path, error)
            raise
    finally:
        os.close(descriptor)


def _put_back(descriptor: int, old: bytes, path: Path, reason: BaseException) -> None:
    try:
        _overwrite(descriptor, old, os.fstat(descriptor).st_size)
    except OSError:
        what = "writing failed, and the old content could not be put back"
        remedy = "save under another name, and check the disk"
        raise StorageError(what, where=str(path), remedy=remedy) from reason


def _reserve(descriptor: int, old_size: int, new_size: int) -> None:
    """Takes the space that the file will grow by, so that a full disk refuses before a byte."""
    if new_size <= old_size:
        return
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, new_size)
            return
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise
    os.lseek(descriptor, old_size, os.SEEK_SET)
    _write(descriptor, bytes(new_size - old_size))


def _overwrite(descriptor: int, data: bytes, size: int) -> None:
    """Writes `data` over a file of `size` bytes; what was longer is blanked before it is cut."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    _write(descriptor, data.ljust(size, b"\0"))
    os.ftruncate(descriptor, len(data))


def _sync(descriptor: int) -> None:
    """Forces the file to the disk itself; macOS needs F_FULLFSYNC to empty the disk's own cache."""
    full_sync = getattr(fcntl, "F_FULLFSYNC", None)
    if full_sync is not None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, full_sync)
            return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; a folder that may not be opened for reading cannot be."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)
