"""Where settings, and the state that must outlive a crash, are kept (the XDG folders)."""

import contextlib
import os
import pwd
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pmtui.errors import StorageError

_NAME = "pmtui"


def config_dir() -> Path:
    """The folder of the settings, whether or not it exists."""
    return _xdg("XDG_CONFIG_HOME", Path(".config"), os.R_OK | os.X_OK)


def state_dir() -> Path:
    """The folder of what the program remembers, on a local disk, whether or not it exists."""
    return _xdg("XDG_STATE_HOME", Path(".local", "state"), os.W_OK | os.X_OK)


def recovery_dir() -> Path:
    """The folder for texts that could not be saved, made now if need be: nobody else may enter.

    Raises:
        StorageError: No folder of our own can be made, not even a temporary one.
    """
    for folder in recovery_dirs():
        return folder
    what = "no folder can be made for texts that could not be saved"
    raise StorageError(what, remedy="set XDG_STATE_HOME to a folder that you may write")


def recovery_dirs() -> Iterator[Path]:
    """The recovery folder, and the one to use when its disk is full; each made when asked for."""
    yield from _private_dirs("recovery")


def journal_dirs() -> Iterator[Path]:
    """The folders for journals, in the order of preference; each made when asked for."""
    yield from _private_dirs("journal")


def present_journal_dirs() -> Iterator[Path]:
    """The folders of journals that exist and are ours; none is made."""
    for place in dict.fromkeys((state_dir(), _temporary_name())):
        with contextlib.suppress(OSError):
            folder = place / "journal"
            if _is_ours(folder.lstat()):
                yield folder


def _private_dirs(name: str) -> Iterator[Path]:
    for place in (state_dir, _temporary):
        with contextlib.suppress(OSError):
            yield _make_private(place() / name)


def private_dir(name: str) -> Path:
    """The folder `name` among what the program remembers, made now if need be, for us alone.

    Raises:
        OSError: It cannot be made, or is somebody else's.
    """
    return _make_private(state_dir() / name)


def _xdg(variable: str, below: Path, access: int) -> Path:
    """The folder that `variable` names; a relative one is ignored, as the XDG standard asks."""
    named = os.environ.get(variable, "")
    base = Path(named) if os.path.isabs(named) else _home(access) / below
    return base / _NAME


def _home(access: int) -> Path:
    """$HOME, or the home that the system knows, or a temporary folder: the first that is usable."""
    candidates = [os.environ.get("HOME", "")]
    with contextlib.suppress(KeyError):  # a user id that the system has no name for
        candidates.append(pwd.getpwuid(os.geteuid()).pw_dir)
    for home in candidates:
        if os.path.isabs(home) and os.path.isdir(home) and os.access(home, access):
            return Path(home)
    return _temporary()


def _temporary() -> Path:
    """A folder for who has no home: the same each time, or a new one where another holds its name.

    It is made here, since a name that anybody may take must be ours before anything is read there.
    """
    try:
        return _make_private(_temporary_name())
    except OSError:
        return _last_resort()


def _temporary_name() -> Path:
    import tempfile  # with all that it loads it would be a tenth of `pmtui log`

    return Path(tempfile.gettempdir(), f"{_NAME}-{os.geteuid()}")


@cache
def _last_resort() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))


def _make_private(folder: Path) -> Path:
    """`folder`, made with mode 0700 if need be.

    Raises:
        OSError: It cannot be made, is a link or belongs to somebody else.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if not _is_ours(state):
        raise PermissionError(f"{folder} is not ours")
    if stat.S_IMODE(state.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def _is_ours(state: os.stat_result) -> bool:
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.geteuid()
